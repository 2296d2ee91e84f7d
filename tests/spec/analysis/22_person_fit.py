"""Необычные сочетания ответов

Кто набрал семь баллов, обычно набрал их на лёгких заданиях. Если трудное сделано, а лёгкое нет, сочетание необычно;
если так у многих в классе — это повод посмотреть работы.
"""

import random

from msoko.core.analysis.methods.objectivity._class_signals import person_fit
from msoko.core.analysis.methods.objectivity.person_fit import compute, sentence
from tests.core.analysis.class_twins import panel_with, rows_of, territory, twelve
from tests.core.analysis.panels import parameters

USUAL = [1] * 7 + [0] * 5
UNUSUAL = [0] * 5 + [1] * 7


def test_the_same_total_can_be_usual_and_unusual(manual):
    """Баллов поровну, а сочетания разные

    Необычность — насколько ответы менее вероятны, чем у набравших столько же, в стандартных отклонениях таких
    участников.
    """
    drawn = territory(random.Random(22)) | {(1, "А"): [USUAL] * 10, (2, "А"): [UNUSUAL] * 10}
    rows = rows_of(drawn, [1] * 12)
    found = dict(zip(((school, name) for school, _, name in rows.classes), person_fit(rows).estimate, strict=True))
    manual.table(
        "Двенадцать заданий от лёгкого к трудному, семь баллов",
        [
            {"ответы": "".join(map(str, row)), "необычность": round(float(found[key]), 1)}
            for row, key in ((USUAL, (1, "А")), (UNUSUAL, (2, "А")))
        ],
    )
    assert found[1, "А"] < 0 < 3 < found[2, "А"]


def test_a_class_of_unusual_works_is_told(manual):
    """Класс, где необычных работ много

    Необычной считается работа, которая подходит хуже девяти десятых работ территории; честно таких десятая часть.
    """
    drawn = territory(random.Random(23))
    drawn[100, "А"] = [[0] * (12 - sum(row)) + [1] * sum(row) for row in drawn[100, "А"]]
    outcome = compute(panel_with({twelve(): drawn}), parameters("objectivity.person_fit"))
    first = max(outcome.results, key=lambda one: one.strength)
    manual.says(f"Вывод: «{sentence(first)}» Вердикт — {first.verdict.words}.")
    assert (first.organisation, first.statistic["sat"]) == (100, 22)
