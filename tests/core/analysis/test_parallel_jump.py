"""A jump between neighbouring grades: the jumps against plain ones, the rule, and the edges."""

from dataclasses import replace
from statistics import mean, median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msoko.core.analysis.methods.objectivity._published_gaps import FEW_SCHOOLS
from msoko.core.analysis.methods.objectivity.parallel_jump import (
    NO_SPREAD,
    NOT_BOTH,
    compute,
    lower_parallel,
    sentence,
)
from msoko.core.analysis.outcome import Verdict
from msoko.core.analysis.panel import NOBODY
from tests.core.analysis.panels import panel_of, parameters, work

NAME = "objectivity.parallel_jump"
LOWER, UPPER = work(1, "mathematics", 4), work(2, "mathematics", 5)  # «4» from ten points
ANY = parameters(NAME, procedures="any")
MEANS = parameters(NAME, procedures="any", value="mean_percent")
USUAL = {
    key: ([12] * (10 + key % 4) + [7] * (10 - key % 3), [12] * (8 + key % 5) + [7] * (12 - key % 2))
    for key in range(10, 40)
}
scores = st.lists(st.integers(0, 20), min_size=2, max_size=14)
drawn_schools = st.dictionaries(st.integers(10, 40), st.tuples(scores, scores), min_size=10, max_size=16)


def panel(by_school, lower=LOWER, upper=UPPER):
    results = {
        one: {key: pair[side] for key, pair in by_school.items() if pair[side] is not None}
        for side, one in enumerate((lower, upper))
    }
    return panel_of(results)


def quality(scored):
    return 100 * sum(score >= 10 for score in scored) / len(scored)


@given(drawn_schools)
def test_the_jump_of_whoever_is_marked_is_far_from_the_median_jump(by_school):
    outcome = compute(panel(by_school), parameters(NAME, procedures="any", unusual="0.3", min_n="2"))
    jumps = {key: quality(after) - quality(before) for key, (before, after) in by_school.items()}
    for result in outcome.results:
        told = result.statistic
        assert told["value"] == pytest.approx(jumps[result.organisation])
        assert told["usual"] == pytest.approx(median(jumps.values()))
        assert abs(told["value"] - told["usual"]) >= 25
        assert told["side"] == ("above" if told["value"] > told["usual"] else "below")


@given(drawn_schools)
def test_means_are_compared_in_per_cent_of_the_maximum(by_school):
    asked = {"procedures": "any", "value": "mean_percent", "least": "5", "unusual": "0.5", "min_n": "2"}
    for result in compute(panel(by_school), parameters(NAME, **asked)).results:
        before, after = by_school[result.organisation]
        assert result.statistic["value"] == pytest.approx(5 * mean(after) - 5 * mean(before))


def test_a_jump_unlike_all_others_is_steady():
    odd = ([12] * 4 + [7] * 36, [12] * 38 + [7] * 2)
    for asked in (ANY, parameters(NAME, procedures="any", value="mean_percent", least="15", large="20")):
        (found,) = compute(panel(USUAL | {99: odd}), asked).results
        assert (found.organisation, found.verdict, found.statistic["side"]) == (99, Verdict.ROBUST, "above")
        assert found.interval[0] > 0


def test_a_fall_is_marked_too_and_small_schools_are_few_data():
    odd = ([12] * 9, [7] * 9)
    outcome = compute(panel(USUAL | {98: ([12] * 20, [7] * 20), 99: odd}), ANY)
    assert [(one.organisation, one.statistic["side"], one.verdict) for one in outcome.results] == [
        (98, "below", Verdict.LIKELY)
    ]
    assert [(one.organisation, one.verdict) for one in outcome.few_data] == [(99, Verdict.FEW_DATA)]


def test_the_lower_parallel_is_of_the_same_kind_subject_and_year():
    others = [
        work(3, "russian", 4),
        work(4, "mathematics", 4, year=2024),
        work(5, "mathematics", 4, kind="mop"),
        work(6, "mathematics", 3),
        replace(work(7, "mathematics", 4), academic_year=2025),
    ]
    assert lower_parallel(panel_of({one: {} for one in [*others, UPPER]}), UPPER) is None
    assert lower_parallel(panel_of({one: {} for one in [*others, LOWER, UPPER]}), UPPER) is LOWER


def test_without_a_lower_parallel_the_work_is_named():
    (reason,) = compute(panel_of({UPPER: {10: [5, 12]}}), ANY).not_computed
    assert "4\u00a0класс" in reason.reason


def test_schools_of_one_work_nobody_and_equal_scores_are_told_apart():
    by_school = USUAL | {96: ([12], None), 97: (None, [12]), 98: ([], []), 99: ([12, 12], [7, 7])}
    outcome = compute(panel(by_school), MEANS)
    named = {one.organisation: one.reason for one in outcome.not_computed if one.procedure == UPPER.key}
    assert named == {96: NOT_BOTH, 97: NOT_BOTH, 98: NOBODY, 99: NO_SPREAD}


def test_of_nine_schools_nobody_knows_what_is_usual():
    outcome = compute(panel({key: USUAL[key] for key in range(10, 19)}), ANY)
    assert (outcome.results, [one.reason for one in outcome.not_computed if one.procedure == UPPER.key]) == (
        (),
        [FEW_SCHOOLS],
    )


def test_examinations_by_test_score_have_no_parallels():
    exam = work(3, "mathematics", 11, kind="ege", bounds=None)
    outcome = compute(panel_of({exam: {10: [50, 60]}}), ANY)
    assert outcome.procedures == ()


def test_inputs_are_both_works_of_the_school():
    (found,) = compute(panel(USUAL | {99: ([7] * 40, [12] * 40)}), ANY).results
    assert {(one.procedure, one.organisation) for one in found.inputs} == {(1, 99), (2, 99)}


def test_a_sentence_about_means_says_them_with_participants():
    odd = ([12] * 4 + [7] * 36, [12] * 38 + [7] * 2)
    (found,) = compute(
        panel(USUAL | {99: odd}), parameters(NAME, procedures="any", value="mean_percent", least="15")
    ).results
    said = sentence(found).replace("\u00a0", " ")
    assert "выполнение работы в 4 классе — 38 % (40 участников), в 5 классе — 59 % (40 участников)." in said


def test_a_sentence_says_both_shares_the_usual_jump_and_that_it_is_a_reason_to_check():
    (found,) = compute(panel(USUAL | {99: ([12] * 4 + [7] * 36, [12] * 38 + [7] * 2)}), ANY).results
    said = sentence(found).replace("\u00a0", " ")
    assert said.startswith(
        "По математике «4» и «5» в 4 классе — 10 % (4 из 40; 4–23 %), в 5 классе — 95 % (38 из 40; 83–99 %). "
        "Скачок вверх: +85 п. п., обычно между этими работами "
    )
    assert said.endswith("Это повод проверить обе работы.")
