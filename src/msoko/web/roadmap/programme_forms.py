"""Forms of programmes. What was typed stays, whatever is wrong with it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from msoko.core.definitions.programme_kinds import SCHOOL_YEAR, ProgrammeTemplate
from msoko.core.roadmap.passport import LISTS, NAMES
from msoko.core.vocabulary.russian import quote, short_date
from msoko.web.analysis.models import Finding
from msoko.web.people.models import Organisation, OrganisationQuerySet
from msoko.web.roadmap.edited_texts import roadmap_of, swot_of
from msoko.web.roadmap.models import Level, Programme, Roadmap, Section, SwotEntry
from msoko.web.roadmap.programme_fields import (
    LONGEST_TEXT,
    DayField,
    LinesField,
    OwnDatesField,
    SeenForm,
    WordsField,
    area,
    begun_with,
    day_of_order,
)
from msoko.web.roadmap.programme_rows import directions
from msoko.web.roadmap.services.contents import Wording
from msoko.web.roadmap.services.seen import Said

YEARS_BACK, YEARS_AHEAD = 5, 4
BACKWARDS = "Окончание раньше начала: проверьте даты."
FindingChoices = Sequence[tuple[str, str | list[tuple[str, str]]]]


# ---- starting


class WhoseForm(forms.Form):
    """Whose programme it will be; not asked where the territory looked at says it."""

    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(), label="Чья программа", empty_label="выберите муниципалитет"
    )

    def __init__(self, data: Any, places: OrganisationQuerySet | None, **more: Any) -> None:
        super().__init__(data, **more)
        if places is None:
            del self.fields["organisation"]
        else:
            self.fields["organisation"].queryset = places  # type: ignore[attr-defined]


class StartForm(WhoseForm):
    """From a template: in which year it begins."""

    first_year = forms.TypedChoiceField(label="Начинается", coerce=int)
    field_order = ("organisation", "first_year")

    def __init__(
        self, data: Any, places: OrganisationQuerySet | None, template: ProgrammeTemplate, today: date
    ) -> None:
        super().__init__(data, places, initial={"first_year": today.year})
        years = range(today.year - YEARS_BACK, today.year + YEARS_AHEAD + 1)
        self.fields["first_year"].choices = [(year, _beginning(template, year)) for year in years]  # type: ignore[attr-defined]


def _beginning(template: ProgrammeTemplate, year: int) -> str:
    return f"1 сентября {year} года" if template.starts == SCHOOL_YEAR else f"1 января {year} года"


class TitleForm(forms.Form):
    title = WordsField(
        label="Название программы",
        max_length=1000,
        widget=area(2),
        error_messages={"required": "Назовите программу."},
    )
    begins = DayField(label="Начало")
    ends = DayField(label="Окончание")

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        begins, ends = said.get("begins"), said.get("ends")
        if begins and ends and ends < begins:
            self.add_error("ends", BACKWARDS)
        return said


class DescribeForm(SeenForm, TitleForm):
    """Of a draft that is there."""


class EmptyForm(TitleForm, WhoseForm):
    field_order = ("organisation", "title", "begins", "ends")


# ---- passport, principles, SWOT


class TextForm(SeenForm):
    """A field of the passport that is a text, or lines, one item a line."""

    def __init__(self, data: Any, name: str, said: Said) -> None:
        super().__init__(data, initial=begun_with(said))
        help_text = "По одному в&nbsp;строке." if name in LISTS else ""
        if name in LISTS:
            self.fields["value"] = LinesField(label=NAMES[name], rows=8, help_text=help_text)
        else:
            self.fields["value"] = WordsField(
                label=NAMES[name], required=False, max_length=LONGEST_TEXT, widget=area(4)
            )


class PrinciplesForm(SeenForm):
    lines = LinesField(label="Принципы", rows=8, help_text="По одному в&nbsp;строке.")


def finding_field(choices: FindingChoices) -> forms.ChoiceField:
    return forms.ChoiceField(label="Из какого вывода следует", required=False, choices=[("", "ни из какого"), *choices])


class SwotForm(SeenForm):
    list = forms.ChoiceField(label="Список", choices=[(one.value, str(one.label)) for one in SwotEntry.List])
    text = WordsField(label="Текст", max_length=LONGEST_TEXT, widget=area(3))

    def __init__(self, data: Any, choices: FindingChoices, entry: SwotEntry | None = None) -> None:
        super().__init__(data, initial=begun_with(swot_of(entry)) if entry else {})
        self.fields["finding"] = finding_field(choices)

    def finding(self) -> int | None:
        return int(self.cleaned_data["finding"]) if self.cleaned_data["finding"] else None


# ---- roadmaps, sections, activities


class RoadmapForm(SeenForm):
    title = WordsField(label="Название дорожной карты", max_length=1000, widget=area(2))
    direction = forms.ChoiceField(label="Направление", choices=directions, required=False)

    @classmethod
    def of(cls, roadmap: Roadmap) -> "RoadmapForm":
        return cls(initial=begun_with(roadmap_of(roadmap)))


class SectionForm(SeenForm):
    title = WordsField(label="Название раздела", max_length=1000, required=False)


class ActivityForm(SeenForm):
    """All that a person says of an activity."""

    number = WordsField(label="№", max_length=30, required=False)
    title = WordsField(
        label="Мероприятие",
        max_length=LONGEST_TEXT,
        widget=area(3),
        error_messages={"required": "Напишите, что будет сделано."},
    )
    section = forms.TypedChoiceField(label="Раздел", coerce=int)
    deadline = WordsField(
        label="Срок, словами",
        max_length=1000,
        required=False,
        help_text="Как в&nbsp;документе: «ежегодно, сентябрь», «до&nbsp;15&nbsp;мая», «1&nbsp;раз в&nbsp;четверть».",
    )
    own_dates = OwnDatesField(
        label="Свои даты",
        rows=2,
        help_text="Если слова поняты не&nbsp;так. По&nbsp;одной в&nbsp;строке: 15.09.2026 или 01.09.2026–30.09.2026.",
    )
    executors_words = WordsField(
        label="Исполнители",
        max_length=LONGEST_TEXT,
        required=False,
        widget=area(2),
        help_text="Через запятую: «Управление образования, руководители&nbsp;ОО».",
    )
    result = WordsField(label="Ожидаемый результат", max_length=LONGEST_TEXT, required=False, widget=area(2))
    indicator = WordsField(label="Показатель", max_length=LONGEST_TEXT, required=False, widget=area(2))
    level = forms.ChoiceField(label="Уровень", choices=[(one.value, str(one.label)) for one in Level])
    addressees = WordsField(
        label="Кому адресовано",
        max_length=500,
        required=False,
        help_text="Например: учителя математики 5–6&nbsp;классов.",
    )
    evidence = LinesField(
        label="Что представить",
        rows=3,
        help_text="По&nbsp;одному в&nbsp;строке: приказ, «протокол × 2». Без этого отчёт не&nbsp;примут.",
    )

    def __init__(
        self, data: Any, programme: Programme, sections: Iterable[Section], choices: FindingChoices, **more: Any
    ) -> None:
        super().__init__(data, **more)
        self.programme = programme
        self.fields["section"].choices = _sections(sections)  # type: ignore[attr-defined]
        self.fields["finding"] = finding_field(choices)

    def clean_own_dates(self) -> list[tuple[date, date]]:
        said: list[tuple[date, date]] = self.cleaned_data["own_dates"]
        for begins, ends in said:
            if begins < self.programme.begins or ends > self.programme.ends:
                outside = short_date(begins if begins < self.programme.begins else ends)
                bounds = f"{short_date(self.programme.begins)}–{short_date(self.programme.ends)}"
                raise forms.ValidationError(f"День {outside} вне срока программы ({bounds}).")
        return said

    def wording(self, finding: Finding | None) -> Wording:
        said = {name: value for name, value in self.cleaned_data.items() if name not in ("section", "seen")}
        return Wording(
            **{**said, "finding": finding, "own_dates": tuple(said["own_dates"]), "evidence": tuple(said["evidence"])}
        )

    def finding(self) -> int | None:
        return int(self.cleaned_data["finding"]) if self.cleaned_data["finding"] else None


def _sections(sections: Iterable[Section]) -> list[tuple[str, list[tuple[int, str]]]]:
    """Under the titles of their roadmaps."""
    grouped: dict[int, tuple[str, list[tuple[int, str]]]] = {}
    for one in sections:
        title = one.title or "без названия"
        grouped.setdefault(one.roadmap_id, (one.roadmap.title, []))[1].append((one.pk, title))
    return list(grouped.values())


# ---- editions


class ApproveForm(SeenForm):
    order_words = WordsField(
        label="Приказ об утверждении",
        max_length=500,
        help_text="Например: Приказ управления образования от&nbsp;12.09.2025 №&nbsp;41.",
        error_messages={"required": "Укажите приказ: вид, дату и номер."},
    )
    on = DayField(label="Дата утверждения")

    def __init__(self, data: Any, today: date, seen: str = "") -> None:
        super().__init__(data, initial={"on": today, "seen": seen})
        self.today = today

    def clean_on(self) -> date | None:
        return day_of_order(self.cleaned_data["on"], self.today)


class ReasonForm(forms.Form):
    reason = WordsField(max_length=2000, widget=area(3))

    def __init__(self, data: Any, label: str, help_text: str = "") -> None:
        super().__init__(data)
        self.fields["reason"].label = label
        self.fields["reason"].help_text = help_text


class DescendForm(forms.Form):
    """A school's own programme: of which school, and with or without a template for schools."""

    school = forms.ModelChoiceField(queryset=Organisation.objects.none(), label="Школа", empty_label="выберите школу")
    template = forms.ChoiceField(label="Что положить в основу", required=False, widget=forms.RadioSelect)

    def __init__(
        self,
        data: Any,
        schools: OrganisationQuerySet,
        templates: Iterable[ProgrammeTemplate],
        only: Organisation | None,
    ) -> None:
        super().__init__(data, initial={"template": ""})
        plain = ("", "только мероприятия муниципальной программы, которые касаются школы")
        more = [(one.slug, f"шаблон {quote(one.kind)} и мероприятия муниципальной программы") for one in templates]
        self.fields["template"].choices = [plain, *more]  # type: ignore[attr-defined]
        if only is not None:
            del self.fields["school"]
        else:
            self.fields["school"].queryset = schools  # type: ignore[attr-defined]
