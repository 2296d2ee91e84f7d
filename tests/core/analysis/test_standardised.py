"""Results of different works on one scale, against the pupils themselves counted one by one."""

from dataclasses import replace
from statistics import mean, stdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msoko.core.analysis.panel import NO_N, NO_SCORES, Group
from msoko.core.analysis.standardised import IN_DEVIATIONS, parallels, standardised
from tests.core.analysis.panels import panel_of, work

MATHS, RUSSIAN, OLDER = work(1), work(2, "russian", maximum=40), work(3, grade=6)
scores = st.lists(st.integers(0, 20), min_size=1, max_size=12)
results = st.fixed_dictionaries({one: st.dictionaries(st.integers(1, 4), scores) for one in (MATHS, RUSSIAN, OLDER)})


def within(by_school):
    """Σ(x − mean of the school)² / Σ(n − 1): the variance of pupils inside schools."""
    squares = sum((score - mean(one)) ** 2 for one in by_school.values() for score in one)
    freedom = sum(len(one) - 1 for one in by_school.values())
    return squares / freedom if freedom else 0


@settings(max_examples=60, deadline=None)
@given(results)
def test_a_mean_is_told_in_deviations_of_all_pupils(drawn):
    found = standardised(panel_of(drawn), drawn)
    by_key = {work.procedure.key: work for work in found.works}
    for one, by_school in drawn.items():
        everybody = [score for scores in by_school.values() for score in scores]
        comparable = len(by_school) > 1 and within(by_school) > 0
        assert (one.key in by_key) == comparable
        if not comparable:
            assert [told.organisation for told in found.not_computed if told.procedure == one.key] == [None]
            continue
        told = by_key[one.key]
        assert (told.n, told.mean) == (len(everybody), pytest.approx(mean(everybody)))
        assert told.sd == pytest.approx(stdev(everybody))
        assert told.within == pytest.approx(within(by_school) / stdev(everybody) ** 2)
        z = {sat.school: sat.z for sat in found.sat if sat.work.procedure.key == one.key}
        expected = {key: (mean(scores) - mean(everybody)) / stdev(everybody) for key, scores in by_school.items()}
        assert z == pytest.approx(expected)


@settings(max_examples=60, deadline=None)
@given(results)
def test_works_of_one_parallel_are_one_result(drawn):
    found = standardised(panel_of(drawn), drawn)
    cells = {}
    for sat in found.sat:
        cells.setdefault((sat.school, sat.work.procedure.grade), []).append(sat)
    together = parallels(found.sat)
    assert together.school.tolist() == sorted(school for school, _ in cells)
    in_order = [cells[key] for key in sorted(cells, key=lambda key: (key[0], -key[1]))]  # a higher grade began earlier
    for i, works in enumerate(in_order):
        total = sum(one.n for one in works)
        assert together.n[i] == max(one.n for one in works)
        assert together.z[i] == pytest.approx(sum(one.n * one.z for one in works) / total)
        variance = sum(one.n * one.work.within for one in works) / total / together.n[i]
        assert together.sampling[i] == pytest.approx(variance)


def test_the_scale_is_that_of_the_mean_work():
    drawn = {MATHS: {1: [4, 8], 2: [12, 16]}, RUSSIAN: {1: [10, 20], 2: [20, 30]}}
    found = standardised(panel_of(drawn), drawn)
    assert found.scale.unit == "percent"
    assert found.scale.centre == pytest.approx((50 + 50) / 2)
    assert found.scale.of(1) - found.scale.of(0) == pytest.approx(
        (5 * stdev([4, 8, 12, 16]) + 2.5 * stdev([10, 20, 20, 30])) / 2
    )


def test_without_a_maximum_results_stay_in_deviations():
    one = work(1, maximum=None)
    found = standardised(panel_of({one: {1: [4, 8], 2: [12, 16]}}), [one])
    assert found.scale == IN_DEVIATIONS


def test_an_exam_is_out_of_a_hundred_whatever_its_primary_maximum():
    one = work(1, kind="ege", grade=11, bounds=None, maximum=32)
    found = standardised(panel_of({one: {1: [40, 80], 2: [60, 100]}}), [one])
    assert found.scale.centre == pytest.approx(70)


@pytest.mark.parametrize(
    ("by_school", "reason"),
    [
        ({}, "никто не участвовал"),
        ({1: [5, 6]}, "работу писала одна школа: сравнивать не с чем"),
        ({1: [7, 7], 2: [7]}, "у всех участников один и тот же балл"),
        ({1: [3], 2: [9]}, "внутри школ у всех один балл: не видно, что может быть случайностью"),
    ],
    ids=["nobody", "one school", "all alike", "pupils alone"],
)
def test_a_work_that_tells_nothing_is_named_with_the_reason(by_school, reason):
    found = standardised(panel_of({MATHS: by_school}), [MATHS])
    assert found.sat == ()
    assert [(one.organisation, one.reason) for one in found.not_computed] == [(None, reason)]


def test_a_school_of_absent_pupils_is_named():
    found = standardised(panel_of({MATHS: {1: [5, 6], 2: [7, 9], 3: []}}), [MATHS])
    assert [(one.organisation, one.reason) for one in found.not_computed] == [(3, "никто не участвовал")]


def test_a_school_known_by_a_table_of_marks_is_not_called_absent():
    procedure = work(1)
    panel = panel_of({procedure: {10: [3, 8, 12], 11: [4, 9, 15], 12: [5], 13: [5]}})
    tables = {12: Group(12, 1, n=25, marks={2: 5, 3: 10, 4: 5, 5: 5}, is_aggregate=True), 13: Group(13, 1, n=None)}
    panel = replace(panel, schools={procedure.key: {**panel.schools[procedure.key], **tables}})
    found = standardised(panel, [procedure]).not_computed
    assert [(one.organisation, one.reason) for one in found] == [(12, NO_SCORES), (13, NO_N)]
