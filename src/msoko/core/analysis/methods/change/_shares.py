"""The difference of two shares with its interval."""

from math import sqrt
from typing import Any

from msoko.core.vocabulary.shares import Share, wilson


def difference(now: Share, before: Share) -> tuple[float, float, float] | None:
    """now − before in percentage points with 95 % bounds; None where one of the two is a share of nobody.

    R. G. Newcombe, Interval estimation for the difference between independent proportions, Statistics in Medicine 17
    (1998), 873–890, method 10: from the score intervals of both, so that it neither collapses at 0 nor leaves ±100.
    """
    if not now.n or not before.n:
        return None
    p, p0 = 100 * now.k / now.n, 100 * before.k / before.n
    (low, high), (low0, high0) = wilson(now.k, now.n), wilson(before.k, before.n)
    down, up = sqrt((p - low) ** 2 + (high0 - p0) ** 2), sqrt((high - p) ** 2 + (p0 - low0) ** 2)
    return p - p0, p - p0 - down, p - p0 + up


def told(now: Share | str | None, before: Share | str | None) -> dict[str, Any] | None:
    """The same for a statistic; None where one of the shares is not known."""
    if not isinstance(now, Share) or not isinstance(before, Share):
        return None
    found = difference(now, before)
    if found is None:
        return None
    change, low, high = found
    return {
        "k": now.k,
        "n": now.n,
        "k_before": before.k,
        "n_before": before.n,
        "difference": change,
        "low": low,
        "high": high,
    }
