"""Низкие результаты: доля не справившихся

Процедура у школы низкая, если не справились не меньше 30 % участников: получили «2», а на ЕГЭ не набрали минимального
балла. Школа попадает в список, если за год таких процедур две или больше либо одна и та же низкая два года подряд.
Порог, наименьшее число участников, перечень процедур и остальное — параметры; они стоят рядом со списком.
"""

from msoko.core.analysis.methods.low_results.share_30 import compute, sentence
from msoko.core.analysis.outcome import Verdict
from tests.core.analysis.panels import panel_of, parameters, work

SCHOOL = 10
MATHS, RUSSIAN = work(1), work(2, "russian")
MATHS_BEFORE = work(3, year=2024)
NAMES = {MATHS: "математика, 5 класс, 2025", RUSSIAN: "русский язык, 5 класс, 2025"}
NAMES[MATHS_BEFORE] = "математика, 5 класс, 2024"


def sat(failed, of):
    """Scores of 3 are marks «2», scores of 12 are marks «4»."""
    return [3] * failed + [12] * (of - failed)


def drawn(manual, works):
    rows = [{"работа": NAMES[one], "писали": of, "не справились": failed} for one, (failed, of) in works.items()]
    manual.table("Школа", rows)
    return panel_of({one: {SCHOOL: sat(failed, of)} for one, (failed, of) in works.items()}, year=2025)


def answered(panel, **asked):
    return compute(panel, parameters("low_results.share_30", **asked))


def test_two_low_works_put_a_school_on_the_list(manual):
    """Две низкие работы

    Доля сравнивается с порогом точно: трое из десяти — ровно 30 %, и этого достаточно.
    """
    outcome = answered(drawn(manual, {MATHS: (18, 41), RUSSIAN: (15, 40)}))
    (result,) = outcome.results
    manual.says(f"Вывод: «{sentence(result)}» Вердикт — {result.verdict.words}.")
    assert [one["k"] for one in result.statistic["low"]] == [18, 15]
    assert result.verdict is Verdict.LIKELY


def test_one_work_low_in_two_years_is_enough(manual):
    """Одна работа, низкая два года подряд

    Тот же предмет, тот же класс, соседние годы. Дети при этом разные: вывод о школе, а не о классе.
    """
    outcome = answered(drawn(manual, {MATHS: (20, 40), MATHS_BEFORE: (19, 38), RUSSIAN: (2, 40)}))
    (result,) = outcome.results
    manual.says(f"Вывод: «{sentence(result)}»")
    assert [one["repeated"] for one in result.statistic["low"]] == [True]
    assert result.verdict is Verdict.ROBUST


def test_chance_alone_can_put_a_small_school_on_the_list(manual):
    """Случай может привести в список

    Рядом с ответом правила стоит вероятность того, что оно выполнено не только для этих долей, но и для истинных:
    для каждой работы — от бета-распределения с априорными параметрами ½ и ½, по работам — как для независимых событий.
    С вероятности 90 % ответ назван устойчивым, с 50 % — вероятным, ниже — спорным.
    """
    outcome = answered(drawn(manual, {MATHS: (3, 10), RUSSIAN: (3, 10)}))
    (result,) = outcome.results
    manual.says(f"Вывод: «{sentence(result)}» Вердикт — {result.verdict.words}.")
    assert result.verdict is Verdict.DOUBTFUL


def test_robust_needs_different_pupils(manual):
    """Устойчиво — только если за выводом не один маленький класс

    Русский язык и математику пишут одни и те же дети. Сколько разных детей стоит за низкими работами, считается с
    запасом: из работ одной параллели — самая большая. Меньше тридцати — вывод не назван устойчивым.
    """
    outcome = answered(drawn(manual, {MATHS: (22, 25), RUSSIAN: (20, 24)}))
    (result,) = outcome.results
    manual.says(f"Работ писали 49, разных детей — не меньше {result.statistic['pupils']}: {result.verdict.words}.")
    assert (result.statistic["pupils"], result.verdict) == (25, Verdict.LIKELY)


def test_too_few_participants_are_said_and_not_left_out(manual):
    """Мало участников

    Работы, которые писали меньше десяти человек, в счёт не идут. Школа не пропадает: названо, почему её нельзя судить,
    и отдельно — что правило ответило бы, если бы считало работы любого размера.
    """
    outcome = answered(drawn(manual, {MATHS: (4, 7), RUSSIAN: (3, 6)}))
    (few,) = outcome.few_data
    (reason,) = [one.reason for one in outcome.not_computed]
    manual.says(f"Причина: {reason}.")
    manual.says(f"Вывод с вердиктом «{few.verdict.words}»: «{sentence(few)}»")
    assert (outcome.results, few.statistic["reach"]) == ((), 6)
