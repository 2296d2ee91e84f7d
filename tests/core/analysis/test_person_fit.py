"""Person fit against a twin that goes pupil by pupil, and where the signal must take care."""

import math
import random

import numpy as np
import pytest
from hypothesis import given, settings

from msoko.core.analysis.methods.objectivity._class_signals import person_fit
from msoko.core.analysis.methods.objectivity.person_fit import compute, sentence
from msoko.core.analysis.outcome import Verdict
from msoko.core.vocabulary.russian import NBSP
from tests.core.analysis.class_twins import (
    MAXIMA,
    TwinTerritory,
    class_of,
    mean,
    panel_with,
    reference_of,
    rows_of,
    small_classes,
    territory,
    twelve,
)
from tests.core.analysis.panels import parameters

NAME = "objectivity.person_fit"
MATHS, RUSSIAN = twelve(1), twelve(2, "russian")
ANYBODY = {"likely": 1.0, "robust": 0.0, "least_effect": -99}


def said(works, **asked):
    return compute(panel_with(works), parameters(NAME, **asked))


def turned_round(rows):
    """The same totals, but got on the hardest tasks."""
    return [[0] * (12 - sum(row)) + [1] * sum(row) for row in rows]


# ---- the twin


def raw_misfit(reference, row):
    """Less likely than answers with this total usually are, in standard deviations."""
    total = sum(row)
    off = variance = 0.0
    for item, top in enumerate(MAXIMA):
        chances = [reference.share(item, score, total) for score in range(top + 1)]
        usual = sum(chance * math.log(chance) for chance in chances)
        squares = sum(chance * math.log(chance) ** 2 for chance in chances)
        off += usual - math.log(chances[row[item]])
        variance += squares - usual**2
    return off / math.sqrt(max(variance, 1e-6))


def standardised(reference, raw, total):
    """Against those of the territory with about this total; raw: (total, misfit) of each of them."""
    spread = max(1.0, (reference.top + 1) / 20)
    weights = [math.exp(-(((total - other) / spread) ** 2) / 2) for other, _ in raw]
    centre = sum(weight * value for weight, (_, value) in zip(weights, raw, strict=True)) / sum(weights)
    squares = sum(weight * value**2 for weight, (_, value) in zip(weights, raw, strict=True)) / sum(weights)
    return lambda value: (value - centre) / math.sqrt(max(squares - centre**2, 0.05))


@settings(deadline=None, max_examples=12)
@given(small_classes)
def test_the_misfit_of_a_class_is_the_mean_of_its_pupils(by_class):
    rows = rows_of(by_class)
    found = person_fit(rows)
    for place, (school, _, name) in enumerate(rows.classes):
        reference = TwinTerritory(reference_of(by_class, school)[0], MAXIMA)
        raw = [(sum(row), raw_misfit(reference, row)) for row in reference.rows]
        own = [standardised(reference, raw, sum(row))(raw_misfit(reference, row)) for row in by_class[school, name]]
        assert found.estimate[place] == pytest.approx(mean(own), abs=1e-7)
        assert found.variance[place] == pytest.approx(1 / len(own))


def test_a_tenth_of_the_territory_is_unusual():
    drawn = rows_of(territory(random.Random(1), schools=60), [1] * 12)
    found = person_fit(drawn)
    assert found.observed.sum() == pytest.approx(0.1 * len(drawn.totals), rel=0.05)
    assert found.expected.tolist() == pytest.approx((0.1 * drawn.n).tolist())


# ---- what it must find, and what it must leave alone


def test_a_class_that_solves_the_hard_and_fails_the_easy_comes_first():
    lot = random.Random(2)
    works = {MATHS: territory(lot)}
    works[MATHS][100, "А"] = turned_round(works[MATHS][100, "А"])
    first = max(said(works).results, key=lambda one: one.strength)
    assert (first.organisation, first.about, first.verdict) == (100, "5А", Verdict.ROBUST)
    assert first.interval[0] < first.statistic["effect"] < first.interval[1]


def test_honest_territories_are_left_alone():
    outcome = said({MATHS: territory(random.Random(3), schools=80)})
    assert [one for one in outcome.results if one.verdict is Verdict.ROBUST] == []
    assert len(outcome.results) <= 5


def test_works_of_a_class_are_put_together():
    lot = random.Random(4)
    works = {MATHS: territory(lot), RUSSIAN: territory(lot)}
    outcome = said(works, **ANYBODY)
    assert {len(one.statistic["works"]) for one in outcome.results} == {2}
    assert len(outcome.results) == 60


# ---- edges


def test_nothing_in_gives_nothing_out():
    assert said({}).results == ()


def test_classes_below_the_least_number_are_left_out():
    lot = random.Random(5)
    outcome = said({MATHS: {**territory(lot), (7, ""): class_of(lot, 4, 0)}}, **ANYBODY)
    assert 7 not in {one.organisation for one in outcome.results}
    assert [one.organisation for one in outcome.not_computed] == [7]


@pytest.mark.parametrize("row", [[0] * 12, [1] * 12, [-1] * 12, [0] * 6 + [1] * 6])
def test_a_class_where_all_are_equal_breaks_nothing(row):
    outcome = said({MATHS: {**territory(random.Random(6)), (7, "А"): [row] * 20}}, **ANYBODY)
    (found,) = [one for one in outcome.results if one.organisation == 7]
    assert np.isfinite([found.strength, found.statistic["p"], *found.interval]).all()


def test_a_territory_where_everybody_answers_alike_breaks_nothing():
    alike = {(school, "А"): [[1] * 6 + [0] * 6] * 20 for school in range(12)}
    assert np.isfinite([one.strength for one in said({MATHS: alike}, **ANYBODY).results]).all()


def test_the_sentence_counts_unusual_works():
    lot = random.Random(7)
    works = {MATHS: territory(lot)}
    works[MATHS][100, "А"] = turned_round(works[MATHS][100, "А"])
    (found,) = [one for one in said(works).results if (one.organisation, one.about) == (100, "5А")]
    text = sentence(found).replace(NBSP, " ")
    assert text.startswith(
        f"5А класс: необычных работ {found.statistic['unusual']} из 22, а ожидалось около 2 (по математике):"
        " трудное сделано, а лёгкое нет. Случайно такое бывает "
    )
