"""From rows to the panel that methods are given, by sums over arrays: a trial makes hundreds of panels."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import sqrt
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from msoko.core.analysis.panel import Group, Panel, Procedure, Pupils, School
from msoko.core.analysis.validation.rows import WorkRows
from msoko.core.monitoring.marking import MARKS
from msoko.core.monitoring.tally import Cell, Tally
from msoko.core.vocabulary.statuses import RowStatus

REGION = 0
NOTHING: Mapping[int, Group] = MappingProxyType({})
JOURNAL = 6
"""Columns of a table of scores by journal mark: 0 = none, 2…5."""


@dataclass(frozen=True)
class CountedGroup(Group):
    """A group whose tally has just been counted and was never packed."""

    counted: Tally | None = field(default=None, repr=False)

    @cached_property
    def tally(self) -> Tally | None:
        return self.counted


def panel_of(works: Sequence[WorkRows], year: int, region: Mapping[int, Group] = NOTHING) -> Panel:
    """The panel of `year`; works of other years are there to be compared with.

    `region`: procedure → its group, where it is not these schools together.
    """
    keys = np.unique(np.concatenate([work.organisation for work in works])).tolist()
    groups = {work.procedure.key: _groups(work) for work in works}
    return Panel(
        year=year,
        procedures=tuple(work.procedure for work in works),
        organisations={key: School(key, str(key)) for key in keys},
        schools={key: {one.organisation: one for one in found[:-1]} for key, found in groups.items()},
        region={key: region.get(key, found[-1]) for key, found in groups.items()},
        pupils={work.procedure.key: _pupils(work) for work in works},
    )


def regions_of(works: Sequence[WorkRows]) -> dict[int, Group]:
    """Procedure → the group of all its schools, as an aggregate table of the region would tell it."""
    return {work.procedure.key: _groups(work)[-1] for work in works}


def _pupils(work: WorkRows) -> Pupils:
    here = work.present
    return Pupils(
        organisation=work.organisation[here],
        class_name=work.class_name[here],
        code=np.flatnonzero(here).astype(str),
        items=work.items[here],
        total=work.total[here].astype(np.int32),
    )


def _groups(work: WorkRows) -> list[Group]:
    """Schools in the order of their keys, the region last."""
    schools, places = np.unique(work.organisation, return_inverse=True)
    tables = _tables(work, places, len(schools))
    absent = np.bincount(places[work.is_absent], minlength=len(schools))
    cells = [*tables, tables.sum(axis=0)]
    missing = [*absent.tolist(), int(absent.sum())]
    keys = [*schools.tolist(), REGION]
    marks = _marks_of_scores(work)
    return [_group(work.procedure, key, table, marks, n) for key, table, n in zip(keys, cells, missing, strict=True)]


def _marks_of_scores(work: WorkRows) -> NDArray[np.int64] | None:
    """The mark of every score from 0; None where there is no scale."""
    scale, scores = work.procedure.scale, range(int(work.maxima.sum()) + 1)
    return np.array([scale.mark(score) or 0 for score in scores]) if scale else None


def _tables(work: WorkRows, places: NDArray[np.int64], schools: int) -> NDArray[np.int64]:
    """Participants of each school by score and journal mark; shape (S, scores, JOURNAL)."""
    here, scores = work.present, int(work.maxima.sum()) + 1
    cell = (places[here] * scores + work.total[here]) * JOURNAL + work.journal[here]
    return np.bincount(cell, minlength=schools * scores * JOURNAL).reshape(schools, scores, JOURNAL)


def _group(
    procedure: Procedure, organisation: int, table: NDArray[np.int64], marks: NDArray[np.int64] | None, absent: int
) -> Group:
    by_score = table.sum(axis=1)
    n = int(by_score.sum())
    scores = np.arange(len(by_score))
    total, squares = int(by_score @ scores), int(by_score @ scores**2)
    mean = total / n if n else None
    return CountedGroup(
        organisation=organisation,
        procedure=procedure.key,
        n=n,
        absent=absent,
        mean=mean,
        sd=sqrt((n * squares - total**2) / (n * (n - 1))) if n > 1 else None,
        mean_percent=100 * mean / procedure.maximum if mean is not None and procedure.maximum else None,
        marks={mark: int(by_score[marks == mark].sum()) for mark in MARKS} if n and marks is not None else None,
        journal=_against_journal(table, marks) if marks is not None else None,
        counted=_tally(table, absent),
    )


def _against_journal(table: NDArray[np.int64], marks: NDArray[np.int64]) -> tuple[int, int, int] | None:
    """Lowered, confirmed, raised; None where nobody has both marks."""
    journal = np.arange(JOURNAL)
    both = table * (marks[:, None] > 0) * (journal > 0)
    sides = (marks[:, None] < journal, marks[:, None] == journal, marks[:, None] > journal)
    lowered, confirmed, raised = (int(both[side].sum()) for side in sides)
    return (lowered, confirmed, raised) if lowered + confirmed + raised else None


def _tally(table: NDArray[np.int64], absent: int) -> Tally:
    statuses = {RowStatus.VALID.value: int(table.sum()), RowStatus.ABSENT.value: absent}
    return Tally({status: n for status, n in statuses.items() if n}, dict(_cells(table)))


def _cells(table: NDArray[np.int64]) -> Iterator[tuple[Cell, int]]:
    scores, journal = np.nonzero(table)
    for score, mark, n in zip(scores.tolist(), journal.tolist(), table[scores, journal].tolist(), strict=True):
        yield Cell(score, mark or None), n
