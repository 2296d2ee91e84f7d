"""Groups by the number of subjects below the municipality's mean against a slow obvious twin."""

from dataclasses import replace
from statistics import mean, stdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t

from msoko.core.analysis.methods.low_results.subjects_below_mean import compute, sentence
from msoko.core.analysis.panel import NO_SCORES, Group
from msoko.core.vocabulary.russian import NBSP
from tests.core.analysis.panels import panel_of, parameters, school, work

NAME = "low_results.subjects_below_mean"
HERE, THERE = 2, 3  # municipalities
MUNICIPALITY = {10: HERE, 11: HERE, 12: HERE, 20: THERE, 21: THERE}
SCHOOLS = [school(key, municipality) for key, municipality in MUNICIPALITY.items()]


def exam(key, subject="mathematics"):
    return work(key, subject, 11, kind="ege", bounds=None, maximum=100, minimum=24)


MATHS, RUSSIAN, HISTORY = exam(1), exam(2, "russian"), exam(3, "history")


def said(results, **asked):
    return compute(panel_of(results, schools=SCHOOLS), parameters(NAME, **asked))


def of(outcome, key):
    return next(one for one in outcome.results if one.organisation == key)


# ---- the twin


def twin(results, key, min_n):
    """(below, clearly below, clearly not below, compared) of a school, from plain lists of scores."""
    below = clearly = clearly_not = compared = 0
    for by_school in results.values():
        mine = by_school.get(key, [])
        everybody = [x for other, xs in by_school.items() if MUNICIPALITY[other] == MUNICIPALITY[key] for x in xs]
        if len(mine) < min_n or len(everybody) == len(mine):
            continue
        compared += 1
        whole = mean(everybody)
        below += mean(mine) < whole
        if len(mine) > 1 and len(set(mine)) > 1:
            half = t.ppf(0.975, len(mine) - 1) * stdev(mine) / len(mine) ** 0.5
            clearly += mean(mine) + half < whole
            clearly_not += max(0, mean(mine) - half) >= whole
    return below, clearly, clearly_not, compared


scores = st.lists(st.sampled_from([0, 17, 40, 64, 100]), max_size=6)
panels = st.fixed_dictionaries(
    {one: st.dictionaries(st.sampled_from(list(MUNICIPALITY)), scores, max_size=5) for one in (MATHS, RUSSIAN, HISTORY)}
)


@settings(deadline=None, max_examples=200)
@given(results=panels, min_n=st.integers(1, 3))
def test_groups_are_those_of_the_twin(results, min_n):
    outcome = said(results, min_n=min_n)
    told = {one.organisation: one for one in outcome.results}
    for key in MUNICIPALITY:
        below, clearly, clearly_not, compared = twin(results, key, min_n)
        assert (key in told) == (compared > 0)
        if compared:
            statistic = told[key].statistic
            assert (statistic["group"], statistic["clearly"], statistic["of"]) == (below, clearly, compared)
            assert told[key].interval == (clearly, compared - clearly_not)


@settings(deadline=None, max_examples=60)
@given(results=panels)
def test_every_school_of_every_procedure_is_compared_or_has_its_reason(results):
    outcome = said(results)
    compared = {(one.organisation, sub["procedure"]) for one in outcome.results for sub in one.statistic["subjects"]}
    reasons = {(one.organisation, one.procedure) for one in outcome.not_computed}
    everybody = {(key, one.key) for one, by_school in results.items() for key in by_school}
    assert compared | {one for one in reasons if one[1]} == everybody
    assert not compared & reasons
    wrote = {key for key, _ in everybody}
    assert {key for key, procedure in reasons if procedure is None} == set(MUNICIPALITY) - wrote


# ---- edges


def test_the_mean_of_the_own_municipality_counts_and_no_other():
    outcome = said({MATHS: {10: [50, 52], 11: [60, 62], 20: [50, 52], 21: [30, 32]}})
    assert {one.organisation: one.statistic["group"] for one in outcome.results} == {10: 1, 11: 0, 20: 0, 21: 1}


def test_equal_means_are_not_below():
    outcome = said({MATHS: {10: [40, 60], 11: [50, 50]}})
    assert [one.statistic["group"] for one in outcome.results] == [0, 0]


def test_one_participant_and_equal_scores_have_no_interval_and_are_never_clear():
    outcome = said({MATHS: {10: [1], 11: [2, 2, 2], 12: [90] * 40}})
    for key in (10, 11):
        (subject,) = of(outcome, key).statistic["subjects"]
        assert (subject["below"], subject["clearly"], subject["interval"]) == (True, False, None)
        assert of(outcome, key).interval == (0, 1)


def test_a_school_alone_in_its_municipality_is_named_with_the_reason():
    outcome = said({MATHS: {10: [1, 2], 20: [3, 4], 21: [5, 6]}})
    assert [(one.organisation, one.procedure) for one in outcome.not_computed if one.procedure] == [(10, 1)]
    assert "только эта школа" in outcome.not_computed[0].reason


def test_a_table_of_the_municipality_gives_a_mean_to_compare_with():
    panel = panel_of({MATHS: {10: [1, 2]}}, schools=SCHOOLS)
    district = replace(panel.municipalities[1][HERE], n=500, mean=60.0, is_aggregate=True, packed_tally=None)
    outcome = compute(replace(panel, municipalities={1: {HERE: district}}), parameters(NAME))
    assert of(outcome, 10).statistic["group"] == 1


def test_a_school_without_a_municipality_is_named():
    panel = panel_of({MATHS: {10: [1, 2], 11: [3]}}, schools=[replace(school(10), municipality=None), school(11)])
    reasons = {one.organisation: one.reason for one in compute(panel, parameters(NAME)).not_computed}
    assert reasons[10] == "муниципалитет школы не указан: сравнивать не с чем"


def test_without_participants_and_without_procedures_the_reason_stands():
    assert [one.reason for one in said({MATHS: {10: [], 11: [1], 12: [3]}}).not_computed if one.organisation == 10] == [
        "никто не участвовал"
    ]
    outcome = said({work(7): {10: [3]}})
    assert [(one.organisation, one.reason) for one in outcome.not_computed] == [
        (None, "ни одной из учитываемых процедур за этот год в системе нет")
    ]


def test_a_school_known_by_a_table_of_marks_is_not_called_absent():
    procedure = exam(1)
    panel = panel_of({procedure: {10: [50, 60], 11: [40]}})
    table = Group(11, 1, n=25, marks={2: 5, 3: 10, 4: 5, 5: 5}, is_aggregate=True)
    outcome = compute(replace(panel, schools={1: {**panel.schools[1], 11: table}}), parameters(NAME))
    assert [(one.organisation, one.reason) for one in outcome.not_computed if one.organisation == 11] == [
        (11, NO_SCORES)
    ]


def test_too_few_participants_are_named():
    outcome = said({MATHS: {10: [1, 2], 11: [3, 4, 5]}}, min_n=3)
    assert [(one.organisation, one.reason.replace(NBSP, " ")) for one in outcome.not_computed if one.procedure] == [
        (10, "писали меньше 3 участников")
    ]


def test_figures_are_no_findings_and_name_all_they_came_from():
    outcome = said({MATHS: {10: [1, 2], 11: [3, 4]}, RUSSIAN: {10: [5, 6], 11: [7, 8]}})
    result = of(outcome, 10)
    assert result.verdict is None
    assert {(one.procedure, one.organisation) for one in result.inputs} == {(1, 10), (1, HERE), (2, 10), (2, HERE)}


def test_the_territory_is_told_the_sizes_of_the_groups():
    outcome = said({MATHS: {10: [1, 2], 11: [3, 4], 12: [9, 9], 20: [1], 21: [2]}})
    assert outcome.territory == {
        "groups": [
            {"municipality": HERE, "group": 0, "schools": 1},
            {"municipality": HERE, "group": 1, "schools": 2},
            {"municipality": THERE, "group": 0, "schools": 1},
            {"municipality": THERE, "group": 1, "schools": 1},
        ]
    }


def test_a_procedure_is_told_with_the_schools_below_and_the_means_they_are_below_of():
    (procedure,) = said({MATHS: {10: [1, 3], 11: [5, 7]}}).procedures
    assert (procedure.eligible, procedure.flagged) == (2, (10,))
    assert procedure.reference == {"municipalities": [{"municipality": HERE, "n": 4, "mean": pytest.approx(4)}]}


# ---- sentences


def plain(outcome, key=10):
    return sentence(of(outcome, key)).replace(NBSP, " ")


def test_the_sentence_of_exams_names_subjects_and_both_means():
    outcome = said({MATHS: {10: [40, 41, 42], 11: [70] * 9}, RUSSIAN: {10: [50, 90], 11: [80] * 8}})
    assert plain(outcome) == (
        "Группа 2: на ЕГЭ средний балл ниже, чем по муниципалитету, по обоим предметам — по математике (41,0 против "
        "62,8) и по русскому языку (70,0 против 78,0); с учётом числа участников отставание явное по 1 из них."
    )
    assert plain(outcome, 11) == "Группа 0: на ЕГЭ средний балл не ниже, чем по муниципалитету, по обоим предметам."


def test_works_of_several_grades_are_counted_as_works():
    fifth, sixth = work(8), work(9, grade=6)
    outcome = said({fifth: {10: [3, 4], 11: [9, 10]}, sixth: {10: [9], 11: [3]}}, procedures="any")
    assert plain(outcome) == (
        "Группа 1: средний балл ниже, чем по муниципалитету, по 1 работе из 2 — по математике в 5 классе (3,5 против "
        "6,5); с учётом числа участников явного отставания нет."
    )


def test_many_subjects_are_counted_rather_than_named():
    works = [work(20 + grade, grade=grade) for grade in range(4, 10)]
    outcome = said({one: {10: [3, 3, 4], 11: [9, 10, 10]} for one in works}, procedures="any")
    assert plain(outcome, 11) == "Группа 0: средний балл не ниже, чем по муниципалитету, по всем 6 работам."
    assert plain(outcome).endswith("и ещё по 2; с учётом числа участников отставание явное во всех.")
