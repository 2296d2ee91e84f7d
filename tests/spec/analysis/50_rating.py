"""Рейтинг школ

Место без интервала обманывает: сосед по списку часто неотличим. Поэтому у места есть интервал, а школы, которых не
различить, стоят одной группой.
"""

from statistics import mean, stdev

import pytest

from msoko.core.analysis.methods.rating import leaders
from msoko.core.analysis.methods.rating import schools as rating
from msoko.core.vocabulary.russian import number, signed
from tests.core.analysis.panels import panel_of, parameters, work
from tests.core.analysis.test_context_resilient import BEST, RICH, every_year, region
from tests.core.analysis.test_rating_schools import levels

MATHS = work(1)


def asked(**more):
    return parameters("rating.schools", **{"weights": {"mean_percent": 1, "pass_rate": 1}, "least_schools": 2, **more})


def test_the_score_is_a_weighted_sum_of_deviations(manual):
    """Балл — взвешенная сумма отклонений

    Каждый показатель считается от среднего по тем же работам и делится на стандартное отклонение между школами.
    """
    drawn = {MATHS: {1: [4, 8, 12], 2: [8, 10, 12], 3: [12, 14, 16]}}
    outcome = rating.compute(panel_of(drawn), asked(min_n=1, weights={"mean_percent": 1}))
    means = [mean(scores) for scores in drawn[MATHS].values()]
    rows = [
        {
            "школа": one.organisation,
            "средний балл": mean(drawn[MATHS][one.organisation]),
            "балл рейтинга": signed(one.statistic["score"], 2),
            "место": one.statistic["rank"],
        }
        for one in outcome.results
    ]
    manual.table("Один показатель — средний результат", rows)
    manual.says(
        f"Средние трёх школ {number(means[0])}, {number(means[1])} и {number(means[2])}; их стандартное отклонение "
        f"{number(stdev(means), 2)}. Балл школы 1: ({number(means[0])} − {number(mean(means), 2)}) / "
        f"{number(stdev(means), 2)} = {number((means[0] - mean(means)) / stdev(means), 2)}."
    )
    scores = [one.statistic["score"] for one in outcome.results]
    assert scores == pytest.approx([(each - mean(means)) / stdev(means) for each in means])


def test_schools_that_cannot_be_told_apart_are_one_group(manual):
    """Неразличимые школы стоят одной группой

    Работы пересчитаны много раз с другими обучающимися из тех же распределений баллов. Отрезок места — там, где школа
    оказывалась в 95 случаях из ста. Группа начинается со школы и берёт всех, чьи отрезки перекрываются с её отрезком.
    """
    outcome = rating.compute(panel_of(levels(16, 10, 10, 4)), asked())
    rows = [
        {
            "школа": one.organisation,
            "место": one.statistic["rank"],
            "отрезок": f"{one.statistic['low']}–{one.statistic['high']}",
            "группа": one.statistic["group"],
        }
        for one in sorted(outcome.results, key=lambda one: one.statistic["rank"])
    ]
    manual.table("Четыре школы по сорок обучающихся; уровни второй и третьей одинаковы", rows)
    manual.says(f"«{rating.sentence(outcome.results[1])}»")
    assert [one.statistic["group"] for one in outcome.results] == [1, 2, 2, 3]


def test_a_small_school_has_no_place(manual):
    """У малой школы места нет

    Не последнее и не первое — никакого: её место решали бы два-три ребёнка.
    """
    drawn = levels(12, 10, 8)
    drawn[MATHS][4] = [20] * 5
    outcome = rating.compute(panel_of(drawn), asked())
    (one,) = outcome.not_computed
    manual.says(f"Школа {one.organisation}: {one.reason}.")
    assert one.organisation == 4
    assert {each.statistic["of"] for each in outcome.results} == {3}


def test_leaders_are_above_expectation_two_years_of_two(manual):
    """Лидеры — выше ожидаемого два года из двух

    Сравнивается не с соседями, а с тем, чего следовало ждать в таких условиях.
    """
    effects = {**every_year(BEST), **every_year(RICH), (2025, 7): 6}
    asked_of_leaders = parameters("rating.leaders", weights={"low_income": -1}, covariates=["index"])
    outcome = leaders.compute(region(effects), asked_of_leaders)
    manual.says(
        f"Школы {BEST} и {RICH} выше ожидаемого каждый год, школа 7 — только в этом. Лидеры: "
        f"{', '.join(str(one.organisation) for one in outcome.results)}."
    )
    manual.says(f"«{leaders.sentence(outcome.results[0])}»")
    assert [one.organisation for one in outcome.results] == [BEST, RICH]
