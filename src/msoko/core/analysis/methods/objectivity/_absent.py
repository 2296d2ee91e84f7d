"""How many were absent, and how many weak results are missing; arrays over schools, all works together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from msoko.core.analysis.methods.objectivity._spread import Floats, Yardstick, chance_of_more

Counts = NDArray[np.int64]

STEPS = 8
"""Newton steps to the tilt that gives a school its own mean; from the start at the normal answer four suffice."""
STEEPEST = 3.0
WEIGHT_OF_WEAK = 0.5
"""In the order of schools the missing weak count half: the absent themselves are seen more exactly."""


@dataclass(frozen=True)
class Attendance:
    """Of each school: `listed` = present + absent over all works, `extra` absent beyond the usual with standard `error`
    and one-sided `p`; `weak` results, how many are expected and the p-value of so few; `score` orders the schools.
    """

    listed: Counts
    absent: Counts
    present: Counts
    extra: Floats
    error: Floats
    p: Floats
    weak: Counts
    weak_expected: Floats
    p_weak: Floats
    score: Floats


def attendance(
    own: Sequence[Counts], others: Sequence[Counts], absent: Counts, yardstick: Yardstick, weakest: float
) -> Attendance:
    """`own`, `others`: a work each, (S, scores); `absent` (S, works). Schools that sat no work have p = 1.

    Weak are results at or below the score that the share `weakest` of the other participants does not exceed.
    """
    present = np.stack([table.sum(axis=1) for table in own], axis=1)
    listed = (present + absent) * (present > 0)
    usual = _shares_of_all(listed, absent)
    expected, chance = (listed * usual).sum(axis=1), (listed * usual * (1 - usual)).sum(axis=1)
    n = listed.sum(axis=1)
    extra = (absent * (present > 0)).sum(axis=1) - expected
    z, error, extra = _standing(extra, chance, n, yardstick)
    weak, weak_expected, weak_chance = _weak(own, others, weakest)
    z_weak, _, _ = _standing(weak_expected - weak, weak_chance, present.sum(axis=1), Yardstick(0.0, yardstick.enough))
    return Attendance(
        listed=n,
        absent=(absent * (present > 0)).sum(axis=1),
        present=present.sum(axis=1),
        extra=extra,
        error=error,
        p=chance_of_more(z),
        weak=weak,
        weak_expected=weak_expected,
        p_weak=chance_of_more(z_weak),
        score=z + WEIGHT_OF_WEAK * z_weak,
    )


def _shares_of_all(listed: Counts, absent: Counts) -> Floats:
    """Share of absent in each work over all schools, half a person added to either side; shape (works,)."""
    return np.asarray(((absent * (listed > 0)).sum(axis=0) + 0.5) / (listed.sum(axis=0) + 1))


def _standing(extra: Floats, chance: Floats, n: Counts, yardstick: Yardstick) -> tuple[Floats, Floats, Floats]:
    """z of a surplus over `n` people against chance and the spread between schools, its standard error, the surplus.

    Usual is not the mean but the middle of the schools: a few with very many absent must not make all others good, nor
    a large one itself.
    """
    known = (n > 0) & (chance > 0)
    size = np.where(known, n, 1)
    share, variance = extra / size, np.where(known, chance, 1.0) / size**2
    centre = float(np.median(share[known])) if known.any() else 0.0
    between = yardstick.variance(share[known] - centre, variance[known])
    z = np.where(known, (share - centre) / np.sqrt(variance + between), 0.0)
    return z, np.where(known, size * np.sqrt(variance + between), 0.0), np.where(known, extra - centre * size, 0.0)


def _weak(own: Sequence[Counts], others: Sequence[Counts], weakest: float) -> tuple[Counts, Floats, Floats]:
    """Weak results of each school, how many its mean lets expect, and the variance of that number."""
    schools = len(own[0])
    seen, expected, chance = np.zeros(schools, dtype=np.int64), np.zeros(schools), np.zeros(schools)
    for mine, theirs in zip(own, others, strict=True):
        share = np.cumsum(theirs, axis=1) / np.maximum(theirs.sum(axis=1, keepdims=True), 1)
        is_weak = np.arange(mine.shape[1]) <= (share < weakest).sum(axis=1)[:, None]
        n = mine.sum(axis=1)
        usual = (_tilted_to_mean(mine, theirs) * is_weak).sum(axis=1)
        seen += (mine * is_weak).sum(axis=1)
        expected += n * usual
        chance += n * usual * (1 - usual)
    return seen, expected, chance


def _tilted_to_mean(own: Counts, others: Counts) -> Floats:
    """The distribution of the others, tilted so that it has the school's mean; shape (S, scores)."""
    scores = np.arange(own.shape[1])
    n = own.sum(axis=1)
    weights = others + 1e-9
    centre = weights @ scores / weights.sum(axis=1)
    target = np.where(n > 0, own @ scores / np.maximum(n, 1), centre)
    tilt = np.zeros(len(own))
    for _ in range(STEPS):
        tilted = weights * np.exp(np.clip(tilt[:, None] * (scores - centre[:, None]), -50, 50))
        tilted /= tilted.sum(axis=1, keepdims=True)
        mean = tilted @ scores
        variance = np.maximum(tilted @ scores**2 - mean**2, 0.1)
        tilt = np.clip(tilt + (target - mean) / variance, -STEEPEST, STEEPEST)
    return np.asarray(tilted)
