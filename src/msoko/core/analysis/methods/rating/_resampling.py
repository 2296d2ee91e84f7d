"""How places of schools would come out with other pupils: resampling from the distributions of scores.

Works of one parallel are written by the same pupils. Who of them is who in another work is not known to aggregates, so
a pupil is taken to have the same place in all works of the parallel: no coupling gives a wider interval.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from msoko.core.analysis.methods.rating._values import Passing
from msoko.core.analysis.standardised import Sat

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]
SEED = 2_026
"""Any number: the same results must give the same places."""
LEVEL = (0.025, 0.975)


@dataclass(frozen=True)
class Coefficients:
    """How much the score of each school rises with its mean by one deviation, with its shares by one point."""

    of_z: Numbers
    of_passed: Numbers
    of_good: Numbers


@dataclass(frozen=True)
class Pupils:
    """Every pupil of every parallel, a slot each, schools one after another.

    `worth` is what the pupil adds to the school's score, `first` and `size` where the slots of the pupil's parallel
    begin and how many they are; `starts` where each school's slots begin.
    """

    worth: Numbers
    first: Whole
    size: Whole
    starts: Whole


@dataclass(frozen=True)
class _Works:
    """The works of the schools, one after another; arrays of equal length."""

    school: Whole
    parallel: Whole
    n: Whole
    weight: Numbers
    passed_from: Numbers
    good_from: Numbers
    scores: Numbers
    starts: Whole


def pupils_of(
    by_school: Sequence[Sequence[Sat]], passing: Mapping[tuple[int, int], Passing], coefficients: Coefficients
) -> Pupils:
    """Slots of the schools given, in their order; every work must know its distribution of scores."""
    works = _works(by_school, passing)
    sizes = np.zeros(works.parallel.max() + 1, dtype=np.int64)
    np.maximum.at(sizes, works.parallel, works.n)
    first = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    worth = _worth(works, sizes, first, coefficients)
    of_school = np.zeros(len(by_school), dtype=np.int64)
    np.add.at(of_school, _school_of_parallel(works), sizes)
    starts = np.concatenate([[0], np.cumsum(of_school)[:-1]])
    return Pupils(worth / np.repeat(sizes, sizes), np.repeat(first, sizes), np.repeat(sizes, sizes), starts)


def _works(by_school: Sequence[Sequence[Sat]], passing: Mapping[tuple[int, int], Passing]) -> _Works:
    places: list[tuple[int, int, int]] = []
    parts: list[tuple[float, float, float]] = []
    z: list[float] = []
    counts: list[int] = []
    parallels: dict[tuple[int, int], int] = {}
    for school, works in enumerate(by_school):
        total = sum(one.n for one in works)
        for one in sorted(works, key=lambda one: one.work.procedure.cohort):
            parallel = parallels.setdefault((school, one.work.procedure.cohort), len(parallels))
            told = passing[one.school, one.work.procedure.key]
            histogram = sorted((one.group.histogram or {}).items())
            z += [(score - one.work.mean) / one.work.sd for score, _ in histogram]
            counts += [n for _, n in histogram]
            places.append((school, parallel, sum(n for _, n in histogram)))
            parts.append((one.n / total, _or_nan(told.passed_from), _or_nan(told.good_from)))
    school_of, parallel_of, n_of = np.array(places, dtype=np.int64).T
    weight, passed_from, good_from = np.array(parts, dtype=np.float64).T
    scores = np.repeat(np.array(z, dtype=np.float64), np.array(counts, dtype=np.int64))
    starts = np.concatenate([[0], np.cumsum(n_of)[:-1]])
    return _Works(school_of, parallel_of, n_of, weight, passed_from, good_from, scores, starts)


def _or_nan(share: float | None) -> float:
    return float("nan") if share is None else share


def _school_of_parallel(works: _Works) -> Whole:
    found = np.zeros(works.parallel.max() + 1, dtype=np.int64)
    found[works.parallel] = works.school
    return found


def _worth(works: _Works, sizes: Whole, first: Whole, coefficients: Coefficients) -> Numbers:
    """By slot of the parallel: what the pupil at that place of the order brings in all works together."""
    wide = sizes[works.parallel]  # slots of the parallel, for each work
    work = np.repeat(np.arange(len(wide)), wide)
    slot = np.arange(wide.sum()) - np.repeat(np.cumsum(wide) - wide, wide)
    place = (slot + 0.5) / wide[work]
    z = works.scores[works.starts[work] + (place * works.n[work]).astype(np.int64)]
    school = works.school[work]
    worth = coefficients.of_z[school] * z
    for share, of_point in ((works.passed_from, coefficients.of_passed), (works.good_from, coefficients.of_good)):
        is_over = np.where(np.isnan(share[work]), 0.0, 100.0 * (place >= share[work]))
        worth += of_point[school] * is_over
    at = first[works.parallel][work] + slot
    return np.bincount(at, works.weight[work] * worth, minlength=int(sizes.sum())).astype(np.float64)


def resampled(scores: Numbers, pupils: Pupils, times: int) -> Numbers:
    """Scores of the schools with other pupils, of shape (times, schools), around their own; the same every time."""
    random = np.random.default_rng(SEED)
    centre = np.add.reduceat(pupils.worth, pupils.starts)
    found = np.empty((times, len(scores)))
    for draw in found:
        chosen = pupils.first + (random.random(len(pupils.worth)) * pupils.size).astype(np.int64)
        draw[:] = np.add.reduceat(pupils.worth[chosen], pupils.starts)
    return scores + found - centre


def places(scores: Numbers) -> Whole:
    """1 = the highest score; equal scores share the better place. Works along the last axis."""
    ordered = np.sort(-scores, axis=-1)
    rows = zip(ordered.reshape(-1, scores.shape[-1]), -scores.reshape(-1, scores.shape[-1]), strict=True)
    found = [1 + np.searchsorted(row, wanted, side="left") for row, wanted in rows]
    return np.array(found, dtype=np.int64).reshape(scores.shape)


def intervals(place: Whole, drawn: Numbers) -> tuple[Whole, Whole]:
    """Bounds of the places in 95 of 100 draws; the place itself always lies within them."""
    low, high = np.quantile(places(drawn), LEVEL, axis=0, method="nearest")
    return np.minimum(place, low.astype(np.int64)), np.maximum(place, high.astype(np.int64))


def groups(place: Whole, low: Whole, high: Whole) -> Whole:
    """1 = the first group. It begins with a school and holds all whose interval overlaps that school's."""
    found = np.zeros(len(place), dtype=np.int64)
    number, reach = 0, 0
    for i in np.lexsort((low, place)).tolist():
        if not number or low[i] > reach:
            number, reach = number + 1, int(high[i])
        found[i] = number
    return found
