"""A share with its n and its interval."""

from dataclasses import dataclass
from math import sqrt

from msoko.core.vocabulary.unknowns import Unknown

Z_95 = 1.959963984540054
"""The 97.5 % quantile of the normal distribution: a two-sided 95 % interval."""


def wilson(k: float, n: int, z: float = Z_95) -> tuple[float, float]:
    """Bounds, in per cent 0–100, of the score interval for k successes of n.

    E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927), 209–212;
    recommended for small n by Brown, Cai and DasGupta, Statistical Science 16 (2001), 101–133, because the plain
    «p ± 1.96·s» is far too narrow there and collapses to a point at 0 and n. No continuity correction.
    Raises ValueError unless 0 ≤ k ≤ n and n > 0.
    """
    if not 0 <= k <= n or n == 0:
        raise ValueError(f"a share needs 0 <= k <= n and n > 0, got k={k}, n={n}")
    p = k / n
    middle = p + z * z / (2 * n)
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    scale = 100 / (1 + z * z / n)
    # At the ends the bound is exact; rounding in the last bit must not carry it past the point itself.
    low = 0.0 if k == 0 else (middle - half) * scale
    high = 100.0 if k == n else (middle + half) * scale
    return low, high


@dataclass(frozen=True, slots=True)
class Share:
    """k of n. A share of nobody (n = 0) is allowed and has no per cent: it is not applicable, not zero."""

    k: int
    n: int

    def __post_init__(self) -> None:
        if not 0 <= self.k <= self.n:
            raise ValueError(f"a share needs 0 <= k <= n, got k={self.k}, n={self.n}")

    @property
    def percent(self) -> float | Unknown:
        """100·k/n, or not applicable where n is 0."""
        return 100 * self.k / self.n if self.n else Unknown.NOT_APPLICABLE

    @property
    def interval(self) -> tuple[float, float] | Unknown:
        """Wilson 95 % bounds in per cent, or not applicable where n is 0."""
        return wilson(self.k, self.n) if self.n else Unknown.NOT_APPLICABLE

    def rest(self) -> "Share":
        """The others: n − k of n."""
        return Share(self.n - self.k, self.n)
