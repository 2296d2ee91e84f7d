"""Two rows with the same numbers: one was probably copied over the other."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import log10

from msoko.core.analysis.contradictions.contradiction import Contradiction, Severity
from msoko.core.analysis.contradictions.parameters import Parameters
from msoko.core.analysis.contradictions.roles import WHOLES, Kind, Role
from msoko.core.analysis.contradictions.saying import places_of
from msoko.core.analysis.contradictions.tables import Record, Row, Stated, StatedTable, Statements
from msoko.core.vocabulary.russian import join_with_and

NAMED = (Role.SUBJECT, Role.SCHOOL, Role.CLASS, Role.MUNICIPALITY)
LEAST_VALUES = 2


def contradictions(statements: Statements, parameters: Parameters) -> Iterator[Contradiction]:
    """Suspicious where the digits in which they agree are more than chance gives so many rows to agree in."""
    for table, records in statements.by_table:
        if table.rows_are in NAMED:
            for rows in _alike(table, records):
                numbers = _telling(rows[0])
                pairs = len(records) * (len(records) - 1) / 2
                if len(numbers) >= LEAST_VALUES and _digits(numbers) - log10(pairs) >= parameters.coincidence_digits:
                    yield _found(rows, numbers)


def _alike(table: StatedTable, records: Sequence[Record]) -> Iterator[list[list[Record]]]:
    """Groups of rows, as their records, that agree in every number."""
    by_row: dict[int, list[Record]] = defaultdict(list)
    rows: dict[int, Row] = {}
    for record in records:
        if not (record.row.is_total or record.row.is_mean or record.row.level not in ("", "school")):
            by_row[id(record.row)].append(record)
            rows[id(record.row)] = record.row
    groups: dict[object, list[list[Record]]] = defaultdict(list)
    for key, row in rows.items():
        values = tuple((column.key, row.cells.get(column.key)) for column in table.numeric)
        groups[row.grade, row.year, values].append(by_row[key])
    yield from (group for group in groups.values() if len(group) > 1)


def _telling(records: Sequence[Record]) -> list[Stated]:
    """Numbers that could differ: not how many there were, and not a share of none or all."""
    found = [stated for record in records for stated in record.cells.values() if stated.role not in WHOLES]
    return [stated for stated in found if stated.value not in (0, 100) or stated.role.kind is Kind.MEAN]


def _digits(numbers: Sequence[Stated]) -> float:
    return sum(_digits_of(stated) for stated in numbers)


def _digits_of(stated: Stated) -> int:
    return len(str(abs(stated.value)).replace(".", "").lstrip("0"))


def _found(rows: Sequence[Sequence[Record]], numbers: Sequence[Stated]) -> Contradiction:
    keys = [(record_index, key) for record_index, record in enumerate(rows[0]) for key in record.cells]
    places = [records[index].cells[key] for index, key in keys for records in rows]
    names = join_with_and([records[0].row.label for records in rows])
    values = ", ".join(stated.typed for stated in numbers)
    return Contradiction(
        rule="same_rows",
        severity=Severity.SUSPICIOUS,
        places=places_of(places),
        stated=values,
        recomputed=values,
        arithmetic=f"{values} — в обеих строках" if len(rows) == 2 else f"{values} — в {len(rows)} строках",
        tolerance="0",
        sentence=f"{names}: все числа строк совпадают ({values}). Похоже, одна строка скопирована поверх другой.",
    )
