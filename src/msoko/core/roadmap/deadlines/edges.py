"""Single parts of a year as words name them: a day, a month, a week or a quarter of it, a half-year, a season."""

import re
from collections.abc import Callable
from dataclasses import replace

from msoko.core.roadmap.deadlines.calendar import Part
from msoko.core.roadmap.deadlines.nodes import NotUnderstood, Time
from msoko.core.roadmap.deadlines.patterns import COUNT, GENITIVE, MONTH, NUMBER, NUMBERED, Found, Line, Rule, rule
from msoko.core.roadmap.deadlines.remarks import WITHOUT_MOVED_DAYS
from msoko.core.roadmap.deadlines.school_years import SCHOOL_YEAR, school_year_of, years_of
from msoko.core.roadmap.deadlines.spans import MONTHS
from msoko.core.roadmap.deadlines.stretches import LAST, LAST_DAY, DayOfWeek, LastDays, Stretch, month, part_of_month
from msoko.core.roadmap.deadlines.working_days import MOST_OF_A_MONTH, WorkingDay

Edge = Time | NotUnderstood
ABOUT_A_DAY = re.compile(r"числах|[0-9] ?-? ?(?:ые|ых|х|е) числа")  # «в первых числах», «20-е числа» are no day
LENGTH_OF_SEASON = 3
DAYS_OF_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
END_OF_SCHOOL_YEAR = "Концом учебного года считается его последний день, а не последний день занятий."
FIRST_OR_LAST_MONTH = "«Начало» и «конец» года прочитаны как его первый и последний месяц."


def _day(found: Found) -> Edge:
    if ABOUT_A_DAY.search(found.text.lower()):
        return NotUnderstood(found.text)
    return day(found.value("n"), found.value("m"), found.text)


def day(number: int, of_month: int, text: str, year: int | None = None) -> Edge:
    """A day, or what says that there is no such: «31 июня»."""
    if not 1 <= number <= DAYS_OF_MONTHS[of_month - 1]:
        return NotUnderstood(text, is_impossible=True)
    there = (of_month, number)
    return Time(Stretch(there, there), year=year, is_days=True, closes=True)


def _date(found: Found) -> Edge:
    year, of_month, number = found["d"][0].day
    return day(number, of_month, found.text, year or None)


def _month_and_year(found: Found) -> Edge:
    year, of_month, _ = found["d"][0].day
    return Time(month(of_month), year=year)


def _month(found: Found) -> Edge:
    return Time(month(found.value("m")))


def _part_of_month(found: Found) -> Edge:
    """«Конец мая»; «до середины мая» is the 15th."""
    part, of_month = found.tag("p"), found.value("m")
    stretch = part_of_month(of_month, part, 1)
    assert stretch is not None  # every month has a beginning, a middle and an end
    middle = (of_month, 15)
    due = Stretch(middle, middle) if part == "middle" else None
    return Time(stretch, closes=part != "start", due=due, names_start=part == "start")


def _numbered_part_of_month(found: Found) -> Edge:
    """«Вторая декада мая», «третья среда октября», «последний день марта»."""
    nth, kind, of_month = found.value("n"), found.tag("u"), found.value("m")
    if kind == "day" and is_plural(found["u"][-1].text):
        return NotUnderstood(found.text)  # «последние дни мая»
    if kind == "weekday":
        return _day_of_week(found, nth, of_month)
    part = part_of_month(of_month, {"halfpart": "half"}.get(kind, kind), nth)
    return Time(part, closes=kind == "day") if part else NotUnderstood(found.text, is_impossible=True)


def is_plural(day: str) -> bool:
    return day in ("дни", "дней", "дням", "днях", "дн")


def _several_days(found: Found) -> Edge:
    """«Первые 10 дней мая», «последние три дня мая»."""
    nth, days, of_month = found.value("n"), found.value("c"), found.value("m")
    if nth not in (1, LAST) or not 1 <= days <= DAYS_OF_MONTHS[of_month - 1]:
        return NotUnderstood(found.text)
    part = LastDays(of_month, days) if nth == LAST else Stretch((of_month, 1), (of_month, days))
    return Time(part, closes=True)


def _until_day_of(found: Found) -> Edge:
    """«В сентябре, до 20 числа»."""
    last = day(found.value("n"), found.value("m"), found.text)
    if not isinstance(last, Time) or not isinstance(last.part, Stretch):
        return last
    return Time(Stretch((found.value("m"), 1), last.part.end), is_range=True, closes=True)


def _working_day(found: Found) -> Edge:
    """«Последний рабочий день мая», «… IV квартала», «… 2022 года»."""
    nth = found.value("n")
    if is_plural(found["d"][0].text) or (nth != LAST and not 1 <= nth <= MOST_OF_A_MONTH):
        return NotUnderstood(found.text)
    of = month(found.value("m")) if found.has("m") else Stretch((1, 1), (12, LAST_DAY))
    if found.has("q"):
        whole = numbered(found.line, found.tag("u"), found.value("q"), found.value("q"))
        if whole is None or not isinstance(whole.part, Stretch):
            return NotUnderstood(found.text, is_impossible=True)
        of = whole.part
    year = found.value("y") if found.has("y") else None
    told = WITHOUT_MOVED_DAYS
    return Time(WorkingDay(of, nth), year=year, is_days=True, closes=True, remark=told, remark_when_due=told)


def _day_of_week(found: Found, nth: int, of_month: int) -> Edge:
    if nth != LAST and not 1 <= nth <= 4:
        return NotUnderstood(found.text)
    return Time(DayOfWeek(of_month, nth, found.value("u")), is_days=True, closes=True)


def _numbered(found: Found) -> Edge:
    return numbered(found.line, found.tag("u"), found.value("n"), found.value("n")) or NotUnderstood(found.text, True)


def numbered(line: Line, unit: str, first: int, last: int) -> Time | None:
    """From the first numbered unit to the last: «1–2 кварталы». None where a year has no such."""
    parts = parts_of_year(line, unit)
    count = len(parts)
    first, last = (count if number == LAST else number for number in (first, last))
    if not 1 <= first <= last <= count:
        return None
    stretch = Stretch(parts[first - 1][0], parts[last - 1][1])
    in_calendar_year = _half_of_calendar_year(first, last) if unit == "half" else None
    return Time(stretch, in_calendar_year=in_calendar_year, is_school_unit=unit != "kvartal")


def _half_of_calendar_year(first: int, last: int) -> Stretch:
    return Stretch((6 * first - 5, 1), (6 * last, LAST_DAY))


def parts_of_year(line: Line, unit: str) -> tuple[Part, ...]:
    """The parts that are numbered: квартал is of the calendar year, the others of the school year."""
    calendar = line.calendar
    if unit == "kvartal":
        return tuple(((first, 1), (first + 2, LAST_DAY)) for first in range(1, MONTHS, 3))
    return {"half": calendar.half_years, "term": calendar.quarters, "trimester": calendar.trimesters}[unit]


def _part_of_numbered(found: Found) -> Edge:
    """«Начало 2 четверти», «конец IV квартала»: its first or its last month."""
    whole = _numbered(found)
    if isinstance(whole, NotUnderstood) or not isinstance(whole.part, Stretch):
        return whole
    return first_or_last_month(whole.part, found.tag("p"))


def first_or_last_month(whole: Stretch, place: str) -> Time:
    """«До конца четверти» is its last day, «до начала» the day before its first one."""
    if place == "start":
        return Time(Stretch(whole.begin, (whole.begin[0], LAST_DAY)), names_start=True)
    return Time(Stretch((whole.end[0], 1), whole.end), closes=True)


def _of_season(found: Found) -> Edge:
    """«Лето», «осенне-зимний период»."""
    first = found.value("m")
    return Time(season(first, found.value("e") if found.has("e") else first))


def season(first: int, last: int) -> Stretch:
    """From the first season to the last, each by the month in which it begins."""
    return Stretch((first, 1), ((last + LENGTH_OF_SEASON - 2) % MONTHS + 1, LAST_DAY))


def _part_of_school_year(found: Found) -> Edge:
    year = school_year_of(found["y"]) if found.has("y") else None
    if found.has("y") and year is None:
        return NotUnderstood(found.text)
    edge = part_of_year(found.line, found.tag("p"), of_school=True)
    return replace(edge, year=year, of_school_year=year is not None)


def _part_of_calendar_year(found: Found) -> Edge:
    edge = part_of_year(found.line, found.tag("p"), of_school=False)
    return replace(edge, year=found.value("y") if found.has("y") else None)


def part_of_year(line: Line, place: str, of_school: bool) -> Time:
    """«В конце учебного года» is the last month of lessons, «до конца учебного года» the last day of the year."""
    if not of_school:
        return replace(first_or_last_month(Stretch((1, 1), (12, LAST_DAY)), place), remark=FIRST_OR_LAST_MONTH)
    calendar = line.calendar
    if place == "start":
        return Time(Stretch(*calendar.first_month_of_lessons), names_start=True)
    due = Stretch(*calendar.school_year)
    return Time(Stretch(*calendar.last_month_of_lessons), closes=True, due=due, remark_when_due=END_OF_SCHOOL_YEAR)


def _half_part(found: Found) -> Edge:
    """«Первая половина учебного года» is the first half-year of the school, «… 2022 года» of the calendar."""
    nth = 2 if found.value("n") == LAST else found.value("n")
    if nth not in (1, 2):
        return NotUnderstood(found.text)
    if found.has("s"):
        return _half_of_school_year(found, nth)
    year = found.value("y") if found.has("y") else None
    return Time(_half_of_calendar_year(nth, nth), year=year)


def _half_of_school_year(found: Found, nth: int) -> Edge:
    half = numbered(found.line, "half", nth, nth)
    year = school_year_of(found["s"])
    if half is None or (years_of(found["s"]) and year is None):
        return NotUnderstood(found.text)
    return Time(half.part, year=year, of_school_year=year is not None)


PLACE_IN = "p=(start|end|finish)"
# «Кроме августа, до 5 числа», «март, июнь, до 20 числа»: of several months or excepted ones the day is not of the last.
LONE = (
    "((?<=^)|(?<=^v)|(?<=^yearly)|(?<=^yearly v)|(?<=^yearly comma)|(?<=^yearly comma v)|(?<=semi)|(?<=semi v){also})"
)
IN_BRACKETS_TOO = "|(?<=chislo close comma)|(?<=chislo close comma v)|(?<=chislo close and)|(?<=chislo close and v)"
NOTHING_BEHIND = "(?=$|close|semi|comma? year|comma? yearly)"
SOURCES: tuple[tuple[str, Callable[[Found], Edge]], ...] = (
    ("d=(fulldate god?|daymonth)", _date),
    ("d=monthyear god?", _month_and_year),
    (f"n={NUMBER} chislo? m={GENITIVE} mon?", _day),
    (f"mon? m={MONTH} mon?", _month),
    (f"p=(start|middle|end) m={MONTH} mon?", _part_of_month),
    (f"n={NUMBER} u=(week|decade|halfpart|weekday) m={MONTH}", _numbered_part_of_month),
    (f"n=ord u=day m={MONTH}", _numbered_part_of_month),
    (f"n=ord working d=day (m={MONTH}|q={NUMBER} u={NUMBERED}|y=year god?)", _working_day),
    (f"n=ord c={COUNT} day m={MONTH}", _several_days),
    (f"{LONE.format(also=IN_BRACKETS_TOO)} m={MONTH} open (do|ne later) n={NUMBER} chislo close", _until_day_of),
    (f"{LONE.format(also='')} m={MONTH} comma? (do|ne later) n={NUMBER} chislo {NOTHING_BEHIND}", _until_day_of),
    (f"n={NUMBER} u={NUMBERED}", _numbered),
    (f"n={NUMBER} u=(half|term|trimester) current? school god", _numbered),
    (f"{PLACE_IN} n={NUMBER} u={NUMBERED}", _part_of_numbered),
    ("m=season", _of_season),
    ("m=seasonal (dash e=seasonal)? (period|vremya|mon)", _of_season),
    (f"{PLACE_IN} (current? school god|y={SCHOOL_YEAR})", _part_of_school_year),
    (f"{PLACE_IN} (current? calendarly? god|y=year god?)", _part_of_calendar_year),
    (f"n={NUMBER} halfpart (s=(current? school god|{SCHOOL_YEAR})|current? calendarly? god|y=year god?)", _half_part),
)
RULES: tuple[Rule[Edge], ...] = tuple(rule(source, build) for source, build in SOURCES)
# For patterns that have an edge in them: the longest alternative first, without the names of parts.
EDGE = (
    "(" + "|".join(sorted((re.sub(r"\b[a-z]\w*=", "", source) for source, _ in SOURCES), key=len, reverse=True)) + ")"
)


def edge_of(line: Line, span: tuple[int, int]) -> Edge | None:
    """What the tokens of the span name, all of them together."""
    for one in RULES:
        match = one.pattern.fullmatch(line.signs, *span)
        if match is not None and (edge := one.build(Found(line, match))) is not None:
            return edge
    return None
