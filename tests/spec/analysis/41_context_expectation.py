"""Ожидаемый результат с учётом условий

Ожидание для школы строится по остальным школам: сама себя школа не объясняет.
"""

import numpy as np
import pytest

from msoko.core.analysis.methods.context import expectation, resilient
from msoko.core.analysis.multilevel import random_intercept
from msoko.core.vocabulary.russian import number
from tests.core.analysis.panels import parameters
from tests.core.analysis.test_context_resilient import BEST, every_year, region


def test_the_smaller_the_school_the_more_its_difference_is_drawn_to_zero(manual):
    """Чем меньше школа, тем сильнее её разница поправлена на случайность

    Разница умножается на τ² / (τ² + ошибка²), где τ² — на сколько школы отличаются на самом деле. Пять школ
    отличаются от остальных одинаково, но писало в них разное число детей.
    """
    pupils = np.array([10, 20, 40, 80, 160] * 4)
    y = np.array([0.3] * 5 + [-0.3] * 5 + [0.1] * 5 + [-0.1] * 5)
    fit = random_intercept(y, 0.8 / pupils, np.arange(20), np.ones((20, 1)))
    rows = [
        {
            "участников": int(pupils[i]),
            "разница": number(fit.difference[i], 2),
            "с поправкой": number(fit.shrunken[i], 2),
        }
        for i in range(5)
    ]
    manual.table("Разница в стандартных отклонениях обучающихся", rows)
    ratio = fit.between / (fit.between + fit.difference_error)
    assert fit.shrunken == pytest.approx(fit.difference * ratio)
    assert np.all(np.diff(fit.shrunken[:5]) > 0)


def test_a_result_is_told_against_what_was_to_be_expected(manual):
    """Результат сравнивается с ожидаемым

    Разница показана с 95-процентным интервалом: если он захватывает ноль, говорить не о чем.
    """
    asked = parameters("context.expectation", weights={"low_income": -1}, covariates=["index"])
    outcome = expectation.compute(region(every_year(BEST)), asked)
    found = {one.organisation: one for one in outcome.results}
    manual.says(f"Школа {BEST}: «{expectation.sentence(found[BEST])}»")
    manual.says(f"Школа 9: «{expectation.sentence(found[9])}»")
    assert found[BEST].interval[0] > 0
    assert found[9].interval[0] < 0 < found[9].interval[1]


def test_a_sample_too_small_is_refused(manual):
    """Модель, которую школы не выдержат, не строится

    Меньше десяти школ — нет ответа, а не ненадёжный ответ. Число — параметр.
    """
    asked = parameters("context.expectation", weights={"low_income": -1}, covariates=["index"])
    outcome = expectation.compute(region({}, schools=8), asked)
    manual.says(f"Ответ методики: «{outcome.not_computed[0].reason}».")
    assert outcome.results == ()


def test_few_schools_bear_few_conditions(manual):
    """На малом числе школ условия отбрасываются с конца

    На один коэффициент нужно пять школ (параметр). Что отброшено и почему, сказано у каждой школы.
    """
    asked = parameters("context.expectation", weights={"low_income": -1}, schools_per_coefficient=18)
    outcome = expectation.compute(region({}), asked)
    rows = [{"условие": name, "почему не учтено": why} for name, why in outcome.territory["dropped"].items()]
    manual.table("Восемнадцать школ, одна на восемнадцать коэффициентов", rows)
    assert outcome.results[0].statistic["covariates"] == ["индекс условий"]


def test_resilient_schools_are_those_above_expectation_in_hard_conditions(manual):
    """Резильентная школа — выше ожидаемого в тяжёлых условиях

    Тяжёлые условия — индекс в нижней трети школ и не выше −0,25. Если так в двух годах из трёх, вывод «устойчиво», если
    только в этом — «вероятно».
    """
    asked = parameters("context.resilient", weights={"low_income": -1}, covariates=["index"])
    rows = []
    for title, effects in (("три года", every_year(BEST)), ("только этот год", {(2025, BEST): 6}), ("ни разу", {})):
        found = {one.organisation: one for one in resilient.compute(region(effects), asked).results}
        verdict = found[BEST].verdict.words if BEST in found else "вывода нет"
        rows.append({"выше ожидаемого": title, "вывод": verdict})
    manual.table(f"Школа {BEST}", rows)
    assert [row["вывод"] for row in rows] == ["устойчиво", "вероятно", "вывода нет"]
