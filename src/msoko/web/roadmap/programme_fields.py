"""Fields of forms that programmes need: lines, numbers as they are written in Russian, dates of a person."""

import re
from datetime import date
from typing import Any

from django import forms

from msoko.core.roadmap.passport import amount
from msoko.core.vocabulary.russian import quote, short_date
from msoko.web.roadmap.services.import_texts import without_unseen
from msoko.web.roadmap.services.seen import LENGTH, Said, fingerprint_of

LONGEST_TEXT = 20_000
MOST_LINES = 200
LONGEST_LINE = 2000
EARLIEST, LATEST = date(2000, 1, 1), date(2060, 12, 31)
FAR_YEAR = "Проверьте год: он вне пределов 2000–2060."


class SeenForm(forms.Form):
    """Knows the text that it began with (services.seen): `begun_with` gives it to the form."""

    seen = forms.CharField(required=False, max_length=LENGTH, widget=forms.HiddenInput)


def begun_with(said: Said) -> dict[str, Any]:
    """What a form begins with, and its fingerprint."""
    return {**said, "seen": fingerprint_of(said)}


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class WordsField(forms.CharField):
    """A text without signs that nobody sees: what would be nothing but such signs is nothing."""

    def to_python(self, value: Any) -> str:
        return without_unseen(super().to_python(value) or "").strip()


class LinesField(WordsField):
    """A text area, one item a line; gives a list without empty lines."""

    def __init__(self, rows: int = 5, **more: Any) -> None:
        super().__init__(**{"required": False, "max_length": LONGEST_TEXT, "widget": area(rows), **more})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:
        lines = [stripped for line in super().clean(value).splitlines() if (stripped := line.strip())]
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(f"Больше {MOST_LINES} строк: оставьте главное.")
        for number, line in enumerate(lines, 1):
            if len(line) > LONGEST_LINE:
                raise forms.ValidationError(f"Строка {number} длиннее {LONGEST_LINE} знаков: разделите её.")
        return lines


class NumberField(forms.CharField):
    """«80», «4,5», «−1 200»; gives a float, None where nothing is said. Three decimals at most."""

    def __init__(self, **more: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "size": 8})
        super().__init__(**{"required": False, "max_length": 30, "widget": widget, **more})

    def prepare_value(self, value: Any) -> Any:
        return amount(value) if isinstance(value, int | float) else value

    def clean(self, value: Any) -> float | None:
        said = super().clean(value)
        if not said:
            return None
        plain = re.sub(r"\s", "", said).replace(",", ".").replace("−", "-").removesuffix("%")
        if not re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]+)?", plain):
            raise forms.ValidationError(f"{quote(said)} — не число. Напишите, например, 80 или 4,5.")
        if len(plain.partition(".")[2]) > 3:
            raise forms.ValidationError("Больше трёх знаков после запятой: округлите.")
        return float(plain)


class DayField(forms.DateField):
    """A day of a calendar, within years in which a programme can be."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**{"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more})

    def clean(self, value: Any) -> date | None:
        day = super().clean(value)
        if day is not None and not EARLIEST <= day <= LATEST:
            raise forms.ValidationError(FAR_YEAR)
        return day


def day_of_order(day: date | None, today: date) -> date | None:
    """The same day. Raises ValidationError for one that has not come: nobody has signed anything on it."""
    if day is not None and day > today:
        raise forms.ValidationError("Этот день ещё не наступил: укажите дату подписанного приказа.")
    return day


_DAY = r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})"
_ONE_OR_TWO_DAYS = re.compile(rf"(?:с\s+)?{_DAY}(?:\s*(?:[-–—]|по|до)\s*{_DAY})?\.?", re.IGNORECASE)
HOW_TO_WRITE = "Напишите день «15.09.2025» или два дня через тире «01.09.2025–30.09.2025»."


class OwnDatesField(LinesField):
    """Dates of a person, a window a line: one day, or two. Gives pairs of days in their order."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list | tuple):
            return "\n".join(
                short_date(begins) if begins == ends else f"{short_date(begins)}–{short_date(ends)}"
                for begins, ends in value
            )
        return value

    def clean(self, value: Any) -> list[tuple[date, date]]:  # type: ignore[override]
        return sorted({_window(line) for line in super().clean(value)})


def _window(line: str) -> tuple[date, date]:
    found = _ONE_OR_TWO_DAYS.fullmatch(" ".join(line.split()))
    if found is None:
        raise forms.ValidationError(f"Не читается строка {quote(line)}. {HOW_TO_WRITE}")
    begins = _day(line, *found.groups()[:3])
    ends = _day(line, *found.groups()[3:]) if found[4] else begins
    if ends < begins:
        raise forms.ValidationError(f"В строке {quote(line)} конец раньше начала.")
    return begins, ends


def _day(line: str, day: str, month: str, year: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError as impossible:
        raise forms.ValidationError(f"В строке {quote(line)} нет такого дня календаря.") from impossible
