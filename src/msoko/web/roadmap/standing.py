"""How assignments stand: counts that a page shows of an activity, a section, an executor, a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet

from msoko.core.vocabulary.russian import NBSP, counted, nbsp, number, plural
from msoko.web.people.sight import Sight
from msoko.web.roadmap.models import Assignment, Programme
from msoko.web.roadmap.queries import assignments_in_sight

State = Assignment.State


@dataclass(frozen=True, slots=True)
class Standing:
    """Numbers of assignments, each in exactly one part: a returned report whose date has passed is overdue, as
    everything open is. Of what was cancelled or is not tracked nothing is owed."""

    accepted: int = 0
    reported: int = 0
    returned: int = 0
    overdue: int = 0
    ahead: int = 0
    cancelled: int = 0
    untracked: int = 0

    @property
    def total(self) -> int:
        """What is owed: without the cancelled ones and those that are not tracked."""
        return self.accepted + self.reported + self.returned + self.overdue + self.ahead

    @property
    def is_accepted(self) -> bool:
        """All of it, also what is not tracked: of that nobody knows whether it was done."""
        return self.total > 0 and self.accepted == self.total and not self.untracked

    @property
    def is_given(self) -> bool:
        """Something was given out, whatever has become of it."""
        return self != NOTHING

    @property
    def has_past(self) -> bool:
        """Something has passed, asked for without an answer or not tracked."""
        return self.overdue > 0 or self.untracked > 0

    def __add__(self, other: "Standing") -> "Standing":
        return Standing(
            self.accepted + other.accepted,
            self.reported + other.reported,
            self.returned + other.returned,
            self.overdue + other.overdue,
            self.ahead + other.ahead,
            self.cancelled + other.cancelled,
            self.untracked + other.untracked,
        )

    def in_words(self) -> str:
        """«принято 12 из 18, просрочено 2, ждёт проверки 1, не отслеживаются 40»."""
        if not (self.total or self.untracked):
            return "отменено" if self.cancelled else f"не{NBSP}роздано"
        return ", ".join(part.words for part in self.parts())

    def parts(self) -> list["Part"]:
        """What stands out, the accepted ones first; those that are ahead are what is left."""
        said = []
        if self.total:
            said.append(Part("accepted", nbsp(f"принято {number(self.accepted)} из {number(self.total)}")))
        if self.overdue:
            said.append(Part("overdue", f"просрочено{NBSP}{number(self.overdue)}"))
        if self.returned:
            said.append(Part("returned", f"возвращено{NBSP}{number(self.returned)}"))
        if self.reported:
            wait = plural(self.reported, "ждёт", "ждут", "ждут")
            said.append(Part("reported", f"{wait} проверки{NBSP}{number(self.reported)}"))
        if self.untracked:
            said.append(Part("untracked", untracked_in_words(self.untracked)))
        return said


class Part(NamedTuple):
    """A part of a standing: its name and how it is told."""

    name: str
    words: str


def untracked_in_words(n: int) -> str:
    """«не отслеживаются 40»."""
    return nbsp(f"не {plural(n, 'отслеживается', 'отслеживаются', 'отслеживаются')} {number(n)}")


NOTHING = Standing()


def total_of(standings: Iterable[Standing]) -> Standing:
    return sum(standings, NOTHING)


def conditions(today: date) -> dict[str, Q]:
    """Part of a standing → which assignments are in it on this day."""
    is_open, has_passed = Q(state__in=Assignment.OPEN), Q(due__lt=today)
    return {
        "accepted": Q(state=State.ACCEPTED),
        "reported": Q(state=State.REPORTED),
        "returned": Q(state=State.RETURNED) & ~has_passed,
        "overdue": is_open & has_passed,
        "ahead": is_open & ~Q(state=State.RETURNED) & ~has_passed,
        "cancelled": Q(state=State.CANCELLED),
        "untracked": Q(state=State.UNTRACKED),
    }


def standings_by(assignments: QuerySet[Assignment], today: date, *keys: str) -> dict[Any, Standing]:
    """Key (of several keys: a tuple) → how its assignments stand. One query."""
    counts = {name: Count("pk", filter=condition) for name, condition in conditions(today).items()}
    rows = assignments.order_by().values_list(*keys).annotate(**counts)
    cut = len(keys)
    return {(row[0] if cut == 1 else tuple(row[:cut])): Standing(*row[cut:]) for row in rows}


def assignments_shown(sight: Sight, programme: Programme) -> QuerySet[Assignment]:
    """Assignments of the programme that the person sees; those of the school alone that is being looked at, if it is
    one of the programme's."""
    found = assignments_in_sight(sight).filter(occurrence__activity__roadmap__programme=programme)
    territory = sight.territory
    if territory is not None and territory != programme.organisation and programme.organisation.holds(territory):
        found = found.filter(organisation__path__startswith=territory.path)
    return found


def assignments_in_words(n: int) -> str:
    """«18 поручений»."""
    return counted(n, "поручение", "поручения", "поручений")
