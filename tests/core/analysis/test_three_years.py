"""Low results three years running against a slow obvious twin; years without data are named."""

from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta

from msoko.core.analysis.methods.low_results.three_years import compute, sentence
from msoko.core.analysis.outcome import Verdict
from msoko.core.vocabulary.russian import NBSP
from tests.core.analysis.panels import panel_of, parameters, work

NAME = "low_results.three_years"
YEARS = (2023, 2024, 2025)
MATHS = {year: work(year, year=year) for year in YEARS}
RUSSIAN = {year: work(10 + year, "russian", grade=6, year=year) for year in YEARS}
FAILED, PASSED = 3, 12  # scores of marks 2 and 4


def wrote(failed, passed):
    return [FAILED] * failed + [PASSED] * passed


def said(results, **asked):
    return compute(panel_of(results, year=2025), parameters(NAME, **{"procedures": ["any"], **asked}))


def listed(outcome):
    return [one.organisation for one in outcome.results]


def reasons(outcome, school):
    return [one.reason.replace(NBSP, " ") for one in outcome.not_computed if one.organisation == school]


def every_year(scores, works=MATHS):
    return {one: {10: scores} for one in works.values()}


# ---- the twin


def twin_answer(results, key, min_n, least):
    """Of each year True (low), False (not low) or None (nothing known)."""
    answers = []
    for year in YEARS:
        works = [results[one].get(key, []) for one in (MATHS[year], RUSSIAN[year])]
        counted = [scores for scores in works if len(scores) >= min_n]
        low = sum(10 * scores.count(FAILED) >= 3 * len(scores) for scores in counted)
        answers.append(low >= least if counted else None)
    return answers


def twin_chance(results, key, year, min_n, least):
    works = [results[one].get(key, []) for one in (MATHS[year], RUSSIAN[year])]
    first, second = [
        beta.sf(0.3, 0.5 + scores.count(FAILED), 0.5 + scores.count(PASSED)) if len(scores) >= min_n else 0.0
        for scores in works
    ]
    return first + second - first * second if least == 1 else first * second


scores = st.lists(st.sampled_from([FAILED, PASSED]), max_size=6)
panels = st.fixed_dictionaries(
    {one: st.dictionaries(st.integers(10, 12), scores, max_size=3) for one in (*MATHS.values(), *RUSSIAN.values())}
)


@settings(deadline=None, max_examples=150)
@given(results=panels, min_n=st.integers(1, 4), least=st.integers(1, 2))
def test_the_list_the_few_and_the_undecided_are_those_of_the_twin(results, min_n, least):
    outcome = said(results, min_n=min_n, least_per_year=least)
    wrote_something = sorted({key for by_school in results.values() for key, scored in by_school.items() if scored})
    answers = {key: twin_answer(results, key, min_n, least) for key in wrote_something}
    on_list = [key for key, years in answers.items() if all(years)]
    assert listed(outcome) == on_list
    undecided = [key for key, years in answers.items() if None in years and False not in years]
    assert {one.organisation for one in outcome.not_computed if one.procedure is None} == set(undecided)
    few = [key for key in wrote_something if key not in on_list and all(twin_answer(results, key, 1, least))]
    assert [one.organisation for one in outcome.few_data] == few


@settings(deadline=None, max_examples=80)
@given(results=panels, min_n=st.integers(1, 3), least=st.integers(1, 2))
def test_the_probability_is_that_of_three_independent_years(results, min_n, least):
    for one in said(results, min_n=min_n, least_per_year=least).results:
        expected = prod(twin_chance(results, one.organisation, year, min_n, least) for year in YEARS)
        assert one.statistic["probability"] == pytest.approx(expected, abs=1e-9)
        stays = [n for n in range(1, 8) if all(twin_answer(results, one.organisation, n, least))]
        assert one.statistic["reach"] == max(stays)


# ---- edges


def test_other_subjects_in_other_years_make_three_low_years_too():
    works = {MATHS[2023]: {10: wrote(6, 6)}, RUSSIAN[2024]: {10: wrote(6, 6)}, MATHS[2025]: {10: wrote(6, 6)}}
    assert listed(said(works)) == [10]


def test_a_good_year_between_takes_the_school_off():
    works = every_year(wrote(6, 6)) | {MATHS[2024]: {10: wrote(0, 12)}}
    outcome = said(works)
    assert (listed(outcome), reasons(outcome, 10)) == ([], [])


def test_a_year_without_data_is_named_and_not_skipped():
    works = every_year(wrote(6, 6)) | {MATHS[2024]: {11: wrote(0, 12)}}
    outcome = said(works)
    assert listed(outcome) == []
    assert reasons(outcome, 10) == [
        "за 2024 г. нет работ, где хотя бы 10 участников, а в остальные годы низкие результаты есть: "
        "о трёх годах сказать нельзя"
    ]


def test_a_year_of_too_few_participants_is_a_year_without_data():
    outcome = said(every_year(wrote(6, 6)) | {MATHS[2023]: {10: wrote(5, 4)}})
    assert reasons(outcome, 10)[0].startswith("за 2023 г. нет работ")
    assert [(one.organisation, one.verdict) for one in outcome.few_data] == [(10, Verdict.FEW_DATA)]


def test_a_school_without_any_year_names_all_three():
    outcome = said(every_year(wrote(1, 1)))
    assert reasons(outcome, 10) == [
        "за 2023, 2024 и 2025 гг. нет работ, где хотя бы 10 участников: о трёх годах сказать нельзя"
    ]


def test_a_year_that_the_system_does_not_have_is_said_once():
    outcome = said({MATHS[2025]: {10: wrote(12, 0)}, MATHS[2024]: {10: wrote(12, 0)}})
    assert listed(outcome) == []
    assert outcome.few_data == ()
    assert reasons(outcome, None) == [
        "за 2023 г. в системе нет ни одной из учитываемых процедур, а правилу нужны три года"
    ]


def test_an_unknown_scale_of_one_year_is_named_with_its_procedure():
    unscaled = work(99, year=2024, bounds=None)
    outcome = said({MATHS[2023]: {10: wrote(6, 6)}, unscaled: {10: wrote(6, 6)}, MATHS[2025]: {10: wrote(6, 6)}})
    assert [(one.organisation, one.procedure) for one in outcome.not_computed if one.procedure] == [(10, 99)]
    assert reasons(outcome, 10)[0] == "нет отметок: шкала не известна"


def test_the_same_children_are_counted_once_over_the_years():
    cohort = {year: work(50 + year, grade=5 + year - 2023, year=year) for year in YEARS}
    (result,) = said(every_year(wrote(20, 4), cohort)).results
    assert (result.statistic["n"], result.statistic["pupils"], result.verdict) == (72, 24, Verdict.LIKELY)
    (result,) = said(every_year(wrote(20, 4))).results
    assert (result.statistic["pupils"], result.verdict) == (72, Verdict.ROBUST)


def test_three_years_hardly_over_the_threshold_are_doubtful():
    (result,) = said(every_year(wrote(3, 7))).results
    assert result.verdict is Verdict.DOUBTFUL


def test_grade_and_subject_narrow_every_year():
    panel = panel_of(every_year(wrote(6, 6)) | every_year(wrote(0, 12), RUSSIAN), year=2025).narrowed(None, "russian")
    outcome = compute(panel, parameters(NAME, procedures="any"))
    assert [one.procedure for one in outcome.procedures] == [RUSSIAN[year].key for year in YEARS]
    assert outcome.results == ()


def test_the_territory_is_told_how_many_schools_are_low_in_each_year():
    works = every_year(wrote(6, 6)) | {MATHS[2024]: {10: wrote(0, 12), 11: wrote(9, 9)}}
    assert said(works).territory == {
        "years": [
            {"year": 2023, "procedures": 1, "schools": 1, "low": 1},
            {"year": 2024, "procedures": 1, "schools": 2, "low": 1},
            {"year": 2025, "procedures": 1, "schools": 1, "low": 1},
        ]
    }


def test_inputs_are_the_counted_works_of_all_years():
    (result,) = said(every_year(wrote(12, 12)) | every_year(wrote(0, 12), RUSSIAN)).results
    assert len(result.inputs) == len(set(result.inputs)) == 6


def test_the_sentence_names_years_works_share_and_certainty():
    (result,) = said(every_year(wrote(20, 20)) | every_year(wrote(0, 20), RUSSIAN)).results
    assert sentence(result).replace(NBSP, " ") == (
        "Низкие результаты три года подряд: в 2023 г. — в 1 работе из 2, в 2024 г. — в 1 работе из 2, в 2025 г. — в "
        "1 работе из 2; доля не справившихся в этих работах — 50 % (60 из 120; 41–59 %); вероятность, что правило "
        "выполнено не случайно, — 99 %."
    )
