"""From a panel to arrays: which schools sat a work with which scores, and whom each of them is compared with."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from msoko.core.analysis.choosing import chosen
from msoko.core.analysis.outcome import NotComputed
from msoko.core.analysis.panel import NO_MARKS, NO_SCORES, Group, Panel, Procedure
from msoko.core.analysis.parameters import Parameters

NO_MAXIMUM = "наибольший балл работы не известен"
NOBODY_TO_COMPARE = "сравнить не с кем: других участников в этой работе слишком мало"


@dataclass(frozen=True)
class SatWork:
    """One procedure with whoever told scores in it: `groups` in the order of schools of `histograms` (S, scores).

    `region` is the histogram of the region where it is in the system, else of all these schools together.
    """

    procedure: Procedure
    schools: tuple[int, ...]
    groups: tuple[Group, ...]
    histograms: NDArray[np.int64]
    region: NDArray[np.int64]

    @property
    def others(self) -> NDArray[np.int64]:
        """The region without each school in turn; shape (S, scores). A rounded table may fall below zero: then 0."""
        return np.maximum(self.region[None, :] - self.histograms, 0)

    @property
    def absent(self) -> NDArray[np.int64]:
        """Absent of each school; 0 where that is not known (see `of_known_absent`)."""
        return np.array([group.absent or 0 for group in self.groups], dtype=np.int64)

    def of_known_absent(self) -> "SatWork | None":
        """The work of those schools whose absent are known, compared among themselves; None where there is none."""
        rows = [row for row, group in enumerate(self.groups) if group.absent is not None]
        if not rows:
            return None
        schools, groups = zip(*((self.schools[row], self.groups[row]) for row in rows), strict=True)
        return SatWork(self.procedure, schools, groups, self.histograms[rows], self.region)


def sat_works(
    panel: Panel, parameters: Parameters, needs_scale: bool = True
) -> tuple[list[SatWork], list[NotComputed]]:
    """The procedures that a method counts, and by name what could not be."""
    works, unknown = [], []
    for procedure in chosen(panel.asked(), parameters["procedures"]):
        maximum = procedure.scale.maximum if procedure.scale else procedure.maximum
        if maximum is None or (needs_scale and procedure.scale is None):
            unknown.append(NotComputed(None, NO_MARKS if needs_scale else NO_MAXIMUM, procedure.key))
            continue
        groups = [group for _, group in panel.each_school(procedure) if group.n]
        unknown += [NotComputed(one.organisation, NO_SCORES, procedure.key) for one in groups if not one.histogram]
        known = [group for group in groups if group.histogram]
        if known:
            works.append(_sat(panel, procedure, known, maximum))
    return works, unknown


def _sat(panel: Panel, procedure: Procedure, groups: Sequence[Group], maximum: int) -> SatWork:
    histograms = np.array([_row(group.histogram or {}, maximum) for group in groups])
    together = histograms.sum(axis=0)
    reference = panel.reference(procedure)
    region = _row(reference.histogram or {}, maximum) if isinstance(reference, Group) else together
    schools = tuple(group.organisation for group in groups)
    wider = region if region.sum() > together.sum() else together
    return SatWork(procedure, schools, tuple(groups), histograms, wider)


def _row(histogram: Mapping[int, int], maximum: int) -> NDArray[np.int64]:
    """Scores 0…maximum; a score above the maximum is a fault of the file and is in no figure."""
    row = np.zeros(maximum + 1, dtype=np.int64)
    for score, n in histogram.items():
        if 0 <= score <= maximum:
            row[int(score)] += round(n)
    return row


def schools_of(works: Sequence[SatWork]) -> list[int]:
    """Everybody who sat one of the works, by key."""
    return sorted({key for work in works for key in work.schools})


def spread_over(schools: Sequence[int], work: SatWork, table: NDArray[np.int64]) -> NDArray[np.int64]:
    """Rows of the work's schools put in the places of all schools, zeros elsewhere."""
    place = {key: row for row, key in enumerate(schools)}
    wide = np.zeros((len(schools), table.shape[1]), dtype=table.dtype)
    wide[[place[key] for key in work.schools]] = table
    return wide


def inputs_of(works: Sequence[SatWork], school: int) -> Iterator[Group]:
    """The school's groups in these works."""
    return (group for work in works for key, group in zip(work.schools, work.groups, strict=True) if key == school)
