"""Plain figures of works: against a slow twin, at the edges, and in words."""

import json
from bisect import bisect_left
from dataclasses import replace
from statistics import mean, stdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t as student

from msoko.core.analysis.methods.descriptive import figures
from msoko.core.analysis.panel import NO_MARKS, NO_N, Group
from msoko.core.monitoring.describing import ALL_ALIKE, NO_JOURNAL, ONE_PARTICIPANT
from msoko.core.monitoring.tally import Cell, Tally
from msoko.core.vocabulary.shares import wilson
from tests.core.analysis.panels import BOUNDS, group, panel_of, parameters, school, tally_of, work

MATHS = work(1)
scored = st.tuples(st.integers(0, 20), st.sampled_from([None, 2, 3, 4, 5]))
schools = st.dictionaries(st.integers(10, 14), st.lists(scored, min_size=1, max_size=12), min_size=1, max_size=4)
WEIGHTS = {2: 16, 3: 36, 4: 64, 5: 100}


def computed(panel, **asked):
    return figures.compute(panel, parameters("descriptive.figures", **asked))


def told_share(k, n):
    low, high = wilson(k, n)
    return {"k": k, "n": n, "percent": 100 * k / n, "low": low, "high": high}


@settings(deadline=None)
@given(schools)
def test_what_is_said_is_what_follows_from_the_scores(results):
    outcome = computed(panel_of({MATHS: results}))
    assert [one.organisation for one in outcome.results] == sorted(results)
    for one in outcome.results:
        scores = [score for score, _ in results[one.organisation]]
        marks = [2 + bisect_left(BOUNDS, score) for score in scores]
        n, said = len(scores), one.statistic
        assert (said["n"], said["mean"]) == (n, pytest.approx(mean(scores)))
        assert said["mean_percent"] == pytest.approx(100 * mean(scores) / 20)
        assert said["pass_rate"] == pytest.approx(told_share(sum(mark > 2 for mark in marks), n))
        assert said["quality_rate"] == pytest.approx(told_share(sum(mark > 3 for mark in marks), n))
        assert said["mean_mark"] == pytest.approx(mean(marks))
        assert said["sou"] == pytest.approx(mean(WEIGHTS[mark] for mark in marks))
        for mark in (2, 3, 4, 5):
            assert said["marks"][str(mark)] == pytest.approx(told_share(marks.count(mark), n))
        json.dumps(said)


@settings(deadline=None)
@given(schools)
def test_the_interval_of_the_mean_is_students_within_the_work(results):
    for one in computed(panel_of({MATHS: results})).results:
        scores = [score for score, _ in results[one.organisation]]
        n = len(scores)
        if n < 2 or len(set(scores)) == 1:
            reason = ONE_PARTICIPANT if n < 2 else ALL_ALIKE
            assert (one.interval, one.statistic["why"]["mean_interval"]) == (None, reason)
            continue
        half = student.ppf(0.975, n - 1) * stdev(scores) / n**0.5
        assert one.interval == pytest.approx((max(0, mean(scores) - half), min(20, mean(scores) + half)))


@settings(deadline=None)
@given(schools)
def test_marks_are_compared_with_the_journal_where_it_has_one(results):
    for one in computed(panel_of({MATHS: results})).results:
        pairs = [(2 + bisect_left(BOUNDS, score), mark) for score, mark in results[one.organisation] if mark]
        if not pairs:
            assert (one.statistic["journal"], one.statistic["why"]["journal"]) == (None, NO_JOURNAL)
            continue
        expected = {
            "lowered": told_share(sum(mark < journal for mark, journal in pairs), len(pairs)),
            "confirmed": told_share(sum(mark == journal for mark, journal in pairs), len(pairs)),
            "raised": told_share(sum(mark > journal for mark, journal in pairs), len(pairs)),
        }
        assert {name: pytest.approx(share) for name, share in expected.items()} == one.statistic["journal"]


def with_group(procedure, one):
    panel = panel_of({procedure: {10: [5]}})
    return replace(panel, schools={procedure.key: {10: one}})


def test_the_absent_are_counted_beside_and_in_no_share():
    panel = with_group(MATHS, group(MATHS, 10, tally_of([3, 12], absent=4)))
    (one,) = computed(panel).results
    assert (one.statistic["n"], one.statistic["absent"], one.statistic["pass_rate"]["n"]) == (2, 4, 2)


def test_a_school_where_everybody_was_absent_is_named():
    outcome = computed(with_group(MATHS, group(MATHS, 10, tally_of([], absent=4))))
    assert (outcome.results, [one.reason for one in outcome.not_computed]) == ((), ["никто не участвовал"])


def test_without_a_scale_there_are_scores_and_no_marks():
    procedure = work(1, bounds=None)
    (one,) = computed(panel_of({procedure: {10: [3, 12]}})).results
    assert one.statistic["mean"] == 7.5
    assert (one.statistic["pass_rate"], one.statistic["why"]["marks"]) == (None, NO_MARKS)


def test_who_has_no_printed_mark_was_not_assessed_and_weighs_seven_or_eight():
    procedure = work(1, bounds=None)
    tally = Tally({"valid": 3}, {Cell(4, None, 3): 1, Cell(12, None, 4): 1, Cell(8): 1})
    panel = with_group(procedure, group(procedure, 10, tally))
    (seven,), (eight,) = computed(panel).results, computed(panel, sou_not_assessed="8").results
    assert seven.statistic["sou"] == pytest.approx((36 + 64 + 7) / 3)
    assert eight.statistic["sou"] == pytest.approx((36 + 64 + 8) / 3)
    assert seven.statistic["pass_rate"]["n"] == 2


def test_an_aggregate_table_says_only_what_it_says():
    table = Group(10, 1, n=40, marks={2: 4, 3: 16, 4: 15, 5: 5}, is_aggregate=True)
    (one,) = computed(with_group(MATHS, table)).results
    assert (one.statistic["mean"], one.interval, one.statistic["from_table"]) == (None, None, True)
    assert one.statistic["pass_rate"] == pytest.approx(told_share(36, 40))
    assert figures.sentence(one).startswith("По математике в\u00a05\u00a0классе: 40\u00a0участников; успеваемость")


def test_a_table_without_the_number_of_participants_is_not_nobody():
    outcome = computed(with_group(MATHS, Group(10, 1, n=None, is_aggregate=True)))
    assert [one.reason for one in outcome.not_computed] == [NO_N]


def test_an_exam_has_a_mean_and_points_to_its_own_method():
    exam = work(1, kind="ege", grade=11, bounds=None, maximum=32, minimum=27)
    (one,) = computed(panel_of({exam: {10: [90, 98, 100]}})).results
    assert one.interval[1] == 100
    assert one.statistic["why"]["marks"] == figures.NO_MARKS_IN_EXAM


def test_a_school_of_the_panel_that_is_no_school_of_the_region_is_left_out():
    panel = replace(panel_of({MATHS: {10: [5], 11: [6]}}), organisations={10: school(10)})
    assert [one.organisation for one in computed(panel).results] == [10]


def test_the_region_is_the_reference_and_its_absence_is_told():
    with_region, without = (
        computed(panel_of({MATHS: {10: [4, 6]}}, with_region=known)).procedures[0].reference for known in (True, False)
    )
    assert (with_region["n"], with_region["mean"]) == (2, 5)
    assert without == {"why_not": "региона нет"}


def test_the_sentence_has_every_share_with_its_n_and_interval():
    tally = tally_of([(3, 3), (7, 3), (12, 4), (16, 4)] * 3, absent=1)
    (one,) = computed(with_group(MATHS, group(MATHS, 10, tally))).results
    assert figures.sentence(one).replace("\u00a0", " ") == (
        "По математике в 5 классе: 12 участников, отсутствовал 1; средний балл — 9,5 (6,2–12,8), 48 % от максимума; "
        "успеваемость — 75 % (9 из 12; 47–91 %), качество обученности — 50 % (6 из 12; 25–75 %), "
        "средняя отметка — 3,50, СОУ — 54 %; отметка ниже журнальной — 25 % (3 из 12; 9–53 %)."
    )
