"""The per cent or mean in a row «Итого» is not that of all participants of the rows it sums up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from msoko.core.analysis.contradictions.contradiction import Contradiction, Severity
from msoko.core.analysis.contradictions.derived import took_part
from msoko.core.analysis.contradictions.parameters import Parameters
from msoko.core.analysis.contradictions.roles import COUNT_OF, Role
from msoko.core.analysis.contradictions.rounding import slack_of
from msoko.core.analysis.contradictions.saying import exactly, plus_minus
from msoko.core.analysis.contradictions.tables import Record, Row, Stated, Statements
from msoko.core.analysis.contradictions.wholes import Whole, wholes_of
from msoko.core.vocabulary.russian import capitalised, quote

OF_PARTICIPANTS = (*COUNT_OF, Role.SOU, Role.MEAN, Role.MEAN_MARK)


@dataclass(frozen=True)
class Part:
    stated: Stated
    n: int | None
    slack: Fraction


def contradictions(statements: Statements, parameters: Parameters) -> Iterator[Contradiction]:
    """Outside what the parts have is firm. Inside it, the mean weighted by participants is compared where the parts
    are all there: another number is suspicious, and it is said where it is the plain mean of the rows.
    """
    for table, records in statements.by_table:
        by_row: dict[int, list[Record]] = {}
        for record in records:
            by_row.setdefault(id(record.row), []).append(record)
        for whole in wholes_of(table):
            if whole.are_separate:
                for record in by_row.get(id(whole.row), []):
                    yield from _of_record(whole, record, by_row)


def _of_record(whole: Whole, record: Record, by_row: dict[int, list[Record]]) -> Iterator[Contradiction]:
    for role in OF_PARTICIPANTS:
        stated = record.said.get(role)
        if stated is None:
            continue
        readings = [parts for rows in whole.readings if len(parts := _parts(rows, stated, by_row)) > 1]
        if readings:
            found = [_compared(whole, stated, slack_of(record, stated), parts) for parts in readings]
            if all(found):
                yield next(one for one in found if one)


def _parts(rows: Sequence[Row], whole: Stated, by_row: dict[int, list[Record]]) -> list[Part]:
    """The same column's numbers in the rows of the parts."""
    found = []
    for row in rows:
        for record in by_row.get(id(row), []):
            stated = record.said.get(whole.role)
            if stated and stated.place.column == whole.place.column:
                n = took_part(record)
                found.append(Part(stated, n.value if n else None, slack_of(record, stated)))
    return found


def _compared(whole: Whole, stated: Stated, own: Fraction, parts: Sequence[Part]) -> Contradiction | None:
    slack = own + max(part.slack for part in parts)
    values = [part.stated.exact for part in parts]
    if whole.is_complete and not min(values) - 2 * slack <= stated.exact <= max(values) + 2 * slack:
        bounds = f"от {exactly(min(values), stated)} до {exactly(max(values), stated)}"
        told = f"у всех строк {bounds}: среднее не может быть за этими границами"
        return _found(whole, stated, parts, Severity.FIRM, bounds, told, slack)
    weighted = _weighted(parts)
    if weighted is None or abs(weighted - stated.exact) <= slack or not whole.is_complete:
        return None
    plain = sum(values, Fraction()) / len(values)
    severity = Severity.ROUNDING if abs(weighted - stated.exact) < 2 * slack else Severity.SUSPICIOUS
    told = f"по всем участникам строк получается {exactly(weighted, stated)}"
    if severity is Severity.SUSPICIOUS and abs(plain - stated.exact) <= slack:
        told += "; указанное число — среднее по строкам без учёта числа участников"
    return _found(whole, stated, parts, severity, exactly(weighted, stated), told, slack)


def _weighted(parts: Sequence[Part]) -> Fraction | None:
    """The mean over participants; None where of some part their number is not known."""
    known = [(part.n, part.stated.exact) for part in parts if part.n]
    if len(known) < len(parts):
        return None
    return sum((n * value for n, value in known), Fraction()) / sum(n for n, _ in known)


def _found(
    whole: Whole, stated: Stated, parts: Sequence[Part], severity: Severity, recomputed: str, told: str, slack: Fraction
) -> Contradiction:
    return Contradiction(
        rule="total_rate",
        severity=severity,
        places=(stated.place, *(part.stated.place for part in parts)),
        stated=stated.typed,
        recomputed=recomputed,
        arithmetic="Σ n·x / Σ n" if severity is not Severity.FIRM else "наименьшее ≤ среднее ≤ наибольшее",
        tolerance=plus_minus(slack),
        sentence=f"{capitalised(whole.row.label)}, столбец {quote(stated.place.column)}: указано {stated.typed}, "
        f"а {told}.",
    )
