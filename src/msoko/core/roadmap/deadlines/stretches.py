"""Parts of a year that have no year yet: «сентябрь», «IV квартал», «до 15 мая», «вторая среда октября»."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from msoko.core.roadmap.deadlines.calendar import MonthDay, day_in
from msoko.core.roadmap.deadlines.deadline import Window

DAYS_OF_WEEK = 7
LAST = -1  # «последняя»
LAST_DAY = 31  # of any month: `day_in` knows how many it has


class OfYear(Protocol):
    """What every year has once."""

    @property
    def begin(self) -> MonthDay:
        """Says which of two comes first in a year."""
        ...

    @property
    def crosses_new_year(self) -> bool: ...

    def in_year(self, year: int) -> Window:
        """The window that begins in the year."""
        ...


@dataclass(frozen=True)
class Stretch:
    """From a day to a day; one whose end stands before its begin goes over New Year."""

    begin: MonthDay
    end: MonthDay

    @property
    def crosses_new_year(self) -> bool:
        return self.end < self.begin

    def in_year(self, year: int) -> Window:
        return Window(day_in(year, self.begin), day_in(year + self.crosses_new_year, self.end))


@dataclass(frozen=True)
class DayOfWeek:
    """«Вторая среда октября»: weekday 0 is Monday, nth is from 1 on or LAST."""

    month: int
    nth: int
    weekday: int

    @property
    def begin(self) -> MonthDay:
        return self.month, 1

    @property
    def crosses_new_year(self) -> bool:
        return False

    def in_year(self, year: int) -> Window:
        day = nth_weekday(year, self.month, self.nth, self.weekday)
        return Window(day, day)


@dataclass(frozen=True)
class LastDays:
    """«Последняя неделя августа»: where it begins depends on how long the month is."""

    month: int
    days: int

    @property
    def begin(self) -> MonthDay:
        return self.month, LAST_DAY - self.days

    @property
    def end(self) -> MonthDay:
        return self.month, LAST_DAY

    @property
    def crosses_new_year(self) -> bool:
        return False

    def in_year(self, year: int) -> Window:
        last = day_in(year, self.end)
        return Window(last - timedelta(days=self.days - 1), last)


WHOLE_YEAR = Stretch((1, 1), (12, 31))


def month(number: int) -> Stretch:
    return Stretch((number, 1), (number, LAST_DAY))


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> date:
    """The nth such day of the month; every month has four of them."""
    if nth == LAST:
        last = date(year, month, monthrange(year, month)[1])
        return last - timedelta(days=(last.weekday() - weekday) % DAYS_OF_WEEK)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % DAYS_OF_WEEK + DAYS_OF_WEEK * (nth - 1))


def part_of_month(month: int, part: str, nth: int) -> OfYear | None:
    """«Вторая декада мая» is 11–20 May; None for a part that the month does not have in every year."""
    if nth == LAST and part in _DAYS:
        return LastDays(month, _DAYS[part])
    days = _PARTS_OF_MONTH.get((part, nth))
    if days is None or (month == 2 and days[0] > 28):
        return None
    return Stretch((month, days[0]), (month, days[1]))


_DAYS = {"week": DAYS_OF_WEEK, "day": 1}
_PARTS_OF_MONTH = {
    **{("week", n): (7 * n - 6, 7 * n if n < 5 else LAST_DAY) for n in range(1, 6)},
    **{("decade", n): (10 * n - 9, 10 * n if n < 3 else LAST_DAY) for n in range(1, 4)},
    ("decade", LAST): (21, LAST_DAY),
    ("day", 1): (1, 1),
    ("half", 1): (1, 15),
    ("half", 2): (16, LAST_DAY),
    ("half", LAST): (16, LAST_DAY),
    # «Начало», «середина», «конец» are read as the three decades.
    ("start", 1): (1, 10),
    ("middle", 1): (11, 20),
    ("end", 1): (21, LAST_DAY),
}
