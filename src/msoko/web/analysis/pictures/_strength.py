"""On which scale the strength of findings is told."""

from dataclasses import dataclass
from math import log10
from statistics import NormalDist


@dataclass(frozen=True)
class Strength:
    """`words` name the axis. `likely` and `robust`: from where the verdicts begin; None where it is not the strength
    alone that decides."""

    words: str = "Сила сигнала"
    likely: float | None = None
    robust: float | None = None
    digits: int = 1


def deviations(p: float | None) -> float | None:
    """How many standard deviations a one-sided probability p asks for; None for none and for one nobody reaches."""
    return -NormalDist().inv_cdf(p) if p is not None and 0 < p < 1 else None


def magnitude(odds: float | None) -> float | None:
    """The decimal logarithm of odds; None for none and for those that everybody has."""
    return log10(odds) if odds is not None and odds > 0 else None
