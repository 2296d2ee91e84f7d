"""Spearman's correlation of ranks out of counts of pairs, in whole numbers, so that its sign is exact."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import atanh, sqrt, tanh

from msoko.core.vocabulary.shares import Z_95

Pairs = Mapping[tuple[int, int], int]
"""(one value, the other) → how many have both."""

FIELLER = 1.06
"""The variance of atanh of a correlation of ranks, times n − 3; E. C. Fieller, H. O. Hartley, E. S. Pearson,
Tests for rank correlation coefficients I, Biometrika 44 (1957), 470–481."""
LEAST_N = 4
"""That variance needs n − 3 > 0."""
NEAR_ONE = 1 - 1e-9
"""atanh has no value at ±1."""


@dataclass(frozen=True)
class RankCorrelation:
    """Two answers of n pairs; None for n < 2.

    `tie_corrected`: the correlation of average ranks, None where one side is constant, too. `published`:
    1 − 6Σd²/(n³ − n) with the same ranks, which is the former only where there are no ties.
    """

    n: int
    tie_corrected: float | None
    published: float | None

    @classmethod
    def of(cls, pairs: Pairs) -> "RankCorrelation":
        n = sum(pairs.values())
        if n < 2:
            return cls(n, None, None)
        first = _doubled_ranks(pairs, 0)
        second = _doubled_ranks(pairs, 1)
        # Ranks are doubled, for average ranks may be halves; their doubled mean is n + 1.
        whole = [(first[a] - n - 1, second[b] - n - 1, k) for (a, b), k in pairs.items()]
        together = sum(k * a * b for a, b, k in whole)
        of_first, of_second = sum(k * a * a for a, _, k in whole), sum(k * b * b for _, b, k in whole)
        apart = sum(k * (a - b) ** 2 for a, b, k in whole)
        spread = of_first * of_second
        return cls(n, together / sqrt(spread) if spread else None, 1 - 6 * apart / (4 * n * (n * n - 1)))


def _doubled_ranks(pairs: Pairs, side: int) -> dict[int, int]:
    """Value → twice its average rank."""
    counts: dict[int, int] = {}
    for pair, n in pairs.items():
        counts[pair[side]] = counts.get(pair[side], 0) + n
    ranks, before = {}, 0
    for value in sorted(counts):
        ranks[value] = 2 * before + counts[value] + 1
        before += counts[value]
    return ranks


def as_normal(r: float) -> float:
    """R. A. Fisher's transformation, under which correlations are nearly normal."""
    return atanh(max(-NEAR_ONE, min(NEAR_ONE, r)))


def variance_of_normal(n: int) -> float:
    """Of `as_normal` of a correlation of ranks of n ≥ 4 pairs."""
    return FIELLER / (n - 3)


def interval_of(r: float, n: int) -> tuple[float, float] | None:
    """95 % bounds; None for n < 4."""
    if n < LEAST_N:
        return None
    half = Z_95 * sqrt(variance_of_normal(n))
    return tanh(as_normal(r) - half), tanh(as_normal(r) + half)
