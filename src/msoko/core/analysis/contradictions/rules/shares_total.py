"""Per cents of the rows of a column do not make the 100 % that its row «Итого» states."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from msoko.core.analysis.contradictions.contradiction import Contradiction, Severity
from msoko.core.analysis.contradictions.numbers import decimals, shown, unit_of
from msoko.core.analysis.contradictions.parameters import Parameters
from msoko.core.analysis.contradictions.roles import Role
from msoko.core.analysis.contradictions.saying import plus_minus
from msoko.core.analysis.contradictions.tables import Column, Row, StatedTable, Statements
from msoko.core.analysis.contradictions.wholes import Whole, wholes_of
from msoko.core.vocabulary.russian import capitalised, quote


def contradictions(statements: Statements, parameters: Parameters) -> Iterator[Contradiction]:
    """Firm beyond what rounding or cutting off of all rows can do. A column of rates («успеваемость») has 100 in its
    total for another reason: only bare shares are added.
    """
    for table in statements.tables:
        for whole in wholes_of(table):
            for column in table.numeric:
                if column.role is Role.PERCENT and whole.row.cells.get(column.key) == 100 and whole.row.is_total:
                    yield from _compared(table, whole, column)


def _compared(table: StatedTable, whole: Whole, column: Column) -> Iterator[Contradiction]:
    readings = [[row for row in rows if row.cells.get(column.key) is not None] for rows in whole.readings]
    readings = [rows for rows in readings if len(rows) > 1]
    if not readings or _are_rates(readings, column):
        return
    rows = min(readings, key=lambda one: abs(_sum(one, column) - 100))
    off, units = abs(_sum(rows, column) - 100), sum((_unit(row, column) for row in rows), Fraction())
    if off <= units / 2:
        return
    total = shown(_sum(rows, column), max(decimals(_value(row, column)) for row in rows))
    yield Contradiction(
        rule="shares_total",
        severity=Severity.FIRM if off >= units else Severity.ROUNDING,
        places=(table.place(whole.row, column), *(table.place(row, column) for row in rows)),
        stated="100",
        recomputed=total,
        arithmetic=f"сумма строк: {len(rows)} = {total}",
        tolerance=plus_minus(units / 2),
        sentence=f"{capitalised(whole.row.label)}, столбец {quote(column.title)}: указано 100 %, "
        f"а доли строк вместе дают {total} %.",
    )


def _are_rates(readings: Sequence[list[Row]], column: Column) -> bool:
    """Rows of which each may be near 100 itself."""
    return all(_sum(rows, column) >= 150 for rows in readings)


def _sum(rows: Sequence[Row], column: Column) -> Fraction:
    return sum((Fraction(_value(row, column)) for row in rows), Fraction())


def _unit(row: Row, column: Column) -> Fraction:
    return unit_of(decimals(_value(row, column)))


def _value(row: Row, column: Column) -> Decimal:
    return row.cells[column.key] or Decimal()
