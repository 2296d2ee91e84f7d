"""Results above what was to be expected, against a twin that solves the equations itself, and the edges."""

import math
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msoko.core.analysis.methods.objectivity._expected import explained, standings
from msoko.core.analysis.methods.objectivity.residual import NOTHING_BEFORE, compute, sentence
from msoko.core.analysis.outcome import Verdict
from msoko.core.vocabulary.russian import NBSP
from tests.core.analysis.panels import panel_of, parameters, work
from tests.core.analysis.passports import with_passports

NAME = "objectivity.residual"
NOW, BEFORE, YEAR_AGO = work(1, grade=5), work(2, grade=4, year=2024), work(3, grade=5, year=2024)


def said(results, **asked):
    return compute(panel_of(results, year=2025), parameters(NAME, **asked))


def scores(lot, n, level):
    return [min(20, max(0, round(lot.gauss(10 + 4 * level, 3.5)))) for _ in range(n)]


def region(lot, schools=60, n=40):
    """Schools keep their level from work to work, more or less."""
    results = {NOW: {}, BEFORE: {}, YEAR_AGO: {}}
    for key in range(100, 100 + schools):
        level = lot.gauss(0, 0.5)
        for one in results:
            results[one][key] = scores(lot, n, level + lot.gauss(0, 0.15))
    return results


def raised(sat, points):
    return [min(20, score + points) for score in sat]


# ---- the twin


def twin_standings(by_school):
    """School → (mean in standard deviations of pupils, sampling variance)."""
    every = [score for sat in by_school for score in sat]
    centre = sum(every) / len(every)
    total = sum((score - centre) ** 2 for score in every) / len(every)
    inside = sum((score - sum(sat) / len(sat)) ** 2 for sat in by_school if sat for score in sat)
    within = inside / max(1, sum(len(sat) - 1 for sat in by_school if sat)) / total
    return [((sum(sat) / len(sat) - centre) / math.sqrt(total), min(1.0, within) / len(sat)) for sat in by_school]


def twin_line(x, y, weights):
    """Intercept and slope of weighted least squares."""
    total = sum(weights)
    mean_x = sum(w * a for w, a in zip(weights, x, strict=True)) / total
    mean_y = sum(w * b for w, b in zip(weights, y, strict=True)) / total
    over = sum(w * (a - mean_x) * (b - mean_y) for w, a, b in zip(weights, x, y, strict=True))
    slope = over / sum(w * (a - mean_x) ** 2 for w, a in zip(weights, x, strict=True))
    return mean_y - slope * mean_x, slope


some_schools = st.lists(st.lists(st.integers(0, 20), min_size=2, max_size=9), min_size=16, max_size=24)


@settings(deadline=None, max_examples=60)
@given(some_schools)
def test_standings_are_what_adding_up_scores_gives(by_school):
    every = {score for sat in by_school for score in sat}
    means = np.array([np.mean(sat) for sat in by_school])
    deviations = np.array([np.std(sat, ddof=1) for sat in by_school])
    found = standings(means, deviations, np.array([len(sat) for sat in by_school], dtype=float))
    if len(every) > 1:
        by_hand = twin_standings(by_school)
        assert found.mean.tolist() == pytest.approx([mean for mean, _ in by_hand], abs=1e-9)
        assert found.sampling.tolist() == pytest.approx([variance for _, variance in by_hand], abs=1e-9)
    else:
        assert not found.mean.any()


def test_the_expectation_is_a_weighted_line_through_schools_that_pull_alike():
    """With nobody far from the line all pull alike, and what between_variance finds no surplus in is at its floor."""
    n = np.array([20.0, 30.0, 40.0] * 8)
    before = np.linspace(-1, 1, 24)
    off = 0.02 * np.array([1, -1, -1, 1] * 6)
    work_now = standings(10 + 4 * (0.3 + 0.5 * before + off), np.full(24, 4.0), n)
    found = explained(work_now, [before])
    weights = [1 / (variance + 0.01) for variance in work_now.sampling.tolist()]
    intercept, slope = twin_line(before.tolist(), work_now.mean.tolist(), weights)
    by_hand = [y - intercept - slope * x for x, y in zip(before.tolist(), work_now.mean.tolist(), strict=True)]
    assert found.residual.tolist() == pytest.approx(by_hand, abs=1e-9)
    assert found.used == (0,)


def test_schools_without_the_earlier_result_have_a_level_of_their_own():
    n = np.full(48, 30.0)
    before = np.where(np.arange(48) < 24, np.linspace(-1, 1, 48), np.nan)
    means = np.where(np.arange(48) < 24, 10 + 2 * np.nan_to_num(before), 8.0)
    found = explained(standings(means, np.full(48, 4.0), n), [before])
    assert np.abs(found.residual[24:]).max() < 0.05


def test_few_schools_bear_one_predictor_and_the_important_one_is_kept():
    n, important, other = np.full(20, 30.0), np.linspace(-1, 1, 20), np.sin(np.arange(20.0))
    found = explained(standings(10 + important, np.full(20, 4.0), n), [important, other])
    assert found.used == (0,)


# ---- what it must find, and what it must leave alone


def test_a_school_where_everybody_got_more_comes_first():
    lot = random.Random(1)
    results = region(lot)
    results[NOW][100] = raised(results[NOW][100], 5)
    first = max(said(results).results, key=lambda one: one.strength)
    assert first.organisation == 100
    assert first.verdict is Verdict.ROBUST
    (told,) = first.statistic["works"]
    assert told["mean"] - told["expected"] == pytest.approx(5, abs=1.5)
    assert first.interval[0] < first.statistic["effect"] < first.interval[1]


def test_honest_regions_are_left_alone():
    outcome = said(region(random.Random(2), schools=150))
    assert [one for one in outcome.results if one.verdict is Verdict.ROBUST] == []
    assert len(outcome.results) <= 4


def test_a_school_that_was_always_strong_is_left_alone():
    lot = random.Random(3)
    results = region(lot)
    for one in results:
        results[one][7] = scores(lot, 60, 1.2)
    assert 7 not in {one.organisation for one in said(results).results}


def test_social_conditions_are_expected_of_where_there_is_no_earlier_result():
    lot = random.Random(4)
    keys = list(range(100, 140))
    educated = {key: lot.uniform(0, 100) for key in keys}
    now = {key: scores(lot, 40, (educated[key] - 50) / 40) for key in keys}
    passports = {key: {"pupils": 100, "both_parents_higher": round(educated[key])} for key in keys}
    panel = with_passports(panel_of({NOW: now}, year=2025), passports)
    (told,) = compute(panel, parameters(NAME, weights={"both_parents_higher": 1})).procedures
    assert told.reference["predictors"] == ["условиям, в которых работает школа"]


# ---- edges


def test_nothing_in_gives_nothing_out():
    assert said({NOW: {}}).results == ()


def test_without_anything_before_it_says_why():
    outcome = said({NOW: region(random.Random(5))[NOW]})
    assert [(one.organisation, one.procedure, one.reason) for one in outcome.not_computed] == [
        (None, 1, NOTHING_BEFORE)
    ]


def test_three_schools_bear_no_expectation():
    outcome = said(region(random.Random(6), schools=3))
    assert [one.reason for one in outcome.not_computed] == [NOTHING_BEFORE]


@pytest.mark.parametrize("sat", [[0] * 30, [20] * 30, [7], []])
def test_a_school_where_all_are_equal_breaks_nothing(sat):
    results = region(random.Random(7))
    results[NOW][7] = sat
    outcome = said(results, min_n=1, likely=1.0, least_effect=-99)
    found = [one for one in outcome.results if one.organisation == 7 and one.statistic["n"]]
    assert len(found) == bool(sat)
    assert all(np.isfinite([one.strength, one.statistic["p"], *one.interval]).all() for one in found)


def test_a_territory_where_everybody_has_one_score_breaks_nothing():
    alike = {one: {key: [10] * 20 for key in range(20)} for one in (NOW, BEFORE)}
    assert said(alike).results == ()


def test_the_sentence_says_from_what_and_by_how_much():
    results = region(random.Random(8))
    results[NOW][100] = raised(results[NOW][100], 6)
    (found,) = [one for one in said(results).results if one.organisation == 100]
    text = sentence(found).replace(NBSP, " ")
    assert text.startswith(
        "Средний балл выше, чем можно ждать по прежней работе тех же детей и той же работе год назад:"
    )
    assert "по математике в 5 классе " in text
    assert " стандартного отклонения участников (от " in text
