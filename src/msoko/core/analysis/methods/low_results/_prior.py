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
from scipy.special import betainc, betaincinv

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

    def told(self) -> dict[str, Any]:
        return {"peers": self.peers, "schools": self.schools, "mean": 100 * self.mean, "weight": self.weight}


NOTHING_KNOWN = Prior(0.5, LIGHTEST)
"""Jeffreys's prior, where there are no schools alike."""


@dataclass(frozen=True)
class Posterior:
    """Of one school in one work: what is known of its true share after its own pupils; Beta(a, b)."""

    failed: Share
    prior: Prior

    @property
    def a(self) -> float:
        return self.prior.mean * self.prior.weight + self.failed.k

    @property
    def b(self) -> float:
        return (1 - self.prior.mean) * self.prior.weight + self.failed.n - self.failed.k

    @property
    def mean(self) -> float:
        """0–1."""
        return self.a / (self.a + self.b)

    @property
    def variance(self) -> float:
        return self.mean * (1 - self.mean) / (self.a + self.b + 1)

    def at_least(self, share: float) -> float:
        """P(true share ≥ `share`), both 0–1."""
        return float(1 - betainc(self.a, self.b, share))

    def interval(self) -> tuple[float, float]:
        """Between the 2.5 % and the 97.5 % quantile, per cent."""
        low, high = betaincinv(self.a, self.b, (0.025, 0.975))
        return 100 * float(low), 100 * float(high)


def posteriors(
    failed: Mapping[int, Share], kin: Mapping[int, tuple[Kin, ...]], least_schools: int, heaviest: float
) -> dict[int, Posterior]:
    """School → its posterior in one work, with the prior of its narrowest group of `least_schools` others or more.

    `failed` holds the shares of all schools that wrote the work, `heaviest` the most that a prior may weigh.
    """
    sat = {key: share for key, share in failed.items() if share.n}
    groups = _groups(sat, kin)
    fitted = {one: _fit_without_each(one, sat, members, heaviest) for one, members in groups.items()}
    found = {}
    for school, share in sat.items():
        narrowest = next((one for one in kin.get(school, ()) if len(groups[one]) > least_schools), None)
        found[school] = Posterior(share, fitted[narrowest][school] if narrowest else NOTHING_KNOWN)
    return found


def _groups(sat: Mapping[int, Share], kin: Mapping[int, tuple[Kin, ...]]) -> dict[Kin, list[int]]:
    groups: dict[Kin, list[int]] = defaultdict(list)
    for school in sorted(sat):
        for one in kin.get(school, ()):
            groups[one].append(school)
    return groups


def _fit_without_each(kin: Kin, sat: Mapping[int, Share], members: list[int], heaviest: float) -> dict[int, Prior]:
    """Member → the prior that the other members give."""
    if len(members) < 2:
        return {}
    k, n = (np.array([getattr(sat[key], name) for key in members], dtype=np.float64) for name in "kn")
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
