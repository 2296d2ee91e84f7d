"""Low variance: totals of a class lie closer together than in a class of the same mean.

Classes whose answers were written together or corrected to one pattern look so; so does a class picked to be alike.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from msoko.core.analysis.methods.objectivity import _class_signals
from msoko.core.analysis.methods.objectivity._class_outcome import Effect, Signal, outcome_of
from msoko.core.analysis.methods.objectivity._class_works import Judged
from msoko.core.analysis.methods.objectivity._words import of_class_work, reason_to_check
from msoko.core.analysis.outcome import Outcome, Told
from msoko.core.analysis.panel import Panel
from msoko.core.analysis.parameters import Parameters
from msoko.core.analysis.phrases import joined
from msoko.core.vocabulary.russian import NBSP, number, percent


def compute(panel: Panel, parameters: Parameters) -> Outcome:
    """Every result's interval is of how much narrower the class is than expected, per cent of standard deviation."""
    signal = Signal(
        look=lambda work: _class_signals.low_variance(work.rows, parameters["min_n"]), effect=_effect, bounds=_narrower
    )
    return outcome_of(signal, panel, parameters)


def _narrower(estimate: float) -> float:
    """From the cube-root scale of a ratio of variances to per cent of a standard deviation: 0 = as elsewhere."""
    return 100 * (1 - max(0.0, 1 - estimate) ** 1.5)


def _effect(one: Judged, works: Sequence[Mapping[str, Any]]) -> Effect:
    return {"effect": _narrower(one.estimate)}


def sentence(told: Told) -> str:
    """«5Б класс: баллы лежат кучнее, чем бывает при таком среднем, на 41 % — стандартное отклонение …»"""
    said = told.statistic
    works = [
        f"{of_class_work(said['class'], one)} {number(one['observed'], 1)} балла вместо {number(one['expected'], 1)}"
        for one in said["works"]
    ]
    low, high = told.interval or (said["effect"], said["effect"])
    return (
        f"{said['class']}{NBSP}класс: баллы лежат кучнее, чем бывает при таком среднем,"
        f" на{NBSP}{percent(said['effect'])} (от{NBSP}{number(max(0.0, low))} до{NBSP}{percent(high)})."
        f" Стандартное отклонение{NBSP}— {joined(works)}."
        f" {reason_to_check(said['p'], 'сравнить сами ответы')}"
    )
