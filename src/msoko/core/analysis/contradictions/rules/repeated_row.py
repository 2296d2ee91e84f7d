"""One table says two different things of the same subject, school and year."""

from collections.abc import Iterator
from itertools import combinations

from msoko.core.analysis.contradictions.contradiction import Contradiction, Severity
from msoko.core.analysis.contradictions.parameters import Parameters
from msoko.core.analysis.contradictions.roles import Role
from msoko.core.analysis.contradictions.saying import about
from msoko.core.analysis.contradictions.tables import Record, Statements
from msoko.core.vocabulary.russian import quote

NAMED = (Role.SUBJECT, Role.SCHOOL, Role.CLASS, Role.MUNICIPALITY)


def contradictions(statements: Statements, parameters: Parameters) -> Iterator[Contradiction]:
    """Suspicious: one of the rows is probably of something else. Rows that agree in all are only told twice."""
    for records in statements.by_context.values():
        for one, other in combinations([record for record in records if _is_named(record)], 2):
            if one.table is other.table and one.row is not other.row and one.row.label == other.row.label:
                yield from _compared(one, other)


def _is_named(record: Record) -> bool:
    return record.table.rows_are in NAMED and not record.row.is_total and bool(record.row.label)


def _compared(one: Record, other: Record) -> Iterator[Contradiction]:
    differing = [key for key in one.cells if key in other.cells and one.cells[key].value != other.cells[key].value]
    if not differing:
        return
    first, second = one.cells[differing[0]], other.cells[differing[0]]
    yield Contradiction(
        rule="repeated_row",
        severity=Severity.SUSPICIOUS,
        places=(first.place, second.place),
        stated=first.typed,
        recomputed=second.typed,
        arithmetic=f"{first.typed} ≠ {second.typed}",
        sentence=f"{about(one)}: строка стоит в таблице дважды, числа разные: в столбце "
        f"{quote(first.place.column)} {first.typed} и {second.typed}.",
    )
