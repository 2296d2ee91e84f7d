"""Необъективность: медали и результаты ЕГЭ

Местный признак. По форме «Медали» считается, у скольких медалистов хотя бы на одном ЕГЭ меньше 70 баллов. Насколько это
необычно, видно по остальным школам: если там так же, вердикт — «спорно».
"""

import pytest

from msoko.core.analysis.methods.objectivity.medals_against_exam import compute, sentence
from msoko.core.analysis.outcome import Verdict
from tests.core.analysis.test_medals_against_exam import DEFAULT, panel, row


def test_the_chance_is_that_of_the_other_schools_share(manual):
    """Вероятность — по доле остальных школ

    Доля остальных берётся чуть ближе к половине (добавляется полчеловека): ни разу из немногих — ещё не «никогда».
    """
    outcome = compute(panel([row(10, 6, 4, 8), row(11, 3, 1, 1)]), DEFAULT)
    (found,) = outcome.results
    manual.says(
        "В школе № 10 не подтвердили 2 из 10, в школе № 11 — 3 из 4. Доля остальных для школы № 11: "
        "(2 + 0,5) / (10 + 1) = 0,227. Вероятность трёх и больше из четырёх: 4 · 0,227³ · 0,773 + 0,227⁴ = 0,039."
    )
    manual.says(f"Вывод: «{sentence(found)}» Вердикт — {found.verdict.words}.")
    share = 2.5 / 11
    assert found.statistic["p"] == pytest.approx(4 * share**3 * (1 - share) + share**4)
    assert (found.organisation, found.verdict) == (11, Verdict.LIKELY)


def test_where_it_is_so_everywhere_the_answer_is_doubtful(manual):
    """Если так везде, это спорно"""
    outcome = compute(panel([row(key, 4, 0, 2) for key in range(10, 20)]), DEFAULT)
    manual.says(
        "В каждой из десяти школ не подтвердили двое из четырёх: правило отмечает все, вердикт у всех — «спорно»."
    )
    assert {one.verdict for one in outcome.results} == {Verdict.DOUBTFUL}
