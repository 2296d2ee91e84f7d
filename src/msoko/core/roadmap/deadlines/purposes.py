"""The year of a deadline that only its purpose names: «за 2022 год до 20 января» is January 2023."""

from dataclasses import replace
from datetime import timedelta

from msoko.core.roadmap.deadlines.clauses import Clause
from msoko.core.roadmap.deadlines.dating import window_of
from msoko.core.roadmap.deadlines.deadline import Window
from msoko.core.roadmap.deadlines.frame import Frame
from msoko.core.roadmap.deadlines.nodes import Each, Node, Outcome, Time, Years
from msoko.core.roadmap.deadlines.occurrences import Occurrence, occurrences
from msoko.core.roadmap.deadlines.remarks import year_of_purpose

# A report on a year is due from its last months on (of a school year from the end of lessons), a plan before its third.
LAST_MONTHS, FIRST_MONTHS = timedelta(days=100), timedelta(days=60)


def with_year_of_purpose(clause: Clause, frame: Frame) -> Clause:
    """Times without a year beside a purpose that has it: the first year after «за …», the last before «на …»."""
    if clause.has(Each) or not clause.has(Outcome):
        return clause
    # «За 2022 год до 20 января, за …», «до 20 января за 2022 год, до …»: who comes first tells which belong together.
    purpose_first = isinstance(clause.all(Outcome, Time)[0], Outcome)
    nodes: list[Node] = []
    purpose: Outcome | None = None
    for node in clause.nodes if purpose_first else clause.nodes[::-1]:
        purpose = node if isinstance(node, Outcome) else purpose
        nodes.append(node if purpose is None else _in_its_year(node, purpose, frame))
    return replace(clause, nodes=tuple(nodes if purpose_first else nodes[::-1]))


def _named(purpose: Outcome, frame: Frame) -> list[Window]:
    """The days that the purpose names with their year."""
    years = [window_of(one, frame) for one in purpose.dated if isinstance(one, Years)]
    times = [one for one in purpose.dated if isinstance(one, Time) and one.year is not None]
    return [*years, *(one.window for one in occurrences(times, frame, repeated=False))]


def _in_its_year(node: Node, purpose: Outcome, frame: Frame) -> Node:
    named = _named(purpose, frame) if purpose.is_purpose else []
    if not named or not isinstance(node, Time) or node.year is not None or node.year_after:
        return node
    begins, ends = named[0].begins, named[-1].ends
    all_years = range(begins.year - 1, ends.year + 2)
    dated = [Occurrence(replace(node, year=year), node.part.in_year(year)) for year in all_years]
    if purpose.is_plain:
        dated = [one for one in dated if one.due < begins + FIRST_MONTHS][-1:]
    else:
        dated = [one for one in dated if one.due > ends - LAST_MONTHS][:1]
    return replace(dated[0].time, remark=year_of_purpose(purpose.text)) if dated else node
