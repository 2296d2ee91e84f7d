"""The same number in two tables."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from msoko.core.analysis.contradictions.contradiction import Contradiction, Place, Severity
from msoko.core.analysis.contradictions.derived import stated_count, sum_of_marks, sum_of_outcomes
from msoko.core.analysis.contradictions.parameters import Parameters
from msoko.core.analysis.contradictions.roles import Kind, Role
from msoko.core.analysis.contradictions.rounding import slack_of
from msoko.core.analysis.contradictions.saying import about, plus_minus
from msoko.core.analysis.contradictions.tables import Context, Record, Stated, Statements
from msoko.core.vocabulary.russian import number, quote


@dataclass(frozen=True)
class Said:
    """One number about a context as one table has it. `slack`: what its rounding may hide."""

    record: Record
    exact: Fraction
    slack: Fraction
    shown: str
    places: tuple[Place, ...]
    arithmetic: str
    is_of_journal: bool = False


def contradictions(statements: Statements, parameters: Parameters) -> Iterator[Contradiction]:
    """Firm within one document; between documents, which may be of different days, suspicious.

    More may have chosen a subject than sat it, and only those with a mark in the journal are compared with it: those
    differences in that direction are left alone or are but suspicious.
    """
    for context, records in statements.by_context.items():
        if len({id(record.table) for record in records}) < 2 or not _is_definite(context):
            continue
        for role, said in _by_role(records).items():
            for one, other in combinations(_one_a_table(said), 2):
                yield from _compared(role, one, other)


def _one_a_table(said: Sequence[Said]) -> list[Said]:
    """A table that says several things of one context is compared with none: another rule tells of its rows."""
    tables = Counter(id(one.record.table) for one in said)
    return [one for one in said if tables[id(one.record.table)] == 1]


def _is_definite(context: Context) -> bool:
    """Numbers about an unnamed subject or year would be compared with numbers about another one."""
    return context.year is not None and (bool(context.subject) or context.grade is not None)


def _by_role(records: Sequence[Record]) -> dict[Role, list[Said]]:
    found: dict[Role, list[Said]] = defaultdict(list)
    for record in records:
        if record.row.is_total:
            continue
        participants = _participants(record)
        if participants:
            found[Role.PARTICIPANTS].append(participants)
        for role, stated in record.said.items():
            if role is not Role.PARTICIPANTS:
                found[role].append(_as_stated(record, stated))
        if Role.P2 in record.said and Role.FAIL_PERCENT not in record.said:
            found[Role.FAIL_PERCENT].append(_as_stated(record, record.said[Role.P2]))
    return found


def _as_stated(record: Record, stated: Stated) -> Said:
    return Said(record, stated.exact, slack_of(record, stated), stated.typed, (stated.place,), stated.typed)


def _participants(record: Record) -> Said | None:
    for derived, of_journal in (
        (stated_count(record, Role.PARTICIPANTS), Role.CONFIRMED in record.said),
        (sum_of_marks(record), False),
        (sum_of_outcomes(record), True),
    ):
        if derived:
            n = Fraction(derived.value)
            return Said(record, n, Fraction(), number(derived.value), derived.places, derived.arithmetic, of_journal)
    return None


def _compared(role: Role, one: Said, other: Said) -> Iterator[Contradiction]:
    difference, slack = abs(one.exact - other.exact), one.slack + other.slack
    if difference <= slack:
        return
    severity = Severity.ROUNDING if difference < 2 * slack else _severity(role, one, other)
    if severity:
        yield _found(role, one, other, severity, slack)


def _severity(role: Role, one: Said, other: Said) -> Severity | None:
    fewer, more = sorted((one, other), key=lambda said: said.exact)
    if role is Role.PARTICIPANTS and fewer.is_of_journal and not more.is_of_journal:
        return None
    if role is Role.PARTICIPANTS and more.record.table.is_choice and not fewer.record.table.is_choice:
        return Severity.SUSPICIOUS
    same_document = one.record.table.document == other.record.table.document
    return Severity.FIRM if same_document else Severity.SUSPICIOUS


def _found(role: Role, one: Said, other: Said, severity: Severity, slack: Fraction) -> Contradiction:
    tables = [_where(said, other_said) for said, other_said in ((one, other), (other, one))]
    return Contradiction(
        rule="two_tables",
        severity=severity,
        places=(*one.places, *other.places),
        stated=one.shown,
        recomputed=other.shown,
        arithmetic=f"{one.arithmetic} ≠ {other.arithmetic}",
        tolerance=plus_minus(slack) if slack else "0",
        sentence=f"{about(one.record)}: {_named(role)} в {tables[0]} — {one.arithmetic}, "
        f"а в {tables[1]} — {other.arithmetic}.",
    )


def _where(said: Said, other: Said) -> str:
    table = said.record.table
    where = f"таблице {quote(table.title)}"
    return where if table.document == other.record.table.document else f"{where} ({table.document})"


def _named(role: Role) -> str:
    return f"доля {role.words}" if role.kind is Kind.PERCENT and role is not Role.SOU else role.words
