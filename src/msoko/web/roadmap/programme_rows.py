"""Rows of a passport's field (stages, indicators, resources, participants, risks): a form of as many small forms.

Works without scripts: adding, moving and removing a row sends the whole form and gives it back with all that was typed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any

from django import forms
from django.http import QueryDict

from msoko.core.definitions.programme_kinds import COMPARATORS
from msoko.core.roadmap.passport import from_json, year_in_words, years_of
from msoko.web.definitions import definitions
from msoko.web.roadmap.edited_texts import passport_field_of
from msoko.web.roadmap.meanwhile import Difference, Meanwhile, field_in_words
from msoko.web.roadmap.models import Programme
from msoko.web.roadmap.programme_fields import LONGEST_LINE, DayField, LinesField, NumberField, WordsField, area
from msoko.web.roadmap.services.seen import LENGTH, ChangedMeanwhile, fingerprint_of

MOST_ROWS = 60
FEW_ROWS = 6
ROW_NAMES = {
    "stages": "Этап",
    "indicators": "Показатель",
    "resources": "Ресурс",
    "participants": "Участник",
    "risks": "Риск",
}
TARGET = "target_"


def _words(label: str, rows: int = 0, **more: Any) -> WordsField:
    widget = area(rows) if rows else forms.TextInput()
    return WordsField(label=label, max_length=LONGEST_LINE, required=False, widget=widget, **more)


def directions() -> list[tuple[str, str]]:
    """Choices: those of either set, the set in its heading."""
    return [("", "не выбрано"), *((one.slug, one.name) for one in definitions().directions.values())]


def _stages(programme: Programme, years: list[int]) -> dict[str, forms.Field]:
    return {
        "title": _words("Этап"),
        "begins": DayField(label="Начало", required=False),
        "ends": DayField(label="Окончание", required=False),
        "content": _words("Содержание", rows=3),
    }


def _indicators(programme: Programme, years: list[int]) -> dict[str, forms.Field]:
    comparators = [("", "не выбрано"), *((one, one) for one in COMPARATORS)]
    return {
        "name": _words("Показатель", rows=2),
        "unit": _words("Единица", help_text="Например: %, школ, балл."),
        "comparator": forms.ChoiceField(label="Цель — это", choices=comparators, required=False),
        "base": NumberField(label="Исходное значение"),
        **{f"{TARGET}{year}": NumberField(label=f"Цель, {year_in_words(year, programme.begins)}") for year in years},
        "how": _words("Как считается", rows=2),
        "direction": forms.ChoiceField(
            label="Направление", choices=directions, required=False, widget=forms.Select(attrs={"class": "wide"})
        ),
    }


def _resources(programme: Programme, years: list[int]) -> dict[str, forms.Field]:
    return {
        "kind": _words("Вид ресурса"),
        "source": _words("Источник"),
        "note": _words("На что", rows=2),
    }


def _participants(programme: Programme, years: list[int]) -> dict[str, forms.Field]:
    return {
        "who": _words("Кто"),
        "functions": LinesField(label="Функции", help_text="По одной в&nbsp;строке.", rows=4),
    }


def _risks(programme: Programme, years: list[int]) -> dict[str, forms.Field]:
    return {
        "risk": _words("Риск", rows=2),
        "consequence": _words("К чему приведёт", rows=2),
        "mitigation": _words("Что делаем, чтобы его снизить", rows=2),
    }


FIELDS: dict[str, Callable[[Programme, list[int]], dict[str, forms.Field]]] = {
    "stages": _stages,
    "indicators": _indicators,
    "resources": _resources,
    "participants": _participants,
    "risks": _risks,
}


def says_something(row: Mapping[str, Any]) -> bool:
    """Zero is something."""
    return any(value not in ("", None, []) for value in row.values())


class RowForm(forms.Form):
    """One row; `first` names the field that names it. A row in which nothing is typed is no row."""

    def __init__(self, data: Any, prefix: str, initial: Mapping[str, Any], made: Mapping[str, forms.Field]) -> None:
        super().__init__(data, prefix=prefix, initial=dict(initial))
        self.fields.update(made)
        self.first = next(iter(made))

    @property
    def called(self) -> str:
        """What stands for the row in a list of rows; '' while nothing is typed. (A field may be named «title».)"""
        return str(self[self.first].value() or "")

    @property
    def is_open(self) -> bool:
        """Something is to be typed or put right in it."""
        return not self.called or bool(self.is_bound and self.errors)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not said.get(self.first) and self.first not in self.errors and says_something(said):
            self.add_error(self.first, "Заполните это поле: без него строка ни о чём не говорит.")
        begins, ends = said.get("begins"), said.get("ends")
        if begins and ends and ends < begins:
            self.add_error("ends", "Окончание раньше начала: проверьте даты.")
        return said


@dataclass
class Rows:
    """All rows of a field, empty ones at the end for typing."""

    field: str
    forms: list[RowForm]
    just_reshaped: bool = False
    seen: str = ""  # the fingerprint of what is stored, as it was when the page was opened

    @property
    def are_few(self) -> bool:
        """So few that all are shown at once."""
        return len(self.forms) <= FEW_ROWS

    def is_valid(self) -> bool:
        return not any(form.errors for form in self.forms)

    def value(self) -> list[dict[str, Any]]:
        """As the passport keeps them."""
        said = [form.cleaned_data for form in self.forms]
        return [_plain(row) for row in said if says_something(row)]


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    said = {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}
    targets = {name.removeprefix(TARGET): said.pop(name) for name in list(said) if name.startswith(TARGET)}
    return (
        {**said, "targets": {year: value for year, value in targets.items() if value is not None}} if targets else said
    )


def stored_rows(programme: Programme, field: str) -> Rows:
    """What the passport says, and one empty row; three where it says nothing."""
    passport = from_json(programme.passport)
    initials = [_initial(row) for row in getattr(passport, field)]
    initials += [{}] * (1 if initials else 3)
    years = _years(programme)
    made = [_form(None, field, number, row, programme, years) for number, row in enumerate(initials)]
    return Rows(field, made, seen=fingerprint_of(passport_field_of(programme, field)))


def _initial(row: Any) -> dict[str, Any]:
    said = dict(vars(row))
    return said | {f"{TARGET}{year}": value for year, value in said.get("targets", {}).items()}


def _years(programme: Programme) -> list[int]:
    """With years that somebody has entered and that no longer lie within the period: nothing is lost unseen."""
    said = {year for one in from_json(programme.passport).indicators for year in one.targets}
    return sorted(said | set(years_of(programme.begins, programme.ends)))


def _form(
    data: Any, field: str, number: int, initial: Mapping[str, Any], programme: Programme, years: list[int]
) -> RowForm:
    return RowForm(data, f"row-{number}", initial, FIELDS[field](programme, years))


def typed_rows(programme: Programme, field: str, data: QueryDict) -> Rows:
    """What was sent; rows added, moved or removed by its button are given back as they were typed, not yet judged."""
    years, seen = _years(programme), data.get("seen", "")[:LENGTH]
    said = data.get("rows", "")
    count = min(int(said), MOST_ROWS) if said.isascii() and said.isdecimal() and len(said) < 4 else 0
    names = list(FIELDS[field](programme, years))
    typed = [{name: data.get(f"row-{number}-{name}", "") for name in names} for number in range(count)]
    reshaped = _reshaped(typed, data)
    if reshaped is None:
        return Rows(field, [_form(data, field, number, {}, programme, years) for number in range(count)], seen=seen)
    return Rows(field, [_form(None, field, n, row, programme, years) for n, row in enumerate(reshaped)], True, seen)


def _reshaped(rows: list[dict[str, str]], data: QueryDict) -> list[dict[str, str]] | None:
    """None where no button of a row was pressed."""
    if "add" in data:
        return [*rows, {}][:MOST_ROWS]
    for button, by in (("up", -1), ("down", 1), ("remove", 0)):
        number = data.get(button, "")
        if number.isascii() and number.isdecimal() and len(number) < 4 and int(number) < len(rows):
            row = rows.pop(int(number))
            return rows if not by else _inserted(rows, row, int(number) + by)
    return None


def _inserted(rows: list[dict[str, str]], row: dict[str, str], place: int) -> list[dict[str, str]]:
    rows.insert(min(max(place, 0), len(rows)), row)
    return rows


# ---- two at once


def rows_met(programme: Programme, rows: Rows, changed: ChangedMeanwhile, who: str) -> Meanwhile:
    """What was typed beside what is stored, row by row."""
    made = FIELDS[rows.field](programme, _years(programme))
    mine = [_row_in_words(form.cleaned_data, made) for form in rows.forms if says_something(form.cleaned_data)]
    theirs = [_row_in_words(_initial(row), made) for row in changed.now["value"]]
    pairs = [(number, *pair) for number, pair in enumerate(zip_longest(mine, theirs, fillvalue=""), 1)]
    name = ROW_NAMES[rows.field]
    found = [Difference(f"{name} {number}", one, other) for number, one, other in pairs if one != other]
    return Meanwhile(tuple(found), who, "rows")


def _row_in_words(row: Mapping[str, Any], made: Mapping[str, forms.Field]) -> str:
    """A line a field that says something."""
    told = ((field.label, field_in_words(field, row.get(name))) for name, field in made.items())
    return "\n".join(f"{label}: {words}" for label, words in told if words)
