"""Low variance against a twin that measures class by class, and where the signal must take care."""

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from msoko.core.analysis.methods.objectivity._class_signals import low_variance
from msoko.core.analysis.methods.objectivity.low_variance import compute, sentence
from msoko.core.analysis.outcome import Verdict
from msoko.core.vocabulary.russian import NBSP
from tests.core.analysis.class_twins import (
    MAXIMA,
    TwinTerritory,
    between,
    class_of,
    mean,
    middle,
    panel_with,
    reference_of,
    rows_of,
    sd,
    small_classes,
    territory,
    twelve,
)
from tests.core.analysis.panels import parameters

NAME = "objectivity.low_variance"
MATHS = twelve(1)
ANYBODY = {"likely": 1.0, "robust": 0.0, "least_effect": -1000}
LEAST = 5


def said(works, **asked):
    return compute(panel_with(works), parameters(NAME, **asked))


# ---- the twin


def tabled(reference, rows):
    """Variance in a class of the same mean, cut out of the territory."""
    means = reference.means()
    squares = reference.over_levels(lambda total: total**2)
    variances = [square - one**2 for square, one in zip(squares, means, strict=True)]
    return max(0.5, between(mean([sum(row) for row in rows]), means, variances))


def twin(by_class, key):
    others, keys = reference_of(by_class, key[0])
    reference = TwinTerritory(others, MAXIMA)
    ratios = [
        sd([sum(row) for row in by_class[one]]) ** 2 / tabled(reference, by_class[one])
        for one in keys
        if len(by_class[one]) >= LEAST
    ]
    usual = max(middle(ratios), 0.01) if ratios else 1.0
    rows = by_class[key]
    expected = usual * tabled(reference, rows)
    sampling = 2 / (9 * max(len(rows) - 1, 1))
    ratio = sd([sum(row) for row in rows]) ** 2 / expected
    return 1 - sampling - ratio ** (1 / 3), sampling, expected**0.5


@settings(deadline=None, max_examples=20)
@given(small_classes)
def test_the_narrowness_is_what_measuring_class_by_class_gives(by_class):
    rows = rows_of(by_class)
    found = low_variance(rows, LEAST)
    for place, (school, _, name) in enumerate(rows.classes):
        estimate, sampling, expected = twin(by_class, (school, name))
        assert found.estimate[place] == pytest.approx(estimate, abs=1e-7)
        assert found.variance[place] == pytest.approx(sampling)
        assert found.expected[place] == pytest.approx(expected)
        assert found.observed[place] == pytest.approx(sd([sum(row) for row in by_class[school, name]]))


def test_the_cube_root_of_a_ratio_is_nearly_normal_in_small_classes():
    lot = np.random.default_rng(1)
    ratios = lot.chisquare(5, 200_000) / 5
    sampling = 2 / (9 * 5)
    z = (1 - sampling - np.cbrt(ratios)) / sampling**0.5
    assert (z > 2.33).mean() == pytest.approx(0.01, abs=0.003)


# ---- what it must find, and what it must leave alone


def test_a_class_that_wrote_together_comes_first():
    lot = random.Random(2)
    works = {MATHS: territory(lot)}
    together = class_of(lot, 1, 0.5)[0]
    works[MATHS][100, "А"] = [[*together[:11], int(lot.random() < 0.2)] for _ in range(22)]
    first = max(said(works).results, key=lambda one: one.strength)
    assert (first.organisation, first.about, first.verdict) == (100, "5А", Verdict.ROBUST)
    assert 25 < first.interval[0] < first.statistic["effect"] < first.interval[1] <= 100


def test_honest_territories_are_left_alone():
    outcome = said({MATHS: territory(random.Random(3), schools=80)})
    assert [one for one in outcome.results if one.verdict is Verdict.ROBUST] == []
    assert len(outcome.results) <= 5


def test_a_class_near_the_top_of_the_scale_is_not_accused_of_having_no_room():
    lot = random.Random(4)
    works = {MATHS: {**territory(lot, schools=60), (7, "А"): class_of(lot, 24, 2.3)}}
    assert 7 not in {one.organisation for one in said(works).results}


# ---- edges


def test_nothing_in_gives_nothing_out():
    assert said({}).results == ()


@pytest.mark.parametrize("row", [[0] * 12, [1] * 12, [-1] * 12])
def test_a_class_where_all_are_equal_has_a_finite_answer(row):
    outcome = said({MATHS: {**territory(random.Random(5)), (7, "А"): [row] * 20}}, **ANYBODY)
    (found,) = [one for one in outcome.results if one.organisation == 7]
    assert np.isfinite([found.strength, found.statistic["p"], *found.interval]).all()


def test_a_territory_where_everybody_has_one_total_breaks_nothing():
    alike = {(school, "А"): [[1] * 6 + [0] * 6] * 20 for school in range(12)}
    assert np.isfinite([one.strength for one in said({MATHS: alike}, **ANYBODY).results]).all()


def test_the_sentence_compares_deviations():
    lot = random.Random(6)
    works = {MATHS: territory(lot)}
    works[MATHS][100, "А"] = [[1] * 7 + [0] * 5] * 22
    (found,) = [one for one in said(works).results if (one.organisation, one.about) == (100, "5А")]
    text = sentence(found).replace(NBSP, " ")
    assert "5А класс: баллы лежат кучнее, чем бывает при таком среднем, на 100 %" in text
    assert "Стандартное отклонение — по математике 0,0 балла вместо 2," in text


def test_classes_of_spring_and_of_autumn_that_are_called_alike_have_places_of_their_own():
    lot = random.Random(21)
    autumn = replace(MATHS, key=99, label="осень", academic_year=MATHS.year)
    found = said({MATHS: territory(lot), autumn: territory(lot)}, likely=1, robust=0, least_effect=0).results
    places = [(one.organisation, one.about) for one in found]
    assert len(places) == len(set(places))
    assert {one.about.partition("/")[2] for one in found} == {"", str(MATHS.year)}
