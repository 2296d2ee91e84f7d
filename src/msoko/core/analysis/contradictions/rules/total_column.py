"""The column «Всего», or that of the district, is not the sum of the columns of schools or grades beside it."""

from collections.abc import Iterator, Sequence

from msoko.core.analysis.contradictions.contradiction import Contradiction, Severity
from msoko.core.analysis.contradictions.numbers import is_whole
from msoko.core.analysis.contradictions.parameters import Parameters
from msoko.core.analysis.contradictions.roles import Kind
from msoko.core.analysis.contradictions.tables import Column, Row, StatedTable, Statements, role_here
from msoko.core.vocabulary.russian import capitalised, number, quote


def contradictions(statements: Statements, parameters: Parameters) -> Iterator[Contradiction]:
    """Firm: nobody is in two schools or grades. A blank part makes too large a total but suspicious."""
    for table in statements.tables:
        for total in (column for column in table.numeric if column.is_total):
            parts = [column for column in table.numeric if _is_part(column, total)]
            if len(parts) > 1:
                for row in table.rows:
                    yield from _compared(table, row, total, parts)


def _is_part(column: Column, total: Column) -> bool:
    return (bool(column.entity) or column.grade is not None) and (column.role, column.year) == (total.role, total.year)


def _compared(table: StatedTable, row: Row, total: Column, parts: Sequence[Column]) -> Iterator[Contradiction]:
    stated = row.cells.get(total.key)
    known = [column for column in parts if (value := row.cells.get(column.key)) is not None and is_whole(value)]
    if stated is None or not is_whole(stated) or role_here(table, row, total).kind is not Kind.COUNT or len(known) < 2:
        return
    values = [int(row.cells[column.key] or 0) for column in known]
    if sum(values) == stated:
        return
    is_blank = len(known) < len(parts) and sum(values) < stated
    arithmetic = f"{' + '.join(map(number, values))} = {number(sum(values))}"
    yield Contradiction(
        rule="total_column",
        severity=Severity.SUSPICIOUS if is_blank else Severity.FIRM,
        places=(table.place(row, total), *(table.place(row, column) for column in known)),
        stated=number(int(stated)),
        recomputed=number(sum(values)),
        arithmetic=arithmetic,
        tolerance="0",
        sentence=f"{capitalised(row.label)}, столбец {quote(total.title)}: указано {number(int(stated))}, "
        f"а столбцы вместе дают {arithmetic}.",
    )
