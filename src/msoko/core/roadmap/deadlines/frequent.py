"""Windows of what recurs more often than once a year, and of «N раз в год»."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from msoko.core.roadmap.deadlines.calendar import day_in
from msoko.core.roadmap.deadlines.deadline import Window
from msoko.core.roadmap.deadlines.frame import Frame
from msoko.core.roadmap.deadlines.nodes import DaysOfMonth, Each, EachPart, EachWeekday, Months, Outcome, Role
from msoko.core.roadmap.deadlines.spans import ONE_DAY, Every, Unit, clipped, spans
from msoko.core.roadmap.deadlines.stretches import DAYS_OF_WEEK, LAST, LAST_DAY, nth_weekday
from msoko.core.roadmap.deadlines.working_days import nth_working_day

MONTH = Every(Unit.MONTH)
KVARTAL = Every(Unit.MONTH, 3)
IN_THE_YEAR = {2: Every(Unit.MONTH, 6), 3: Every(Unit.MONTH, 4), 4: KVARTAL, 6: Every(Unit.MONTH, 2), 12: MONTH}
IN_THE_SCHOOL_YEAR = {2: Every(Unit.HALF_YEAR), 3: Every(Unit.TRIMESTER), 4: Every(Unit.QUARTER)}
IN_OTHERS = {
    (Every(Unit.HALF_YEAR), 2): Every(Unit.QUARTER),
    (Every(Unit.MONTH, 6), 2): KVARTAL,
    (Every(Unit.MONTH, 6), 3): Every(Unit.MONTH, 2),
    (Every(Unit.MONTH, 6), 6): MONTH,
    (KVARTAL, 3): MONTH,
}
LAST_DAYS_OF_PARTS = {2: (15, 31), 3: (10, 20, 31)}  # of a month that is divided into halves or decades
PARTS_OF_MONTH = {"start": (1, 10), "middle": (11, 20), "end": (21, 31)}
DAYS = {"week": DAYS_OF_WEEK, "decade": 10, "day": 1}
WORKING = "working"


def per_year(every: Every) -> int | None:
    """How many such windows a year has; None of weeks and longer units."""
    if every.unit is Unit.MONTH:
        return 12 // every.count if 12 % every.count == 0 else None
    return {Unit.HALF_YEAR: 2, Unit.TRIMESTER: 3, Unit.QUARTER: 4, Unit.SCHOOL_YEAR: 1, Unit.YEAR: 1}.get(every.unit)


@dataclass(frozen=True)
class Divided:
    """The unit whose windows are those of «N раз в …»; `undivided`: N windows cannot be told, one stands for them."""

    every: Every
    undivided: bool = False
    of_month: int = 1


def divided(each: Each, frame: Frame, outcomes: Iterable[Outcome]) -> Divided:
    """«2 раза в год» is half-years; with «по итогам полугодия» those of the school; «2 раза в месяц» half months."""
    every = frame.year if each.every == Every(Unit.YEAR) else each.every
    for unit in (unit for outcome in outcomes for unit in outcome.units):
        if every.unit in (Unit.YEAR, Unit.SCHOOL_YEAR) and every.count == 1 and per_year(unit) == each.times:
            return Divided(unit)
    if each.times == 1:
        return Divided(every)
    if every == MONTH and each.times in LAST_DAYS_OF_PARTS:
        return Divided(every, of_month=each.times)
    named = {Every(Unit.YEAR): IN_THE_YEAR, Every(Unit.SCHOOL_YEAR): IN_THE_SCHOOL_YEAR}.get(every, {})
    finer = named.get(each.times) or IN_OTHERS.get((every, each.times))
    return Divided(finer) if finer else Divided(every, undivided=True)


def of_divided(one: Divided, frame: Frame) -> list[Window]:
    if one.of_month == 1:
        return frame.windows(one.every)
    months = [month for bound in frame.bounds for month in spans(MONTH, bound, frame.calendar)]
    return frame.within([part for month in months for part in _parts(month, one.of_month)])


def _parts(month: Window, count: int) -> Iterator[Window]:
    begins = month.begins
    for last in LAST_DAYS_OF_PARTS[count]:
        ends = day_in(month.begins.year, (month.begins.month, last))
        yield Window(begins, ends)
        begins = ends + ONE_DAY


def of_weekdays(each: EachWeekday, frame: Frame) -> list[Window]:
    """A window a day: of every week, or of every month where it is said which one of the month."""
    return [Window(day, day) for bound in frame.bounds for day in _weekdays(each, bound) if frame.has(day)]


def _weekdays(each: EachWeekday, bound: Window) -> Iterator[date]:
    if each.nth is not None:
        first, last = (day.year * 12 + day.month - 1 for day in (bound.begins, bound.ends))
        for month in range(first, last + 1):
            yield nth_weekday(month // 12, month % 12 + 1, each.nth, each.weekdays[0])
        return
    for ordinal in range(bound.begins.toordinal(), bound.ends.toordinal() + 1):
        if (day := date.fromordinal(ordinal)).weekday() in each.weekdays:
            yield day


def of_parts(each: EachPart, frame: Frame) -> list[Window]:
    """Windows of a part of every unit."""
    units = [(whole, bound) for bound in frame.bounds for whole in spans(each.every, bound, frame.calendar)]
    if each.is_next:
        behind = [whole.ends + ONE_DAY for whole, bound in units if whole.ends <= bound.ends]
        each, units = replace(each, every=MONTH), [(_month_of(day), frame.period) for day in behind]
    found = [part for whole, _ in units if (part := _part(each, whole, frame)) is not None]
    return found if each.is_next else frame.within(found)


def _month_of(day: date) -> Window:
    return Window(day, day_in(day.year, (day.month, LAST_DAY)))


def _part(each: EachPart, whole: Window, frame: Frame) -> Window | None:
    if each.part == WORKING:
        day = nth_working_day(whole, each.nth)
        part = Window(day, day) if day is not None else None
    else:
        part = _of_month(each, whole) if each.every == MONTH else _of_longer(each, whole, frame)
    if part is None or each.role is Role.IN:
        return part
    # «До начала четверти» is before it, «до конца» and «до последней недели» are within it.
    due = part.ends if each.part in ("end", "day", WORKING) else part.begins - ONE_DAY
    return Window(whole.begins if whole.begins <= due else due.replace(day=1), due)


def _of_month(each: EachPart, whole: Window) -> Window | None:
    if each.part in PARTS_OF_MONTH:
        first, last = PARTS_OF_MONTH[each.part]
        return Window(whole.begins.replace(day=first), day_in(whole.begins.year, (whole.begins.month, last)))
    if each.part == "half":
        parts = list(_parts(whole, 2))
        return parts[each.nth - 1] if each.nth in (1, 2) else parts[-1] if each.nth == LAST else None
    if each.part == "decade":
        parts = list(_parts(whole, 3))
        return parts[each.nth - 1] if 1 <= each.nth <= 3 else parts[-1] if each.nth == LAST else None
    return _of_days(each, whole)


def _of_longer(each: EachPart, whole: Window, frame: Frame) -> Window | None:
    """«Начало» and «конец» of a quarter, half-year or year are its first and its last month."""
    if each.part in ("start", "end", "mon"):
        months = spans(MONTH, whole, frame.calendar)
        place = {"start": 0, "end": -1}.get(each.part, LAST if each.nth == LAST else each.nth - 1)
        return clipped([months[place]], whole)[0] if -1 <= place < len(months) else None
    if each.part == "half":
        middle = whole.begins + (whole.ends - whole.begins) / 2
        first = Window(whole.begins, middle)
        return first if each.nth == 1 else Window(middle + ONE_DAY, whole.ends) if each.nth in (2, LAST) else None
    return _of_days(each, whole)


def _of_days(each: EachPart, whole: Window) -> Window | None:
    days = DAYS[each.part]
    if each.nth == LAST:
        return Window(whole.ends - timedelta(days=days - 1), whole.ends)
    begins = whole.begins + timedelta(days=days * (each.nth - 1))
    part = Window(begins, min(begins + timedelta(days=days - 1), whole.ends))
    return part if part.begins <= part.ends else None


def of_days(each: DaysOfMonth, every: Every, frame: Frame) -> list[Window]:
    """«До 5 числа»: from the first of the month on. Of the month that follows a month or a quarter of the period."""
    windows: list[Window] = []
    for bound in frame.bounds:
        for whole in spans(every, bound, frame.calendar):
            if each.of is Months.NEXT:
                windows += _days(each, _nth_month(whole.ends + ONE_DAY, each.nth)) if whole.ends <= bound.ends else []
            else:
                first = whole.ends if each.nth == LAST else _nth_month(whole.begins, each.nth)
                windows += [one for one in _days(each, first) if _fits(one, each, bound)]
    return [Window(max(one.begins, frame.period.begins), one.ends) for one in windows]


def _nth_month(day: date, nth: int) -> date:
    """The first day of the month that is the nth from the day's month on."""
    year, month = divmod(day.year * 12 + day.month - 1 + max(nth, 1) - 1, 12)
    return date(year, month + 1, 1)


def _fits(one: Window, each: DaysOfMonth, bound: Window) -> bool:
    return bound.begins <= (one.ends if each.until else one.begins) and one.ends <= bound.ends


def _days(each: DaysOfMonth, month: date) -> list[Window]:
    there = [
        Window(day_in(month.year, (month.month, first)), day_in(month.year, (month.month, last)))
        for first, last in each.days
    ]
    if not each.until:
        return there
    begins = [month.replace(day=1), *(one.ends + ONE_DAY for one in there[:-1])]
    return [Window(min(start, one.ends), one.ends) for start, one in zip(begins, there, strict=True)]
