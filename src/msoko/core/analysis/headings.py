"""How sentences about one work begin."""

from collections.abc import Mapping
from typing import Any

from msoko.core.analysis.phrases import of_work
from msoko.core.vocabulary.russian import capitalised, counted


def of_participants(n: int) -> str:
    """«41 участник»."""
    return counted(n, "участник", "участника", "участников")


def headed(statistic: Mapping[str, Any]) -> str:
    """«По математике в 5 классе (41 участник)», «По математике (ОГЭ, 41 участник)»."""
    work, sat = capitalised(of_work(statistic)), of_participants(statistic["n"])
    return f"{work[:-1]}, {sat})" if work.endswith(")") else f"{work} ({sat})"
