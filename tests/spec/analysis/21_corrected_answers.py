"""Слишком много полных ответов в классе

Для каждого класса взвешиваются два объяснения: класс писал сам или часть ответов сделали полными потом. Уровень класса
при этом не назначается: его ожидают по другим работам класса и по параллельным классам и допускают отклонения.
"""

import math
import random

from msoko.core.analysis.methods.objectivity.corrected_answers import compute, pooled_log_odds, sentence
from tests.core.analysis.class_twins import panel_with, territory, twelve
from tests.core.analysis.panels import parameters

MATHS = twelve(1)
CORRECTED = (8, 9, 10, 11)


def test_correction_gives_more_to_hard_tasks(manual):
    """Почему исправления видны

    Если исправить половину ответов, которые не были полными, доля полных f станет f + (1 − f) / 2: в лёгком задании
    прибавка мала, в трудном велика. Среднее класса может остаться обычным, а профиль по заданиям — нет.
    """
    rows = [{"доля полных": f, "после исправления половины": f + (1 - f) / 2} for f in (0.9, 0.6, 0.2)]
    manual.table("Три задания", rows)
    assert [round(row["после исправления половины"], 9) for row in rows] == [0.95, 0.8, 0.6]


def test_a_corrected_class_is_found_with_its_tasks(manual):
    """Пример

    Выдуманная территория: 30 школ, по два класса, работа из двенадцати заданий от лёгкого к трудному. В одном классе
    четыре последних задания исправлены с вероятностью 60 %.
    """
    lot = random.Random(21)
    drawn = territory(lot)
    drawn[100, "А"] = [
        [1 if place in CORRECTED and lot.random() < 0.6 else score for place, score in enumerate(row)]
        for row in drawn[100, "А"]
    ]
    outcome = compute(panel_with({MATHS: drawn}), parameters("objectivity.corrected_answers"))
    first = max(outcome.results, key=lambda one: one.strength)
    (told,) = first.statistic["works"]
    manual.table(
        "Доля полных ответов, процентов",
        [
            {"задание": number + 1, "в классе": round(seen), "ожидалось": round(expected)}
            for number, (seen, expected) in enumerate(zip(told["full"], told["expected"], strict=True))
        ],
    )
    manual.says(f"Вывод: «{sentence(first)}» Вердикт — {first.verdict.words}.")
    assert (first.organisation, first.about) == (100, "5А")


def test_works_of_a_class_are_put_together(manual):
    """Несколько работ одного класса

    Каждая работа могла быть исправлена или нет с равным шансом. Пусть по математике исправление в 20 раз
    правдоподобнее, чем честная работа, а по русскому — в 100 раз менее правдоподобно. Перевес класса: (1 + 20) / 2 · (1
    + 0,01) / 2.
    """
    together = math.exp(pooled_log_odds([math.log(20), math.log(0.01)]))
    manual.says(
        f"Перевес — {together:.1f} раза: честная работа ослабляет подозрение, но не снимает его.".replace(".", ",", 1)
    )
    assert round(together, 6) == round(21 / 2 * 1.01 / 2, 6)


def test_the_odds_bound_the_chance_of_an_honest_class(manual):
    """Что значит перевес

    Честный класс получает перевес r и больше с вероятностью не выше 1 / r (неравенство Маркова): 300 — не чаще одного
    класса из трёхсот. Граница верна, насколько верна модель; долю таких классов на честных данных сообщает проверка
    методик.
    """
    lot = random.Random(22)
    outcome = compute(
        panel_with({MATHS: territory(lot, schools=100)}), parameters("objectivity.corrected_answers", likely=30)
    )
    manual.says(f"Выдуманная честная территория, 200 классов: перевес 30 и больше — у {len(outcome.results)}.")
    assert len(outcome.results) <= 200 / 30
