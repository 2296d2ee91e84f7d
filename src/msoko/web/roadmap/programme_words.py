"""How a programme and its parts are called on the screens."""

from msoko.core.vocabulary.russian import short_date
from msoko.web.roadmap.models import Activity, Programme
from msoko.web.roadmap.plan_dates import NONE_IN_PERIOD, NOT_UNDERSTOOD, NOT_WRITTEN, windows_in_words

State = Programme.State
STATE_BADGES = {State.DRAFT: "few", State.APPROVED: "pass", State.SUPERSEDED: "plain", State.CLOSED: "plain"}


def state_words(programme: Programme) -> str:
    """«проект», of a later edition «проект редакции 2»."""
    if programme.is_draft and programme.edition > 1:
        return f"проект редакции\u00a0{programme.edition}"
    return programme.get_state_display()


def period(programme: Programme) -> str:
    """Years where the days are those of calendar years, else days: «2023–2025», «01.09.2023–31.08.2025»."""
    begins, ends = programme.begins, programme.ends
    whole_years = (begins.month, begins.day, ends.month, ends.day) == (1, 1, 12, 31)
    if not whole_years:
        return f"{short_date(begins)}–{short_date(ends)}"
    return f"{begins.year} год" if begins.year == ends.year else f"{begins.year}–{ends.year}"


def deadline_in_words(activity: Activity) -> str:
    """What the dates of an activity are: those of a person, those of the words, or why there are none."""
    if activity.dates_by_person:
        return f"даты указал человек: {windows_in_words(activity.windows)}"
    if activity.windows:
        dates = windows_in_words(activity.windows, activity.deadline_kind)
        return f"{dates}; условие: {activity.condition}" if activity.condition else dates
    if activity.deadline_kind:
        return f"нужна дата: {activity.condition}" if activity.condition else NONE_IN_PERIOD
    return NOT_UNDERSTOOD if activity.deadline else NOT_WRITTEN
