"""Необъективность: расхождение с отметками по журналу

Опубликованный маркер: связь между отметкой по журналу и первичным баллом обратная (коэффициент Спирмена меньше нуля).
Участников с отметкой по журналу должно быть не меньше десяти. Школа сравнивается сама с собой, регион не нужен.
"""

import pytest

from msoko.core.analysis.methods.objectivity._published_ranks import RankCorrelation
from msoko.core.analysis.methods.objectivity.journal_mismatch import compute, sentence
from tests.core.analysis.panels import panel_of, parameters, work
from tests.spec.drawn import rows_of

MATHS = work(1, "mathematics", 5)


def pairs_of(manual, picture, title):
    rows = rows_of(picture)
    manual.table(title, rows)
    return [(int(row["балл"]), int(row["по журналу"])) for row in rows]


def counted(pairs):
    return {pair: pairs.count(pair) for pair in pairs}


def test_ranks_are_correlated_not_scores(manual):
    """Сравниваются места, а не сами числа

    Баллы и отметки заменяются местами по порядку. Без одинаковых значений обе формулы дают одно и то же.
    """
    pairs = pairs_of(
        manual,
        """
        балл | по журналу
        4    | 3
        9    | 2
        12   | 4
        17   | 5
        """,
        "Четыре участника",
    )
    found = RankCorrelation.of(counted(pairs))
    manual.says(
        "Места по баллу 1, 2, 3, 4; места по журналу 2, 1, 3, 4; разности 1, 1, 0, 0. "
        "Коэффициент 1 − 6 · (1 + 1) / (4 · (16 − 1)) = 0,8."
    )
    assert (found.published, found.tie_corrected) == (pytest.approx(0.8), pytest.approx(0.8))


def test_with_equal_values_the_two_formulas_part(manual):
    """При одинаковых значениях формулы расходятся

    Одинаковым значениям даётся среднее место. Корреляция таких мест — верный ответ; опубликованная формула при них
    завышает связь, и у немногих школ меняется знак. Какая формула считается — параметр.
    """
    pairs = pairs_of(
        manual,
        """
        балл | по журналу
        3    | 3
        3    | 3
        2    | 4
        3    | 4
        3    | 5
        """,
        "Пять участников",
    )
    found = RankCorrelation.of(counted(pairs))
    manual.says(
        "Места по баллу 3,5; 3,5; 1; 3,5; 3,5, по журналу 1,5; 1,5; 3,5; 3,5; 5. Сумма квадратов разностей 16,5."
    )
    manual.table(
        "Коэффициент", [{"по средним местам": found.tie_corrected, "по опубликованной формуле": found.published}]
    )
    assert found.published == pytest.approx(1 - 6 * 16.5 / (5 * 24))
    assert found.tie_corrected < 0 < found.published


def test_what_a_methodist_reads(manual):
    """Что читает методист

    Средние баллы тех, у кого в журнале «2», «3», «4» и «5», понятнее коэффициента; он стоит рядом с интервалом.
    """
    rows = [(18, 3), (16, 3), (15, 3), (14, 3), (12, 4), (11, 4), (10, 4), (9, 4), (5, 5), (4, 5), (7, 5)]
    (found,) = compute(
        panel_of({MATHS: {10: rows}}), parameters("objectivity.journal_mismatch", procedures="any")
    ).results
    manual.says(f"Вывод: «{sentence(found)}»")
    assert found.statistic["r"] < -0.9


def test_a_constant_is_not_a_mismatch(manual):
    """Если у всех одна отметка или один балл, связи нет"""
    rows = [(score, 4) for score in range(12)]
    outcome = compute(panel_of({MATHS: {10: rows}}), parameters("objectivity.journal_mismatch", procedures="any"))
    manual.says(f"Причина: «{outcome.not_computed[0].reason}».")
    assert (outcome.results, len(outcome.not_computed)) == ((), 1)
