"""Необъективность: четырнадцать маркеров и индекс территории

Методика 2021 года: завышенный средний балл (6 маркеров), расхождение с журналом (4), резкий рост и резкое падение
тех же детей от 4 к 5 классу (4). Индекс территории — 100 минус процент школ хотя бы с одним маркером.
"""

import pytest

from msoko.core.analysis.methods.objectivity import markers_2021, territory_index
from tests.core.analysis.panels import panel_of, parameters, school, work

MATHS, RUSSIAN = work(1, "mathematics", 5), work(2, "russian", 5)
USUAL = [6, 8, 10, 10, 12, 14, 7, 9, 11, 13]
HIGH = [15, 16, 17, 18, 17, 16, 18, 17, 15, 16]


def a_region():
    """Ten schools of two municipalities; № 11 is high in both works, № 16 in one."""
    maths = {key: HIGH if key in (11, 16) else USUAL for key in range(10, 20)}
    russian = {key: HIGH if key == 11 else USUAL for key in range(10, 20)}
    schools = [school(key, municipality=2 if key < 14 else 3) for key in range(10, 20)]
    return panel_of({MATHS: maths, RUSSIAN: russian}, schools=schools)


def test_a_school_is_marked_by_any_of_the_markers(manual):
    """Достаточно одного маркера

    Рядом с числом маркеров — сколько их удалось посчитать и почему не посчитаны остальные.
    """
    outcome = markers_2021.compute(a_region(), parameters("objectivity.markers_2021"))
    rows = [{"школа": f"№ {one.organisation}", "вывод": markers_2021.sentence(one)} for one in outcome.results]
    manual.table("Отмеченные школы", rows)
    manual.table("Не посчитано", [{"почему": reason} for reason in outcome.territory["not_computed"]])
    assert {one.organisation: one.statistic["count"] for one in outcome.results} == {11: 2, 16: 1}
    assert [one.statistic["judged"] for one in outcome.results] == [2, 2]


def test_the_index_counts_schools_not_markers(manual):
    """Индекс считает школы, а не маркеры

    Школа с двумя маркерами — одна школа. Интервал — по Вильсону: у маленькой территории он широк, и сравнивать такие
    территории нельзя.
    """
    outcome = territory_index.compute(a_region(), parameters("objectivity.territory_index"))
    names = {2: "первый муниципалитет", 3: "второй муниципалитет", 1: "регион"}
    figures = {one.organisation: one for one in outcome.results}
    rows = [
        {
            "территория": names[key],
            "школ посчитано": one.statistic["n"],
            "с маркером": one.statistic["k"],
            "индекс": one.statistic["index"],
            "от": one.interval[0],
            "до": one.interval[1],
        }
        for key, one in figures.items()
    ]
    manual.table("Индекс", rows)
    assert {key: one.statistic["index"] for key, one in figures.items()} == pytest.approx(
        {2: 75, 3: 100 - 100 / 6, 1: 80}
    )
    assert figures[2].interval == pytest.approx((30.064, 95.441), abs=1e-3)
