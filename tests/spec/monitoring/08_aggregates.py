"""Когда есть только сводная таблица

Если результатов участников нет, берутся сводные таблицы. Из них следует немногое, остальное — «нет данных» с причиной.
"""

from msoko.core.monitoring.aggregates import from_marks, from_scores
from tests.spec.monitoring_scales import TO_TWENTY


def as_printed(row):
    return {"участников": row["n"]} | {f"«{mark}», %": row[f"percent_{mark}"] for mark in (2, 3, 4, 5)}


def test_counts_are_restored_from_per_cents_and_called_approximate(manual):
    """Числа восстанавливаются из процентов и названы приблизительными"""
    row = {"n": 7, "percent_2": 14.0, "percent_3": 29.0, "percent_4": 29.0, "percent_5": 28.0}
    manual.table("Строка отчёта «Статистика по отметкам»", [as_printed(row)])
    figures = from_marks(row)
    manual.says("7 участников: «2» — 1, «3» — 2, «4» — 2, «5» — 2. Вместе снова 7.")
    assert figures.marks == {2: 1, 3: 2, 4: 2, 5: 2}
    assert (figures.approximate, figures.mean, figures.quality_rate.k) == (True, None, 4)


def test_a_distribution_of_scores_tells_as_much_as_participants_do(manual):
    """Распределение первичных баллов говорит о баллах почти всё

    Если числа участников восстанавливаются без сомнений, показатели точные.
    """
    row = {"n": 4, "maximum": 20, "percents": [0.0] * 10 + [50.0, 25.0] + [0.0] * 8 + [25.0]}
    row["counts"] = [0] * 10 + [2, 1] + [0] * 8 + [1]
    manual.says("Из 4 участников по 10 баллов у двоих, 11 — у одного, 20 — у одного: средний балл 51 / 4 = 12,75.")
    figures = from_scores(row, TO_TWENTY)
    manual.says(f"Отметки по журналу неизвестны: {figures.not_computed['journal']}.")
    assert (figures.mean, figures.marks, figures.approximate) == (12.75, {2: 0, 3: 0, 4: 3, 5: 1}, False)
    assert (figures.journal, figures.absent, figures.items) == (None, None, None)


def test_per_cents_that_do_not_make_a_whole_are_not_used(manual):
    """Проценты, которые не складываются в сто, не используются"""
    row = {"n": 10, "percent_2": 10.0, "percent_3": 20.0, "percent_4": 20.0, "percent_5": 20.0}
    manual.table("Строка отчёта", [as_printed(row)])
    figures = from_marks(row)
    manual.says(f"Отметок нет: {figures.not_computed['marks']}.")
    assert (figures.marks, figures.participants) == (None, 10)
