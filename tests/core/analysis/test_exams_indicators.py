"""Indicators of ЕГЭ and ОГЭ: against a slow twin, at the edges, and in words."""

import json
from dataclasses import replace
from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msoko.core.analysis.methods.exams import indicators
from msoko.core.analysis.panel import NO_MARKS, NO_SCORES, NOBODY, Group
from msoko.core.monitoring.exam_scores import NO_MINIMUM
from msoko.core.vocabulary.shares import wilson
from tests.core.analysis.panels import REGION, group, panel_of, parameters, school, tally_of, work

EGE = work(1, kind="ege", grade=11, bounds=None, minimum=27, maximum=32)
OGE = work(2, kind="oge", grade=9)
test_scores = st.lists(
    st.one_of(st.integers(0, 100), st.sampled_from([26, 27, 80, 81, 99, 100])), min_size=1, max_size=20
)
primary_scores = st.lists(st.integers(0, 20), min_size=1, max_size=20)


def of_schools(scores):
    return st.dictionaries(st.integers(10, 14), scores, min_size=1, max_size=4)


def computed(panel, **asked):
    return indicators.compute(panel, parameters("exams.indicators", **{"min_n": 1, **asked}))


def is_told(told, own, others):
    """k of n with Wilson's bounds, and beside them the difference from the whole by its definition."""
    (k, n), (k2, n2) = own, others
    low, high = wilson(k, n)
    assert (told["k"], told["n"], told["low"], told["high"]) == (k, n, low, high)
    assert told["territory"]["percent"] == pytest.approx(100 * (k + k2) / (n + n2))
    if not n2:
        assert (told["difference"], told["against"]) == (None, None)
        return
    (low2, high2), p, p2 = wilson(k2, n2), 100 * k / n, 100 * k2 / n2
    weight = n2 / (n + n2)
    down = weight * (p - p2 - sqrt((p - low) ** 2 + (high2 - p2) ** 2))
    up = weight * (p - p2 + sqrt((high - p) ** 2 + (p2 - low2) ** 2))
    assert told["difference"] == pytest.approx([weight * (p - p2), down, up], abs=1e-9)
    assert told["against"] == ("above" if down > 0 else "below" if up < 0 else "alike")


def counted(results, key, fits):
    own = results[key]
    others = [score for other, scores in results.items() if other != key for score in scores]
    return (sum(map(fits, own)), len(own)), (sum(map(fits, others)), len(others))


@settings(deadline=None)
@given(of_schools(test_scores))
def test_shares_of_test_scores_follow_from_the_scores(results):
    outcome = computed(panel_of({EGE: results}))
    assert [one.organisation for one in outcome.results] == sorted(results)
    for one in outcome.results:
        for name, fits in (
            ("failed", lambda score: score < 27),
            ("high", lambda score: 81 <= score <= 100),
            ("perfect", lambda score: score == 100),
        ):
            is_told(one.statistic[name], *counted(results, one.organisation, fits))
        assert one.interval == (one.statistic["failed"]["low"], one.statistic["failed"]["high"])
        json.dumps(one.statistic)


@settings(deadline=None)
@given(of_schools(primary_scores))
def test_shares_of_marks_follow_from_the_scores(results):
    for one in computed(panel_of({OGE: results})).results:
        for name, fits in (
            ("failed", lambda score: score <= 5),
            ("pass_rate", lambda score: score > 5),
            ("quality_rate", lambda score: score > 9),
        ):
            is_told(one.statistic[name], *counted(results, one.organisation, fits))
        json.dumps(one.statistic)


def only(panel, **asked):
    (one,) = [each for each in computed(panel, **asked).results if each.organisation == 10]
    return one


def test_the_bounds_of_a_high_score_are_parameters():
    panel = panel_of({EGE: {10: [79, 80, 81, 99, 100]}})
    assert only(panel).statistic["high"]["k"] == 3
    assert only(panel, high_from=80, high_to=99).statistic["high"]["k"] == 3
    assert only(panel, high_from=80).statistic["high"]["k"] == 4


def test_without_a_minimum_the_other_figures_stand():
    one = only(panel_of({replace(EGE, minimum=None): {10: [20, 90]}}))
    assert (one.statistic["failed"], one.statistic["why"]) == (None, {"failed": NO_MINIMUM})
    assert one.interval == wilson(1, 2)
    assert "не\u00a0посчитана: минимальный балл не указан" in indicators.sentence(one)


def test_an_exam_without_test_scores_is_named():
    outcome = computed(panel_of({EGE: {}}))
    assert outcome.not_computed[0].reason == indicators.NO_TEST_SCORES


def test_what_cannot_be_said_of_a_school_is_named():
    panel = panel_of({EGE: {10: [20], 11: [30]}, OGE: {10: [3], 11: [4], 12: [5]}})
    groups = {
        EGE.key: {10: group(EGE, 10, tally_of([], absent=3)), 11: Group(11, 1, n=5, is_aggregate=True)},
        OGE.key: {
            10: Group(10, 2, n=5),
            11: Group(11, 2, n=0),
            12: Group(12, 2, n=3, marks=dict.fromkeys((2, 3, 4, 5), 0)),
        },
    }
    outcome = computed(replace(panel, schools=groups))
    said = [(one.procedure, one.organisation, one.reason) for one in outcome.not_computed if one.organisation]
    assert said == [(1, 10, NOBODY), (1, 11, NO_SCORES), (2, 10, NO_MARKS), (2, 11, NOBODY), (2, 12, NO_MARKS)]


def test_the_territory_is_the_region_else_the_municipality_else_nothing():
    schools = [school(10, municipality=2), school(11, municipality=3), school(12, municipality=None)]
    results = {OGE: {10: [3, 12], 11: [12], 12: [3]}}
    with_region = panel_of(results, schools=schools)
    without = panel_of(results, schools=schools, with_region=False)
    assert {one.statistic["territory"] for one in computed(with_region).results} == {"region"}
    territories = {one.organisation: one.statistic["territory"] for one in computed(without).results}
    assert territories == {10: "municipality", 11: "municipality", 12: None}


def test_a_region_known_by_its_marks_alone_serves_the_marks_but_not_test_scores():
    panel = panel_of({EGE: {10: [20, 90]}, OGE: {10: [3, 12]}})
    table = Group(REGION, 0, n=100, marks={2: 10, 3: 40, 4: 30, 5: 20}, is_aggregate=True)
    panel = replace(panel, region={EGE.key: table, OGE.key: table})
    kinds = {one.statistic["kind"]: one.statistic["territory"] for one in computed(panel).results}
    assert kinds == {"ege": "municipality", "oge": "region"}


def test_a_handful_is_shown_and_not_compared():
    panel = panel_of({OGE: {10: [3] * 9, 11: [12] * 90}})
    one = only(panel, min_n=10)
    assert one.statistic["failed"]["against"] == "few"
    assert indicators.sentence(one).endswith("Участников мало, чтобы сравнивать.")


def test_more_failures_than_in_the_territory_are_flagged():
    (procedure,) = computed(panel_of({OGE: {10: [3] * 20, 11: [12] * 90}})).procedures
    assert (procedure.eligible, procedure.flagged) == (2, (10,))
    assert procedure.reference["failed"]["k"] == 20


def said(panel, key=10):
    (one,) = [each for each in computed(panel).results if each.organisation == key]
    return indicators.sentence(one).replace("\u00a0", " ")


def test_the_sentence_of_test_scores():
    panel = panel_of({EGE: {10: [20] * 6 + [50] * 12 + [90, 100], 11: [60] * 180}})
    assert said(panel) == (
        "По математике (ЕГЭ, 20 участников): средний балл — 45,5 (35,3–55,7); "
        "ниже минимума (27) — 30 % (6 из 20; 15–52 %); высокие баллы (81–100) — 10 % (2 из 20; 3–30 %); "
        "100 баллов — 1. Доля не справившихся выше, чем по региону (3 %), доля высоких баллов — выше (1 %)."
    )
    assert said(panel, 11).endswith(
        "стобалльных работ нет. Доля не справившихся ниже, чем по региону (3 %), доля высоких баллов — ниже (1 %)."
    )


def test_the_sentence_of_marks():
    panel = panel_of({OGE: {10: [3] * 5 + [7] * 10 + [12] * 5, 11: [3] * 15 + [12] * 85}})
    assert said(panel) == (
        "По математике (ОГЭ, 20 участников): не справились — 25 % (5 из 20; 11–47 %); "
        "успеваемость — 75 % (15 из 20; 53–89 %); качество — 25 % (5 из 20; 11–47 %); средняя отметка — 3,00. "
        "Качество ниже, чем по региону (75 %)."
    )


def test_the_sentence_of_one_school_alone():
    assert said(panel_of({OGE: {10: [12] * 20}})).endswith("Сравнить не с кем: других школ в этом экзамене нет.")
    alone = panel_of({OGE: {10: [12] * 20}}, schools=[school(10, municipality=None)], with_region=False)
    assert said(alone).endswith("Сравнить не с чем: результатов региона и муниципалитета в системе нет.")


def test_the_sentence_of_an_exam_that_is_told_by_marks():
    """The basic mathematics of ЕГЭ has marks and no test scores."""
    basic = replace(OGE, kind="ege", grade=11, has_test_scores=False)
    assert said(panel_of({basic: {10: [3] * 5 + [7] * 10 + [12] * 5, 11: [12] * 100}})).startswith(
        "По математике (ЕГЭ, 20 участников): не справились — 25 % (5 из 20; 11–47 %); успеваемость"
    )
