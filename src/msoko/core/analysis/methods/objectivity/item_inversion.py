"""Item inversion: hard tasks done better, and easy ones worse, than in a class of the same mean.

Knowledge grows from the easy to the hard; where it looks the other way round, hard answers may have come from outside.
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
from msoko.core.vocabulary.russian import NBSP, number


def compute(panel: Panel, parameters: Parameters) -> Outcome:
    """Every result's interval is of the gain in hard tasks less that in easy ones, percentage points."""
    signal = Signal(look=lambda work: _class_signals.item_inversion(work.rows), effect=_effect, bounds=_points)
    return outcome_of(signal, panel, parameters)


def _points(estimate: float) -> float:
    return 100 * estimate


def _effect(one: Judged, works: Sequence[Mapping[str, Any]]) -> Effect:
    return {"effect": _points(one.estimate)}


def sentence(told: Told) -> str:
    """«4А класс: трудные задания выполнены лучше, а лёгкие хуже, чем у …; разница 7 п. п. (от 1 до 13). …»"""
    said = told.statistic
    low, high = told.interval or (said["effect"], said["effect"])
    return (
        f"{said['class']}{NBSP}класс: {_how(said['works'])}, чем у{NBSP}классов с{NBSP}таким{NBSP}же средним баллом;"
        f" разница {number(said['effect'])}{NBSP}п.{NBSP}п. (от{NBSP}{number(low)} до{NBSP}{number(high)}),"
        f" {_where(said['class'], said['works'])}."
        f" {reason_to_check(said['p'], 'посмотреть сами работы')}"
    )


def _how(works: Sequence[Mapping[str, Any]]) -> str:
    """Only the difference of the two gains is judged: either of them alone may have the other sign."""
    hard, easy = (sum(one["n"] * one[gain] for one in works) for gain in ("observed", "expected"))
    if hard > 0 > easy:
        return f"трудные задания выполнены лучше, а{NBSP}лёгкие хуже"
    return f"трудные задания рядом с{NBSP}лёгкими выполнены лучше"


def _where(label: str, works: Sequence[Mapping[str, Any]]) -> str:
    strongest = max(works, key=lambda one: one["observed"] - one["expected"])
    named = of_class_work(label, strongest)
    return named if len(works) == 1 else f"сильнее всего{NBSP}— {named}"
