"""What schools alike let one expect of a share before the school's own pupils are seen: a beta distribution.

The true shares of the schools of a group are taken to be drawn from one beta distribution. Its mean and its weight (as
many participants as it counts for) are found by moments, from the other schools of the group only: a school is no
evidence about itself.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from msoko.core.analysis.methods.low_results._alike import Kin
from msoko.core.analysis.probability import JEFFREYS
from msoko.core.vocabulary.shares import Share

Numbers = NDArray[np.float64]

LIGHTEST = 2 * JEFFREYS
"""A prior never weighs less than the one that knows nothing: the moments of a few schools can say «none at all»."""


@dataclass(frozen=True)
class Prior:
    """Beta(`mean`·`weight`, (1 − `mean`)·`weight`), found from `schools` others of the group `peers`."""

    mean: float
    weight: float
    peers: str = ""
    schools: int = 0

    @property
    def variance(self) -> float:
        """Of the true shares between the schools."""
        return self.mean * (1 - self.mean) / (self.weight + 1)

    def told(self) -> dict[str, Any]:
        """As a statistic keeps it: the mean in per cent, the weight in participants."""
        return {"peers": self.peers, "schools": self.schools, "mean": 100 * self.mean, "weight": self.weight}


NOTHING_KNOWN = Prior(0.5, LIGHTEST)
"""Jeffreys's prior, where there are no schools alike."""


def priors(
    failed: Mapping[int, Share], kin: Mapping[int, tuple[Kin, ...]], least_schools: int, heaviest: float
) -> dict[int, Prior]:
    """School → what to expect of it in one work, by its narrowest group of `least_schools` others or more.

    `failed` holds the shares of all schools that wrote the work, none of them of nobody; `heaviest` is the most that a
    prior may weigh.
    """
    groups = _groups(failed, kin)
    fitted = {one: _fit_without_each(one, failed, members, heaviest) for one, members in groups.items()}
    found = {}
    for school in failed:
        narrowest = next((one for one in kin.get(school, ()) if len(groups[one]) > least_schools), None)
        found[school] = fitted[narrowest][school] if narrowest else NOTHING_KNOWN
    return found


def _groups(failed: Mapping[int, Share], kin: Mapping[int, tuple[Kin, ...]]) -> dict[Kin, list[int]]:
    groups: dict[Kin, list[int]] = defaultdict(list)
    for school in sorted(failed):
        for one in kin.get(school, ()):
            groups[one].append(school)
    return groups


def _fit_without_each(kin: Kin, failed: Mapping[int, Share], members: list[int], heaviest: float) -> dict[int, Prior]:
    """Member → the prior that the other members give."""
    if len(members) < 2:
        return {}
    k, n = (np.array([getattr(failed[key], name) for key in members], dtype=np.float64) for name in "kn")
    mean, weight = fit_without_each(k, n, heaviest)
    others = len(members) - 1
    fitted = zip(members, mean.tolist(), weight.tolist(), strict=True)
    return {key: Prior(one, heavy, kin.name, others) for key, one, heavy in fitted}


def fit_without_each(k: Numbers, n: Numbers, heaviest: float) -> tuple[Numbers, Numbers]:
    """Mean (0–1) and weight of the beta distribution of k/n, for each school of all the others; shapes (schools,).

    Moments with weights n / (1 + ρ(n − 1)), where ρ = 1 / (weight + 1) is the correlation within schools: large schools
    count more, but no school counts for all. ρ is found twice, first with weights n. J. C. Kleinman, Proportions with
    extraneous variance: single and independent samples, JASA 68 (1973), 46–54. Where shares differ no more than chance
    makes them, ρ would be 0 or less and the weight without bounds: it is at most `heaviest`.
    Needs two schools or more, each with n > 0.
    """
    rough = _correlation(_sums(k, n, n).sum(axis=1), heaviest)
    sums = _sums(k, n, n / (1 + rough * (n - 1)))
    others = sums.sum(axis=1, keepdims=True) - sums
    mean = others[1] / others[0]
    # Where nobody failed (or everybody did) half a participant stands against it: a share of 0 is never certain.
    edge = 0.5 / (n.sum() - n + 1)
    return np.clip(mean, edge, 1 - edge), 1 / _correlation(others, heaviest) - 1


def _sums(k: Numbers, n: Numbers, w: Numbers) -> Numbers:
    """What every school adds to the sums that the moments need; shape (6, schools)."""
    x = k / n
    return np.stack([w, w * x, w * x * x, w / n, w * w / n, w * w])


def _correlation(sums: Numbers, heaviest: float) -> Numbers:
    """ρ within what weights from LIGHTEST to `heaviest` make of it."""
    w, wx, wxx, by_n, square_by_n, square = sums
    mean = wx / w
    spread = wxx - wx * mean
    by_chance = by_n - square_by_n / w
    of_one = w - square / w
    free = mean * (1 - mean) * (of_one - by_chance)
    found = np.divide(spread - mean * (1 - mean) * by_chance, free, out=np.zeros_like(spread), where=free > 1e-12)
    return np.clip(found, 1 / (heaviest + 1), 1 / (LIGHTEST + 1))
