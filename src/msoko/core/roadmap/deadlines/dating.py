"""One clause as dated windows: what its times and years come to within the period."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import MAXYEAR, date, timedelta

from msoko.core.roadmap.deadlines import remarks
from msoko.core.roadmap.deadlines.clauses import Clause
from msoko.core.roadmap.deadlines.deadline import Kind, Window
from msoko.core.roadmap.deadlines.frame import Frame
from msoko.core.roadmap.deadlines.nodes import Always, During, Each, Outcome, Role, Time, WholePeriod, Years
from msoko.core.roadmap.deadlines.occurrences import SINCE, UNTIL, Occurrence, laid, occurrences
from msoko.core.roadmap.deadlines.spans import ONE_DAY, Every, Unit, clipped
from msoko.core.roadmap.deadlines.stretches import Stretch

HALF_A_YEAR = 183  # days


@dataclass
class Dated:
    """Windows of a clause, its kind (None where it says nothing of time) and what is to be told of them.

    `last` is the last day that is named, also outside the period: what comes «затем» begins behind it.
    """

    kind: Kind | None = None
    windows: list[Window] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    not_understood: list[str] = field(default_factory=list)
    last: date | None = None


def bounds_of(clause: Clause, frame: Frame) -> tuple[Window, ...]:
    """Within which the clause has its windows, by the years that it names."""
    years = clause.all(Years)
    named = [window_of(one, frame) for one in years if one.role is Role.IN]
    bounds = frame.within(named) if named else list(frame.bounds)
    for one in years:
        if one.role is not Role.IN:
            bounds = [cut for bound in bounds for cut in clipped([_limit(one.role, window_of(one, frame))], bound)]
    return tuple(bounds)


def window_of(years: Years, frame: Frame) -> Window:
    """All days of the years."""
    last = min(years.last, MAXYEAR - 1)
    if not years.of_school:
        return Window(date(years.first, 1, 1), date(last, 12, 31))
    year = Stretch(*frame.calendar.school_year)
    return Window(year.in_year(years.first).begins, year.in_year(last).ends)


def _limit(role: Role, named: Window) -> Window:
    """«До 2025 года» is before it begins, «не позднее 2025 года» by its end."""
    return {
        Role.BEFORE: Window(date.min, named.begins - ONE_DAY),
        Role.BY: Window(date.min, named.ends),
        Role.SINCE: Window(named.begins, date.max),
        Role.AFTER: Window(named.ends + ONE_DAY, date.max),
    }[role]


def of_times(clause: Clause, frame: Frame) -> Dated:
    """Windows of a clause without a frequency; `frame` has the bounds of the period, not of the clause's years."""
    times, years = clause.all(Time), clause.all(Years)
    result = Dated()
    if times:
        result = _of_named_times(clause, times, frame)
    elif years and not clause.has(During):  # «2022 год, в течение учебного года»: the years are its bounds
        result = _of_years(years, frame)
    if times and all(one.year is not None for one in times):
        result = _with_own_years(result, years, times, frame)
    if clause.has(During) and _are_of_a_year(times, clause):
        result.kind = Kind.CONTINUOUS  # «в течение учебного года (сентябрь–май)» says the same twice
    elif clause.has(During):
        result.windows += [one for during in clause.all(During) for one in _during(during, clause, frame)]
        result.kind = Kind.CONTINUOUS
    elif clause.has(Always, WholePeriod):
        if not years and result.kind is not Kind.CONTINUOUS and not _have_an_end(clause):
            begins = result.last + ONE_DAY if result.last is not None else date.min
            result.windows += frame.within([Window(begins, date.max)])
        result.kind = Kind.CONTINUOUS
        for one in clause.all(WholePeriod):
            if one.times is not None:
                result.kind = Kind.ONCE if one.times == 1 else Kind.RECURRING
                result.remarks += [remarks.undivided(one.text)] if one.times > 1 else []
    return result


def _have_an_end(clause: Clause) -> bool:
    """«Постоянно в сентябре 2021», «постоянно до 31.12.2021» end with them; «сентябрь 2021, постоянно» goes on."""
    times = clause.all(Time)
    ends = any(one.is_range or one.role in UNTIL for one in times)
    return ends or (bool(times) and not isinstance(clause.all(Time, Always, WholePeriod)[0], Time))


def _with_own_years(result: Dated, years: Sequence[Years], times: Sequence[Time], frame: Frame) -> Dated:
    """«Сентябрь 2021 (разработка), 2021–2022 (внедрение)»: the month has its year, so the years are another date.

    A single year is one where no month is of it: «15 мая 2021 г.; 2022 г.».
    """
    own = [one for one in years if one.role is Role.IN and not one.of_school and not _is_said_by(one, times)]
    named = [window_of(one, frame) for one in own]
    kind = result.kind
    if named:
        kind = Kind.CONTINUOUS if any(one.first < one.last for one in own) else Kind.RECURRING
    return replace(result, kind=kind, windows=[*result.windows, *frame.within(named)])


def _is_said_by(years: Years, times: Sequence[Time]) -> bool:
    return years.first == years.last and any(years.first in (one.year, one.end_year) for one in times)


def _are_of_a_year(times: Sequence[Time], clause: Clause) -> bool:
    """Ranges of months without years, of which a school year or the greater part of any year is made up."""
    ranges = [one for one in times if one.is_range and one.year is None and one.role is Role.IN]
    is_of_school = any(one.unit is Unit.SCHOOL_YEAR for one in clause.all(During))
    half = timedelta(days=HALF_A_YEAR)
    long = all((window := one.part.in_year(2021)).ends - window.begins > half for one in ranges)
    return bool(ranges) and len(ranges) == len(times) and (is_of_school or long)


def _during(during: During, clause: Clause, frame: Frame) -> list[Window]:
    frame = replace(frame, bounds=bounds_of(clause, frame))
    return frame.windows(frame.year if during.unit is Unit.YEAR else Every(during.unit)) if frame.bounds else []


def _of_years(years: Sequence[Years], frame: Frame) -> Dated:
    """«2021» is once, «2020–2022» goes on, «2020, 2022» recurs; «с 2021 года» goes on, «до 2023 года» is a due date."""
    named = [window_of(one, frame) for one in years if one.role is Role.IN]
    if not named:
        return _of_open_years(years, frame)
    goes_on = any((one.first < one.last or one.of_school or one.during) and not one.are_over for one in years)
    kind = Kind.CONTINUOUS if goes_on else Kind.RECURRING if len(named) > 1 else Kind.ONCE
    outside = [one for one in named if not frame.within([one])]
    told = [remarks.outside(outside)] if outside else []
    return Dated(kind, frame.within(named), told, last=max(one.ends for one in named))


def _of_open_years(years: Sequence[Years], frame: Frame) -> Dated:
    limits = [_limit(one.role, window_of(one, frame)) for one in years]
    if all(one.role in UNTIL for one in years):
        due = min(one.ends for one in limits)
        told = [remarks.BEFORE_MONTH] if any(one.role is Role.BEFORE for one in years) else []
        if not frame.has(due):
            return Dated(Kind.ONCE, [], [*told, remarks.outside([Window(due, due)])], last=due)
        return Dated(Kind.ONCE, frame.within([Window(date.min, due)]), told, last=due)
    windows = list(frame.bounds)
    for limit in limits:
        windows = [cut for one in windows for cut in clipped([limit], one)]
    outside = [] if windows else [remarks.outside([window_of(one, frame) for one in years])]
    return Dated(Kind.CONTINUOUS, windows, outside)


def _of_named_times(clause: Clause, times: Sequence[Time], frame: Frame) -> Dated:
    found = occurrences(times, frame, repeated=False)
    since_any_year = [one for one in times if one.role in SINCE and one.year is None]
    several = len(found) > len(times) and not since_any_year
    once = all(one.year is not None for one in times) or not several
    found_windows = laid(found, frame, is_of_school(clause, frame), once)
    result = Dated(_kind_of(times, found_windows.windows, frame), found_windows.windows, last=found_windows.last)
    if several and any(one.year is None and not one.year_after for one in times):
        result.remarks.append(remarks.NO_YEAR)
    if since_any_year and len(found) > len(times):
        result.remarks.append(remarks.NO_YEAR_SINCE)
    result.remarks += told_of(found, found_windows.outside, frame)
    return result


def told_of(found: Sequence[Occurrence], outside: Sequence[Window], frame: Frame) -> list[str]:
    """What the reader is to know of windows outside the period, cut by it, and of «до мая»."""
    told = [remarks.outside(outside)] if outside else []
    ends = frame.period.ends
    told += [remarks.cut(one.window) for one in found if _is_cut(one, ends)]
    before = any(one.time.is_due_before and not one.time.names_start for one in found)
    return [*told, remarks.BEFORE_MONTH] if before else told


def _is_cut(one: Occurrence, ends: date) -> bool:
    return one.time.role is Role.IN and not one.time.year_after and one.window.begins <= ends < one.window.ends


def _kind_of(times: Sequence[Time], windows: Sequence[Window], frame: Frame) -> Kind:
    goes_on = any(one.during or one.role in SINCE for one in times)
    is_whole = any(one.is_days and one.is_range for one in times) and frame.period in windows
    if goes_on or is_whole:
        return Kind.CONTINUOUS
    return Kind.RECURRING if max(len(times), len(windows)) > 1 else Kind.ONCE


def is_of_school(clause: Clause, frame: Frame) -> bool:
    """Whether the year within which something is due «до» a day is the school year."""
    units = [unit.unit for outcome in clause.all(Outcome) for unit in outcome.units]
    each = [one.every.unit for one in clause.all(Each)]
    return frame.is_one_school_year or Unit.SCHOOL_YEAR in (*units, *each)
