"""A part is larger than its whole."""

from collections.abc import Iterator

from msoko.core.analysis.contradictions.contradiction import Contradiction, Severity
from msoko.core.analysis.contradictions.parameters import Parameters
from msoko.core.analysis.contradictions.roles import MARK_COUNTS, OUTCOMES, Kind, Role
from msoko.core.analysis.contradictions.saying import about, stated_percent
from msoko.core.analysis.contradictions.tables import Record, Stated, Statements
from msoko.core.vocabulary.russian import join_with_and, number, quote

OF_PARTICIPANTS = (
    *MARK_COUNTS,
    *OUTCOMES,
    *(Role.PASSED, Role.FAILED, Role.QUALITY, Role.HIGH, Role.HUNDRED, Role.WINNERS, Role.PRIZE_WINNERS),
)
PAIRS = (
    *((part, Role.PARTICIPANTS) for part in OF_PARTICIPANTS),
    (Role.QUALITY, Role.PASSED),
    (Role.HIGH, Role.PASSED),
    (Role.PARTICIPANTS, Role.PUPILS),
    (Role.GRADUATES, Role.PUPILS),
    (Role.QUALITY_PERCENT, Role.PASS_PERCENT),
    (Role.HIGH_PERCENT, Role.PASS_PERCENT),
)
TOGETHER = (
    (Role.FAILED, Role.HIGH),
    (Role.FAILED, Role.HUNDRED),
    (Role.FAILED, Role.QUALITY),
    (Role.WINNERS, Role.PRIZE_WINNERS),
)
"""Nobody is both, so that together they are a part of those who took part."""


def contradictions(statements: Statements, parameters: Parameters) -> Iterator[Contradiction]:
    """Always firm: a part of people, or of per cents, cannot outgrow its whole."""
    for record in statements.records:
        for part, whole in PAIRS:
            if part in record.said and whole in record.said:
                yield from _compared(record, [record.said[part]], record.said[whole])
        for roles in TOGETHER:
            parts = [record.said[role] for role in roles if role in record.said]
            whole_stated = record.said.get(Role.PARTICIPANTS)
            if len(parts) == len(roles) and whole_stated and all(part.value <= whole_stated.value for part in parts):
                yield from _compared(record, parts, whole_stated)
        yield from _by_form(record)


def _by_form(record: Record) -> Iterator[Contradiction]:
    """Parts and wholes that the form itself names."""
    for column in record.table.columns:
        if column.part_of in record.cells and column.key in record.cells:
            part, whole = record.cells[column.key], record.cells[column.part_of]
            if (part.role, whole.role) not in PAIRS:
                yield from _compared(record, [part], whole)


def _compared(record: Record, parts: list[Stated], whole: Stated) -> Iterator[Contradiction]:
    total = sum(part.value for part in parts)
    if total <= whole.value:
        return
    shown = " + ".join(part.typed for part in parts)
    summed = shown if len(parts) == 1 else f"{shown} = {number(int(total))}"
    yield Contradiction(
        rule="part_above_whole",
        severity=Severity.FIRM,
        places=(*(part.place for part in parts), whole.place),
        stated=shown if len(parts) == 1 else number(int(total)),
        recomputed=f"не больше {whole.typed}",
        arithmetic=f"{summed} > {whole.typed}",
        tolerance="0",
        sentence=f"{about(record)}: {join_with_and([_named(part) for part in parts])} — {_said(parts, summed)}, "
        f"это больше целого: {_named(whole)} — {_said([whole], whole.typed)}.",
    )


def _named(stated: Stated) -> str:
    if stated.role in (Role.COUNT, Role.OTHER, Role.PERCENT):
        return quote(stated.place.column)
    return f"доля {stated.role.words}" if stated.role.kind is Kind.PERCENT else stated.role.words


def _said(parts: list[Stated], summed: str) -> str:
    return stated_percent(parts[0]) if parts[0].role.kind is Kind.PERCENT and len(parts) == 1 else summed
