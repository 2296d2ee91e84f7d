"""Panels made of rows by sums over arrays say what the road of files says."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from msoko.core.analysis.panel import Group
from msoko.core.analysis.validation.panels import panel_of
from msoko.core.analysis.validation.rows import WorkRows, participants_by_school
from msoko.core.monitoring.describing import describe
from msoko.core.monitoring.tally import Cell, Tally
from tests.core.analysis.validation.rows_drawn import MAXIMA, drawn, procedure, rows

SCORES = st.tuples(*(st.integers(-1, maximum) for maximum in MAXIMA))
ROWS = st.lists(
    st.tuples(st.integers(1, 3), st.sampled_from("АБ"), st.none() | SCORES, st.sampled_from([0, 2, 3, 4, 5])),
    min_size=1,
    max_size=12,
)


def counted_slowly(work: WorkRows, school: int | None) -> Tally:
    """One row after another; every school where none is named."""
    cells: dict[Cell, int] = {}
    statuses: dict[str, int] = {}
    for place in range(len(work.organisation)):
        if school not in (None, int(work.organisation[place])):
            continue
        status = "absent" if work.is_absent[place] else "valid"
        statuses[status] = statuses.get(status, 0) + 1
        if not work.is_absent[place]:
            cell = Cell(sum(max(int(score), 0) for score in work.items[place]), int(work.journal[place]) or None)
            cells[cell] = cells.get(cell, 0) + 1
    return Tally(statuses, cells)


def figures(group: Group) -> tuple[object, ...]:
    return group.n, group.absent, group.mean, group.sd, group.mean_percent, group.marks, group.journal, group.tally


@given(ROWS)
def test_groups_are_those_that_files_would_give(told):
    work = rows(procedure(), told)
    panel = panel_of([work], 2025)
    (of,) = panel.procedures
    for school in {row[0] for row in told}:
        tally = counted_slowly(work, school)
        found = describe(tally, of.maximum, of.scale)
        journal = found.journal and (found.journal.lowered, found.journal.confirmed, found.journal.raised)
        scores = found.participants, found.absent, found.mean, found.sd, found.mean_percent
        assert figures(panel.schools[of.key][school]) == (*scores, found.marks, journal, tally)
    assert panel.region[of.key].tally == counted_slowly(work, None)


def test_participants_are_all_who_wrote_and_only_they():
    work = drawn(1, procedure())
    panel = panel_of([work], 2025)
    pupils = panel.pupils[1]
    assert len(pupils.total) == int((~work.is_absent).sum()) < len(work.is_absent)
    assert (pupils.total == np.maximum(pupils.items, 0).sum(axis=1)).all()
    assert sum(participants_by_school([work]).values()) == len(pupils.total)


def test_works_of_other_years_are_there_to_be_compared_with():
    works = [drawn(1, procedure(1)), drawn(2, procedure(2, year=2024))]
    panel = panel_of(works, 2025)
    assert [one.key for one in panel.asked()] == [1]
    assert panel.schools[2].keys() == panel.schools[1].keys()
