"""Person fit: the answers of a class go together with their totals worse than elsewhere.

Easy tasks failed and hard ones solved in many works of one class: so it looks where answers were copied or corrected.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from msoko.core.analysis.methods.objectivity import _class_signals
from msoko.core.analysis.methods.objectivity._class_outcome import Effect, Signal, outcome_of
from msoko.core.analysis.methods.objectivity._class_works import Judged
from msoko.core.analysis.methods.objectivity._words import of_class_works, reason_to_check
from msoko.core.analysis.outcome import Outcome, Told
from msoko.core.analysis.panel import Panel
from msoko.core.analysis.parameters import Parameters
from msoko.core.vocabulary.russian import NBSP, number


def compute(panel: Panel, parameters: Parameters) -> Outcome:
    """Every result's interval is of the class mean of misfit, in standard deviations of participants."""
    signal = Signal(look=lambda work: _class_signals.person_fit(work.rows), effect=_effect, bounds=float)
    return outcome_of(signal, panel, parameters)


def _effect(one: Judged, works: Sequence[Mapping[str, Any]]) -> Effect:
    return {
        "effect": one.estimate,
        "unusual": round(sum(work["observed"] for work in works)),
        "expected": sum(work["expected"] for work in works),
        "sat": sum(work["n"] for work in works),
    }


def sentence(told: Told) -> str:
    """«4А класс: необычных работ 17 из 69, а ожидалось около 7 (по математике и …): трудное сделано, …»"""
    said = told.statistic
    return (
        f"{said['class']}{NBSP}класс: необычных работ {number(said['unusual'])} из{NBSP}{number(said['sat'])},"
        f" а{NBSP}ожидалось около {number(max(1, round(said['expected'])))}"
        f" ({of_class_works(said['class'], said['works'])}): трудное сделано, а{NBSP}лёгкое нет."
        f" {reason_to_check(said['p'], 'посмотреть сами работы')}"
    )
