"""Absence against a twin that counts school by school, and where the signal must take care."""

import math
import random
from dataclasses import replace
from statistics import NormalDist, median
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from msoko.core.analysis.methods.objectivity.absence import FEW_SCHOOLS, NO_ABSENT, compute, sentence
from msoko.core.analysis.outcome import Verdict
from msoko.core.analysis.panel import Panel
from msoko.core.vocabulary.russian import NBSP
from tests.core.analysis.panels import group, panel_of, parameters, tally_of, work

NAME = "objectivity.absence"
MATHS, RUSSIAN = work(1), work(2, "russian")
ANYBODY = {"min_n": 1, "likely": 1.0, "robust": 0.0, "least_effect": -1000, "least_schools": 3, "enough_schools": 1000}
SPREAD = 0.03


def panel_with(results):
    """Procedure → school → (scores, absent)."""
    panel = panel_of({one: {key: scores for key, (scores, _) in by.items()} for one, by in results.items()}, year=2025)
    groups = {
        one.key: {key: group(one, key, tally_of(scores, absent)) for key, (scores, absent) in by.items()}
        for one, by in results.items()
    }
    return replace(panel, schools=groups)


def said(results, **asked):
    panel = results if isinstance(results, Panel) else panel_with(results)
    return compute(panel, parameters(NAME, **asked))


def honest(n, lot, absent=0.08):
    scores = [min(20, max(0, round(lot.gauss(10, 4)))) for _ in range(n)]
    stay = [score for score in scores if lot.random() >= absent]
    return stay, n - len(stay)


def region(lot, schools=40, n=80):
    return {key: honest(n, lot, lot.uniform(0.06, 0.10)) for key in range(100, 100 + schools)}


def without_weakest(sat, part):
    scores, absent = sorted(sat[0]), sat[1]
    leave = int(part * len(scores))
    return scores[leave:], absent + leave


# ---- the twin


def twin_absent(results, key):
    """Listed, absent, absent beyond the share of all in each work, and the chance variance of that."""
    listed = absent = expected = chance = 0.0
    for by_school in results.values():
        scores, missing = by_school.get(key, ([], 0))
        if not scores:
            continue
        everybody = [(sat, gone) for sat, gone in by_school.values() if sat]
        usual = (sum(gone for _, gone in everybody) + 0.5) / (sum(len(sat) + gone for sat, gone in everybody) + 1)
        n = len(scores) + missing
        listed, absent = listed + n, absent + missing
        expected, chance = expected + n * usual, chance + n * usual * (1 - usual)
    return listed, absent, absent - expected, chance


def twin_standing(surplus, spread):
    """School → z of its surplus; surplus: school → (people, surplus, chance variance)."""
    known = {key: one for key, one in surplus.items() if one[0] > 0 and one[2] > 0}
    centre = median(extra / n for n, extra, _ in known.values())
    return {
        key: (extra / n - centre) / math.sqrt(chance / n**2 + spread**2) for key, (n, extra, chance) in known.items()
    }, centre


schools_sat = st.dictionaries(
    st.integers(1, 8),
    st.tuples(st.lists(st.integers(0, 20), min_size=1, max_size=20), st.integers(0, 6)),
    min_size=3,
)


@settings(deadline=None, max_examples=60)
@given(schools_sat, schools_sat)
@example({1: ([0], 0), 2: ([0], 0), 3: ([0], 0)}, {1: ([0], 0), 2: ([0], 0), 4: ([0], 1)})
def test_the_signal_is_what_counting_school_by_school_gives(maths, russian):
    results = {MATHS: maths, RUSSIAN: russian}
    keys = sorted(set(maths) | set(russian))
    counted = {key: twin_absent(results, key) for key in keys}
    z, centre = twin_standing({key: (one[0], one[2], one[3]) for key, one in counted.items()}, SPREAD)
    outcome = said(results, **ANYBODY)
    assert {one.organisation for one in outcome.results} == set(keys)
    for result in outcome.results:
        listed, absent, extra, _ = counted[result.organisation]
        assert (result.statistic["n"], result.statistic["absent"]) == (listed, absent)
        # Nobody expects fewer than no absent: where the middle of the schools is below zero, all the absent are extra.
        assert result.statistic["extra"] == pytest.approx(min(extra - centre * listed, absent), abs=1e-9)
        p = 1 - NormalDist().cdf(z[result.organisation])
        assert result.statistic["p"] == pytest.approx(p, abs=1e-9)


def twin_tilted(own, others):
    """The others' scores, weighted so that they have the school's mean: the tilt is found by halving."""
    target, low, high = sum(own) / len(own), -3.0, 3.0
    for _ in range(80):
        tilt = (low + high) / 2
        weights = [math.exp(tilt * (score - 10)) for score in others]
        mean = sum(weight * score for weight, score in zip(weights, others, strict=True)) / sum(weights)
        low, high = (tilt, high) if mean < target else (low, tilt)
    return weights


@pytest.mark.parametrize("weakest", [15, 30])
def test_the_weak_are_expected_as_the_school_s_mean_lets(weakest):
    lot = random.Random(1)
    schools = region(lot, schools=10)
    outcome = said({MATHS: schools}, **ANYBODY, weakest=weakest)
    for result in outcome.results:
        own = schools[result.organisation][0]
        others = [score for key, (scores, _) in schools.items() if key != result.organisation for score in scores]
        enough = weakest / 100 * len(others)
        border = next(score for score in range(21) if sum(one <= score for one in others) >= enough)
        weights = twin_tilted(own, others)
        weak = sum(weight for weight, score in zip(weights, others, strict=True) if score <= border) / sum(weights)
        assert result.statistic["weak"] == sum(score <= border for score in own)
        assert result.statistic["weak_expected"] == pytest.approx(len(own) * weak, rel=1e-3)


# ---- what it must find, and what it must leave alone


def test_a_school_without_its_weakest_comes_first_and_is_sure():
    lot = random.Random(2)
    schools = region(lot)
    schools[7] = without_weakest(honest(200, lot), 0.25)
    first = max(said({MATHS: schools}).results, key=lambda one: one.strength)
    assert (first.organisation, first.verdict) == (7, Verdict.ROBUST)
    assert 0 < first.interval[0] < first.statistic["extra"] < first.interval[1]


def test_many_absent_of_all_kinds_are_likely_at_most():
    lot = random.Random(3)
    schools = region(lot)
    schools[7] = honest(200, lot, absent=0.35)
    (found,) = [one for one in said({MATHS: schools}).results if one.organisation == 7]
    assert found.verdict is Verdict.LIKELY


def test_honest_regions_are_left_alone():
    outcome = said({MATHS: region(random.Random(4), schools=200)})
    assert [one for one in outcome.results if one.verdict is Verdict.ROBUST] == []
    assert len(outcome.results) <= 4


def test_few_listed_are_few_data():
    lot = random.Random(5)
    schools = {**region(lot), 7: ([15, 16, 14], 9)}
    outcome = said({MATHS: schools})
    assert [one.verdict for one in outcome.few_data if one.organisation == 7] == [Verdict.FEW_DATA]


# ---- edges


def test_nothing_in_gives_nothing_out():
    assert said({MATHS: {}}).results == ()


def test_one_school_alone_has_nobody_to_be_compared_with():
    outcome = said({MATHS: {1: ([10] * 20, 5)}})
    assert outcome.results == ()
    assert [one.reason for one in outcome.not_computed] == [FEW_SCHOOLS]


def test_where_nobody_was_absent_there_is_no_signal():
    outcome = said({MATHS: {key: ([key % 20] * 30, 0) for key in range(1, 12)}})
    assert outcome.results == ()


def test_a_school_of_which_the_absent_are_not_known_is_named():
    panel = panel_with({MATHS: region(random.Random(6))})
    unknown = replace(panel.schools[1][100], absent=None)
    outcome = said(replace(panel, schools={1: {**panel.schools[1], 100: unknown}}), **ANYBODY)
    assert (100, NO_ABSENT) in [(one.organisation, one.reason) for one in outcome.not_computed]
    assert 100 not in {one.organisation for one in outcome.results}


def test_a_work_without_a_scale_counts():
    lot = random.Random(7)
    schools = {**region(lot), 7: without_weakest(honest(200, lot), 0.25)}
    assert 7 in {one.organisation for one in said({work(3, bounds=None): schools}).results}


@pytest.mark.parametrize("sat", [([0] * 30, 9), ([20] * 30, 9), ([10] * 30, 9), ([10], 0)])
def test_a_school_where_all_are_equal_breaks_nothing(sat):
    outcome = said({MATHS: {**region(random.Random(8)), 7: sat}}, **ANYBODY)
    (found,) = [one for one in outcome.results if one.organisation == 7]
    assert np.isfinite([found.strength, found.statistic["p"], *found.interval]).all()


def test_the_sentence_counts_the_absent_and_the_missing_weak():
    lot = random.Random(9)
    schools = {**region(lot), 7: without_weakest(honest(200, lot), 0.25)}
    (found,) = [one for one in said({MATHS: schools}).results if one.organisation == 7]
    text = sentence(found).replace(NBSP, " ")
    assert text.startswith(f"Отсутствовали {found.statistic['absent']} из 200 (")
    assert f"Слабых результатов среди писавших {found.statistic['weak']}, ожидалось около " in text


def told_of(**changed):
    statistic = {"n": 60, "absent": 12, "expected": 0.3, "extra": 11.7, "p": 0.001, "weak": 5, "weak_expected": 5.2}
    return SimpleNamespace(statistic=statistic | changed, interval=(7.6, 12.0), verdict=Verdict.LIKELY)


@pytest.mark.parametrize(
    ("expected", "said_usual"),
    [
        (0.3, "а обычно при таком числе не отсутствует почти никто."),
        (0.6, "а обычно при таком числе отсутствует около 1 участника."),
        (7.8, "а обычно при таком числе отсутствует около 8 участников."),
    ],
)
def test_nobody_is_not_called_about_nought_participants(expected, said_usual):
    text = sentence(told_of(expected=expected)).replace(NBSP, " ")
    assert said_usual in text
    assert text.endswith(": это повод узнать причины отсутствия.")


def test_no_more_can_be_too_many_than_were_absent_nor_fewer_than_nobody():
    lot = random.Random(10)
    schools = {**region(lot), 7: (honest(60, lot)[0], 12), 8: (honest(60, lot)[0], 0)}
    results = said({MATHS: schools}, **ANYBODY).results
    assert any(one.interval[1] == one.statistic["absent"] for one in results)
    for one in results:
        low, high = one.interval
        assert 0 <= low <= high <= one.statistic["absent"]
        assert one.statistic["extra"] <= one.statistic["absent"]
