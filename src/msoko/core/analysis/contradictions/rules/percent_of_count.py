"""A per cent is not that of the count beside it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from msoko.core.analysis.contradictions.checks import Check, checked
from msoko.core.analysis.contradictions.contradiction import Contradiction, Severity
from msoko.core.analysis.contradictions.denominators import (
    Common,
    common_denominator,
)
from msoko.core.analysis.contradictions.numbers import Match
from msoko.core.analysis.contradictions.parameters import Parameters
from msoko.core.analysis.contradictions.roles import COUNT_OF, PERCENT_OF, Role
from msoko.core.analysis.contradictions.rounding import family_of
from msoko.core.analysis.contradictions.saying import about, as_percent, plus_minus, stated_percent
from msoko.core.analysis.contradictions.tables import Record, Stated, Statements
from msoko.core.vocabulary.russian import number


def contradictions(statements: Statements, parameters: Parameters) -> Iterator[Contradiction]:
    """Off by a unit of the last digit or more is firm; by less, rounding. Where most rows of a column are off but agree
    on another whole, the whole is what is doubtful.
    """
    for _, records in statements.by_table:
        by_role: dict[tuple[Role, str], list[Check]] = defaultdict(list)
        for record in records:
            for count, percent in PERCENT_OF.items():
                check = checked(record, record.said[percent]) if percent in record.said else None
                if check:
                    by_role[count, record.context.entity if record.table.rows_are is Role.SUBJECT else ""].append(check)
        for (role, _), checks in by_role.items():
            yield from _of_column(role, checks, parameters)


def _of_column(role: Role, checks: Sequence[Check], parameters: Parameters) -> Iterator[Contradiction]:
    off = [check for check in checks if check.match is Match.OFF]
    common = None
    if 2 * len(off) > len(checks):
        common = common_denominator([check.pair for check in checks], parameters)
    if common:
        yield _of_another_whole(role, checks, off, common)
        return
    for check in checks:
        if check.match is not Match.EXACT:
            yield _found(role, check)


def _found(role: Role, check: Check) -> Contradiction:
    percent, count = check.pair.percent, check.pair.count
    adjusted = _is_adjusted(check.pair.record, percent)
    severity = Severity.FIRM if check.match is Match.OFF and not adjusted else Severity.ROUNDING
    arithmetic = f"{count.typed} / {number(check.whole.value)} = {as_percent(check.exact, percent)}"
    n = int(count.value)
    return Contradiction(
        rule="percent_of_count",
        severity=severity,
        places=(percent.place, count.place, *check.whole.places),
        stated=stated_percent(percent),
        recomputed=as_percent(check.exact, percent),
        arithmetic=arithmetic,
        tolerance=plus_minus(percent.half),
        sentence=(
            f"{about(check.pair.record)}: {number(n)} {role.counted(n)} из {number(check.whole.value)} — это "
            f"{as_percent(check.exact, percent)}, а указано {stated_percent(percent)}{_why(severity, adjusted)}."
        ),
    )


def _why(severity: Severity, adjusted: bool) -> str:
    if severity is Severity.FIRM:
        return ""
    return (
        ": округление подогнано так, чтобы доли дали 100" if adjusted else ": последняя цифра округлена не по правилам"
    )


def _is_adjusted(record: Record, percent: Stated) -> bool:
    """The parts make exactly 100 and every other one is at most cut off: this one took what was over or lacking.

    It is the largest part to which that is added, or the last, which is got by taking the others from 100.
    """
    family = family_of(percent.role)
    parts = [record.said[role] for role in family if role in record.said]
    if sum(part.exact for part in parts) != 100:
        return False
    if percent is not parts[-1] and not _looks_largest(record, percent, family):
        return False
    others = [checked(record, part) for part in parts if part is not percent]
    return all(check.match is not Match.OFF for check in others if check)


def _looks_largest(record: Record, percent: Stated, family: Sequence[Role]) -> bool:
    """As typed, to the last digit, no other part is larger."""
    counts = {role: record.count(COUNT_OF[role]) or 0 for role in family}
    behind = max(counts.values()) - counts[percent.role]
    return 100 * behind < percent.unit * sum(counts.values())


def _of_another_whole(role: Role, checks: Sequence[Check], off: Sequence[Check], common: Common) -> Contradiction:
    first = off[0]
    whole = number(common.low) if common.low == common.high else f"{number(common.low)}–{number(common.high)}"
    return Contradiction(
        rule="percent_of_count",
        severity=Severity.SUSPICIOUS,
        places=tuple(place for check in off for place in (check.pair.percent.place, check.pair.count.place)),
        stated=stated_percent(first.pair.percent),
        recomputed=as_percent(first.exact, first.pair.percent),
        arithmetic=f"{first.pair.count.typed} / {whole} = {stated_percent(first.pair.percent)}",
        tolerance=plus_minus(first.pair.percent.half),
        sentence=(
            f"Доли {role.words} посчитаны не от числа участников строки, а от общего числа {whole} "
            f"(сходятся строк: {common.fitting} из {common.of}); назовите его рядом с таблицей."
        ),
    )
