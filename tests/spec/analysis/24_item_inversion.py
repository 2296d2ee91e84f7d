"""Трудное лучше лёгкого

Знание растёт от лёгкого к трудному. Класс сравнивается с тем, как делают трудную и лёгкую треть заданий классы с таким
же средним; судят по разности двух отличий.
"""

import random

from msoko.core.analysis.methods.objectivity._class_signals import outer_thirds
from msoko.core.analysis.methods.objectivity._classes import Territory
from msoko.core.analysis.methods.objectivity.item_inversion import compute, sentence
from msoko.core.vocabulary.russian import join_with_and
from tests.core.analysis.class_twins import DIFFICULTIES, panel_with, rows_of, territory, twelve
from tests.core.analysis.panels import parameters


def named(tasks):
    return join_with_and([str(task) for task in tasks])


def test_hard_and_easy_are_what_the_territory_found_so(manual):
    """Что трудно, а что легко

    Уровень задания в описании работы не спрашивают: трудная треть — та, которую территория сделала хуже всего.
    """
    rows = rows_of(territory(random.Random(24), schools=60), [1] * 12)
    hard, easy = (sorted((one + 1).tolist()) for one in outer_thirds(Territory(rows)))
    manual.says(
        f"Задания стоят от лёгкого к трудному, их {len(DIFFICULTIES)}. Трудные — {named(hard)}, лёгкие — {named(easy)}."
    )
    assert (hard, easy) == ([9, 10, 11, 12], [1, 2, 3, 4])


def test_a_class_turned_round_is_told(manual):
    """Класс, у которого всё наоборот

    Баллы те же, но набраны на трудных заданиях.
    """
    drawn = territory(random.Random(25))
    drawn[100, "А"] = [[0] * (12 - sum(row)) + [1] * sum(row) for row in drawn[100, "А"]]
    outcome = compute(panel_with({twelve(): drawn}), parameters("objectivity.item_inversion"))
    first = max(outcome.results, key=lambda one: one.strength)
    manual.says(f"Вывод: «{sentence(first)}» Вердикт — {first.verdict.words}.")
    (told,) = first.statistic["works"]
    assert first.organisation == 100
    assert told["observed"] > 0 > told["expected"]
