"""District summaries of ЕГЭ: a row a school and subject: how many took part, failed, scored high or 100, and the mean.

Rows: level (municipality or school), key ('oo:<code>', or by name), name, municipality, sheet, row, n, failed, high
(80–99), hundred, mean. None where the cell is blank.
"""

from collections.abc import Iterable

from msoko.core.collection.complaints import Place
from msoko.core.collection.grid import Workbook
from msoko.core.collection.names import subject_in, year_in
from msoko.core.collection.naming import Content
from msoko.core.collection.readers._aggregates import Draft, Drafts, participants, tables_in
from msoko.core.collection.readers._groups import MUNICIPALITY, SCHOOL, Group, bare_name
from msoko.core.collection.readers._procedures import content_in, title_in
from msoko.core.collection.readers._tables import Row, Table, count_of, decimals_of, number_of, plain
from msoko.core.collection.reading import Hints, Reading
from msoko.core.definitions.kinds import Source
from msoko.core.definitions.loading import Definitions
from msoko.core.vocabulary.russian import number

COUNTS = {"failed": "не сдавших", "high": "получивших 80–99", "hundred": "получивших 100"}
WHOLE = ("итого", "всего", "по району", "по городу", "по муниципалитету", "по округу", "район", "муниципалитет")
CORRECT = "Сверьте строку с исходной сводкой."


def read(workbook: Workbook, source: Source, hints: Hints, definitions: Definitions) -> list[Reading]:
    """One Reading a subject and year."""
    drafts = Drafts(workbook, source, hints, definitions)
    for table in tables_in(drafts):
        titled = content_in(table.above, definitions)
        subject = ""
        for row in table.rows:
            subject = table.said(row, "subject") or subject
            _read_row(drafts, table, row, _content(source, titled, table.said(row, "year"), subject, definitions))
    for draft in drafts.all():
        _compare_with_schools(draft)
    return [draft.finished() for draft in drafts.all()]


def _content(source: Source, titled: Content, year: str, subject: str, definitions: Definitions) -> Content:
    grade = source.options.get("grade")
    named = subject_in(subject, definitions) if subject else None
    return Content(year_in(year) or titled.year, grade if isinstance(grade, int) else None, named or titled.subject)


def _read_row(drafts: Drafts, table: Table, row: Row, content: Content) -> None:
    draft = drafts.about(content, title_in(table.above))
    place = table.place(row, "name")
    if len(row.filled) < 2:
        draft.note("row_without_numbers", "Есть строки без чисел: они пропущены.", place=place)
        return
    group = _group_of(table, row)
    if group is None:
        draft.warn("no_group", "В строке нет ни кода, ни названия школы, строка пропущена.", "Заполните их.", place)
        return
    n = participants(draft, table.place(row, "n"))
    if n is None:
        return
    counts = {name: _count(draft, table.place(row, name)) for name in COUNTS}
    mean = _mean(draft, table.place(row, "mean"))
    _check(draft, table, row, n, counts)
    draft.add(group, place, n=n, mean=mean, **counts)


def _group_of(table: Table, row: Row) -> Group | None:
    """A row without a code that says «Итого» or names its own municipality is the municipality's."""
    said, code, municipality = (table.said(row, key) for key in ("name", "code", "municipality"))
    if count_of(code) is not None:
        return Group(SCHOOL, said, f"oo:{code}", municipality)
    if plain(said).startswith(WHOLE) or (not said and municipality) or (said and plain(said) == plain(municipality)):
        return Group(MUNICIPALITY, municipality or said, "", municipality or said)
    return Group(SCHOOL, bare_name(said), f"name:{municipality}|{bare_name(said)}", municipality) if said else None


def _count(draft: Draft, place: Place) -> int | None:
    if place.value in ("", "-", "–", "—"):
        return None
    count = count_of(place.value)
    if count is None:
        draft.warn("unreadable_count", "В ячейке не число участников, она пропущена.", "Нужно целое число.", place)
    return count


def _mean(draft: Draft, place: Place) -> float | None:
    if place.value in ("", "-", "–", "—"):
        return None
    mean = number_of(place.value)
    if mean is None or not 0 <= mean <= 100:
        draft.warn("mean_out_of_range", "Средний балл не лежит между 0 и 100, он пропущен.", CORRECT, place)
        return None
    return mean


def _check(draft: Draft, table: Table, row: Row, n: int, counts: dict[str, int | None]) -> None:
    """Those who failed, and those who scored high, are among those who took part; nobody is both."""
    for name, count in counts.items():
        if count is not None and count > n:
            message = f"Участников, {COUNTS[name]}, больше, чем сдававших."
            draft.warn(f"{name}_above_n", message, CORRECT, table.place(row, name))
    total = sum(count for count in counts.values() if count is not None)
    if total > n and all(count is None or count <= n for count in counts.values()):
        message = "Не сдавших и получивших высокие баллы вместе больше, чем сдававших."
        draft.warn("parts_above_n", message, CORRECT, table.place(row, "n"))


def _compare_with_schools(draft: Draft) -> None:
    """The row of the municipality is the sum of its schools, its mean the mean of their participants."""
    for whole in (row for row in draft.rows if row["level"] == MUNICIPALITY):
        schools = [row for row in draft.rows if row["level"] == SCHOOL and _is_in(row, whole)]
        for name in ("n", *COUNTS) if schools else ():
            _compare_sum(draft, whole, [row[name] for row in schools], name)
        if schools:
            _compare_mean(draft, whole, schools)


def _is_in(school: dict[str, object], whole: dict[str, object]) -> bool:
    return not school["municipality"] or school["municipality"] == whole["municipality"]


def _compare_sum(draft: Draft, whole: dict[str, object], parts: Iterable[object], name: str) -> None:
    total = sum(part for part in parts if isinstance(part, int))
    printed = whole[name]
    if isinstance(printed, int) and printed != total:
        words = {"n": "сдававших", **COUNTS}[name]
        draft.warn(
            f"sum_differs_{name}",
            f"Участников, {words}, в строке муниципалитета {number(printed)}, а в школах вместе {number(total)}.",
            "Проверьте, все ли школы в файле.",
            _place_of(whole),
        )


def _compare_mean(draft: Draft, whole: dict[str, object], schools: list[dict[str, object]]) -> None:
    pairs = [(row["n"], row["mean"]) for row in schools]
    known = [(n, mean) for n, mean in pairs if isinstance(n, int) and isinstance(mean, float) and n]
    printed, n = whole["mean"], sum(n for n, _ in known)
    if not known or len(known) < len(schools) or not isinstance(printed, float):
        return
    mean = sum(n * mean for n, mean in known) / n
    # Each printed mean may be off by half of its last digit, and so may their mean.
    if abs(mean - printed) > 10.0 ** -min(decimals_of(str(printed)), 2) + 1e-9:
        draft.warn(
            "mean_differs",
            f"Средний балл муниципалитета не равен среднему по участникам школ ({number(mean, 2)}).",
            "Средний балл считают по участникам, а не по школам; проверьте, все ли школы в файле.",
            _place_of(whole),
        )


def _place_of(row: dict[str, object]) -> Place:
    number_of_row = row["row"]
    return Place(str(row["sheet"]), number_of_row if isinstance(number_of_row, int) else None, "", str(row["name"]))
