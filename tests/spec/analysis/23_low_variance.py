"""Слишком малый разброс в классе

Когда ответы пишут вместе, баллы становятся похожи. Разброс сравнивается с тем, какой бывает у класса с таким же
средним: у края шкалы ему негде быть большим.
"""

import random

import pytest

from msoko.core.analysis.methods.objectivity._class_signals import low_variance
from msoko.core.analysis.methods.objectivity.low_variance import compute, sentence
from tests.core.analysis.class_twins import panel_with, rows_of, territory, twelve
from tests.core.analysis.panels import parameters

PAIRS = [[1] * 6 + [0] * 6, [1] * 8 + [0] * 4]


def test_a_ratio_of_variances_is_judged_by_its_cube_root(manual):
    """Как судят о разбросе

    Отношение дисперсии класса к ожидаемой у малых классов сильно перекошено; его кубический корень почти нормален
    (Уилсон и Хилферти). Среднее корня — 1 − 2 / (9 · (n − 1)), дисперсия — 2 / (9 · (n − 1)). В классе из десяти
    человек это 0,9753 и 0,0247: при дисперсии вчетверо меньше ожидаемой корень равен 0,63, и отличие — (0,9753 − 0,63)
    / √0,0247 = 2,2.
    """
    drawn = territory(random.Random(23)) | {(1, "А"): PAIRS * 5}
    rows = rows_of(drawn, [1] * 12)
    found = low_variance(rows, 5)
    place = rows.classes.index((1, 2020, "А"))
    ratio = (found.observed[place] / found.expected[place]) ** 2
    manual.table(
        "Класс из десяти человек: пятеро получили 6, пятеро — 8",
        [
            {
                "отклонение": round(float(found.observed[place]), 2),
                "ожидалось": round(float(found.expected[place]), 2),
                "отношение дисперсий": round(float(ratio), 2),
                "отличие": round(float(found.estimate[place] / found.variance[place] ** 0.5), 1),
            }
        ],
    )
    assert found.estimate[place] == pytest.approx(1 - 2 / 81 - ratio ** (1 / 3))
    assert found.variance[place] == pytest.approx(2 / 81)


def test_a_class_of_equal_works_is_told(manual):
    """Класс, где все работы одинаковы

    Разброс равен нулю, и это не ошибка деления, а крайний случай.
    """
    drawn = territory(random.Random(24))
    drawn[100, "А"] = [[1] * 7 + [0] * 5] * 22
    outcome = compute(panel_with({twelve(): drawn}), parameters("objectivity.low_variance"))
    first = max(outcome.results, key=lambda one: one.strength)
    manual.says(f"Вывод: «{sentence(first)}» Вердикт — {first.verdict.words}.")
    assert (first.organisation, round(first.statistic["effect"], 3)) == (100, 100)
