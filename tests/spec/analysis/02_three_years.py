"""Низкие результаты три года подряд

Программы поддержки рассчитаны на школы, где результаты низкие устойчиво: по ЕГЭ, ОГЭ и ВПР за последние три года. Год
считается низким, если в нём есть хотя бы одна низкая процедура (правило — в предыдущем разделе).
"""

from msoko.core.analysis.methods.low_results.three_years import compute, sentence
from tests.core.analysis.panels import panel_of, parameters, work

SCHOOL, OTHER = 10, 11
MATHS = {year: work(year, year=year) for year in (2023, 2024, 2025)}


def sat(failed, of):
    return [3] * failed + [12] * (of - failed)


def answered(manual, works):
    rows = [
        {"ВПР по математике, 5 класс": year, "писали": of, "не справились": failed}
        for year, (failed, of) in works.items()
    ]
    manual.table("Школа", rows)
    results = {MATHS[year]: {OTHER: sat(0, 20)} for year in MATHS}
    for year, (failed, of) in works.items():
        results[MATHS[year]][SCHOOL] = sat(failed, of)
    return compute(panel_of(results, year=2025), parameters("low_results.three_years"))


def test_three_low_years_make_a_finding(manual):
    """Три низких года

    Вероятность того, что правило выполнено на самом деле, — произведение вероятностей по годам.
    """
    (result,) = answered(manual, {2023: (20, 40), 2024: (18, 36), 2025: (22, 41)}).results
    manual.says(f"Вывод: «{sentence(result)}» Вердикт — {result.verdict.words}.")
    assert result.organisation == SCHOOL


def test_one_better_year_is_an_answer(manual):
    """Один год лучше — школы в списке нет"""
    outcome = answered(manual, {2023: (20, 40), 2024: (5, 36), 2025: (22, 41)})
    manual.says("В 2024 году не справились 5 из 36, это меньше 30 %.")
    assert outcome.results == ()


def test_a_year_without_data_is_named(manual):
    """Год без данных не пропускается

    Двух лет правилу мало, а третьего нет: школа названа, и сказано, чего не хватает.
    """
    outcome = answered(manual, {2023: (20, 40), 2025: (22, 41)})
    (reason,) = [one.reason for one in outcome.not_computed if one.organisation == SCHOOL]
    manual.says(f"Причина: {reason}.")
    assert outcome.results == ()
