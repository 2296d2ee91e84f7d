"""Сравнение с журналом

Отметка за работу сравнивается с отметкой по журналу за предыдущую четверть, триместр или полугодие.
"""

from msoko.core.monitoring.aggregates import from_journal
from msoko.core.monitoring.describing import describe
from msoko.core.monitoring.tally import tallies
from tests.spec.drawn import batch_of, rows_of
from tests.spec.monitoring_scales import TO_TWENTY


def test_only_those_with_both_marks_are_compared(engine, manual):
    """Сравниваются только те, у кого есть обе отметки

    Понизил — за работу отметка ниже журнальной, подтвердил — такая же, повысил — выше.
    """
    rows = rows_of("""
        итог | по журналу
        5    | 3
        10   | 4
        15   | 4
        12   |
    """)
    manual.table("Протокол; за работу это «2», «4», «5» и «4»", rows)
    figures = describe(tallies(engine.summarise(batch_of(rows)), "printed")["sch1", ""], 20, TO_TWENTY)
    journal = figures.journal
    manual.says("Сравнить можно троих: понизил 1, подтвердил 1, повысил 1.")
    assert (journal.n, journal.lowered, journal.confirmed, journal.raised) == (3, 1, 1, 1)
    assert {pair: n for pair, n in journal.matrix.items() if n} == {(2, 3): 1, (4, 4): 1, (5, 4): 1}
    assert len(journal.matrix) == 16


def test_without_journal_marks_the_comparison_is_named_as_missing(engine, manual):
    """Нет отметок по журналу — нет и сравнения"""
    rows = rows_of("""
        итог | по журналу
        5    |
    """)
    manual.table("Протокол", rows)
    figures = describe(tallies(engine.summarise(batch_of(rows)), "printed")["sch1", ""], 20, TO_TWENTY)
    manual.says(f"Сравнение не посчитано: {figures.not_computed['journal']}.")
    assert figures.journal is None


def test_an_aggregate_table_gives_the_three_outcomes_and_nothing_else(manual):
    """Сводная таблица даёт три числа и ничего сверх них"""
    rows = [{"понизили": 12, "подтвердили": 80, "повысили": 8}]
    manual.table("Строка отчёта «Сравнение отметок с отметками по журналу»", rows)
    figures = from_journal({"n": 100, "lowered": 12, "confirmed": 80, "raised": 8})
    manual.says(f"Кто именно понизил, неизвестно. Средний балл: {figures.not_computed['mean']}.")
    assert (figures.journal.n, figures.journal.shares["lowered"].k, figures.journal.matrix) == (100, 12, None)
    assert figures.mean is None
