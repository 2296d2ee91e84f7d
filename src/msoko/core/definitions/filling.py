"""Starting a programme from a template: placeholders get their words, months of the programme become dates."""

import re
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, timedelta
from typing import TypeVar

from msoko.core.definitions.programme_kinds import SCHOOL_YEAR, ProgrammeTemplate, StageTemplate

PLACEHOLDERS = ("territory", "school", "year_from", "year_to", "school_year")
"""Names are put in as they are, in the nominative: «(Приречный район)»."""
PLACEHOLDER = re.compile(r"\{(\w*)\}")
MONTHS = 12
SEPTEMBER = 9
Text = TypeVar("Text")


@dataclass(frozen=True)
class Filling:
    """For whom and from when. `first_year`: the calendar year in which the programme begins."""

    first_year: int
    territory: str
    school: str = ""


def filled(template: ProgrammeTemplate, filling: Filling) -> ProgrammeTemplate:
    """The same template, all its texts with the words of this territory and these years in place of placeholders."""
    words = {"territory": filling.territory, "school": filling.school, **_years(template, filling.first_year)}
    return _with_words(template, words)


def _years(template: ProgrammeTemplate, first_year: int) -> dict[str, str]:
    begins, ends = period_of(template, first_year)
    school_year = f"{first_year}/{(first_year + 1) % 100:02}"
    return {"year_from": str(begins.year), "year_to": str(ends.year), "school_year": school_year}


def _with_words(value: Text, words: dict[str, str]) -> Text:
    """The value with placeholders filled in every text at any depth; unknown ones are left as they are."""
    if isinstance(value, str):
        return PLACEHOLDER.sub(lambda hit: words.get(hit[1], hit[0]), value)  # type: ignore[return-value]
    if isinstance(value, tuple):
        return tuple(_with_words(one, words) for one in value)  # type: ignore[return-value]
    if isinstance(value, dict):
        return {key: _with_words(one, words) for key, one in value.items()}  # type: ignore[return-value]
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: _with_words(getattr(value, one.name), words) for one in fields(value)})
    return value


def period_of(template: ProgrammeTemplate, first_year: int) -> tuple[date, date]:
    """First and last day: of calendar years, or of school years (1 September – 31 August)."""
    month = SEPTEMBER if template.starts == SCHOOL_YEAR else 1
    begins = date(first_year, month, 1)
    return begins, date(first_year + template.years, month, 1) - timedelta(days=1)


def dates_of(stage: StageTemplate, begins: date) -> tuple[date, date]:
    """First and last day of a stage of a programme that begins on the first day of a month."""
    return _month(begins, stage.begins - 1), _month(begins, stage.ends) - timedelta(days=1)


def _month(begins: date, after: int) -> date:
    """The first day of the month so many months later."""
    years, month = divmod(begins.month - 1 + after, MONTHS)
    return date(begins.year + years, month + 1, 1)
