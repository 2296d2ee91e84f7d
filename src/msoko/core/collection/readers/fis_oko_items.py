"""«Выполнение заданий» and «Достижение планируемых результатов»: per cent of the maximum of each item.

Form by item: a row an item, columns for the groups (region, municipality, school) right of the maximum. By group: a
row a group, a column an item, a row «Макс. балл» among the first. Rows: level, key, name, municipality, sheet, row, n
(None where the file does not say), item, block, maximum, percent.
"""

import re
from dataclasses import dataclass

from msoko.core.collection.complaints import Place
from msoko.core.collection.grid import Workbook
from msoko.core.collection.readers._aggregates import (
    Draft,
    Drafts,
    check_means_of_parts,
    group_of,
    participants,
    titled_tables,
)
from msoko.core.collection.readers._groups import Group
from msoko.core.collection.readers._tables import Row, Table, count_of, number_of, plain
from msoko.core.collection.reading import Hints, Reading
from msoko.core.definitions.kinds import Source
from msoko.core.definitions.loading import Definitions

NUMBER = re.compile(r"(?P<number>\d{1,2}(?:[.(]\d{1,2}\)?)*(?:[KК]\d{1,2})?)\.?(?=[\s.]|$)", re.IGNORECASE)
PARTICIPANTS = re.compile(r"(\d[\d ]*)\s*(?:уч|чел|обуч)", re.IGNORECASE)
MAXIMUM_ROW = ("макс балл", "макс. балл", "максимальный балл", "макс")


@dataclass(frozen=True)
class Item:
    number: str
    block: str
    maximum: int | None


def read(workbook: Workbook, source: Source, hints: Hints, definitions: Definitions) -> list[Reading]:
    """One Reading a procedure named above a table."""
    drafts = Drafts(workbook, source, hints, definitions)
    for table, draft in titled_tables(drafts):
        if "group" in table.columns:
            _read_by_group(draft, table)
        else:
            _read_by_item(draft, table)
    for draft in drafts.all():
        for item in {row["item"] for row in draft.rows}:
            check_means_of_parts(draft, [row for row in draft.rows if row["item"] == item], "percent")
    return [draft.finished() for draft in drafts.all()]


def _read_by_item(draft: Draft, table: Table) -> None:
    groups = _groups_in_header(draft, table)
    for row in table.rows:
        if _says_participants(row):
            groups = {column: (group, _participants_in(row.said(column)) or n) for column, (group, n) in groups.items()}
            continue
        item = _item_of(draft, table, row)
        if item:
            for column, (group, n) in groups.items():
                _keep(draft, table.place(row, column), group, n, item)


def _groups_in_header(draft: Draft, table: Table) -> dict[int, tuple[Group, int | None]]:
    """Column → (group, participants if the header says them): all headed columns right of the known ones."""
    first = max(table.columns.values(), default=-1) + 1
    found: dict[int, tuple[Group, int | None]] = {}
    for column, header in enumerate(table.header.cells):
        if column >= first and header:
            name = re.sub(
                r"[,(]?\s*%\s*\)?|\(\s*" + PARTICIPANTS.pattern + r"\w*\.?\s*\)", "", header, flags=re.IGNORECASE
            )
            place = table.place(table.header, column)
            found[column] = (group_of(draft, place, name.strip(" ,")), _participants_in(header))
    return found


def _says_participants(row: Row) -> bool:
    return bool(row.filled) and all(_participants_in(cell) is not None for cell in row.filled)


def _participants_in(said: str) -> int | None:
    found = PARTICIPANTS.search(said)
    return int(found[1].replace(" ", "")) if found else None


def _item_of(draft: Draft, table: Table, row: Row) -> Item | None:
    said, block = table.said(row, "item"), table.said(row, "block")
    found = NUMBER.match(said or block)
    if not found:
        _no_item(draft, table, row)
        return None
    maximum = count_of(table.said(row, "maximum"))
    if not maximum:
        advice = "Нужно целое число больше нуля; возможно, строка сдвинута по столбцам."
        draft.warn("unreadable_maximum", "Максимальный балл задания не читается.", advice, table.place(row, "maximum"))
    outcome = block if said else block[found.end() :].strip()
    return Item(found["number"].upper().replace("K", "К"), outcome, maximum or None)


def _no_item(draft: Draft, table: Table, row: Row) -> None:
    """A row of one text is a heading of a section; anything else has lost its number."""
    if len(row.filled) > 1:
        advice = "Номер стоит в начале строки: «3», «9.1», «2К1»."
        draft.warn("no_item", "В строке нет номера задания, строка пропущена.", advice, table.place(row, 0))


def _read_by_group(draft: Draft, table: Table) -> None:
    items = {column: Item(cell, "", None) for column, cell in _item_columns(table)}
    for row in table.rows:
        said = table.said(row, "group")
        if plain(said or table.said(row, "n")) in MAXIMUM_ROW:
            items = {column: Item(item.number, "", count_of(row.said(column))) for column, item in items.items()}
        elif not said or row.filled == [said]:
            draft.note("row_without_numbers", "Есть строки без чисел: они пропущены.", place=table.place(row, "group"))
        else:
            n = participants(draft, table.place(row, "n"))
            if n is not None:
                group = group_of(draft, table.place(row, "group"), said)
                for column, item in items.items():
                    _keep(draft, table.place(row, column), group, n, item)


def _item_columns(table: Table) -> list[tuple[int, str]]:
    known = set(table.columns.values())
    cells = enumerate(table.header.cells)
    return [
        (column, cell.upper().replace("K", "К"))
        for column, cell in cells
        if column not in known and NUMBER.fullmatch(cell)
    ]


def _keep(draft: Draft, place: Place, group: Group, n: int | None, item: Item) -> None:
    if place.value in ("", "-", "–", "—"):
        return  # nobody of the group had this item: no number is no zero
    percent = number_of(place.value)
    if percent is None or not 0 <= percent <= 100:
        draft.warn(
            "unreadable_percent",
            "В ячейке не процент от 0 до 100, она пропущена.",
            "Исправьте ячейку; возможно, строка сдвинута по столбцам.",
            place,
        )
        return
    draft.add(group, place, n=n, item=item.number, block=item.block, maximum=item.maximum, percent=percent)
