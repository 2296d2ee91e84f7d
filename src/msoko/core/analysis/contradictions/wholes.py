"""Rows that say they are others together: «Итого», and the row of a municipality above those of its schools."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from msoko.core.analysis.contradictions.roles import Role
from msoko.core.analysis.contradictions.tables import Row, StatedTable

PARTS_OF = {"municipality": "school", "region": "municipality"}
SEPARATE = (Role.SCHOOL, Role.CLASS, Role.MUNICIPALITY, Role.GRADE)
"""Rows of which nobody belongs to two. A pupil sits several subjects, so that subjects are not."""


@dataclass(frozen=True)
class Whole:
    """A row and the rows that it may sum up: several readings, any of which may be meant.

    `is_complete`: the table claims that all parts are there; parts of a territory may be but those handed in.
    """

    row: Row
    readings: tuple[tuple[Row, ...], ...]
    is_complete: bool
    are_separate: bool


def wholes_of(table: StatedTable) -> Iterator[Whole]:
    """Every row of the table that is the whole of others."""
    separate = table.rows_are in SEPARATE
    for index, row in enumerate(table.rows):
        if row.is_total or row.is_mean:
            readings = tuple(filter(None, _readings(table.rows, index)))
            if readings:
                yield Whole(row, readings, is_complete=True, are_separate=separate)
        elif row.level in PARTS_OF:
            parts = _below(table, row)
            if len(parts) > 1:
                yield Whole(row, (parts,), is_complete=False, are_separate=True)


def _readings(rows: Sequence[Row], index: int) -> Iterator[tuple[Row, ...]]:
    """The rows above up to the total before, the rows below up to the next one, and all that are no totals."""
    above = list(_until_a_total(reversed(rows[:index])))
    below = list(_until_a_total(rows[index + 1 :]))
    yield tuple(reversed(above))
    yield tuple(below)
    yield tuple(row for row in rows if _is_part(row))
    yield tuple(row for row in rows[:index] if row.is_total and not row.is_mean)


def _until_a_total(rows: object) -> Iterator[Row]:
    for row in rows:  # type: ignore[attr-defined]
        if row.is_total or row.is_mean:
            return
        if _is_part(row):
            yield row


def _is_part(row: Row) -> bool:
    return not (row.is_total or row.is_mean or row.is_within)


def _below(table: StatedTable, whole: Row) -> tuple[Row, ...]:
    """A region's municipalities and a municipality's schools."""
    level = PARTS_OF[whole.level]
    of_one = whole.level == "region" and sum(row.level == "region" for row in table.rows) == 1
    return tuple(
        row
        for row in table.rows
        if row.level == level
        and (row.subject, row.grade, row.year) == (whole.subject, whole.grade, whole.year)
        and (of_one or (whole.level == "municipality" and row.municipality == whole.municipality))
    )
