"""What markers of non-objective results have in common: judging one procedure, and telling it as an outcome."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from msoko.core.analysis.headings import of_participants
from msoko.core.analysis.outcome import NotComputed, OfProcedure, Outcome, Result
from msoko.core.analysis.panel import Group, Panel, Procedure
from msoko.core.vocabulary.russian import NBSP, counted

NO_REGION = "нет регионального ориентира"
NOT_ALL_SCHOOLS = "в системе результаты лишь части школ региона"
WHOLE_REGION = 0.9
"""Schools with a smaller part of the region's participants are not the region, nor are figures of them its own."""
NO_PROCEDURE = "такой процедуры за этот год в системе нет"


@dataclass(frozen=True)
class Judged:
    """One marker in one procedure: who could be judged, who is marked, against what.

    `few`: what the marker would say of schools with fewer participants than were asked for.
    """

    procedure: Procedure
    eligible: frozenset[int] = frozenset()
    results: tuple[Result, ...] = ()
    few: tuple[Result, ...] = ()
    not_computed: tuple[NotComputed, ...] = ()
    reference: Mapping[str, Any] = field(default_factory=dict)

    @property
    def flagged(self) -> tuple[int, ...]:
        return tuple(sorted({result.organisation for result in self.results}))

    @property
    def is_computed(self) -> bool:
        """Whether there was something to compare schools with at all."""
        return not any(one.organisation is None for one in self.not_computed)

    @classmethod
    def nobody(cls, procedure: Procedure, reason: str) -> "Judged":
        """Nothing can be said of any school."""
        return cls(procedure, not_computed=(NotComputed(None, reason, procedure.key),))


def as_outcome(judged: Iterable[Judged], *not_computed: NotComputed) -> Outcome:
    """All procedures of a marker as one outcome."""
    known = list(judged)
    return Outcome(
        results=tuple(result for one in known for result in one.results),
        procedures=tuple(
            OfProcedure(one.procedure.key, len(one.eligible), one.flagged, one.reference)
            for one in known
            if one.is_computed
        ),
        not_computed=(*not_computed, *(reason for one in known for reason in one.not_computed)),
        few_data=tuple(result for one in known for result in one.few),
    )


def region_group(panel: Panel, procedure: Procedure) -> Group | str:
    """The region's own results, or why there are none, as a reason to print."""
    reference = panel.reference(procedure)
    return reference if isinstance(reference, Group) else f"{NO_REGION}: {reference.reason}"


def has_whole_region(panel: Panel, procedure: Procedure, region: Group) -> bool:
    """Whether the schools in the system are those of the region, and not those of a part of it."""
    here = sum(group.n or 0 for _, group in panel.each_school(procedure))
    return here >= WHOLE_REGION * (region.n or 0)


def too_few(n: int, least: int) -> str:
    """«7 участников, нужно не меньше 10»."""
    return f"{of_participants(n)}, нужно не{NBSP}меньше{NBSP}{least}"


def points(value: float) -> str:
    """«4,4 балла»: a difference of scores, to one decimal."""
    return counted(value, "балл", "балла", "баллов", digits=1)
