"""Необъективность: завышенный средний балл

Опубликованный маркер. Школа отмечена, если весь интервал её среднего балла выше интервала регионального среднего:
x̄ − 1,96·s/√m > X̄ + 1,96·S/√n. Правило показано как есть, а рядом — насколько такое превышение обычно для школ региона.
"""

import pytest

from msoko.core.analysis.methods.objectivity.inflated_mean import compute, sentence
from msoko.core.analysis.outcome import Verdict
from tests.core.analysis.panels import panel_of, parameters, work

MATHS = work(1, "mathematics", 5)
SCHOOL = 99
OTHERS = {key: [6, 8, 10, 10, 12, 14, 7, 9, 11, 13] for key in range(10, 15)}
MANY = {key: [6 + key % 4, 8, 10, 10, 12, 14, 7, 9, 11, 13 - key % 3] for key in range(10, 95)}


def answered(by_school, **asked):
    return compute(panel_of({MATHS: by_school}), parameters("objectivity.inflated_mean", procedures="any", **asked))


def test_the_whole_interval_of_the_school_must_be_above_the_region_s(manual):
    """Интервал школы целиком выше регионального

    Отклонения считаются с n − 1. Школа входит в регион вместе со всеми.
    """
    manual.table(
        "Баллы из 20",
        [
            {"школы": "пять школ, у каждой", "баллы": "6, 7, 8, 9, 10, 10, 11, 12, 13, 14"},
            {"школы": "школа № 99", "баллы": "15, 16, 17, 18"},
        ],
    )
    outcome = answered(OTHERS | {SCHOOL: [15, 16, 17, 18]})
    reference, (found,) = outcome.procedures[0].reference, outcome.results
    manual.says(
        "Регион: 54 участника, среднее 10,481, отклонение 2,951, верхняя граница 10,481 + 1,96 · 2,951 / √54 = 11,269. "
        "Школа: среднее 16,5, отклонение 1,291, нижняя граница 16,5 − 1,96 · 1,291 / √4 = 15,235. Она выше 11,269."
    )
    assert (reference["n"], reference["mean"], reference["sd"], reference["high"]) == pytest.approx(
        (54, 10.4815, 2.9508, 11.2685), abs=1e-3
    )
    assert (found.organisation, found.statistic["low"]) == (SCHOOL, pytest.approx(15.2348, abs=1e-3))


def test_one_participant_and_equal_scores_are_not_judged(manual):
    """Один участник и одинаковые баллы

    Разброса нет — нет и интервала. Школа не отмечается и не считается чистой: она названа среди непосчитанных.
    """
    outcome = answered(OTHERS | {98: [20], SCHOOL: [20, 20, 20]})
    reasons = {one.organisation: one.reason for one in outcome.not_computed}
    manual.table("Не посчитано", [{"школа": f"№ {key}", "почему": why} for key, why in reasons.items()])
    assert (set(reasons), outcome.results) == ({98, SCHOOL}, ())


def test_a_municipality_is_not_the_region(manual):
    """Муниципалитет — не регион

    Если в системе результаты одного муниципалитета, маркер не считается вовсе.
    """
    panel = panel_of({MATHS: OTHERS | {SCHOOL: [15, 16, 17, 18]}}, with_region=False)
    outcome = compute(panel, parameters("objectivity.inflated_mean", procedures="any"))
    manual.says(f"Причина: «{outcome.not_computed[0].reason}».")
    assert (outcome.results, outcome.not_computed[0].organisation) == ((), None)


def test_the_verdict_says_how_many_schools_are_so_far_above(manual):
    """Вердикт: много ли школ так отличается

    Разброс между школами оценивается по самим школам. «Спорно» — так далеко вверх отстоит каждая двадцатая или чаще;
    «вероятно» — реже; «устойчиво» — превышение ещё и велико (0,8 отклонения и больше), участников не меньше тридцати и
    редким оно остаётся с поправкой на число школ. «Мало данных» — участников меньше десяти.
    """
    cases = {
        95: [11, 12, 11, 12, 10, 11, 12, 11, 12, 11, 12, 11],
        96: [12, 13, 12, 14, 11, 12, 12, 13, 11, 12, 13, 12],
        97: [18, 19, 20],
        98: [17, 18, 19, 20, 18, 19, 17, 20, 18, 19, 20, 18] * 3,
    }
    outcome = answered(MANY | cases)
    verdicts = {one.organisation: one for one in outcome.results}
    manual.table(
        "Отмеченные школы",
        [
            {"школа": f"№ {key}", "вывод": sentence(one), "вердикт": one.verdict.words}
            for key, one in sorted(verdicts.items())
        ],
    )
    assert [verdicts[key].verdict for key in cases] == [
        Verdict.DOUBTFUL,
        Verdict.LIKELY,
        Verdict.FEW_DATA,
        Verdict.ROBUST,
    ]
