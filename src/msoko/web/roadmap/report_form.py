"""The form of a report of execution: what was done, numbers, and what confirms it. Nothing typed is ever lost."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from msoko.core.vocabulary.russian import NBSP, THIN, quote
from msoko.web.roadmap.doing_forms import day_field
from msoko.web.roadmap.models import Assignment, Report
from msoko.web.roadmap.report_values import LONGEST_NAME, LONGEST_TEXT, MOST_NUMBERS, digits_of

EMPTY_ROWS = 2
"""Offered below those that are filled in; «Ещё строки» brings as many more."""
LONGEST_NUMBER = 25
LONGEST_ADDRESS = 1000
KEPT = ("done", "participants", "done_on", "link_url", "link_name", "link_about", "record", "record_about")
"""What is remembered beside the rows of numbers; files can't be."""


@dataclass(frozen=True)
class NumberRow:
    """As it stands in the form."""

    index: int
    name: str
    value: str
    unit: str

    @property
    def is_empty(self) -> bool:
        return not (self.name.strip() or self.value.strip() or self.unit.strip())


class ReportForm(forms.Form):
    """Bound to what was typed, or to what is remembered. What the report lacks the service says."""

    done = forms.CharField(
        label="Что сделано",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Своими словами: что провели, с кем, к чему пришли.",
    )
    participants = forms.CharField(
        label="Участников", required=False, max_length=LONGEST_NUMBER, widget=forms.TextInput({"inputmode": "numeric"})
    )
    done_on = day_field("Когда сделано", "", required=False)
    link_url = forms.CharField(label="Адрес", required=False, max_length=LONGEST_ADDRESS)
    link_name = forms.CharField(label="Название", required=False, max_length=LONGEST_NAME)
    link_about = forms.CharField(label="Что это", required=False)
    record = forms.CharField(label="Запись", required=False)
    record_about = forms.CharField(label="Что это", required=False)

    def __init__(self, said: Mapping[str, str], required: list[str], records: list[Any]) -> None:
        super().__init__(said)
        self.said = said
        abouts = [("", "дополнительно"), *((one, one) for one in required)]
        for name in ("link_about", "record_about"):
            self.fields[name].widget = forms.Select(choices=abouts)
            if not required:
                self.fields[name].widget = forms.HiddenInput()
        self.fields["record"].widget = forms.Select(choices=[("", "не выбрана"), *records])

    @property
    def has_records(self) -> bool:
        return len(self.fields["record"].widget.choices) > 1

    @property
    def rows(self) -> list[NumberRow]:
        """What is filled in, and some empty ones."""
        filled = [row for row in _rows(self.said) if not row.is_empty]
        count = min(len(filled) + EMPTY_ROWS, MOST_NUMBERS)
        empty = [NumberRow(index, "", "", "") for index in range(len(filled), count)]
        return [NumberRow(i, one.name, one.value, one.unit) for i, one in enumerate(filled)] + empty

    def clean_participants(self) -> int | None:
        said = _without_spaces(self.cleaned_data["participants"])
        if not said:
            return None
        if not said.isdecimal():
            raise forms.ValidationError(f"{quote(self.cleaned_data['participants'])}{NBSP}— не{NBSP}число людей. "
                                        f"Введите целое число, например 24.")  # fmt: skip
        return int(said)

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["numbers"] = [self._number(row) for row in _rows(self.said) if not row.is_empty]
        return self.cleaned_data

    def _number(self, row: NumberRow) -> dict[str, Any]:
        value = _number_of(row.value)
        if value is None:
            what = quote(row.name) if row.name.strip() else f"строка {row.index + 1}"
            problem = f"значение {quote(row.value)}{NBSP}— не{NBSP}число" if row.value.strip() else "нет значения"
            self.add_error(None, f"Числа, {what}: {problem}. Введите, например, 12 или 12,5.")
        return {"name": row.name.strip(), "value": value, "unit": row.unit.strip()}

    @property
    def values(self) -> dict[str, Any]:
        """Of the service."""
        return {name: self.cleaned_data[name] for name in ("done", "participants", "numbers", "done_on")}


def _rows(said: Mapping[str, str]) -> Iterator[NumberRow]:
    for index in range(MOST_NUMBERS + 1):
        row = NumberRow(index, *(said.get(f"{part}-{index}", "") for part in ("name", "value", "unit")))
        if not row.is_empty:
            yield row


def _without_spaces(said: str) -> str:
    return "".join(sign for sign in said if not sign.isspace() and sign not in (NBSP, THIN))


def _number_of(said: str) -> int | float | None:
    plain = _without_spaces(said).replace(",", ".").replace("\u2212", "-")
    if len(plain) > LONGEST_NUMBER or not set(plain) <= set("+-.0123456789"):
        return None
    try:
        value = float(plain)
    except ValueError:
        return None
    if not math.isfinite(value):
        return None
    return int(value) if value.is_integer() else value


def remembered(said: Mapping[str, str]) -> dict[str, str]:
    """What of a sent form is kept until the report is handed in; a zero sign, which no database takes, is not."""
    kept = {name: said.get(name, "")[: LONGEST_TEXT + 1000] for name in KEPT}
    for row in _rows(said):
        cells = (("name", row.name), ("value", row.value), ("unit", row.unit))
        kept |= {f"{part}-{row.index}": text[:LONGEST_NAME] for part, text in cells}
    return {name: plain for name, text in kept.items() if (plain := text.replace("\0", ""))}


def of_report(report: Report | None) -> dict[str, str]:
    """A returned report is mended, not written anew."""
    if report is None:
        return {}
    day: date | None = report.done_on
    said = {
        "done": report.done,
        "participants": "" if report.participants is None else str(report.participants),
        "done_on": day.isoformat() if day else "",
    }
    for index, one in enumerate(report.numbers):
        said |= {f"name-{index}": str(one["name"]), f"value-{index}": digits_of(one["value"]).replace(".", ",")}
        said[f"unit-{index}"] = str(one.get("unit", ""))
    return said


def required_of(assignment: Assignment) -> list[str]:
    """What has to be handed in, each once, as the activity names it."""
    said = (str(one).strip() for one in assignment.occurrence.activity.evidence)
    return list(dict.fromkeys(one for one in said if one))
