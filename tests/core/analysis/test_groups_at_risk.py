"""Pupils at risk: against a slow twin, at the edges, by code for the school alone, and in words."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msoko.core.analysis.methods.groups import at_risk
from msoko.core.analysis.panel import NO_MARKS, NO_MINIMUM, NOBODY, Group
from msoko.core.definitions.kinds import Condition
from msoko.core.monitoring.tally import Cell, Tally
from msoko.core.vocabulary.shares import wilson
from tests.core.analysis.panels import group, panel_of, parameters, pupils, tally_of, work

MATHS = work(1)  # marks 2 up to 5 points
HISTORY = work(2, "history")
schools = st.dictionaries(
    st.integers(10, 14), st.lists(st.integers(0, 20), min_size=1, max_size=15), min_size=1, max_size=4
)


def computed(panel, **asked):
    return at_risk.compute(panel, parameters("groups.at_risk", **asked))


def with_group(procedure, one):
    return replace(panel_of({procedure: {10: [5]}}), schools={procedure.key: {10: one}})


@settings(deadline=None)
@given(schools, st.integers(0, 6))
def test_who_is_at_risk_follows_from_the_scores(results, margin):
    outcome = computed(panel_of({MATHS: results}), margin=margin)
    assert [one.organisation for one in outcome.results] == sorted(results)
    for one in outcome.results:
        scores = results[one.organisation]
        failed, near = sum(score <= 5 for score in scores), sum(5 < score <= 5 + margin for score in scores)
        said = one.statistic
        assert (said["failed"]["k"], said["near"]["k"], said["at_risk"]["k"]) == (failed, near, failed + near)
        assert said["at_risk"]["n"] == len(scores)
        assert one.interval == wilson(failed + near, len(scores))
        json.dumps(said)


@settings(deadline=None)
@given(schools, st.integers(0, 6))
def test_the_codes_are_as_many_as_the_figure_says(results, margin):
    rows = [(key, "А", [score]) for key, scores in results.items() for score in scores]
    figure = {one.organisation: one for one in computed(panel_of({MATHS: results}), margin=margin).results}
    for key, scores in results.items():
        found = at_risk.codes_at_risk(pupils(rows), MATHS, key, margin)
        assert len(found) == figure[key].statistic["at_risk"]["k"]
        assert sorted(one.score for one in found) == sorted(score for score in scores if score <= 5 + margin)


def test_an_exam_is_measured_from_its_minimum_by_a_margin_of_its_own():
    exam = work(1, kind="ege", grade=11, bounds=None, minimum=27, maximum=32)
    (one,) = computed(panel_of({exam: {10: [26, 27, 31, 32, 80]}})).results
    said = one.statistic
    assert (said["failed"]["k"], said["near"]["k"], said["near_from"], said["near_to"]) == (1, 2, 27, 31)


def test_an_exam_without_a_minimum_is_named():
    exam = work(1, kind="ege", grade=11, bounds=None, maximum=32)
    outcome = computed(panel_of({exam: {10: [26]}}))
    assert [one.reason for one in outcome.not_computed if one.organisation] == [NO_MINIMUM]


def test_only_mandatory_subjects_are_asked_about():
    panel = panel_of({MATHS: {10: [3]}, HISTORY: {10: [3]}})
    assert [one.statistic["subject"] for one in computed(panel).results] == ["mathematics"]
    assert [one.statistic["subject"] for one in computed(panel, subjects="история").results] == ["history"]


def test_without_a_scale_printed_marks_tell_who_failed_and_not_who_was_near():
    procedure = work(1, bounds=None)
    tally = Tally({"valid": 3}, {Cell(4, None, 2): 1, Cell(12, None, 4): 2})
    (one,) = computed(with_group(procedure, group(procedure, 10, tally))).results
    assert (one.statistic["failed"]["k"], one.statistic["near"], one.statistic["at_risk"]["k"]) == (1, None, 1)
    assert at_risk.NO_SCALE in at_risk.sentence(one)


def test_without_scale_and_marks_nothing_is_known():
    outcome = computed(panel_of({work(1, bounds=None): {10: [3]}}))
    assert (outcome.results, outcome.not_computed[0].reason) == ((), NO_MARKS)


def test_who_failed_by_a_condition_of_the_scale_is_counted_once():
    """Six and seven points pass by the total; one of the three did not fulfil the condition and has a printed 2."""
    scale = replace(MATHS.scale, conditions=(Condition("геометрия", ("1",), 2, 3),))
    procedure = replace(MATHS, scale=scale)
    tally = Tally({"valid": 4}, {Cell(6, None, 2): 1, Cell(6, None, 3): 1, Cell(7, None, 3): 1, Cell(3, None, 2): 1})
    (one,) = computed(with_group(procedure, group(procedure, 10, tally)), margin=2).results
    assert (one.statistic["failed"]["k"], one.statistic["near"]["k"], one.statistic["at_risk"]["k"]) == (2, 2, 4)


def test_a_table_with_marks_alone_tells_the_failed_only():
    table = Group(10, 1, n=40, marks={2: 4, 3: 16, 4: 15, 5: 5}, is_aggregate=True)
    (one,) = computed(with_group(MATHS, table)).results
    assert (one.statistic["failed"]["k"], one.statistic["near"], one.statistic["why_not_near"]) == (
        4,
        None,
        at_risk.NO_SCORES,
    )


def test_a_table_with_scores_tells_both():
    table = Group(10, 1, n=6, marks={2: 2, 3: 4, 4: 0, 5: 0}, is_aggregate=True, table_histogram={3: 2, 6: 1, 8: 3})
    (one,) = computed(with_group(MATHS, table)).results
    assert one.statistic["near"]["k"] == 1


def test_everybody_absent_and_no_mark_at_all_are_named():
    absent = computed(with_group(MATHS, group(MATHS, 10, tally_of([], absent=3))))
    assert absent.not_computed[0].reason == NOBODY
    unmarked = computed(with_group(MATHS, Group(10, 1, n=2, marks=dict.fromkeys((2, 3, 4, 5), 0))))
    assert unmarked.not_computed[0].reason == at_risk.NO_MARK_AT_ALL


def test_codes_are_of_one_school_in_the_order_of_classes():
    rows = [(10, "Б", [5]), (10, "А", [6]), (11, "А", [1]), (10, "А", [7])]
    found = at_risk.codes_at_risk(pupils(rows), MATHS, 10, 1)
    assert [(one.class_name, one.code, one.score) for one in found] == [("А", "1", 6), ("Б", "0", 5)]


def test_codes_say_why_there_are_none():
    exam = work(1, kind="ege", grade=11, bounds=None, minimum=27)
    rows = pupils([(10, "А", [1])])
    assert at_risk.codes_at_risk(rows, exam, 10, 1) == at_risk.TEST_SCORES_ARE_NOT_HERE
    assert at_risk.codes_at_risk(rows, work(1, bounds=None), 10, 1) == NO_MARKS


def test_the_region_is_the_reference():
    (one,) = computed(panel_of({MATHS: {10: [3, 6], 11: [12, 14]}})).procedures
    assert (one.reference["at_risk"]["k"], one.reference["at_risk"]["n"]) == (2, 4)
    (alone,) = computed(panel_of({MATHS: {10: [3]}}, with_region=False)).procedures
    assert alone.reference == {"why_not": "региона нет"}


@pytest.mark.parametrize(
    ("scores", "asked", "words"),
    [
        (
            [3] * 5 + [6] * 4 + [12] * 32,
            {},
            "По математике в 5 классе в зоне риска 22 % (9 из 41; 12–37 %): "
            "не справились 5, у самой границы (6 баллов) — 4.",
        ),
        (
            [3] + [7] * 2 + [12] * 17,
            {"margin": 16},
            "По математике в 5 классе в зоне риска 100 % (20 из 20; 84–100 %): "
            "не справились 1, у самой границы (6–21 балл) — 19.",
        ),
        ([12] * 10, {}, "По математике в 5 классе в зоне риска 0 % (0 из 10; 0–28 %)."),
    ],
)
def test_the_sentence_agrees_with_its_numbers(scores, asked, words):
    (one,) = computed(panel_of({MATHS: {10: scores}}), **asked).results
    assert at_risk.sentence(one).replace("\u00a0", " ") == words


def test_scores_of_a_rounded_table_never_make_more_at_risk_than_there_are():
    """Marks of a table are 10 participants, its distribution of scores, restored from per cents, is of 11."""
    table = Group(10, 1, n=10, marks={2: 3, 3: 7, 4: 0, 5: 0}, is_aggregate=True, table_histogram={3: 3, 7: 8})
    (one,) = computed(with_group(MATHS, table), margin=5).results
    assert (one.statistic["near"]["k"], one.statistic["at_risk"]["k"], one.statistic["at_risk"]["n"]) == (7, 10, 10)
