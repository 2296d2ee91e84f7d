"""A text of several deadlines as clauses: «август 2021, затем ежеквартально», «до 5 числа ежемесячно, …»."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from msoko.core.roadmap.deadlines.nodes import (
    Always,
    Condition,
    DaysOfMonth,
    During,
    Each,
    EachPart,
    EachWeekday,
    Except,
    Label,
    Node,
    NotUnderstood,
    Outcome,
    Role,
    Separator,
    Source,
    Then,
    Time,
    Undated,
    WholePeriod,
    Years,
)
from msoko.core.roadmap.deadlines.spans import Unit

Sort = TypeVar("Sort")
FREQUENCY = Each | EachWeekday | EachPart | DaysOfMonth
OWN_TIME = Time | EachPart | DaysOfMonth
CONTENT = (
    FREQUENCY | Time | Years | Always | WholePeriod | During | Except | Condition | Outcome | Undated | NotUnderstood
)


@dataclass(frozen=True)
class Clause:
    """The nodes of one deadline; `is_after`: it begins when the one before is over («затем», «обновление»).

    `is_in_later_years`: not in the year of the one before («в последующие годы»).
    """

    nodes: tuple[Node, ...]
    label: Label | None = None
    is_after: bool = False
    is_in_later_years: bool = False

    def all(self, *sorts: type[Sort]) -> list[Sort]:
        return [node for node in self.nodes if isinstance(node, sorts)]

    def has(self, *sorts: type[Node]) -> bool:
        return any(isinstance(node, sorts) for node in self.nodes)


def clauses_of(nodes: Sequence[Node]) -> list[Clause]:
    """At least one clause."""
    groups: list[list[Node]] = [[]]
    for place, node in enumerate(nodes):
        if _has(groups[-1], CONTENT) and _parts(node, groups[-1], nodes[place + 1 :]):
            groups.append([])
        groups[-1].append(node)
    return [_clause(group) for group in groups]


def with_dated_outcomes(clause: Clause) -> Clause:
    """«По итогам 1 полугодия», «на 2022 год» say when only if nothing else does."""
    dated_otherwise = clause.has(Time, Years, EachWeekday, EachPart, DaysOfMonth, Always, WholePeriod, During)
    if dated_otherwise:
        return clause
    plain = tuple(node for node in clause.nodes if not (isinstance(node, Outcome) and node.is_plain))
    named = [_over(one, outcome) for outcome in clause.all(Outcome) for one in outcome.dated]
    return replace(clause, nodes=(*plain, *named))


def _over(named: Time | Years, outcome: Outcome) -> Time | Years:
    return replace(named, are_over=True) if isinstance(named, Years) and not outcome.is_plain else named


def _clause(nodes: Sequence[Node]) -> Clause:
    label = next((node for node in nodes if isinstance(node, Label)), None)
    opening = next((node for node in nodes if not isinstance(node, Separator)), None)
    is_after = isinstance(opening, Then) or (label is not None and label.keeps_up)
    in_later_years = isinstance(opening, Then) and opening.next_year
    said = tuple(node for node in _with_years_of_words(nodes) if isinstance(node, CONTENT))
    return Clause(said, label, is_after, in_later_years)


def _with_years_of_words(nodes: Sequence[Node]) -> Sequence[Node]:
    """«До 15.12.2021 (план 2022 г.)»: the time has its own year, so one right behind words is of what they name."""
    times = [node for node in nodes if isinstance(node, Time)]
    if not times or any(one.year is None for one in times):
        return nodes
    result: list[Node] = []
    for node in nodes:
        place = len(result) - (2 if result[-1:] == [Separator("dash")] else 1)
        words = result[place] if place >= 0 else None
        if isinstance(node, Years) and isinstance(words, Condition | Outcome) and _is_year_of(node, words):
            result[place:] = [replace(words, text=f"{words.text} {node.first} года")]
        else:
            result.append(node)
    return result


def _is_year_of(years: Years, words: Condition | Outcome) -> bool:
    """Behind «октябрь 2021 (разработка)» another date may follow: those words are whole."""
    is_label = isinstance(words, Condition) and words.source is Source.LABEL
    return years.first == years.last and years.role is Role.IN and not years.of_school and not is_label


def _parts(node: Node, before: Sequence[Node], behind: Sequence[Node]) -> bool:
    """Whether a new clause begins with the node."""
    if isinstance(node, Then):
        return not _only_repeats(behind)
    if isinstance(node, Separator) and node.tag in ("comma", "semi"):
        rest = _until_link(behind)
        return _is_other(before, rest, node.tag == "semi")
    return isinstance(node, Label)


def _is_other(before: Sequence[Node], rest: Sequence[Node], is_semicolon: bool) -> bool:
    """Whether two deadlines stand on the two sides of a comma or semicolon: «до 15 мая; до 1 июня ежегодно» is one."""
    if _is_complete(before) and _is_complete(rest):
        return True
    if not is_semicolon:
        return False
    of_a_year = [any(isinstance(node, Time) and node.year is not None for node in side) for side in (before, rest)]
    repeats = [_has(side, FREQUENCY) for side in (before, rest)]
    return all(repeats) or (repeats[0] and of_a_year[1]) or (of_a_year[0] and repeats[1] and _is_complete(rest))


def _only_repeats(nodes: Sequence[Node]) -> bool:
    """«Август 2021, далее ежегодно»: the same month every year."""
    own = _until_link(nodes)
    each = [node for node in own if isinstance(node, Each)]
    return bool(each) and each[0].every.unit in (Unit.YEAR, Unit.SCHOOL_YEAR) and not _has(own, Time)


def _until_link(nodes: Sequence[Node]) -> list[Node]:
    own: list[Node] = []
    for node in nodes:
        if isinstance(node, Then | Label):
            break
        own.append(node)
    return own


def _is_complete(nodes: Sequence[Node]) -> bool:
    """Has both its frequency and its times."""
    return _has(nodes, FREQUENCY) and _has(nodes, OWN_TIME)


def _has(nodes: Sequence[Node], sorts: object) -> bool:
    return any(isinstance(node, sorts) for node in nodes)  # type: ignore[arg-type]
