"""A per cent that no whole number of the participants makes: 12 % of 15 is nobody."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from msoko.core.analysis.contradictions.contradiction import Contradiction, Severity
from msoko.core.analysis.contradictions.denominators import other_wholes
from msoko.core.analysis.contradictions.derived import Derived, took_part
from msoko.core.analysis.contradictions.numbers import Match, match
from msoko.core.analysis.contradictions.parameters import Parameters
from msoko.core.analysis.contradictions.roles import COUNT_OF, Role
from msoko.core.analysis.contradictions.saying import about, as_percent, people, plus_minus, stated_percent
from msoko.core.analysis.contradictions.tables import Record, Stated, Statements
from msoko.core.vocabulary.russian import counted, number

AMONG = ("участнике", "участниках", "участниках")


@dataclass(frozen=True)
class Check:
    record: Record
    percent: Stated
    whole: Derived
    match: Match


def contradictions(statements: Statements, parameters: Parameters) -> Iterator[Contradiction]:
    """A unit of the last digit or more away from every k/n is firm. Where most rows of a column are, their per cents
    are of something else: one suspicion for the column.
    """
    for _, records in statements.by_table:
        columns: dict[str, list[Check]] = defaultdict(list)
        for record in records:
            whole = took_part(record)
            for key, percent in record.cells.items():
                if whole and whole.value and _is_of_participants(record, percent):
                    columns[key].append(Check(record, percent, whole, _best(record, percent, whole)))
        for checks in columns.values():
            yield from _of_column(checks, parameters)


def _is_of_participants(record: Record, percent: Stated) -> bool:
    """Where the count stands beside, another rule compares the two."""
    if percent.role is Role.SCORE_PERCENT:
        return True
    count = COUNT_OF.get(percent.role)
    return count is not None and record.count(count) is None and 0 <= percent.value <= 100


def _best(record: Record, percent: Stated, whole: Derived) -> Match:
    wholes = [whole, *other_wholes(record)]
    return min(match(percent.value, near) for one in wholes for near in _nearest(percent, one.value))


def _nearest(percent: Stated, n: int) -> tuple[Fraction, Fraction]:
    """The per cents of the two whole numbers of n between which the stated one lies."""
    below = percent.exact * n // 100
    return Fraction(100 * below, n), Fraction(100 * (below + 1), n)


def _of_column(checks: Sequence[Check], parameters: Parameters) -> Iterator[Contradiction]:
    off = [check for check in checks if check.match is Match.OFF]
    if 2 * len(off) > len(checks) and len(off) >= parameters.common_rows:
        yield _of_something_else(off, len(checks))
        return
    yield from (_found(check) for check in checks if check.match is not Match.EXACT)


def _found(check: Check) -> Contradiction:
    percent, n = check.percent, check.whole.value
    low, high = _nearest(percent, n)
    nearest = min(low, high, key=lambda one: abs(one - percent.exact))
    count = int(nearest * n / 100)
    severity = Severity.FIRM if check.match is Match.OFF else Severity.ROUNDING
    return Contradiction(
        rule="percent_possible",
        severity=severity,
        places=(percent.place, *check.whole.places),
        stated=stated_percent(percent),
        recomputed=as_percent(nearest, percent),
        arithmetic=f"{number(count)} / {number(n)} = {as_percent(nearest, percent)}",
        tolerance=plus_minus(percent.half),
        sentence=(
            f"{about(check.record)}: {stated_percent(percent)} {percent.role.words} не получается ни из какого целого "
            f"числа при {counted(n, *AMONG)}; ближе всего {number(count)} из {number(n)} — "
            f"{as_percent(nearest, percent)}."
        ),
    )


def _of_something_else(off: Sequence[Check], of: int) -> Contradiction:
    first = off[0]
    low, high = _nearest(first.percent, first.whole.value)
    return Contradiction(
        rule="percent_possible",
        severity=Severity.SUSPICIOUS,
        places=tuple(place for check in off for place in (check.percent.place, *check.whole.places)),
        stated=stated_percent(first.percent),
        recomputed=f"{as_percent(low, first.percent)} или {as_percent(high, first.percent)}",
        arithmetic=f"{stated_percent(first.percent)} от {people(first.whole.value)} — не целое число",
        tolerance=plus_minus(first.percent.half),
        sentence=(
            f"Доли {first.percent.role.words} не получаются из числа участников в {len(off)} строках из {of}: "
            f"вероятно, они посчитаны от другого числа. Назовите его рядом с таблицей."
        ),
    )
