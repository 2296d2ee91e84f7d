"""The rule of thirty per cent against a slow obvious twin, and where it must take care."""

import itertools
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta

from msoko.core.analysis.methods.low_results.share_30 import compute, sentence
from msoko.core.analysis.outcome import Verdict
from msoko.core.vocabulary.russian import NBSP
from msoko.core.vocabulary.shares import wilson
from tests.core.analysis.panels import panel_of, parameters, school, work

NAME = "low_results.share_30"
MATHS, RUSSIAN, HISTORY = work(1), work(2, "russian"), work(3, "history", grade=6)
MATHS_BEFORE, RUSSIAN_BEFORE = work(4, year=2024), work(5, "russian", year=2024)
BEFORE = {MATHS: MATHS_BEFORE, RUSSIAN: RUSSIAN_BEFORE}
FAILED, PASSED = 3, 12  # scores of marks 2 and 4


def wrote(failed, passed):
    return [FAILED] * failed + [PASSED] * passed


def said(results, schools=(), **asked):
    panel = panel_of(results, year=2025, schools=schools)
    return compute(panel, parameters(NAME, **{"procedures": ["any"], **asked}))


def listed(outcome):
    return [one.organisation for one in outcome.results]


# ---- the twin: plain lists of scores, and every case of what may be true counted out


def twin_is_low(scores, threshold, min_n):
    failed = sum(score <= 5 for score in scores)
    return len(scores) >= min_n and len(scores) > 0 and Fraction(100 * failed, len(scores)) >= threshold


def twin_is_listed(results, key, threshold, min_n, least, repeated):
    low = twice = 0
    for one in (MATHS, RUSSIAN, HISTORY):
        now = results[one].get(key, [])
        before = results[BEFORE[one]].get(key, []) if one in BEFORE else []
        low += twin_is_low(now, threshold, min_n)
        twice += twin_is_low(now, threshold, min_n) and twin_is_low(before, threshold, min_n)
    return low >= least or (repeated and twice > 0)


def twin_chance(scores, threshold, min_n):
    if len(scores) < max(min_n, 1):
        return 0.0
    failed = sum(score <= 5 for score in scores)
    return beta.sf(threshold / 100, 0.5 + failed, 0.5 + len(scores) - failed)


def twin_probability(results, key, threshold, min_n, least, repeated):
    """Over all cases of every work: low now or not, low before or not."""
    chances = []
    for one in (MATHS, RUSSIAN, HISTORY):
        before = results[BEFORE[one]].get(key, []) if one in BEFORE else []
        now = twin_chance(results[one].get(key, []), threshold, min_n)
        chances += [now, twin_chance(before, threshold, min_n) if repeated else 0.0]
    total = 0.0
    for case in itertools.product((True, False), repeat=6):
        p = 1.0
        for happened, chance in zip(case, chances, strict=True):
            p *= chance if happened else 1 - chance
        now, then = case[::2], case[1::2]
        if sum(now) >= least or any(a and b for a, b in zip(now, then, strict=True)):
            total += p
    return total


scores = st.lists(st.sampled_from([0, 5, 6, 12, 20]), max_size=7)
of_schools = st.dictionaries(st.integers(10, 12), scores, max_size=3)
panels = st.fixed_dictionaries(dict.fromkeys((MATHS, RUSSIAN, HISTORY, MATHS_BEFORE, RUSSIAN_BEFORE), of_schools))


@settings(deadline=None, max_examples=150)
@given(
    results=panels,
    threshold=st.sampled_from([20, 30, 33.3, 50]),
    min_n=st.integers(1, 5),
    least=st.integers(1, 3),
    repeated=st.booleans(),
)
def test_the_list_and_its_probabilities_are_those_of_the_twin(results, threshold, min_n, least, repeated):
    asked = {"threshold": threshold, "min_n": min_n, "least_procedures": least, "repeated": repeated}
    outcome = said(results, **asked)
    keys = sorted({key for by_school in results.values() for key in by_school})
    exact = Fraction(str(threshold))
    assert listed(outcome) == [key for key in keys if twin_is_listed(results, key, exact, min_n, least, repeated)]
    smaller = [key for key in keys if twin_is_listed(results, key, exact, 1, least, repeated)]
    assert [one.organisation for one in outcome.few_data] == [key for key in smaller if key not in listed(outcome)]
    for one in outcome.results:
        expected = twin_probability(results, one.organisation, threshold, min_n, least, repeated)
        assert one.statistic["probability"] == pytest.approx(expected, abs=1e-9)


@settings(deadline=None, max_examples=60)
@given(results=panels, min_n=st.integers(1, 4), repeated=st.booleans())
def test_reach_is_the_largest_number_that_leaves_a_school_on_the_list(results, min_n, repeated):
    outcome = said(results, min_n=min_n, repeated=repeated)
    for one in (*outcome.results, *outcome.few_data):
        reach, key = one.statistic["reach"], one.organisation
        stays = [n for n in range(1, 9) if twin_is_listed(results, key, 30, n, 2, repeated)]
        assert reach == max(stays)


@settings(deadline=None, max_examples=60)
@given(results=panels)
def test_counts_by_procedure_are_those_of_the_twin(results):
    outcome = said(results, min_n=3)
    told = {one.procedure: one for one in outcome.procedures}
    assert set(told) == {1, 2, 3}
    for procedure in (MATHS, RUSSIAN, HISTORY):
        one = told[procedure.key]
        assert one.eligible == sum(len(scored) >= 3 for scored in results[procedure].values())
        assert list(one.flagged) == sorted(k for k, scored in results[procedure].items() if twin_is_low(scored, 30, 3))


# ---- edges


def test_three_of_ten_are_exactly_thirty_per_cent():
    assert listed(said({MATHS: {10: wrote(3, 7)}, RUSSIAN: {10: wrote(3, 7)}})) == [10]
    assert listed(said({MATHS: {10: wrote(3, 8)}, RUSSIAN: {10: wrote(3, 7)}})) == []


def test_a_threshold_that_is_no_binary_fraction_is_taken_as_it_is_written():
    works = {MATHS: {10: wrote(333, 667)}, RUSSIAN: {10: wrote(333, 667)}}
    assert listed(said(works, threshold=33.3)) == [10]
    assert listed(said(works, threshold=33.4)) == []


def test_one_low_work_is_enough_when_it_was_low_a_year_before():
    works = {MATHS: {10: wrote(6, 6)}, MATHS_BEFORE: {10: wrote(4, 8)}}
    (result,) = said(works).results
    assert [(one["by"], one["repeated"], one["before"]) for one in result.statistic["low"]] == [
        ("по математике", True, {"k": 4, "n": 12})
    ]
    assert listed(said(works, repeated="нет")) == []


def test_a_year_before_of_too_few_participants_does_not_count_and_adds_nothing_to_the_probability():
    few = {MATHS: {10: wrote(6, 6)}, RUSSIAN: {10: wrote(6, 6)}, MATHS_BEFORE: {10: wrote(9, 0)}}
    without = {MATHS: few[MATHS], RUSSIAN: few[RUSSIAN]}
    assert said(few).results[0].statistic["probability"] == said(without).results[0].statistic["probability"]


def test_another_work_of_the_year_before_repeats_nothing():
    assert listed(said({MATHS: {10: wrote(6, 6)}, RUSSIAN_BEFORE: {10: wrote(6, 6)}})) == []


def test_a_school_below_the_least_number_is_few_data_and_is_told_by_name():
    outcome = said({MATHS: {10: wrote(4, 3)}, RUSSIAN: {10: wrote(3, 3)}})
    assert listed(outcome) == []
    (few,) = outcome.few_data
    assert (few.verdict, few.statistic["reach"]) == (Verdict.FEW_DATA, 6)
    (reason,) = [one.reason for one in outcome.not_computed if one.organisation == 10]
    assert reason.endswith(f"нет хотя бы 10{NBSP}участников, больше всего — 7{NBSP}участников")


def test_of_few_data_the_sentence_says_what_would_take_the_school_off_the_list():
    (few,) = said({MATHS: {10: wrote(4, 3)}, RUSSIAN: {10: wrote(3, 3)}}).few_data
    assert (
        sentence(few)
        .replace(NBSP, " ")
        .endswith("; если не считать работы, где меньше 10 участников, школы в списке нет.")
    )


def test_nobody_is_never_low():
    outcome = said({MATHS: {10: [], 11: wrote(1, 0)}, RUSSIAN: {10: [], 11: wrote(1, 0)}}, min_n=1)
    assert listed(outcome) == [11]
    assert {one.reason for one in outcome.not_computed if one.organisation == 10} == {"никто не участвовал"}


def test_without_a_scale_nothing_is_said_and_the_reason_stands():
    unscaled = work(7, bounds=None)
    outcome = said({unscaled: {10: wrote(12, 0)}})
    assert outcome.results == ()
    assert [(one.organisation, one.procedure, one.reason) for one in outcome.not_computed] == [
        (10, 7, "нет отметок: шкала не известна")
    ]
    assert outcome.procedures[0].eligible == 0


def test_an_exam_is_low_by_its_minimum():
    exam = work(8, kind="ege", grade=11, bounds=None, maximum=100, minimum=24)
    other = work(9, "russian", kind="ege", grade=11, bounds=None, maximum=100, minimum=24)
    works = {exam: {10: [23] * 4 + [24] * 6}, other: {10: [0] * 3 + [90] * 7}}
    assert listed(said(works)) == [10]
    no_minimum = replace(exam, minimum=None)
    (unknown,) = said({no_minimum: {10: [5] * 10}}).not_computed
    assert unknown.reason == "минимальный балл не указан"


def test_an_exam_known_from_a_table_alone_is_not_judged():
    exam = work(8, kind="ege", grade=11, bounds=None, maximum=100, minimum=24)
    panel = panel_of({exam: {10: [5] * 12}}, year=2025)
    table = replace(panel.schools[8][10], packed_tally=None, is_aggregate=True)
    outcome = compute(replace(panel, schools={8: {10: table}}), parameters(NAME, procedures="any"))
    assert outcome.results == ()
    assert "сводная таблица" in outcome.not_computed[0].reason


def test_marks_of_an_aggregate_table_count_like_any_others():
    panel = panel_of({MATHS: {10: wrote(4, 6)}, RUSSIAN: {10: wrote(4, 6)}})
    tables = {
        key: {10: replace(groups[10], packed_tally=None, is_aggregate=True)} for key, groups in panel.schools.items()
    }
    outcome = compute(replace(panel, schools=tables), parameters(NAME, procedures="any"))
    assert listed(outcome) == [10]


def test_absent_pupils_are_in_no_share():
    panel = panel_of({MATHS: {10: wrote(3, 7)}, RUSSIAN: {10: wrote(3, 7)}})
    absent = {key: {10: replace(groups[10], absent=90)} for key, groups in panel.schools.items()}
    (result,) = compute(replace(panel, schools=absent), parameters(NAME, procedures="any")).results
    assert (result.statistic["k"], result.statistic["n"]) == (6, 20)


def test_a_school_that_wrote_none_of_the_works_is_named():
    outcome = said({MATHS: {10: wrote(1, 11)}}, schools=[school(11)])
    assert [(one.organisation, one.reason) for one in outcome.not_computed] == [
        (11, "ни одной из учитываемых работ школа в этом году не писала")
    ]


def test_a_year_without_the_procedures_says_so_once():
    outcome = said({MATHS: {10: wrote(9, 3)}}, procedures=["ege"])
    assert [(one.organisation, one.procedure) for one in outcome.not_computed] == [(None, None)]
    assert outcome.procedures == ()


def test_one_school_alone_is_judged_by_itself():
    assert listed(said({MATHS: {10: wrote(20, 0)}, RUSSIAN: {10: wrote(20, 0)}})) == [10]


def test_grade_and_subject_narrow_what_is_asked_about():
    works = {MATHS: {10: wrote(20, 0)}, RUSSIAN: {10: wrote(20, 0)}, HISTORY: {10: wrote(20, 0)}}
    panel = panel_of(works).narrowed(5, "russian")
    outcome = compute(panel, parameters(NAME, procedures="any", least_procedures=1))
    assert [one.procedure for one in outcome.procedures] == [2]
    assert [one["grade"] for one in outcome.results[0].statistic["low"]] == [5]


def test_by_default_only_the_procedures_of_the_definition_count():
    fourth = work(6, grade=4)
    outcome = compute(panel_of({fourth: {10: wrote(20, 0)}, MATHS: {10: wrote(20, 0)}}), parameters(NAME))
    assert [one.procedure for one in outcome.procedures] == [1]


# ---- how sure


def test_no_answer_is_robust_with_fewer_different_pupils_than_the_parameter_asks():
    works = {MATHS: {10: wrote(29, 0)}, RUSSIAN: {10: wrote(29, 0)}}
    (result,) = said(works).results
    assert (result.statistic["n"], result.statistic["pupils"], result.verdict) == (58, 29, Verdict.LIKELY)
    assert said(works, robust_min_n=29).results[0].verdict is Verdict.ROBUST


def test_pupils_of_two_cohorts_are_different_pupils():
    (result,) = said({MATHS: {10: wrote(20, 0)}, HISTORY: {10: wrote(15, 0)}}).results
    assert (result.statistic["pupils"], result.verdict) == (35, Verdict.ROBUST)


def test_a_share_hardly_over_the_threshold_is_doubtful():
    (result,) = said({MATHS: {10: wrote(3, 7)}, RUSSIAN: {10: wrote(3, 7)}}).results
    assert (result.verdict, round(result.statistic["probability"], 2)) == (Verdict.DOUBTFUL, 0.27)
    assert "может быть случайностью" in sentence(result)


def test_the_interval_is_as_wide_as_the_number_of_different_pupils_makes_it():
    (result,) = said({MATHS: {10: wrote(20, 20)}, RUSSIAN: {10: wrote(20, 20)}}).results
    assert result.interval == pytest.approx(wilson(20, 40))


def test_inputs_are_all_counted_works_and_the_year_before():
    works = {
        **{MATHS: {10: wrote(6, 6)}, RUSSIAN: {10: wrote(6, 6)}, HISTORY: {10: wrote(0, 12)}},
        MATHS_BEFORE: {10: wrote(0, 12)},
    }
    (result,) = said(works).results
    assert {(one.procedure, one.organisation) for one in result.inputs} == {(1, 10), (4, 10), (2, 10), (3, 10)}
    (result,) = said(works, repeated="нет").results
    assert {one.procedure for one in result.inputs} == {1, 2, 3}


# ---- sentences


def plain(result):
    return sentence(result).replace(NBSP, " ")


def test_the_sentence_names_shares_works_years_and_certainty():
    works = {MATHS: {10: wrote(18, 23)}, HISTORY: {10: wrote(12, 27)}, MATHS_BEFORE: {10: wrote(20, 20)}}
    assert plain(said(works).results[0]) == (
        "Не справились 44 % (18 из 41; 30–59 %) по математике в 5 классе и 31 % (12 из 39; 19–46 %) по истории в "
        "6 классе; второй год подряд — по математике в 5 классе; вероятность, что правило выполнено не случайно, — "
        "97 %."
    )


def test_the_sentence_says_of_how_many_works_the_low_ones_are():
    works = {MATHS: {10: wrote(30, 20)}, RUSSIAN: {10: wrote(30, 20)}, HISTORY: {10: wrote(0, 50)}}
    assert "по русскому языку в 5 классе, это 2 работы из 3; вероятность" in plain(said(works).results[0])


def test_many_works_are_counted_rather_than_named():
    grades = [work(10 + grade, grade=grade) for grade in range(4, 9)]
    before = [work(20 + grade, grade=grade, year=2024) for grade in range(4, 9)]
    told = plain(said({one: {10: wrote(20, 20)} for one in (*grades, *before)}).results[0])
    assert "и ещё в 1 работе; во всех этих работах — второй год подряд" in told
    told = plain(said({one: {10: wrote(20, 20)} for one in (*grades[:2], *before[:2])}).results[0])
    assert "; в обеих работах — второй год подряд;" in told
    told = plain(said({one: {10: wrote(20, 20)} for one in (grades[0], before[0])}).results[0])
    assert "по математике в 4 классе; второй год подряд;" in told
    told = plain(said({one: {10: wrote(20, 20)} for one in (*grades, *before[1:])}).results[0])
    assert "второй год подряд — в 4 из этих 5 работ;" in told
