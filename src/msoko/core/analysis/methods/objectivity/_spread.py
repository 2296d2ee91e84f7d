"""How far honest schools lie apart: the yardstick by which a signal is called unusual.

No two schools are alike, and a large school shows it without fault. Each estimate is therefore held against its own
sampling error and the spread between schools together (D. Spiegelhalter, «Handling over-dispersion of performance
indicators», 2005): the tails are cut before the spread is estimated, so that a few manipulated schools do not widen it.
"""

from dataclasses import dataclass
from math import exp, pi, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri  # scipy.stats has them, too, and takes a second to import

Floats = NDArray[np.float64]

TAIL = 0.1
"""Share of estimates on either side that is drawn in to the edge of the rest; the source uses the same tenth."""
_EDGE = float(ndtri(1 - TAIL))
_DENSITY = exp(-(_EDGE**2) / 2) / sqrt(2 * pi)
_LEFT_OF_VARIANCE = 1 - 2 * TAIL - 2 * _EDGE * _DENSITY + 2 * TAIL * _EDGE**2
"""Variance that a standard normal value keeps when its tails are drawn in."""
ALL_BUT_CERTAIN = 1e-300


def between_variance(estimates: Floats, variances: Floats) -> float:
    """Variance of true values around zero, beyond the `variances` of sampling; shapes (S,). 0 for fewer than two.

    The moment estimator of DerSimonian and Laird on winsorised z-scores.
    """
    if len(estimates) < 2:
        return 0.0
    z = estimates / np.sqrt(variances)
    drawn_in = np.clip(z, *np.quantile(z, [TAIL, 1 - TAIL]))
    dispersion = float(np.mean(drawn_in**2)) / _LEFT_OF_VARIANCE
    weights = 1 / variances
    freedom = weights.sum() - (weights**2).sum() / weights.sum()
    return max(0.0, float(len(z) * (dispersion - 1) / freedom)) if freedom > 0 else 0.0


@dataclass(frozen=True)
class Yardstick:
    """`usual`: standard deviation between honest schools, taken where fewer than `enough` of them can be compared."""

    usual: float
    enough: int

    def variance(self, estimates: Floats, variances: Floats) -> float:
        """Variance between schools: estimated from them, or the usual one."""
        return between_variance(estimates, variances) if len(estimates) >= self.enough else self.usual**2


def chance_of_more(z: Floats) -> Floats:
    """P(a standard normal value is at least z): the one-sided p-value."""
    return np.maximum(ndtr(-z), ALL_BUT_CERTAIN)
