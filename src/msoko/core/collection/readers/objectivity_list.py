"""Official lists of schools with markers of non-objective results: shown as they are, never recomputed.

Rows: year, key (login in lower case), name, municipality, sheet, row, ru4, ma4, ru5, ma5 (1 or 0), markers (printed).
"""

from msoko.core.collection.complaints import Place
from msoko.core.collection.grid import Workbook
from msoko.core.collection.names import year_in
from msoko.core.collection.naming import Content
from msoko.core.collection.readers._aggregates import Draft, Drafts, tables_in
from msoko.core.collection.readers._groups import SCHOOL, Group, bare_name
from msoko.core.collection.readers._tables import Row, Table, count_of
from msoko.core.collection.reading import Hints, Reading
from msoko.core.definitions.kinds import Source
from msoko.core.definitions.loading import Definitions

MARKERS = ("ru4", "ma4", "ru5", "ma5")
NO = frozenset({"", "0", "-", "–", "—", "нет"})
YES = frozenset({"1", "+", "да", "v", "x", "х", "✓", "есть"})


def read(workbook: Workbook, source: Source, hints: Hints, definitions: Definitions) -> list[Reading]:
    """One Reading a year of the list."""
    drafts = Drafts(workbook, source, hints, definitions, "year")
    for table in tables_in(drafts):
        year, municipality = "", ""
        for row in table.rows:
            # Merged cells: what is said once holds for the rows below.
            year = table.said(row, "year") or year
            municipality = table.said(row, "municipality") or municipality
            _read_row(drafts.about(Content(year_in(year))), table, row, municipality)
    return [draft.finished() for draft in drafts.all()]


def _read_row(draft: Draft, table: Table, row: Row, municipality: str) -> None:
    login, name = table.said(row, "login").lower(), table.said(row, "name")
    place = table.place(row, "login")
    if not login:
        if len(row.filled) > 2:
            draft.warn("no_login", "В строке нет логина школы, она пропущена.", "Впишите логин.", place)
        return
    cells = {marker: _marker(draft, table.place(row, marker)) for marker in MARKERS}
    if None in cells.values():
        return
    markers = count_of(table.said(row, "markers"))
    _compare(draft, table.place(row, "markers"), markers, sum(value or 0 for value in cells.values()))
    group = Group(SCHOOL, bare_name(name), login, bare_name(municipality))
    draft.add(group, place, year=draft.naming.year, markers=markers, **cells)


def _marker(draft: Draft, place: Place) -> int | None:
    said = place.value.lower()
    if said in NO:
        return 0
    if said in YES:
        return 1
    draft.warn(
        "unreadable_marker",
        "В ячейке признака не «1» и не пусто, строка пропущена.",
        "Поставьте 1, если признак есть, или оставьте ячейку пустой; возможно, строка сдвинута.",
        place,
    )
    return None


def _compare(draft: Draft, place: Place, printed: int | None, counted: int) -> None:
    if printed != counted:
        draft.warn(
            "markers_differ",
            f"Количество маркеров не равно числу отмеченных ячеек ({counted}).",
            "Сверьте строку с опубликованным перечнем; показано будет напечатанное число.",
            place,
        )
