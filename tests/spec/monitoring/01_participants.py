"""Участники и отсутствующие

Строка протокола — один участник. В показатели входят те, у кого есть балл; остальные сосчитаны отдельно.
"""

from msoko.core.monitoring.describing import describe
from msoko.core.monitoring.tally import tallies
from tests.spec.drawn import batch_of, rows_of


def test_the_absent_are_in_no_denominator(engine, manual):
    """Отсутствующие не входят ни в один знаменатель

    Отсутствовавшему файл ставит ноль баллов. Этот ноль не результат, в среднем его нет.
    """
    rows = rows_of("""
        итог | состояние
        7    | участвовал
        5    | участвовал
        0    | отсутствовал
    """)
    manual.table("Протокол класса", rows)
    figures = describe(tallies(engine.summarise(batch_of(rows)), "printed")["sch1", ""], maximum=20)
    manual.says(f"Участников {figures.participants}, отсутствовал {figures.absent}, средний балл (7 + 5) / 2 = 6.")
    assert (figures.participants, figures.absent, figures.mean) == (2, 1, 6.0)


def test_rows_without_a_sound_total_are_counted_apart(engine, manual):
    """Строки без верного итога сосчитаны, но в среднее по итогу не входят

    Состояний у строки пять, и они исключают друг друга.
    """
    rows = rows_of("""
        итог | состояние
        8    | участвовал
             | итога нет
        25   | итог выше максимума
        3    | не писал часть работы
        0    | отсутствовал
    """)
    manual.table("Протокол, наибольший балл — 20", rows)
    tally = tallies(engine.summarise(batch_of(rows)), "printed")["sch1", ""]
    manual.says("По итогу участник один, его балл — 8. Остальные четыре строки видны в учёте состояний.")
    assert tally.statuses == dict.fromkeys(("valid", "no_total", "total_above_max", "part_absent", "absent"), 1)
    assert tally.histogram == {8: 1}


def test_a_class_where_everybody_was_absent_has_no_figures(engine, manual):
    """Класс, где отсутствовали все, остаётся в списке, но показателей у него нет

    Нет участников — нет и среднего: ни нуля, ни прочерка без причины.
    """
    rows = rows_of("""
        класс | итог | состояние
        А     | 0    | отсутствовал
        А     | 0    | отсутствовал
    """)
    manual.table("Протокол", rows)
    figures = describe(tallies(engine.summarise(batch_of(rows)), "printed")["sch1", "А"], maximum=20)
    manual.says(f"Участников 0, отсутствовали 2. Средний балл не посчитан: {figures.not_computed['mean']}.")
    assert (figures.participants, figures.absent, figures.mean, figures.pass_rate) == (0, 2, None, None)


def test_one_participant_has_a_mean_but_no_spread(engine, manual):
    """У одного участника есть средний балл, но нет разброса"""
    rows = rows_of("""
        итог
        9
    """)
    manual.table("Протокол", rows)
    figures = describe(tallies(engine.summarise(batch_of(rows)), "printed")["sch1", ""], maximum=18)
    manual.says(f"Средний балл 9, это 50 % от 18. Стандартное отклонение: {figures.not_computed['sd']}.")
    assert (figures.mean, figures.mean_percent, figures.sd, figures.mean_interval) == (9.0, 50.0, None, None)
