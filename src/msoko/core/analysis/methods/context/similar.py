"""Similar schools: the nearest by conditions, whom it is fair to compare a school with.

Distance between two schools: Σ w·|a − b| / range over the characteristics known of both, divided by Σ w of these
(J. C. Gower, Biometrics 27 (1971), 857–871); 0 = the same, 1 = opposite in everything.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray

from msoko.core.analysis.methods.context._conditions import NO_PASSPORT
from msoko.core.analysis.methods.context._passports import (
    AREAS,
    CHARACTERISTICS,
    NO_PASSPORTS,
    TYPES,
    Form,
    academic,
    passports,
    shares,
    staff,
    strangers,
)
from msoko.core.analysis.methods.context._wording import per_cent
from msoko.core.analysis.outcome import NotComputed, Outcome, Result, Told
from msoko.core.analysis.panel import Panel, School
from msoko.core.analysis.parameters import Parameters
from msoko.core.vocabulary.russian import NBSP, counted, join_with_and, number, quote
from msoko.core.vocabulary.unknowns import Unknown

Numbers = NDArray[np.float64]

OF_SCHOOL = {"size": "размер школы", "area": "местность", "type": "тип школы"}
OF_STAFF = {"with_category": "учителя с категорией", "up_to_three_years": "учителя со стажем до 3 лет"}
NAMES = {**CHARACTERISTICS, **OF_SCHOOL, **OF_STAFF}
LOOKS_DIFFERENT = 0.25
"""A quarter of the whole range between schools: from there on the difference is told."""
MOST_NAMED = 3
PUPILS = ("обучающийся", "обучающихся", "обучающихся")
TOO_LITTLE = "известно слишком мало признаков, общих с другими школами"


@dataclass(frozen=True)
class _Table:
    """Schools and their characteristics as numbers: NaN unknown. `apart` and `weight` are by pair of schools:
    the weighted distance and the weight of the characteristics that both have.
    """

    schools: tuple[School, ...]
    forms: tuple[Form, ...]
    keys: tuple[str, ...]
    values: Numbers
    weights: Numbers
    ranges: Numbers

    @property
    def apart(self) -> tuple[Numbers, Numbers]:
        count = len(self.schools)
        distance, weight = np.zeros((count, count)), np.zeros((count, count))
        for column, value in enumerate(self.values.T):
            apart = self.scaled(value[:, None] - value[None, :], column)
            known = ~np.isnan(apart)
            distance += self.weights[column] * np.where(known, apart, 0.0)
            weight += self.weights[column] * known
        return np.divide(distance, weight, out=np.full_like(distance, np.inf), where=weight > 0), weight

    def scaled(self, difference: Numbers, column: int | None = None) -> Numbers:
        """0–1, NaN where one of the two is unknown: of one column, or of a pair of schools over all columns."""
        ranges, words = (
            (self.ranges, self.are_words) if column is None else (self.ranges[column], self.are_words[column])
        )
        return np.where(words & (np.abs(difference) > 0), 1.0, np.abs(difference) / ranges)

    @cached_property
    def are_words(self) -> NDArray[np.bool_]:
        """Words are the same or not: there is nothing between a village and a town."""
        return np.array([key in WORDS for key in self.keys])


def compute(panel: Panel, parameters: Parameters) -> Outcome:
    """Figures: the nearest schools of every school that has a passport. The result's strength is −distance."""
    table = _table(panel, parameters)
    if isinstance(table, str):
        return Outcome(not_computed=(NotComputed(None, table),))
    distance, weight = table.apart
    enough = weight >= parameters["least_known"] / 100 * table.weights.sum() - 1e-12
    np.fill_diagonal(enough, False)  # a school is no comparison for itself
    distance = np.where(enough, distance, np.inf)
    unknown = [*_without_passport(panel, table), *strangers(panel, panel.year, parameters["oldest_passport"])]
    results = []
    for row, school in enumerate(table.schools):
        nearest = _nearest(distance[row], parameters["how_many"])
        if nearest:
            results.append(_result(panel, table, row, nearest, distance[row], int(enough[row].sum())))
        else:
            unknown.append(NotComputed(school.key, TOO_LITTLE))
    return Outcome(results=tuple(results), not_computed=tuple(unknown), territory=_territory(table))


def _territory(table: _Table) -> Mapping[str, Any]:
    weights = zip(table.keys, table.weights.tolist(), strict=True)
    return {"schools": len(table.schools), "weights": {NAMES[key]: weight for key, weight in weights}}


def _table(panel: Panel, parameters: Parameters) -> _Table | str:
    weights = {key: float(weight) for key, weight in parameters["weights"].items() if weight}
    strange = [quote(key) for key in weights if key not in NAMES]
    if strange:
        return f"в весах неизвестные признаки: {join_with_and(strange)}"
    if min(weights.values(), default=0) <= 0:
        return "вес признака должен быть больше нуля, и хотя бы один признак нужен"
    forms = tuple(passports(panel, panel.year, parameters["oldest_passport"]).values())
    if len(forms) < 2:
        return NO_PASSPORTS if not forms else "социальный паспорт есть только у одной школы"
    schools = tuple(panel.organisations[form.organisation] for form in forms)
    teachers = staff(panel, panel.year, parameters["oldest_passport"])
    columns = [_column(key, schools, forms, teachers) for key in weights]
    return _varying(schools, forms, tuple(weights), np.array(columns).T, np.array(list(weights.values())))


def _varying(
    schools: tuple[School, ...], forms: tuple[Form, ...], keys: tuple[str, ...], values: Numbers, weights: Numbers
) -> _Table | str:
    """Only characteristics that differ between schools can tell them apart."""
    low, high = np.nanmin(_with_zero(values), axis=0), np.nanmax(_with_zero(values), axis=0)
    varies = high - low > 1e-9
    if not varies.any():
        return "ни один признак не различает школы: у всех одинаковые значения или они не заполнены"
    names = tuple(key for key, fits in zip(keys, varies, strict=True) if fits)
    return _Table(schools, forms, names, values[:, varies], weights[varies], (high - low)[varies])


def _with_zero(values: Numbers) -> Numbers:
    """A column that nobody has filled in counts as one that does not vary."""
    return np.where(np.isnan(values).all(axis=0), 0.0, values)


WORDS = {"area": AREAS, "type": TYPES}


def _column(
    key: str, schools: Sequence[School], forms: Sequence[Form], teachers: Mapping[int, Form]
) -> list[float] | Numbers:
    if key == "size":
        return [np.nan if isinstance(form.total, Unknown) else log(max(form.total, 1)) for form in forms]
    if key in WORDS:
        words = [school.area if key == "area" else school.school_type for school in schools]
        numbers = {word: float(place) for place, word in enumerate(sorted(set(words)))}
        return [numbers[word] if word else np.nan for word in words]
    if key in OF_STAFF:
        return [_of_staff(key, teachers.get(form.organisation)) for form in forms]
    return shares(forms, [key])[:, 0]


def _of_staff(key: str, form: Form | None) -> float:
    """Per cent of the teachers; with a category are those with the highest and those with the first."""
    parts = ("highest_category", "first_category") if key == "with_category" else (key,)
    found = [Unknown.MISSING if form is None else form.share(part) for part in parts]
    return sum((np.nan if isinstance(share, Unknown) else share for share in found), start=0.0)


def _nearest(distance: Numbers, how_many: int) -> list[int]:
    """Rows of the nearest, of equally near ones the lower key first (the rows are in the order of keys)."""
    order = np.argsort(distance, kind="stable")[:how_many]
    return [int(row) for row in order if np.isfinite(distance[row])]


def _result(panel: Panel, table: _Table, row: int, nearest: list[int], distance: Numbers, comparable: int) -> Result:
    form = table.forms[row]
    near = [_neighbour(table, row, other, float(distance[other])) for other in nearest]
    statistic = {
        "academic_year": form.academic_year,
        "is_older": form.academic_year < panel.year - 1,
        "schools": comparable,
        "own": {key: _shown(table, row, column) for column, key in enumerate(table.keys)},
        "nearest": near,
    }
    return Result(form.organisation, statistic, strength=-near[0]["distance"])


def _neighbour(table: _Table, row: int, other: int, distance: float) -> dict[str, Any]:
    apart = table.scaled(table.values[row] - table.values[other])
    differs = [
        {
            "key": table.keys[column],
            "name": NAMES[table.keys[column]],
            "apart": float(apart[column]),
            "own": _shown(table, row, column),
            "other": _shown(table, other, column),
        }
        for column in np.flatnonzero(apart >= LOOKS_DIFFERENT).tolist()
    ]
    school = table.schools[other]
    return {
        "organisation": school.key,
        "name": school.name,
        "distance": distance,
        "known": int((~np.isnan(apart)).sum()),
        "of": len(table.keys),
        "differs": sorted(differs, key=lambda one: (-one["apart"], one["key"])),
    }


def _shown(table: _Table, row: int, column: int) -> float | str | None:
    """The value as a reader knows it: per cent, pupils, a word; None where it is not known."""
    key, value = table.keys[column], table.values[row, column]
    if np.isnan(value):
        return None
    if key == "size":
        return float(round(np.exp(value)))
    if key in WORDS:
        word = getattr(table.schools[row], "area" if key == "area" else "school_type")
        return WORDS[key].get(word, word)
    return float(value)


def _without_passport(panel: Panel, table: _Table) -> list[NotComputed]:
    known = {school.key for school in table.schools}
    return [NotComputed(key, NO_PASSPORT) for key in sorted(panel.organisations) if key not in known]


def sentence(told: Told) -> str:
    """«Ближе всего по условиям: МБОУ «А» (расстояние 0,08), … Отличия: …»"""
    one = told.statistic
    near = one["nearest"]
    names = [f"{school['name']} ({number(school['distance'], 2)})" for school in near[:MOST_NAMED]]
    of = counted(one["schools"], "школы", "школ", "школ")
    rest = len(near) - len(names)
    more = f" и{NBSP}ещё {counted(rest, 'школа', 'школы', 'школ')}" if rest else ""
    listed = ", ".join(names) + more if rest else join_with_and(names)
    older = f" Социальный паспорт за{NBSP}{academic(one['academic_year'])} учебный год." if one["is_older"] else ""
    return f"Ближе всего по{NBSP}условиям из{NBSP}{of}: {listed}. {_differences(near[0])}.{older}"


def _differences(nearest: Any) -> str:
    if not nearest["differs"]:
        return "С первой из них заметных отличий нет"
    first = [f"{one['name']} ({_pair(one)})" for one in nearest["differs"][:MOST_NAMED]]
    return f"От первой из них школа отличается: {'; '.join(first)}"


def _pair(one: Any) -> str:
    if one["key"] in WORDS:
        return f"{one['own']}, а{NBSP}там {one['other']}"
    if one["key"] == "size":
        return f"{counted(one['own'], *PUPILS)}, а{NBSP}там {number(one['other'])}"
    return f"{per_cent(one['own'])}, а{NBSP}там {per_cent(one['other'])}"
