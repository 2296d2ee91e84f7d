"""Изменения за год

Уровень и изменение показаны вместе. Сказано, те же это дети или другие, что было по региону и чего следовало ждать
и без всяких мер.
"""

from statistics import mean

import pytest

from msoko.core.analysis.methods.change import sharp, years
from msoko.core.analysis.methods.change._shares import difference
from msoko.core.vocabulary.russian import number, share_in_words, signed
from msoko.core.vocabulary.shares import Share
from tests.core.analysis.panels import panel_of, parameters
from tests.core.analysis.test_change_years import BEFORE, NOW, twelve


def test_what_changed_with_the_region_is_not_the_schools_change(manual):
    """Из изменения школы вычитается изменение региона

    Регион здесь — две школы вместе. Максимум работы 20 баллов.
    """
    drawn = {BEFORE: {1: [8, 10, 12], 2: [6, 8, 10]}, NOW: {1: [12, 14, 16], 2: [6, 8, 10]}}
    rows = [
        {
            "школа": key,
            "год назад, %": 5 * mean(drawn[BEFORE][key]),
            "сейчас, %": 5 * mean(drawn[NOW][key]),
        }
        for key in (1, 2)
    ]
    manual.table("Средний процент выполнения", rows)
    outcome = years.compute(panel_of(drawn), parameters("change.years"))
    first, second = (one.statistic["works"][0]["same_work"] for one in outcome.results)
    manual.says(
        "По региону стало 55 % вместо 45 %, то есть +10 п. п. У школы 1 изменение +20 п. п., с учётом региона "
        f"{signed(first['excess'])}; школа 2 не изменилась, с учётом региона {signed(second['excess'])}."
    )
    assert (first["difference"], first["excess"]) == (pytest.approx(20), pytest.approx(10))
    assert (second["difference"], second["excess"]) == (pytest.approx(0), pytest.approx(-10))


def test_the_interval_of_a_difference_of_shares(manual):
    """Разница долей — с интервалом по Ньюкомбу

    Он строится из интервалов Вильсона обеих долей и потому не сжимается в точку, когда не справившихся нет.
    """
    rows = []
    for now, before in ((Share(56, 70), Share(48, 80)), (Share(10, 10), Share(10, 10))):
        change, low, high = difference(now, before)
        rows.append(
            {
                "сейчас": share_in_words(now),
                "год назад": share_in_words(before),
                "разница": f"{signed(change)} п. п. (от {number(low, 1)} до {number(high, 1)})",
            }
        )
    manual.table("Успеваемость", rows)
    assert difference(Share(56, 70), Share(48, 80))[1:] == (
        pytest.approx(5.24, abs=0.01),
        pytest.approx(33.39, abs=0.01),
    )
    assert difference(Share(10, 10), Share(10, 10))[1] < 0


def test_a_sharp_change_is_large_beyond_chance_and_beyond_the_region(manual):
    """Резкое изменение — большое, не случайное и не общее

    Двенадцать школ. В первом случае школа 1 выросла одна, во втором выросли все.
    """
    alone = sharp.compute(panel_of(twelve(first=7)), parameters("change.sharp"))
    together = sharp.compute(panel_of(twelve(change=6)), parameters("change.sharp"))
    (one,) = alone.results
    manual.says(f"Первый случай, вывод «{one.verdict.words}»: «{sharp.sentence(one)}»")
    manual.says("Второй случай: выводов нет, хотя каждая школа прибавила.")
    assert together.results == ()


def test_the_lowest_rise_anyway(manual):
    """Самые слабые растут и без мер

    Часть низкого результата — случайность, и на следующий год она не повторяется. Сколько прибавляют в среднем школы с
    таким же прошлым результатом, вычислено по остальным школам; если школа была среди самых низких, это сказано рядом.
    """
    panel = panel_of(twelve())
    outcome = years.compute(panel, parameters("change.years"))
    rows = [
        {
            "школа": one.organisation,
            "год назад, %": number(change["mean_percent"], 1),
            "ожидаемо и без мер, п. п.": signed(change["anyway"], 1),
            "изменилась на, п. п.": signed(change["difference"], 1),
        }
        for one in outcome.results
        if (change := one.statistic["works"][0]["same_work"]) and one.organisation in (1, 12)
    ]
    manual.table("Самая слабая и самая сильная из двенадцати", rows)
    lowest, highest = (one.statistic["works"][0]["same_work"] for one in (outcome.results[0], outcome.results[-1]))
    assert (lowest["was"], highest["was"]) == ("low", "high")
    assert lowest["anyway"] > highest["anyway"]
