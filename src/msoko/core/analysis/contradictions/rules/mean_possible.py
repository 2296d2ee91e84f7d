"""A mean that no sum of whole scores of so many participants gives."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from msoko.core.analysis.contradictions.contradiction import Contradiction, Severity
from msoko.core.analysis.contradictions.derived import Derived, took_part
from msoko.core.analysis.contradictions.numbers import Match, match
from msoko.core.analysis.contradictions.parameters import Parameters
from msoko.core.analysis.contradictions.roles import Role
from msoko.core.analysis.contradictions.saying import about, exactly, people, plus_minus
from msoko.core.analysis.contradictions.tables import Record, Stated, Statements
from msoko.core.vocabulary.russian import number


@dataclass(frozen=True)
class Check:
    record: Record
    mean: Stated
    whole: Derived
    match: Match


def contradictions(statements: Statements, parameters: Parameters) -> Iterator[Contradiction]:
    """Scores and marks are whole, so that the mean of n is k/n: N. Brown, J. Heathers, The GRIM test, Social
    Psychological and Personality Science 8 (2017), 363–369. It tells something only while n is below 10^decimals.

    Never more than suspicious: a mean of schools' means is a mean of something, if not of participants. n is that of
    the row, else that of another table about the same.
    """
    for _, records in statements.by_table:
        checks = [check for record in records for check in _checks(statements, record)]
        off = [check for check in checks if check.match is Match.OFF]
        if len(off) > parameters.common_rows and 2 * len(off) > len(checks):
            yield _of_means(off, len(checks))
        else:
            yield from map(_found, off)
        yield from (_found(check) for check in checks if check.match is Match.CUT)


def _checks(statements: Statements, record: Record) -> Iterator[Check]:
    if record.row.is_mean:
        return
    for role in (Role.MEAN, Role.MEAN_MARK):
        mean = record.said.get(role)
        whole = _participants(statements, record) if mean else None
        if mean and whole and 0 < whole.value < 1 / mean.unit:
            best = min(match(mean.value, near) for near in _nearest(mean, whole.value))
            yield Check(record, mean, whole, best)


def _participants(statements: Statements, record: Record) -> Derived | None:
    here = took_part(record)
    if here or not record.context.subject or record.row.is_total:
        return here
    found = [took_part(other) for other in statements.by_context[record.context]]
    wholes = [whole for whole in found if whole]
    return wholes[0] if len({whole.value for whole in wholes}) == 1 else None


def _nearest(mean: Stated, n: int) -> tuple[Fraction, Fraction]:
    below = mean.exact * n // 1
    return Fraction(below, n), Fraction(below + 1, n)


def _found(check: Check) -> Contradiction:
    mean, n = check.mean, check.whole.value
    low, high = _nearest(mean, n)
    near = f"{exactly(low, mean)} и {exactly(high, mean)}"
    severity = Severity.ROUNDING if check.match is Match.CUT else Severity.SUSPICIOUS
    return Contradiction(
        rule="mean_possible",
        severity=severity,
        places=(mean.place, *check.whole.places),
        stated=mean.typed,
        recomputed=near,
        arithmetic=f"{mean.typed} · {number(n)} = {exactly(mean.exact * n, mean)}",
        tolerance=plus_minus(mean.half),
        sentence=(
            f"{about(check.record)}: {mean.role.words} {mean.typed} не получается из целых баллов, если "
            f"{people(n)}: ближайшие возможные — {near}. Проверьте число участников и не усреднены ли средние школ."
        ),
    )


def _of_means(off: Sequence[Check], of: int) -> Contradiction:
    first = off[0]
    low, high = _nearest(first.mean, first.whole.value)
    return Contradiction(
        rule="mean_possible",
        severity=Severity.SUSPICIOUS,
        places=tuple(place for check in off for place in (check.mean.place, *check.whole.places)),
        stated=first.mean.typed,
        recomputed=f"{exactly(low, first.mean)} и {exactly(high, first.mean)}",
        arithmetic=f"{first.mean.typed} · {number(first.whole.value)} = "
        f"{exactly(first.mean.exact * first.whole.value, first.mean)}",
        tolerance=plus_minus(first.mean.half),
        sentence=(
            f"Средние в {len(off)} строках из {of} не получаются из целых баллов названного числа участников: "
            "вероятно, это средние из средних или участники посчитаны иначе."
        ),
    )
