"""A deadline in Russian words as dated windows of a period: `understand`."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import MAXYEAR, date
from itertools import groupby

from msoko.core.roadmap.deadlines import remarks
from msoko.core.roadmap.deadlines.attaching import attached
from msoko.core.roadmap.deadlines.calendar import SCHOOL_CALENDAR, Calendar
from msoko.core.roadmap.deadlines.clauses import Clause, clauses_of, with_dated_outcomes
from msoko.core.roadmap.deadlines.cleaning import cleaned, folded
from msoko.core.roadmap.deadlines.dating import Dated, of_times
from msoko.core.roadmap.deadlines.deadline import Deadline, Kind, Window
from msoko.core.roadmap.deadlines.excepting import without
from msoko.core.roadmap.deadlines.frame import Frame, sorted_windows
from msoko.core.roadmap.deadlines.needing import needs_date_from
from msoko.core.roadmap.deadlines.nodes import (
    Condition,
    Each,
    Except,
    Node,
    NotUnderstood,
    Outcome,
    Source,
    Time,
    Undated,
    Years,
)
from msoko.core.roadmap.deadlines.patterns import Line
from msoko.core.roadmap.deadlines.places import place_in
from msoko.core.roadmap.deadlines.purposes import with_year_of_purpose
from msoko.core.roadmap.deadlines.reading import are_run_together, read
from msoko.core.roadmap.deadlines.recurring import of_frequency, recurs
from msoko.core.roadmap.deadlines.spans import ONE_DAY, Every, Unit
from msoko.core.roadmap.deadlines.tokens import tokenised

LONGEST = 2000  # signs: no deadline is longer, and a whole document in its cell must not take minutes
SHOWN = 100  # signs of such a text
TORN = re.compile(r"-[ .,;:]*$")
THEN = "далее"
SAYS_NO_TIME = (Source.ADDRESSEE, Source.EXCEPTION)
BY_WEIGHT = (Kind.RECURRING, Kind.CONTINUOUS, Kind.ONCE, Kind.BY_SCHEDULE)


def understand(words: str, begins: date, ends: date, calendar: Calendar = SCHOOL_CALENDAR) -> Deadline:
    """The windows of a deadline within a period, both of its days included, in the order of their last days.

    Never raises on any words: what they say that is not understood is told by the deadline. A date outside the period
    gives no window, and a remark. Raises ValueError only if the period ends before it begins.
    """
    if ends < begins:
        raise ValueError(f"The period ends on {ends}, before it begins on {begins}")
    clean = cleaned(words)
    if len(clean) > LONGEST:
        return not_understood(words, [f"{clean[:SHOWN]}…"])
    line = Line.of(tokenised(clean), calendar)
    said = read(line)
    nodes = attached(said, Window(begins, ends))
    place = place_in(line, nodes)
    if place is not None:
        nodes = [place]
    if pieces := _pieces(nodes):
        told = [remarks.impossible(one.text) for one in nodes if isinstance(one, NotUnderstood) and one.is_impossible]
        return not_understood(words, pieces, told)
    frame = Frame(Window(begins, ends), calendar, (Window(begins, ends),))
    answer = _of_clauses(words, clauses_of(nodes), frame)
    if answer.understood:
        return replace(answer, remarks=(*answer.remarks, *_told_of(line, said)))
    return answer if answer.not_understood or not len(line) else not_understood(words, [clean])


def not_understood(words: str, pieces: Sequence[str], told: Sequence[str] = ()) -> Deadline:
    return Deadline(words, None, (), None, False, tuple(pieces), None, tuple(told))


def _pieces(nodes: Sequence[Node]) -> list[str]:
    """What was not understood; words that stand beside each other are one piece."""
    runs = groupby(nodes, key=lambda node: isinstance(node, NotUnderstood))
    return [" ".join(one.text for one in run if isinstance(one, NotUnderstood)) for is_piece, run in runs if is_piece]


def _told_of(line: Line, nodes: list[Node]) -> list[str]:
    told = [remarks.corrected(*pair) for pair in line.tokens.corrections]
    told += [remarks.NO_SIGN] if are_run_together(nodes) else []
    is_torn = isinstance(nodes[-1], Time | Years) and TORN.search(folded(line.tokens.clean)) is not None
    told += [remarks.END_MAY_LACK] if is_torn else []
    return [*told, remarks.NOT_EXACT] if any(token.tag == "approx" for token in line.tokens.tokens) else told


def _of_clauses(words: str, clauses: Sequence[Clause], frame: Frame) -> Deadline:
    results: list[Dated] = []
    last: date | None = None
    clauses = [with_dated_outcomes(clause) for clause in clauses]
    previous = clauses[0]
    for clause in clauses:
        result = _of_clause(clause, frame, last)
        if clause.is_after and clause.label is None and results and _is_of_many_years(previous, results[-1]):
            result.not_understood.append(THEN)  # «сентябрь, далее ежеквартально»: after which September?
        previous = clause
        last = max((day for day in (last, result.last) if day is not None), default=None)
        results.append(result)
    conditions = [one for clause, result in zip(clauses, results, strict=True) for one in _conditions(clause, result)]
    pieces = [*(piece for one in results for piece in one.not_understood), *_without_time(clauses, results)]
    if pieces or (not conditions and all(one.kind is None for one in results)):
        return not_understood(words, pieces)
    return _answer(words, results, conditions)


def _is_of_many_years(clause: Clause, dated: Dated) -> bool:
    times = clause.all(Time)
    return not recurs(clause) and len(dated.windows) > len(times) and any(one.year is None for one in times)


def _answer(words: str, results: Sequence[Dated], conditions: Sequence[Condition]) -> Deadline:
    kinds = [one.kind for one in results]
    kind = next((kind for kind in BY_WEIGHT if kind in kinds), Kind.BY_SCHEDULE)
    windows = sorted_windows([window for one in results for window in one.windows])
    if kind is Kind.ONCE and len([one for one in kinds if one is Kind.ONCE]) > 1:
        kind = Kind.RECURRING
    texts = dict.fromkeys(_with_small_letter(one.text) for one in conditions if one.source is not Source.UNIT)
    told = dict.fromkeys(remark for one in results for remark in one.remarks)
    if not windows and not told and kind is not Kind.BY_SCHEDULE:
        told = {remarks.NOTHING: None}
    undated = [one for one in conditions if kind is Kind.BY_SCHEDULE or one.source is not Source.FREQUENCY]
    needs = needs_date_from(undated)
    return Deadline(words, kind, windows, "; ".join(texts) or None, True, (), needs, tuple(told))


def _with_small_letter(text: str) -> str:
    """«По плану УО» stands within a sentence; «УО», «I этап» stay as they are."""
    is_word = text[1:2].islower() or text[:2] in ("В ", "К ", "С ")
    return text[:1].lower() + text[1:] if is_word else text


def _of_clause(clause: Clause, frame: Frame, last: date | None) -> Dated:
    start = _start(clause, last)
    own = replace(frame, bounds=tuple(frame.within([Window(start, date.max)])))
    is_over = not own.bounds
    own = frame if is_over else own
    clause = with_year_of_purpose(clause, frame)
    result = of_frequency(clause, own) if recurs(clause) else of_times(clause, own)
    if is_over:
        result.windows.clear()
    elif result.kind not in (None, Kind.BY_SCHEDULE):
        result = without(result, clause.all(Except), own)
        unknown = [one for one in clause.all(Condition) if one.source is Source.EXCEPTION]
        result.remarks += [remarks.days_unknown(one.text) for one in unknown]
    named: list[Time | Years] = [*clause.all(Time), *clause.all(Years)]
    result.remarks += [one.remark for one in named if one.remark]
    return result


def _start(clause: Clause, last: date | None) -> date:
    """«Затем» begins the day after; what is kept up every year begins with the year after."""
    if not clause.is_after or last is None or last == date.max:
        return date.min
    keeps_up_yearly = clause.label is not None and Each(Every(Unit.YEAR)) in clause.nodes and not clause.has(Time)
    is_next_year = clause.is_in_later_years or keeps_up_yearly
    return date(min(last.year + 1, MAXYEAR), 1, 1) if is_next_year else last + ONE_DAY


def _conditions(clause: Clause, dated: Dated) -> list[Condition]:
    """Labels, conditions, outcomes, frequencies and exceptions without dates, in the order of the words."""
    found = [Condition(clause.label.text, Source.LABEL)] if clause.label and not clause.label.keeps_up else []
    for node in clause.nodes:
        if isinstance(node, Condition):
            found.append(node)
        elif isinstance(node, Outcome):
            says_date = node.is_purpose or clause.has(Time)
            found.append(Condition(node.text, Source.PURPOSE if says_date else Source.OUTCOME))
        elif isinstance(node, Except) and dated.kind in (None, Kind.BY_SCHEDULE):
            found.append(Condition(node.text, Source.EXCEPTION))
        elif isinstance(node, Undated):
            found.append(Condition(node.text, Source.UNIT))
    loose = [one for one in clause.all(Each) if one.times == 0]
    if loose and not found:
        found.append(Condition(loose[0].text, Source.FREQUENCY))
    return found


def _without_time(clauses: Sequence[Clause], results: Sequence[Dated]) -> list[str]:
    """Words that were read but say nothing of time where they stand: «квартал» beside a date, «для школ» alone."""
    dated = any(one.kind is not None for one in results)
    if dated:
        return [one.text for clause in clauses for one in clause.all(Undated)]
    conditions = [one for clause in clauses for one in clause.all(Condition)]
    undated = [one for clause in clauses for one in clause.all(Undated)]
    speaks = undated or any(one.source not in SAYS_NO_TIME for one in conditions)
    excepted = [one.text for clause in clauses for one in clause.all(Except)]
    return [] if speaks else [*(one.text for one in conditions), *excepted]
