"""Необъективность: отметки за работу против журнала

Местный признак. Сравнивается доля понизивших (отметка за работу ниже журнальной) и доля повысивших с тем, что обычно
для школ территории. Нужно не меньше десяти школ: по меньшему числу не узнать, что обычно.
"""

from msoko.core.analysis.methods.objectivity.journal_gap import compute, sentence
from msoko.core.analysis.outcome import Verdict
from tests.core.analysis.panels import panel_of, parameters, work

MATHS = work(1, "mathematics", 5)  # до 5 баллов — «2», до 9 — «3», до 14 — «4»
USUAL = {key: [(12, 4)] * (15 - key % 3) + [(8, 4)] * (4 + key % 3) + [(16, 4)] for key in range(10, 40)}


def answered(more):
    return compute(panel_of({MATHS: USUAL | more}), parameters("objectivity.journal_gap"))


def test_the_excess_is_told_in_people(manual):
    """Лишние — в людях

    Сколько понизивших сверх обычного: доля школы минус обычная доля, умноженная на число участников.
    """
    (found,) = answered({99: [(12, 4)] * 4 + [(8, 4)] * 36}).results
    manual.says(
        "В тридцати школах понизили от 4 до 6 человек из 20, обычная доля — 25 %. В школе № 99 понизили 36 из 40: "
        "лишних (0,90 − 0,25) · 40 = 26."
    )
    manual.says(f"Вывод: «{sentence(found)}» Вердикт — {found.verdict.words}.")
    assert (found.statistic["usual"], found.verdict) == (25.0, Verdict.ROBUST)


def test_lowered_asks_about_the_journal_and_raised_about_the_work(manual):
    """Понизившие — вопрос к журналу, повысившие — к работе"""
    (found,) = answered({99: [(12, 4)] * 10 + [(16, 4)] * 30}).results
    manual.says(f"Вывод: «{sentence(found)}»")
    assert found.statistic["outcome"] == "raised"


def test_a_difference_that_is_usual_is_no_signal(manual):
    """Обычное расхождение — не признак"""
    outcome = answered({99: [(12, 4)] * 26 + [(8, 4)] * 14})
    manual.says("В школе № 99 понизили 14 из 40 (35 %) при обычных 25 %: разница меньше 15 пунктов, школа не отмечена.")
    assert outcome.results == ()
