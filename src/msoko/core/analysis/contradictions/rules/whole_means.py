"""Means rounded to whole numbers: a change of one point may be a change of a hundredth."""

from collections.abc import Iterator

from msoko.core.analysis.contradictions.contradiction import Contradiction, Severity
from msoko.core.analysis.contradictions.numbers import is_whole
from msoko.core.analysis.contradictions.parameters import Parameters
from msoko.core.analysis.contradictions.roles import Kind
from msoko.core.analysis.contradictions.saying import places_of
from msoko.core.analysis.contradictions.tables import Stated, StatedTable, Statements
from msoko.core.vocabulary.russian import join_with_and, number, quote


def contradictions(statements: Statements, parameters: Parameters) -> Iterator[Contradiction]:
    """Suspicious where nearly all means of a column are whole. Columns of one table are told together."""
    for table, records in statements.by_table:
        columns: dict[str, list[Stated]] = {}
        for record in records:
            for key, stated in record.cells.items():
                if stated.role.kind is Kind.MEAN:
                    columns.setdefault(key, []).append(stated)
        found = [means for means in columns.values() if _are_whole(means, parameters)]
        if found:
            yield _found(table, found)


def _are_whole(means: list[Stated], parameters: Parameters) -> bool:
    whole = sum(is_whole(stated.value) for stated in means)
    return whole >= parameters.whole_rows and whole >= parameters.whole_share * len(means)


def _found(table: StatedTable, columns: list[list[Stated]]) -> Contradiction:
    whole = [stated for means in columns for stated in means if is_whole(stated.value)]
    exact = [stated for means in columns for stated in means if not is_whole(stated.value)]
    titles = join_with_and([quote(means[0].place.column) for means in columns])
    of = sum(map(len, columns))
    but = f" (точнее — {', '.join(stated.typed for stated in exact)})" if exact else ""
    return Contradiction(
        rule="whole_means",
        severity=Severity.SUSPICIOUS,
        places=places_of([*whole, *exact]),
        stated=f"{number(len(whole))} целых из {number(of)}",
        recomputed="средние с дробной частью",
        arithmetic=f"{number(len(whole))} из {number(of)} средних — целые",
        tolerance="±0,5",
        sentence=(
            f"Таблица {quote(table.title)}, {titles}: {number(len(whole))} из {number(of)} средних — целые числа{but}. "
            f"Они округлены, и изменение на единицу может быть изменением на сотые: приведите хотя бы один знак "
            "после запятой."
        ),
    )
