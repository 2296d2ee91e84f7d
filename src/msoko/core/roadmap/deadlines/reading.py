"""A whole text as nodes: phrases, conditions, labels, separators and what is not understood."""

from dataclasses import replace

from msoko.core.roadmap.deadlines.conditions import NEVER_IN_WORDS, condition_at, head_at, length_in_brackets
from msoko.core.roadmap.deadlines.mending import is_like_a_time
from msoko.core.roadmap.deadlines.nodes import Label, Node, NotUnderstood, Outcome, Separator, Then, Time, Years
from msoko.core.roadmap.deadlines.patterns import Line, compiled
from msoko.core.roadmap.deadlines.phrases import Phrase, phrase_at, weak_phrase_at

SEPARATORS = {"comma", "semi", "open", "close", "colon", "dash", "and", "approx"}
KEEPS_UP = compiled("(s subsequent)? upkeep (upkeep|word|of_programme|programme)* (open|colon|dash)?")
THEN = compiled("(and|v)* then (dash|colon|comma)?")
TERM_SAID = compiled("srok (realisation)? (colon|dash)")
LABEL_ENDS = {"dash", "colon"}
SHORTEST_LABEL = 3


def read(line: Line) -> list[Node]:
    """All nodes in their order; what is not understood stands as such."""
    nodes: list[Node] = []
    place = 0
    while place < len(line):
        read_here, end = _node_at(line, place, nodes)
        nodes += read_here
        place = end
    return _with_unclear_dashes(nodes)


def _node_at(line: Line, place: int, before: list[Node]) -> Phrase:
    phrase = phrase_at(line, place) or weak_phrase_at(line, place)
    head = head_at(line, place)
    if head is not None and (phrase is None or head.end > phrase[1]):
        found = condition_at(line, place, head)
        if found is not None:
            return (found[0],), found[1]
    for other in (phrase, _link_at(line, place), _label_at(line, place), _in_brackets_at(line, place, before)):
        if other is not None:
            return other
    tag = line.tag(place)
    if tag in SEPARATORS:
        return (Separator(tag),), place + 1
    return (NotUnderstood(line.text(place, place + 1)),), place + 1


def _link_at(line: Line, place: int) -> Phrase | None:
    """«Далее», «обновление:», «срок –»."""
    if found := THEN.match(line.signs, place):
        return (Then(),), found.end()
    if found := TERM_SAID.match(line.signs, place):
        return (Separator("colon"),), found.end()
    found = KEEPS_UP.match(line.signs, place)
    if found and found.end() < len(line) and phrase_at(line, found.end()):
        return (Label(line.text(place, found.end()).strip(" :–—-("), keeps_up=True),), found.end()
    return None


def _label_at(line: Line, place: int) -> Phrase | None:
    """Words before a dash or a colon that stands before a phrase: «подготовка — сентябрь»."""
    end = place
    ends = []
    while end < len(line) and line.tag(end) not in NEVER_IN_WORDS | {"ne", "close", "or_word"}:
        if line.tag(end) in LABEL_ENDS and end > place and _says_when(line, end + 1):
            ends.append(end)
        if phrase_at(line, end):
            break
        end += 1
    if not ends or not _is_label(line, place, ends[-1]):
        return None
    return (Label(line.text(place, ends[-1])),), ends[-1] + 1


def _says_when(line: Line, place: int) -> bool:
    return place < len(line) and (phrase_at(line, place) is not None or head_at(line, place) is not None)


def _is_label(line: Line, first: int, end: int) -> bool:
    """A misspelt month is no label: «сентебрр – май»."""
    words = [token for token in line.tokens.tokens[first:end] if token.text.isalpha()]
    return any(len(word.text) >= SHORTEST_LABEL for word in words) and not any(
        is_like_a_time(word.text) for word in words
    )


def _in_brackets_at(line: Line, place: int, before: list[Node]) -> Phrase | None:
    """What is in brackets behind an outcome and says nothing of time belongs to it: «по итогам года (план)»."""
    last = before[-1] if before else None
    if line.tag(place) != "open" or not isinstance(last, Outcome):
        return None
    length = length_in_brackets(line, place, lambda inside: phrase_at(line, inside) is not None)
    if not length:
        return None
    before.pop()
    return (replace(last, text=f"{last.text} {line.text(place, place + length)}"),), place + length


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
