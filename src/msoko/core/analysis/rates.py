"""What follows from counts of marks, as plain numbers that a statistic keeps and as words."""

from collections.abc import Mapping
from typing import Any

from msoko.core.monitoring import marking
from msoko.core.vocabulary.russian import NBSP, number, percent, share_in_words
from msoko.core.vocabulary.shares import Share

Plain = dict[str, Any]


def share_told(share: Share) -> Plain | None:
    """k, n, per cent and Wilson's bounds; None for a share of nobody, which has no per cent."""
    bounds, value = share.interval, share.percent
    if not isinstance(bounds, tuple) or not isinstance(value, int | float):
        return None
    return {"k": share.k, "n": share.n, "percent": value, "low": bounds[0], "high": bounds[1]}


def share_of(told: Mapping[str, Any]) -> Share:
    """The share that `share_told` told."""
    return Share(told["k"], told["n"])


def rates_told(marks: Mapping[int, int], not_assessed: int, weight: int) -> Plain:
    """Marks 2…5 with their shares, успеваемость, качество, mean mark and СОУ; `weight` is of the not assessed.

    Raises ZeroDivisionError where there are no marks.
    """
    whole = sum(marks.values())
    return {
        "marks": {str(mark): share_told(Share(marks[mark], whole)) for mark in marking.MARKS},
        "pass_rate": share_told(marking.pass_rate(marks)),
        "quality_rate": share_told(marking.quality_rate(marks)),
        "mean_mark": marking.mean_mark(marks),
        "sou": marking.sou(marks, not_assessed, weight),
        "not_assessed": not_assessed,
    }


def rates_in_words(told: Mapping[str, Any]) -> str:
    """«успеваемость — 85 % (35 из 41; 72–93 %), качество обученности — …, средняя отметка — 3,4, СОУ — 52 %»."""
    parts = [
        f"успеваемость{NBSP}— {share_in_words(share_of(told['pass_rate']))}",
        f"качество обученности{NBSP}— {share_in_words(share_of(told['quality_rate']))}",
        f"средняя отметка{NBSP}— {number(told['mean_mark'], 2)}",
    ]
    if told["sou"] is not None:
        parts.append(f"СОУ{NBSP}— {percent(told['sou'])}")
    return ", ".join(parts)
