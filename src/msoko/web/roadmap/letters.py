"""The letter of a day: plain text, what is overdue first."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.urls import reverse

from msoko.core.vocabulary.russian import counted, long_date, quote
from msoko.web.roadmap.doing_words import due_in_words, executor_in_words
from msoko.web.roadmap.models import Assignment
from msoko.web.roadmap.reminders import Named, Reminders

LONGEST_TITLE = 160


def subject_of(reminders: Reminders) -> str:
    """One line; line breaks in it would be a way into the headers of the letter."""
    return f"МСОКО, {long_date(reminders.today)}: {reminders.in_words()}"


def body_of(reminders: Reminders) -> str:
    """The whole text of the letter."""
    lines = [
        *_part("Просрочено вами", reminders.overdue, reminders.today),
        *_part("Возвращено вам на доработку", reminders.returned, reminders.today),
        *_part("Срок в ближайшие семь дней", reminders.soon, reminders.today),
        *_part("Отчёты, которые ждут вашей проверки", reminders.to_verify, reminders.today, whose=True),
        *_part("Просрочено исполнителями", reminders.overdue_of_others, reminders.today, whose=True),
    ]
    hello = f"Здравствуйте! Вот что в дорожных картах на {long_date(reminders.today)}"
    return "\n".join([hello, "", *lines, *_end()])


def _part(title: str, named: Named, today: date, whose: bool = False) -> Iterator[str]:
    if not named:
        return
    yield f"{title} ({named.count}):"
    for assignment in named.first:
        yield f"— {_line(assignment, today, whose)}"
    if named.others:
        yield f"  и ещё {counted(named.others, 'поручение', 'поручения', 'поручений')}"
    yield ""


def _line(assignment: Assignment, today: date, whose: bool) -> str:
    title = " ".join(assignment.occurrence.activity.title.split())
    shown = title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1].rstrip()}…"
    who = f"{executor_in_words(assignment)}: " if whose else ""
    link = _link("roadmap:assignment", assignment.pk)
    return f"{who}{quote(shown)}, {due_in_words(assignment, today)}{f' {link}' if link else ''}"


def _end() -> Iterator[str]:
    tasks, reminders = _link("roadmap:my_tasks"), _link("roadmap:reminders")
    if tasks:
        yield f"Все ваши задачи: {tasks}"
    yield f"Отказаться от писем: {reminders or 'страница «Напоминания» в системе'}"


def _link(name: str, *args: int) -> str:
    """A whole address, '' where the installation has not said what it begins with."""
    return f"{settings.ADDRESS}{reverse(name, args=args)}" if settings.ADDRESS else ""
