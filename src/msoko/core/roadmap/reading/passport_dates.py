"""Dates and periods in the words of a passport or a title: «2022–2025 годы», «на 2023-2024 учебный год»."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date

Span = tuple[date | None, date]  # None: the words leave open from when

SCHOOL_YEAR_BEGINS, SCHOOL_YEAR_ENDS = (9, 1), (8, 31)
MONTHS = ("январ", "феврал", "март", "апрел", "ма", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр")
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}

DASH = r"\s*[-–—]\s*"
YEAR = r"((?:19|20)\d\d)"
NEXT_YEAR = r"((?:19|20)\d\d|\d\d)(?!\d)"
TWO_YEARS = rf"{YEAR}\s*[-–—/]\s*{NEXT_YEAR}"
MONTH = r"(январ|феврал|март|апрел|ма(?=[йяею])|июн|июл|август|сентябр|октябр|ноябр|декабр)\w{0,2}"
OF_YEAR = r"\s*(?:г\.?|год\w*)?"
DAY_IN_QUOTES = r"[«\"“]?\s*(\d{1,2})\s*[»\"”]?\s+"


def dates_in(text: str) -> list[date]:
    """Whole dates in the order of the text: «10.11.2023», «от «17» ноября 2023 года»."""
    found = [(one.start(), day) for one in DATE.finditer(text) if (day := _date(one[3], one[2], one[1])) is not None]
    worded = ((one.start(), _date(one[3], str(_month(one[2])), one[1])) for one in WORDED_DATE.finditer(text.lower()))
    return [day for _, day in sorted([*found, *((place, day) for place, day in worded if day is not None)])]


def period_in(text: str) -> tuple[date | None, date | None]:
    """From the first day of what the words name to the last; None for an end that they leave open («до 2025 года»)."""
    text = " ".join(text.lower().replace("ё", "е").split())
    spans: list[Span] = []
    for pattern, read in FORMS:
        for found in pattern.finditer(text):
            spans += list(read(found))
        text = pattern.sub(lambda found: " " * len(found[0]), text)
    begins = [begin for begin, _ in spans if begin is not None]
    return min(begins, default=None), max((end for _, end in spans), default=None)


def _date(year: str, month: str, day: str) -> date | None:
    whole = int(year) + (2000 if len(year) == 2 else 0)
    try:
        return date(whole, int(month), int(day))
    except ValueError:
        return None


def _month(word: str) -> int:
    return next(number for number, stem in enumerate(MONTHS, start=1) if word.startswith(stem))


def _year(word: str, before: int) -> int:
    """«24» after 2023 is 2024."""
    return int(word) if len(word) == 4 else before // 100 * 100 + int(word)


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _years(first: int, last: int) -> Iterator[Span]:
    if first <= last:
        yield date(first, 1, 1), date(last, 12, 31)


def _school_years(first: int, last: int) -> Iterator[Span]:
    if first < last:
        yield date(first, *SCHOOL_YEAR_BEGINS), date(last, *SCHOOL_YEAR_ENDS)


def _of_dates(found: re.Match[str]) -> Iterator[Span]:
    day = _date(found[3], found[2], found[1])
    if day is not None:
        yield day, day


def _of_worded_date(found: re.Match[str]) -> Iterator[Span]:
    day = _date(found[3], str(_month(found[2])), found[1])
    if day is not None:
        yield day, day


def _of_days_of_year(found: re.Match[str]) -> Iterator[Span]:
    """«01.09.–31.12.2020»: the year stands once."""
    begin, end = _date(found[5], found[2], found[1]), _date(found[5], found[4], found[3])
    if begin is not None and end is not None and begin <= end:
        yield begin, end


def _of_school_year(found: re.Match[str]) -> Iterator[Span]:
    first = int(found[1])
    yield from _school_years(first, _year(found[2], first))


def _of_consecutive_years(found: re.Match[str]) -> Iterator[Span]:
    """«В 2023–2024 году»: one year that begins in one and ends in the next is a school year."""
    first = int(found[1])
    last = _year(found[2], first)
    yield from _school_years(first, last) if last == first + 1 else _years(first, last)


def _of_years(found: re.Match[str]) -> Iterator[Span]:
    first = int(found[1])
    yield from _years(first, _year(found[2], first))


def _of_quarter(found: re.Match[str]) -> Iterator[Span]:
    quarter, year = ROMAN.get(found[1]) or int(found[1]), int(found[2])
    yield date(year, 3 * quarter - 2, 1), _last_day(year, 3 * quarter)


def _of_months(found: re.Match[str]) -> Iterator[Span]:
    first, last, year = _month(found[1]), _month(found[2]), int(found[3])
    if first <= last:
        yield date(year, first, 1), _last_day(year, last)


def _of_month(found: re.Match[str]) -> Iterator[Span]:
    month, year = _month(found[1]), int(found[2])
    yield date(year, month, 1), _last_day(year, month)


def _until(found: re.Match[str]) -> Iterator[Span]:
    yield None, date(int(found[1]), 12, 31)


def _of_year(found: re.Match[str]) -> Iterator[Span]:
    yield from _years(int(found[1]), int(found[1]))


DATE = re.compile(r"(?<!\d)(\d{1,2})[./](\d{1,2})[./]((?:19|20)\d\d|\d\d)(?!\d)")
WORDED_DATE = re.compile(rf"{DAY_IN_QUOTES}{MONTH}\s+{YEAR}")
FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Iterator[Span]]], ...] = (
    (re.compile(rf"(?<!\d)(\d{{1,2}})\.(\d{{1,2}})\.?{DASH}(\d{{1,2}})\.(\d{{1,2}})\.{YEAR}"), _of_days_of_year),
    (DATE, _of_dates),
    (WORDED_DATE, _of_worded_date),
    (re.compile(rf"{TWO_YEARS}(?=(?:\s*(?:,|и|[-–—])\s*{TWO_YEARS})*{OF_YEAR}\s*(?:уч\b|учеб))"), _of_school_year),
    (re.compile(rf"{YEAR}/{NEXT_YEAR}"), _of_school_year),
    (re.compile(rf"{YEAR}{DASH}{NEXT_YEAR}\s*(?:год|году|года)\b"), _of_consecutive_years),
    (re.compile(rf"{YEAR}{OF_YEAR}{DASH}{NEXT_YEAR}"), _of_years),
    (re.compile(rf"с\s+{YEAR}{OF_YEAR}\s+(?:по|до)\s+{YEAR}"), _of_years),
    (re.compile(rf"\b([1-4]|iv|i{{1,3}})(?:\s*-?\s*[йгом]{{1,2}})?\s+квартал\w*\s+{YEAR}"), _of_quarter),
    (re.compile(rf"{MONTH}{DASH}{MONTH}\s+{YEAR}"), _of_months),
    (re.compile(rf"{MONTH}\s+{YEAR}"), _of_month),
    (re.compile(rf"\b(?:до|к)\s+(?:конца\s+)?{YEAR}{OF_YEAR}"), _until),
    (re.compile(rf"(?<![\d./]){YEAR}(?![\d./]*\d)"), _of_year),
)
