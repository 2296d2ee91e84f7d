"""Corrected answers against a twin that weighs both stories term by term, and where the signal must take care."""

import math
import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from msoko.core.analysis.methods.objectivity._class_works import FEW_CLASSES, NO_ITEMS, SMALL_CLASSES, class_label
from msoko.core.analysis.methods.objectivity._classes import LEVELS
from msoko.core.analysis.methods.objectivity._levels import Levels, expected_levels
from msoko.core.analysis.methods.objectivity._profiles import profiles
from msoko.core.analysis.methods.objectivity._words import times_in_words
from msoko.core.analysis.methods.objectivity.corrected_answers import compute, pooled_log_odds, sentence
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
    small_classes,
    territory,
    twelve,
)
from tests.core.analysis.panels import parameters, work

NAME = "objectivity.corrected_answers"
MATHS, RUSSIAN = twelve(1), twelve(2, "russian")
ITEMS = range(len(MAXIMA))


def said(works, **asked):
    return compute(panel_with(works), parameters(NAME, **asked))


def corrected(rows, lot, tasks=(7, 8, 9, 10, 11), probability=0.6):
    return [
        [1 if place in tasks and lot.random() < probability else score for place, score in enumerate(row)]
        for row in rows
    ]


# ---- the twin


def normal(off, variance):
    return math.exp(-(off**2) / (2 * variance))


def natural_variance(reference, keys, by_class, item):
    """Median surplus of squared differences over sampling, over classes of eight at least."""
    surplus = []
    for key in keys:
        rows = by_class[key]
        if len(rows) >= 8:
            by_level = reference.over_levels(lambda total: reference.full(item, total))
            fitted = between(mean([sum(row) for row in rows]), reference.means(), by_level)
            seen = mean([row[item] == MAXIMA[item] for row in rows])
            surplus.append((seen - fitted) ** 2 / 0.4549 - sampling(reference, rows, item))
    return max(0.0, middle(surplus)) if surplus else 0.0


def sampling(reference, rows, item):
    shares = [reference.full(item, sum(row)) for row in rows]
    return sum(share * (1 - share) for share in shares) / len(rows) ** 2


def twin_odds(by_class, key, expected, variance):
    """The likelihood ratio of one class, levels summed up one after the other."""
    others, keys = reference_of(by_class, key[0])
    reference, rows = TwinTerritory(others, MAXIMA), by_class[key]
    spreads = [sampling(reference, rows, i) + natural_variance(reference, keys, by_class, i) + 1e-5 for i in ITEMS]
    seen = [mean([row[i] == MAXIMA[i] for row in rows]) for i in ITEMS]
    full = [reference.over_levels(lambda total, item=i: reference.full(item, total)) for i in ITEMS]
    standings = [(one - reference.mean) / max(reference.deviation, 1e-9) for one in reference.means()]
    steps = np.gradient(standings).tolist()
    honest = corrected_too = 0.0
    for place in range(len(LEVELS)):
        prior = normal(standings[place] - expected, variance + 1 / len(rows)) * max(steps[place], 1e-12)
        plain = [normal(seen[i] - full[i][place], spreads[i]) for i in ITEMS]
        honest += prior * math.prod(plain)
        for tasks, part in ((0.4, 0.5), (1.0, 0.4)):
            story = 1.0
            for i in ITEMS:
                gain = part * (1 - full[i][place])
                wider = spreads[i] + (1 - part) * gain / len(rows)
                off = seen[i] - full[i][place] - gain
                story *= (1 - tasks) * plain[i] + tasks * normal(off, wider) * math.sqrt(spreads[i] / wider)
            corrected_too += prior * story / 2
    return corrected_too, honest


@settings(deadline=None, max_examples=12)
@given(small_classes)
def test_the_ratio_is_what_weighing_both_stories_by_hand_gives(by_class):
    rows = rows_of(by_class)
    found = profiles(rows, Levels(np.full(len(rows.classes), 0.2), 0.3))
    for place, (school, _, name) in enumerate(rows.classes):
        story, honest = twin_odds(by_class, (school, name), 0.2, 0.3)
        if honest > 1e-250 and story > 1e-250:
            assert found.log_odds[place] == pytest.approx(math.log(story / honest), abs=1e-6)


def test_works_of_a_class_are_each_corrected_or_not():
    by_hand = math.log((1 + 20) / 2 * (1 + 0.01) / 2)
    assert pooled_log_odds([math.log(20), math.log(0.01)]) == pytest.approx(by_hand)


# ---- at which level a class is expected


def test_a_class_is_expected_where_it_stands_in_its_other_works():
    lot = random.Random(1)
    levels = {(school, name): lot.gauss(0, 0.8) for school in range(40) for name in ("А", "Б")}
    one, other = (rows_of({key: class_of(lot, 25, level) for key, level in levels.items()}, [1] * 12) for _ in "12")
    expected = expected_levels(one, [other])
    assert np.corrcoef(expected.expected, one.standing())[0, 1] > 0.85
    assert expected.variance < 0.5 * one.standing().var()


def test_one_corrected_class_does_not_move_what_others_are_expected_at():
    lot = random.Random(2)
    levels = {(school, "А"): lot.gauss(0, 0.8) for school in range(60)}
    drawn = {key: class_of(lot, 25, level) for key, level in levels.items()}
    other = rows_of({key: class_of(lot, 25, level) for key, level in levels.items()}, [1] * 12)
    before = expected_levels(rows_of(drawn, [1] * 12), [other]).expected
    drawn[0, "А"] = [[1] * 12] * 25
    after = expected_levels(rows_of(drawn, [1] * 12), [other]).expected
    assert np.abs(after - before)[1:].max() < 0.12


def test_with_few_classes_everybody_is_expected_at_the_mean():
    rows = rows_of({(1, "А"): [(1, 2, 1, 3)] * 6, (2, "А"): [(0, 0, 0, 0)] * 6})
    assert expected_levels(rows, []).expected.tolist() == [0, 0]


# ---- what it must find, and what it must leave alone


def test_a_corrected_class_comes_first_and_is_sure():
    lot = random.Random(3)
    works = {MATHS: territory(lot), RUSSIAN: territory(lot)}
    works[MATHS][100, "А"] = corrected(works[MATHS][100, "А"], lot)
    works[RUSSIAN][100, "А"] = corrected(works[RUSSIAN][100, "А"], lot)
    first = max(said(works).results, key=lambda one: one.strength)
    assert (first.organisation, first.about, first.verdict) == (100, "5А", Verdict.ROBUST)
    named = {number for one in first.statistic["works"] for number in one["numbers"]}
    assert named <= {"8", "9", "10", "11", "12"}
    assert named
    low, high = first.interval
    assert 0 < low < first.statistic["extra"] < high


def test_honest_territories_are_left_alone():
    outcome = said({MATHS: territory(random.Random(4), schools=60)})
    assert [one for one in outcome.results if one.verdict is Verdict.ROBUST] == []
    assert len(outcome.results) <= 2


def test_a_strong_class_that_is_strong_everywhere_is_left_alone():
    lot = random.Random(5)
    works = {MATHS: territory(lot), RUSSIAN: territory(lot)}
    for one in works:
        works[one][100, "А"] = class_of(lot, 25, 1.4)
    assert (100, "5А") not in [(one.organisation, one.about) for one in said(works).results]


def test_a_large_school_is_not_compared_with_itself():
    lot = random.Random(6)
    works = {MATHS: territory(lot, schools=6)}
    names = ["А", "Б", "В", "Г", "Д"]
    works[MATHS] |= {(7, name): corrected(class_of(lot, 25, 0.0), lot, probability=0.8) for name in names}
    assert {one.organisation for one in said(works).results} == {7}


# ---- edges


def test_nothing_in_gives_nothing_out():
    assert said({}).results == ()


def test_without_maxima_of_tasks_a_work_is_not_counted_and_says_so():
    outcome = said({work(3): {(1, "А"): [[1, 0]] * 9}})
    assert [(one.organisation, one.reason) for one in outcome.not_computed] == [(None, NO_ITEMS)]


def test_one_school_alone_has_nobody_to_be_compared_with():
    lot = random.Random(7)
    outcome = said({MATHS: {(1, name): class_of(lot, 25, 0) for name in "АБВГДЕЖЗИ"}})
    assert outcome.results == ()
    assert [one.reason for one in outcome.not_computed] == [FEW_CLASSES]


def test_a_school_of_small_classes_is_named():
    lot = random.Random(8)
    outcome = said({MATHS: {**territory(lot), (7, ""): class_of(lot, 3, 0)}})
    assert [(one.organisation, one.reason) for one in outcome.not_computed] == [(7, SMALL_CLASSES)]


@pytest.mark.parametrize("row", [[0] * 12, [1] * 12, [-1] * 12])
def test_a_class_where_all_are_equal_breaks_nothing(row):
    lot = random.Random(9)
    outcome = said({MATHS: {**territory(lot), (7, "А"): [row] * 20}}, likely=0, robust=1e9)
    (found,) = [one for one in outcome.results if one.organisation == 7]
    assert np.isfinite([found.strength, *found.interval]).all()


def test_every_class_has_an_answer_when_any_odds_will_do():
    lot = random.Random(10)
    drawn = territory(lot)
    outcome = said({MATHS: drawn}, likely=0, robust=1e9)
    assert {(one.organisation, one.about) for one in outcome.results} == {(key, f"5{name}") for key, name in drawn}


def test_the_only_class_of_a_grade_is_called_by_the_grade():
    lot = random.Random(11)
    outcome = said({MATHS: {**territory(lot), (7, ""): class_of(lot, 20, 0)}}, likely=0)
    assert [one.about for one in outcome.results if one.organisation == 7] == ["5"]


@pytest.mark.parametrize(("name", "label"), [("Б", "5Б"), ("", "5"), ("1", "5-1"), ("1А", "5-1А")])
def test_a_class_is_called_as_people_call_it(name, label):
    assert class_label(MATHS, (7, MATHS.cohort, name)) == label


def test_the_sentence_says_works_tasks_answers_and_odds():
    lot = random.Random(12)
    works = {MATHS: territory(lot)}
    works[MATHS][100, "А"] = corrected(works[MATHS][100, "А"], lot, probability=0.8)
    (found, *_) = [one for one in said(works).results if one.organisation == 100]
    text = sentence(found).replace(NBSP, " ")
    assert text.startswith("5А класс: заданий с полным баллом больше, чем бывает у класса такого уровня, — ")
    assert "— по математике (задания" in text
    assert f"из {22 * 12} (от" in text
    assert text.endswith(" раз правдоподобнее при исправленных ответах, чем без них: это повод пересмотреть работы.")


@pytest.mark.parametrize(
    ("times", "words"),
    [(1.2, "не"), (2, "в 2 раза"), (22.4, "в 22 раза"), (3140, "в 3\u202f100 раз"), (2e6, "больше чем в миллион раз")],
)
def test_odds_are_said_with_two_digits(times, words):
    assert times_in_words(times).replace(NBSP, " ") == words


def test_classes_of_spring_and_of_autumn_that_are_called_alike_have_places_of_their_own():
    lot = random.Random(21)
    autumn = replace(MATHS, key=99, label="осень", academic_year=MATHS.year)
    found = said({MATHS: territory(lot), autumn: territory(lot)}, likely=0, robust=1e9).results
    places = [(one.organisation, one.about) for one in found]
    assert len(places) == len(set(places))
    assert {one.about.partition("/")[2] for one in found} == {"", str(MATHS.year)}
