"""A month of due dates: of one roadmap, or of all programmes in force of a territory."""

from calendar import Calendar
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from msoko.core.vocabulary.russian import NBSP, long_date, short_date
from msoko.web.people.models import Kind
from msoko.web.people.sight import Sight
from msoko.web.roadmap.activity_rows import Chip, activity_address, chips_of
from msoko.web.roadmap.models import Activity, Assignment, Occurrence, Programme, Roadmap
from msoko.web.roadmap.queries import assignments_in_sight, programmes_in_sight
from msoko.web.roadmap.standing import (
    NOTHING,
    Standing,
    assignments_in_words,
    assignments_shown,
    standings_by,
    total_of,
)

MONTHS = ("январь", "февраль", "март", "апрель", "май", "июнь",
          "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь")  # fmt: skip
WEEKDAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")
SHORT_WEEKDAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")
FIRST_YEAR, LAST_YEAR = 2000, 2060
MOST_IN_A_CELL = 3
"""Titles that a cell of the grid holds; the others are below, on the list of the day."""
MOST_RUNNING = 8
"""Activities beneath the grid that stand open; the others are folded."""


class Month(NamedTuple):
    year: int
    number: int

    @property
    def title(self) -> str:
        return f"{MONTHS[self.number - 1]} {self.year}"

    @property
    def key(self) -> str:
        """As the address has it."""
        return f"{self.year}-{self.number:02d}"

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return self.next.first - timedelta(days=1)

    @property
    def next(self) -> "Month":
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    @property
    def previous(self) -> "Month":
        return Month(self.year - (self.number == 1), (self.number - 2) % 12 + 1)

    @classmethod
    def asked(cls, said: str, today: date) -> "Month":
        """«2026-09»; anything else is the present month."""
        year, _, number = said.partition("-")
        are_numbers = year.isdecimal() and number.isdecimal() and len(said) <= 7
        if are_numbers and FIRST_YEAR <= int(year) <= LAST_YEAR and 1 <= int(number) <= 12:
            return cls(int(year), int(number))
        return cls(today.year, today.month)


@dataclass(frozen=True)
class Span:
    """Due dates from `since` to `until` of what has begun by `begun_by`; what is not said is without an end."""

    since: date = date.min
    until: date = date.max
    begun_by: date = date.max

    def holds(self, begins: date, due: date) -> bool:
        return self.since <= due <= self.until and begins <= self.begun_by

    def of(self, begins: str) -> Q:
        """The same as a condition; `begins` names the field of the first day."""
        return Q(due__range=(self.since, self.until), **{f"{begins}__lte": self.begun_by})


@dataclass(frozen=True)
class Due:
    """An activity that is due on a day. A standing without assignments: nothing was given out yet, or not to those
    whom the reader sees."""

    pk: int
    title: str
    roadmap: str
    day: date
    standing: Standing

    @property
    def address(self) -> str:
        return activity_address(self.pk)

    @property
    def until(self) -> str:
        return f"до{NBSP}{short_date(self.day)}"

    @property
    def chips(self) -> list[Chip]:
        day = self.day.isoformat()
        return chips_of(self.standing, {"activity": self.pk, "since": day, "until": day})


@dataclass(frozen=True)
class Day:
    """A day of the grid; days of other months are empty."""

    day: date
    is_of_month: bool
    is_today: bool
    dues: Sequence[Due]

    @property
    def weekday(self) -> str:
        return WEEKDAYS[self.day.weekday()]

    @property
    def shown(self) -> Sequence[Due]:
        return self.dues[:MOST_IN_A_CELL]

    @property
    def more(self) -> int:
        return max(len(self.dues) - MOST_IN_A_CELL, 0)

    @cached_property
    def standing(self) -> Standing:
        return total_of(one.standing for one in self.dues)


class Nearest(NamedTuple):
    """The month to go to from one in which nothing is due, and what is said of it."""

    month: Month
    words: str


@dataclass(frozen=True)
class MonthPage:
    """Due dates of the month as they are now: a postponed assignment stands on its new date. `roadmap` None: of all
    programmes in force of the territory looked at and of what is above a school."""

    sight: Sight
    month: Month
    today: date
    roadmap: Roadmap | None = None
    asked_day: str = ""

    @cached_property
    def day(self) -> Day | None:
        """The day whose list is asked for."""
        return next((one for week in self.weeks for one in week if one.day.isoformat() == self.asked_day), None)

    @cached_property
    def weeks(self) -> list[list[Day]]:
        """From Monday to Sunday."""
        return [
            [
                Day(day, day.month == self.month.number, day == self.today, self._by_day.get(day, ()))
                for day in week
            ]
            for week in Calendar().monthdatescalendar(*self.month)
        ]  # fmt: skip

    @cached_property
    def count(self) -> int:
        return sum(len(dues) for dues in self._by_day.values())

    @cached_property
    def overdue(self) -> int:
        return total_of(one.standing for dues in self._by_day.values() for one in dues).overdue

    @property
    def late_words(self) -> str:
        """«просрочено 3 поручения»."""
        return f"просрочено {assignments_in_words(self.overdue)}"

    @cached_property
    def nearest(self) -> Nearest | None:
        """The first due date after this month, or the last one before where nothing comes; None without any."""
        after, before = Span(since=self.month.next.first), Span(until=self.month.previous.last)
        if days := self._days(after):
            return Nearest(Month(min(days).year, min(days).month), f"Следующий срок{NBSP}— {long_date(min(days))}")
        if days := self._days(before):
            words = f"Позже сроков нет, последний был {long_date(max(days))}"
            return Nearest(Month(max(days).year, max(days).month), words)
        return None

    def _days(self, span: Span) -> list[date]:
        """Due dates, each of them once."""
        owed = self._assignments.exclude(state__in=Assignment.NOT_OWED).filter(span.of("occurrence__begins"))
        given = owed.order_by().values_list("due", flat=True)
        return [*given.distinct(), *(due for _, due in self._planned(span))]

    # ---- what goes on

    @cached_property
    def running(self) -> list[Due]:
        """What has begun by the end of the month and is due later: each activity once, with its first such date."""
        found: dict[int, Due] = {}
        for (pk, day), standing in sorted(self._running.items(), key=lambda item: item[0][1]):
            found.setdefault(pk, Due(pk, *self._activities[pk], day, standing))
        return sorted(found.values(), key=lambda due: (due.day, *_order(due)))

    @property
    def running_parts(self) -> tuple[list[Due], list[Due]]:
        """Those that stand open and those that are folded."""
        return self.running[:MOST_RUNNING], self.running[MOST_RUNNING:]

    # ---- what is due

    @cached_property
    def _by_day(self) -> Mapping[date, Sequence[Due]]:
        """Days of the month only; those that are late stand first within a day."""
        known = self._activities
        found: dict[date, list[Due]] = defaultdict(list)
        for (pk, day), standing in self._standings.items():
            found[day].append(Due(pk, *known[pk], day, standing))
        return {day: sorted(dues, key=_order) for day, dues in found.items()}

    @cached_property
    def _standings(self) -> Mapping[tuple[int, date], Standing]:
        return self._within(Span(self.month.first, self.month.last))

    @cached_property
    def _running(self) -> Mapping[tuple[int, date], Standing]:
        found = self._within(Span(since=self.month.next.first, begun_by=self.month.last))
        return {place: standing for place, standing in found.items() if _goes_on(standing)}

    def _within(self, span: Span) -> dict[tuple[int, date], Standing]:
        """(activity, due date) → what of it is due then."""
        found = self._assignments.filter(span.of("occurrence__begins"))
        given: dict[tuple[int, date], Standing] = standings_by(found, self.today, "occurrence__activity", "due")
        return {**dict.fromkeys(self._planned(span), NOTHING), **given}

    @property
    def _assignments(self) -> QuerySet[Assignment]:
        if self.roadmap is not None:
            shown = assignments_shown(self.sight, self.roadmap.programme)
            return shown.filter(occurrence__activity__roadmap=self.roadmap)
        found = assignments_in_sight(self.sight).filter(occurrence__activity__roadmap__programme__in=self._programmes)
        territory = self.sight.territory
        return found.filter(organisation__path__startswith=territory.path) if territory else found.none()

    def _planned(self, span: Span) -> list[tuple[int, date]]:
        """Due dates that wait to be given out; of a draft, what its windows say."""
        if self.roadmap is not None and not self.roadmap.programme.is_live:
            return [(pk, due) for pk, begins, due in self._windows if span.holds(begins, due)]
        waiting = Occurrence.objects.filter(span.of("begins"), assigned_at=None)
        if self.roadmap is not None:
            waiting = waiting.filter(activity__roadmap=self.roadmap)
        else:
            waiting = waiting.filter(activity__roadmap__programme__in=self._programmes)
        return list(waiting.order_by().values_list("activity", "due"))

    @cached_property
    def _windows(self) -> list[tuple[int, date, date]]:
        """(activity, first day, last day) of all windows of the roadmap."""
        rows = self.roadmap.activities.order_by().values_list("pk", "windows") if self.roadmap else ()
        day = date.fromisoformat
        return [(pk, day(begins), day(due)) for pk, windows in rows for begins, due in windows]

    @cached_property
    def _activities(self) -> Mapping[int, tuple[str, str]]:
        """Activity → its title and that of its roadmap."""
        found = Activity.objects.filter(pk__in={pk for pk, _ in (*self._standings, *self._running)}).order_by()
        return {pk: (title, roadmap) for pk, title, roadmap in found.values_list("pk", "title", "roadmap__title")}

    @cached_property
    def _programmes(self) -> QuerySet[Programme]:
        return programmes_of(self.sight).filter(state=Programme.State.APPROVED)


def programmes_of(sight: Sight) -> QuerySet[Programme]:
    """Of the territory looked at and the territories below it; of a school also what is approved above it."""
    visible, territory = programmes_in_sight(sight), sight.territory
    if territory is None:
        return visible.none()
    if territory.is_school:
        above = [int(pk) for pk in territory.path.strip("/").split("/")]
        return visible.filter(organisation__in=above)
    kinds = (Kind.COUNTRY, Kind.REGION, Kind.MUNICIPALITY)
    return visible.filter(organisation__path__startswith=territory.path, organisation__kind__in=kinds)


def _goes_on(standing: Standing) -> bool:
    """Something is still to come of it: not given out yet, or owed and not accepted."""
    return standing == NOTHING or standing.total > standing.accepted


def _order(due: Due) -> tuple[Any, ...]:
    return not due.standing.overdue, due.title, due.pk
