"""Dates of an activity as a screen tells them: from the windows that are stored, nothing is understood anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from msoko.core.roadmap.deadlines import Deadline, Kind, Window, in_words
from msoko.core.vocabulary.russian import NBSP, counted, nbsp, short_date
from msoko.web.roadmap.models import Activity


class Known(StrEnum):
    """Whether an activity has dates, and why not."""

    DATED = "dated"
    NEEDS_DATES = "needs_dates"
    NOT_UNDERSTOOD = "not_understood"


NOT_WRITTEN = f"срок не{NBSP}написан"
NOT_UNDERSTOOD = f"срок не{NBSP}понят"
NONE_IN_PERIOD = f"в{NBSP}сроке программы дат нет"


@dataclass(frozen=True, slots=True)
class ToldDates:
    """`words` as on the screen; `next_due` is the first due date that has not passed, None where there is none."""

    known: Known
    words: str
    next_due: date | None = None

    @property
    def has_dates(self) -> bool:
        return self.known is Known.DATED


def known_of(activity: Activity) -> Known:
    if activity.windows:
        return Known.DATED
    return Known.NEEDS_DATES if activity.deadline_kind else Known.NOT_UNDERSTOOD


def told_dates(activity: Activity, today: date) -> ToldDates:
    """«следующий срок 30.09.2026, всего 3 срока», «нужна дата: по плану УО», «срок не понят»."""
    known = known_of(activity)
    if known is Known.NOT_UNDERSTOOD:
        return ToldDates(known, NOT_UNDERSTOOD if activity.deadline.strip() else NOT_WRITTEN)
    if known is Known.NEEDS_DATES:
        return ToldDates(known, _lacking(activity))
    return _of_windows(activity, today)


def _lacking(activity: Activity) -> str:
    if activity.condition or activity.deadline_kind == Kind.BY_SCHEDULE:
        return nbsp(f"нужна дата: {activity.condition or activity.deadline}")
    return NONE_IN_PERIOD


def _of_windows(activity: Activity, today: date) -> ToldDates:
    """ISO days compare as text, so only the one that is shown is read."""
    now = today.isoformat()
    due = min((ends for _, ends in activity.windows if ends >= now), default=None)
    day = date.fromisoformat(due or max(ends for _, ends in activity.windows))
    many = len(activity.windows) > 1
    whole = counted(len(activity.windows), "срок", "срока", "сроков")
    rest = f", всего{NBSP}{whole}" if many else ""
    if due is None:
        last = f"последний срок был{NBSP}" if many else f"срок был{NBSP}"
        return ToldDates(Known.DATED, f"{last}{short_date(day)}{rest}")
    if activity.deadline_kind == Kind.CONTINUOUS and not many:
        return ToldDates(Known.DATED, f"всё время, отчёт до{NBSP}{short_date(day)}", day)
    first = f"следующий срок{NBSP}" if many else f"срок{NBSP}"
    return ToldDates(Known.DATED, f"{first}{short_date(day)}{rest}", day)


def windows_in_words(windows: Sequence[Sequence[str]], kind: str = "") -> str:
    """«каждый год: 1–30 сентября; 3 срока», however the dates came about."""
    dated = windows_as_dates(windows)
    meant = Kind(kind) if kind in set(Kind) and kind != Kind.BY_SCHEDULE else Kind.ONCE
    return in_words(Deadline("", meant, dated, None, True, (), None))


def windows_as_dates(windows: Sequence[Sequence[str]]) -> tuple[Window, ...]:
    return tuple(Window(date.fromisoformat(begins), date.fromisoformat(ends)) for begins, ends in windows)


def window_in_words(begins: date, ends: date) -> str:
    """«01.09.2026 — 30.09.2026», one day once."""
    return short_date(ends) if begins == ends else f"{short_date(begins)}{NBSP}— {short_date(ends)}"
