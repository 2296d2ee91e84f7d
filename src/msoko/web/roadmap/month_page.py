"""A month of due dates: of one roadmap, or of all programmes in force of a territory."""

from calendar import Calendar
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import QuerySet

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

    @property
    def standing(self) -> Standing:
        return total_of(one.standing for one in self.dues)


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
        """(activity, day) → what of it is due then."""
        given: dict[tuple[int, date], Standing] = standings_by(
            self._assignments.filter(due__range=(self.month.first, self.month.last)),
            self.today, "occurrence__activity", "due",
        )  # fmt: skip
        planned = dict.fromkeys(self._planned(), NOTHING)
        return {**planned, **given}

    @property
    def _assignments(self) -> QuerySet[Assignment]:
        if self.roadmap is not None:
            shown = assignments_shown(self.sight, self.roadmap.programme)
            return shown.filter(occurrence__activity__roadmap=self.roadmap)
        found = assignments_in_sight(self.sight).filter(occurrence__activity__roadmap__programme__in=self._programmes)
        territory = self.sight.territory
        return found.filter(organisation__path__startswith=territory.path) if territory else found.none()

    def _planned(self) -> list[tuple[int, date]]:
        """Due dates that wait to be given out; of a draft, what its windows say."""
        if self.roadmap is not None and not self.roadmap.programme.is_live:
            first, last = self.month.first.isoformat(), self.month.last.isoformat()
            rows = self.roadmap.activities.order_by().values_list("pk", "windows")
            return [(pk, date.fromisoformat(due)) for pk, pairs in rows for _, due in pairs if first <= due <= last]
        waiting = Occurrence.objects.filter(assigned_at=None, due__range=(self.month.first, self.month.last))
        if self.roadmap is not None:
            waiting = waiting.filter(activity__roadmap=self.roadmap)
        else:
            waiting = waiting.filter(activity__roadmap__programme__in=self._programmes)
        return list(waiting.order_by().values_list("activity", "due"))

    @cached_property
    def _activities(self) -> Mapping[int, tuple[str, str]]:
        """Activity → its title and that of its roadmap."""
        found = Activity.objects.filter(pk__in={pk for pk, _ in self._standings}).order_by()
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


def _order(due: Due) -> tuple[Any, ...]:
    return not due.standing.overdue, due.title, due.pk
