"""Два балла участника

У участника два первичных балла: итог, напечатанный в файле, и сумма баллов за задания. Хранятся оба; какой из них
показан, сказано на каждой странице. По умолчанию это сумма баллов за задания.
"""

from msoko.core.monitoring.describing import describe
from msoko.core.monitoring.exam_scores import describe_exam
from msoko.core.monitoring.tally import tallies
from tests.spec.drawn import batch_of, rows_of


def test_each_score_has_its_own_population(engine, manual):
    """У каждого балла свои участники

    Если итога в файле нет, участник всё же есть в показателях по сумме баллов за задания.
    """
    rows = rows_of("""
        з. 1 | з. 2 | итог | состояние
        1    | 2    | 3    | участвовал
        X    | 2    | 4    | участвовал
        1    | 0    |      | итога нет
    """)
    manual.table("Протокол", rows)
    summary = engine.summarise(batch_of(rows))
    printed = describe(tallies(summary, "printed")["sch1", ""], maximum=4)
    items = describe(tallies(summary, "items")["sch1", ""], maximum=4)
    manual.table(
        "Показатели",
        [
            {"балл": "итог из файла", "участников": printed.participants, "средний": printed.mean},
            {"балл": "сумма баллов за задания", "участников": items.participants, "средний": items.mean},
        ],
    )
    manual.says("По итогу (3 + 4) / 2 = 3,5; по заданиям (3 + 2 + 1) / 3 = 2.")
    assert (printed.participants, printed.mean) == (2, 3.5)
    assert (items.participants, items.mean) == (3, 2.0)


def test_test_scores_are_a_third_basis(engine, manual):
    """Тестовый балл ЕГЭ считается отдельно от первичного"""
    rows = rows_of("""
        тестовый балл
        24
        36
        85
        100
    """)
    manual.table("Протокол ЕГЭ", rows)
    tally = tallies(engine.summarise(batch_of(rows)), "test")["sch1", ""]
    figures = describe_exam(tally, minimum=36, high_from=81)
    manual.says("При минимуме 36 баллов ниже минимума 1 из 4, высоких (от 81) — 2 из 4, стобалльных — 1 из 4.")
    assert [(s.k, s.n) for s in (figures.below_minimum, figures.high, figures.perfect)] == [(1, 4), (2, 4), (1, 4)]
