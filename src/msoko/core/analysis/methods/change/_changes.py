"""Changes of schools between two procedures: the same work a year before, or the work the same pupils wrote then."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from msoko.core.analysis.headings import place_of
from msoko.core.analysis.methods.change._drift import Drift, drift
from msoko.core.analysis.outcome import NotComputed
from msoko.core.analysis.panel import Group, NoReference, Panel, Procedure
from msoko.core.monitoring.exam_scores import PERFECT
from msoko.core.vocabulary.russian import NBSP, number
from msoko.core.vocabulary.shares import Z_95

Numbers = NDArray[np.float64]

NO_MAXIMUM = "максимальный балл работы не указан"
NOBODY_TWICE = "ни одна школа не писала обе работы"
NO_SPREAD = "внутри школ у всех один балл: не видно, что может быть случайностью"


@dataclass(frozen=True)
class Pair:
    """Two procedures of which one is the year before the other. `same_pupils`: another work, the same pupils."""

    now: Procedure
    before: Procedure
    same_pupils: bool

    @property
    def about(self) -> str:
        return f"{place_of(self.now)}/same_pupils" if self.same_pupils else place_of(self.now)

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """What of the work itself has changed, in Russian."""
        if self.same_pupils:
            return ()
        return tuple(filter(None, (self._maximum_changed(), self._scale_changed())))

    def _maximum_changed(self) -> str:
        now, before = self.now.maximum, self.before.maximum
        if now == before:
            return ""
        return f"максимум работы изменился: {_or_unknown(now)}, а{NBSP}было {_or_unknown(before)}"

    def _scale_changed(self) -> str:
        now, before = self.now.scale, self.before.scale
        if now is None or before is None or now.bounds == before.bounds:
            return ""
        return "шкала отметок изменилась"


def _or_unknown(maximum: int | None) -> str:
    return "не указан" if maximum is None else number(maximum)


@dataclass(frozen=True)
class Region:
    """Mean and standard deviation of the region's pupils in both procedures, per cent of the maximum, with n."""

    now: float
    before: float
    sd_now: float
    sd_before: float
    n_now: int
    n_before: int
    groups: tuple[Group, Group]


@dataclass(frozen=True)
class Changes:
    """Arrays by school, in the order of keys, in per cent of the maximum.

    `half` is half of the 95 % interval of `difference`. `excess` is how much more than the region the school has
    changed: the difference of differences for the same work; for the same pupils, whose two works differ, the change
    of their place among the region's pupils, in points of this year's work. NaN without a region.
    """

    pair: Pair
    schools: tuple[int, ...]
    groups: tuple[tuple[Group, Group], ...]
    n: NDArray[np.int64]
    n_before: NDArray[np.int64]
    now: Numbers
    before: Numbers
    half: Numbers
    within: tuple[float, float]
    region: Region | NoReference
    excess: Numbers
    excess_half: Numbers
    drift: Drift

    @cached_property
    def difference(self) -> Numbers:
        return self.now - self.before

    def is_clear(self, place: int, min_n: int) -> bool:
        """Whether the school has changed beyond chance: more than the region where there is one."""
        alone = isinstance(self.region, NoReference)
        value, half = (self.difference, self.half) if alone else (self.excess, self.excess_half)
        return bool(self.participants[place] >= min_n and abs(value[place]) > half[place])

    @cached_property
    def participants(self) -> NDArray[np.int64]:
        """Of the smaller of the two: a change is known no better than its less known end."""
        return np.minimum(self.n, self.n_before)


def pairs(panel: Panel, procedures: Iterable[Procedure]) -> Iterator[Pair]:
    """Of every procedure the same work a year before, and the other work of these pupils, where they are."""
    for now in procedures:
        before = panel.same_work(now, now.year - 1)
        if before is not None:
            yield Pair(now, before, same_pupils=False)
        earlier = _of_the_same_pupils(panel, now)
        if earlier is not None:
            yield Pair(now, earlier, same_pupils=True)


def _of_the_same_pupils(panel: Panel, now: Procedure) -> Procedure | None:
    """Another work of theirs the year before; of several the one with the same mark."""
    found = [
        one
        for one in panel.of_year(now.year - 1)
        if one.cohort == now.cohort and (one.kind, one.subject) == (now.kind, now.subject) and one.grade != now.grade
    ]
    return min(found, key=lambda one: (one.label != now.label, one.key), default=None)


def without_a_pair(panel: Panel, procedures: Iterable[Procedure]) -> list[NotComputed]:
    """Works that have nothing to be held against: an answer without them would look as if nothing had changed."""
    with_pair = {pair.now.key for pair in pairs(panel, procedures)}
    reason = f"в {panel.year - 1} году этой работы не было, и те же дети похожей не писали"
    return [NotComputed(None, reason, one.key) for one in procedures if one.key not in with_pair]


def changes(panel: Panel, pair: Pair, least_schools: int) -> Changes | str:
    """The changes of all schools that wrote both, or why none can be told, in Russian."""
    units = [_unit(procedure) for procedure in (pair.now, pair.before)]
    if None in units:
        return NO_MAXIMUM
    known = dict(_both(panel, pair))
    if not known:
        return NOBODY_TWICE
    n, mean, within = _columns([now for now, _ in known.values()], panel.groups(pair.now), units[0] or 0)
    n0, mean0, within0 = _columns([before for _, before in known.values()], panel.groups(pair.before), units[1] or 0)
    if within <= 0 or within0 <= 0:
        return NO_SPREAD
    half = Z_95 * np.sqrt(within / n + within0 / n0)
    region = _region(panel, pair, units)
    stretch = _stretch(region, pair)
    excess, excess_half = _against(region, stretch, (n, mean, within), (n0, mean0, within0))
    return Changes(
        pair=pair,
        schools=tuple(known),
        groups=tuple(known.values()),
        n=n.astype(np.int64),
        n_before=n0.astype(np.int64),
        now=mean,
        before=mean0,
        half=half,
        within=(within, within0),
        region=region,
        excess=excess,
        excess_half=excess_half,
        drift=drift(*_places(region, stretch, mean, mean0), (half / Z_95) ** 2, least_schools),
    )


def _unit(procedure: Procedure) -> float | None:
    possible = PERFECT if procedure.is_exam else procedure.maximum
    return 100 / possible if possible else None


def _both(panel: Panel, pair: Pair) -> Iterator[tuple[int, tuple[Group, Group]]]:
    earlier = panel.groups(pair.before)
    for school, group in panel.each_school(pair.now):
        before = earlier.get(school.key)
        if before is not None and _is_known(group) and _is_known(before):
            yield school.key, (group, before)


def _is_known(group: Group) -> bool:
    return bool(group.n) and group.mean is not None


Columns = tuple[Numbers, Numbers, float]
"""Participants, means in per cent, and the variance of pupils inside schools."""


def _columns(groups: Sequence[Group], everybody: Mapping[int, Group], unit: float) -> Columns:
    """The variance is that inside all schools together: a class of three does not know its own."""
    n = np.array([group.n for group in groups], dtype=np.float64)
    mean = np.array([group.mean for group in groups], dtype=np.float64) * unit
    spread = [
        (group.n - 1, group.sd) for group in everybody.values() if group.n and group.n > 1 and group.sd is not None
    ]
    freedom = sum(degrees for degrees, _ in spread)
    squares = sum(degrees * sd * sd for degrees, sd in spread)
    return n, mean, unit * unit * squares / freedom if freedom else 0.0


def _region(panel: Panel, pair: Pair, units: Sequence[float | None]) -> Region | NoReference:
    told = []
    for procedure, unit in zip((pair.now, pair.before), units, strict=True):
        group = panel.reference(procedure)
        if isinstance(group, NoReference):
            return group
        if not group.n or group.mean is None or not group.sd or unit is None:
            return NoReference("среднее и разброс региона не известны")
        told.append((group.mean * unit, group.sd * unit, group.n, group))
    (now, sd, n, group), (before, sd0, n0, group0) = told
    return Region(now, before, sd, sd0, n, n0, (group, group0))


def _stretch(region: Region | NoReference, pair: Pair) -> float:
    """Different works spread pupils differently; the place among all pupils is what both tell alike."""
    return region.sd_now / region.sd_before if pair.same_pupils and isinstance(region, Region) else 1.0


def _against(region: Region | NoReference, stretch: float, now: Columns, before: Columns) -> tuple[Numbers, Numbers]:
    (n, mean, within), (n0, mean0, within0) = now, before
    if isinstance(region, NoReference):
        return np.full(len(n), np.nan), np.full(len(n), np.nan)
    excess = (mean - region.now) - stretch * (mean0 - region.before)
    of_region = region.sd_now**2 / region.n_now + (stretch * region.sd_before) ** 2 / region.n_before
    return excess, Z_95 * np.sqrt(within / n + stretch**2 * within0 / n0 + of_region)


def _places(region: Region | NoReference, stretch: float, mean: Numbers, mean0: Numbers) -> tuple[Numbers, Numbers]:
    """Where the schools stood before and stand now, from the region's mean; without it from their own."""
    if isinstance(region, NoReference):
        return mean0 - mean0.mean(), mean - mean.mean()
    return stretch * (mean0 - region.before), mean - region.now
