"""What is low, work by work, and what puts a school on the list: shared by the methods of this family."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from msoko.core.analysis.outcome import NotComputed, OfProcedure, Verdict
from msoko.core.analysis.panel import Group, Input, Panel, Procedure
from msoko.core.analysis.parameters import Parameters
from msoko.core.vocabulary.russian import counted
from msoko.core.vocabulary.shares import Share, wilson

Numbers = NDArray[np.float64]

EVEN = 0.5
"""Below it the rule would rather not hold of the true shares, whatever the raw ones are."""

ONE = 1
"""Participants of the smallest work that a rule could count at all."""

NO_PROCEDURES = "ни одной из учитываемых процедур за этот год в системе нет"
WROTE_NOTHING = "ни одной из учитываемых работ школа в этом году не писала"


@dataclass(frozen=True)
class Sat:
    """One school in one procedure: who did not pass of how many; and the same work a year before, where it is known."""

    procedure: Procedure
    group: Group
    failed: Share
    before: "Sat | None" = None

    @property
    def inputs(self) -> tuple[Input, ...]:
        return (self.group.input, *(self.before.inputs if self.before else ()))

    def told(self) -> dict[str, Any]:
        """What a statistic keeps of it."""
        return {**self.procedure.told(), "k": self.failed.k, "n": self.failed.n}


@dataclass(frozen=True)
class Lowness:
    """A work is low where at least `percent` of at least `min_n` participants did not pass."""

    percent: Fraction
    min_n: int

    @classmethod
    def of(cls, parameters: Parameters) -> "Lowness":
        return cls(Fraction(str(parameters["threshold"])), parameters["min_n"])

    def counts(self, failed: Share) -> bool:
        """Whether there are participants enough."""
        return failed.n >= max(self.min_n, 1)

    def holds(self, failed: Share) -> bool:
        """In whole numbers: three of ten are exactly thirty per cent."""
        reached = 100 * failed.k * self.percent.denominator >= self.percent.numerator * failed.n
        return reached and self.counts(failed)

    @property
    def share(self) -> float:
        """0–1."""
        return float(self.percent) / 100


@dataclass(frozen=True)
class ListRule:
    """On the list with `least` low works of the year; where `repeated`, also with one work low in two years running."""

    low: Lowness
    least: int
    repeated: bool

    @classmethod
    def of(cls, parameters: Parameters) -> "ListRule":
        return cls(Lowness.of(parameters), parameters["least_procedures"], parameters["repeated"])

    def at_least(self, min_n: int) -> "ListRule":
        """The same rule with another least number of participants."""
        return replace(self, low=replace(self.low, min_n=min_n))

    def counted(self, works: Iterable[Sat]) -> list[Sat]:
        """Works of this year with participants enough; of the year before nothing is kept that does not count."""
        found = [work for work in works if self.low.counts(work.failed)]
        return [work if self._before_counts(work) else replace(work, before=None) for work in found]

    def _before_counts(self, work: Sat) -> bool:
        return work.before is None or (self.repeated and self.low.counts(work.before.failed))

    def is_twice(self, work: Sat) -> bool:
        low_before = self.repeated and work.before is not None and self.low.holds(work.before.failed)
        return low_before and self.low.holds(work.failed)

    def lists(self, works: Iterable[Sat]) -> bool:
        low = [work for work in works if self.low.holds(work.failed)]
        return len(low) >= self.least or any(self.is_twice(work) for work in low)

    def reach(self, works: Sequence[Sat]) -> int:
        """The largest least number of participants with which the school would still be on the list; 0 where none."""
        for size in sizes(works):
            if self.at_least(size).lists(works):
                return size
        return 0


def sizes(works: Iterable[Sat]) -> list[int]:
    """Numbers of participants at which a rule may answer differently, the largest first."""
    found = {one.failed.n for work in works for one in (work, work.before) if one is not None and one.failed.n}
    return sorted(found, reverse=True)


def chance_of_list(now: Numbers, before: Numbers, least: int) -> Numbers:
    """P(at least `least` works are truly low, or one is in both years), of independent works.

    `now`: P(low this year), `before`: P(low the year before; 0 where that is not known), both of shape (works, …); the
    answer has the rest of the shape. Of schools that are not listed none is low twice and fewer than `least` are low:
    their probabilities are added work after work, by how many are low.
    """
    most = min(least - 1, len(now))  # low works of a school that is not listed
    unlisted = np.zeros((most + 1, *now.shape[1:]))
    unlisted[0] = 1.0
    for low, low_before in zip(now, before, strict=True):
        only_now = low * (1 - low_before)
        for count in range(most, 0, -1):
            unlisted[count] = unlisted[count] * (1 - low) + unlisted[count - 1] * only_now
        unlisted[0] *= 1 - low
    return np.clip(1 - unlisted.sum(axis=0), 0.0, 1.0)


@dataclass(frozen=True)
class Sureness:
    """«устойчиво» needs a probability of `robust` and `robust_min_n` different pupils behind the low works."""

    robust: float
    robust_min_n: int

    @classmethod
    def of(cls, parameters: Parameters) -> "Sureness":
        return cls(parameters["robust"], parameters["robust_min_n"])

    def verdict(self, probability: float, pupils: int) -> Verdict:
        if probability < EVEN:
            return Verdict.DOUBTFUL
        is_robust = probability >= self.robust and pupils >= self.robust_min_n
        return Verdict.ROBUST if is_robust else Verdict.LIKELY

    def is_held_back(self, probability: float, pupils: int) -> bool:
        """Whether nothing but the number of pupils keeps the answer from being robust."""
        return probability >= self.robust and pupils < self.robust_min_n


def told_low(work: Sat, rule: ListRule) -> dict[str, Any]:
    """A low work as a statistic keeps it, with the year before where that is known."""
    before = {"k": work.before.failed.k, "n": work.before.failed.n} if work.before else None
    return {**work.told(), "repeated": rule.is_twice(work), "before": before}


def different_pupils(works: Iterable[Sat]) -> int:
    """At least so many different pupils wrote the works: one cohort's works were written by the same children."""
    largest: dict[int, int] = {}
    for work in works:
        cohort = work.procedure.cohort
        largest[cohort] = max(largest.get(cohort, 0), work.failed.n)
    return sum(largest.values())


def pooled(works: Sequence[Sat]) -> Share:
    """Those who did not pass over all the works: a ratio of sums."""
    return Share(sum(work.failed.k for work in works), sum(work.failed.n for work in works))


def pooled_interval(works: Sequence[Sat]) -> tuple[float, float]:
    """Wilson's bounds, per cent, of the pooled share, as wide as the number of different pupils makes them.

    Ten works of one class are no ten classes: the child who failed in one is likelier to fail in the next.
    """
    share, pupils = pooled(works), different_pupils(works)
    return wilson(share.k * pupils / share.n, pupils)


def asked_in(panel: Panel, year: int) -> list[Procedure]:
    """The procedures of a year in the grade and subject asked about."""
    return [
        one for one in panel.of_year(year) if panel.grade in (None, one.grade) and panel.subject in (None, one.subject)
    ]


def sat_by_school(panel: Panel, procedures: Iterable[Procedure]) -> tuple[dict[int, list[Sat]], list[NotComputed]]:
    """School → what it sat, in the order of the procedures; and by name what is not known."""
    sat: dict[int, list[Sat]] = {}
    unknown = []
    for procedure in procedures:
        before = panel.same_work(procedure, procedure.year - 1)
        for school, group in panel.each_school(procedure):
            failed = group.failed(procedure)
            if isinstance(failed, str):
                unknown.append(NotComputed(school.key, failed, procedure.key))
            else:
                earlier = _before(panel, before, school.key)
                sat.setdefault(school.key, []).append(Sat(procedure, group, failed, earlier))
    return dict(sorted(sat.items())), unknown


def _before(panel: Panel, procedure: Procedure | None, school: int) -> Sat | None:
    group = panel.groups(procedure).get(school) if procedure else None
    if group is None or procedure is None:
        return None
    failed = group.failed(procedure)
    return None if isinstance(failed, str) else Sat(procedure, group, failed)


def of_procedure(procedure: Procedure, low: Lowness, sat: Mapping[int, Sequence[Sat]]) -> OfProcedure:
    """In how many schools the procedure can be judged, and in which it is low."""
    here = {key: work for key, works in sat.items() for work in works if work.procedure.key == procedure.key}
    return OfProcedure(
        procedure.key,
        eligible=sum(low.counts(work.failed) for work in here.values()),
        flagged=tuple(sorted(key for key, work in here.items() if low.holds(work.failed))),
        reference={"threshold": float(low.percent)},
    )


def not_judged(
    panel: Panel, low: Lowness, procedures: Sequence[Procedure], sat: Mapping[int, Sequence[Sat]]
) -> Iterator[NotComputed]:
    """Schools of which a rule says nothing: none of their works has participants enough, or they wrote none."""
    if not procedures:
        yield NotComputed(None, NO_PROCEDURES)
        return
    wrote = {key for procedure in procedures for key in panel.groups(procedure)}
    for school in sorted(panel.organisations):
        if school not in wrote:
            yield NotComputed(school, WROTE_NOTHING)
        elif school in sat and not any(low.counts(work.failed) for work in sat[school]):
            yield NotComputed(school, _too_few(low.min_n, max(work.failed.n for work in sat[school])))


def _too_few(min_n: int, most: int) -> str:
    wanted = counted(min_n, "участника", "участников", "участников")
    found = counted(most, "участник", "участника", "участников")
    return f"ни в одной из учитываемых работ нет хотя бы {wanted}, больше всего — {found}"
