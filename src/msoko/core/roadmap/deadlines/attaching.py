"""Which year a part of the year is of: «январь, май 2024 г.», «2021 г.: март, июнь», «сентябрь 2021–2023 гг.»."""

from calendar import isleap
from collections.abc import Sequence
from dataclasses import replace

from msoko.core.roadmap.deadlines.deadline import Window
from msoko.core.roadmap.deadlines.nodes import (
    DaysOfMonth,
    Each,
    EachPart,
    EachWeekday,
    Node,
    NotUnderstood,
    Role,
    Separator,
    Time,
    Years,
)
from msoko.core.roadmap.deadlines.remarks import TWO_YEARS_OF_SCHOOL
from msoko.core.roadmap.deadlines.stretches import Stretch

LEAP_DAY = (2, 29)
OTHER_YEAR = "Год назван не у каждого срока; у остальных он взят по порядку месяцев."


def with_years(time: Time, years: Years) -> tuple[Time, ...]:
    """The part in each of the years; the year of a range that goes over New Year is that of its end."""
    if time.is_school_unit and years.may_be_school:
        years = replace(years, last=years.first, of_school=True, remark=TWO_YEARS_OF_SCHOOL)
    if _is_winter(time) and not years.of_school:
        return (replace(time, year=years.first, is_unclear=years.last != years.first + 1),)
    part = time.part if years.of_school else time.in_calendar_year or time.part
    back = int(time.is_range and part.crosses_new_year and not years.of_school)
    return tuple(
        replace(time, part=part, year=year - back, of_school_year=years.of_school, remark=time.remark or years.remark)
        for year in range(years.first, years.last + 1)
    )


def _is_winter(time: Time) -> bool:
    """«Зима 2021–2022» is one winter, «зима 2021» may be either of two."""
    return time.part.crosses_new_year and not time.is_range


def attached(nodes: Sequence[Node], period: Window) -> list[Node]:
    """The nodes with the years given to the parts of the year that they belong to; other years stay by themselves.

    Years stand behind their parts, or before them if the nodes begin with years and end with a part without a year;
    what a semicolon parts from them is not theirs.
    """
    groups = [_with_given_years(group) for group in _between_semicolons(nodes)]
    given = [node for group in groups for node in (group if _repeats(group) else _in_order(group, period))]
    return [_checked(node) for node in (given if _repeats(given) else _in_order(given, None))]


def _between_semicolons(nodes: Sequence[Node]) -> list[list[Node]]:
    """Each group with the semicolon at its end, so that together they are the nodes.

    In «октябрь 2021; 2022; 2023 гг.» a semicolon is no more than a comma.
    """
    groups: list[list[Node]] = [[]]
    for place, node in enumerate(nodes):
        groups[-1].append(node)
        if node == Separator("semi") and not _are_only_years(nodes[place + 1 :]):
            groups.append([])
    return groups


def _are_only_years(nodes: Sequence[Node]) -> bool:
    return any(map(_may_be_given, nodes)) and all(_may_be_given(node) or isinstance(node, Separator) for node in nodes)


def _repeats(nodes: Sequence[Node]) -> bool:
    """«Ноябрь, март ежегодно» needs no year; «сентябрь 2020 г., апрель, ежегодно» neither."""
    return any(isinstance(node, Each) for node in nodes)


def _with_given_years(nodes: Sequence[Node]) -> list[Node]:
    dated = [node for node in nodes if isinstance(node, Time | Years)]
    years_first = bool(dated) and _may_be_given(dated[0]) and _waits(dated[-1])
    return _given(nodes[::-1])[::-1] if years_first else _given(nodes)


def _may_be_given(node: Node) -> bool:
    return isinstance(node, Years) and node.role is Role.IN


def _waits(node: Node) -> bool:
    """«До 1 марта года, следующего за отчётным»: the years that are named are not those of the 1st of March."""
    return isinstance(node, Time) and node.year is None and not node.year_after


def _given(nodes: Sequence[Node]) -> list[Node]:
    """Every part that waits for a year takes the years of the next run of them."""
    result: list[Node] = []
    waiting: list[int] = []
    place = 0
    while place < len(nodes):
        run = _run_of_years(nodes, place)
        if run and waiting:
            result = _take(result, waiting, [year for year in run if isinstance(year, Years)])
            waiting = []
        else:
            if isinstance(nodes[place], DaysOfMonth | EachPart | EachWeekday):
                waiting = []  # «до 20 января, ежемесячно до 5 числа 2022 г.»: the year is of the days of months
            waiting += [len(result)] if _waits(nodes[place]) else []
            result += run or [nodes[place]]
        place += len(run) or 1
    return result


def _run_of_years(nodes: Sequence[Node], place: int) -> list[Node]:
    """«2021, 2022 и 2023»; a year that parts may have is followed by separators and years only."""
    end = place
    while end < len(nodes) and (_may_be_given(nodes[end]) or (end > place and isinstance(nodes[end], Separator))):
        end += 1
    while end > place and isinstance(nodes[end - 1], Separator):
        end -= 1
    return list(nodes[place:end])


def _take(nodes: list[Node], waiting: list[int], years: list[Years]) -> list[Node]:
    """The only year of several parts is given to the last of them; `_in_order` then finds those of the others."""
    single = len(years) == 1 and years[0].first == years[0].last
    result: list[Node] = []
    for place, node in enumerate(nodes):
        if place not in waiting or not isinstance(node, Time):
            result.append(node)
            continue
        dated = [time for year in years for time in with_years(node, year)]
        result += [replace(time, only_then=not single, year_is_shared=len(waiting) > 1) for time in dated]
    return result


def _in_order(nodes: list[Node], period: Window | None) -> list[Node]:
    """Years of parts that have none themselves, by the order of months: «сентябрь 2021, январь» is January 2022."""
    times = [node for node in nodes if isinstance(node, Time)]
    for place in reversed(range(len(times) - 1)):
        times[place] = _before(times[place], times[place + 1], period)
    for place in range(1, len(times)):
        times[place] = _behind(times[place], times[place - 1])
    given = iter(times)
    return [next(given) if isinstance(node, Time) else node for node in nodes]


def _before(time: Time, behind: Time, period: Window | None) -> Time:
    """«Сентябрь, январь 2022»: September of the year before, if the programme has it."""
    if behind.year is None or behind.of_school_year:
        return time
    earlier = int(time.part.begin > behind.part.begin)
    if _waits(time):
        return replace(time, year=behind.year - earlier, remark=OTHER_YEAR)
    if period is None or not time.year_is_shared or time.year != behind.year or not earlier:
        return time
    before = time.part.in_year(behind.year - 1)
    return replace(time, year=behind.year - 1, remark=OTHER_YEAR) if before.ends >= period.begins else time


def _behind(time: Time, ahead: Time) -> Time:
    if not _waits(time) or ahead.year is None or ahead.only_then or ahead.of_school_year:
        return time
    return replace(time, year=ahead.year + int(time.part.begin < ahead.part.begin), remark=OTHER_YEAR)


def _checked(node: Node) -> Node:
    """The 29th of February is a day of a leap year only."""
    if not isinstance(node, Time) or node.year is None or not isinstance(node.part, Stretch):
        return node
    if node.is_unclear:
        return NotUnderstood(f"{node.text} {node.year}")
    of_leap_day = [year for day, year in ((node.part.begin, node.year), (node.part.end, node.end_year or node.year))
                   if day == LEAP_DAY and not isleap(year)]  # fmt: skip
    return (
        NotUnderstood(f"29 февраля {of_leap_day[0]} года", is_impossible=True) if of_leap_day and node.is_days else node
    )
