"""Works beside the borders of marks, and how many of them look lifted over a border.

Round each border four scores are looked at: b − 1 and b below it, b + 1 and b + 2 above. Which shares of a school's
works there belong to each is expected from the territory without the school, tilted to the school's mean: where a
school's distribution is the territory's moved by d, neighbouring scores change their ratio by exp(d / variance) a point
(exponential tilting; exact for normal distributions of equal variance). Only the shares inside the four scores are
compared, so it does not matter how many works lie near the border.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from msoko.core.analysis.methods.objectivity._spread import Floats, Yardstick, chance_of_more

Counts = NDArray[np.int64]

STEPS = np.array([-1.5, -0.5, 0.5, 1.5])
"""Distance of the four scores from the border, in points."""
SECOND, NEXT, FIRST, AFTER = range(4)
"""Two points short of the next mark, one point short, the first score of the mark, the score after it."""
UNSEEN = 0.5
"""A score that nobody of the reference has is rare, not impossible: it counts as half a work."""
STEEPEST = 3.0
"""Bound of the logarithm of a tilt inside the window: a school further away cannot be compared anyway."""
LIFTED = 0.5
"""What the alternative says: half of those below a border are lifted. Where the truth is less, the weight is less."""
ONE_POINT = 0.8
"""Prior share of schools that lift those alone who lack one point, among schools that lift; the rest lift two."""


def windows(borders: Sequence[int], maximum: int) -> NDArray[np.int64]:
    """Scores b − 1, b, b + 1, b + 2 of every border b (highest score of the lower mark); shape (borders, 4).

    −1 stands where a score is out of the scale or belongs to the neighbouring border: no work is counted twice. A
    border without a score of its own on both sides is left out.
    """
    rows = []
    for number, border in enumerate(borders):
        floor = borders[number - 1] + 1 if number else -1
        ceiling = borders[number + 1] - 1 if number + 1 < len(borders) else maximum + 1
        scores = [border - 1, border, border + 1, border + 2]
        is_free = [scores[SECOND] > floor, border > floor, border + 1 <= maximum, scores[AFTER] < ceiling]
        if is_free[NEXT] and is_free[FIRST]:
            rows.append([score if free else -1 for score, free in zip(scores, is_free, strict=True)])
    return np.array(rows, dtype=np.int64).reshape(-1, 4)


@dataclass(frozen=True)
class WorkScores:
    """One work: `own` participants of each school by score and `others` it is compared with, shape (schools, scores).

    `near` are the windows of the work's borders, shape (borders, 4).
    """

    own: Counts
    others: NDArray[np.int64] | Floats
    near: NDArray[np.int64]

    @cached_property
    def cells(self) -> Counts:
        """Works of each school in each window; shape (schools, borders, 4)."""
        return _picked(self.own, self.near).astype(np.int64)

    @cached_property
    def expected(self) -> Floats:
        """Shares inside each window that the tilted reference gives; shape (schools, borders, 4), sums to 1."""
        seen = np.maximum(_picked(self.others, self.near), UNSEEN) * (self.near >= 0)
        tilt = np.clip(_slopes(self.own, self.others)[:, None] * STEPS, -STEEPEST, STEEPEST)
        weights = seen * np.exp(tilt)[:, None, :]
        return np.asarray(weights / weights.sum(axis=2, keepdims=True))

    @cached_property
    def compared_with(self) -> Floats:
        """Works of the reference in each window; shape (schools, borders)."""
        return np.maximum(_picked(self.others, self.near).sum(axis=2), UNSEEN)


def _picked(table: NDArray, near: NDArray[np.int64]) -> Floats:
    return np.where(near >= 0, table[:, np.maximum(near, 0)], 0).astype(np.float64)


def _slopes(own: NDArray, others: NDArray) -> Floats:
    """Change of the log ratio of neighbouring scores a point: (mean − mean of reference) / variance of reference."""
    scores = np.arange(own.shape[1])
    n, n_others = own.sum(axis=1), others.sum(axis=1)
    mean_others = others @ scores / np.maximum(n_others, 1)
    variance = others @ scores**2 / np.maximum(n_others, 1) - mean_others**2
    moved = np.where((n > 0) & (n_others > 0), own @ scores / np.maximum(n, 1) - mean_others, 0.0)
    return np.where(variance > 0, moved / np.where(variance > 0, variance, 1), 0.0)


@dataclass(frozen=True)
class Lifting:
    """What is seen at the borders of each school, over all its works; arrays of length S.

    `near` works beside borders, `above` of them on the upper side, `expected` there; `error` is the standard error of
    above − expected with the spread between schools in it. `share` is the estimated share of works below a border that
    were lifted, `p` the one-sided p-value, `evidence` the decimal logarithm of how much likelier the works are with
    lifting than without.
    """

    near: Counts
    above: Counts
    expected: Floats
    error: Floats
    share: Floats
    p: Floats
    evidence: Floats


def lifting(works: Sequence[WorkScores], yardstick: Yardstick) -> Lifting:
    """All works of one year together; a school without works near borders has p = 1."""
    cells = np.concatenate([work.cells for work in works], axis=1)
    expected = np.concatenate([work.expected for work in works], axis=1)
    others = np.concatenate([work.compared_with for work in works], axis=1)
    one = _lifted(cells, expected, others, 0.0, yardstick)
    two = _lifted(cells, expected, others, 1.0, yardstick)
    p = np.minimum(1.0, 2 * np.minimum(*(chance_of_more(each.z) for each in (one, two))))
    odds = [np.log(ONE_POINT) + one.log_odds(), np.log(1 - ONE_POINT) + two.log_odds()]
    near = cells.sum(axis=(1, 2))
    upper = expected[:, :, FIRST:].sum(axis=2)
    in_window = cells.sum(axis=2)
    chance = (in_window * upper * (1 - upper) * (1 + in_window / others)).sum(axis=1)
    below = (in_window * (1 - upper)).sum(axis=1)
    return Lifting(
        near=near,
        above=cells[:, :, FIRST:].sum(axis=(1, 2)),
        expected=(in_window * upper).sum(axis=1),
        error=np.sqrt(chance + two.between * below**2),
        share=np.clip(np.where(one.z > two.z, one.estimate, two.estimate), 0, 1),
        p=np.where(near > 0, p, 1.0),
        evidence=logsumexp(odds, axis=0) / np.log(10),
    )


@dataclass(frozen=True)
class _Lifted:
    """Estimated share of lifted works, its variance of sampling (own works and reference) and between schools."""

    estimate: Floats
    sampling: Floats
    between: float

    @property
    def variance(self) -> Floats:
        return self.sampling + self.between

    @property
    def z(self) -> Floats:
        return self.estimate / np.sqrt(self.variance)

    def log_odds(self) -> Floats:
        """Logarithm of the likelihood ratio of LIFTED against nothing: a normal law about either."""
        return (self.estimate**2 - (self.estimate - LIFTED) ** 2) / (2 * self.variance)


def _lifted(cells: Counts, expected: Floats, others: Floats, reach: float, yardstick: Yardstick) -> _Lifted:
    """Score and information of the lifting model at zero: of those one point short a share is lifted, of those two
    points short `reach` times that share, all to the first score of the next mark.
    """
    gained = expected[:, :, NEXT] + reach * expected[:, :, SECOND]
    weights = np.zeros_like(expected)
    weights[:, :, SECOND] = -reach
    weights[:, :, NEXT] = -1
    weights[:, :, FIRST] = gained / expected[:, :, FIRST]
    a_work = (expected * weights**2).sum(axis=2)
    in_window = cells.sum(axis=2)
    information = (in_window * a_work).sum(axis=1)
    known = information > 0
    safe = np.where(known, information, 1.0)
    estimate = np.where(known, (cells * weights).sum(axis=(1, 2)) / safe, 0.0)
    of_reference = (in_window**2 * a_work / others).sum(axis=1) / safe**2
    sampling = np.where(known, 1 / safe + of_reference, np.inf)
    return _Lifted(estimate, sampling, yardstick.variance(estimate[known], sampling[known]))
