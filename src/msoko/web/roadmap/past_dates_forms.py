"""What to do with due dates that have passed: asked when a programme goes live, corrected later."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from msoko.core.vocabulary.russian import NBSP, counted, long_date, nbsp, number, plural
from msoko.web.roadmap.doing_forms import day_field, reason_field
from msoko.web.roadmap.models import Programme
from msoko.web.roadmap.programme_fields import DayField
from msoko.web.roadmap.services.due_dates import windows_of
from msoko.web.roadmap.services.past_dates import EVERY, AskedSince

DUE_DATES = ("срок", "срока", "сроков")
ALL, SINCE, NONE = "all", "since", "none"
CHOICES = (
    (ALL, "Спросить отчёт о каждом", "Они сразу станут просроченными у исполнителей, пока не придёт отчёт."),
    (SINCE, f"Спросить отчёт только о{NBSP}сроках с", f"Более ранние не{NBSP}отслеживаются."),
    (NONE, "Не спрашивать о прошедших", "Ни один из прошедших не отслеживается, спрашивать начнут со следующих."),
)
SEPTEMBER = 9


@dataclass(frozen=True)
class Passed:
    """How many due dates of all have passed, and the last of them."""

    count: int
    whole: int
    last: date

    def in_words(self) -> str:
        """«65 сроков из 66 уже прошли, последний — 31 августа 2024 г.»."""
        if self.whole == 1:
            return nbsp(f"Единственный срок уже прошёл: {long_date(self.last)}")
        if self.count == self.whole:
            return nbsp(f"Прошли все сроки, их {number(self.count)}, последний — {long_date(self.last)}")
        have = plural(self.count, "прошёл", "прошли", "прошли")
        passed = f"{counted(self.count, *DUE_DATES)} из {number(self.whole)} уже {have}"
        return nbsp(f"{passed}, последний — {long_date(self.last)}")


def passed_of(dues: Iterable[date], today: date) -> Passed | None:
    """None where nothing has passed."""
    every = list(dues)
    passed = [due for due in every if due < today]
    return Passed(len(passed), len(every), max(passed)) if passed else None


def passed_of_draft(programme: Programme, today: date) -> Passed | None:
    """None of a later edition, too: there the choice made for the one before holds."""
    if programme.previous_id is not None:
        return None
    return passed_of((due for _, _, due in windows_of(programme)), today)


def school_year_begins(today: date) -> date:
    return date(today.year if today.month >= SEPTEMBER else today.year - 1, SEPTEMBER, 1)


class AskForm(forms.Form):
    """The choice of three; `usual` is ticked for who has nothing to say."""

    past = forms.ChoiceField(
        choices=[(key, title) for key, title, _ in CHOICES],
        error_messages={"required": "Выберите, что делать с прошедшими сроками."},
    )
    past_since = DayField(label="Спрашивать о сроках с", required=False)

    def __init__(self, data: Any, passed: Passed, today: date, usual: str) -> None:
        super().__init__(data, initial={"past": usual, "past_since": school_year_begins(today)})
        self.passed, self.today = passed, today

    @property
    def since_typed(self) -> str:
        """As the field of a date wants it."""
        value = self["past_since"].value()
        return value.isoformat() if isinstance(value, date) else str(value or "")

    @property
    def choices(self) -> list[tuple[str, str, str, bool]]:
        """(value, title, sentence, whether it is chosen)."""
        chosen = self["past"].value()
        return [(*one, one[0] == chosen) for one in CHOICES]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        day = cleaned.get("past_since")
        if cleaned.get("past") == SINCE and "past_since" not in self.errors:
            if day is None:
                self.add_error("past_since", "Укажите день, с которого спрашивать, или выберите другой ответ.")
            elif day > self.today:
                self.add_error(
                    "past_since", f"Этот день ещё не{NBSP}наступил: сроки, которые впереди, спросят и{NBSP}так."
                )
        return cleaned

    @property
    def asked(self) -> AskedSince:
        days = {ALL: EVERY, SINCE: AskedSince(self.cleaned_data["past_since"]), NONE: AskedSince(self.today)}
        return days[self.cleaned_data["past"]]


def ask_form(data: Any, programme: Programme, today: date) -> AskForm | None:
    """Of a draft on its way into force; None where no due date has passed."""
    passed = passed_of_draft(programme, today)
    if passed is None:
        return None
    return AskForm(data, passed, today, ALL if programme.imports.exists() else NONE)


class StopForm(forms.Form):
    prefix = "stop"
    day = day_field("Сроки раньше", "Укажите день, раньше которого сроки не отслеживать.")
    reason = reason_field("Почему", "Исполнители увидят эти слова.")


class AgainForm(forms.Form):
    prefix = "again"
    day = day_field("Сроки с", "Укажите день, с которого снова спрашивать.")
    reason = reason_field("Почему", "Исполнители увидят эти слова.")
