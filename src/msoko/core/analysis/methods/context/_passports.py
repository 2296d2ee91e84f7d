"""What schools say of themselves in our own forms: the social passport and the staff."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from msoko.core.analysis.outcome import NotComputed
from msoko.core.analysis.panel import Panel
from msoko.core.vocabulary.russian import quote
from msoko.core.vocabulary.unknowns import Unknown

PASSPORT = "social_passport"
STAFF = "staff"
NO_PASSPORTS = "социальные паспорта не загружены"

CHARACTERISTICS = {
    "both_parents_higher": "оба родителя с высшим образованием",
    "one_parent_higher": "один родитель с высшим образованием",
    "single_parent": "неполные семьи",
    "low_income": "малоимущие семьи",
    "large_family": "многодетные семьи",
    "unemployed_parents": "родители не работают",
    "foster_care": "под опекой",
    "migrants": "семьи мигрантов",
    "russian_not_native": "русский язык не родной",
    "special_needs": "обучающиеся с ОВЗ",
    "disabled": "дети-инвалиды",
    "school_record": "на внутришкольном учёте",
    "police_record": "на учёте в ПДН",
    "bussed": "на подвозе",
    "second_shift": "вторая смена",
}
"""Columns of the social passport that count pupils, as sentences and pictures call their shares."""

AREAS = {"urban": "городская", "rural": "сельская"}
TYPES = {
    "secondary": "средняя",
    "basic": "основная",
    "primary": "начальная",
    "evening": "вечерняя",
    "gymnasium": "гимназия",
    "lyceum": "лицей",
    "cadet": "кадетская",
    "boarding": "интернат",
    "special": "коррекционная",
}


@dataclass(frozen=True)
class Form:
    """The row of one school that fits a year. `whole` is the column that its counts are parts of."""

    organisation: int
    academic_year: int
    row: Mapping[str, Any]
    whole: str

    @property
    def total(self) -> int | float | Unknown:
        return said(self.row.get(self.whole))

    def number(self, key: str) -> int | float | Unknown:
        """The cell of a number that is no part of the whole, such as vacant posts."""
        return said(self.row.get(key))

    def counted(self, key: str) -> int | float | Unknown:
        """The cell; a part that is larger than the whole cannot be right and is missing."""
        value, total = self.number(key), self.total
        if isinstance(value, Unknown) or isinstance(total, Unknown):
            return value
        return value if value <= total else Unknown.MISSING

    def share(self, key: str) -> float | Unknown:
        """Per cent of the whole."""
        value, total = self.counted(key), self.total
        if isinstance(value, Unknown) or isinstance(total, Unknown):
            return value if isinstance(value, Unknown) else Unknown.MISSING
        return 100 * value / total if total else Unknown.NOT_APPLICABLE

    def told(self, key: str) -> int | float | str:
        """The same for JSON: an unknown is its word, which no number can be taken for."""
        return plain(self.counted(key))


@lru_cache(maxsize=16384)  # forms of a region have tens of thousands of cells and a few hundred numbers
def said(cell: Any) -> int | float | Unknown:
    """What a cell of a form means: forms keep numbers as text, and a blank cell is missing, never zero."""
    if isinstance(cell, Unknown):
        return cell
    if cell is None or cell == "":
        return Unknown.MISSING
    value = float(str(cell).replace(",", "."))
    return int(value) if value.is_integer() else value


def plain(value: float | Unknown) -> int | float | str:
    return value.value if isinstance(value, Unknown) else value


def passports(panel: Panel, year: int, oldest: int) -> dict[int, Form]:
    """School → the social passport that fits procedures of the calendar year, at most `oldest` years older."""
    return _fitting(panel, PASSPORT, "pupils", year, oldest)


def staff(panel: Panel, year: int, oldest: int) -> dict[int, Form]:
    """School → its staff, likewise."""
    return _fitting(panel, STAFF, "teachers", year, oldest)


def strangers(panel: Panel, year: int, oldest: int) -> list[NotComputed]:
    """Schools that have a passport for that year and that nobody knows: told by name, for no row may be lost."""
    rows = [row for row in panel.records.get(PASSPORT, ()) if _fits(row, year, oldest) and row["organisation"] is None]
    names = sorted({str(row.get("school") or row.get("login") or "") for row in rows})
    return [NotComputed(None, f"социальный паспорт: школы {quote(name)} нет в реестре") for name in names]


def _fits(row: Mapping[str, Any], year: int, oldest: int) -> bool:
    begins = said(row.get("academic_year"))
    return not isinstance(begins, Unknown) and year - 1 - oldest <= begins <= year - 1


def _fitting(panel: Panel, form: str, whole: str, year: int, oldest: int) -> dict[int, Form]:
    """The form of the academic year that ended in `year`, else the nearest earlier; of two the newest batch counts."""
    found: dict[int, Form] = {}
    for row in panel.records.get(form, ()):
        school = row["organisation"]
        if school not in panel.organisations or not _fits(row, year, oldest):
            continue
        begins = int(str(row["academic_year"]))
        if school not in found or begins > found[school].academic_year:
            found[school] = Form(school, begins, row, whole)
    return dict(sorted(found.items()))


def shares(forms: Sequence[Form], keys: Sequence[str]) -> NDArray[np.float64]:
    """Per cents of shape (forms, keys); NaN where there is no number."""
    table = [[form.share(key) for key in keys] for form in forms]
    numbers = [[np.nan if isinstance(cell, Unknown) else cell for cell in row] for row in table]
    return np.array(numbers, dtype=np.float64).reshape(len(forms), len(keys))


def academic(begins: int) -> str:
    """«2025/26»."""
    return f"{begins}/{(begins + 1) % 100:02d}"
