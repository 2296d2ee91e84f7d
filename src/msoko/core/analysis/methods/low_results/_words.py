"""Pieces of sentences about low results; every function returns Russian without a full stop."""

from collections.abc import Mapping, Sequence
from typing import Any

from msoko.core.analysis.outcome import Told, Verdict
from msoko.core.analysis.phrases import joined, of_work, second_year
from msoko.core.vocabulary.russian import NBSP, capitalised, counted, number, percent, share_in_words
from msoko.core.vocabulary.shares import Share

MOST_REPEATED = 2
_IN_ALL = ("", "в обеих работах — ", "во всех этих работах — ")  # of one, two, more works

NEARLY = 0.995
"""A probability is never said to be a whole hundred per cent, nor none: no model is that sure."""


def certainty(probability: float) -> str:
    """«97 %», «больше 99 %», «меньше 1 %»; 0–1."""
    if probability >= NEARLY:
        return f"больше {percent(99)}"
    if probability <= 1 - NEARLY:
        return f"меньше {percent(1)}"
    return percent(100 * probability)


def who_failed(low: Sequence[Mapping[str, Any]], of_works: int) -> str:
    """«не справились 44 % (18 из 41; 30–59 %) по математике …, это 2 работы из 6; второй год подряд — …»."""
    parts = [f"{share_in_words(Share(one['k'], one['n']))} {of_work(one)}" for one in low]
    some = (
        f", это {counted(len(low), 'работа', 'работы', 'работ')} из {number(of_works)}" if of_works > len(low) else ""
    )
    return "; ".join(filter(None, [f"не справились {joined(parts)}{some}", _again(low)]))


def _again(low: Sequence[Mapping[str, Any]]) -> str:
    """Which of them are low two years running; many are counted, for the sentence has named them already."""
    again = [one for one in low if one["repeated"]]
    if again and len(again) == len(low):
        return f"{_IN_ALL[min(len(low), len(_IN_ALL)) - 1]}второй год подряд"
    if len(again) <= MOST_REPEATED:
        return second_year(again) if again else ""
    return f"второй год подряд — в {number(len(again))} из этих {counted(len(low), 'работы', 'работ', 'работ')}"


def how_sure(told: Told) -> str:
    """What the verdict means for this school."""
    probability = certainty(told.statistic["probability"])
    if told.verdict is Verdict.FEW_DATA:
        wanted = counted(told.statistic["min_n"], "участника", "участников", "участников")
        return f"если не считать работы, где меньше {wanted}, школы в списке нет"
    if told.verdict is Verdict.DOUBTFUL:
        return f"это может быть случайностью: вероятность, что правило выполнено на самом деле, — {probability}"
    said = f"вероятность, что правило выполнено не случайно, — {probability}"
    return f"{said}, но это всего {_pupils(told.statistic['pupils'])}" if told.statistic["few_pupils"] else said


def _pupils(count: int) -> str:
    return counted(count, "обучающийся", "обучающихся", "обучающихся")


def as_sentence(*parts: str) -> str:
    """The parts with semicolons between them, with a capital letter and a full stop."""
    return capitalised("; ".join(filter(None, parts))).replace(" —", f"{NBSP}—") + "."
