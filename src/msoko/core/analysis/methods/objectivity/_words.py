"""Pieces of sentences that the signals share; Russian without a full stop."""

from collections.abc import Mapping, Sequence
from math import log10
from typing import Any

from msoko.core.analysis.phrases import OFTEN, joined, of_work, probability_in_words
from msoko.core.vocabulary.russian import NBSP, capitalised, number, plural

MOST = 1_000_000
"""Beyond this nobody can tell one odds from another, and no model is true so far out."""


def times_in_words(times: float) -> str:
    """«в 3 100 раз», «в 22 раза»; two digits are known at best. «не» where it is not even twice."""
    if times < 2:
        return "не"
    if times >= MOST:
        return f"больше чем в{NBSP}миллион раз"
    rounded = round(times, 1 - int(log10(times)))
    whole = round(rounded)
    return f"в{NBSP}{number(whole)}{NBSP}{plural(whole, 'раз', 'раза', 'раз')}"


def of_class_work(label: str, told: Mapping[str, Any]) -> str:
    """«по математике» in a sentence that began with «5Б класс»; a work of another grade than the label's keeps it."""
    return str(told["by"]) if _grade_is_said(label, told) else of_work(told)


def of_class_works(label: str, works: Sequence[Mapping[str, Any]]) -> str:
    """«по русскому языку, математике и окружающему миру»: one «по» is enough where only subjects are named."""
    parts = [of_class_work(label, one) for one in works]
    if all(_grade_is_said(label, one) and one["by"].startswith("по ") for one in works):
        parts = [part.removeprefix("по ") if place else part for place, part in enumerate(parts)]
    return joined(parts)


def _grade_is_said(label: str, told: Mapping[str, Any]) -> bool:
    """«51» may be the class 1 of the fifth grade or something else: there the grade is better said again."""
    grade = str(told["grade"])
    is_exam = of_work(told).endswith(")")
    return not is_exam and label.startswith(grade) and not label[len(grade) :][:1].isdigit()


def reason_to_check(p: float, what: str) -> str:
    """«Случайно такое бывает примерно 1 раз на 150: это повод посмотреть работы.»; of what is frequent no reason."""
    said = capitalised(probability_in_words(p))
    return f"{said}." if p >= OFTEN else f"{said}: это повод {what}."
