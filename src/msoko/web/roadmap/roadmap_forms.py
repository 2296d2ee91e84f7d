"""Forms of the screens of a roadmap: what to show, what words mean."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from msoko.core.roadmap.executors import ROLES
from msoko.core.vocabulary.russian import NBSP
from msoko.web.people.models import Organisation
from msoko.web.roadmap.edited_texts import executor_of
from msoko.web.roadmap.executor_words import KINDS
from msoko.web.roadmap.models import Executor, Level, Programme, Section
from msoko.web.roadmap.programme_fields import OwnDatesField, SeenForm, begun_with

LONGEST_WORDS = 200
LONGEST_SECTION = 80
EVERY = ("", "любые")
STATES = (
    ("overdue", "есть просроченные"),
    ("reported", "есть ждущие проверки"),
    ("returned", "есть возвращённые"),
    ("ahead", "впереди"),
    ("untracked", f"есть не{NBSP}отслеживаемые"),
    ("accepted", "всё принято"),
    ("needs_dates", "нужна дата"),
    ("not_understood", f"срок не{NBSP}понят"),
    ("nobody", f"исполнитель не{NBSP}найден"),
)
ORDERS = (("", f"как в{NBSP}документе"), ("due", "по сроку"), ("behind", "сначала отстающие"))
Choices = Sequence[tuple[str, str]]


def shortened(text: str, longest: int = LONGEST_SECTION) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


class RoadmapFilter(forms.Form):
    """What a table of a roadmap shows. An address with anything else in it shows everything."""

    q = forms.CharField(label="Слова", required=False, max_length=LONGEST_WORDS, widget=forms.SearchInput())
    section = forms.ChoiceField(label="Раздел", required=False)
    executor = forms.ChoiceField(label="Исполнитель", required=False)
    state = forms.ChoiceField(label="Состояние", required=False, choices=[EVERY, *STATES])
    level = forms.ChoiceField(label="Уровень", required=False, choices=[("", "любой"), *Level.choices])
    order = forms.ChoiceField(label="Порядок", required=False, choices=ORDERS)

    def __init__(
        self, *args: Any, sections: Iterable[Section], kinds: Iterable[str], organisations: Iterable[Organisation],
        levels: Iterable[str], **more: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **more)
        named = [(str(one.pk), shortened(one.title)) for one in sections if one.title]
        self._offer("section", named)
        groups = [(kind, KINDS[kind]) for kind in KINDS if kind in set(kinds)]
        places = [(str(one.pk), one.name) for one in organisations]
        offered: list[Any] = groups if not places else [("Кто в документе", groups), ("Кому поручено", places)]
        self._offer("executor", offered, len(groups) + len(places))
        if len(set(levels)) < 2:
            del self.fields["level"]

    def _offer(self, name: str, choices: list[Any], count: int | None = None) -> None:
        """A choice of one is no choice."""
        if (len(choices) if count is None else count) < 2:
            del self.fields[name]
        else:
            self.fields[name].choices = [EVERY, *choices]  # type: ignore[attr-defined]


class ActivitiesFilter(forms.Form):
    """What the list across programmes shows."""

    q = forms.CharField(label="Слова", required=False, max_length=LONGEST_WORDS, widget=forms.SearchInput())
    programme = forms.ChoiceField(label="Программа", required=False)
    direction = forms.ChoiceField(label="Направление", required=False)
    about = forms.ChoiceField(label="О чём", required=False)
    state = forms.ChoiceField(label="Состояние", required=False, choices=[EVERY, *STATES[:-1]])

    def __init__(
        self, *args: Any, programmes: Iterable[Programme], directions: Choices, stages: Choices, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        for name, choices in (
            ("programme", [(str(one.pk), shortened(one.title)) for one in programmes]),
            ("direction", list(directions)),
            ("about", list(stages)),
        ):
            self.fields[name].choices = [EVERY, *choices]  # type: ignore[attr-defined]


class DatesForm(SeenForm):
    """Dates said by hand, a window a line, or in other words."""

    dates = OwnDatesField(
        rows=4,
        label="Даты",
        help_text="Одна строка — один срок: «30.09.2026» или «01.09.2026–30.09.2026». Последний день — срок отчёта.",
    )
    words = forms.CharField(
        label="Или другими словами", required=False, max_length=1000,
        help_text="Например: «ежегодно, до 1 октября». Текст документа останется прежним.",
    )  # fmt: skip


class ExecutorForm(SeenForm):
    """Who an executor is: a group, somebody of the municipality, or schools by name."""

    kind = forms.ChoiceField(label="Кто это")
    organisations = forms.MultipleChoiceField(
        label="Какие именно школы",
        required=False,
        help_text="Только для «названных школ».",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, schools: Iterable[Organisation], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["kind"].choices = [(str(kind), word) for kind, word in KINDS.items()]  # type: ignore[attr-defined]
        self.fields["organisations"].choices = [(str(one.pk), one.name) for one in schools]  # type: ignore[attr-defined]

    @classmethod
    def of(cls, rows: Sequence[Executor], schools: Iterable[Organisation]) -> "ExecutorForm":
        """As it is understood now; several forms stand on a page, so each has names of its own."""
        return cls(initial=begun_with(executor_of(rows)), schools=schools, auto_id=f"executor_{rows[0].pk}_%s")


def role_in_words(executor: Executor) -> str:
    return ROLES.get(executor.role, "")
