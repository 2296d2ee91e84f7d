"""Small laws of probability that several methods share."""

from collections.abc import Sequence

from scipy.special import betainc

JEFFREYS = 0.5
"""Both parameters of the prior of a share of which nothing is known (H. Jeffreys, 1946)."""


def probability_at_least(k: int, n: int, share: float, a: float = JEFFREYS, b: float = JEFFREYS) -> float:
    """P(true share ≥ `share`) after k of n, with the prior Beta(a, b); shares 0–1.

    Raises ValueError unless 0 ≤ k ≤ n and a, b > 0.
    """
    if not 0 <= k <= n or a <= 0 or b <= 0:
        raise ValueError(f"k={k} of n={n} with prior ({a}, {b}) is no share")
    return float(1 - betainc(a + k, b + n - k, share))


def at_least_so_many(probabilities: Sequence[float], least: int) -> float:
    """P(at least `least` of independent events happen): the Poisson binomial law, by adding one event after another."""
    of_count = [1.0] + [0.0] * len(probabilities)
    for happened, p in enumerate(probabilities, 1):
        for count in range(happened, 0, -1):
            of_count[count] = of_count[count] * (1 - p) + of_count[count - 1] * p
        of_count[0] *= 1 - p
    return min(1.0, sum(of_count[least:]))
