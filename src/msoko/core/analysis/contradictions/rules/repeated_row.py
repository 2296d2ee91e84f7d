"""One table says two different things of the same subject, school and year."""

from collections import defaultdict
from collections.abc import Iterator

from msoko.core.analysis.contradictions.contradiction import Contradiction, Severity
from msoko.core.analysis.contradictions.parameters import Parameters
from msoko.core.analysis.contradictions.roles import Role
from msoko.core.analysis.contradictions.saying import about
from msoko.core.analysis.contradictions.tables import Record, Statements
from msoko.core.vocabulary.russian import quote

NAMED = (Role.SUBJECT, Role.SCHOOL, Role.CLASS, Role.MUNICIPALITY)


def contradictions(statements: Statements, parameters: Parameters) -> Iterator[Contradiction]:
    """Suspicious: one of the rows is probably of something else. Rows that agree in all are only told twice; three rows
    and more of one name are a list of something that the table does not name.
    """
    for records in statements.by_context.values():
        alike: dict[tuple[int, str], list[Record]] = defaultdict(list)
        for record in filter(_is_named, records):
            alike[id(record.table), record.row.label].append(record)
        for same in alike.values():
            if len(same) == 2:
                yield from _compared(*same)


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
