"""Words beside a date that say of what it is: «подготовка — сентябрь», «октябрь – отбор», «май (9 класс)»."""

from collections.abc import Sequence
from dataclasses import replace

from msoko.core.roadmap.deadlines.conditions import NEVER_IN_WORDS, head_at, length_in_brackets
from msoko.core.roadmap.deadlines.mending import is_like_a_time
from msoko.core.roadmap.deadlines.nodes import (
    Always,
    Condition,
    DaysOfMonth,
    Each,
    EachPart,
    EachWeekday,
    Label,
    Node,
    Outcome,
    Separator,
    Source,
    Time,
    Years,
)
from msoko.core.roadmap.deadlines.patterns import NUMBER, NUMBERED, Line, compiled
from msoko.core.roadmap.deadlines.phrases import Phrase, phrase_at
from msoko.core.roadmap.deadlines.spans import Unit
from msoko.core.roadmap.deadlines.tokens import Token

BEFORE_LABEL = (Separator("dash"), Separator("colon"))
LABEL_ENDS = {"dash", "colon", "open"}
UNCLEAR_IN_BRACKETS = {"ne", "or_word", "year", "number", "inclusive"}
UNIT_IN_BRACKETS = compiled(f"open {NUMBER} {NUMBERED} (school? god)? close")
CLOCK = compiled("(v|s)? clock ((dash|do) clock)?")
AFTER_LABEL = {"comma", "semi", "close"}
NOT_IN_LABEL = NEVER_IN_WORDS | {"ne", "bez", "earlier", "close", "or_word"}
LONGEST_LABEL = 40  # tokens: more is a text
# «Осенне-зимний», «третья неделя»: words of time are no label, with a dash behind them or without.
TAGS_OF_TIME = {
    *("month", "gen", "abbr", "ord", "count", "season", "seasonal", "weekday", "god", "mon", "kvartal", "half", "term"),
    *("trimester", "week", "decade", "day", "chislo", "halfpart", "start", "middle", "end", "finish", "school"),
    *("every", "all", "period", "srok", "during", "times", "next", "current", "reporting", "calendarly", "holiday"),
}
SHORTEST_LABEL = 3  # letters of its longest word


def label_at(line: Line, place: int) -> Phrase | None:
    """Words before a dash or a colon that stands before a phrase: «подготовка — сентябрь»."""
    end, at = None, place
    while at < min(place + LONGEST_LABEL, len(line)) and line.tag(at) not in NOT_IN_LABEL:
        if (phrase := phrase_at(line, at)) is not None:
            if not _says_what_for(phrase):
                break
            at = phrase[1]
        elif line.tag(at) in LABEL_ENDS and at > place and _says_when(line, at + 1):
            end, at = at, at + 1
        else:
            at += 1
    if end is None or not _is_label(line, place, end):
        return None
    return (Label(line.text(place, end)),), end + 1


def label_behind(line: Line, place: int, before: list[Node]) -> Phrase | None:
    """Words behind a dash up to the next comma: «октябрь – отбор, апрель – защита»."""
    if len(before) < 2 or before[-1] not in BEFORE_LABEL or not isinstance(before[-2], Time | Years):
        return None
    end = place
    while end < min(len(line), place + LONGEST_LABEL) and line.tag(end) not in AFTER_LABEL:
        if line.tag(end) in NOT_IN_LABEL | LABEL_ENDS or phrase_at(line, end) is not None:
            return None
        end += 1
    if not _is_label(line, place, end) or _follows_a_frequency(before) or _precedes_a_frequency(line, end):
        return None
    return (Condition(line.text(place, end), Source.LABEL),), end


def _follows_a_frequency(before: Sequence[Node]) -> bool:
    """«Ежемесячно, декабрь – итоговый отчёт»: December is another deadline than every month, not all that is left.

    Behind a colon or in brackets the dates say when the frequency falls: «2 раза в год: октябрь – отбор».
    """
    for place, node in enumerate(before):
        if _is_often(node) or isinstance(node, Always):
            return before[place + 1 : place + 2] not in ([Separator("colon")], [Separator("open")])
    return False


def _precedes_a_frequency(line: Line, place: int) -> bool:
    """«Декабрь – итоговый отчёт, ежеквартально»."""
    while place < len(line):
        phrase = phrase_at(line, place)
        if phrase is None and line.tag(place) not in ("comma", "semi"):
            return False
        if phrase is not None and any(map(_is_often, phrase[0])):
            return True
        place = phrase[1] if phrase is not None else place + 1
    return False


def _is_often(node: Node) -> bool:
    return isinstance(node, EachWeekday | EachPart | DaysOfMonth) or (
        isinstance(node, Each) and node.every.unit not in (Unit.YEAR, Unit.SCHOOL_YEAR)
    )


def _says_what_for(phrase: Phrase) -> bool:
    """«Отчёт за год – до 20 января»: «за год» belongs to the label; «за 2022 год» would tell the year."""
    return all(isinstance(node, Outcome) and node.is_purpose and not node.dated for node in phrase[0])


def _says_when(line: Line, place: int) -> bool:
    return place < len(line) and (phrase_at(line, place) is not None or head_at(line, place) is not None)


def _is_label(line: Line, first: int, end: int) -> bool:
    """A misspelt month is no label: «сентебрр – май»."""
    words = [token for token in line.tokens.tokens[first:end] if token.text.isalpha()]
    says_what = any(_is_long_or_short_name(line, word) for word in words if word.tag not in TAGS_OF_TIME)
    return says_what and not any(is_like_a_time(word.text) for word in words)


def _is_long_or_short_name(line: Line, word: Token) -> bool:
    """«Отбор», «УО»; a scrap of a letter or two is neither."""
    return len(word.text) >= SHORTEST_LABEL or (
        len(word.text) == SHORTEST_LABEL - 1 and line.tokens.clean[word.start : word.end].isupper()
    )


def clock_at(line: Line, place: int, before: list[Node]) -> Phrase | None:
    """«15 марта 2022 г., в 10:00»: a deadline is a day, the hour is kept as it is said."""
    found = CLOCK.match(line.signs, place)
    dated = [node for node in before if not isinstance(node, Separator | Years)]
    if found is None or not _is_day(dated[-1:]):
        return None
    return (Condition(line.text(place, found.end()), Source.LABEL),), found.end()


def in_brackets_at(line: Line, place: int, before: list[Node]) -> Phrase | None:
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


def _is_day(nodes: Sequence[Node]) -> bool:
    """«До 15 мая (2 полугодие)»: the day says when, the half-year for what."""
    return any(isinstance(node, Time) and node.is_days and not node.is_range for node in nodes)
