"""How many stand apart from their territory by chance alone."""

import random
from statistics import mean, stdev

import pytest

from msoko.core.monitoring.intervals import mean_interval
from msoko.core.monitoring.standing_apart import CLASSES, SCHOOLS, apart_by_chance, told_beside_chance


def test_schools_that_do_not_differ_stand_apart_as_often_as_is_said() -> None:
    """2,000 invented schools of thirty pupils of one and the same territory."""
    chance, below, above = random.Random(5), 0, 0
    for _ in range(2_000):
        scores = [chance.gauss(10, 3) for _ in range(30)]
        low, high = mean_interval(mean(scores), stdev(scores), 30, 20)
        below, above = below + (high < 10), above + (low > 10)
    assert below == pytest.approx(apart_by_chance(2_000), abs=20)
    assert above == pytest.approx(apart_by_chance(2_000), abs=20)


@pytest.mark.parametrize(
    ("compared", "said"), [(1, "1 школу"), (2, "2 школы"), (5, "5 школ"), (11, "11 школ"), (21, "21 школу")]
)
def test_the_number_of_schools_agrees(compared: int, said: str) -> None:
    told = told_beside_chance(SCHOOLS, compared, 0, 1).replace("\xa0", " ")
    assert told.startswith(f"Сравнить можно {said}: ниже — 0, выше — 1.")


def test_what_was_found_stands_beside_what_chance_would_give() -> None:
    assert told_beside_chance(CLASSES, 40, 6, 2).replace("\xa0", " ") == (
        "Сравнить можно 40 классов: ниже — 6, выше — 2. Если бы классы на самом деле не отличались, по одной "
        "случайности в каждую сторону вышло бы в среднем по 1,0."
    )
