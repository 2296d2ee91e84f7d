"""Numbers that follow from what a row states."""

from collections.abc import Iterable
from dataclasses import dataclass

from msoko.core.analysis.contradictions.contradiction import Place
from msoko.core.analysis.contradictions.roles import MARK_COUNTS, OUTCOMES, Role
from msoko.core.analysis.contradictions.tables import Record, Stated
from msoko.core.vocabulary.russian import number


@dataclass(frozen=True)
class Derived:
    """A number with the cells it comes from; `arithmetic` shows how («4 + 89 + 175 + 140 = 408»)."""

    value: int
    places: tuple[Place, ...]
    arithmetic: str
    is_stated: bool


def took_part(record: Record) -> Derived | None:
    """How many took part: as stated, else as the marks or the comparison with the journal add up."""
    return stated_count(record, Role.PARTICIPANTS) or sum_of_marks(record) or sum_of_outcomes(record)


def stated_count(record: Record, role: Role) -> Derived | None:
    """The count as its cell states it."""
    n = record.count(role)
    return None if n is None else Derived(n, (record.said[role].place,), number(n), is_stated=True)


def sum_of_marks(record: Record) -> Derived | None:
    """Σ of the counts of marks 2–5; a blank cell beside filled ones says that nobody had the mark."""
    return sum_of(record, MARK_COUNTS)


def sum_of_outcomes(record: Record) -> Derived | None:
    """Lowered, confirmed and raised together: those who could be compared with the journal."""
    return sum_of(record, OUTCOMES)


def sum_of(record: Record, roles: Iterable[Role]) -> Derived | None:
    """The sum of the roles' counts; None unless the table has a column for each and two of them are filled."""
    roles = tuple(roles)
    known = [record.said[role] for role in roles if record.count(role) is not None]
    if len(known) < 2 or not all(record.has(role) for role in roles):
        return None
    return added(known)


def added(known: Iterable[Stated]) -> Derived:
    """The sum of stated counts, with its cells and its arithmetic."""
    known = list(known)
    total = sum(int(stated.value) for stated in known)
    said = " + ".join(number(int(stated.value)) for stated in known)
    return Derived(total, tuple(stated.place for stated in known), f"{said} = {number(total)}", is_stated=False)
