"""What is known of a true share: peers, the whole school and the pupils who wrote, put together.

Given what a school's works have in common (f), every work is a beta distribution updated by its own pupils. f itself is
known as a normal distribution, and everything is averaged over it (Gauss–Hermite), so that works of one school are low
together or not, as they are in life.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import pi, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, betaincinv

from msoko.core.analysis.methods.low_results._prior import Prior
from msoko.core.analysis.methods.low_results._whole_school import InCommon
from msoko.core.vocabulary.shares import Share

Numbers = NDArray[np.float64]

_PLACES, _WEIGHTS = np.polynomial.hermite.hermgauss(9)
AT: Numbers = sqrt(2) * _PLACES
OVER: Numbers = _WEIGHTS / sqrt(pi)
"""Standard normal f in nine places with their weights: exact for polynomials up to the seventeenth degree."""

NEVER_NOUGHT = 0.1
"""The part of what schools alike have that is left of an expectation, however well other works went."""


@dataclass(frozen=True)
class Truth:
    """Of one school in one work. `chance` P(true share ≥ threshold) at each place of f; `mean` and `variance` overall.

    `failed` is what was seen, `peers` what schools alike have, `expected` what they and all
    works of the school together let expect, 0–1.
    """

    failed: Share
    peers: Prior
    expected: float
    chance: Numbers
    mean: float
    variance: float

    @property
    def probability(self) -> float:
        return average(self.chance)

    def interval(self) -> tuple[float, float]:
        """The 2.5 % and the 97.5 % quantile, per cent, of the beta distribution with this mean and variance."""
        weight = self.mean * (1 - self.mean) / self.variance - 1
        low, high = betaincinv(self.mean * weight, (1 - self.mean) * weight, (0.025, 0.975))
        return 100 * float(low), 100 * float(high)


def average(over_places: Numbers) -> float:
    """The mean over f of a number at each of its places; shape (places,)."""
    return float(over_places @ OVER)


def truths(
    failed: Mapping[int, Share],
    peers: Mapping[int, Prior],
    alike: float,
    common: Mapping[int, InCommon],
    share: float,
    heaviest: float,
) -> dict[int, Truth]:
    """School → what is known of its true share in one work; `share` is the threshold, 0–1.

    `alike` is r, `common` the school's f, `heaviest` the most that an expectation may weigh.
    """
    schools = sorted(failed)
    mean, weight = _expectations([peers[key] for key in schools], alike, [common[key] for key in schools], heaviest)
    k, n = (np.array([getattr(failed[key], name) for key in schools], dtype=np.float64)[:, None] for name in "kn")
    a, b = mean * weight + k, (1 - mean) * weight + n - k
    chance = 1 - betainc(a, b, share)
    centre = a / (a + b)
    of_school = centre @ OVER
    variance = (centre * (1 - centre) / (a + b + 1) + (centre - of_school[:, None]) ** 2) @ OVER
    expected = mean @ OVER
    return {
        key: Truth(failed[key], peers[key], float(expected[i]), chance[i], float(of_school[i]), float(variance[i]))
        for i, key in enumerate(schools)
    }


def _expectations(peers: list[Prior], alike: float, common: list[InCommon], heaviest: float) -> tuple[Numbers, Numbers]:
    """Mean, of shape (schools, places), and weight, (schools, 1), of the beta prior at each place of the school's f."""
    mean, weight, centre, deviation = (
        np.array(column, dtype=np.float64)[:, None]
        for column in (
            [one.mean for one in peers],
            [one.weight for one in peers],
            [one.mean for one in common],
            [one.deviation for one in common],
        )
    )
    # Where nothing is known of schools alike, nothing can be said in their deviations.
    r = np.array([alike if one.schools else 0.0 for one in peers])[:, None]
    between = mean * (1 - mean) / (weight + 1)
    moved = mean + np.sqrt(between * r) * (centre + deviation * AT)
    moved = np.clip(moved, NEVER_NOUGHT * mean, 1 - NEVER_NOUGHT * (1 - mean))
    # What is left between the works of one school is (1 − r) of what is between schools.
    return moved, np.minimum((weight + 1) / (1 - r) - 1, heaviest)
