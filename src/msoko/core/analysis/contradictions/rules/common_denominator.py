"""Per cents of a column are taken of one whole that the table does not name: rows that disagree with it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from msoko.core.analysis.contradictions.contradiction import Contradiction, Place, Severity
from msoko.core.analysis.contradictions.denominators import Common, Pair, common_denominator
from msoko.core.analysis.contradictions.derived import Derived, stated_count, took_part
from msoko.core.analysis.contradictions.numbers import Match
from msoko.core.analysis.contradictions.parameters import Parameters
from msoko.core.analysis.contradictions.roles import Role
from msoko.core.analysis.contradictions.saying import about, as_percent, plus_minus, stated_percent
from msoko.core.analysis.contradictions.tables import Context, Record, Statements
from msoko.core.vocabulary.russian import number, quote

OBLIGATORY = ("russian", "mathematics")
SHARE_ROWS = (Role.SUBJECT, Role.MEASURE)
"""Rows that are parts of one population. Schools, classes and years have populations of their own."""


def contradictions(statements: Statements, parameters: Parameters) -> Iterator[Contradiction]:
    """Off by a unit of the last digit is firm, by less is rounding: a whole that so many rows agree on is known."""
    for table, records in statements.by_table:
        if table.rows_are not in SHARE_ROWS:
            continue
        for pairs in _pairs(records).values():
            common = _of_total(records, pairs) or common_denominator(pairs, parameters)
            if common:
                yield from (_found(pair, common) for pair in pairs if common.match(pair) is not Match.EXACT)
                yield from _against_wholes(statements, pairs, common)


def _of_total(records: Sequence[Record], pairs: Sequence[Pair]) -> Common | None:
    """The whole that a row «Всего» states beside its 100 %, if most of the rows agree with it."""
    totals = [pair for record in records if record.row.is_total and (pair := _pair(record))]
    wholes = {int(pair.count.value) for pair in totals if pair.percent.value == 100 and pair.count.value > 0}
    if len(wholes) != 1:
        return None
    whole = wholes.pop()
    common = Common(whole, whole, 0, len(pairs), (whole, whole))
    fitting = sum(common.match(pair) is Match.EXACT for pair in pairs)
    return replace(common, fitting=fitting) if 2 * fitting > len(pairs) else None


def _pair(record: Record) -> Pair | None:
    """The one bare per cent of a row and the one count it may be of."""
    percents = [stated for stated in record.others if stated.role is Role.PERCENT]
    counts = [stated for stated in record.others if stated.role is Role.COUNT]
    if Role.PARTICIPANTS in record.said:
        counts.append(record.said[Role.PARTICIPANTS])
    return Pair(record, counts[0], percents[0]) if len(percents) == len(counts) == 1 else None


def _pairs(records: Sequence[Record]) -> dict[Context, list[Pair]]:
    """Counts with their per cents, by what all rows have in common."""
    found: dict[Context, list[Pair]] = defaultdict(list)
    for record in records:
        pair = _pair(record)
        if pair and not (record.row.is_total or record.row.is_mean):
            context = record.context
            about_all = Context(context.scope, context.entity, context.procedure, context.grade, "", context.year)
            found[about_all].append(pair)
    return found


def _whole_in_words(common: Common) -> str:
    return number(common.low) if common.low == common.high else f"{number(common.low)}–{number(common.high)}"


def _found(pair: Pair, common: Common) -> Contradiction:
    exact = 100 * pair.count.exact / ((common.low + common.high) // 2)
    severity = Severity.FIRM if common.match(pair) is Match.OFF else Severity.ROUNDING
    whole = _whole_in_words(common)
    why = "" if severity is Severity.FIRM else ": последняя цифра округлена не по правилам"
    return Contradiction(
        rule="common_denominator",
        severity=severity,
        places=(pair.percent.place, pair.count.place),
        stated=stated_percent(pair.percent),
        recomputed=as_percent(exact, pair.percent),
        arithmetic=f"{pair.count.typed} / {whole} = {as_percent(exact, pair.percent)}",
        tolerance=plus_minus(pair.percent.half),
        sentence=(
            f"{about(pair.record)}: доли столбца посчитаны от {whole} "
            f"(сходятся строк: {common.fitting} из {common.of}), {pair.count.typed} из {whole} — "
            f"это {as_percent(exact, pair.percent)}, а указано {stated_percent(pair.percent)}{why}."
        ),
    )


def _against_wholes(statements: Statements, pairs: Sequence[Pair], common: Common) -> Iterator[Contradiction]:
    """The whole of the per cents is none of those that the tables state: graduates, those who sat what all must sit."""
    wholes = list(_stated_wholes(statements, pairs[0].record.context))
    if not wholes or any(common.may_be(whole.value) for _, whole in wholes):
        return
    first = pairs[0]
    said = ", ".join(f"{quote(record.table.title)} — {number(whole.value)}" for record, whole in wholes)
    places: list[Place] = [place for _, whole in wholes for place in whole.places]
    yield Contradiction(
        rule="common_denominator",
        severity=Severity.SUSPICIOUS,
        places=(first.percent.place, first.count.place, *places),
        stated=number(wholes[0][1].value),
        recomputed=_whole_in_words(common),
        arithmetic=f"{first.count.typed} / {_whole_in_words(common)} = {stated_percent(first.percent)}",
        sentence=(
            f"Доли таблицы {quote(first.record.table.title)} посчитаны от {_whole_in_words(common)}, а в других местах "
            f"названо другое число: {said}. Скажите рядом с таблицей, от кого считается доля."
        ),
    )


def _stated_wholes(statements: Statements, context: Context) -> Iterator[tuple[Record, Derived]]:
    for record in statements.records:
        other = record.context
        same = (other.scope, other.entity, other.year, other.grade) == (
            *(context.scope, context.entity, context.year, context.grade),
        )
        if not same or record.row.is_total:
            continue
        graduates = stated_count(record, Role.GRADUATES)
        if graduates:
            yield record, graduates
        sat = took_part(record) if other.subject in OBLIGATORY or not other.subject else None
        if sat and other.procedure in (context.procedure, ""):
            yield record, sat
