"""The index of conditions: how favourable they are for a school among the schools of its region."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from msoko.core.analysis.methods.context._passports import CHARACTERISTICS, NO_PASSPORTS, Form, passports, shares
from msoko.core.analysis.outcome import NotComputed
from msoko.core.analysis.panel import Panel
from msoko.core.analysis.parameters import Parameters
from msoko.core.vocabulary.russian import counted, join_with_and, quote

Numbers = NDArray[np.float64]

LEAST_SCHOOLS = 5
"""Fewer schools have no spread worth measuring in: a z-score among four says only who is first."""
LEAST_PAIRS = 3
ALL_ALIKE = "у всех школ доля одинаковая"
NO_PASSPORT = "нет социального паспорта за подходящий год"
NOBODY_KNOWS = "данных нет ни у одной школы"


@dataclass(frozen=True)
class Conditions:
    """Arrays by school (rows) and characteristic (columns); NaN where the passport has no number.

    `weights` are those in force: typed on the screen or taken from the first component. `index` is NaN where too
    little is known. `unused`: characteristic → why it tells schools apart no better than nothing.
    """

    forms: tuple[Form, ...]
    keys: tuple[str, ...]
    weights: Numbers
    shares: Numbers
    mean: Numbers
    z: Numbers
    index: Numbers
    unused: Mapping[str, str]
    explained: float | None = None

    @cached_property
    def by_school(self) -> dict[int, float]:
        """School → index, where there is one."""
        known = zip(self.forms, self.index.tolist(), strict=True)
        return {form.organisation: index for form, index in known if index == index}

    @cached_property
    def parts(self) -> Numbers:
        """What every characteristic adds to the index of its school; they sum up to it."""
        return self.z * self.weights / self.known_weight[:, None]

    @property
    def known_weight(self) -> Numbers:
        return _known_weight(self.z, self.weights)

    @cached_property
    def _ordered(self) -> list[float]:
        return sorted(self.by_school.values())

    def place(self, school: int) -> int:
        """1 = the hardest conditions; equal indices have the same place."""
        return 1 + bisect_left(self._ordered, self.by_school[school])

    def better(self, school: int) -> int:
        """How many schools have more favourable conditions."""
        return len(self._ordered) - bisect_right(self._ordered, self.by_school[school])

    def is_adverse(self, school: int, percent: float) -> bool:
        """Whether the school is among the `percent` of schools with the hardest conditions."""
        return self.place(school) <= len(self.by_school) * percent / 100


def conditions(panel: Panel, year: int, parameters: Parameters) -> Conditions | str:
    """The index of every school that has a passport, or why there is none, in Russian."""
    weights = {key: float(weight) for key, weight in parameters["weights"].items() if weight}
    strangers = [quote(key) for key in weights if key not in CHARACTERISTICS]
    if strangers:
        return f"в весах неизвестные признаки: {join_with_and(strangers)}"
    if not weights:
        return "у всех признаков вес 0"
    forms = tuple(passports(panel, year, parameters["oldest_passport"]).values())
    if not forms:
        return NO_PASSPORTS
    if len(forms) < LEAST_SCHOOLS:
        few = counted(len(forms), "школы", "школ", "школ")
        return f"социальный паспорт есть только у {few}, а сравнивать можно от {LEAST_SCHOOLS}"
    return _standardised(forms, weights, parameters)


def _standardised(forms: tuple[Form, ...], weights: Mapping[str, float], parameters: Parameters) -> Conditions | str:
    table = shares(forms, list(weights))
    counts = (~np.isnan(table)).sum(axis=0)
    mean = np.divide(np.nansum(table, axis=0), counts, out=np.full(len(counts), np.nan), where=counts > 0)
    squares = np.nansum((table - mean) ** 2, axis=0)
    sd = np.sqrt(np.divide(squares, counts - 1, out=np.zeros(len(counts)), where=counts > 1))
    # The same share typed by all must not become a difference by the last bit of a mean.
    useful = sd > 1e-9
    unused = {key: NOBODY_KNOWS if not counts[i] else ALL_ALIKE for i, key in enumerate(weights) if not useful[i]}
    if not useful.any():
        return "ни один признак не различает школы: доли у всех одинаковые или не заполнены"
    keys = tuple(key for key, fits in zip(weights, useful, strict=True) if fits)
    z = (table[:, useful] - mean[useful]) / sd[useful]
    in_force, explained = np.array([weights[key] for key in keys]), None
    if parameters["index"] == "component":
        in_force, explained = _first_component(z, in_force)
    index = _weighted(z, in_force, parameters["least_known"])
    return Conditions(forms, keys, in_force, table[:, useful], mean[useful], z, index, unused, explained)


def _known_weight(z: Numbers, weights: Numbers) -> Numbers:
    return np.where(np.isnan(z), 0.0, np.abs(weights)).sum(axis=1)


def _weighted(z: Numbers, weights: Numbers, least_known: float) -> Numbers:
    """Mean over what is known; NaN where it has less than `least_known` per cent of the weight."""
    known = _known_weight(z, weights)
    enough = known >= np.abs(weights).sum() * least_known / 100 - 1e-12
    total = np.nansum(z * weights, axis=1)
    return np.divide(total, known, out=np.full(len(z), np.nan), where=enough & (known > 0))


def _first_component(z: Numbers, weights: Numbers) -> tuple[Numbers, float]:
    """Weights of the first principal component and the share of variance it explains, 0–1.

    From correlations over the schools that know both characteristics. Its sign is the one that agrees with the
    weights of the screen, so that higher stays more favourable.
    """
    correlations = _correlations(z)
    values, vectors = np.linalg.eigh(correlations)
    first = vectors[:, -1]
    agrees = float(first @ weights)
    return (first if agrees >= 0 else -first), float(values[-1] / len(weights))


def _correlations(z: Numbers) -> Numbers:
    """Pairwise; 0 where fewer than three schools know both, or one of the two does not vary among them."""
    count = z.shape[1]
    found = np.eye(count)
    for i in range(count):
        for j in range(i):
            both = ~np.isnan(z[:, i]) & ~np.isnan(z[:, j])
            found[i, j] = found[j, i] = _correlation(z[both, i], z[both, j])
    return found


def _correlation(a: Numbers, b: Numbers) -> float:
    if len(a) < LEAST_PAIRS:
        return 0.0
    a, b = a - a.mean(), b - b.mean()
    spread = np.sqrt((a @ a) * (b @ b))
    return float(a @ b / spread) if spread > 1e-12 else 0.0


def without_index(panel: Panel, found: Conditions) -> list[NotComputed]:
    """Schools of which the index is not known, each with its reason."""
    with_form = {form.organisation: row for row, form in enumerate(found.forms)}
    known = found.by_school
    missing = [school for school in sorted(panel.organisations) if school not in known]
    return [
        NotComputed(school, _too_little(found, with_form[school]) if school in with_form else NO_PASSPORT)
        for school in missing
    ]


def _too_little(found: Conditions, row: int) -> str:
    known = int((~np.isnan(found.z[row])).sum())
    of = counted(len(found.keys), "признака", "признаков", "признаков")
    return f"в социальном паспорте заполнено слишком мало: {known} из {of}"


def characteristics(found: Conditions) -> list[dict[str, Any]]:
    """What the territory is told of every characteristic that counts."""
    known = (~np.isnan(found.shares)).sum(axis=0)
    return [
        {
            "key": key,
            "name": CHARACTERISTICS[key],
            "weight": float(found.weights[i]),
            "mean": float(found.mean[i]),
            "known": int(known[i]),
        }
        for i, key in enumerate(found.keys)
    ]


def named(keys: Sequence[str]) -> list[str]:
    return [CHARACTERISTICS[key] for key in keys]
