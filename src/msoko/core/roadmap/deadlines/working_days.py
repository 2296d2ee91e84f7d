"""Working days: all but Saturdays, Sundays and the public holidays that fall on the same days every year.

Which days off are moved to other days a government decree says anew every year; that is not known here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from msoko.core.roadmap.deadlines.calendar import MonthDay
from msoko.core.roadmap.deadlines.deadline import Window
from msoko.core.roadmap.deadlines.stretches import LAST, LAST_DAY, Stretch

SATURDAY = 5
MOST_OF_A_MONTH = 15  # even January has so many working days
# Article 112 of the Labour Code of the Russian Federation.
HOLIDAYS: frozenset[MonthDay] = frozenset(
    {*((1, day) for day in range(1, 9)), (2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)}
)


def nth_working_day(within: Window, nth: int) -> date | None:
    """The nth working day of the window, or the LAST one; None where it has not so many."""
    days = list(_working_days(within))
    place = LAST if nth == LAST else nth - 1
    return days[place] if -len(days) <= place < len(days) else None


def _working_days(within: Window) -> Iterator[date]:
    length = (within.ends - within.begins).days
    for day in (within.begins + timedelta(days=number) for number in range(length + 1)):
        if day.weekday() < SATURDAY and (day.month, day.day) not in HOLIDAYS:
            yield day


@dataclass(frozen=True)
class WorkingDay:
    """«Последний рабочий день мая», «второй рабочий день IV квартала»; nth is MOST_OF_A_MONTH at most, or LAST."""

    of: Stretch
    nth: int

    @property
    def begin(self) -> MonthDay:
        return (self.of.end[0], LAST_DAY) if self.nth == LAST else self.of.begin

    @property
    def crosses_new_year(self) -> bool:
        return False

    def in_year(self, year: int) -> Window:
        day = nth_working_day(self.of.in_year(year), self.nth)
        assert day is not None  # nth is not more than any month has
        return Window(day, day)
