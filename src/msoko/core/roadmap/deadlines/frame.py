"""The period of a programme as deadlines are laid into it."""

from dataclasses import dataclass
from datetime import date

from msoko.core.roadmap.deadlines.calendar import Calendar, day_in
from msoko.core.roadmap.deadlines.deadline import Window
from msoko.core.roadmap.deadlines.spans import Every, Unit, clipped, school_years, spans

DAYS_OF_A_YEAR = 366


@dataclass(frozen=True)
class Frame:
    """The period, the parts of the school year, and the bounds within which a clause may have its windows."""

    period: Window
    calendar: Calendar
    bounds: tuple[Window, ...]

    @property
    def is_one_year(self) -> bool:
        return (self.period.ends - self.period.begins).days < DAYS_OF_A_YEAR

    @property
    def is_one_school_year(self) -> bool:
        """A plan of a year or less that goes over New Year: its «год» is the school year."""
        return self.is_one_year and self.period.begins.year < self.period.ends.year

    @property
    def year(self) -> Every:
        return Every(Unit.SCHOOL_YEAR if self.is_one_school_year else Unit.YEAR)

    @property
    def years(self) -> range:
        """Calendar years of the bounds."""
        return range(min(one.begins.year for one in self.bounds), max(one.ends.year for one in self.bounds) + 1)

    def windows(self, every: Every) -> list[Window]:
        """Windows of a unit, cut to the bounds."""
        return [cut for bound in self.bounds for cut in clipped(self._whole(every, bound), bound)]

    def ended(self, every: Every) -> list[Window]:
        """Windows whose last day lies within the bounds, cut: of «по итогам года» only years that are over."""
        return [
            cut
            for bound in self.bounds
            for cut in clipped((one for one in spans(every, bound, self.calendar) if one.ends <= bound.ends), bound)
        ]

    def _whole(self, every: Every, bound: Window) -> list[Window]:
        if every == Every(Unit.SCHOOL_YEAR):
            return school_years(bound, self.calendar)
        return spans(every, bound, self.calendar)

    def within(self, windows: list[Window]) -> list[Window]:
        return [cut for bound in self.bounds for cut in clipped(windows, bound)]

    def has(self, day: date) -> bool:
        return any(bound.begins <= day <= bound.ends for bound in self.bounds)

    def start_of_year(self, day: date, of_school: bool) -> date:
        """1 January of the day's year, or 1 September of its school year."""
        if not of_school:
            return date(day.year, 1, 1)
        start = day_in(day.year, self.calendar.year_begins)
        return start if start <= day else day_in(max(day.year - 1, 1), self.calendar.year_begins)


def sorted_windows(windows: list[Window]) -> tuple[Window, ...]:
    """Each window once, by its last day."""
    return tuple(sorted(set(windows), key=lambda one: (one.ends, one.begins)))
