"""How an assignment is told of: its due date, its state, what is handed in, who verifies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from msoko.core.vocabulary.russian import MONTHS_GENITIVE, NBSP, counted, join_with_and, nbsp, plural
from msoko.web.roadmap.models import Assignment, Body

State = Assignment.State
DAYS = ("день", "дня", "дней")
ASSIGNMENTS = ("поручение", "поручения", "поручений")
JUST_A_REPORT = "текст отчёта"
BADGES = {
    State.PLANNED: "plain",
    State.IN_PROGRESS: "own",
    State.REPORTED: "likely",
    State.ACCEPTED: "pass",
    State.RETURNED: "warning",
    State.POSTPONED: "plain",
    State.CANCELLED: "few",
    State.UNTRACKED: "few",
}
"""State → the kind of its badge. Overdue goes before."""


@dataclass(frozen=True)
class Badge:
    kind: str
    words: str


def is_overdue(assignment: Assignment, today: date) -> bool:
    return assignment.is_open and assignment.due < today


def badge_of(assignment: Assignment, today: date) -> Badge:
    """«просрочено» where it is; what was returned says so even then."""
    if is_overdue(assignment, today) and assignment.state != State.RETURNED:
        return Badge("warning", "просрочено")
    return Badge(BADGES[State(assignment.state)], assignment.get_state_display())


def day_in_words(day: date, today: date) -> str:
    """«30 сентября», with the year where it is another one."""
    words = f"{day.day}{NBSP}{MONTHS_GENITIVE[day.month - 1]}"
    return words if day.year == today.year else f"{words} {day.year}{NBSP}г."


def due_in_words(assignment: Assignment, today: date) -> str:
    """«до 30 сентября, осталось 4 дня», «до 30 сентября, просрочено на 6 дней»; of what is closed only the date."""
    words = f"до{NBSP}{day_in_words(assignment.due, today)}"
    left = (assignment.due - today).days
    if not assignment.is_open:
        return words
    if left < 0:
        return f"{words}, просрочено на{NBSP}{counted(-left, *DAYS)}"
    if left < 2:
        return f"{words}, {('сегодня', 'завтра')[left]}"
    return f"{words}, {plural(left, 'остался', 'осталось', 'осталось')} {counted(left, *DAYS)}"


def window_in_words(begins: date, due: date, today: date) -> str:
    """«с 1 по 30 сентября»; «30 сентября» of one day."""
    if begins == due:
        return day_in_words(due, today)
    if (begins.year, begins.month) == (due.year, due.month):
        return f"с{NBSP}{begins.day} по{NBSP}{day_in_words(due, today)}"
    return f"с{NBSP}{day_in_words(begins, today)} по{NBSP}{day_in_words(due, today)}"


def handed_in_words(required: Sequence[str]) -> str:
    """«приказ и справка»; without anything required a report is still written."""
    return nbsp(join_with_and([str(one) for one in required])) if required else JUST_A_REPORT


def executor_in_words(assignment: Assignment) -> str:
    """«МБОУ СОШ № 1»; «Приречный район: методическая служба» where it is no school's."""
    name = nbsp(assignment.organisation.name)
    return name if assignment.body == Body.SCHOOL else f"{name}: {assignment.get_body_display()}"


def verifier_in_words(assignment: Assignment) -> str:
    """Who may verify, by their work: names are on the page of the assignment."""
    if assignment.body == Body.SCHOOL:
        return "управление образования, методист или куратор"
    return "другой сотрудник управления, методист или куратор"
