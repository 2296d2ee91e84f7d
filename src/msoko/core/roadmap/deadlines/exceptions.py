"""Phrases that except: «кроме июля и августа», «за исключением летних каникул», «но не в июле»."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import permutations

from msoko.core.roadmap.deadlines import years
from msoko.core.roadmap.deadlines.attaching import with_years
from msoko.core.roadmap.deadlines.calendar import MonthDay, day_in
from msoko.core.roadmap.deadlines.edges import season
from msoko.core.roadmap.deadlines.nodes import Condition, Except, Node, NotUnderstood, Role, Source, Time, Years
from msoko.core.roadmap.deadlines.patterns import ALSO, SIGN_OF, Line, compiled, longest
from msoko.core.roadmap.deadlines.spans import ONE_DAY
from msoko.core.roadmap.deadlines.stretches import Stretch
from msoko.core.roadmap.deadlines.times import time_at

Nodes = tuple[Node, ...]
Listed = list[Time | Years | None]
HEAD = compiled("za? except|but ne")
LINK = compiled(ALSO)
EXPLAINED = compiled("open|colon|dash")
CLOSE = SIGN_OF["close"]
COMMA_SINCE = SIGN_OF["comma"] + SIGN_OF["s"]  # «кроме июля, с сентября по май»: excepted too, or when it is due?
OTHER_DEADLINE = {"semi", "except"}
SUMMER = 6
# On which days these fall the school calendar does not say.
HOLIDAYS = compiled("(v|period)* ((seasonal|school) ((comma|and)+ (seasonal|school))*)? holiday (vremya|period)?")
DAYS_OFF = compiled("(v|po)? (day_off|weekday) ((comma|and)+ (day_off|weekday))* day?")
SEASONAL = compiled("seasonal (?=$|close|comma)")  # «кроме летних»
A_YEAR = 2023  # any year that is followed by a leap year


def exception_at(line: Line, place: int) -> tuple[Nodes, int] | None:
    """The exception from the place on with all that it lists, and the place behind it."""
    head = HEAD.match(line.signs, place) if place else None
    if head is None:
        return None  # also at the very beginning: there is nothing yet to except from
    found, end = _listed_at(line, head.end())
    if not found:
        return None
    listed, is_unclear = found, line.tag(head.end()) != "s" and COMMA_SINCE in line.signs[head.end() : end]
    if explained := EXPLAINED.match(line.signs, end):
        # «Каникул (июнь – август)»: the brackets say when; what they say else is not to be taken for the time itself.
        said, behind = _listed_at(line, explained.end())
        if said and (line.tag(end) != "open" or line.signs[behind : behind + 1] == CLOSE):
            found, end = said, behind + (line.tag(end) == "open")
        elif any(time_at(line, place) for place in _inside(line, explained.end())):
            return (NotUnderstood(line.text(place, explained.end())),), explained.end()
    parts, end = _with_year([one for one in found if one is not None], line, end)
    text = line.text(place, end)
    is_explained = listed is not found
    if is_unclear or _has_substitute(listed, found if is_explained else [], parts, _said_behind(line, end)):
        return (NotUnderstood(text),), end
    nodes: Nodes = (Except(parts, text),) if parts else ()
    return ((*nodes, Condition(text, Source.EXCEPTION)) if None in found else nodes), end


def _listed_at(line: Line, place: int) -> tuple[list[Time | Years | None], int]:
    """What is excepted, one after another, and the place behind the last; None in the list: days not known here."""
    found: list[Time | Years | None] = []
    end = behind = place
    while behind < len(line) and (one := _excepted_at(line, behind)) is not None:
        is_behind_comma = bool(found) and line.tag(behind - 1) == "comma"
        if is_behind_comma and None not in one[0] and not _are_alike(line, (place, end), (behind, one[1])):
            break
        found += one[0]
        end = one[1] + (line.tag(one[1]) == "inclusive" if one[1] < len(line) else 0)
        link = LINK.match(line.signs, end)
        behind = link.end() if link else len(line)
    return found, end


def _are_alike(line: Line, first: tuple[int, int], other: tuple[int, int]) -> bool:
    """«Кроме июля, августа» is one list; «кроме июля, сентябрь – май», «кроме лета, 2022 год» are not."""
    tags, others = ({line.tag(place) for place in range(*span)} - {"comma", "and"} for span in (first, other))
    return tags <= others or others <= tags


def _has_substitute(
    listed: Listed, explaining: Listed, parts: Sequence[Time | Years], behind: Sequence[Time | Years]
) -> bool:
    """Whether a date is named for what is excepted: «кроме 2021 г., в 2021 г. – июнь», «кроме января, до 20 января»."""
    if any(isinstance(one, Years) for one in listed) and any(isinstance(one, Time) for one in explaining):
        return True  # «кроме 2021 г. – в июне»
    if any(_names(one, other) for one, other in permutations(parts, 2)):
        return True
    return any(_names(one, other, behind) for one in behind for other in parts)


def _names(one: Time | Years, excepted: Time | Years, beside: Sequence[Time | Years] = ()) -> bool:
    """Whether the one falls into what is excepted; a longer time around it is only limited by the exception."""
    years_of_one, years_excepted = _years_of(one), _years_of(excepted)
    if years_of_one and years_excepted:
        if not years_of_one & years_excepted:
            return False
        if isinstance(one, Years):
            return years_of_one <= years_excepted and (
                isinstance(excepted, Years) or any(isinstance(other, Time) for other in beside)
            )
        return isinstance(excepted, Years) or not _is_around(one, excepted)
    if isinstance(one, Years) or isinstance(excepted, Years):
        return False
    return bool(_days_of(one) & _days_of(excepted)) and not _is_around(one, excepted)


def _is_around(one: Time, excepted: Time) -> bool:
    return _days_of(one) > _days_of(excepted)


def _years_of(one: Time | Years) -> set[int]:
    if isinstance(one, Years):
        return set(range(one.first, one.last + 1 + one.of_school))
    return {year for year in (one.year, one.end_year) if year is not None}


def _days_of(one: Time) -> set[MonthDay]:
    window = one.part.in_year(A_YEAR)
    days = (window.begins + timedelta(days=number) for number in range((window.ends - window.begins).days + 1))
    return {(day.month, day.day) for day in days}


def _said_behind(line: Line, place: int) -> list[Time | Years]:
    """The dates between the exception and the next deadline or exception."""
    said: list[Time | Years] = []
    while place < len(line) and line.tag(place) not in OTHER_DEADLINE:
        nodes, behind = time_at(line, place) or ((), place + 1)
        said += [node for node in nodes if isinstance(node, Time | Years)]
        place = behind
    return said


def _inside(line: Line, place: int) -> range:
    """The places up to the end of the brackets or of the text."""
    close = line.signs.find(CLOSE, place)
    return range(place, close if close >= 0 else len(line))


def _excepted_at(line: Line, place: int) -> tuple[list[Time | Years | None], int] | None:
    if (holidays := HOLIDAYS.match(line.signs, place)) is not None:
        seasons = [token.value for token in line.tokens.tokens[place : holidays.end()] if token.tag == "seasonal"]
        return [Time(_summer(line)) if seasons == [SUMMER] else None], holidays.end()
    if (days_off := DAYS_OFF.match(line.signs, place)) is not None:
        return [None], days_off.end()
    if (seasonal := SEASONAL.match(line.signs, place)) is not None:
        first = line.tokens.tokens[place].value
        return [Time(season(first, first))], seasonal.end()
    read = time_at(line, place)
    if read is None:
        return None
    times = [node for node in read[0] if isinstance(node, Time | Years) and node.role is Role.IN]
    return ([*times], read[1]) if len(times) == len(read[0]) else None


def _with_year(parts: list[Time | Years], line: Line, end: int) -> tuple[tuple[Time | Years, ...], int]:
    """«Кроме июля 2022 г.»: the year right behind, without a comma, is that of the exception."""
    of_years = longest(years.RULES, line, end)
    times = [one for one in parts if isinstance(one, Time)]
    if of_years is None or not times or len(times) < len(parts):
        return tuple(parts), end
    named = [one for one in of_years[0] if isinstance(one, Years)]
    return tuple(dated for time in times for year in named for dated in with_years(time, year)), of_years[1]


def _summer(line: Line) -> Stretch:
    """From the end of lessons to the beginning of the next school year."""
    last: MonthDay = line.calendar.quarters[-1][1]
    begins, ends = day_in(A_YEAR, last) + ONE_DAY, day_in(A_YEAR, line.calendar.year_begins) - ONE_DAY
    return Stretch((begins.month, begins.day), (ends.month, ends.day))
