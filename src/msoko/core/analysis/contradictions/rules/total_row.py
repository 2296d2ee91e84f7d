"""The row «Итого», or that of a municipality, is not the sum of the rows it sums up."""

from collections.abc import Iterator, Sequence

from msoko.core.analysis.contradictions.contradiction import Contradiction, Severity
from msoko.core.analysis.contradictions.numbers import is_whole
from msoko.core.analysis.contradictions.parameters import Parameters
from msoko.core.analysis.contradictions.roles import Kind, Role
from msoko.core.analysis.contradictions.tables import Column, Row, StatedTable, Statements, role_here
from msoko.core.analysis.contradictions.wholes import Whole, wholes_of
from msoko.core.vocabulary.russian import capitalised, number, quote

MOST_SHOWN = 12  # a longer sum is told by its result alone


def contradictions(statements: Statements, parameters: Parameters) -> Iterator[Contradiction]:
    """Firm where rows are separate people and the table claims to be whole; where rows overlap (subjects), or only
    those handed in are listed, too small a total may be right and is left alone.
    """
    for table in statements.tables:
        for whole in wholes_of(table):
            for column in table.numeric:
                if role_here(table, whole.row, column).kind is Kind.COUNT and not whole.row.is_mean:
                    yield from _compared(table, whole, column)


def _compared(table: StatedTable, whole: Whole, column: Column) -> Iterator[Contradiction]:
    stated = whole.row.cells.get(column.key)
    readings = [_known(rows, column) for rows in whole.readings]
    readings = [rows for rows in readings if len(rows) > 1]
    if stated is None or not is_whole(stated) or not readings:
        return
    sums = [_sum(rows, column) for rows in readings]
    if int(stated) in sums or _may_be_people(whole, readings, sums, column, int(stated)):
        return
    rows = min(readings, key=lambda one: abs(_sum(one, column) - int(stated)))
    severity = _severity(whole, rows, column, int(stated))
    if severity:
        yield _found(table, whole, rows, column, int(stated), severity)


def _known(rows: Sequence[Row], column: Column) -> list[Row]:
    return [row for row in rows if (value := row.cells.get(column.key)) is not None and is_whole(value)]


def _sum(rows: Sequence[Row], column: Column) -> int:
    return sum(int(row.cells[column.key] or 0) for row in rows)


def _may_be_people(
    whole: Whole, readings: Sequence[list[Row]], sums: Sequence[int], column: Column, stated: int
) -> bool:
    """A total below subjects may count every pupil once: no fewer than sat the largest, no more than all together."""
    if whole.are_separate:
        return False
    return any(
        max(int(row.cells[column.key] or 0) for row in rows) <= stated <= total
        for rows, total in zip(readings, sums, strict=True)
    )


def _severity(whole: Whole, rows: Sequence[Row], column: Column, stated: int) -> Severity | None:
    if not whole.are_separate:
        return Severity.SUSPICIOUS
    total = _sum(rows, column)
    is_blank = any(len(_known(reading, column)) < len(reading) for reading in whole.readings)
    if total < stated and (is_blank or not whole.is_complete):
        return Severity.SUSPICIOUS
    return Severity.FIRM


def _found(
    table: StatedTable, whole: Whole, rows: Sequence[Row], column: Column, stated: int, severity: Severity
) -> Contradiction:
    total = _sum(rows, column)
    parts = " + ".join(number(int(row.cells[column.key] or 0)) for row in rows)
    arithmetic = (
        f"{parts} = {number(total)}" if len(rows) <= MOST_SHOWN else f"сумма {len(rows)} строк = {number(total)}"
    )
    title = column.title if column.role is not Role.PARTICIPANTS else "Участников"
    missing = " Возможно, перечислены не все." if severity is Severity.SUSPICIOUS and total < stated else ""
    return Contradiction(
        rule="total_row",
        severity=severity,
        places=(table.place(whole.row, column), *(table.place(row, column) for row in rows)),
        stated=number(stated),
        recomputed=number(total),
        arithmetic=arithmetic,
        tolerance="0",
        sentence=f"{capitalised(whole.row.label)}, столбец {quote(title)}: указано {number(stated)}, "
        f"а строки вместе дают {arithmetic if len(rows) <= MOST_SHOWN else number(total)}.{missing}",
    )
