"""A bare per cent that in other rows is one column of another, and in this row is not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from msoko.core.analysis.contradictions.contradiction import Contradiction, Severity
from msoko.core.analysis.contradictions.numbers import Match, match
from msoko.core.analysis.contradictions.parameters import Parameters
from msoko.core.analysis.contradictions.roles import Kind, Role
from msoko.core.analysis.contradictions.saying import about, as_percent, plus_minus, stated_percent
from msoko.core.analysis.contradictions.tables import Record, Stated, Statements
from msoko.core.vocabulary.russian import number, quote

MOST_ROWS = 200  # tell enough
MOST_COLUMNS = 12  # pairs of more columns would agree with something by chance


@dataclass(frozen=True)
class Relation:
    """per cent = 100 · Σ parts / whole; keys of columns."""

    percent: str
    parts: tuple[str, ...]
    whole: str

    def exact(self, record: Record) -> Fraction | None:
        cells = [record.cells.get(key) for key in (*self.parts, self.whole)]
        known = [cell.exact for cell in cells if cell is not None]
        if len(known) < len(cells) or not known[-1] or self.percent not in record.cells:
            return None
        return 100 * sum(known[:-1], Fraction()) / known[-1]


def contradictions(statements: Statements, parameters: Parameters) -> Iterator[Contradiction]:
    """Which columns the per cent is of is learnt from the rows that agree to the last digit: of four rows and more, all
    but a quarter, with at least so many different per cents as are asked of a common denominator. Off by a unit then
    is firm, by less rounding.
    """
    for _, records in statements.by_table:
        for percent in _bare_percents(records):
            relation = _relation(records, percent, parameters)
            if relation:
                yield from _of_relation(records, relation)


def _bare_percents(records: Sequence[Record]) -> list[str]:
    found = {key for record in records for key, stated in record.cells.items() if stated.role is Role.PERCENT}
    return sorted(found)


def _relation(records: Sequence[Record], percent: str, parameters: Parameters) -> Relation | None:
    with_percent = [record for record in records if percent in record.cells][:MOST_ROWS]
    counts = list(dict.fromkeys(key for record in with_percent for key, one in record.cells.items() if _is_count(one)))
    if len(counts) > MOST_COLUMNS:
        return None
    parts = [(key,) for key in counts] + [(a, b) for a in counts for b in counts if a < b]
    candidates = (Relation(percent, part, whole) for part in parts for whole in counts if whole not in part)
    return max(
        (one for one in candidates if _is_believed(with_percent, one, parameters)),
        key=lambda one: _agreeing(with_percent, one),
        default=None,
    )


def _is_count(stated: Stated) -> bool:
    return stated.role.kind is Kind.COUNT


def _matches(records: Sequence[Record], relation: Relation) -> list[tuple[Record, Match]]:
    known = [(record, exact) for record in records if (exact := relation.exact(record)) is not None]
    return [(record, match(record.cells[relation.percent].value, exact)) for record, exact in known]


def _agreeing(records: Sequence[Record], relation: Relation) -> int:
    return sum(one is Match.EXACT for _, one in _matches(records, relation))


def _is_believed(records: Sequence[Record], relation: Relation, parameters: Parameters) -> bool:
    matches = _matches(records, relation)
    agreeing = [record for record, one in matches if one is Match.EXACT]
    told_apart = {record.cells[relation.percent].value for record in agreeing} - {0, 100}
    return len(told_apart) >= parameters.common_rows and 4 * len(agreeing) >= 3 * len(matches)


def _of_relation(records: Sequence[Record], relation: Relation) -> Iterator[Contradiction]:
    for record, how in _matches(records, relation):
        if how is not Match.EXACT:
            yield _found(record, relation, how)


def _found(record: Record, relation: Relation, how: Match) -> Contradiction:
    percent, whole = record.cells[relation.percent], record.cells[relation.whole]
    parts = [record.cells[key] for key in relation.parts]
    exact = relation.exact(record) or Fraction()
    summed = number(int(sum(part.value for part in parts)))
    titles = " и ".join(quote(part.place.column) for part in parts)
    return Contradiction(
        rule="percent_of_columns",
        severity=Severity.FIRM if how is Match.OFF else Severity.ROUNDING,
        places=(percent.place, *(part.place for part in parts), whole.place),
        stated=stated_percent(percent),
        recomputed=as_percent(exact, percent),
        arithmetic=f"{summed} / {whole.typed} = {as_percent(exact, percent)}",
        tolerance=plus_minus(percent.half),
        sentence=(
            f"{about(record)}: столбец {quote(percent.place.column)} в других строках — доля {titles} от "
            f"{quote(whole.place.column)}; здесь {summed} из {whole.typed} — это {as_percent(exact, percent)}, "
            f"а указано {stated_percent(percent)}."
        ),
    )
