"""Много отсутствующих и мало слабых

Средний балл легко поднять, попросив слабых не приходить. Считается, насколько больше обычного отсутствовало и не пропал
ли нижний край у тех, кто писал.
"""

import numpy as np

from msoko.core.analysis.methods.objectivity._absent import attendance
from msoko.core.analysis.methods.objectivity._spread import Yardstick
from msoko.core.analysis.methods.objectivity.absence import compute, sentence
from msoko.core.analysis.outcome import Verdict
from tests.core.analysis.panels import parameters, work
from tests.core.analysis.test_absence import panel_with
from tests.spec.analysis.histograms import histogram_of

MATHS = work(1)
USUAL = [score for score in range(1, 19) for _ in range(5)]


def test_the_usual_share_is_that_of_the_middle_school(manual):
    """Что значит обычно

    Обычна доля школы, которая стоит посередине списка, а не общая доля: несколько школ с большим отсутствием не должны
    оправдывать себя сами. В десяти школах из ста по списку отсутствовало десять, в одиннадцатой — тридцать: лишних
    двадцать.
    """
    own = np.concatenate([histogram_of(USUAL) for _ in range(10)] + [histogram_of(USUAL[20:])])
    absent = np.array([[10]] * 10 + [[30]])
    found = attendance([own], [own.sum(axis=0) - own], absent, Yardstick(0.03, 30), 0.15)
    manual.table(
        "Отсутствовали",
        [
            {
                "школа": "любая из десяти",
                "по списку": 100,
                "отсутствовали": 10,
                "лишних": round(float(found.extra[0]), 1) + 0.0,
            },
            {
                "школа": "одиннадцатая",
                "по списку": 100,
                "отсутствовали": 30,
                "лишних": round(float(found.extra[10]), 1),
            },
        ],
    )
    assert found.listed.tolist() == [100] * 11
    assert [round(float(one), 6) for one in (found.extra[0], found.extra[10])] == [0, 20]


def test_a_school_without_its_weakest_is_told(manual):
    """Когда сигнал устойчив

    «Вероятно» — когда отсутствовало намного больше обычного: причиной мог быть и грипп. «Устойчиво» — когда при этом
    среди писавших не хватает слабых: здесь сорок лишних отсутствовавших — как раз самые
    слабые.
    """
    schools = dict.fromkeys(range(100, 130), (USUAL, 10))
    schools[1] = (sorted(USUAL * 2)[40:], 20 + 40)
    schools[2] = ([score for score in range(1, 19) for _ in range(8)][2:-2], 20 + 40)
    outcome = compute(panel_with({MATHS: schools}), parameters("objectivity.absence"))
    first, second = sorted(outcome.results, key=lambda one: one.organisation)
    manual.says(f"Ушли слабые: «{sentence(first)}» Вердикт — {first.verdict.words}.")
    manual.says(f"Не пришли разные: «{sentence(second)}» Вердикт — {second.verdict.words}.")
    assert (first.verdict, second.verdict) == (Verdict.ROBUST, Verdict.LIKELY)
