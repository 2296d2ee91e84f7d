"""Индекс социальных условий

Доли из социального паспорта переводятся в стандартные отклонения среди школ и складываются с весами. Чем выше индекс,
тем благополучнее условия.
"""

from statistics import mean, stdev

import pytest

from msoko.core.analysis.methods.context import index
from msoko.core.vocabulary.russian import number
from tests.core.analysis.panels import parameters
from tests.core.analysis.passports import of_passports

WEIGHTS = {"both_parents_higher": 1, "low_income": -1}
SCHOOLS = {
    1: {"pupils": 100, "both_parents_higher": 10, "low_income": 50},
    2: {"pupils": 200, "both_parents_higher": 40, "low_income": 60},
    3: {"pupils": 100, "both_parents_higher": 30, "low_income": 20},
    4: {"pupils": 50, "both_parents_higher": 20, "low_income": None},
    5: {"pupils": 100, "both_parents_higher": 50, "low_income": 10},
}
HIGHER, POOR = [10, 20, 30, 40, 50], [50, 30, 20, 10]


def computed(**more):
    asked = parameters("context.index", **{"weights": WEIGHTS, **more})
    return index.compute(of_passports(SCHOOLS), asked)


def drawn():
    return [
        {
            "школа": key,
            "обучающихся": cells["pupils"],
            "оба родителя с высшим": cells["both_parents_higher"],
            "малоимущие": cells["low_income"],
        }
        for key, cells in SCHOOLS.items()
    ]


def test_the_index_is_a_weighted_mean_of_deviations(manual):
    """Индекс — взвешенное среднее отклонений

    Считаются доли, а не количества: школа вдвое больше не становится от этого тяжелее. Веса здесь: высшее образование
    обоих родителей +1, малоимущие семьи −1.
    """
    manual.table("Социальные паспорта", drawn())
    found = {one.organisation: one.statistic["index"] for one in computed().results}
    first = ((10 - mean(HIGHER)) / stdev(HIGHER) - (50 - mean(POOR)) / stdev(POOR)) / 2
    manual.says(
        f"У школы 1 доли 10 % и 50 %. Средние по школам {number(mean(HIGHER))} % и {number(mean(POOR), 1)} %, "
        f"стандартные отклонения {number(stdev(HIGHER), 2)} и {number(stdev(POOR), 2)}. Индекс: "
        f"({number((10 - mean(HIGHER)) / stdev(HIGHER), 2)} − {number((50 - mean(POOR)) / stdev(POOR), 2)}) / 2 = "
        f"{number(first, 2)}."
    )
    assert found[1] == pytest.approx(first)
    assert sorted(found, key=found.get) == [1, 2, 3, 4, 5]


def test_what_is_missing_is_not_zero(manual):
    """Нет данных — не ноль

    У школы 4 не заполнены малоимущие семьи. Её индекс — по одному известному признаку, и это сказано.
    """
    one = next(one for one in computed().results if one.organisation == 4)
    manual.says(f"«{index.sentence(one)}»")
    assert one.statistic["index"] == pytest.approx((40 - mean(HIGHER)) / stdev(HIGHER))
    assert one.statistic["missing"] == [{"name": "малоимущие семьи", "why": "missing"}]


def test_too_little_known_gives_no_index(manual):
    """Если известно слишком мало, индекса нет

    Сколько должно быть известно — параметр методики, в процентах от суммы весов.
    """
    outcome = computed(least_known=80)
    (one,) = outcome.not_computed
    manual.says(f"При 80 % школа 4 индекса не получает: {one.reason}.")
    assert one.organisation == 4
