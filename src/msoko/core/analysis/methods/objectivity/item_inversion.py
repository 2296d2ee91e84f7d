"""Item inversion: hard tasks done better, and easy ones worse, than in a class of the same mean.

Knowledge grows from the easy to the hard; where it looks the other way round, hard answers may have come from outside.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from msoko.core.analysis.methods.objectivity import _class_signals
from msoko.core.analysis.methods.objectivity._class_outcome import Effect, Signal, outcome_of
from msoko.core.analysis.methods.objectivity._class_works import Judged
from msoko.core.analysis.outcome import Outcome, Told
from msoko.core.analysis.panel import Panel
from msoko.core.analysis.parameters import Parameters
from msoko.core.analysis.phrases import joined, of_work, probability_in_words
from msoko.core.vocabulary.russian import NBSP, capitalised, number, signed


def compute(panel: Panel, parameters: Parameters) -> Outcome:
    """Every result's interval is of the gain in hard tasks less that in easy ones, percentage points."""
    signal = Signal(look=lambda work: _class_signals.item_inversion(work.rows), effect=_effect, bounds=_points)
    return outcome_of(signal, panel, parameters)


def _points(estimate: float) -> float:
    return 100 * estimate


def _effect(one: Judged, works: Sequence[Mapping[str, Any]]) -> Effect:
    return {"effect": _points(one.estimate)}


def sentence(told: Told) -> str:
    """«5Б класс против ожидаемого при таком среднем: по математике в 5 классе трудные задания +12, лёгкие −5. …»"""
    said = told.statistic
    works = [
        f"{of_work(one)} трудные задания {signed(100 * one['observed'])}, лёгкие {signed(100 * one['expected'])}"
        for one in said["works"]
    ]
    low, high = told.interval or (said["effect"], said["effect"])
    return (
        f"{said['class']}{NBSP}класс против ожидаемого при таком среднем, в{NBSP}процентных пунктах: {joined(works)}."
        f" Разница вместе{NBSP}— {number(said['effect'])} (от{NBSP}{number(low)} до{NBSP}{number(high)})."
        f" {capitalised(probability_in_words(said['p']))}."
    )
