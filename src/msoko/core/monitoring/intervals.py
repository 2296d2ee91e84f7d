"""The interval of a mean, by Student's distribution, in closed form."""

from functools import lru_cache
from math import atan, cos, pi, sin, sqrt

from msoko.core.vocabulary.shares import Z_95

MANY = 200
"""Degrees of freedom from which the expansion about the normal quantile is exact to nine digits."""


@lru_cache(maxsize=MANY)
def student_95(freedom: int) -> float:
    """The 97.5 % quantile of Student's distribution: 12.706 for 1, 2.262 for 9, towards 1.960 for many.

    Raises ValueError for fewer than one degree of freedom.
    """
    if freedom < 1:
        raise ValueError(f"Student's distribution needs at least one degree of freedom, got {freedom}")
    if freedom >= MANY:
        return _near_normal(freedom)
    low, high = Z_95, 13.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _within(middle, freedom) < 0.95 else (low, middle)
    return high


def _within(t: float, freedom: int) -> float:
    """P(|T| ≤ t); Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4."""
    angle = atan(t / sqrt(freedom))
    odd = freedom % 2
    term = cos(angle) if odd else 1.0
    series = 0.0 if odd and freedom == 1 else term
    for step in range(2 + odd, freedom - 1, 2):
        term *= cos(angle) ** 2 * (step - 1) / step
        series += term
    return 2 / pi * (angle + sin(angle) * series) if odd else sin(angle) * series


def _near_normal(freedom: int) -> float:
    """Cornish–Fisher expansion; Abramowitz and Stegun, 26.7.5."""
    z, v = Z_95, freedom
    first = (z**3 + z) / (4 * v)
    second = (5 * z**5 + 16 * z**3 + 3 * z) / (96 * v**2)
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * v**3)
    return z + first + second + third


def mean_interval(mean: float, sd: float, n: int, possible: int | None = None) -> tuple[float, float]:
    """95 % bounds mean ± t·sd/√n (sd with n − 1), cut at 0 and at the possible maximum, beyond which no mean can lie.

    Raises ValueError for n < 2.
    """
    half = student_95(n - 1) * sd / sqrt(n)
    high = mean + half
    return max(0.0, mean - half), high if possible is None else min(float(possible), high)
