"""Two rows with the same numbers: one was probably copied over the other."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import log10

from msoko.core.analysis.contradictions.contradiction import Contradiction, Severity
from msoko.core.analysis.contradictions.derived import took_part
from msoko.core.analysis.contradictions.parameters import Parameters
from msoko.core.analysis.contradictions.roles import (
    COUNT_OF,
    MARK_COUNTS,
    WHOLES,
    Role,
)
from msoko.core.analysis.contradictions.saying import places_of
from msoko.core.analysis.contradictions.tables import Record, Row, StatedTable, Statements
from msoko.core.vocabulary.russian import counted, join_with_and

NAMED = (Role.SUBJECT, Role.SCHOOL, Role.CLASS, Role.MUNICIPALITY)
LEAST_VALUES = 2
OF_MARKS = (*COUNT_OF, Role.SOU, Role.MEAN, Role.MEAN_MARK, Role.PASSED, Role.FAILED, Role.QUALITY)


def contradictions(statements: Statements, parameters: Parameters) -> Iterator[Contradiction]:
    """Suspicious where the digits in which they agree are more than chance gives so many rows to agree in."""
    for table, records in statements.by_table:
        if table.rows_are in NAMED:
            for rows in _alike(table, records):
                digits = _digits(rows[0])
                pairs = len(records) * (len(records) - 1) / 2
                if len(digits) >= LEAST_VALUES and sum(digits) - log10(pairs) >= parameters.coincidence_digits:
                    yield _found(rows)


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


def _digits(records: Sequence[Record]) -> list[int]:
    """How many digits each number tells that does not follow from the others: the chance to agree in it is 10^−digits.

    Participants tell nothing (obligatory subjects have the same), nor per cents, rates and means beside marks, nor the
    largest mark beside the others. A per cent of n tells no more than the count it is made from.
    """
    found: list[int] = []
    for record in records:
        marks = [record.said[role] for role in MARK_COUNTS if role in record.said]
        n = took_part(record)
        found += sorted(_digits_of(mark.value) for mark in marks)[:-1]
        for stated in record.cells.values():
            if stated.role in WHOLES or stated in marks or (marks and stated.role in OF_MARKS):
                continue
            is_share = stated.role in COUNT_OF or stated.role is Role.SCORE_PERCENT
            value = round(stated.value * n.value / 100) if is_share and n else stated.value
            if stated.value not in (0, 100) or not is_share:
                found.append(_digits_of(value))
    return [digits for digits in found if digits]


def _digits_of(value: Decimal | int) -> int:
    return len(str(abs(value)).replace(".", "").lstrip("0"))


def _found(rows: Sequence[Sequence[Record]]) -> Contradiction:
    places = [records[at].cells[key] for at, record in enumerate(rows[0]) for key in record.cells for records in rows]
    names = join_with_and([records[0].row.label for records in rows])
    values = "; ".join(stated.typed for record in rows[0] for stated in record.cells.values())
    return Contradiction(
        rule="same_rows",
        severity=Severity.SUSPICIOUS,
        places=places_of(places),
        stated=values,
        recomputed=values,
        arithmetic=f"{values} — в {counted(len(rows), 'строке', 'строках', 'строках')}",
        tolerance="0",
        sentence=f"{names}: все числа строк совпадают ({values}). Похоже, одна строка скопирована поверх другой.",
    )
