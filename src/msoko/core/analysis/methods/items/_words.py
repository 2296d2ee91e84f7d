"""Words about items that sentences of several methods share."""

from collections.abc import Mapping, Sequence
from typing import Any

from msoko.core.analysis.phrases import of_work
from msoko.core.vocabulary.russian import NBSP, capitalised, counted, join_with_and

MOST_NAMED = 5
"""Items named in one sentence; the figure and the picture have them all."""


def of_participants(n: int) -> str:
    """«41 участник»."""
    return counted(n, "участник", "участника", "участников")


def headed(statistic: Mapping[str, Any]) -> str:
    """«По математике в 5 классе (41 участник)», «По математике (ОГЭ, 41 участник)»."""
    work, sat = capitalised(of_work(statistic)), of_participants(statistic["n"])
    return f"{work[:-1]}, {sat})" if work.endswith(")") else f"{work} ({sat})"


def tasks(n: int, one: str, many: str) -> str:
    """«выполнено задание» or «выполнены задания»."""
    return f"{one} задание" if n == 1 else f"{many} задания"


def named(said: Sequence[str], most: int = MOST_NAMED) -> str:
    """«3, 7 и 12»; of more than `most` the rest is counted: «3, 7, 8, 9, 12 и ещё 2»."""
    if len(said) <= most:
        return join_with_and(list(said))
    return f"{', '.join(said[:most])} и{NBSP}ещё{NBSP}{len(said) - most}"
