"""The days on which parts of the year fall: once, in each year, up to a day, from a day on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, date

from msoko.core.roadmap.deadlines.calendar import day_in
from msoko.core.roadmap.deadlines.deadline import Window
from msoko.core.roadmap.deadlines.frame import Frame
from msoko.core.roadmap.deadlines.nodes import Role, Time
from msoko.core.roadmap.deadlines.spans import ONE_DAY, years_around
from msoko.core.roadmap.deadlines.stretches import LastDays, Stretch

UNTIL = (Role.BEFORE, Role.BY)
SINCE = (Role.SINCE, Role.AFTER)


@dataclass(frozen=True)
class Occurrence:
    """A time in one year, whole: where it lies outside the period it is told and not counted."""

    time: Time
    window: Window

    @property
    def due(self) -> date:
        """The last day on which what is to be done «до» it may be done."""
        if self.time.is_due_before:
            return max(self.window.begins, date.min + ONE_DAY) - ONE_DAY
        if self.time.due is not None:
            return _end_of(self.time.due, self.window)
        return self.window.ends

    @property
    def start(self) -> date:
        """The first day of what goes on «с» it: «с середины октября» is from the 15th on."""
        due = self.time.due
        if isinstance(due, Stretch) and due.begin == due.end:
            return self.due
        return self.window.ends + ONE_DAY if self.time.role is Role.AFTER else self.window.begins

    @property
    def named(self) -> Window:
        """The days that the words name: all of «май», the last one of «до мая», the first one of «с мая»."""
        if self.time.role in UNTIL:
            return Window(self.due, self.due)
        return Window(self.start, self.start) if self.time.role in SINCE else self.window


def _end_of(part: object, window: Window) -> date:
    """The last day of a part that has the window in it, or begins with it."""
    assert isinstance(part, Stretch)
    end = day_in(window.begins.year, part.end)
    return end if end >= window.begins else day_in(min(window.begins.year + 1, MAXYEAR), part.end)


def occurrences(times: Iterable[Time], frame: Frame, repeated: bool) -> list[Occurrence]:
    """Of each time in each of its years; `repeated` ones also in all years of the bounds after their own."""
    return [one for time in times for one in _of_time(time, frame, repeated)]


def _of_time(time: Time, frame: Frame, repeated: bool) -> Iterator[Occurrence]:
    if time.year_after:
        # Of the years of the period each is reported on, the last one after its end.
        yield from (Occurrence(time, time.part.in_year(year + 1)) for year in frame.years if year + 1 < MAXYEAR)
    elif time.year is None:
        yield from _in_all_years(time, frame)
    else:
        first = _year_of_begin(time, frame)
        yield Occurrence(time, _window(time, first, time.end_year))
        if repeated and not time.only_then:
            later = range(first + 1, min(frame.years.stop, MAXYEAR))
            length = None if time.end_year is None else time.end_year - first
            yield from (Occurrence(time, _window(time, year, length and year + length)) for year in later)


def _in_all_years(time: Time, frame: Frame) -> Iterator[Occurrence]:
    for bound in frame.bounds:
        for year in years_around(bound):
            one = Occurrence(time, time.part.in_year(year))
            if _touches(one, bound):
                yield one


def _touches(one: Occurrence, bound: Window) -> bool:
    if one.time.role in UNTIL:
        return bound.begins <= one.due <= bound.ends
    if one.time.role in SINCE:
        return bound.begins <= one.window.begins <= bound.ends
    return one.window.begins <= bound.ends and one.window.ends >= bound.begins


def _year_of_begin(time: Time, frame: Frame) -> int:
    assert time.year is not None
    if not time.of_school_year:
        return time.year
    return time.year + (time.part.begin < frame.calendar.year_begins)


def _window(time: Time, year: int, end_year: int | None) -> Window:
    whole = time.part.in_year(year)
    if end_year is None or not isinstance(time.part, Stretch | LastDays):
        return whole
    return Window(whole.begins, day_in(end_year, time.part.end))


@dataclass(frozen=True)
class Laid:
    """Windows of occurrences; the named days of some year that lie outside the bounds; the last day named."""

    windows: list[Window]
    outside: list[Window]
    last: date | None


def laid(found: Sequence[Occurrence], frame: Frame, of_school: bool, once: bool) -> Laid:
    """The windows of all occurrences, each by its role."""
    to_due = [one for one in found if one.time.role in UNTIL]
    from_day = [one for one in found if one.time.role in SINCE]
    whole = [one for one in found if one.time.role is Role.IN]
    due, open_end = _until(to_due, frame, of_school, once), _since(from_day, frame)
    if len(due) == len(open_end) == 1 and open_end[0].begins <= due[0].ends:
        due, open_end = [Window(open_end[0].begins, due[0].ends)], []
    windows = [*due, *open_end, *frame.within([one.window for one in whole if not one.time.year_after])]
    windows += [one.window for one in whole if one.time.year_after]
    said = [one.named for one in found if one.time.year is not None]
    outside = [one for one in said if not frame.within([one])]
    return Laid(windows, outside, max((one.named.ends for one in found), default=None))


def _until(found: Sequence[Occurrence], frame: Frame, of_school: bool, once: bool) -> list[Window]:
    """Windows up to each due day, one behind another.

    A single one begins with the period; of those that recur each begins with its year, calendar or school year.
    """
    windows: list[Window] = []
    for one in sorted(found, key=lambda one: one.due):
        if not (frame.has(one.due) or one.time.year_after):
            continue
        start = frame.start_of_year(one.due, of_school)
        begins = _first_day(frame) if once else start if one.time.year_after else max(frame.period.begins, start)
        if windows and windows[-1].ends >= begins and windows[-1].ends < one.due:
            begins = windows[-1].ends + ONE_DAY
        windows.append(Window(min(begins, one.due), one.due))
    return windows


def _first_day(frame: Frame) -> date:
    """Of the period, or of what follows a deadline before: «август, затем до 15 мая»."""
    return min((bound.begins for bound in frame.bounds), default=frame.period.begins)


def _since(found: Sequence[Occurrence], frame: Frame) -> list[Window]:
    """From the first of the days to the end of the bounds."""
    ends = max(bound.ends for bound in frame.bounds)
    begins = min((one.start for one in found if one.start <= ends), default=None)
    return [] if begins is None else [Window(max(begins, frame.period.begins), ends)]
