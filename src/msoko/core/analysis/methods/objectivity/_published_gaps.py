"""Schools whose value lies far from what is usual among the schools: what the local markers have in common.

A school is marked where its value differs from the median of the schools by `least` or more and so does at most the
share `unusual` of schools. At least ten schools are needed to know what is usual.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import asin, sqrt
from statistics import median
from typing import Any

from msoko.core.analysis.methods.objectivity._published import Judged, too_few
from msoko.core.analysis.methods.objectivity._published_sureness import (
    LEAST_SCHOOLS,
    Spread,
    Standing,
    Sureness,
    standings,
)
from msoko.core.analysis.outcome import NotComputed, Result
from msoko.core.analysis.panel import Input, Procedure
from msoko.core.analysis.parameters import Parameters
from msoko.core.vocabulary.russian import NBSP
from msoko.core.vocabulary.shares import Share
from msoko.core.vocabulary.unknowns import Unknown

FEW_SCHOOLS = f"сравнить не{NBSP}с{NBSP}чем: школ, где участников достаточно, меньше {LEAST_SCHOOLS}"
ABOVE, BELOW = "above", "below"


@dataclass(frozen=True)
class Value:
    """What is compared of one school: `value` in the unit that is told, with 95 % bounds.

    `score` is the same on the scale where schools vary evenly, `variance` (above 0) that of its sampling.
    """

    school: int
    n: int
    value: float
    bounds: tuple[float, float]
    score: float
    variance: float
    statistic: Mapping[str, Any] = field(default_factory=dict)
    inputs: tuple[Input, ...] = ()


@dataclass(frozen=True)
class GapRule:
    """`sides`: which differences mark a school, above or below the usual or either."""

    least: float
    min_n: int
    sureness: Sureness
    sides: tuple[str, ...] = (ABOVE, BELOW)

    @classmethod
    def of(cls, parameters: Parameters, sides: tuple[str, ...] = (ABOVE, BELOW)) -> "GapRule":
        """`large`, `unusual` and `robust` as everywhere; who has `min_n` participants has enough for a verdict."""
        least_n = max(parameters["min_n"], 1)
        sureness = Sureness.of({**parameters, "enough_n": least_n})
        return cls(parameters["least"], least_n, sureness, sides)


def judge_values(
    procedure: Procedure,
    values: Sequence[Value],
    unknown: Sequence[NotComputed],
    rule: GapRule,
    about: str,
) -> Judged:
    """All schools of one comparison."""
    asked = [one for one in values if one.n >= rule.min_n]
    smaller = [one for one in values if one.n < rule.min_n]
    spread = Spread.of([one.score for one in asked], [one.variance for one in asked])
    if spread is None:
        return Judged(procedure, not_computed=(*unknown, NotComputed(None, FEW_SCHOOLS, procedure.key)))
    compared = _Compared(rule, spread, median(one.value for one in asked), about)
    few = (NotComputed(one.school, too_few(one.n, rule.min_n), procedure.key) for one in smaller)
    return Judged(
        procedure,
        eligible=frozenset(one.school for one in asked),
        results=tuple(compared.results(asked)),
        few=tuple(compared.results(smaller)),
        not_computed=(*unknown, *few),
        reference={"schools": len(asked), "usual": compared.usual},
    )


@dataclass(frozen=True)
class _Compared:
    """Findings of one comparison; `usual` is the median of the values."""

    rule: GapRule
    spread: Spread
    usual: float
    about: str

    def results(self, values: Sequence[Value]) -> Iterator[Result]:
        scores, variances = [one.score for one in values], [one.variance for one in values]
        stand = standings(self.spread, scores, variances, two_sided=BELOW in self.rule.sides)
        for one, standing in zip(values, stand, strict=True):
            is_unusual = standing.p is not None and standing.p < self.rule.sureness.unusual
            if is_unusual and self._is_far(one):
                yield self._result(one, standing)

    def _is_far(self, one: Value) -> bool:
        return self._side(one) in self.rule.sides and abs(one.value - self.usual) >= self.rule.least

    def _side(self, one: Value) -> str:
        return ABOVE if one.value > self.usual else BELOW

    def _result(self, one: Value, standing: Standing) -> Result:
        difference = one.value - self.usual
        return Result(
            organisation=one.school,
            statistic={
                **one.statistic,
                "n": one.n,
                "value": one.value,
                "usual": self.usual,
                "difference": difference,
                "side": self._side(one),
                "schools": self.spread.schools,
                **standing.told(),
            },
            verdict=self.rule.sureness.verdict(one.n, abs(difference), standing),
            interval=(one.bounds[0] - self.usual, one.bounds[1] - self.usual),
            inputs=one.inputs,
            about=self.about,
            strength=abs(one.score - self.spread.centre) / sqrt(self.spread.between**2 + one.variance),
        )


def evened(share: Share) -> tuple[float, float]:
    """The share on the scale where shares of the same n vary alike, near 0 and 1 too, and the variance there.

    F. J. Anscombe, The transformation of Poisson, binomial and negative-binomial data, Biometrika 35 (1948), 246–254.
    """
    return asin(sqrt((share.k + 3 / 8) / (share.n + 3 / 4))), 1 / (4 * share.n + 2)


def variance_of_share(share: Share) -> float:
    """Of sampling, in per cent squared; drawn a little to the middle, for 0 and n of n are not certain."""
    p = (share.k + 1) / (share.n + 2)
    return 100**2 * p * (1 - p) / share.n


def difference_of_shares(one: Share, other: Share) -> tuple[float, float]:
    """95 % bounds of one less the other, in percentage points.

    R. G. Newcombe, Interval estimation for the difference between independent proportions, Statistics in Medicine 17
    (1998), 873–890, method 10. Raises ValueError for a share of nobody.
    """
    first, second = one.interval, other.interval
    if isinstance(first, Unknown) or isinstance(second, Unknown):
        raise ValueError(f"a share of nobody has no interval: {one}, {other}")
    p, q = 100 * one.k / one.n, 100 * other.k / other.n
    down = sqrt((p - first[0]) ** 2 + (second[1] - q) ** 2)
    up = sqrt((first[1] - p) ** 2 + (q - second[0]) ** 2)
    return p - q - down, p - q + up
