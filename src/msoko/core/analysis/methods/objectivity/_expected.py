"""What a school's mean should be, given what went before; arrays over schools.

A work's standings (means in standard deviations of participants) are regressed on predictors, robustly and weighted by
exactness; what the line does not explain is the residual. Residuals of several works are put together.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from msoko.core.analysis.methods.objectivity._spread import Floats, Yardstick, between_variance, chance_of_more

LEAST_BETWEEN = 0.01
"""Variance between schools is never taken for less: 0.1 standard deviations of participants."""
SCHOOLS_A_COLUMN = 8
"""So many schools bear one coefficient; with fewer the less important predictors are left out."""
ROUNDS = 5
FAR = 2.0
"""From so many standard errors on, a school pulls the line no harder (Huber's weights)."""


@dataclass(frozen=True)
class Standings:
    """Means of schools in one work: `mean` in standard deviations of participants from the mean of all, `n` of each.

    `within` is the variance inside schools as a share of all, `deviation` the standard deviation of participants in
    points. Schools with n = 0 did not sit it.
    """

    mean: Floats
    n: Floats
    within: float
    deviation: float = 0.0

    @property
    def sampling(self) -> Floats:
        return self.within / np.maximum(self.n, 1)

    def shrunk(self) -> Floats:
        """Means drawn towards 0 as far as they are chance; NaN where nobody sat."""
        sat = self.n > 0
        between = LEAST_BETWEEN
        if sat.any():
            noise = self.sampling[sat]
            between = max(between, float(np.average(self.mean[sat] ** 2 - noise, weights=self.n[sat])))
        return np.where(sat, self.mean * between / (between + self.sampling), np.nan)


def standings(means: Floats, deviations: Floats, n: Floats) -> Standings:
    """From means and standard deviations (n − 1) of scores by school; arrays (S,), n = 0 where nobody sat."""
    size = n.sum()
    if not size:
        return Standings(np.zeros(len(n)), n, 1.0)
    centre = float((means * n).sum() / size)
    inside = float((np.maximum(n - 1, 0) * deviations**2).sum())
    total = (inside + float((n * (means - centre) ** 2).sum())) / size
    if total <= 0:
        return Standings(np.zeros(len(n)), n, 1.0)
    within = inside / max(float(np.maximum(n - 1, 0).sum()), 1.0) / total
    return Standings(np.where(n > 0, (means - centre) / total**0.5, 0.0), n, min(1.0, within), total**0.5)


@dataclass(frozen=True)
class Explained:
    """One work: `residual` and its `variance` (sampling and between schools), `expected` standing; arrays (S,).

    `used`: places of the predictors that got a coefficient.
    """

    residual: Floats
    variance: Floats
    expected: Floats
    used: tuple[int, ...]


def explained(work: Standings, predictors: Sequence[Floats]) -> Explained | None:
    """The work explained by predictors (S,), the more important first, NaN where unknown; None where none is usable."""
    sat = work.n > 0
    columns, used = _columns(predictors, sat)
    if not used:
        return None
    between = LEAST_BETWEEN
    slopes: Floats = np.zeros(columns.shape[1])
    residual = work.mean
    pull = np.ones(len(sat))
    for _ in range(ROUNDS):
        variance = work.sampling + between
        root = np.sqrt(np.where(sat, pull / variance, 0.0))
        slopes = np.asarray(np.linalg.lstsq(columns * root[:, None], work.mean * root, rcond=None)[0], dtype=np.float64)
        residual = work.mean - columns @ slopes
        between = max(LEAST_BETWEEN, between_variance(residual[sat], work.sampling[sat]))
        pull = np.minimum(1.0, FAR * np.sqrt(work.sampling + between) / np.maximum(np.abs(residual), 1e-9))
    return Explained(np.where(sat, residual, 0.0), work.sampling + between, columns @ slopes, tuple(used))


def _columns(predictors: Sequence[Floats], sat: np.ndarray) -> tuple[Floats, list[int]]:
    """A constant; of each predictor its values (0 where unknown) and whether it is known, as many as schools bear."""
    columns: list[Floats] = [np.ones(len(sat))]
    used = []
    for place, predictor in enumerate(predictors):
        known = ~np.isnan(predictor)
        more = [np.where(known, predictor, 0.0), *([] if known[sat].all() else [known.astype(float)])]
        varies = (known & sat).any() and np.ptp(predictor[known & sat]) > 0
        if varies and sat.sum() >= SCHOOLS_A_COLUMN * (len(columns) + len(more)):
            columns += more
            used.append(place)
    return np.stack(columns, axis=1), used


@dataclass(frozen=True)
class Residuals:
    """All works of each school: `estimate` in standard deviations of participants, its `error`, one-sided `p`."""

    estimate: Floats
    error: Floats
    p: Floats

    @property
    def z(self) -> Floats:
        return np.where(self.error > 0, self.estimate / np.where(self.error > 0, self.error, 1), 0.0)


def residuals(works: Sequence[tuple[Standings, Explained]], yardstick: Yardstick) -> Residuals:
    """Weighted by exactness. Works of one school share what made it better, so the spread is seen on pooled values."""
    weights = np.stack([np.where(work.n > 0, 1 / found.variance, 0.0) for work, found in works], axis=1)
    values = np.stack([found.residual for _, found in works], axis=1)
    together = weights.sum(axis=1)
    known = together > 0
    safe = np.where(known, together, 1.0)
    estimate, variance = (weights * values).sum(axis=1) / safe, 1 / safe
    between = yardstick.variance(estimate[known], variance[known])
    error = np.where(known, np.sqrt(variance + between), 0.0)
    z = np.where(known, estimate / np.where(known, error, 1), 0.0)
    return Residuals(np.where(known, estimate, 0.0), error, np.where(known, chance_of_more(z), 1.0))
