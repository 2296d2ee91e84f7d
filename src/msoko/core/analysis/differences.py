"""How far the share of a part lies from that of the whole it belongs to, for many parts at once.

Arrays of any one shape go in and come out; what is undefined (nobody, or the part is all there is) is NaN.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from msoko.core.vocabulary.shares import Z_95

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Difference:
    """Part less whole in percentage points, and its bounds."""

    points: Floats
    low: Floats
    high: Floats


def wilson_of_many(k: ArrayLike, n: ArrayLike, z: float = Z_95) -> tuple[Floats, Floats]:
    """`core.vocabulary.shares.wilson` of arrays: bounds in per cent; NaN where n is 0. 0 ≤ k ≤ n, k may be broken."""
    k, n = np.asarray(k, np.float64), np.asarray(n, np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        p = k / n
        middle = p + z * z / (2 * n)
        half = z * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        scale = 100 / (1 + z * z / n)
        low, high = (middle - half) * scale, (middle + half) * scale
    known = n > 0
    return np.where(known & (k <= 0), 0.0, low), np.where(known & (k >= n), 100.0, high)


def from_whole(k: ArrayLike, n: ArrayLike, whole_k: ArrayLike, whole_n: ArrayLike, z: float = Z_95) -> Difference:
    """The difference between k of n and whole_k of whole_n, in which the k of n are counted too.

    A part is never independent of its whole, so it is compared with the others: with the part's weight w = n / N the
    difference is (1 − w) times that from the others, whose interval is R. G. Newcombe's hybrid score interval
    (Interval estimation for the difference between independent proportions, Statistics in Medicine 17, 1998, 873–890,
    method 10): it is made of Wilson's bounds and holds for small n. Scores broken into parts of a maximum vary less
    than shares with the same mean, so for them it is never too narrow. A whole that is not all it says (more earned or
    more participants in the part than in the whole) gives NaN.
    """
    k, n, whole_k, whole_n = (np.asarray(one, np.float64) for one in (k, n, whole_k, whole_n))
    others_k, others_n = whole_k - k, whole_n - n
    sound = (n > 0) & (others_n > 0) & (others_k >= 0) & (others_k <= others_n)
    with np.errstate(invalid="ignore", divide="ignore"):
        own, others = 100 * k / n, 100 * others_k / others_n
        weight = others_n / whole_n
        down, up = _reach(own, wilson_of_many(k, n, z), others, wilson_of_many(others_k, others_n, z))
        points = weight * (own - others)
        bounds = points - weight * down, points + weight * up
    return Difference(*(np.where(sound, one, np.nan) for one in (points, *bounds)))


def _reach(one: Floats, of_one: tuple[Any, Any], other: Floats, of_other: tuple[Any, Any]) -> tuple[Floats, Floats]:
    """How far down and up the difference of two shares can be from what is seen."""
    return np.hypot(one - of_one[0], of_other[1] - other), np.hypot(of_one[1] - one, other - of_other[0])
