"""Item inversion against a twin that goes task by task, and where the signal must take care."""

import random
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings

from msoko.core.analysis.methods.objectivity._class_signals import item_inversion
from msoko.core.analysis.methods.objectivity.item_inversion import compute, sentence
from msoko.core.analysis.outcome import Verdict
from msoko.core.vocabulary.russian import NBSP
from tests.core.analysis.class_twins import (
    MAXIMA,
    TwinTerritory,
    between,
    mean,
    panel_with,
    reference_of,
    rows_of,
    small_classes,
    territory,
    twelve,
)
from tests.core.analysis.panels import parameters

NAME = "objectivity.item_inversion"
MATHS = twelve(1)
ANYBODY = {"likely": 1.0, "robust": 0.0, "least_effect": -1000}


def said(works, **asked):
    return compute(panel_with(works), parameters(NAME, **asked))


def turned_round(rows):
    return [[0] * (12 - sum(row)) + [1] * sum(row) for row in rows]


# ---- the twin


def twin(by_class, key):
    """Gain in the hardest task, in the easiest one (a third of four is one), variance of the difference, and how many
    different facilities there are."""
    reference = TwinTerritory(reference_of(by_class, key[0])[0], MAXIMA)
    facility = [sum(reference.expected(i, total) for total in reference.totals) for i in range(len(MAXIMA))]
    order = sorted(range(len(MAXIMA)), key=lambda i: (round(facility[i], 9), i))
    rows = by_class[key]
    means = reference.means()
    gains, variance = {}, 0.0
    for i in (order[0], order[-1]):
        usual = between(
            mean([sum(row) for row in rows]),
            means,
            reference.over_levels(lambda total, item=i: reference.expected(item, total)),
        )
        gains[i] = mean([row[i] / MAXIMA[i] for row in rows]) - usual
        variance += sum(reference.variance(i, sum(row)) for row in rows)
    return gains[order[0]], gains[order[-1]], variance / len(rows) ** 2, len({round(one, 6) for one in facility})


@settings(deadline=None, max_examples=20)
@given(small_classes)
def test_the_difference_is_what_going_task_by_task_gives(by_class):
    rows = rows_of(by_class)
    found = item_inversion(rows)
    for place, (school, _, name) in enumerate(rows.classes):
        hard, easy, variance, different = twin(by_class, (school, name))
        if different == len(MAXIMA):  # of equally hard tasks the last bit of a sum would choose
            assert found.observed[place] == pytest.approx(hard, abs=1e-7)
            assert found.expected[place] == pytest.approx(easy, abs=1e-7)
            assert found.estimate[place] == pytest.approx(hard - easy, abs=1e-7)
            assert found.variance[place] == pytest.approx(variance, rel=1e-6)


# ---- what it must find, and what it must leave alone


def test_a_class_that_solves_the_hard_and_fails_the_easy_comes_first():
    works = {MATHS: territory(random.Random(1))}
    works[MATHS][100, "А"] = turned_round(works[MATHS][100, "А"])
    first = max(said(works).results, key=lambda one: one.strength)
    assert (first.organisation, first.about, first.verdict) == (100, "5А", Verdict.ROBUST)
    assert first.interval[0] < first.statistic["effect"] < first.interval[1]


def test_honest_territories_are_left_alone():
    outcome = said({MATHS: territory(random.Random(2), schools=80)})
    assert [one for one in outcome.results if one.verdict is Verdict.ROBUST] == []
    assert len(outcome.results) <= 5


# ---- edges


def test_nothing_in_gives_nothing_out():
    assert said({}).results == ()


@pytest.mark.parametrize("row", [[0] * 12, [1] * 12, [-1] * 12])
def test_a_class_where_all_are_equal_breaks_nothing(row):
    outcome = said({MATHS: {**territory(random.Random(3)), (7, "А"): [row] * 20}}, **ANYBODY)
    (found,) = [one for one in outcome.results if one.organisation == 7]
    assert np.isfinite([found.strength, found.statistic["p"], *found.interval]).all()


def test_a_territory_where_everybody_answers_alike_breaks_nothing():
    alike = {(school, "А"): [[1] * 6 + [0] * 6] * 20 for school in range(12)}
    assert np.isfinite([one.strength for one in said({MATHS: alike}, **ANYBODY).results]).all()


def test_the_sentence_tells_hard_from_easy():
    works = {MATHS: territory(random.Random(4))}
    works[MATHS][100, "А"] = turned_round(works[MATHS][100, "А"])
    (found,) = [one for one in said(works).results if (one.organisation, one.about) == (100, "5А")]
    text = sentence(found).replace(NBSP, " ")
    low, high = (round(bound) for bound in found.interval)
    assert text.startswith(
        "5А класс: трудные задания выполнены лучше, а лёгкие хуже, чем у классов с таким же средним баллом;"
        f" разница {round(found.statistic['effect'])} п. п. (от {low} до {high}), по математике. Случайно такое бывает "
    )


def told_of(*works):
    return SimpleNamespace(
        statistic={"class": "4А", "effect": 7.2, "p": 1 / 150, "works": list(works)},
        interval=(1.1, 13.4),
        verdict=Verdict.LIKELY,
    )


def one(by, observed, expected, n=20):
    return {"kind": "vpr", "by": by, "grade": 4, "year": 2025, "n": n, "observed": observed, "expected": expected}


def test_of_several_works_the_strongest_is_named():
    text = sentence(told_of(one("по русскому языку", 0.02, -0.01), one("по математике", 0.05, -0.04)))
    assert text.replace(NBSP, " ") == (
        "4А класс: трудные задания выполнены лучше, а лёгкие хуже, чем у классов с таким же средним баллом;"
        " разница 7 п. п. (от 1 до 13), сильнее всего — по математике."
        " Случайно такое бывает примерно 1 раз на 150: это повод посмотреть сами работы."
    )


@pytest.mark.parametrize(("hard", "easy"), [(0.1, 0.02), (-0.01, -0.1)])
def test_easy_tasks_are_not_called_worse_nor_hard_ones_better_where_they_are_not(hard, easy):
    text = sentence(told_of(one("по математике", hard, easy))).replace(NBSP, " ")
    assert text.startswith("4А класс: трудные задания рядом с лёгкими выполнены лучше, чем у классов")
