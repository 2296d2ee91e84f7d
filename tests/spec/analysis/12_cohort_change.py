"""Необъективность: резкое изменение у тех же детей

Опубликованные маркеры резкого падения и резкого роста. K — средний процент выполнения работы за класс N, делённый на
средний процент тех же детей за класс N + 1. Границы — три межквартильных размаха от квартилей по всем школам региона.
"""

from dataclasses import replace

import pytest

from msoko.core.analysis.methods.objectivity.cohort_change import compute, earlier_of, sentence
from tests.core.analysis.panels import panel_of, parameters, work

FOURTH, FIFTH = work(1, "mathematics", 4, 2024), work(2, "mathematics", 5, 2025)
SCHOOL = 99


def answered(by_school):
    results = {one: {key: pair[side] for key, pair in by_school.items()} for side, one in enumerate((FOURTH, FIFTH))}
    return compute(panel_of(results, year=2025), parameters("objectivity.cohort_change", procedures="any"))


def test_quartiles_are_taken_by_linear_interpolation(manual):
    """Квартили и границы

    Квартили — линейной интерполяцией, как ПРОЦЕНТИЛЬ.ВКЛ в таблицах.
    """
    by_school = {10: ([8], [10]), 11: ([9], [10]), 12: ([10], [10]), 13: ([11], [10]), SCHOOL: ([20], [10])}
    outcome = answered(by_school)
    manual.table(
        "По одному участнику из каждой школы, баллы из 20",
        [
            {"школа": f"№ {key}", "за 4 класс": before[0], "за 5 класс": after[0], "K": before[0] / after[0]}
            for key, (before, after) in by_school.items()
        ],
    )
    reference = outcome.procedures[0].reference
    manual.says(
        "P25 = 0,9, P75 = 1,1, размах 0,2. Границы: 0,9 − 3 · 0,2 = 0,3 и 1,1 + 3 · 0,2 = 1,7. У школы № 99 K = 2: "
        "результат резко упал."
    )
    assert [reference[name] for name in ("p25", "p75", "low_fence", "high_fence")] == pytest.approx(
        [0.9, 1.1, 0.3, 1.7]
    )
    assert [one.organisation for one in outcome.results] == [SCHOOL]
    manual.says(f"Вывод: «{sentence(outcome.results[0])}» Вердикт — {outcome.results[0].verdict.words}.")


def test_the_same_pupils_are_found_by_academic_year_and_grade(manual):
    """Кто такие «те же дети»

    Работы 2020 года писали осенью 2020 года дети на класс старше. Поэтому пара составляется по учебному году и классу
    обучающихся, а не по году в названии работы.
    """
    autumn = replace(work(1, grade=4, year=2020), pupils_grade=5, academic_year=2020)
    spring = replace(work(2, grade=5, year=2021), academic_year=2020)
    sixth = replace(work(3, grade=6, year=2021), academic_year=2020)
    manual.table(
        "Работы",
        [
            {"работа": "2020, за 4 класс", "писали": "5 класс, осень 2020", "начали 1 класс": 2016},
            {"работа": "2021, за 5 класс", "писали": "5 класс, весна 2021", "начали 1 класс": 2016},
            {"работа": "2021, за 6 класс", "писали": "6 класс, весна 2021", "начали 1 класс": 2015},
        ],
    )
    panel = panel_of({autumn: {}, spring: {}, sixth: {}})
    assert earlier_of(panel, spring) is autumn
    assert earlier_of(panel, sixth) is None


def test_quartiles_need_all_schools_of_the_region(manual):
    """Нужны все школы региона

    Сводка региона говорит о его среднем, но не о квартилях K. Пока в системе лишь часть школ региона, маркер не
    считается.
    """
    by_school = {10: ([8, 9], [10, 9]), 11: ([9, 8], [10, 7])}
    results = {one: {key: pair[side] for key, pair in by_school.items()} for side, one in enumerate((FOURTH, FIFTH))}
    panel = panel_of(results, year=2025)
    larger = {key: replace(group, n=20_000, is_aggregate=True) for key, group in panel.region.items()}
    outcome = compute(replace(panel, region=larger), parameters("objectivity.cohort_change", procedures="any"))
    manual.says(f"Причина: «{outcome.not_computed[0].reason}».")
    assert (outcome.results, len(outcome.not_computed)) == ((), 1)
