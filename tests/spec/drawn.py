"""Protocols drawn as text tables, so that a reader of a test sees what a reader of the manual sees."""

from typing import Any

import pyarrow as pa

from msoko.core.definitions.kinds import WorkItem
from msoko.core.facts.schema import pupil_table
from msoko.core.vocabulary.statuses import RowStatus

STATUSES = {
    "участвовал": RowStatus.VALID,
    "отсутствовал": RowStatus.ABSENT,
    "не писал часть работы": RowStatus.PART_ABSENT,
    "итога нет": RowStatus.NO_TOTAL,
    "итог выше максимума": RowStatus.TOTAL_ABOVE_MAX,
}
WITH_ITEMS = {RowStatus.VALID, RowStatus.NO_TOTAL, RowStatus.TOTAL_ABOVE_MAX}
NUMBERS = {
    "итог": "printed_total",
    "по журналу": "journal_mark",
    "отметка в файле": "printed_mark",
    "тестовый балл": "test_score",
}

Drawn = list[dict[str, str]]


def rows_of(picture: str) -> Drawn:
    """«a | b» and a line a row → one mapping a row, as the manual prints it."""
    header, *lines = [[cell.strip() for cell in line.split("|")] for line in picture.strip().splitlines()]
    return [dict(zip(header, line, strict=True)) for line in lines]


def batch_of(rows: Drawn) -> pa.Table:
    """The rows as a batch. «з. 1», «з. 2» … are items (X = not attempted), an empty cell is nothing."""
    names = [name for name in rows[0] if name.startswith("з. ")]
    pupils = [_pupil(row, number, [_item(row[name]) for name in names]) for number, row in enumerate(rows, 2)]
    columns: dict[str, list[Any]] = {name: [pupil[name] for pupil in pupils] for name in pupils[0]}
    items = columns.pop("items")
    described = [WorkItem(name.removeprefix("з. "), None) for name in names]
    return pupil_table(columns, [[scores[i] for scores in items] for i in range(len(names))], "drawn", described)


def _pupil(row: dict[str, str], row_number: int, items: list[int | None]) -> dict[str, Any]:
    status = STATUSES[row.get("состояние", "участвовал")]
    has_items = any(score is not None for score in items)
    return {
        "login": row.get("школа", "sch1"),
        "code": str(row_number),
        "class_name": row.get("класс", ""),
        "sex": "",
        "variant": "1",
        **{column: _number(row.get(name, "")) for name, column in NUMBERS.items()},
        "items_total": sum(score or 0 for score in items) if has_items else None,
        "status": status.value,
        "in_printed": status is RowStatus.VALID and bool(row.get("итог")),
        "in_items": status in WITH_ITEMS and has_items,
        "row_number": row_number,
        "items": items,
    }


def _number(said: str) -> int | None:
    return int(said) if said else None


def _item(said: str) -> int | None:
    return None if said in ("", "X") else int(said)
