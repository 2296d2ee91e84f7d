"""Results of different works on one scale: standard deviations of the pupils of a region.

Works of one cohort are written by the same pupils, so their numbers of participants do not add up: the schools'
results are put together by parallel first, and a parallel is as large as its largest work.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from msoko.core.analysis.outcome import NotComputed, OfProcedure
from msoko.core.analysis.panel import NOBODY, Group, Panel, Procedure
from msoko.core.monitoring.exam_scores import PERFECT

NO_SPREAD = "у всех участников один и тот же балл"
NO_SPREAD_INSIDE = "внутри школ у всех один балл: не видно, что может быть случайностью"
ONE_SCHOOL = "работу писала одна школа: сравнивать не с чем"


@dataclass(frozen=True)
class Work:
    """One procedure over all its schools: participants, their mean and standard deviation (n − 1), and `within`, the
    variance of pupils inside schools as a part of the whole variance. `possible` is the highest score, None unknown.
    """

    procedure: Procedure
    schools: int
    n: int
    mean: float
    sd: float
    within: float
    possible: int | None

    def reference(self) -> OfProcedure:
        told = {"n": self.n, "mean": self.mean, "sd": self.sd, "within": self.within}
        return OfProcedure(self.procedure.key, self.schools, (), told)


@dataclass(frozen=True)
class Scale:
    """From standard deviations back to something to read: per cent of the maximum of the mean work of the region."""

    centre: float
    spread: float
    unit: str

    def of(self, value: float) -> float:
        return self.centre + self.spread * value


IN_DEVIATIONS = Scale(0.0, 1.0, "sd")


@dataclass(frozen=True)
class Sat:
    """A school in a work: `z` is its mean in standard deviations of the region's pupils from their mean."""

    school: int
    work: Work
    group: Group
    n: int
    z: float


@dataclass(frozen=True)
class Parallels:
    """Arrays by school and cohort: key of the school, mean z over its works, pupils, variance of z by sampling."""

    school: NDArray[np.int64]
    z: NDArray[np.float64]
    n: NDArray[np.int64]
    sampling: NDArray[np.float64]


@dataclass(frozen=True)
class Standardised:
    """All that schools sat, by school and then in the order of the procedures, and what could not be compared."""

    works: tuple[Work, ...]
    sat: tuple[Sat, ...]
    not_computed: tuple[NotComputed, ...]

    @property
    def by_school(self) -> dict[int, list[Sat]]:
        found: dict[int, list[Sat]] = {}
        for one in self.sat:
            found.setdefault(one.school, []).append(one)
        return found

    @property
    def scale(self) -> Scale:
        """Standard deviations themselves where no maximum is known."""
        told = [(work.n, 100 / work.possible, work) for work in self.works if work.possible]
        n = sum(n for n, _, _ in told)
        if not n:
            return IN_DEVIATIONS
        centre = sum(n * unit * work.mean for n, unit, work in told) / n
        return Scale(centre, sum(n * unit * work.sd for n, unit, work in told) / n, "percent")


def standardised(panel: Panel, procedures: Iterable[Procedure]) -> Standardised:
    """The schools' means of every procedure as deviations from the mean of all pupils of these schools."""
    works, sat, unknown = [], [], []
    for procedure in procedures:
        groups = dict(_known(panel, procedure))
        unknown += [
            NotComputed(school.key, group.why_no_mean(), procedure.key)
            for school, group in panel.each_school(procedure)
            if school.key not in groups
        ]
        work = _work(procedure, groups)
        if isinstance(work, str):
            unknown.append(NotComputed(None, work, procedure.key))
            continue
        works.append(work)
        sat += [Sat(key, work, group, n, (mean - work.mean) / work.sd) for key, (group, n, mean) in groups.items()]
    order = {work.procedure.key: place for place, work in enumerate(works)}
    sat.sort(key=lambda one: (one.school, order[one.work.procedure.key]))
    return Standardised(tuple(works), tuple(sat), tuple(unknown))


Known = tuple[Group, int, float]
"""A group with its participants and their mean, both of which are known."""


def _known(panel: Panel, procedure: Procedure) -> Iterator[tuple[int, Known]]:
    for school, group in panel.each_school(procedure):
        if group.n and group.mean is not None:
            yield school.key, (group, group.n, group.mean)


def _work(procedure: Procedure, groups: Mapping[int, Known]) -> Work | str:
    if not groups:
        return NOBODY
    if len(groups) == 1:
        return ONE_SCHOOL
    n = np.array([n for _, n, _ in groups.values()], dtype=np.float64)
    mean = np.array([mean for _, _, mean in groups.values()], dtype=np.float64)
    sd = np.array([group.sd or 0.0 for group, _, _ in groups.values()], dtype=np.float64)
    whole = float(n @ mean / n.sum())
    inside = float((n - 1) @ sd**2)
    variance = (inside + float(n @ (mean - whole) ** 2)) / (n.sum() - 1)
    if variance < 1e-12 or inside < 1e-12:
        return NO_SPREAD if variance < 1e-12 else NO_SPREAD_INSIDE
    freedom = float((n - 1).sum())
    possible = PERFECT if procedure.is_exam else procedure.maximum
    return Work(procedure, len(groups), int(n.sum()), whole, sqrt(variance), inside / freedom / variance, possible)


def parallels(sat: Sequence[Sat]) -> Parallels:
    """By school and cohort. The variance is that of pupils who do alike in all their works: the largest possible."""
    places = np.array([(one.school, one.work.procedure.cohort) for one in sat], dtype=np.int64).reshape(-1, 2)
    cells, code = np.unique(places, axis=0, return_inverse=True)
    n, z, within = (np.array(column, dtype=np.float64) for column in _columns(sat))
    total = np.bincount(code, n, minlength=len(cells))
    largest = np.zeros(len(cells))
    np.maximum.at(largest, code, n)
    mean_z, mean_within = (np.bincount(code, n * each, minlength=len(cells)) / total for each in (z, within))
    return Parallels(cells[:, 0], mean_z, largest.astype(np.int64), mean_within / largest)


def _columns(sat: Sequence[Sat]) -> tuple[list[int], list[float], list[float]]:
    return [one.n for one in sat], [one.z for one in sat], [one.work.within for one in sat]
