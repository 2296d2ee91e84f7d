"""Похожие школы

Расстояние между школами — взвешенная сумма разниц, каждая делится на размах признака среди школ.
"""

import pytest

from msoko.core.analysis.methods.context import similar
from msoko.core.vocabulary.russian import number
from tests.core.analysis.panels import parameters
from tests.core.analysis.passports import of_passports

SCHOOLS = {
    1: {"pupils": 100, "low_income": 10, "migrants": 0},
    2: {"pupils": 100, "low_income": 20, "migrants": 2},
    3: {"pupils": 100, "low_income": 50, "migrants": None},
    4: {"pupils": 100, "low_income": None, "migrants": None},
}


def test_the_distance_counts_only_what_is_known_of_both(manual):
    """Сравнивается только известное у обеих школ

    Веса: малоимущие 3, мигранты 1. Размах малоимущих 40 пунктов, мигрантов 2. От школы 1 до школы 2:
    (3 · 10/40 + 1 · 2/2) / 4 = 0,4375. До школы 3 известны только малоимущие: 3 · 40/40 / 3 = 1. У школы 4 не известно
    ничего общего с другими, и она названа отдельно.
    """
    rows = [
        {"школа": key, "малоимущие, %": cells["low_income"], "мигранты, %": cells["migrants"]}
        for key, cells in SCHOOLS.items()
    ]
    manual.table("Социальные паспорта", rows)
    asked = parameters("context.similar", weights={"low_income": 3, "migrants": 1})
    outcome = similar.compute(of_passports(SCHOOLS), asked)
    first = outcome.results[0].statistic["nearest"]
    manual.table(
        "Ближайшие к школе 1", [{"школа": one["name"], "расстояние": number(one["distance"], 2)} for one in first]
    )
    assert [(one["organisation"], one["distance"]) for one in first] == [(2, pytest.approx(0.4375)), (3, 1)]
    assert [one.organisation for one in outcome.not_computed] == [4]


def test_a_school_is_never_its_own_comparison(manual):
    """Сама школа в сравнение не входит

    Даже если все школы одинаковы.
    """
    same = {key: {"pupils": 100 + (key == 4), "low_income": 10} for key in range(1, 5)}
    outcome = similar.compute(of_passports(same), parameters("context.similar"))
    for one in outcome.results:
        assert one.organisation not in [each["organisation"] for each in one.statistic["nearest"]]
    assert len(outcome.results) == 4
