"""Classes of one work, what the territory does on each task, and how a class of a given level should do.

What is expected of a participant is read off the territory: the share of those with the same total (smoothed over
neighbouring totals) who got each score of each task. What is expected of a class follows from a distribution of totals:
the territory's, tilted to the level of the class.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from msoko.core.analysis.methods.objectivity._spread import Floats

ClassKey = tuple[int, int, str]
"""School, cohort (Procedure.cohort), normal name of the class: the same pupils in every work and year."""

SMOOTHED_OVER = 1 / 20
"""Standard deviation of the smoothing over totals, as a share of the greatest total, but one point at least."""
UNSEEN = 0.5
"""Participants added to every total, spread evenly over the scores of a task: what nobody did is not impossible."""
LARGE_SHARE = 0.05
"""A school with a larger share of the participants is compared with the others alone; of a smaller one the trace in
the territory's figures is far below their own error."""
LEVELS = np.linspace(-2.2, 2.2, 31)
"""Levels of a class for which expectations are tabled: its mean less the territory's, in standard deviations."""


@dataclass(frozen=True)
class ClassRows:
    """Participants of one work: `items` (N, k) scores 0…`maxima` (k,), `of_class` (N,) places in `classes`."""

    items: NDArray[np.int64]
    maxima: NDArray[np.int64]
    of_class: NDArray[np.int64]
    classes: tuple[ClassKey, ...]

    @cached_property
    def totals(self) -> NDArray[np.int64]:
        return np.asarray(self.items.sum(axis=1))

    @cached_property
    def n(self) -> NDArray[np.int64]:
        """Participants of each class; shape (C,)."""
        return np.bincount(self.of_class, minlength=len(self.classes))

    @cached_property
    def schools(self) -> NDArray[np.int64]:
        return np.array([school for school, _, _ in self.classes], dtype=np.int64)

    @cached_property
    def histograms(self) -> NDArray[np.int64]:
        """Participants of each class by total; shape (C, totals)."""
        width = int(self.maxima.sum()) + 1
        cells = np.bincount(self.of_class * width + self.totals, minlength=len(self.classes) * width)
        return cells.reshape(-1, width)

    @cached_property
    def means(self) -> Floats:
        return self.mean_of(self.totals.astype(float))

    @cached_property
    def deviations(self) -> Floats:
        """Standard deviation of totals in each class (n − 1); 0 for one participant."""
        squares = np.bincount(self.of_class, (self.totals - self.means[self.of_class]) ** 2, len(self.classes))
        return np.sqrt(squares / np.maximum(self.n - 1, 1))

    @cached_property
    def full_shares(self) -> Floats:
        """Share of participants of each class with the full score, by task; shape (C, k)."""
        return self.mean_by_item((self.items >= self.maxima).astype(float))

    @cached_property
    def item_shares(self) -> Floats:
        """Mean score of each class as a share of the task's maximum; shape (C, k)."""
        return self.mean_by_item(self.items / self.maxima)

    def mean_of(self, values: Floats) -> Floats:
        """Class means of a value of each participant; 0 for a class without participants."""
        return np.bincount(self.of_class, values, len(self.classes)) / np.maximum(self.n, 1)

    def mean_by_item(self, values: Floats) -> Floats:
        return np.stack([self.mean_of(column) for column in values.T], axis=1)

    def standing(self) -> Floats:
        """Mean of each class less the mean of all, in standard deviations of all; 0 where everybody has one total."""
        spread = self.totals.std()
        return (self.means - self.totals.mean()) / spread if spread > 0 else np.zeros(len(self.classes))


class Territory:
    """What participants of a territory do on each task, by their total, and what a class of a level should do."""

    def __init__(self, rows: ClassRows, chosen: NDArray[np.bool_] | None = None) -> None:
        """`chosen`: rows of the participants that make the territory; all where it is None."""
        items = rows.items if chosen is None else rows.items[chosen]
        totals = rows.totals if chosen is None else rows.totals[chosen]
        self.maxima = rows.maxima
        self.scores = np.arange(int(rows.maxima.sum()) + 1)
        self.histogram = np.bincount(totals, minlength=len(self.scores)).astype(float)
        self.shares = self._shares(items, totals)

    def _shares(self, items: NDArray[np.int64], totals: NDArray[np.int64]) -> Floats:
        """P(score | total) of each task; shape (totals, k, scores), scores above a task's maximum are 0."""
        k, width = len(self.maxima), int(self.maxima.max()) + 1
        places = (totals[:, None] * k + np.arange(k)) * width + items
        counts = np.bincount(places.ravel(), minlength=len(self.scores) * k * width).reshape(-1, k * width)
        possible = np.arange(width) <= self.maxima[:, None]
        spread = max(1.0, SMOOTHED_OVER * self.scores[-1])
        kernel = np.exp(-(((self.scores[:, None] - self.scores) / spread) ** 2) / 2)
        smoothed = (kernel @ counts).reshape(-1, k, width)
        evenly = UNSEEN * possible / possible.sum(axis=1, keepdims=True)
        return np.asarray((smoothed + evenly) / ((kernel @ self.histogram)[:, None, None] + UNSEEN))

    @cached_property
    def mean(self) -> float:
        return float(self.histogram @ self.scores / self.histogram.sum())

    @cached_property
    def deviation(self) -> float:
        return float(np.sqrt(self.histogram @ (self.scores - self.mean) ** 2 / self.histogram.sum()))

    @cached_property
    def full(self) -> Floats:
        """P(full score | total); shape (totals, k)."""
        return np.take_along_axis(self.shares, self.maxima[None, :, None], axis=2)[:, :, 0]

    @cached_property
    def expected(self) -> Floats:
        """Mean score by total as a share of the task's maximum; shape (totals, k)."""
        return np.asarray((self.shares * np.arange(self.shares.shape[2])).sum(axis=2) / self.maxima)

    @cached_property
    def variance(self) -> Floats:
        """Variance of the score by total, as a share of the squared maximum; shape (totals, k)."""
        squares = (self.shares * np.arange(self.shares.shape[2]) ** 2).sum(axis=2) / self.maxima**2
        return np.asarray(squares - self.expected**2)

    @cached_property
    def by_level(self) -> Floats:
        """Distribution of totals in a class of each level: the territory's, tilted; shape (levels, totals)."""
        tilt = LEVELS[:, None] * (self.scores - self.mean) / max(self.deviation, 1e-9)
        weights = self.histogram * np.exp(np.clip(tilt, -50, 50))
        return np.asarray(weights / weights.sum(axis=1, keepdims=True))

    @cached_property
    def means_by_level(self) -> Floats:
        """Mean totals of the levels, ascending; shape (levels,)."""
        return np.asarray(self.by_level @ self.scores)

    @cached_property
    def variance_by_level(self) -> Floats:
        return np.asarray(self.by_level @ self.scores**2 - self.means_by_level**2)

    def at_mean(self, means: Floats, by_level: Floats) -> Floats:
        """What is tabled by level ((levels,) or (levels, k)), for classes with these mean totals."""
        if by_level.ndim == 1:
            return np.interp(means, self.means_by_level, by_level)
        return np.stack([self.at_mean(means, column) for column in by_level.T], axis=1)


def territories(rows: ClassRows) -> Iterator[tuple[NDArray[np.bool_], NDArray[np.bool_]]]:
    """Classes that share a reference (C,), and the classes whose participants make it (C,).

    All small schools are compared with everybody; each large one with the others, for it would be compared with itself.
    """
    by_school = {school: rows.n[rows.schools == school].sum() for school in np.unique(rows.schools).tolist()}
    large = [school for school, n in by_school.items() if n > LARGE_SHARE * len(rows.totals)]
    small = ~np.isin(rows.schools, large)
    if small.any():
        yield small, np.ones(len(rows.classes), dtype=bool)
    for school in large:
        yield rows.schools == school, rows.schools != school
