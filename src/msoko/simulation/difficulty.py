"""How hard the items are: graded-response curves fitted so that each work fails and honours the shares it shall.

The probability of reaching step k of an item is ``logistic(slope · (ability − step_k))``. Slopes and steps are drawn
by lot once a work; one shift and one factor of the slopes then put the work's borders at the abilities where they
belong.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from msoko.simulation.randomness import stream
from msoko.simulation.works import Work

# Spread of ability in the whole region (schools, classes, pupils, the day), and how exactly a work of this length
# sees it.
REGION_SPREAD = 1.02
EXACTNESS = 0.86
# Those who stay for grade 11 are the better part of their cohort.
SENIORS_AHEAD = 0.55
SENIORS_SPREAD = 0.85
# The works are the same in every district: their lot has a seed of its own.
SEED_OF_WORKS = 2021


@dataclass(frozen=True, eq=False)
class Curves:
    """``steps[i]`` are the thresholds of item i (length = its maximum), ``slopes[i]`` its discrimination."""

    slopes: NDArray[np.float64]
    steps: tuple[NDArray[np.float64], ...]

    def reaching(self, item: int, ability: NDArray) -> NDArray[np.float64]:
        """P(score ≥ k) for k = 1…maximum; shape (len(ability), maximum)."""
        return 1 / (1 + np.exp(-self.slopes[item] * (ability[:, None] - self.steps[item])))

    def expected_total(self, ability: NDArray) -> NDArray[np.float64]:
        """The mean total score at each ability."""
        return sum((self.reaching(i, ability).sum(axis=1) for i in range(len(self.steps))), np.zeros(len(ability)))

    def moved(self, shift: float, factor: float) -> Curves:
        """The same items, harder by ``shift`` and sharper by ``factor``."""
        return Curves(self.slopes * factor, tuple(step + shift for step in self.steps))


def _drawn(work: Work) -> Curves:
    lot = stream(SEED_OF_WORKS, "items", work.code)
    count = len(work.items)
    places = np.linspace(-0.9, 0.9, count) + 0.45 * lot.standard_normal(count)
    slopes = lot.uniform(0.9, 1.7, count)
    spreads = [
        0.35 * item.maximum * np.linspace(-1, 1, item.maximum) if item.maximum > 1 else np.zeros(1)
        for item in work.items
    ]
    return Curves(slopes, tuple(place + spread for place, spread in zip(places, spreads, strict=True)))


def writers(work: Work) -> tuple[float, float]:
    """Mean and spread of ability among those who write this work in the region."""
    return (SENIORS_AHEAD, SENIORS_SPREAD) if work.grade == 11 else (0.0, REGION_SPREAD)


def _bisect(is_too_low, low: float, high: float) -> float:
    for _ in range(20):
        middle = (low + high) / 2
        low, high = (middle, high) if is_too_low(middle) else (low, middle)
    return (low + high) / 2


@cache
def curves(work: Work) -> Curves:
    """The fitted curves: the lowest and the highest border stand at the abilities that shall meet them."""
    mean, spread = writers(work)
    cuts = [NormalDist().inv_cdf(p) * spread / EXACTNESS**0.5 + mean for p in (work.failing, 1 - work.top)]
    low, high = cuts
    drawn = _drawn(work)
    # All steps of all items in one row: the search asks for the mean total some ten thousand times.
    slopes = np.repeat(drawn.slopes, [len(steps) for steps in drawn.steps])
    steps = np.concatenate(drawn.steps)

    def mean_total(ability: float, shift: float, factor: float) -> float:
        return float((1 / (1 + np.exp(-factor * slopes * (ability - steps - shift)))).sum())

    def shift_for(factor: float) -> float:
        return _bisect(lambda shift: mean_total(low, shift, factor) > work.borders[0] + 0.5, -6, 6)

    factor = _bisect(lambda f: mean_total(high, shift_for(f), f) < work.borders[2] + 0.5, 0.3, 4)
    return drawn.moved(shift_for(factor), factor)


def score_distribution(work: Work, ability: NDArray) -> NDArray[np.float64]:
    """P(total = s) at each ability (recursion of Lord and Wingersky); shape (len(ability), maximum + 1)."""
    fitted = curves(work)
    table = np.zeros((len(ability), work.maximum + 1))
    table[:, 0] = 1
    for i, item in enumerate(work.items):
        reach = np.hstack([np.ones((len(ability), 1)), fitted.reaching(i, ability), np.zeros((len(ability), 1))])
        grown = np.zeros_like(table)
        for score in range(item.maximum + 1):
            share = reach[:, score] - reach[:, score + 1]
            grown[:, score:] += share[:, None] * table[:, : table.shape[1] - score]
        table = grown
    return table
