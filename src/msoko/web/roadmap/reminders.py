"""What a person is reminded of today: on «Обзор», in the letter and on the page «Напоминания» it is the same."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Q, QuerySet

from msoko.core.vocabulary.russian import NBSP, counted
from msoko.web.people.sight import Sight, below
from msoko.web.roadmap.doing_queries import to_verify, with_near
from msoko.web.roadmap.models import Assignment, Programme
from msoko.web.roadmap.queries import CONTROLLING, own_assignments

SOON = timedelta(days=7)
MOST_NAMED = 10
"""More are not read in a letter or on «Обзор»; the rest is a number with a way to the list."""
State = Assignment.State


@dataclass(frozen=True)
class Named:
    """The first of many, and how many there are."""

    first: list[Assignment]
    count: int

    @property
    def others(self) -> int:
        return self.count - len(self.first)

    def __bool__(self) -> bool:
        return self.count > 0


@dataclass(frozen=True)
class Reminders:
    """Of one person on one day; every list is a query or two, whatever the size of the territory."""

    sight: Sight
    today: date

    @cached_property
    def overdue(self) -> Named:
        """His own, past the due date and not handed in."""
        return _named(self._own.filter(state__in=Assignment.OPEN, due__lt=self.today))

    @cached_property
    def returned(self) -> Named:
        """His own reports that were returned and whose date has not passed yet."""
        return _named(self._own.filter(state=State.RETURNED, due__gte=self.today))

    @cached_property
    def soon(self) -> Named:
        """His own with a due date within a week from today."""
        open_still = [one for one in Assignment.OPEN if one != State.RETURNED]
        return _named(self._own.filter(state__in=open_still, due__gte=self.today, due__lte=self.today + SOON))

    @cached_property
    def to_verify(self) -> Named:
        """The queue of verification of the territory that he controls."""
        return _named(self._controlled.filter(pk__in=to_verify(self.sight).values("pk")))

    @cached_property
    def overdue_of_others(self) -> Named:
        """What others have let pass in the territory that he controls."""
        passed = self._controlled.filter(state__in=Assignment.OPEN, due__lt=self.today)
        return _named(passed.exclude(pk__in=self._own.values("pk")))

    def __bool__(self) -> bool:
        return any((self.overdue, self.returned, self.soon, self.to_verify, self.overdue_of_others))

    def in_words(self) -> str:
        """«просрочено 2 поручения, на этой неделе 3»: the subject of the letter; '' where there is nothing to say."""
        told = [
            (self.overdue.count + self.overdue_of_others.count, "просрочено"),
            (self.returned.count, "возвращено"),
            (self.soon.count, "в\u00a0ближайшие семь дней"),
            (self.to_verify.count, "ждёт проверки"),
        ]
        return ", ".join(f"{what}{NBSP}— {n}" for n, what in told if n)

    @property
    def _own(self) -> QuerySet[Assignment]:
        return _living(own_assignments(self.sight))

    @property
    def _controlled(self) -> QuerySet[Assignment]:
        paths = [one.organisation.path for one in self.sight.memberships if one.role in CONTROLLING]
        return _living(Assignment.objects.filter(below(paths, "organisation__") if paths else Q(pk=None)))


def overdue_in_words(n: int) -> str:
    """«Просрочено 3 поручения.»"""
    return f"Просрочено {counted(n, 'поручение', 'поручения', 'поручений')}."


def _living(assignments: QuerySet[Assignment]) -> QuerySet[Assignment]:
    return assignments.filter(occurrence__activity__roadmap__programme__state=Programme.State.APPROVED)


def _named(assignments: QuerySet[Assignment]) -> Named:
    first = list(with_near(assignments).order_by("due", "organisation__sort_key", "pk")[: MOST_NAMED + 1])
    return Named(first[:MOST_NAMED], len(first) if len(first) <= MOST_NAMED else assignments.count())
