"""Person fit: the answers of a class go together with their totals worse than elsewhere.

Easy tasks failed and hard ones solved in many works of one class: so it looks where answers were copied or corrected.
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
from msoko.core.vocabulary.russian import NBSP, capitalised, number


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
    """«5Б класс: необычных работ 9 из 21, а ожидалось около 2 — … Случайно такое бывает примерно 1 раз на …»"""
    said = told.statistic
    return (
        f"{said['class']}{NBSP}класс, {joined([of_work(one) for one in said['works']])}: необычных работ{NBSP}—"
        f" {number(said['unusual'])} из{NBSP}{number(said['sat'])}, а{NBSP}ожидалось около"
        f" {number(max(1, round(said['expected'])))}."
        f" В{NBSP}такой работе трудное сделано, а{NBSP}лёгкое нет."
        f" {capitalised(probability_in_words(said['p']))}."
    )
