"""What was understood, told back in Russian, and as plain data."""

from datetime import date, timedelta

from msoko.core.roadmap.deadlines.deadline import Deadline, Kind, Window
from msoko.core.vocabulary.russian import MONTHS_GENITIVE, NBSP, counted, join_with_and, quote

A_YEAR = timedelta(days=366)
MOST_LISTED = 3  # so many windows are read at a glance; more are told by the first and the last one


def in_words(deadline: Deadline) -> str:
    """A short sentence for the screen: «каждый год: 1–30 сентября; 3 срока», «нужна дата: по плану УО»."""
    if not deadline.understood:
        return _what_was_not(deadline)
    parts = [_dates(deadline), _condition(deadline)]
    return "; ".join(part for part in parts if part)


def _what_was_not(deadline: Deadline) -> str:
    if not deadline.not_understood:
        return "срок не написан"
    return f"не понято: {join_with_and([quote(piece) for piece in deadline.not_understood])}"


def _condition(deadline: Deadline) -> str:
    if deadline.kind is Kind.BY_SCHEDULE:
        return f"нужна дата: {deadline.condition or deadline.needs_date_from}"
    return f"условие: {deadline.condition}" if deadline.condition else ""


def _dates(deadline: Deadline) -> str:
    windows = deadline.windows
    if deadline.kind is Kind.BY_SCHEDULE:
        return ""
    if not windows:
        return "в периоде сроков нет"
    if deadline.kind is Kind.CONTINUOUS:
        return f"всё время: {_listed(windows)}"
    every_year = _of_every_year(windows)
    if every_year and len(windows) > 1:
        return f"каждый год: {every_year}; {_count(windows)}"
    return f"{_listed(windows)}; {_count(windows)}" if len(windows) > 1 else _listed(windows)


def _count(windows: tuple[Window, ...]) -> str:
    return counted(len(windows), "срок", "срока", "сроков")


def _listed(windows: tuple[Window, ...]) -> str:
    shown = [_window(one, with_year=True) for one in windows]
    return ", ".join(shown) if len(windows) <= MOST_LISTED else f"{shown[0]}, …, {shown[-1]}"


def _of_every_year(windows: tuple[Window, ...]) -> str | None:
    """What all years have in common; None where they do not, or where there is one year only.

    The first and the last year may have less: the period begins and ends within them.
    """
    years = sorted({one.ends.year for one in windows})
    is_each = len(years) > 1 and years == list(range(years[0], years[-1] + 1))
    if not is_each or any(one.ends - one.begins > A_YEAR for one in windows):
        return None
    by_year = [tuple(_window(one, with_year=False) for one in windows if one.ends.year == year) for year in years]
    common = max(by_year, key=len)
    if len(common) > MOST_LISTED or any(had != common for had in by_year[1:-1]):
        return None
    return ", ".join(common) if all(set(had) <= set(common) for had in by_year) else None


def _window(one: Window, with_year: bool) -> str:
    """«1–30 сентября», «20 марта – 5 апреля 2022 г.»: a month is told by its days, of which the last one is due."""
    begins, ends = one.begins, one.ends
    tail = f" {ends.year}{NBSP}г." if with_year else ""
    if begins == ends:
        return _day_and_month(ends) + tail
    if begins.year != ends.year:
        own = f" {begins.year}{NBSP}г." if with_year else ""
        return f"{_day_and_month(begins)}{own} – {_day_and_month(ends)}{tail}"
    if begins.month == ends.month:
        return f"{begins.day}–{_last_day(ends, with_year)}{tail}"
    return f"{_day_and_month(begins)} – {_last_day(ends, with_year)}{tail}"


def _last_day(day: date, with_year: bool) -> str:
    """The end of February is another day in a leap year and the same deadline."""
    is_end = day.month == 2 and (day + timedelta(days=1)).month == 3
    return f"28{NBSP}(29){NBSP}февраля" if is_end and not with_year else _day_and_month(day)


def _day_and_month(day: date) -> str:
    return f"{day.day}{NBSP}{MONTHS_GENITIVE[day.month - 1]}"


def to_json(deadline: Deadline) -> dict[str, object]:
    """Plain data: dates as YYYY-MM-DD, None for what there is not."""
    return {
        "kind": deadline.kind.value if deadline.kind else None,
        "windows": [[one.begins.isoformat(), one.ends.isoformat()] for one in deadline.windows],
        "condition": deadline.condition,
        "understood": deadline.understood,
        "not_understood": list(deadline.not_understood),
        "needs_date_from": deadline.needs_date_from,
        "remarks": list(deadline.remarks),
    }
