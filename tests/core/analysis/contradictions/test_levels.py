"""Levels of one scale as the rows of a table."""

import pytest

from msoko.core.analysis.contradictions import Severity
from tests.core.analysis.contradictions.test_rules import found, told

HEAD = "Уровни подготовки, 2024 год\nУровень | Доля участников, %\n"


def of_levels(*cells: str) -> list[tuple[str, Severity, str, str]]:
    return told(HEAD + "\n".join(cells))


def test_levels_that_make_more_than_a_whole_are_suspicious() -> None:
    said = of_levels("Низкий | 20", "Средний | 55", "Высокий | 35")
    assert said == [("levels_sum", Severity.SUSPICIOUS, "110", "100")]


@pytest.mark.parametrize(
    "names",
    [
        ("Низкий уровень", "Базовый уровень", "Высокий уровень"),
        ("Ниже базового", "Базовый", "Повышенный", "Высокий"),
        ("недостаточный", "низкий", "базовый", "повышенный", "высокий"),
        ("высокий", "средний", "низкий"),
    ],
)
def test_levels_are_known_by_their_words_in_any_order(names: tuple[str, ...]) -> None:
    shares = ["10,5"] * (len(names) - 1) + ["40,0"]
    (one,) = found(HEAD + "\n".join(f"{name} | {share}" for name, share in zip(names, shares, strict=True)))
    assert one.rule == "levels_sum"
    assert len(one.places) == len(names)


@pytest.mark.parametrize(
    "cells",
    [
        ("Низкий | 20,1", "Средний | 49,9", "Высокий | 30,0"),
        ("Низкий | 33", "Средний | 33", "Высокий | 33"),
        ("Низкий | 33,3", "Средний | 33,3", "Высокий | 33,3"),
    ],
    ids=["a whole", "rounded to units", "rounded to tenths"],
)
def test_what_rounding_explains_is_left_alone(cells: tuple[str, ...]) -> None:
    assert of_levels(*cells) == []


@pytest.mark.parametrize(
    "cells",
    [
        ("Средний | 20", "Высокий | 35"),
        ("Средний | 20", "Повышенный | 20", "Высокий | 35"),
        ("Низкий | 80", "Средний | 90", "Высокий | 95"),
        ("Низкий | 20", "Средний |", "Высокий | 35"),
        ("Низкий спрос | 20", "Средний возраст учителей | 20", "Высокий балл | 35"),
    ],
    ids=["two levels", "no low level", "rates within levels", "a blank cell", "not levels"],
)
def test_what_need_not_be_a_whole_is_left_alone(cells: tuple[str, ...]) -> None:
    assert of_levels(*cells) == []


def test_a_total_row_speaks_for_itself() -> None:
    rules = [rule for rule, *_ in of_levels("Низкий | 20", "Средний | 55", "Высокий | 35", "Итого | 100")]
    assert rules == ["shares_total"]


RATES = "Уровень | Доля участников, % | Выполнили задание 5, %\nНизкий | 20 | 10\nСредний | 50 | 40\nВысокий | 30 | 90"
RATE_ALONE = "Уровень | Выполнили задание 5, %\nНизкий | 10\nСредний | 40\nВысокий | 80"


@pytest.mark.parametrize("table", [RATES, RATE_ALONE])
def test_what_is_said_of_each_level_is_no_part_of_a_whole(table: str) -> None:
    assert told(f"Уровни подготовки\n{table}") == []


def test_years_are_compared_each_by_itself() -> None:
    said = told(
        "Уровни, %\nУровень | 2023 год, % | 2024 год, %\nНизкий | 20 | 20\nСредний | 50 | 55\nВысокий | 30 | 35"
    )
    assert said == [("levels_sum", Severity.SUSPICIOUS, "110", "100")]
