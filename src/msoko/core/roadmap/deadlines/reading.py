"""A whole text as nodes: phrases, conditions, labels, separators and what is not understood."""

from dataclasses import replace
from itertools import pairwise

from msoko.core.roadmap.deadlines.conditions import condition_at, head_at
from msoko.core.roadmap.deadlines.labels import LABEL_ENDS, clock_at, in_brackets_at, label_at, label_behind
from msoko.core.roadmap.deadlines.nodes import (
    Always,
    Each,
    Label,
    Node,
    NotUnderstood,
    Role,
    Separator,
    Then,
    Time,
    Years,
)
from msoko.core.roadmap.deadlines.patterns import Line, compiled
from msoko.core.roadmap.deadlines.phrases import Phrase, phrase_at, weak_phrase_at
from msoko.core.roadmap.deadlines.spans import Every, Unit
from msoko.core.roadmap.deadlines.times import from_to

SEPARATORS = {"comma", "semi", "open", "close", "colon", "dash", "slash", "and", "approx", "inclusive"}
KEEPS_UP = compiled("(s subsequent)? upkeep (upkeep|word|of_programme|programme)* (open|colon|dash)?")
THEN = compiled("(and|v)* then (dash|colon|comma)?")
THEN_YEARLY = compiled("(and|v)* every? subsequent god (dash|colon|comma)?")  # «и в последующие годы»
TERM_SAID = compiled("(srok|date_word|period) (realisation|holding)? (colon|dash)?")
UNCLEAR_SIGNS = {"dash": "–", "slash": "/"}


def read(line: Line) -> list[Node]:
    """All nodes in their order; what is not understood stands as such."""
    nodes: list[Node] = []
    place = 0
    while place < len(line):
        read_here, end = _node_at(line, place, nodes)
        nodes += read_here
        place = end
    if nodes and nodes[-1] == Separator("and"):
        nodes[-1] = NotUnderstood("и")  # «май и»: the other one was torn off
    return _with_due_days(_with_both_limits(_with_unclear_signs(_with_open_end(nodes))))


def _with_both_limits(nodes: list[Node]) -> list[Node]:
    """«Не ранее 15 мая, не позднее 20 июня» is from the one to the other."""
    result: list[Node] = []
    for node in nodes:
        place = len(result) - 1
        while place >= 0 and isinstance(result[place], Separator) and result[place] != Separator("semi"):
            place -= 1
        first = result[place] if place >= 0 else None
        if isinstance(first, Time) and isinstance(node, Time) and _are_limits(first, node):
            first, last = (first, node) if first.role is Role.SINCE else (node, first)
            begin, end = replace(first, role=Role.IN), replace(last, role=Role.IN)
            result[place:] = [from_to(begin, end, f"{first.text} {last.text}")]
        else:
            result.append(node)
    return result


def _are_limits(first: Time, last: Time) -> bool:
    return {first.role, last.role} == {Role.SINCE, Role.BY} and not (first.is_range or last.is_range)


def _with_open_end(nodes: list[Node]) -> list[Node]:
    """«Апрель 2022 и далее», «2022 год, далее ежегодно»: goes on from then."""
    place = next((at for at, node in enumerate(nodes) if isinstance(node, Then)), len(nodes))
    before, behind = nodes[:place], nodes[place + 1 :]
    dated = [node for node in before if isinstance(node, Time | Years)]
    if behind == [Always()] and dated and dated[0].role is Role.SINCE:
        return before  # «с 1 сентября, далее постоянно» says the same twice
    is_year_only = len(dated) == 1 and isinstance(dated[0], Years) and dated[0].first == dated[0].last
    said_behind = [node for node in behind if not isinstance(node, Separator)]
    if place == len(nodes) or (behind and not (is_year_only and said_behind == [Each(Every(Unit.YEAR))])):
        return nodes
    of_one_date = len(dated) == 1 or (len(dated) == 2 and isinstance(dated[0], Time) and before[-2:] == dated)
    if not of_one_date or dated[0].role not in (Role.IN, Role.SINCE):
        return [*before, NotUnderstood("далее"), *behind]
    at = before.index(dated[0])
    return [*before[:at], replace(dated[0], role=Role.SINCE), *before[at + 1 :], *behind]


def _node_at(line: Line, place: int, before: list[Node]) -> Phrase:
    if (end := _behind_term_said(line, place)) is not None:
        return (Separator("colon"),), end
    phrase = phrase_at(line, place) or weak_phrase_at(line, place)
    head = head_at(line, place)
    if head is not None and (phrase is None or head.end > phrase[1]):
        condition = condition_at(line, place, head)
        if condition is not None:
            return (condition[0],), condition[1]
    others = (
        phrase or clock_at(line, place, before),
        _link_at(line, place),
        in_brackets_at(line, place, before),
        _separator_at(line, place),
        label_at(line, place),
        label_behind(line, place, before),
    )
    for other in others:
        if other is not None:
            return other
    return (NotUnderstood(line.text(place, place + 1), line.tag(place) == "impossible"),), place + 1


def _behind_term_said(line: Line, place: int) -> int | None:
    """«Срок исполнения: июнь», «сроки по графику»: the words behind say when."""
    found = TERM_SAID.match(line.signs, place)
    if found is None:
        return None
    end = found.end()
    if line.tag(end - 1) in LABEL_ENDS:
        return end
    head, own = head_at(line, end) if end < len(line) else None, head_at(line, place)
    return end if head is not None and (own is None or head.end > own.end) else None


def _separator_at(line: Line, place: int) -> Phrase | None:
    tag = line.tag(place)
    return ((Separator(tag),), place + 1) if tag in SEPARATORS else None


def _link_at(line: Line, place: int) -> Phrase | None:
    """«Далее», «обновление:»."""
    if found := THEN_YEARLY.match(line.signs, place):
        return (Then(next_year=True), Each(Every(Unit.YEAR))), found.end()
    if found := THEN.match(line.signs, place):
        return (Then(),), found.end()
    found = KEEPS_UP.match(line.signs, place)
    if found and found.end() < len(line) and phrase_at(line, found.end()):
        return (Label(line.text(place, found.end()).strip(" :–—-("), keeps_up=True),), found.end()
    return None


def _with_unclear_signs(nodes: list[Node]) -> list[Node]:
    """A dash or slash between two dates that are no range is not passed over; «2021 год – май» is May 2021."""
    unclear = {
        place: node
        for place, node in enumerate(nodes)
        if isinstance(node, Separator)
        and node.tag in UNCLEAR_SIGNS
        and 0 < place < len(nodes) - 1
        and _is_date_or_sign(nodes[place - 1])
        and _is_date_or_sign(nodes[place + 1])
        and not (node.tag == "dash" and _is_month_and_year(nodes, place))
    }
    return [NotUnderstood(UNCLEAR_SIGNS[unclear[at].tag]) if at in unclear else node for at, node in enumerate(nodes)]


def _is_date_or_sign(node: Node) -> bool:
    return isinstance(node, Time | Years) or (isinstance(node, Separator) and node.tag in UNCLEAR_SIGNS)


def _is_month_and_year(nodes: list[Node], dash: int) -> bool:
    """«2021 год – май», «май – 2021 г.», and no further date beside them."""
    before, behind = nodes[dash - 1], nodes[dash + 1]
    if isinstance(before, Years):
        return isinstance(behind, Time) and behind.year is None
    has_more = any(map(_is_date_or_sign, [*nodes[dash - 2 : dash - 1], *nodes[dash + 2 : dash + 3]]))
    if has_more or not isinstance(before, Time) or not isinstance(behind, Years):
        return False
    is_month = before.role is Role.IN and before.year is None and not before.is_range
    return is_month and behind.first == behind.last and behind.role is Role.IN and not behind.of_school


def _with_due_days(nodes: list[Node]) -> list[Node]:
    """«До 15 мая и 15 октября»: both are due days."""
    result: list[Node] = []
    role = Role.IN
    for node in nodes:
        if isinstance(node, Time):
            is_bare_day = node.role is Role.IN and node.is_days and not node.is_range and node.text[:1].isdigit()
            node = replace(node, role=role) if is_bare_day else node
            role = node.role if node.is_days and node.role in (Role.BEFORE, Role.BY) else Role.IN
        elif not isinstance(node, Years) and node not in (Separator("comma"), Separator("and")):
            role = Role.IN
        result.append(node)
    return result


def are_run_together(nodes: list[Node]) -> bool:
    """«Май июнь»: two parts of a year with nothing between them."""
    return any(
        isinstance(one, Time)
        and isinstance(other, Time)
        and one.role is other.role is Role.IN
        and one.text != other.text
        for one, other in pairwise(nodes)
    )
