"""At which level a class is expected in a work: as it does in its other works, and as its parallel classes do in this.

Without such an expectation a strong class is suspect in every work, and a corrected one hides among strong classes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from msoko.core.analysis.methods.objectivity._classes import ClassKey, ClassRows
from msoko.core.analysis.methods.objectivity._spread import Floats

SHRUNK_BY = 10
"""Average participants added to a predictor: what few have done foretells little."""
LEAST_CLASS = 5
ROUNDS = 5
FAR = 2.0
"""From so many typical residuals on, a class pulls the line no harder (Huber's weights)."""
LEAST_VARIANCE = 0.02
"""Levels of classes are never foretold more exactly than by 0.14 standard deviations of pupils."""


@dataclass(frozen=True)
class Levels:
    """Expected standing of each class (C,) and the variance of true standings around it."""

    expected: Floats
    variance: float


def expected_levels(rows: ClassRows, others: Sequence[ClassRows]) -> Levels:
    """Standing (mean less the territory's, in its standard deviations), foretold from works of the same pupils.

    A robust linear regression over the classes of the work; where there are fewer than twice as many classes as
    coefficients, every class is expected at the territory's mean.
    """
    standing, n = rows.standing(), rows.n
    judged = n >= LEAST_CLASS
    columns = _predictors(rows, others)
    if judged.sum() < 2 * columns.shape[1]:
        known = standing[judged]
        return Levels(np.zeros(len(n)), max(LEAST_VARIANCE, float(np.mean(known**2)) if len(known) else 1.0))
    weights = judged / (1 / np.maximum(n, 1) + 0.2)
    slopes: Floats = np.zeros(columns.shape[1])
    pull = np.ones(len(n))
    for _ in range(ROUNDS):
        root = np.sqrt(weights * pull)
        slopes = np.asarray(np.linalg.lstsq(columns * root[:, None], standing * root, rcond=None)[0], dtype=np.float64)
        residuals = standing - columns @ slopes
        typical = max(1e-9, _typical(residuals[judged]))
        pull = np.minimum(1.0, FAR * typical / np.maximum(np.abs(residuals), 1e-9))
    between = _typical(residuals[judged]) ** 2 - float(np.mean(1 / n[judged]))
    return Levels(columns @ slopes, max(LEAST_VARIANCE, between))


def _typical(residuals: Floats) -> float:
    """A standard deviation that a tenth of strangers does not widen: from the median of absolute values."""
    return 1.4826 * float(np.median(np.abs(residuals)))


def _predictors(rows: ClassRows, others: Sequence[ClassRows]) -> Floats:
    """Constant; the class in its other works; its parallel classes in this work; which of both are known."""
    in_others, n_others = _in_other_works(rows, others)
    parallel, n_parallel = _parallel(rows)
    known = [n_others > 0, n_parallel > 0]
    columns = [np.ones(len(rows.n)), in_others, parallel, *(one.astype(float) for one in known if not one.all())]
    return np.stack(columns, axis=1)


def _in_other_works(rows: ClassRows, others: Sequence[ClassRows]) -> tuple[Floats, Floats]:
    place: dict[ClassKey, int] = {key: number for number, key in enumerate(rows.classes)}
    total, n = np.zeros(len(rows.classes)), np.zeros(len(rows.classes))
    for other in others:
        for key, standing, size in zip(other.classes, other.standing(), other.n, strict=True):
            if key in place:
                total[place[key]] += standing * size
                n[place[key]] += size
    return total / (n + SHRUNK_BY), n


def _parallel(rows: ClassRows) -> tuple[Floats, Floats]:
    schools, place = np.unique(rows.schools, return_inverse=True)
    sums = np.bincount(place, rows.n * rows.standing(), len(schools))[place] - rows.n * rows.standing()
    n = np.bincount(place, rows.n, len(schools))[place] - rows.n
    return sums / (n + SHRUNK_BY), n.astype(float)
