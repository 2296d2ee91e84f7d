"""What a date depends on: a plan, an event, an agreement. Its words are kept as they stand."""

from collections.abc import Callable
from dataclasses import dataclass

from msoko.core.roadmap.deadlines.nodes import Condition, Source, Time
from msoko.core.roadmap.deadlines.patterns import COUNT, Line, compiled
from msoko.core.roadmap.deadlines.phrases import Phrase, phrase_at
from msoko.core.roadmap.deadlines.school_years import SCHOOL_YEAR
from msoko.core.roadmap.deadlines.times import time_at

ADJECTIVE = "(word|school|of_programme|calendarly|ord|set|reporting|current|yearly|monthly|seasonal|programme|working)"
SO_MANY = f"{COUNT} (dash {COUNT}|open {COUNT} close)?"
LENGTH = f"({SO_MANY})? (working|calendarly|school|word)* (day|week|mon|god|half|kvartal|term|trimester|chislo)"
NOT_LATER = "ne (later|earlier|rarer) (comma? chem)?"
HEADS = tuple(
    (compiled(source), kind, needs_words)
    for source, kind, needs_words in (
        (f"po ({ADJECTIVE})* (doc|programme) (dash doc)?", Source.DOCUMENT, False),
        ("doc (dash doc)?", Source.DOCUMENT, False),
        ("according", Source.DOCUMENT, True),
        ("v accordance s?", Source.DOCUMENT, True),
        ("na basis", Source.DOCUMENT, True),
        ("v? srok comma? set", Source.DOCUMENT, False),
        ("v set (srok|doc)", Source.DOCUMENT, False),
        (f"do {ADJECTIVE}* (deed|occasion|realisation|doc)", Source.EVENT, False),
        ("(po|v)? srok holding|(v|na)? day holding", Source.EVENT, False),
        ("po srok", Source.EVENT, True),
        ("v? srok unclear doc", Source.DOCUMENT, False),
        (f"(na|v|k|{NOT_LATER}) next (working|calendarly)? day posle", Source.EVENT, True),
        ("promptly", Source.LENGTH, False),
        ("v srok", Source.EVENT, True),
        ("(po|pri) occasion", Source.AGREEMENT, False),
        ("po (outcome|finish)", Source.EVENT, True),
        ("v frame", Source.EVENT, True),
        ("(v|na) (period|vremya|day)", Source.EVENT, True),
        ("posle|pered|pri|eve", Source.EVENT, True),
        ("(do|k|za|s) (moment|day|start|finish|end|holding)", Source.EVENT, True),
        (f"(do|k|pered|na|v) every? {ADJECTIVE}* event", Source.EVENT, False),
        ("so_many_times|(num|count) times", Source.FREQUENCY, False),
        (f"(v during|vduring|but? {NOT_LATER}|cherez)? cherez? {LENGTH} (posle|s|ot|do)", Source.EVENT, True),
        (f"(but? {NOT_LATER})? za {LENGTH} do", Source.EVENT, True),
        (f"(v during|vduring|cherez|{NOT_LATER}) {LENGTH}", Source.LENGTH, False),
        (f"{SO_MANY} (working|calendarly)? (day|week|mon)", Source.LENGTH, False),
        ("v (num dash)? (word|mon) srok", Source.LENGTH, False),
        ("v (num dash)? (word|mon) srok (posle|s|ot)", Source.EVENT, True),
        (
            "(((v|na) (period|vremya|day)?|v during) every?)? (ord (week|day))?"
            " ((seasonal|word) ((comma|and)+ seasonal)*)? holiday (vremya|seasonal)?"
            f" ({SCHOOL_YEAR}|year god?)?",
            Source.HOLIDAYS,
            False,
        ),
        ("(date_word|srok)? ne? unclear+", Source.UNCLEAR, False),
        ("dlya|(po|v|na|s|u)? every|v respect", Source.ADDRESSEE, True),
    )
)
YEAR = compiled("year god?")
YEARS_OF_EVENT = compiled(f"comma? ({SCHOOL_YEAR}|year god? ((comma|and|dash) year god?)*)")
# «За год до 15 января» is more likely of the report on the year.
COUNTS_FROM = compiled(
    f"(but? {NOT_LATER})? za ({SO_MANY})? (working|calendarly)* (day|week) do"
    f"|(but? {NOT_LATER}|v during|vduring|cherez)+ {LENGTH} posle"
)
# These say all in their first words: whatever follows is read by itself.
COMPLETE = {Source.HOLIDAYS, Source.FREQUENCY, Source.UNCLEAR, Source.LENGTH}
NEVER_IN_WORDS = {"semi", "negation", "then", "except"}
LINKS = {"comma", "and", "dash", "colon", "open", "but", "or_word", "slash"}


@dataclass(frozen=True)
class Head:
    """The first words of a condition, which tell its kind, and the place behind them."""

    source: Source
    end: int
    needs_words: bool


def head_at(line: Line, place: int) -> Head | None:
    """The longest head from the place on."""
    best: Head | None = None
    for pattern, source, needs_words in HEADS:
        match = pattern.match(line.signs, place)
        if match is not None and match.end() > place and (best is None or match.end() > best.end):
            best = Head(source, match.end(), needs_words)
    return best


def condition_at(line: Line, place: int, head: Head) -> tuple[Condition, int] | None:
    """The condition with all words that follow its head; None where the head wants words and there are none."""
    end = head.end if head.source in COMPLETE else end_of_words(line, head.end)
    if end == head.end and head.needs_words:
        # «За 2 недели до конца четверти»: the event itself is a time.
        event = phrase_at(line, end) if end < len(line) and COUNTS_FROM.fullmatch(line.signs, place, end) else None
        if event is None:
            return None
        end = _behind_its_years(line, event)
    return Condition(line.text(place, end), head.source), end


def _behind_its_years(line: Line, event: Phrase) -> int:
    """«За 5 дней до 25 мая 2021 года»: the year is the event's, no date by itself."""
    said, end = event
    has_its_own = any(isinstance(node, Time) and node.year is not None for node in said)
    behind = None if has_its_own else YEARS_OF_EVENT.match(line.signs, end)
    return behind.end() if behind else end


def end_of_words(line: Line, place: int) -> int:
    """Behind the last word that does not say when, how often or that something is excepted."""
    end = last = place
    while end < len(line) and (step := _step(line, end)):
        end += step
        last = end if line.tag(end - 1) not in LINKS else last
    return last


def _step(line: Line, place: int) -> int:
    """How many tokens belong to the words of a condition from the place on: 0 where the words end."""
    tag = line.tag(place)
    if tag == "open":
        return _length_in_brackets(line, place)
    if tag in NEVER_IN_WORDS or tag == "close" or phrase_at(line, place) is not None:
        return 0
    if tag in ("ne", "or_word", "and", "but") and place + 1 < len(line) and _excepts(line, place):
        return 0
    if tag == "ot":  # «приказ от 12.05.2022 № 115»: the date of a document is no deadline
        return _length_of_date(line, place)
    return 2 if tag == "number_sign" and place + 1 < len(line) else 1


def _length_of_date(line: Line, place: int) -> int:
    """«От 12 мая 2022 г.»"""
    dated = time_at(line, place + 1)
    if dated is None:
        return 1
    year = YEAR.match(line.signs, dated[1])
    return (year.end() if year else dated[1]) - place


def _excepts(line: Line, place: int) -> bool:
    """«По плану, но не в июле», «по плану или в июле»."""
    return line.tag(place) in ("ne", "or_word") and phrase_at(line, place + 1) is not None


def _length_in_brackets(line: Line, place: int) -> int:
    """The whole of what is in brackets, if nothing there says when."""
    return length_in_brackets(line, place, lambda inside: phrase_at(line, inside) is not None)


def length_in_brackets(line: Line, place: int, is_more: Callable[[int], bool]) -> int:
    """The number of tokens from the opening bracket to the closing one; 0 if there is none or a token in it is more."""
    for inside in range(place + 1, len(line)):
        if line.tag(inside) == "close":
            return inside + 1 - place
        if line.tag(inside) in NEVER_IN_WORDS | {"open"} or is_more(inside):
            return 0
    return 0
