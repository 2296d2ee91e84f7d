"""Forms of the review of a signed document."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from msoko.core.roadmap import passport
from msoko.core.vocabulary.russian import counted
from msoko.web.definitions import definitions
from msoko.web.roadmap.models import ImportedRow, RoadmapImport
from msoko.web.roadmap.programme_fields import DayField, SeenForm, WordsField, begun_with, day_of_order
from msoko.web.roadmap.services.import_texts import FIELDS, LONGEST, LONGEST_TEXT
from msoko.web.roadmap.services.importing import PREFIX, passport_said_of
from msoko.web.roadmap.services.importing_rows import said_of

EARLIEST, LATEST = date(2000, 1, 1), date(2060, 12, 31)


def _words(name: str, label: str, rows: int = 0, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, max_length=LONGEST[name], required=name == "title", widget=widget, **more)


def _listed(name: str, label: str) -> forms.CharField:
    """A line with the names that there are, offered as one types."""
    return forms.CharField(
        label=label, max_length=LONGEST[name], required=False, widget=forms.TextInput(attrs={"list": f"{name}s"})
    )


class DocumentForm(forms.Form):
    file = forms.FileField(
        label="Документ: DOCX, PDF с текстом или TXT",
        error_messages={
            "required": "Выберите файл с документом.",
            "empty": "Файл пустой. Сохраните его заново и загрузите ещё раз.",
        },
    )


class RowForm(SeenForm):
    """All that a row says. What was typed stays, whatever is wrong with it."""

    number = _words("number", "№")
    title = _words("title", "Мероприятие", rows=4, error_messages={"required": "Напишите, что за мероприятие."})
    deadline = _words("deadline", "Срок, как в документе")
    executors = _words("executors", "Исполнители, как в документе", rows=2)
    result = _words("result", "Ожидаемый результат", rows=2)
    indicator = _words("indicator", "Показатель", rows=2)
    evidence = forms.CharField(
        label="Что приложить к отчёту",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="По&nbsp;одному в&nbsp;строке: приказ, «протокол × 2». Без этого отчёт не&nbsp;примут.",
    )
    section = _listed("section", "Раздел")
    roadmap = _listed("roadmap", "Дорожная карта")

    def said(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in (*FIELDS, "evidence")}

    @classmethod
    def of(cls, row: ImportedRow) -> "RowForm":
        return cls(initial=begun_with(said_of(row)))


class RenameForm(forms.Form):
    name = forms.CharField(label="Название", max_length=LONGEST["roadmap"])


class PassportForm(SeenForm):
    """Title and period, which a programme must have, and the fields of its passport, a list's items one a line."""

    title = forms.CharField(
        label="Название программы",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Назовите программу."},
    )
    begins = forms.DateField(label="Начало", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    ends = forms.DateField(label="Окончание", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, label in passport.NAMES.items():
            self.fields[PREFIX + name] = forms.CharField(
                label=label,
                required=False,
                max_length=LONGEST_TEXT,
                widget=forms.Textarea(attrs={"rows": 2 if name in ("developer", "control") else 4}),
            )

    @property
    def said(self) -> dict[str, str]:
        return {name: self.cleaned_data[PREFIX + name] for name in passport.NAMES}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        begins, ends = cleaned.get("begins"), cleaned.get("ends")
        for name, day in (("begins", begins), ("ends", ends)):
            if day and not EARLIEST <= day <= LATEST:
                self.add_error(name, "Проверьте год: он вне пределов 2000–2060.")
        if begins and ends and ends < begins:
            self.add_error("ends", "Окончание раньше начала: проверьте даты.")
        return cleaned

    @classmethod
    def of(cls, document: RoadmapImport) -> "PassportForm":
        return cls(initial=begun_with(passport_said_of(document)))


class LiveForm(forms.Form):
    """What has to be said before the document becomes a programme.

    `unchecked`: how many doubtful rows nobody has looked at; `roadmaps`: title and recognised direction of each.
    """

    takes_unchecked = forms.BooleanField(required=False)
    is_signed = forms.BooleanField(label="Документ уже подписан: сразу ввести программу в действие", required=False)
    approved_on = DayField(label="Дата приказа", required=False)
    order_words = WordsField(
        label="Приказ", help_text="Например: «приказ управления образования № 115».", required=False, max_length=500
    )

    def __init__(
        self,
        *args: Any,
        unchecked: int,
        roadmaps: Sequence[tuple[str, str]],
        may_approve: bool,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.unchecked, self.roadmaps, self.may_approve = unchecked, roadmaps, may_approve
        rows = counted(unchecked, "сомнительную строку", "сомнительные строки", "сомнительных строк")
        self.fields["takes_unchecked"].label = f"Перенести {rows} как есть, без проверки"
        if not unchecked:
            del self.fields["takes_unchecked"]
        if not may_approve:
            for name in ("is_signed", "approved_on", "order_words"):
                del self.fields[name]
        for place, (title, direction) in enumerate(roadmaps):
            self.fields[f"direction-{place}"] = forms.ChoiceField(
                label=title, required=False, choices=direction_choices, initial=direction
            )

    @property
    def directions(self) -> dict[str, str]:
        return {title: self.cleaned_data[f"direction-{place}"] for place, (title, _) in enumerate(self.roadmaps)}

    def clean_approved_on(self) -> date | None:
        return day_of_order(self.cleaned_data["approved_on"], timezone.localdate())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.unchecked and not cleaned.get("takes_unchecked"):
            self.add_error("takes_unchecked", "Проверьте сомнительные строки или согласитесь перенести их как есть.")
        if cleaned.get("is_signed"):
            if not cleaned.get("approved_on") and "approved_on" not in self.errors:
                self.add_error("approved_on", "Укажите дату приказа, которым утверждён документ.")
            if not cleaned.get("order_words"):
                self.add_error("order_words", "Укажите приказ, которым утверждён документ.")
        return cleaned


def direction_choices() -> list[tuple[str, Any]]:
    """Directions by their set: the nine, the later eight."""
    known = sorted(definitions().directions.values(), key=lambda one: (one.set, one.order))
    sets = {"2020": "Девять направлений (2020)", "2021": "Восемь направлений (2021)"}
    groups = [(sets[name], [(one.slug, one.short) for one in known if one.set == name]) for name in sets]
    return [("", "не указано"), *groups]
