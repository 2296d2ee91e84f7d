"""Pieces of sentences that the signals share; Russian without a full stop."""

from math import log10

from msoko.core.vocabulary.russian import NBSP, number, plural

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
