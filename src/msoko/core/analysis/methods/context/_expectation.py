"""What results a school's conditions lead one to expect, learnt from the other schools of the region."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from msoko.core.analysis.choosing import chosen
from msoko.core.analysis.methods.context._conditions import Conditions, conditions, without_index
from msoko.core.analysis.methods.context._covariates import COVARIATES, Described, Design, design, lacks
from msoko.core.analysis.multilevel import Fit, random_intercept
from msoko.core.analysis.outcome import NotComputed
from msoko.core.analysis.panel import Input, Panel
from msoko.core.analysis.parameters import Parameters
from msoko.core.analysis.standardised import Parallels, Sat, Scale, Standardised, parallels, standardised
from msoko.core.monitoring.intervals import student_95
from msoko.core.vocabulary.russian import counted, join_with_and, quote
from msoko.core.vocabulary.unknowns import Unknown

Numbers = NDArray[np.float64]
NO_RESULTS = "в учтённых работах результатов нет"
FEWEST_SCHOOLS = 5
"""Fewer bear no coefficient besides the mean, whatever a method asks for that counts schools for itself."""
LIKE_NO_OTHER = "других школ в таких условиях нет: ожидать не с чего"


@dataclass(frozen=True)
class Compared:
    """One school against what was to be expected; all in the unit of `Expected.scale`, bounds of 95 %."""

    school: int
    actual: float
    expected: float
    difference: float
    bounds: tuple[float, float]
    shrunken: float
    shrunken_bounds: tuple[float, float]
    pupils: int
    parallels: int
    sat: tuple[Sat, ...]

    @property
    def is_above(self) -> bool:
        """Above what was expected, beyond chance."""
        return self.bounds[0] > 0

    def told(self) -> dict[str, Any]:
        """What a statistic keeps of it."""
        return {
            "actual": self.actual,
            "expected": self.expected,
            "difference": self.difference,
            "low": self.bounds[0],
            "high": self.bounds[1],
            "shrunken": self.shrunken,
            "shrunken_low": self.shrunken_bounds[0],
            "shrunken_high": self.shrunken_bounds[1],
            "pupils": self.pupils,
            "parallels": self.parallels,
            "works": len(self.sat),
        }


@dataclass(frozen=True)
class Expected:
    """`compared`: school → how it did. `reason` says why there is no model at all; then `compared` is empty."""

    year: int
    compared: Mapping[int, Compared]
    not_computed: tuple[NotComputed, ...]
    standardised: Standardised
    conditions: Conditions | None = None
    design: Design | None = None
    fit: Fit | None = None
    reason: str = ""

    @cached_property
    def scale(self) -> Scale:
        return self.standardised.scale

    def is_beyond(self, school: int) -> bool:
        """Whether the index is lower or higher than that of every other school of the model: a line prolonged."""
        assert self.conditions is not None
        own = self.conditions.by_school[school]
        second, last_but_one = self._inner_indices
        return own < second or own > last_but_one

    @cached_property
    def _inner_indices(self) -> tuple[float, float]:
        """The second lowest and the second highest index: what lies outside them lies outside all the others."""
        assert self.conditions is not None
        ordered = sorted(self.conditions.by_school[key] for key in self.compared)
        return ordered[1], ordered[-2]

    def inputs(self, school: int) -> tuple[Input, ...]:
        """The school's own results. Those of all other schools stand in the numbers of the model."""
        return tuple(one.group.input for one in self.compared[school].sat)


def expectation(panel: Panel, year: int, parameters: Parameters) -> Expected:
    """The model over the procedures of one year that the parameter and the panel's grade and subject leave."""
    then = replace(panel, year=year)
    results = standardised(panel, chosen(then.asked(), parameters["procedures"]))
    strangers = [quote(word) for word in parameters["covariates"] if word not in COVARIATES]
    if strangers:
        known = ", ".join(COVARIATES)
        return _refused(year, results, f"неизвестные условия: {join_with_and(strangers)}; есть {known}")
    if not results.works:
        return _refused(year, results, NO_RESULTS)
    found = conditions(panel, year, parameters)
    if isinstance(found, str):
        return _refused(year, results, found)
    described, unfit = _described(panel, results, found, parameters)
    least = max(parameters["least_schools"], FEWEST_SCHOOLS)
    if len(described) < least:
        few = counted(len(described), "школа", "школы", "школ")
        return _refused(year, results, f"модели нужно не меньше {least} школ с результатами и паспортом, а есть {few}")
    return _fitted(year, results, found, described, unfit, parameters)


def _refused(year: int, results: Standardised, reason: str) -> Expected:
    return Expected(year, {}, (NotComputed(None, reason), *results.not_computed), results, reason=reason)


def _described(
    panel: Panel, results: Standardised, found: Conditions, parameters: Parameters
) -> tuple[list[Described], list[NotComputed]]:
    """Schools that can be in the model, and those that cannot with the reason."""
    with_results, indices = results.by_school, found.by_school
    unfit = [one for one in without_index(panel, found) if one.organisation in with_results]
    unfit += [NotComputed(key, NO_RESULTS) for key in indices if key not in with_results]
    sizes = {form.organisation: form.total for form in found.forms}
    described = [
        Described(panel.organisations[key], indices[key], None if isinstance(size, Unknown) else size)
        for key, size in sizes.items()
        if key in indices and key in with_results
    ]
    lacking = lacks(described, parameters["covariates"])
    unfit += [NotComputed(key, reason) for key, reason in lacking.items()]
    return [one for one in described if one.school.key not in lacking], unfit


def _fitted(
    year: int,
    results: Standardised,
    found: Conditions,
    described: Sequence[Described],
    unfit: list[NotComputed],
    parameters: Parameters,
) -> Expected:
    plan = design(described, parameters["covariates"], parameters["schools_per_coefficient"])
    places = {one.school.key: place for place, one in enumerate(described)}
    sat = [one for one in results.sat if one.school in places]
    cells = parallels(sat)
    codes = np.array([places[key] for key in cells.school.tolist()], dtype=np.int64)
    fit = random_intercept(cells.z, cells.sampling, codes, plan.matrix)
    by_school: dict[int, list[Sat]] = {}
    for one in sat:
        by_school.setdefault(one.school, []).append(one)
    compared = _compared(fit, results.scale, described, cells, codes, by_school)
    alone = [NotComputed(one.school.key, LIKE_NO_OTHER) for one in described if one.school.key not in compared]
    return Expected(year, compared, (*unfit, *alone, *results.not_computed), results, found, plan, fit)


def _compared(
    fit: Fit,
    scale: Scale,
    described: Sequence[Described],
    cells: Parallels,
    codes: NDArray[np.int64],
    sat: Mapping[int, list[Sat]],
) -> dict[int, Compared]:
    """The school itself is not among those that its expectation is learnt from, hence one degree of freedom less."""
    times = student_95(max(1, len(described) - 1 - len(fit.coefficients))) * scale.spread
    pupils = np.bincount(codes, cells.n, minlength=len(described)).astype(int)
    count = np.bincount(codes, minlength=len(described))
    half, shrunken_half = times * np.sqrt(fit.difference_error), times * np.sqrt(fit.shrunken_error)
    difference, shrunken = fit.difference * scale.spread, fit.shrunken * scale.spread
    return {
        one.school.key: Compared(
            school=one.school.key,
            actual=float(scale.of(fit.actual[i])),
            expected=float(scale.of(fit.expected[i])),
            difference=float(difference[i]),
            bounds=_around(difference[i], half[i]),
            shrunken=float(shrunken[i]),
            shrunken_bounds=_around(shrunken[i], shrunken_half[i]),
            pupils=int(pupils[i]),
            parallels=int(count[i]),
            sat=tuple(sat[one.school.key]),
        )
        for i, one in enumerate(described)
        if np.isfinite(difference[i])
    }


def _around(middle: Any, half: Any) -> tuple[float, float]:
    return float(middle - half), float(middle + half)
