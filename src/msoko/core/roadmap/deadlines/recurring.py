"""One clause that recurs: its frequency laid into the years, the months and the days that it names."""

from collections.abc import Sequence
from dataclasses import replace

from msoko.core.roadmap.deadlines import remarks
from msoko.core.roadmap.deadlines.clauses import Clause
from msoko.core.roadmap.deadlines.dating import Dated, bounds_of, is_of_school, told_of
from msoko.core.roadmap.deadlines.deadline import Kind, Window
from msoko.core.roadmap.deadlines.frame import Frame
from msoko.core.roadmap.deadlines.frequent import (
    KVARTAL,
    MONTH,
    WORKING,
    divided,
    of_days,
    of_divided,
    of_parts,
    of_weekdays,
    per_year,
)
from msoko.core.roadmap.deadlines.nodes import (
    Always,
    DaysOfMonth,
    During,
    Each,
    EachPart,
    EachWeekday,
    Months,
    Outcome,
    Role,
    Time,
    WholePeriod,
)
from msoko.core.roadmap.deadlines.occurrences import SINCE, laid, occurrences
from msoko.core.roadmap.deadlines.spans import MONTHS, Every, Unit

YEARLY = (Unit.YEAR, Unit.SCHOOL_YEAR)
LONGEST_SHORT_MONTH = 28


def recurs(clause: Clause) -> bool:
    """«По итогам четверти» recurs by itself, beside dates it does not."""
    if clause.has(Each, EachWeekday, EachPart, DaysOfMonth):
        return True
    has_units = any(outcome.units for outcome in clause.all(Outcome))
    return has_units and not clause.has(Time, Always, WholePeriod, During)


def of_frequency(clause: Clause, frame: Frame) -> Dated:
    """Windows of a clause with a frequency; `frame` has the bounds of the period, not of the clause's years."""
    frame = replace(frame, bounds=bounds_of(clause, frame))
    if not frame.bounds:
        return Dated(Kind.RECURRING)
    each = _finest(clause)
    times = clause.all(Time)
    if times and (count := _years_between(clause, each)) > 1 and all(one.role not in SINCE for one in times):
        return _every_few_years(clause, each[0], count, frame)
    if _is_yearly(clause, each, times):
        return _yearly(clause, each, frame)
    if any(one.times == 0 for one in each):
        return Dated(Kind.BY_SCHEDULE)
    if single := [one.text for one in times if one.is_days and not one.is_range and one.role is Role.IN]:
        return Dated(Kind.RECURRING, not_understood=single)  # «каждую среду; 15 января»: beside, or only then?
    return _frequent(clause, each, frame)


def _finest(clause: Clause) -> list[Each]:
    """«Ежегодно, 1 раз в квартал» is once a quarter."""
    each = clause.all(Each)
    listed = [one for one in each if one.is_listed]
    if len(each) > len(listed) == 1 and all(
        one.times == per_year(listed[0].every) for one in each if not one.is_listed
    ):
        return listed  # «2 раза в год (по полугодиям)»
    finer = [
        one
        for one in each
        if (one.is_listed or one.every.unit not in YEARLY or one.times != 1 or one.every.count > 1)
        and not any(_says_the_same(other, one) for other in each)
    ]
    return finer if finer or clause.has(EachWeekday, EachPart, DaysOfMonth) else each


def _says_the_same(finer: Each, one: Each) -> bool:
    """«1 раз в полугодие» beside «2 раза в год»."""
    in_a_year = None if finer.every.unit in YEARLY else per_year(finer.every)
    return one.every.unit in YEARLY and one.every.count == 1 and one.times == in_a_year and finer.times == 1


def _is_yearly(clause: Clause, each: Sequence[Each], times: Sequence[Time]) -> bool:
    """Also «2 раза в год (март, октябрь)»: the months say more than the number."""
    if not each or clause.has(EachWeekday, EachPart, DaysOfMonth):
        return False
    by_year = all(one.every.unit in YEARLY and one.every.count == 1 for one in each)
    several = len(times) > 1 and all(one.role not in SINCE for one in times)
    one_in_each = several and all(per_year(one.every) == len(times) for one in each)
    return (by_year and (bool(times) or all(one.times == 1 for one in each))) or one_in_each


def _yearly(clause: Clause, each: Sequence[Each], frame: Frame) -> Dated:
    open_starts = [one for one in clause.all(Time) if one.role in SINCE and one.year is None]
    times, frame = _with_start(clause.all(Time), frame)
    if clause.has(Always) and not times:
        return Dated(Kind.CONTINUOUS, list(frame.bounds))
    if not times:
        told = [remarks.NO_YEAR_SINCE] if open_starts else []
        return Dated(Kind.RECURRING, _whole_years(clause, each, frame), told)
    found = occurrences(times, frame, repeated=True)
    windows = laid(found, frame, is_of_school(clause, frame), once=False)
    told = told_of(found, [one for one in windows.outside if not windows.windows], frame)
    told += [remarks.no_end(one.text) for one in open_starts]
    told += [
        remarks.other_count(one.text, len(times))
        for one in each
        if one.times > 1 and one.every.unit in YEARLY and len({time.part for time in times}) != one.times
    ]
    return Dated(Kind.RECURRING, windows.windows, told, last=windows.last)


def _years_between(clause: Clause, each: Sequence[Each]) -> int:
    """2 of «раз в два года»; 1 of any other frequency."""
    if len(each) != 1 or clause.has(EachWeekday, EachPart, DaysOfMonth):
        return 1
    return each[0].every.count if each[0].every.unit in YEARLY and each[0].times == 1 else 1


def _every_few_years(clause: Clause, each: Each, count: int, frame: Frame) -> Dated:
    """«Раз в два года, март»: from the first such March on, or from the one that is named."""
    times = clause.all(Time)
    found = sorted(occurrences(times, frame, repeated=True), key=lambda one: one.due)
    found = [one for one in found if frame.has(one.due) or one.time.year is not None]
    dues = [one.due.year * MONTHS + one.due.month - found[0].due.month - found[0].due.year * MONTHS for one in found]
    kept = [one for one, months in zip(found, dues, strict=True) if months // MONTHS % count == 0]
    windows = laid(kept, frame, is_of_school(clause, frame), once=False)
    told = told_of(kept, [one for one in windows.outside if not windows.windows], frame)
    told += [remarks.first_of(each.text)] if any(one.year is None for one in times) and len(found) > len(kept) else []
    return Dated(Kind.RECURRING, windows.windows, told, last=windows.last)


def _with_start(times: Sequence[Time], frame: Frame) -> tuple[list[Time], Frame]:
    """«Ежегодно с 1 квартала 2021 г.» is each first quarter, «ежегодно с 15.09.2021» each year from that day on."""
    starts = [one for one in times if one.role in SINCE and one.is_days]
    if starts:
        windows = laid(occurrences(starts, frame, repeated=False), frame, of_school=False, once=True).windows
        frame = replace(frame, bounds=tuple(frame.within(windows)))
    others = [one for one in times if one not in starts]
    return [replace(one, role=Role.IN) if one.role in SINCE else one for one in others], frame


def _whole_years(clause: Clause, each: Sequence[Each], frame: Frame) -> list[Window]:
    if not frame.bounds:
        return []
    units = [unit for outcome in clause.all(Outcome) for unit in outcome.units]
    of_school = any(one.unit is Unit.SCHOOL_YEAR for one in (*units, *(one.every for one in each)))
    of_school = of_school or any(one.unit is Unit.SCHOOL_YEAR for one in clause.all(During))
    every = Every(Unit.SCHOOL_YEAR) if of_school else frame.year
    finer = [unit for unit in units if unit.unit not in YEARLY]
    if finer:  # «ежегодно, по итогам полугодий»
        return [window for unit in finer for window in frame.ended(unit)]
    return frame.ended(every) if units else frame.windows(every)


def _frequent(clause: Clause, each: Sequence[Each], frame: Frame) -> Dated:
    """«Ежемесячно, в последнюю пятницу месяца»: days and parts say more than the unit."""
    frame = _restricted(clause, frame)
    if not frame.bounds:
        return Dated(Kind.RECURRING)
    outcomes = clause.all(Outcome)
    if clause.has(EachWeekday, EachPart, DaysOfMonth):
        return _of_details(clause, [*each, *clause.all(Each)], frame)
    return _of_units(each, outcomes, frame) if each else _of_outcomes(outcomes, frame)


def _of_units(each: Sequence[Each], outcomes: Sequence[Outcome], frame: Frame) -> Dated:
    result = Dated(Kind.RECURRING)
    for one in each:
        parts = divided(one, frame, outcomes)
        result.windows += of_divided(parts, frame)
        result.remarks += [remarks.undivided(one.text)] if parts.undivided else []
        if parts.every.unit is Unit.DAY:
            result.remarks += [remarks.EVERY_DAY if parts.every.count == 1 else remarks.FROM_THE_FIRST_DAY]
    return result


def _of_details(clause: Clause, each: Sequence[Each], frame: Frame) -> Dated:
    result = Dated(Kind.RECURRING)
    is_monthly = any(one.every == MONTH for one in each)
    parts: list[EachWeekday | EachPart] = [*clause.all(EachWeekday), *clause.all(EachPart)]
    for part in parts:
        if not (part.of_each or is_monthly) or (isinstance(part, EachWeekday) and _is_seldomer(part, each)):
            result.not_understood.append(part.text)
        elif isinstance(part, EachPart):
            result.windows += of_parts(part, frame)
            result.remarks += [remarks.WITHOUT_MOVED_DAYS] if part.part == WORKING else []
        else:
            result.windows += of_weekdays(part, frame)
    for days in clause.all(DaysOfMonth):
        if clause.has(EachPart, EachWeekday):
            result.not_understood.append(days.text)  # a day, and a part of a month beside it: which of them?
            continue
        placed = _of_which_month(days, each, clause.all(Outcome))
        if placed is None or placed.every is None:
            result.not_understood.append(days.text)
            continue
        result.windows += of_days(placed, placed.every, frame)
        result.remarks += [remarks.NEXT_MONTH] if placed.of is not days.of else []
        result.remarks += [remarks.SHORTER_MONTH] if max(last for _, last in days.days) > LONGEST_SHORT_MONTH else []
    return result


def _is_seldomer(part: EachWeekday, each: Sequence[Each]) -> bool:
    """«Раз в две недели по пятницам», «ежемесячно по пятницам»: which of the Fridays?"""
    often = (Every(Unit.WEEK), Every(Unit.DAY))
    return part.nth is None and any(one.every.unit not in YEARLY and one.every not in often for one in each)


def _of_which_month(days: DaysOfMonth, each: Sequence[Each], outcomes: Sequence[Outcome]) -> DaysOfMonth | None:
    """«Ежемесячно до 5 числа» is of that month, «ежеквартально до 5 числа» of the month behind the quarter.

    «До 5 числа месяца, следующего за отчётным» is of the month behind what is reported on: a month if not said.
    """
    if days.every is not None:
        return days
    units = [one.every for one in each if one.times in (1, len(days.days))]
    for unit in (*units, *(unit for outcome in outcomes for unit in outcome.units)):
        if unit == MONTH:
            return replace(days, every=unit)
        if unit == KVARTAL or unit.unit in (Unit.QUARTER, Unit.HALF_YEAR, Unit.TRIMESTER):
            return replace(days, every=unit, of=Months.NEXT)
    return replace(days, every=MONTH) if days.of is Months.NEXT else None


def _restricted(clause: Clause, frame: Frame) -> Frame:
    """The bounds cut to the times that the clause names: «ежемесячно, с сентября по май»."""
    times = clause.all(Time)
    if any(one.unit is Unit.SCHOOL_YEAR for one in clause.all(During)) and _years_between(clause, clause.all(Each)) < 2:
        frame = replace(frame, bounds=tuple(frame.windows(Every(Unit.SCHOOL_YEAR))))
    if not times or not frame.bounds:
        return frame
    once = all(one.year is not None for one in times)
    found = occurrences(times, frame, repeated=False)
    return replace(frame, bounds=tuple(laid(found, frame, is_of_school(clause, frame), once).windows))


def _of_outcomes(outcomes: Sequence[Outcome], frame: Frame) -> Dated:
    """«По итогам четверти», «по итогам учебного года»: when the unit is over."""
    units = [frame.year if unit == Every(Unit.YEAR) else unit for outcome in outcomes for unit in outcome.units]
    windows = [one for unit in units for one in frame.ended(unit)]
    is_once = all(unit.unit in YEARLY for unit in units) and len(windows) < 2
    return Dated(Kind.ONCE if is_once else Kind.RECURRING, windows)
