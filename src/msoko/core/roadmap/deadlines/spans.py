"""Units of time that recur, and their windows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from enum import StrEnum

from msoko.core.roadmap.deadlines.calendar import Calendar, Part
from msoko.core.roadmap.deadlines.deadline import Window
from msoko.core.roadmap.deadlines.stretches import DAYS_OF_WEEK, LAST_DAY, Stretch

MONTHS = 12
ONE_DAY = timedelta(days=1)
# A school year of which the programme has less than two months is not meant: a plan from November to September is a
# plan of one school year, its September belongs to the next.
LEAST_OF_A_SCHOOL_YEAR = timedelta(days=60)


class Unit(StrEnum):
    """Quarters are those of the school year (четверти); квартал is three MONTHs."""

    YEAR = "year"
    SCHOOL_YEAR = "school_year"
    HALF_YEAR = "half_year"
    TRIMESTER = "trimester"
    QUARTER = "quarter"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"


@dataclass(frozen=True)
class Every:
    """How long a window of a recurring deadline is: so many units."""

    unit: Unit
    count: int = 1


def years_around(within: Window) -> range:
    """Every year in which a window may begin that has a day in common with `within`."""
    return range(max(within.begins.year - 1, 1), min(within.ends.year, MAXYEAR - 1) + 1)


def clipped(windows: Iterable[Window], within: Window) -> list[Window]:
    """What of the windows lies within; those that lie outside are left out."""
    cut = (Window(max(one.begins, within.begins), min(one.ends, within.ends)) for one in windows)
    return [one for one in cut if one.begins <= one.ends]


def spans(every: Every, within: Window, calendar: Calendar) -> list[Window]:
    """All windows, whole, that have a day in common with `within`, by their begin."""
    return [one for one in _all(every, within, calendar) if one.begins <= within.ends and one.ends >= within.begins]


def school_years(within: Window, calendar: Calendar) -> list[Window]:
    """Those of which the window has two months or more; the one of which it has most, if there is no such."""
    found = spans(Every(Unit.SCHOOL_YEAR), within, calendar)
    had = [one.ends - one.begins + ONE_DAY for one in clipped(found, within)]
    least = min(LEAST_OF_A_SCHOOL_YEAR, max(had))
    return [one for one, days in zip(found, had, strict=True) if days >= least]


def _all(every: Every, within: Window, calendar: Calendar) -> Iterator[Window]:
    if every.unit is Unit.DAY:
        # A deadline a day would be a thousand windows: «ежедневно» is one, and the remark says so.
        yield from [within] if every.count == 1 else _stretches_of_days(every.count, within.begins, within.ends)
    elif every.unit is Unit.WEEK:
        yield from _weeks(every.count, within)
    elif every.unit is Unit.MONTH:
        yield from _months(every.count, within)
    elif every.unit is Unit.YEAR:
        first, last = within.begins.year, min(within.ends.year, MAXYEAR - every.count)
        yield from (
            Window(date(y, 1, 1), date(y + every.count - 1, 12, 31)) for y in range(first, last + 1, every.count)
        )
    else:
        parts = _parts(every.unit, calendar)
        yield from (Stretch(*part).in_year(year) for year in years_around(within) for part in parts)


def _parts(unit: Unit, calendar: Calendar) -> list[Part]:
    """By the order within the calendar year."""
    named = {
        Unit.SCHOOL_YEAR: (calendar.school_year,),
        Unit.HALF_YEAR: calendar.half_years,
        Unit.TRIMESTER: calendar.trimesters,
        Unit.QUARTER: calendar.quarters,
    }
    return sorted(named[unit])


def _weeks(count: int, within: Window) -> Iterator[Window]:
    """From the Monday of the first week on."""
    monday = max(within.begins.toordinal() - within.begins.weekday(), 1)
    yield from _stretches_of_days(DAYS_OF_WEEK * count, date.fromordinal(monday), within.ends)


def _stretches_of_days(days: int, begins: date, ends: date) -> Iterator[Window]:
    for first in range(begins.toordinal(), ends.toordinal() + 1, days):
        last = min(first + days - 1, date.max.toordinal())
        yield Window(date.fromordinal(first), date.fromordinal(last))


def _months(count: int, within: Window) -> Iterator[Window]:
    """From January on where a year has a whole number of such windows, else from the first month on."""
    first = within.begins.year * MONTHS + within.begins.month - 1
    first -= first % count if MONTHS % count == 0 else 0
    last = within.ends.year * MONTHS + within.ends.month - 1
    for begins in range(first, last + 1, count):
        (year, month), (end_year, end_month) = divmod(begins, MONTHS), divmod(begins + count - 1, MONTHS)
        if end_year <= MAXYEAR:
            end = Stretch((1, 1), (end_month + 1, LAST_DAY)).in_year(end_year).ends
            yield Window(date(year, month + 1, 1), end)
