"""Сколько предметов ниже среднего по муниципалитету

Так районы делят школы на группы по итогам ЕГЭ: номер группы — число предметов, где средний балл школы ниже, чем по
муниципалитету. Ниже среднего всегда кто-то есть, поэтому это показатель, а не вывод; рядом стоит, по скольким предметам
отставание больше, чем может дать случай.
"""

from msoko.core.analysis.methods.low_results.subjects_below_mean import compute, sentence
from msoko.core.vocabulary.russian import number
from tests.core.analysis.panels import panel_of, parameters, work

SCHOOL, OTHER = 10, 11


def exam(key, subject):
    return work(key, subject, 11, kind="ege", bounds=None, maximum=100, minimum=24)


MATHS, RUSSIAN = exam(1, "mathematics"), exam(2, "russian")


def test_a_difference_is_clear_when_the_whole_interval_lies_below(manual):
    """Отставание и явное отставание

    Интервал среднего — по Стьюденту. По математике он весь ниже муниципального среднего, по русскому языку сдавали
    двое, и среднее может оказаться любым.
    """
    results = {MATHS: {SCHOOL: [40, 42, 44, 46], OTHER: [60] * 16}, RUSSIAN: {SCHOOL: [50, 70], OTHER: [65] * 18}}
    outcome = compute(panel_of(results), parameters("low_results.subjects_below_mean"))
    result = next(one for one in outcome.results if one.organisation == SCHOOL)
    rows = [
        {
            "предмет": one["name"],
            "сдавали": one["n"],
            "средний": number(one["mean"], 1),
            "интервал": "–".join(number(bound, 1) for bound in one["interval"]),
            "по муниципалитету": number(one["district_mean"], 1),
            "явно ниже": "да" if one["clearly"] else "нет",
        }
        for one in result.statistic["subjects"]
    ]
    manual.table("Школа", rows)
    manual.says(f"Показатель: «{sentence(result)}»")
    assert (result.statistic["group"], result.statistic["clearly"], result.interval) == (2, 1, (1, 2))
