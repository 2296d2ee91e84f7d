"""Доля и её интервал

Доля всегда стоит рядом с числом участников и 95-процентным интервалом: «34 % (19 из 56; 23–47 %)».
"""

import pytest

from msoko.core.monitoring.describing import describe
from msoko.core.monitoring.tally import tallies
from msoko.core.vocabulary.russian import share_in_words
from msoko.core.vocabulary.shares import Share
from tests.spec.drawn import batch_of, rows_of


def test_the_fewer_the_participants_the_wider_the_interval(manual):
    """Чем меньше участников, тем шире интервал

    Интервал — по Вильсону: он не выходит за 0 и 100 % и не сжимается в точку, даже когда справились все.
    """
    shares = [Share(4, 4), Share(19, 56), Share(190, 560), Share(0, 10)]
    manual.table("Доли", [{"из скольких": share.n, "как показана": share_in_words(share)} for share in shares])
    widths = [high - low for low, high in (Share(19, 56).interval, Share(190, 560).interval)]
    assert Share(19, 56).interval == pytest.approx((22.9200, 47.0005), abs=1e-3)
    assert Share(4, 4).interval == pytest.approx((51.0109, 100), abs=1e-3)
    assert widths[1] < widths[0] / 3


def test_a_mean_has_an_interval_by_student(engine, manual):
    """Интервал среднего — по Стьюденту

    При трёх участниках множитель равен 4,303, а не 1,96: в малой группе среднее знают хуже.
    """
    rows = rows_of("""
        итог
        4
        6
        8
    """)
    manual.table("Протокол", rows)
    figures = describe(tallies(engine.summarise(batch_of(rows)), "printed")["sch1", ""], maximum=20)
    manual.says("Среднее 6, стандартное отклонение 2, интервал 6 ± 4,303 · 2 / √3, то есть от 1,03 до 10,97.")
    assert (figures.mean, figures.sd) == (6.0, 2.0)
    assert figures.mean_interval == pytest.approx((1.0317, 10.9683), abs=1e-4)


def test_when_all_are_alike_there_is_no_interval(engine, manual):
    """Если у всех один балл, интервала нет"""
    rows = rows_of("""
        итог
        7
        7
    """)
    manual.table("Протокол", rows)
    figures = describe(tallies(engine.summarise(batch_of(rows)), "printed")["sch1", ""], maximum=20)
    manual.says(f"Стандартное отклонение 0, а вместо интервала — причина: {figures.not_computed['mean_interval']}.")
    assert (figures.sd, figures.mean_interval) == (0.0, None)
