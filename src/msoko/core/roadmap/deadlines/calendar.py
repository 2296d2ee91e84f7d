"""The parts of the school year; a municipality may have others."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

MonthDay = tuple[int, int]
Part = tuple[MonthDay, MonthDay]
BEFORE_A_LEAP_YEAR = 2023  # the school year that begins in it has every day of the calendar


@dataclass(frozen=True)
class Calendar:
    """Begin and end of each part of the school year, as (month, day); both days belong to the part.

    The 29th of February stands for the last day of February. Raises ValueError for a day that no year has and for
    parts that overlap or do not stand in the order of the school year.
    """

    year_begins: MonthDay = (9, 1)
    quarters: tuple[Part, ...] = (
        ((9, 1), (10, 31)),
        ((11, 1), (12, 31)),
        ((1, 1), (3, 31)),
        ((4, 1), (5, 31)),
    )
    half_years: tuple[Part, ...] = (((9, 1), (12, 31)), ((1, 1), (5, 31)))
    trimesters: tuple[Part, ...] = (((9, 1), (11, 30)), ((12, 1), (2, 29)), ((3, 1), (5, 31)))

    def __post_init__(self) -> None:
        for parts in (self.quarters, self.half_years, self.trimesters):
            days = [self._of_one_year(day) for part in parts for day in part]
            if not days or days != sorted(days):
                raise ValueError(f"Parts of a school year must follow one another from {self.year_begins} on: {parts}")

    def _of_one_year(self, day: MonthDay) -> date:
        return date(BEFORE_A_LEAP_YEAR + (day < self.year_begins), *day)

    @property
    def school_year(self) -> Part:
        """Its first and its last day: 1 September and 31 August."""
        last = date(BEFORE_A_LEAP_YEAR, *self.year_begins) - timedelta(days=1)
        return self.year_begins, (last.month, last.day)

    @property
    def last_month_of_lessons(self) -> Part:
        month, day = self.quarters[-1][1]
        return (month, 1), (month, day)

    @property
    def first_month_of_lessons(self) -> Part:
        return self.year_begins, (self.year_begins[0], 31)


SCHOOL_CALENDAR = Calendar()


def day_in(year: int, day: MonthDay) -> date:
    """The date; a day behind the end of its month is the month's last day: (2, 29) in 2023 is 28 February."""
    month, number = day
    return date(year, month, min(number, monthrange(year, month)[1]))
