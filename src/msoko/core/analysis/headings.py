"""How results of one work are called: their place, and the beginning of their sentence."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from msoko.core.analysis.outcome import NotComputed
from msoko.core.analysis.panel import Panel, Procedure
from msoko.core.analysis.phrases import of_work
from msoko.core.vocabulary.russian import capitalised, counted

NONE_OF_THEM = "в этом году нет ни одной из процедур, которые считает методика"


def nothing_asked(panel: Panel, procedures: Sequence[Procedure]) -> list[NotComputed]:
    """That the year has none of the procedures that a method counts: an empty answer would look like a good one."""
    is_narrowed = panel.grade is not None or panel.subject is not None
    return [] if procedures or is_narrowed else [NotComputed(None, NONE_OF_THEM)]


class Work(Protocol):
    """A procedure of a panel, or one of the catalogue."""

    @property
    def kind(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def grade(self) -> int: ...
    @property
    def label(self) -> str: ...


def place_of(procedure: Work) -> str:
    """What tells results of one school and year apart: «vpr/mathematics/5», with the mark of a work that has one."""
    return "/".join(filter(None, (procedure.kind, procedure.subject, str(procedure.grade), procedure.label)))


def of_participants(n: int) -> str:
    """«41 участник»."""
    return counted(n, "участник", "участника", "участников")


def headed(statistic: Mapping[str, Any]) -> str:
    """«По математике в 5 классе (41 участник)», «По математике (ОГЭ, 41 участник)»."""
    work, sat = capitalised(of_work(statistic)), of_participants(statistic["n"])
    return f"{work[:-1]}, {sat})" if work.endswith(")") else f"{work} ({sat})"
