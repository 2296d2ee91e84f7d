"""Parts of a whole do not add up to it: marks 2–5, lowered – confirmed – raised, passed and failed."""

from collections.abc import Iterator

from msoko.core.analysis.contradictions.contradiction import Contradiction, Severity
from msoko.core.analysis.contradictions.derived import Derived, stated_count, sum_of
from msoko.core.analysis.contradictions.parameters import Parameters
from msoko.core.analysis.contradictions.roles import MARK_COUNTS, OUTCOMES, Role
from msoko.core.analysis.contradictions.saying import about, people
from msoko.core.analysis.contradictions.tables import Record, Statements
from msoko.core.vocabulary.russian import number

PARTITIONS = (
    (MARK_COUNTS, "отметок «2»–«5» вместе"),
    (OUTCOMES, "понизивших, подтвердивших и повысивших вместе"),
    ((Role.PASSED, Role.FAILED), "сдавших и не сдавших вместе"),
)
MARKS_AND_NOT_ASSESSED = "отметок «2»–«5» и не аттестованных вместе"


def contradictions(statements: Statements, parameters: Parameters) -> Iterator[Contradiction]:
    """More parts than the whole is firm; fewer is firm where nothing is blank and nobody may be without a part."""
    for record in statements.records:
        for roles, words in PARTITIONS:
            parts, whole_role = _parts(record, roles), _whole(record)
            whole = stated_count(record, whole_role) if whole_role else None
            if parts and whole and parts.value != whole.value:
                said = MARKS_AND_NOT_ASSESSED if _counts_not_assessed(record, roles) else words
                yield _found(record, roles, said, parts, whole, whole_role or Role.PARTICIPANTS)


def _whole(record: Record) -> Role | None:
    return next((role for role in (Role.PARTICIPANTS, Role.PUPILS) if role in record.said), None)


def _parts(record: Record, roles: tuple[Role, ...]) -> Derived | None:
    """Those not assessed are a part of the marks where the table counts them."""
    return sum_of(record, (*roles, Role.NOT_ASSESSED) if _counts_not_assessed(record, roles) else roles)


def _counts_not_assessed(record: Record, roles: tuple[Role, ...]) -> bool:
    return roles == MARK_COUNTS and Role.NOT_ASSESSED in record.said


def _severity(record: Record, roles: tuple[Role, ...], parts: Derived, whole: Derived, role: Role) -> Severity:
    """Not all on a list sat it, who has no mark in the journal was not compared, a blank may be anything."""
    may_lack = role is Role.PUPILS and Role.NOT_ASSESSED not in record.said
    is_blank = any(part in record.blank for part in roles)
    if parts.value < whole.value and (may_lack or is_blank or roles == OUTCOMES):
        return Severity.SUSPICIOUS
    return Severity.FIRM


def _found(
    record: Record, roles: tuple[Role, ...], words: str, parts: Derived, whole: Derived, role: Role
) -> Contradiction:
    difference = abs(parts.value - whole.value)
    more = "больше" if parts.value > whole.value else "меньше"
    return Contradiction(
        rule="parts_sum",
        severity=_severity(record, roles, parts, whole, role),
        places=(*whole.places, *parts.places),
        stated=number(whole.value),
        recomputed=number(parts.value),
        arithmetic=parts.arithmetic,
        tolerance="0",
        sentence=(
            f"{about(record)}: {words} {parts.arithmetic}, а указано {people(whole.value, role)}: "
            f"на {number(difference)} {more}."
        ),
    )
