"""A whole text as nodes: phrases, conditions, labels, separators and what is not understood."""

from dataclasses import replace
from itertools import pairwise

from msoko.core.roadmap.deadlines.conditions import NEVER_IN_WORDS, condition_at, head_at, length_in_brackets
from msoko.core.roadmap.deadlines.mending import is_like_a_time
from msoko.core.roadmap.deadlines.nodes import (
    Condition,
    Each,
    Label,
    Node,
    NotUnderstood,
    Outcome,
    Role,
    Separator,
    Source,
    Then,
    Time,
    Years,
)
from msoko.core.roadmap.deadlines.patterns import NUMBER, NUMBERED, Line, compiled
from msoko.core.roadmap.deadlines.phrases import Phrase, phrase_at, weak_phrase_at
from msoko.core.roadmap.deadlines.spans import Every, Unit
from msoko.core.roadmap.deadlines.times import from_to

SEPARATORS = {"comma", "semi", "open", "close", "colon", "dash", "and", "approx", "inclusive"}
KEEPS_UP = compiled("(s subsequent)? upkeep (upkeep|word|of_programme|programme)* (open|colon|dash)?")
THEN = compiled("(and|v)* then (dash|colon|comma)?")
TERM_SAID = compiled("srok (realisation)? (colon|dash)")
UNCLEAR_IN_BRACKETS = {"ne", "or_word", "year", "number"}
UNIT_IN_BRACKETS = compiled(f"open {NUMBER} {NUMBERED} (school? god)? close")
LABEL_ENDS = {"dash", "colon"}
NOT_IN_LABEL = NEVER_IN_WORDS | {"ne", "close", "or_word"}
LONGEST_LABEL = 40  # tokens: more is a text
# «Осенне-зимний», «третья неделя»: words of time are no label, with a dash behind them or without.
TAGS_OF_TIME = {
    *("month", "gen", "abbr", "ord", "count", "season", "seasonal", "weekday", "god", "mon", "kvartal", "half", "term"),
    *(
        "trimester",
        "week",
        "decade",
        "day",
        "chislo",
        "halfpart",
        "start",
        "middle",
        "end",
        "finish",
        "school",
        "every",
    ),
    *("all", "period", "srok", "during", "times", "next", "current", "reporting", "calendarly", "holiday"),
}
SHORTEST_LABEL = 3  # letters of its longest word


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
    return _with_due_days(_with_both_limits(_with_unclear_dashes(_with_open_end(nodes))))


def _with_both_limits(nodes: list[Node]) -> list[Node]:
    """«Не ранее 15 мая, не позднее 20 июня» is from the one to the other."""
    result: list[Node] = []
    for node in nodes:
        place = len(result) - 1
        while place >= 0 and isinstance(result[place], Separator) and result[place] != Separator("semi"):
            place -= 1
        first = result[place] if place >= 0 else None
        if isinstance(first, Time) and isinstance(node, Time) and _are_limits(first, node):
            begin, end = replace(first, role=Role.IN), replace(node, role=Role.IN)
            result[place:] = [from_to(begin, end, f"{first.text} {node.text}")]
        else:
            result.append(node)
    return result


def _are_limits(first: Time, last: Time) -> bool:
    return first.role is Role.SINCE and last.role is Role.BY and not (first.is_range or last.is_range)


def _with_open_end(nodes: list[Node]) -> list[Node]:
    """«Апрель 2022 и далее», «2022 год, далее ежегодно»: goes on from then."""
    place = next((at for at, node in enumerate(nodes) if isinstance(node, Then)), len(nodes))
    before, behind = nodes[:place], nodes[place + 1 :]
    dated = [node for node in before if isinstance(node, Time | Years)]
    is_year_only = len(dated) == 1 and isinstance(dated[0], Years) and dated[0].first == dated[0].last
    if place == len(nodes) or (behind and not (is_year_only and behind == [Each(Every(Unit.YEAR))])):
        return nodes
    of_one_date = len(dated) == 1 or (len(dated) == 2 and isinstance(dated[0], Time) and before[-2:] == dated)
    if not of_one_date or dated[0].role not in (Role.IN, Role.SINCE):
        return [*before, NotUnderstood("далее"), *behind]
    at = before.index(dated[0])
    return [*before[:at], replace(dated[0], role=Role.SINCE), *before[at + 1 :], *behind]


def _node_at(line: Line, place: int, before: list[Node]) -> Phrase:
    if found := TERM_SAID.match(line.signs, place):
        return (Separator("colon"),), found.end()
    phrase = phrase_at(line, place) or weak_phrase_at(line, place)
    head = head_at(line, place)
    if head is not None and (phrase is None or head.end > phrase[1]):
        condition = condition_at(line, place, head)
        if condition is not None:
            return (condition[0],), condition[1]
    for other in (phrase, _link_at(line, place), _in_brackets_at(line, place, before), _separator_at(line, place)):
        if other is not None:
            return other
    if (label := _label_at(line, place)) is not None:
        return label
    return (NotUnderstood(line.text(place, place + 1), line.tag(place) == "impossible"),), place + 1


def _separator_at(line: Line, place: int) -> Phrase | None:
    tag = line.tag(place)
    return ((Separator(tag),), place + 1) if tag in SEPARATORS else None


def _link_at(line: Line, place: int) -> Phrase | None:
    """«Далее», «обновление:»."""
    if found := THEN.match(line.signs, place):
        return (Then(),), found.end()
    found = KEEPS_UP.match(line.signs, place)
    if found and found.end() < len(line) and phrase_at(line, found.end()):
        return (Label(line.text(place, found.end()).strip(" :–—-("), keeps_up=True),), found.end()
    return None


def _label_at(line: Line, place: int) -> Phrase | None:
    """Words before a dash or a colon that stands before a phrase: «подготовка — сентябрь»."""
    end = None
    for at in range(place, min(place + LONGEST_LABEL, len(line))):
        if line.tag(at) in NOT_IN_LABEL or phrase_at(line, at) is not None:
            break
        if line.tag(at) in LABEL_ENDS and at > place and _says_when(line, at + 1):
            end = at
    if end is None or not _is_label(line, place, end):
        return None
    return (Label(line.text(place, end)),), end + 1


def _says_when(line: Line, place: int) -> bool:
    return place < len(line) and (phrase_at(line, place) is not None or head_at(line, place) is not None)


def _is_label(line: Line, first: int, end: int) -> bool:
    """A misspelt month is no label: «сентебрр – май»."""
    words = [token for token in line.tokens.tokens[first:end] if token.text.isalpha()]
    return any(len(word.text) >= SHORTEST_LABEL and word.tag not in TAGS_OF_TIME for word in words) and not any(
        is_like_a_time(word.text) for word in words
    )


def _in_brackets_at(line: Line, place: int, before: list[Node]) -> Phrase | None:
    """Words in brackets that say nothing of time belong to what is before: «по итогам года (план)», «май (9 класс)»."""
    last = before[-1] if before else None
    unit = UNIT_IN_BRACKETS.match(line.signs, place)
    if unit and (_is_day(before[-1:]) or (isinstance(last, Years) and _is_day(before[-2:-1]))):
        return (Condition(line.text(place + 1, unit.end() - 1), Source.LABEL),), unit.end()
    if line.tag(place) != "open" or not isinstance(last, Outcome | Time | Years):
        return None
    length = length_in_brackets(
        line, place, lambda inside: _says_when(line, inside) or line.tag(inside) in UNCLEAR_IN_BRACKETS
    )
    if not length or not _is_label(line, place, place + length):
        return None
    if isinstance(last, Outcome):
        before.pop()
        return (replace(last, text=f"{last.text} {line.text(place, place + length)}"),), place + length
    return (Condition(line.text(place + 1, place + length - 1), Source.LABEL),), place + length


def _is_day(nodes: list[Node]) -> bool:
    """«До 15 мая (2 полугодие)»: the day says when, the half-year for what."""
    return any(isinstance(node, Time) and node.is_days and not node.is_range for node in nodes)


def _with_unclear_dashes(nodes: list[Node]) -> list[Node]:
    """A dash between two dates that are no range is not passed over; «2021 год – сентябрь» is September 2021."""
    dashes = {
        place
        for place in range(1, len(nodes) - 1)
        if nodes[place] == Separator("dash")
        and isinstance(nodes[place - 1], Time | Years)
        and isinstance(behind := nodes[place + 1], Time | Years)
        and not (isinstance(nodes[place - 1], Years) and isinstance(behind, Time) and behind.year is None)
    }
    return [NotUnderstood("–") if place in dashes else node for place, node in enumerate(nodes)]


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
