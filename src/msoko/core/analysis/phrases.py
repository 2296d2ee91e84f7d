"""Pieces of sentences that findings of several methods share; every function returns Russian without a full stop."""

from collections.abc import Mapping, Sequence
from typing import Any

from msoko.core.vocabulary.procedures import kind_name
from msoko.core.vocabulary.russian import NBSP, join_with_and, number

MOST_NAMED = 4
"""Works named in one sentence; more are counted, for nobody reads a sentence of ten subjects."""


def of_work(told: Mapping[str, Any], with_year: bool = False) -> str:
    """«по математике в 5 классе», an exam «по математике (ОГЭ)»; `told` is what Procedure.told() keeps."""
    year = f" {told['year']}{NBSP}г." if with_year else ""
    if told["kind"] in ("oge", "ege", "gve"):
        return f"{told['by']} ({kind_name(told['kind'])}{year})"
    return f"{told['by']} в{NBSP}{told['grade']}{NBSP}классе{year}"


def joined(parts: Sequence[str], most: int = MOST_NAMED) -> str:
    """«a, b и c»; of more than `most` the rest is counted: «a, b, c, d и ещё в 3 работах»."""
    if len(parts) <= most:
        return join_with_and(list(parts))
    rest = len(parts) - most
    works = "работе" if rest % 10 == 1 and rest % 100 != 11 else "работах"
    return f"{', '.join(parts[:most])} и{NBSP}ещё в{NBSP}{number(rest)}{NBSP}{works}"


def second_year(works: Sequence[Mapping[str, Any]]) -> str:
    """«второй год подряд — по математике в 5 классе»."""
    return f"второй год подряд{NBSP}— {joined([of_work(one) for one in works])}"


OFTEN = 0.2
"""From this p-value on there is nothing to wonder about."""
RAREST = 1e-5
"""No model of honest schools is known well enough to tell rarer chances apart."""


def probability_in_words(p: float) -> str:
    """A p-value (0–1) as a person says it: «случайно такое бывает примерно 1 раз на 1 200»."""
    if p >= OFTEN:
        return "такое бывает часто и без всякой причины"
    if p < RAREST:
        return f"случайно такое бывает реже, чем 1{NBSP}раз на{NBSP}{number(round(1 / RAREST))}"
    return f"случайно такое бывает примерно 1{NBSP}раз на{NBSP}{number(_two_digits(1 / p))}"


def _two_digits(value: float) -> int:
    """Two digits are enough: a probability is never known better."""
    digits = max(len(str(int(value))) - 2, 0)
    return int(round(value, -digits))
