"""Whatever stands at a place of the text and says when or how often."""

from msoko.core.roadmap.deadlines import exceptions, frequencies, years
from msoko.core.roadmap.deadlines.attaching import with_years
from msoko.core.roadmap.deadlines.nodes import Node, Outcome, Time, Years
from msoko.core.roadmap.deadlines.patterns import Line, compiled, longest
from msoko.core.roadmap.deadlines.stretches import Stretch
from msoko.core.roadmap.deadlines.times import time_at

Phrase = tuple[tuple[Node, ...], int]
AND_YEAR = compiled("(comma|and|slash)+ school? god")
BY_THE_OUTCOME = compiled("po (outcome|finish)|posle finish")


def phrase_at(line: Line, place: int) -> Phrase | None:
    """The longest phrase from the place on, and the place behind it; one that a condition may not swallow."""
    if place not in line.read_before:
        line.read_before[place] = _read_at(line, place)
    found: Phrase | None = line.read_before[place]
    return found


def _read_at(line: Line, place: int) -> Phrase | None:
    read = [
        longest(frequencies.RULES, line, place),
        time_at(line, place),
        _dated_outcome_at(line, place),
        exceptions.exception_at(line, place),
    ]
    found = [one for one in read if one is not None]
    return max(found, key=lambda one: one[1]) if found else None


def weak_phrase_at(line: Line, place: int) -> Phrase | None:
    """One that says when only if it does not belong to a condition: «по плану на учебный год»."""
    return longest(frequencies.WEAK_RULES, line, place)


def _dated_outcome_at(line: Line, place: int) -> Phrase | None:
    """«По итогам 1 полугодия 2023/24 учебного года»."""
    head = BY_THE_OUTCOME.match(line.signs, place)
    read = time_at(line, head.end()) if head else None
    if read is None:
        return None
    nodes, end = read
    of_years = longest(years.RULES, line, end)
    if of_years is not None and all(isinstance(node, Years) for node in of_years[0]):
        nodes = tuple(
            one for node in nodes if isinstance(node, Time) for year in of_years[0] if isinstance(year, Years)
            for one in with_years(node, year)
        )  # fmt: skip
        end = of_years[1]
    if (whole := AND_YEAR.match(line.signs, end)) and all(isinstance(node, Time) for node in nodes):
        nodes, end = (*nodes, Time(Stretch(*line.calendar.school_year))), whole.end()
    dated = tuple(node for node in nodes if isinstance(node, Time | Years))
    return ((Outcome(line.text(place, end), dated=dated),), end) if len(dated) == len(nodes) else (nodes, end)
