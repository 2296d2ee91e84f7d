"""On which scale the strength of findings is told."""

from dataclasses import dataclass
from statistics import NormalDist


@dataclass(frozen=True)
class Strength:
    """`words` name the axis. `likely` and `robust`: from where the verdicts begin; None where it is not the strength
    alone that decides."""

    words: str = "Сила сигнала"
    likely: float | None = None
    robust: float | None = None
    digits: int = 1


def deviations(p: float) -> float | None:
    """How many standard deviations a one-sided probability p asks for; None for a probability nobody reaches."""
    return -NormalDist().inv_cdf(p) if 0 < p < 1 else None
