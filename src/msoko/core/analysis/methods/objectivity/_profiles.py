"""The profile of a class over tasks: does it look as if answers had been corrected to the full score?

Two stories are compared for every class and work. In the honest one the share of full scores of each task is that of a
class of some level, give or take the natural variance of the task between classes. In the other somebody corrected
answers: in some of the tasks (COSTS) a part of the answers that were not full became full, so that hard tasks gain more
than easy ones. The level of the class is not known in either story: it is averaged over, around what is expected of it.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import logsumexp

from msoko.core.analysis.methods.objectivity._classes import ClassRows, Territory, territories
from msoko.core.analysis.methods.objectivity._levels import Levels
from msoko.core.analysis.methods.objectivity._spread import Floats

CORRECTIONS = ((0.4, 0.5), (1.0, 0.4))
"""Share of tasks that were corrected, and of answers corrected in them: a few tasks, or a little everywhere."""
LEAST_CLASS = 8
"""Smaller classes say too little of natural variance."""
MEDIAN_OF_SQUARE = 0.4549
"""Median of the square of a standard normal value: a variance from it is not widened by manipulated classes."""
ROUNDING = 1e-5


@dataclass(frozen=True)
class Profiles:
    """Of each class: `log_odds` natural logarithm of the likelihood ratio; `answers` given, `full` of them full,
    `extra` full ones beyond what an honest class should have in the tasks that look corrected, with the bounds of its
    95 % interval; `odds_by_item` (C, k) probability that the task was corrected if anything was.
    """

    log_odds: Floats
    extra: Floats
    extra_low: Floats
    extra_high: Floats
    odds_by_item: Floats
    expected_by_item: Floats


def profiles(rows: ClassRows, levels: Levels) -> Profiles:
    """Every class against its territory; arrays in the order of `rows.classes`."""
    shape, k = len(rows.classes), len(rows.maxima)
    found = {name: np.zeros(shape) for name in ("log_odds", "extra", "extra_low", "extra_high")}
    by_item = {name: np.zeros((shape, k)) for name in ("odds_by_item", "expected_by_item")}
    for classes, reference in territories(rows):
        territory = Territory(rows, reference[rows.of_class])
        told = _Told(rows, territory, reference, levels)
        for name, values in told.about(classes).items():
            (found | by_item)[name][classes] = values
    return Profiles(**found, **by_item)


class _Told:
    """Both stories of the classes that share one territory. Axes: class, level, task."""

    def __init__(self, rows: ClassRows, territory: Territory, reference: np.ndarray, levels: Levels) -> None:
        self.rows, self.territory, self.levels = rows, territory, levels
        self.full_by_level = territory.by_level @ territory.full
        self.standings = (territory.means_by_level - territory.mean) / max(territory.deviation, 1e-9)
        self.natural = self._natural_variance(reference)

    def _sampling(self, classes: np.ndarray) -> Floats:
        """Variance of the share of full scores, given the totals of the class; shape (C, k)."""
        n = np.maximum(self.rows.n[classes], 1)[:, None]
        return self.rows.histograms[classes] @ (self.territory.full * (1 - self.territory.full)) / n**2

    def _natural_variance(self, reference: np.ndarray) -> Floats:
        """Between classes of one level, by task; shape (k,). Each class is held against its own level."""
        classes = reference & (self.rows.n >= LEAST_CLASS)
        if not classes.any():
            return np.zeros(len(self.rows.maxima))
        fitted = self.territory.at_mean(self.rows.means[classes], self.full_by_level)
        squares = (self.rows.full_shares[classes] - fitted) ** 2 / MEDIAN_OF_SQUARE
        return np.maximum(0.0, np.median(squares - self._sampling(classes), axis=0))

    def about(self, classes: np.ndarray) -> dict[str, Floats]:
        n = np.maximum(self.rows.n[classes], 1)
        off = self.rows.full_shares[classes][:, None, :] - self.full_by_level
        variance = self._sampling(classes)[:, None, :] + self.natural + ROUNDING
        prior = self._prior(classes, n)
        honest = -(off**2) / (2 * variance)
        base = logsumexp(prior + honest.sum(axis=2), axis=1)
        stories = [self._corrected(off, variance, honest, n, *correction) for correction in CORRECTIONS]
        weights = np.stack([prior + story.sum(axis=2) for story, _ in stories], axis=1)
        log_odds = logsumexp(weights, axis=(1, 2)) - np.log(len(CORRECTIONS)) - base
        after = np.exp(weights - logsumexp(weights, axis=(1, 2), keepdims=True))
        picked = np.stack([chance for _, chance in stories], axis=1)
        extra = n[:, None, None] * (picked * off[:, None]).sum(axis=3)
        mean, low, high = _summed_up(extra.reshape(len(n), -1), after.reshape(len(n), -1))
        level = np.exp(prior + honest.sum(axis=2) - base[:, None])
        return {
            "log_odds": log_odds,
            "extra": mean,
            "extra_low": low,
            "extra_high": high,
            "odds_by_item": (after[..., None] * picked).sum(axis=(1, 2)),
            "expected_by_item": level @ self.full_by_level,
        }

    def _prior(self, classes: np.ndarray, n: np.ndarray) -> Floats:
        """Logarithm of the weight of each level: normal around what is expected; shape (C, levels)."""
        off = self.standings - self.levels.expected[classes][:, None]
        density = -(off**2) / (2 * (self.levels.variance + 1 / n[:, None]))
        return density + np.log(np.maximum(np.gradient(self.standings), 1e-12))

    def _corrected(
        self, off: Floats, variance: Floats, honest: Floats, n: np.ndarray, tasks: float, answers: float
    ) -> tuple[Floats, Floats]:
        """Log-likelihood of the other story less the constant of the honest one, and P(task was corrected)."""
        gain = answers * (1 - self.full_by_level)
        wider = variance + (1 - answers) * gain / n[:, None, None]
        corrected = -((off - gain) ** 2) / (2 * wider) - np.log(wider / variance) / 2
        if tasks == 1:
            return corrected, np.ones_like(corrected)
        mixed = np.logaddexp(np.log(1 - tasks) + honest, np.log(tasks) + corrected)
        return mixed, np.exp(np.log(tasks) + corrected - mixed)


def _summed_up(values: Floats, weights: Floats) -> tuple[Floats, Floats, Floats]:
    """Weighted mean and the bounds of the middle 95 %; shapes (C, V)."""
    order = np.argsort(values, axis=1)
    values, weights = (np.take_along_axis(table, order, axis=1) for table in (values, weights))
    below = np.cumsum(weights, axis=1)
    low, high = ((below < edge).sum(axis=1).clip(max=values.shape[1] - 1) for edge in (0.025, 0.975))
    rows = np.arange(len(values))
    return (values * weights).sum(axis=1), values[rows, low], values[rows, high]
