"""Which schools' items can be looked at, and why the others' cannot."""

from dataclasses import dataclass

from msoko.core.analysis.methods.items._table import TEST_SCORE, has_items
from msoko.core.analysis.outcome import NotComputed
from msoko.core.analysis.panel import NOBODY, Group, Panel, Procedure, School
from msoko.core.monitoring.item_figures import NO_ITEMS
from msoko.core.vocabulary.russian import counted

ONLY_A_TABLE = "известна только сводная таблица, а не баллы участников за задания"


@dataclass(frozen=True)
class Chosen:
    """`enough` have items and participants enough; `small` sat the work, but are fewer than asked for."""

    enough: tuple[tuple[School, Group], ...]
    small: tuple[tuple[School, Group], ...]
    not_computed: tuple[NotComputed, ...]


def choose(panel: Panel, procedure: Procedure, min_n: int) -> Chosen:
    """The schools that sat the work, parted. Tallies of small groups are not looked into."""
    if procedure.is_exam:
        return Chosen((), (), (NotComputed(None, TEST_SCORE, procedure.key),))
    enough, small, unknown = [], [], []
    for school, group in panel.each_school(procedure):
        reason = _why_not(group, min_n)
        if reason:
            unknown.append(NotComputed(school.key, reason, procedure.key))
            if group.n and group.n < min_n:
                small.append((school, group))
        else:
            enough.append((school, group))
    if not enough and unknown and {one.reason for one in unknown} == {NO_ITEMS}:
        unknown = [NotComputed(None, NO_ITEMS, procedure.key)]
    return Chosen(tuple(enough), tuple(small), tuple(unknown))


def _why_not(group: Group, min_n: int) -> str:
    if group.is_aggregate:
        return ONLY_A_TABLE
    if not group.n:
        return NOBODY
    if group.n < min_n:
        sat = counted(group.n, "участник", "участника", "участников")
        return f"задания разбираются, если участников не меньше {min_n}, а здесь {sat}"
    return "" if has_items(group) else NO_ITEMS
