"""Задания

Невыполненное задание (X) приносит 0 баллов, но сосчитано отдельно: не приступать и ошибиться — разное.
"""

from math import sqrt

import pytest

from msoko.core.monitoring.describing import describe
from msoko.core.monitoring.tally import tallies
from tests.spec.drawn import batch_of, rows_of

PROTOCOL = """
    з. 1 | з. 2 | з. 3
    1    | 1    | 2
    1    | 1    | 0
    1    | 0    | 1
    X    | 0    | 0
"""
MAXIMA = {1: 1, 2: 1, 3: 2}


def figures_of(engine, rows):
    return describe(tallies(engine.summarise(batch_of(rows)), "items")["sch1", ""], 4, item_maxima=MAXIMA)


def test_facility_is_earned_of_possible(engine, manual):
    """Выполнение задания — набранное от возможного"""
    rows = rows_of(PROTOCOL)
    manual.table("Баллы за задания; наибольшие — 1, 1 и 2", rows)
    items = figures_of(engine, rows).items
    manual.table(
        "Выполнение",
        [
            {"задание": item.number, "выполнение, %": item.facility, "не приступили": item.not_attempted.k}
            for item in items
        ],
    )
    assert [item.facility for item in items] == [75.0, 50.0, 37.5]
    assert [(item.not_attempted.k, item.not_attempted.n) for item in items] == [(1, 4), (0, 4), (0, 4)]


def test_discrimination_is_the_correlation_with_the_rest(engine, manual):
    """Различительная способность — связь задания с остальной работой

    Задание сравнивается с суммой без него самого: иначе оно связано само с собой.
    """
    rows = rows_of(PROTOCOL)
    manual.says("Протокол — из предыдущего примера.")
    item = figures_of(engine, rows).items[0]
    manual.says("Задание 1 принесло 1, 1, 1, 0; остальные вместе — 3, 1, 1, 0. Корреляция 5 / √(3 · 19) ≈ 0,66.")
    assert item.discrimination == pytest.approx(5 / sqrt(3 * 19))


def test_alpha_tells_how_well_the_items_agree(engine, manual):
    """Согласованность работы — альфа Кронбаха"""
    rows = rows_of(PROTOCOL)
    manual.says("Дисперсии заданий относятся к дисперсии суммы как 18 к 32: альфа = 3/2 · (1 − 18/32) ≈ 0,656.")
    assert figures_of(engine, rows).alpha == pytest.approx(1.5 * (1 - 18 / 32))


def test_an_item_that_all_solved_alike_discriminates_nothing(engine, manual):
    """Если все решили задание одинаково, различительной способности нет"""
    rows = rows_of("""
        з. 1 | з. 2 | з. 3
        1    | 0    | 2
        1    | 1    | 0
        1    | 1    | 1
    """)
    manual.table("Протокол", rows)
    item = figures_of(engine, rows).items[0]
    manual.says(f"Задание 1: {item.not_computed['discrimination']}.")
    assert (item.facility, item.discrimination) == (100.0, None)
