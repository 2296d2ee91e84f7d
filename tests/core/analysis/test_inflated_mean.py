"""The published marker of an inflated mean against a plain twin, and at the edges of what it can say."""

from dataclasses import replace
from math import sqrt
from statistics import mean, stdev

from hypothesis import given

from msoko.core.analysis.methods.objectivity.inflated_mean import ALL_ALIKE, ONE_PARTICIPANT, compute, sentence
from msoko.core.analysis.outcome import Verdict
from msoko.core.analysis.panel import NOBODY, NoReference
from tests.core.analysis.panels import REGION, panel_of, parameters, work
from tests.core.analysis.published_panels import pupils_of_region, schools_scores

NAME = "objectivity.inflated_mean"
MATHS = work(1, "mathematics", 5)
ANY = parameters(NAME, procedures="any")
HONEST = {school: [8, 9, 10, 11, 12, 10, 9, 11, 10, 10, school % 3 + 9] for school in range(10, 40)}
HIGH = [19, 20, 18, 19, 20, 19, 18, 20, 19, 19, 20, 19] * 3


def marked_by_twin(by_school, min_n=2, z=1.96):
    """The rule as it is written, with the library's mean and deviation."""
    region = pupils_of_region(by_school)
    if len(region) < 2 or len(set(region)) == 1:
        return set()
    high = mean(region) + z * stdev(region) / sqrt(len(region))
    return {
        school
        for school, scores in by_school.items()
        if len(scores) >= max(2, min_n)
        and len(set(scores)) > 1
        and mean(scores) - z * stdev(scores) / sqrt(len(scores)) > high
    }


@given(schools_scores)
def test_the_marked_schools_are_those_of_a_plain_computation(by_school):
    outcome = compute(panel_of({MATHS: by_school}), ANY)
    assert {one.organisation for one in outcome.results} == marked_by_twin(by_school)
    assert all(set(one.flagged) == marked_by_twin(by_school) for one in outcome.procedures)


@given(schools_scores)
def test_every_school_is_judged_or_named_with_the_reason(by_school):
    outcome = compute(panel_of({MATHS: by_school}), ANY)
    if outcome.procedures:
        (whole,) = outcome.procedures
        assert whole.eligible == sum(len(set(scores)) > 1 for scores in by_school.values())
        assert whole.eligible + len(outcome.not_computed) == len(by_school)
    else:
        assert [one.organisation for one in outcome.not_computed] == [None]


@given(schools_scores)
def test_a_higher_minimum_moves_small_schools_to_few_data(by_school):
    outcome = compute(panel_of({MATHS: by_school}), parameters(NAME, procedures="any", min_n="5"))
    assert {one.organisation for one in outcome.results} == marked_by_twin(by_school, min_n=5)
    both = {one.organisation for one in (*outcome.results, *outcome.few_data)}
    assert both == marked_by_twin(by_school)
    assert {one.verdict for one in outcome.few_data} <= {Verdict.FEW_DATA}


def test_one_participant_equal_scores_and_nobody_are_told_apart():
    outcome = compute(panel_of({MATHS: {10: [20], 11: [20, 20], 12: [], 13: [5, 6, 7, 8]}}), ANY)
    assert {one.organisation: one.reason for one in outcome.not_computed} == {
        10: ONE_PARTICIPANT,
        11: ALL_ALIKE,
        12: NOBODY,
    }
    assert outcome.procedures[0].eligible == 1


def test_a_school_that_is_all_of_the_region_is_never_above_it():
    assert compute(panel_of({MATHS: {10: [3, 15, 20, 20]}}), ANY).results == ()


def test_a_region_where_all_scores_are_equal_is_no_reference():
    outcome = compute(panel_of({MATHS: {10: [7, 7, 7], 11: [7, 7]}}), ANY)
    assert (outcome.procedures, [one.organisation for one in outcome.not_computed]) == ((), [None])


def test_without_a_region_nothing_is_marked_and_the_reason_is_given():
    panel = panel_of({MATHS: HONEST | {99: HIGH}}, with_region=False)
    outcome = compute(panel, ANY)
    assert (outcome.results, outcome.procedures) == ((), ())
    (reason,) = outcome.not_computed
    assert (reason.organisation, reason.procedure) == (None, MATHS.key)
    assert reason.reason == "нет регионального ориентира: региона нет"


def test_a_region_known_by_its_mean_deviation_and_number_alone_is_enough():
    panel = panel_of({MATHS: HONEST | {99: HIGH}})
    bare = replace(panel.region[MATHS.key], packed_tally=None, is_aggregate=True)
    outcome = compute(replace(panel, region={MATHS.key: bare}), ANY)
    assert outcome == compute(panel, ANY)
    assert 99 in outcome.procedures[0].flagged


def test_a_region_of_which_only_marks_are_known_is_no_reference():
    panel = panel_of({MATHS: HONEST})
    bare = replace(panel.region[MATHS.key], mean=None, sd=None)
    (reason,) = compute(replace(panel, region={MATHS.key: bare}), ANY).not_computed
    assert "среднего балла и разброса региона" in reason.reason


def test_a_school_of_which_only_marks_are_known_is_named():
    panel = panel_of({MATHS: HONEST})
    groups = dict(panel.schools[MATHS.key])
    groups[10] = replace(groups[10], mean=None, sd=None)
    outcome = compute(replace(panel, schools={MATHS.key: groups}), ANY)
    assert [one.organisation for one in outcome.not_computed] == [10]


def test_a_far_higher_school_is_steady_and_a_usual_good_one_doubtful():
    good = [12, 13] * 6
    lively = {school: [score + school % 5 - 2 for score in scores] for school, scores in HONEST.items()}
    outcome = compute(panel_of({MATHS: lively | {98: good, 99: HIGH}}), ANY)
    verdicts = {one.organisation: one.verdict for one in outcome.results}
    assert (verdicts[99], verdicts[98]) == (Verdict.ROBUST, Verdict.DOUBTFUL)


def test_few_participants_give_few_data_however_high_they_are():
    outcome = compute(panel_of({MATHS: HONEST | {99: [19, 20, 20]}}), ANY)
    (found,) = [one for one in outcome.results if one.organisation == 99]
    assert found.verdict is Verdict.FEW_DATA
    assert "Участников мало" in sentence(found)


def test_with_too_few_schools_to_know_their_spread_nothing_is_called_steady():
    outcome = compute(panel_of({MATHS: {10: [8, 9, 10, 11, 12] * 3, 99: HIGH}}), ANY)
    (found,) = outcome.results
    assert (found.verdict, found.statistic["p"]) == (Verdict.LIKELY, None)
    assert "ожидается" not in sentence(found)


def test_inputs_are_the_school_and_the_region():
    outcome = compute(panel_of({MATHS: HONEST | {99: HIGH}}), ANY)
    (found,) = [one for one in outcome.results if one.organisation == 99]
    assert {one.organisation for one in found.inputs} == {99, REGION}


def test_a_sentence_says_points_participants_and_that_it_is_a_reason_to_check():
    outcome = compute(panel_of({MATHS: HONEST | {99: HIGH}}), ANY)
    (found,) = [one for one in outcome.results if one.organisation == 99]
    said = sentence(found).replace("\u00a0", " ")
    assert said.startswith("Средний балл по математике в 5 классе — 19,2 из 20 (36 участников; ")
    assert "балла выше регионального (10,9)." in said
    assert said.endswith("Это повод проверить часть работ ещё раз.")


def test_an_examination_is_told_without_a_maximum():
    exam = work(2, "russian", 9, kind="ege", bounds=None, maximum=50)
    outcome = compute(panel_of({exam: HONEST | {99: HIGH}}), ANY)
    assert "из\u00a050" not in sentence(outcome.results[-1])


def test_procedures_default_to_the_six_published_ones():
    works = {work(number, subject, grade, kind=kind): HONEST | {99: HIGH} for number, (subject, grade, kind) in WORKS}
    outcome = compute(panel_of(works), parameters(NAME))
    assert [one.procedure for one in outcome.procedures] == [1, 2, 3, 4, 5, 6]


WORKS = list(
    enumerate(
        [
            ("russian", 4, "vpr"),
            ("mathematics", 4, "vpr"),
            ("russian", 5, "vpr"),
            ("mathematics", 5, "vpr"),
            ("russian", 9, "oge"),
            ("mathematics", 9, "oge"),
            ("mathematics", 6, "vpr"),
            ("history", 5, "vpr"),
            ("russian", 11, "ege"),
        ],
        1,
    )
)


def test_a_municipality_alone_is_never_the_region():
    panel = panel_of({MATHS: HONEST | {99: HIGH}})
    assert panel.municipalities[MATHS.key]
    alone = replace(panel, region={MATHS.key: NoReference("в системе результаты одного муниципалитета")})
    assert compute(alone, ANY).results == ()
