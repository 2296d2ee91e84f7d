"""Bunching at borders against a twin that counts works one by one, and where the signal must take care."""

import math
import random
import re
from dataclasses import replace
from statistics import NormalDist
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msoko.core.analysis.methods.objectivity._borders import windows
from msoko.core.analysis.methods.objectivity._schools import NOBODY_TO_COMPARE
from msoko.core.analysis.methods.objectivity.bunching import compute, sentence
from msoko.core.analysis.outcome import Verdict
from msoko.core.analysis.panel import NO_MARKS, NO_SCORES, Group, NoReference
from msoko.core.vocabulary.russian import NBSP
from tests.core.analysis.panels import REGION, panel_of, parameters, work

NAME = "objectivity.bunching"
MATHS, RUSSIAN = work(1), work(2, "russian", bounds=(13, 23, 32, 38), maximum=38)
EVERYBODY = {"min_n": 1, "likely": 1.0, "least_share": 0, "least_reference": 0, "enough_schools": 1000}
SPREAD = 0.1


def said(results, with_region=True, **asked):
    panel = panel_of(results, year=2025, with_region=with_region)
    return compute(panel, parameters(NAME, **asked))


def honest(n, lot, mean=10.0, sd=4.0, maximum=20):
    return [min(maximum, max(0, round(lot.gauss(mean, sd)))) for _ in range(n)]


def lifted(scores, bounds=(5, 9, 14), points=2):
    """Everybody who lacks a point or two to a mark gets it."""
    raised = []
    for score in scores:
        above = [border for border in bounds if border - points < score <= border]
        raised.append(above[0] + 1 if above else score)
    return raised


def region(lot, schools=40, n=60):
    return {key: honest(n, lot, mean=lot.gauss(10, 1)) for key in range(100, 100 + schools)}


# ---- the twin: works one by one, plain arithmetic


def twin_cells(scores, window):
    return [sum(score == cell for score in scores) for cell in window]


def twin_expected(own, others, window):
    if own and others:
        centre = sum(others) / len(others)
        variance = sum((score - centre) ** 2 for score in others) / len(others)
        slope = (sum(own) / len(own) - centre) / variance if variance > 1e-12 else 0.0
    else:
        slope = 0.0
    weights = []
    for count, step, cell in zip(twin_cells(others, window), (-1.5, -0.5, 0.5, 1.5), window, strict=True):
        tilt = max(-3.0, min(3.0, slope * step))
        weights.append(max(count, 0.5) * math.exp(tilt) if cell >= 0 else 0.0)
    return [weight / sum(weights) for weight in weights]


def twin_of_reach(pieces, reach):
    """Estimated share of lifted works and its variance; `pieces`: counts, expected shares, works of the reference."""
    score = information = noise = 0.0
    for counts, shares, reference in pieces:
        gained = shares[1] + reach * shares[0]
        weights = [-reach, -1.0, gained / shares[2], 0.0]
        a_work = sum(share * weight**2 for share, weight in zip(shares, weights, strict=True))
        score += sum(count * weight for count, weight in zip(counts, weights, strict=True))
        information += sum(counts) * a_work
        noise += sum(counts) ** 2 * a_work / max(reference, 0.5)
    if information == 0:
        return 0.0, math.inf
    return score / information, 1 / information + noise / information**2


def twin(results, key):
    """near, above, expected, p and evidence of one school, with the usual spread between schools."""
    pieces = []
    for procedure, by_school in results.items():
        own = by_school.get(key, [])
        others = [score for other, scores in by_school.items() if other != key for score in scores]
        for window in windows(procedure.scale.bounds[:3], procedure.maximum).tolist():
            counts = twin_cells(own, window)
            pieces.append((counts, twin_expected(own, others, window), sum(twin_cells(others, window))))
    if not sum(sum(counts) for counts, _, _ in pieces):
        return 0, 0, 0.0, 1.0, 0.0
    smallest, odds = 1.0, 0.0
    for reach, prior in ((0.0, 0.8), (1.0, 0.2)):
        estimate, variance = twin_of_reach(pieces, reach)
        variance += SPREAD**2
        smallest = min(smallest, 1 - NormalDist().cdf(estimate / math.sqrt(variance)))
        odds += prior * math.exp((estimate**2 - (estimate - 0.5) ** 2) / (2 * variance))
    near = sum(sum(counts) for counts, _, _ in pieces)
    above = sum(counts[2] + counts[3] for counts, _, _ in pieces)
    expected = sum(sum(counts) * (shares[2] + shares[3]) for counts, shares, _ in pieces)
    return near, above, expected, min(1.0, 2 * smallest), math.log10(odds)


maths_scores = st.dictionaries(st.integers(1, 5), st.lists(st.integers(0, 20), max_size=25), min_size=2)
russian_scores = st.dictionaries(st.integers(1, 5), st.lists(st.integers(0, 38), max_size=25), min_size=2)


@settings(deadline=None, max_examples=60)
@given(maths_scores, russian_scores)
def test_the_signal_is_what_counting_works_one_by_one_gives(maths, russian):
    results = {MATHS: maths, RUSSIAN: russian}
    outcome = said(results, **EVERYBODY)
    for result in outcome.results:
        found = result.statistic
        near, above, expected, p, evidence = twin(results, result.organisation)
        assert (found["near"], found["above"]) == (near, above)
        assert found["expected"] == pytest.approx(expected)
        assert found["p"] == pytest.approx(p, rel=1e-6, abs=1e-12)
        assert found["evidence"] == pytest.approx(evidence, abs=1e-6)
    wrote = {key for by_school in results.values() for key, scores in by_school.items() if scores}
    assert {result.organisation for result in outcome.results} == wrote


def twin_steps(results, key):
    """Distance from the first score of the higher mark → works there, works expected."""
    steps = {distance: [0, 0.0] for distance in (-2, -1, 0, 1)}
    for procedure, by_school in results.items():
        own = by_school.get(key, [])
        others = [score for other, scores in by_school.items() if other != key for score in scores]
        for window in windows(procedure.scale.bounds[:3], procedure.maximum).tolist():
            counts = twin_cells(own, window)
            for distance, count, share in zip(steps, counts, twin_expected(own, others, window), strict=True):
                steps[distance][0] += count
                steps[distance][1] += share * sum(counts)
    return steps


@settings(deadline=None, max_examples=30)
@given(maths_scores, russian_scores)
def test_the_steps_of_the_picture_are_the_works_at_each_distance_and_add_up_to_what_is_said(maths, russian):
    results = {MATHS: maths, RUSSIAN: russian}
    for result in said(results, **EVERYBODY).results:
        found = result.statistic
        steps = twin_steps(results, result.organisation)
        assert [step[:2] for step in found["steps"]] == [[distance, seen] for distance, (seen, _) in steps.items()]
        assert [step[2] for step in found["steps"]] == pytest.approx([expected for _, expected in steps.values()])
        above = [step for step in found["steps"] if step[0] >= 0]
        assert sum(step[1] for step in found["steps"]) == found["near"]
        assert sum(step[1] for step in above) == found["above"]
        assert sum(step[2] for step in above) == pytest.approx(found["expected"])


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(0, 30), min_size=3, max_size=3, unique=True).map(sorted))
def test_no_score_stands_in_two_windows(borders):
    scores = [score for row in windows(borders, 31).tolist() for score in row if score >= 0]
    assert len(scores) == len(set(scores))
    assert all(0 <= score <= 31 for score in scores)


def test_borders_close_together_share_the_scores_between_them():
    assert windows([4, 7, 10], 18).tolist() == [[3, 4, 5, -1], [6, 7, 8, -1], [9, 10, 11, 12]]


def test_a_mark_of_one_score_has_no_border_of_its_own():
    assert windows([4, 5, 10], 18).tolist() == [[3, 4, 5, -1], [9, 10, 11, 12]]


# ---- what it must find, and what it must leave alone


def test_a_school_that_lifts_comes_first_and_is_sure():
    lot = random.Random(1)
    schools = region(lot)
    schools[7] = lifted(honest(150, lot))
    outcome = said({MATHS: schools})
    first = max(outcome.results, key=lambda one: one.strength)
    assert (first.organisation, first.verdict) == (7, Verdict.ROBUST)
    low, high = first.interval
    assert 0 < low < first.statistic["extra"] < high


def test_a_region_of_honest_schools_is_left_alone():
    outcome = said({MATHS: region(random.Random(2), schools=200)})
    assert [one for one in outcome.results if one.verdict is Verdict.ROBUST] == []
    assert len(outcome.results) <= 0.03 * 200


def test_a_large_clean_school_is_not_accused_of_being_large():
    lot = random.Random(3)
    schools = region(lot)
    schools[7] = honest(5000, lot, mean=11)
    assert 7 not in [one.organisation for one in said({MATHS: schools}).results]


def test_a_strong_school_is_expected_to_stand_above_the_borders():
    lot = random.Random(4)
    schools = region(lot)
    schools[7] = honest(300, lot, mean=13)
    assert 7 not in [one.organisation for one in said({MATHS: schools}).results]


def test_a_school_that_is_most_of_its_territory_is_compared_with_the_others():
    lot = random.Random(5)
    schools = {1: lifted(honest(900, lot)), 2: honest(150, lot), 3: honest(150, lot)}
    assert [one.organisation for one in said({MATHS: schools}).results] == [1]


def test_a_district_is_compared_with_the_table_of_its_region():
    lot = random.Random(6)
    schools = {key: lifted(honest(200, lot)) for key in (1, 2, 3)}
    alone = said({MATHS: schools}, with_region=False)
    panel = panel_of({MATHS: schools}, year=2025)
    everybody = [score for scores in schools.values() for score in scores] + honest(30000, lot)
    table = {score: everybody.count(score) for score in range(21)}
    with_table = replace(panel, region={1: Group(REGION, 1, len(everybody), table_histogram=table)})
    outcome = compute(with_table, parameters(NAME))
    assert alone.results == ()
    assert [one.organisation for one in outcome.results] == [1, 2, 3]


def test_few_participants_are_few_data():
    lot = random.Random(7)
    schools = region(lot)
    schools[7] = [6, 6, 6, 6, 10, 10, 10, 10, 15, 15, 15, 15]
    outcome = said({MATHS: schools})
    assert 7 not in [one.organisation for one in outcome.results]
    assert [one.verdict for one in outcome.few_data if one.organisation == 7] == [Verdict.FEW_DATA]


# ---- edges


def test_nothing_in_gives_nothing_out():
    assert said({MATHS: {}}).results == ()


def test_without_a_scale_a_work_is_not_counted_and_says_so():
    outcome = said({work(3, bounds=None): {1: [3, 4]}})
    assert [(one.organisation, one.reason) for one in outcome.not_computed] == [(None, NO_MARKS)]


def test_a_school_known_by_a_table_without_scores_is_named():
    panel = panel_of({MATHS: region(random.Random(8))}, year=2025)
    groups = {**panel.schools[1], 100: Group(100, 1, 30, mean=10.0)}
    outcome = compute(replace(panel, schools={1: groups}), parameters(NAME))
    assert (100, NO_SCORES) in [(one.organisation, one.reason) for one in outcome.not_computed]


def test_one_school_alone_has_nobody_to_be_compared_with():
    outcome = said({MATHS: {1: [6] * 30}})
    assert outcome.results == ()
    assert [(one.organisation, one.reason) for one in outcome.not_computed] == [(1, NOBODY_TO_COMPARE)]


@pytest.mark.parametrize("scores", [[6], [0] * 30, [20] * 30, [10] * 30])
def test_a_school_where_all_are_equal_breaks_nothing(scores):
    schools = {**region(random.Random(9)), 7: scores}
    outcome = said({MATHS: schools}, **EVERYBODY)
    (found,) = [one for one in outcome.results if one.organisation == 7]
    assert np.isfinite([found.statistic["p"], found.strength, *found.interval]).all()


def test_a_territory_where_everybody_has_one_score_breaks_nothing():
    outcome = said({MATHS: {1: [6] * 20, 2: [6] * 20, 3: [5] * 20}}, **EVERYBODY)
    assert np.isfinite([one.strength for one in outcome.results]).all()


def test_scores_above_the_maximum_are_in_no_figure():
    lot = random.Random(10)
    schools = {**region(lot), 7: [6] * 20 + [99]}
    (found,) = [one for one in said({MATHS: schools}, **EVERYBODY).results if one.organisation == 7]
    assert found.statistic["n"] == 20


def test_no_region_is_no_obstacle_where_the_schools_are_many():
    lot = random.Random(11)
    schools = {**region(lot), 7: lifted(honest(150, lot))}
    panel = replace(panel_of({MATHS: schools}, year=2025), region={1: NoReference("нет")})
    assert 7 in [one.organisation for one in compute(panel, parameters(NAME)).results]


def test_the_sentence_has_numbers_that_add_up():
    lot = random.Random(12)
    schools = {**region(lot), 7: lifted(honest(150, lot))}
    (found,) = [one for one in said({MATHS: schools}).results if one.organisation == 7]
    text = sentence(found).replace(NBSP, " ")
    expected = round(found.statistic["expected"])
    assert f"на границе и выше — {found.statistic['above']}, а ожидалось {expected}: это примерно " in text
    assert re.search(rf"примерно {found.statistic['above'] - expected} работ\w? сверх ожидаемого \(от ", text)
    assert text.endswith(": это повод перепроверить эти работы.")


@pytest.mark.parametrize(("near", "is_said"), [(79, True), (80, False)])
def test_of_few_works_the_sentence_says_that_the_signal_is_weaker(near, is_said):
    statistic = {"near": near, "above": 60, "expected": 40.0, "extra": 20.0, "p": 0.001}
    told = SimpleNamespace(statistic=statistic, interval=(11.2, 28.8), verdict=Verdict.ROBUST)
    assert ("Работ мало, сигнал слабее." in sentence(told)) == is_said
    assert "это примерно 20 работ сверх ожидаемого (от 11 до 29)." in sentence(told).replace(NBSP, " ")
