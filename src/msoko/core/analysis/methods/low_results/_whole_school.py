"""What all works of a school together say of it: the part in which its true shares deviate in common.

A school differs from schools alike by a part that all its works share and by a part of each work's own:
d = √r·f + √(1 − r)·g, where d is the deviation of a true share in standard deviations of the schools alike, and f and g
are standard normal. Works of one cohort count as one work: the child who failed in one is likelier to fail in the next.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import sqrt

from msoko.core.analysis.methods.low_results._prior import Prior
from msoko.core.vocabulary.shares import Share

LEAST_PAIRED = 30
"""Schools with works of two cohorts, from which on it can be told how alike the works of one school are."""

MOST_ALIKE = 0.8
"""However alike the works of a school look, each has something of its own: other teachers, other children."""

Seen = tuple[int, Share, Prior]
"""A work that a school sat: the cohort that wrote it, who failed, what schools alike let expect."""


@dataclass(frozen=True)
class Deviation:
    """Of a raw share from the peers' mean, in standard deviations of true shares; `noise` is its variance by chance."""

    value: float
    noise: float


@dataclass(frozen=True)
class InCommon:
    """f of one school after all its works: normal with this mean and deviation."""

    mean: float = 0.0
    deviation: float = 1.0


def in_common(schools: Mapping[int, Iterable[Seen]]) -> tuple[float, dict[int, InCommon]]:
    """r, and f of every school; r is 0 where too few schools have works of several cohorts."""
    deviations = {school: list(_by_cohort(works)) for school, works in schools.items()}
    alike = likeness(deviations.values())
    return alike, {school: _after(cohorts, alike) for school, cohorts in deviations.items()}


def _by_cohort(works: Iterable[Seen]) -> Iterator[Deviation]:
    of_cohort: dict[int, list[Deviation]] = {}
    for cohort, failed, peers in works:
        if peers.schools:
            value = (failed.k / failed.n - peers.mean) / sqrt(peers.variance)
            of_cohort.setdefault(cohort, []).append(Deviation(value, peers.weight / failed.n))
    yield from map(_together, of_cohort.values())


def _together(works: list[Deviation]) -> Deviation:
    """Works of the same children: their mean, known no better than the best known of them."""
    weights = [1 / (1 + work.noise) for work in works]
    value = sum(weight * work.value for weight, work in zip(weights, works, strict=True)) / sum(weights)
    return Deviation(value, min(work.noise for work in works))


def likeness(schools: Iterable[list[Deviation]]) -> float:
    """r, from 0 to MOST_ALIKE: the mean product of deviations of two cohorts of one school, free of chance."""
    product = weight = 0.0
    paired = 0
    for cohorts in schools:
        known = [1 / (1 + one.noise) for one in cohorts]
        product += _sum_of_pairs([one.value * sure for one, sure in zip(cohorts, known, strict=True)])
        weight += _sum_of_pairs(known)
        paired += len(cohorts) > 1
    return min(max(product / weight, 0.0), MOST_ALIKE) if paired >= LEAST_PAIRED else 0.0


def _sum_of_pairs(values: list[float]) -> float:
    """Σ a·b over all pairs of different places."""
    return (sum(values) ** 2 - sum(value * value for value in values)) / 2


def _after(cohorts: Iterable[Deviation], alike: float) -> InCommon:
    """f was standard normal; every cohort measures √r·f with the variance of its own part and of chance."""
    precision, pull = 1.0, 0.0
    for one in cohorts:
        variance = 1 - alike + one.noise
        precision += alike / variance
        pull += sqrt(alike) * one.value / variance
    return InCommon(pull / precision, 1 / sqrt(precision))
