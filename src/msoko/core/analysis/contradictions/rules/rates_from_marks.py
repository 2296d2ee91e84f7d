"""Pass rate, quality, СОУ and mean mark are not those of the marks beside them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from msoko.core.analysis.contradictions.contradiction import Contradiction, Place, Severity
from msoko.core.analysis.contradictions.derived import stated_count, sum_of_marks
from msoko.core.analysis.contradictions.numbers import Match, match
from msoko.core.analysis.contradictions.parameters import Parameters
from msoko.core.analysis.contradictions.roles import MARK_COUNTS, MARK_PERCENTS, MARKS, Kind, Role
from msoko.core.analysis.contradictions.saying import about, exactly, places_of, plus_minus
from msoko.core.analysis.contradictions.tables import Record, Stated, Statements
from msoko.core.monitoring.marking import SOU_NOT_ASSESSED, SOU_WEIGHTS
from msoko.core.vocabulary.russian import number

WEIGHTS: Mapping[Role, Mapping[int, int]] = {
    Role.PASS_PERCENT: {3: 100, 4: 100, 5: 100},
    Role.FAIL_PERCENT: {2: 100},
    Role.QUALITY_PERCENT: {4: 100, 5: 100},
    Role.SOU: SOU_WEIGHTS,
    Role.MEAN_MARK: {mark: mark for mark in MARKS},
    Role.PASSED: {3: 1, 4: 1, 5: 1},
    Role.FAILED: {2: 1},
    Role.QUALITY: {4: 1, 5: 1},
}
"""What each mark adds to a rate: Σ weight · n(mark) / n; counts are not divided."""
TITLES = {
    Role.PASS_PERCENT: "успеваемость",
    Role.FAIL_PERCENT: "доля не сдавших",
    Role.QUALITY_PERCENT: "качество",
    Role.SOU: "СОУ",
    Role.MEAN_MARK: "средняя отметка",
    Role.PASSED: "сдавших",
    Role.FAILED: "не сдавших",
    Role.QUALITY: "отметок «4» и «5»",
}


@dataclass(frozen=True)
class Recomputed:
    exact: Fraction
    slack: Fraction  # how far the rounding of the marks' own per cents may carry it
    arithmetic: str
    places: tuple[Place, ...]


def contradictions(statements: Statements, parameters: Parameters) -> Iterator[Contradiction]:
    """From counts of marks, else from their per cents, whose rounding widens the tolerance.

    СОУ is in use with several weights for «2» and for those not assessed: where such are, it is but suspicious.
    """
    for record in statements.records:
        for role, weights in WEIGHTS.items():
            stated = record.said.get(role)
            if stated is None:
                continue
            candidates = list(_from_counts(record, role, weights)) or list(_from_percents(record, role, weights))
            if candidates:
                yield from _compared(record, stated, min(candidates, key=lambda one: _distance(stated, one)))


def _distance(stated: Stated, one: Recomputed) -> Fraction:
    return abs(stated.exact - one.exact)


def _from_counts(record: Record, role: Role, weights: Mapping[int, int]) -> Iterator[Recomputed]:
    """Divided by the marks themselves, and by all who took part where that is another number."""
    marks = sum_of_marks(record)
    if marks is None or not marks.value:
        return
    counts = {mark: record.count(of) or 0 for mark, of in MARKS.items()}
    not_assessed = record.count(Role.NOT_ASSESSED) or 0
    total = sum(weights.get(mark, 0) * n for mark, n in counts.items())
    if role.kind is Kind.COUNT:
        yield Recomputed(Fraction(total), Fraction(), _added(counts, weights), marks.places)
        return
    if role is Role.SOU and not_assessed:
        total += SOU_NOT_ASSESSED * not_assessed
        counts_of_all = [marks.value + not_assessed]
    else:
        stated = stated_count(record, Role.PARTICIPANTS)
        counts_of_all = list(dict.fromkeys([marks.value, *([stated.value] if stated and stated.value else [])]))
    for n in counts_of_all:
        yield Recomputed(Fraction(total, n), Fraction(), f"({_weighted(counts, weights)}) / {number(n)}", marks.places)


def _added(counts: Mapping[int, int], weights: Mapping[int, int]) -> str:
    return " + ".join(number(counts[mark]) for mark in MARKS if mark in weights)


def _weighted(counts: Mapping[int, int], weights: Mapping[int, int]) -> str:
    return " + ".join(f"{weights[mark]} · {number(counts[mark])}" for mark in MARKS if weights.get(mark))


def _from_percents(record: Record, role: Role, weights: Mapping[int, int]) -> Iterator[Recomputed]:
    if role.kind is Kind.COUNT or not all(record.has(one) for one in MARK_PERCENTS):
        return
    shares = {mark: record.said.get(of) for mark, of in zip(MARKS, MARK_PERCENTS, strict=True)}
    known = {mark: share for mark, share in shares.items() if share is not None}
    if len(known) < 2 or any(of in record.said for of in MARK_COUNTS):
        return
    used = {mark: share for mark, share in known.items() if weights.get(mark)}
    exact = sum((weights[mark] * share.exact for mark, share in used.items()), Fraction()) / 100
    slack = sum((weights[mark] * share.half for mark, share in used.items()), Fraction()) / 100
    said = " + ".join(
        share.typed if weights[mark] == 100 else f"{weights[mark]} · {share.typed}" for mark, share in used.items()
    )
    yield Recomputed(exact, slack, said or "0", places_of(known.values()))


def _compared(record: Record, stated: Stated, one: Recomputed) -> Iterator[Contradiction]:
    distance = _distance(stated, one)
    if distance <= stated.half + one.slack:
        return
    is_cut = match(stated.value, one.exact) is Match.CUT or distance < stated.unit + 2 * one.slack
    yield Contradiction(
        rule="rates_from_marks",
        severity=_severity(record, stated, is_cut and stated.role.kind is not Kind.COUNT),
        places=(stated.place, *one.places),
        stated=stated.typed,
        recomputed=exactly(one.exact, stated),
        arithmetic=f"{one.arithmetic} = {exactly(one.exact, stated)}",
        tolerance=plus_minus(stated.half + one.slack),
        sentence=f"{about(record)}: {TITLES[stated.role]} — {stated.typed}, а по отметкам в той же строке "
        f"получается {exactly(one.exact, stated)}.",
    )


def _severity(record: Record, stated: Stated, is_cut: bool) -> Severity:
    if is_cut:
        return Severity.ROUNDING
    disputed = stated.role is Role.SOU and (record.count(Role.N2) or record.count(Role.NOT_ASSESSED))
    return Severity.SUSPICIOUS if disputed else Severity.FIRM
