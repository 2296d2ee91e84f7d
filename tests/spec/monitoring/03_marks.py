"""Отметки по шкале

Отметки не хранятся: они следуют из баллов и шкалы. Шкалу можно ввести позже, и отметки появятся.
"""

from msoko.core.monitoring.describing import describe
from msoko.core.monitoring.marking import MarksFrom
from msoko.core.monitoring.tally import tallies
from tests.spec.drawn import batch_of, rows_of
from tests.spec.monitoring_scales import TO_TWENTY


def test_bounds_of_a_scale_are_inclusive(engine, manual):
    """Верхняя граница входит в отметку

    Шкала примера: до 5 баллов — «2», 6–9 — «3», 10–14 — «4», 15–20 — «5».
    """
    rows = rows_of("""
        итог
        5
        6
        9
        10
        14
        15
        20
    """)
    manual.table("Протокол", rows)
    figures = describe(tallies(engine.summarise(batch_of(rows)), "printed")["sch1", ""], 20, TO_TWENTY)
    manual.table("Отметки", [{f"«{mark}»": n for mark, n in figures.marks.items()}])
    manual.says("Успеваемость — 6 из 7, качество обученности — 4 из 7, средняя отметка 26 / 7 ≈ 3,71.")
    manual.says("СОУ = (100 · 2 + 64 · 2 + 36 · 2 + 16 · 1) / 7 = 416 / 7 ≈ 59,4 %.")
    assert figures.marks == {2: 1, 3: 2, 4: 2, 5: 2}
    assert (figures.pass_rate.k, figures.pass_rate.n, figures.quality_rate.k) == (6, 7, 4)
    assert (figures.mean_mark, figures.sou) == (26 / 7, 416 / 7)


def test_without_a_scale_there_are_no_marks(engine, manual):
    """Нет шкалы — нет и отметок

    Работа показывается по первичному баллу, вместо отметок стоит причина.
    """
    rows = rows_of("""
        итог
        12
    """)
    manual.table("Протокол", rows)
    figures = describe(tallies(engine.summarise(batch_of(rows)), "printed")["sch1", ""], 20)
    manual.says(f"Успеваемость не посчитана: {figures.not_computed['pass_rate']}.")
    assert (figures.marks, figures.pass_rate, figures.sou, figures.marks_from) == (None, None, None, None)


def test_printed_marks_serve_where_there_is_no_scale(engine, manual):
    """Отметка из файла служит там, где шкалы нет, и сверяется там, где она есть

    Участник без отметки считается неаттестованным: в СОУ он входит с весом 7.
    """
    rows = rows_of("""
        итог | отметка в файле
        4    | 3
        12   | 4
        8    |
    """)
    manual.table("Протокол", rows)
    tally = tallies(engine.summarise(batch_of(rows)), "printed")["sch1", ""]
    printed, by_scale = describe(tally, 20), describe(tally, 20, TO_TWENTY)
    manual.says("Без шкалы: «3» — 1, «4» — 1, без отметки — 1; СОУ = (64 + 36 + 7) / 3 ≈ 35,7 %.")
    manual.says("По шкале: «2» — 1, «3» — 1, «4» — 1; одна отметка файла расходится со шкалой.")
    assert (printed.marks_from, printed.marks, printed.unmarked) == (MarksFrom.PRINTED, {2: 0, 3: 1, 4: 1, 5: 0}, 1)
    assert printed.sou == 107 / 3
    assert (by_scale.marks_from, by_scale.marks, by_scale.marks_disagree) == (
        MarksFrom.SCALE,
        {2: 1, 3: 1, 4: 1, 5: 0},
        1,
    )


def test_a_score_outside_the_scale_gives_no_mark(engine, manual):
    """Балл вне шкалы не даёт отметки и не входит в доли"""
    rows = rows_of("""
        итог
        10
        21
    """)
    manual.table("Протокол", rows)
    figures = describe(tallies(engine.summarise(batch_of(rows)), "printed")["sch1", ""], 22, TO_TWENTY)
    manual.says("Шкала кончается на 20 баллах: отметка есть у одного участника из двух, успеваемость — 1 из 1.")
    assert (figures.marks[4], figures.unmarked, figures.pass_rate.n) == (1, 1, 1)
