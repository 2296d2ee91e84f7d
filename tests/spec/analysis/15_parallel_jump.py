"""Необъективность: скачок от параллели к параллели

Местный признак. Разница между результатами соседних параллелей одного года сравнивается с тем, какова она в других
школах между теми же двумя работами.
"""

import pytest

from msoko.core.analysis.methods.objectivity.parallel_jump import compute, sentence
from tests.core.analysis.panels import panel_of, parameters, work

FOURTH, FIFTH = work(1, "mathematics", 4), work(2, "mathematics", 5)  # «4» начинается с десяти баллов


def pupils(good, of):
    return [12] * good + [7] * (of - good)


USUAL = {key: (pupils(12 + key % 3, 20), pupils(8 + key % 3, 20)) for key in range(10, 40)}


def answered(by_school):
    results = {one: {key: pair[side] for key, pair in by_school.items()} for side, one in enumerate((FOURTH, FIFTH))}
    return compute(panel_of(results), parameters("objectivity.parallel_jump"))


def test_the_jump_is_compared_with_that_of_other_schools(manual):
    """Скачок сравнивается со скачком других школ

    Работы для разных классов различаются трудностью: падение на 20 пунктов у всех — это трудная работа, а не признак.
    """
    outcome = answered(USUAL | {99: (pupils(8, 40), pupils(34, 40))})
    (found,) = outcome.results
    manual.table(
        "Доля «4» и «5»",
        [
            {"школы": "тридцать школ", "4 класс": "60–70 %", "5 класс": "40–50 %", "скачок": "−20"},
            {"школы": "школа № 99", "4 класс": "20 %", "5 класс": "85 %", "скачок": "+65"},
        ],
    )
    manual.says(f"Вывод: «{sentence(found)}» Вердикт — {found.verdict.words}.")
    assert (found.statistic["value"], found.statistic["usual"]) == (pytest.approx(65), pytest.approx(-20))


def test_the_same_fall_as_everywhere_is_no_signal(manual):
    """Такое же падение, как у всех, — не признак"""
    outcome = answered(USUAL | {99: (pupils(36, 40), pupils(28, 40))})
    manual.says("У школы № 99 90 % и 70 %, скачок −20, как у всех: школа не отмечена, хотя оба результата высокие.")
    assert outcome.results == ()
