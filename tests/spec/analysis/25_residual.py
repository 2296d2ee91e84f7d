"""Результат выше ожидаемого

Если всем прибавили поровну, у границ отметок ничего не видно; видно, что школа вдруг выше самой себя. Ожидание даёт
прямая через все школы территории: по прежней работе тех же детей, той же работе год назад и социальным условиям.
"""

import random

import numpy as np

from msoko.core.analysis.methods.objectivity._expected import explained, standings
from msoko.core.analysis.methods.objectivity.residual import compute, sentence
from tests.core.analysis.panels import panel_of, parameters, work

NOW, BEFORE = work(1, grade=5), work(2, grade=4, year=2024)


def test_a_residual_is_the_distance_from_the_line(manual):
    """Отличие от ожидаемого

    Двадцать школ, в каждой по тридцать участников. Год назад средние шли от −1 до +1 стандартного отклонения, теперь
    баллы идут за ними ровно, кроме одной школы, которой прибавлено три балла из двадцати. Прямая её не заметила:
    далёкие школы тянут прямую не сильнее остальных.
    """
    before = np.linspace(-1, 1, 20)
    means = 10 + 2 * before
    means[9] += 3
    sat = standings(means, np.full(20, 4.0), np.full(20, 30.0))
    found = explained(sat, [before])
    points = found.residual * sat.deviation
    manual.table(
        "Отличие от ожидаемого, баллов",
        [{"школа": row + 1, "отличие": round(float(points[row]), 1) + 0.0} for row in (8, 9, 10)],
    )
    assert round(float(points[9]), 0) == 3
    assert abs(points[[8, 10]]).max() < 0.3


def test_a_school_where_everybody_got_more_is_told(manual):
    """Школа, где прибавили всем

    Шестьдесят выдуманных школ; в одной к каждой работе этого года прибавлено пять баллов, но не больше двадцати.
    """
    lot = random.Random(25)
    results = {NOW: {}, BEFORE: {}}
    for key in range(100, 160):
        level = lot.gauss(10, 2)
        for one in results:
            results[one][key] = [min(20, max(0, round(lot.gauss(level, 3.5)))) for _ in range(40)]
    results[NOW][100] = [min(20, score + 5) for score in results[NOW][100]]
    outcome = compute(panel_of(results, year=2025), parameters("objectivity.residual"))
    first = max(outcome.results, key=lambda one: one.strength)
    manual.says(f"Вывод: «{sentence(first)}» Вердикт — {first.verdict.words}.")
    manual.says("Так же выглядит и школа, которая стала лучше учить: этот сигнал имеет смысл только рядом с другими.")
    assert first.organisation == 100
