"""Rating of schools, twice a year: a weighted sum of chosen values, with an interval for the place."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from msoko.core.analysis.choosing import chosen
from msoko.core.analysis.methods.rating._resampling import Coefficients, groups, intervals, places, pupils_of, resampled
from msoko.core.analysis.methods.rating._values import UNITS, VALUES, Values, values
from msoko.core.analysis.outcome import NotComputed, Outcome, Result, Told
from msoko.core.analysis.panel import NO_SCORES, Panel, Procedure
from msoko.core.analysis.parameters import Parameters
from msoko.core.analysis.standardised import Sat, Standardised, parallels, standardised
from msoko.core.vocabulary.russian import NBSP, counted, join_with_and, number, quote, signed

Numbers = NDArray[np.float64]
HALVES = {"first": "первое полугодие", "second": "второе полугодие", "year": "учебный год"}
LEAST_KNOWN = 0.5
"""Part of the weight that must be known of a school; and part of the schools that must know a value for it to count."""
DIGITS = 9
"""Of a score: schools with the same results must not have different places for the last bit of a mean."""


@dataclass(frozen=True)
class _Scores:
    """Schools that have a place. Arrays by school and value; `score` by school, `known` where the value is."""

    values: Values
    weights: Numbers
    z: Numbers
    sd: Numbers
    score: Numbers
    pupils: NDArray[np.int64]

    @property
    def known_weight(self) -> Numbers:
        return np.where(np.isnan(self.z), 0.0, self.weights).sum(axis=1)

    def coefficient(self, *keys: str) -> Numbers:
        """How much the score moves when what these values are made from moves by one, by school."""
        pull = np.where(np.isnan(self.z), 0.0, self.values.pull * self.weights / self.sd)
        of_keys = [column for column, key in enumerate(self.values.keys) if key in keys]
        return np.asarray(pull[:, of_keys].sum(axis=1) / self.known_weight, dtype=np.float64)


def compute(panel: Panel, parameters: Parameters) -> Outcome:
    """Figures: place, its interval, score and group; the result's interval is that of the place."""
    weights = {key: float(weight) for key, weight in parameters["weights"].items() if weight}
    refused = _refused(weights)
    if refused:
        return Outcome(not_computed=(NotComputed(None, refused),))
    procedures = _of_half(panel, parameters)
    results, without_scores = _with_scores(standardised(panel, procedures))
    unknown = [*results.not_computed, *without_scores]
    of_context = {**parameters, "procedures": _words(parameters), "weights": parameters["index_weights"]}
    found = values(panel, results, list(weights), of_context)
    scores, unranked = _scores(found, results, weights, parameters)
    unknown += [*found.not_computed, *unranked]
    if scores is None:
        half = HALVES[parameters["half"]]
        least = parameters["least_schools"]
        unknown.append(NotComputed(None, f"{half}: школ с результатами меньше {least}, рейтинга нет"))
        return Outcome(not_computed=tuple(unknown))
    return _ranked(panel, scores, results, parameters, unknown)


def _refused(weights: dict[str, float]) -> str:
    strangers = [quote(key) for key in weights if key not in VALUES]
    if strangers:
        return f"в весах неизвестные показатели: {join_with_and(strangers)}; есть {', '.join(VALUES)}"
    return "" if min(weights.values(), default=0) > 0 else "веса не могут быть меньше нуля, и хотя бы один нужен"


def _words(parameters: Parameters) -> list[str]:
    halves = ("first", "second") if parameters["half"] == "year" else (parameters["half"],)
    return [word for half in halves for word in parameters[f"procedures_{half}"]]


def _of_half(panel: Panel, parameters: Parameters) -> list[Procedure]:
    return chosen(panel.asked(), _words(parameters))


def _with_scores(results: Standardised) -> tuple[Standardised, list[NotComputed]]:
    """Without works of which only an aggregate table is known: no other pupils can be drawn from a mean."""
    known = [bool(one.group.histogram) for one in results.sat]
    kept = tuple(one for one, is_known in zip(results.sat, known, strict=True) if is_known)
    lacking = [
        NotComputed(one.school, NO_SCORES, one.work.procedure.key)
        for one, is_known in zip(results.sat, known, strict=True)
        if not is_known
    ]
    return replace(results, sat=kept), lacking


def _scores(
    found: Values, results: Standardised, weights: dict[str, float], parameters: Parameters
) -> tuple[_Scores | None, list[NotComputed]]:
    """Scores of the schools large enough to have a place, and the others with the reason."""
    cells = parallels(results.sat)
    sizes = dict.fromkeys(found.schools, 0)
    for school, n in zip(cells.school.tolist(), cells.n.tolist(), strict=True):
        sizes[school] += n
    large = np.array([sizes[school] >= parameters["min_n"] for school in found.schools], dtype=bool)
    unranked = [
        NotComputed(school, _too_small(sizes[school], parameters["min_n"]))
        for school in found.schools
        if sizes[school] < parameters["min_n"]
    ]
    scores = _weighted(_only(found, large), weights, sizes)
    # Without the schools of which too little is known a value may be left out that others were known by.
    while not (enough := ~np.isnan(scores.score)).all():
        unranked += [
            NotComputed(school, "известно меньше половины показателей рейтинга")
            for school, is_known in zip(scores.values.schools, enough.tolist(), strict=True)
            if not is_known
        ]
        scores = _weighted(_only(scores.values, enough), weights, sizes)
    return (None if len(scores.score) < parameters["least_schools"] else scores), unranked


def _too_small(n: int, least: int) -> str:
    wrote = counted(n, "обучающийся", "обучающихся", "обучающихся")
    return f"слишком мала для места: работы писали {wrote}, нужно {least}"


def _only(found: Values, rows: NDArray[np.bool_]) -> Values:
    schools = tuple(school for school, fits in zip(found.schools, rows.tolist(), strict=True) if fits)
    return replace(found, schools=schools, value=found.value[rows], pull=found.pull[rows])


def _weighted(found: Values, weights: dict[str, float], sizes: dict[int, int]) -> _Scores:
    """z-scores over the schools and their weighted mean; a value that most schools lack, or all share, is left out."""
    count = len(found.schools)
    known = (~np.isnan(found.value)).sum(axis=0)
    mean = np.divide(np.nansum(found.value, axis=0), known, out=np.zeros(len(known)), where=known > 0)
    squares = np.nansum((found.value - mean) ** 2, axis=0)
    sd = np.sqrt(np.divide(squares, known - 1, out=np.zeros(len(known)), where=known > 1))
    useful = (sd > 1e-9) & (known >= LEAST_KNOWN * count)
    kept = replace(
        found,
        keys=tuple(key for key, fits in zip(found.keys, useful.tolist(), strict=True) if fits),
        value=found.value[:, useful],
        pull=found.pull[:, useful],
    )
    of_keys = np.array([weights[key] for key in kept.keys])
    z = (kept.value - mean[useful]) / sd[useful]
    weight = np.where(np.isnan(z), 0.0, of_keys).sum(axis=1)
    enough = (weight > 0) & (weight >= LEAST_KNOWN * of_keys.sum())
    score = np.divide(np.nansum(z * of_keys, axis=1), weight, out=np.full(count, np.nan), where=enough).round(DIGITS)
    return _Scores(kept, of_keys, z, sd[useful], score, np.array([sizes[key] for key in found.schools], dtype=np.int64))


def _ranked(
    panel: Panel, scores: _Scores, results: Standardised, parameters: Parameters, unknown: list[NotComputed]
) -> Outcome:
    by_school = results.by_school
    asked = [key for key, weight in parameters["weights"].items() if weight]
    sat = [by_school[school] for school in scores.values.schools]
    coefficients = Coefficients(
        of_z=scores.coefficient("mean_percent", "above_expectation"),
        of_passed=scores.coefficient("pass_rate"),
        of_good=scores.coefficient("quality_rate"),
    )
    pupils = pupils_of(sat, scores.values.passing, coefficients)
    place = places(scores.score)
    low, high = intervals(place, resampled(scores.score, pupils, parameters["resamples"]))
    ranking = _Ranking(panel.year, parameters["half"], place, low, high, groups(place, low, high))
    return Outcome(
        results=tuple(_result(scores, ranking, i, works) for i, works in enumerate(sat)),
        procedures=tuple(work.reference() for work in results.works),
        not_computed=tuple(unknown),
        territory={
            "half": HALVES[parameters["half"]],
            "schools": len(sat),
            "groups": int(ranking.group.max()),
            "weights": {VALUES[key]: float(scores.weights[i]) for i, key in enumerate(scores.values.keys)},
            "left_out": [VALUES[key] for key in asked if key not in scores.values.keys],
        },
    )


@dataclass(frozen=True)
class _Ranking:
    """By school, in the order of the scores."""

    year: int
    half: str
    place: NDArray[np.int64]
    low: NDArray[np.int64]
    high: NDArray[np.int64]
    group: NDArray[np.int64]


def _result(scores: _Scores, ranking: _Ranking, i: int, works: Sequence[Sat]) -> Result:
    low, high = int(ranking.low[i]), int(ranking.high[i])
    return Result(
        organisation=scores.values.schools[i],
        statistic={
            "rank": int(ranking.place[i]),
            "low": low,
            "high": high,
            "of": len(scores.score),
            "group": int(ranking.group[i]),
            "groups": int(ranking.group.max()),
            "group_size": int((ranking.group == ranking.group[i]).sum()),
            "score": float(scores.score[i]),
            "values": [_value(scores, i, column) for column in range(len(scores.weights))],
            "n": int(scores.pupils[i]),
            "works": len(works),
            "half": HALVES[ranking.half],
            "year": ranking.year,
        },
        interval=(float(low), float(high)),
        inputs=tuple(one.group.input for one in works),
        strength=float(scores.score[i]),
    )


def _value(scores: _Scores, i: int, column: int) -> dict[str, Any]:
    """One part of the score; value and z are None where it is not known."""
    key, z = scores.values.keys[column], float(scores.z[i, column])
    is_known = z == z
    return {
        "key": key,
        "name": VALUES[key],
        "unit": UNITS[key],
        "value": float(scores.values.value[i, column]) if is_known else None,
        "z": z if is_known else None,
        "weight": float(scores.weights[column]),
    }


def sentence(told: Told) -> str:
    """«Место 12 из 640 (95 %: от 5 до 31), группа 2 из 5: порядок внутри группы не доказан. Балл +0,81: …»"""
    one = told.statistic
    place = f"Место {number(one['rank'])} из{NBSP}{number(one['of'])} (95{NBSP}%: {_places(one)})"
    group = f"группа {one['group']} из{NBSP}{one['groups']}"
    alone = one["group_size"] == 1
    inside = "" if alone else f", в{NBSP}ней {_schools(one['group_size'])}, порядок внутри группы не{NBSP}доказан"
    parts = [f"{value['name']} {signed(value['z'], 2)}" for value in one["values"] if value["z"] is not None]
    lacks = [value["name"] for value in one["values"] if value["z"] is None]
    without = f"; нет данных: {join_with_and(lacks)}" if lacks else ""
    wrote = counted(one["n"], "обучающегося", "обучающихся", "обучающихся")
    return (
        f"{place}, {group}{inside}. Балл {signed(one['score'], 2)}: {join_with_and(parts)}{without}. "
        f"По{NBSP}работам {wrote}, {one['half']}."
    )


def _places(one: Any) -> str:
    if one["low"] == one["high"]:
        return f"место не{NBSP}меняется"
    return f"от{NBSP}{number(one['low'])} до{NBSP}{number(one['high'])}"


def _schools(n: int) -> str:
    return counted(n, "школа", "школы", "школ")
