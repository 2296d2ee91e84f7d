"""Years that were copied: a number that does not change, or a whole year that repeats the one before."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import pi, sqrt

from msoko.core.analysis.contradictions.contradiction import Contradiction, Severity
from msoko.core.analysis.contradictions.headings import read_heading
from msoko.core.analysis.contradictions.parameters import Parameters
from msoko.core.analysis.contradictions.roles import Kind, Role
from msoko.core.analysis.contradictions.saying import places_of
from msoko.core.analysis.contradictions.series import Point, Series, series_of
from msoko.core.analysis.contradictions.tables import StatedTable, Statements
from msoko.core.vocabulary.russian import capitalised, counted, join_with_and, quote


def contradictions(statements: Statements, parameters: Parameters) -> Iterator[Contradiction]:
    """Suspicious: a forecast that nobody renewed, or a column that was copied. Small numbers and shares of 0 and 100 %
    repeat by themselves and say nothing.
    """
    by_table: dict[int, list[Series]] = defaultdict(list)
    for series in series_of(statements):
        by_table[id(series.table)].append(series)
    for table in statements.tables:
        found = by_table[id(table)]
        told = list(_unchanged(found, parameters))
        yield from told
        if not told:
            yield from _repeated_years(table, found, parameters)


def _unchanged(found: Sequence[Series], parameters: Parameters) -> Iterator[Contradiction]:
    """Quantities that stay the same over the same years are told together."""
    runs: dict[tuple[int, ...], list[tuple[Series, Sequence[Point]]]] = defaultdict(list)
    for series in found:
        for run in series.runs():
            if len(run) >= parameters.same_years and _changes_by_nature(run[0], parameters):
                runs[tuple(point.year for point in run)].append((series, run))
    for years, alike in runs.items():
        if not _is_odd(years, alike, found, parameters):
            continue
        names = join_with_and([f"{_name(series)} {run[0].stated.typed}" for series, run in alike])
        yield _found(
            [point for _, run in alike for point in run],
            f"{capitalised(names)} — одно и то же {counted(len(years), 'год', 'года', 'лет')} подряд "
            f"({years[0]}–{years[-1]}): похоже, числа перенесены, а не посчитаны заново.",
        )


def _is_odd(
    years: tuple[int, ...],
    alike: Sequence[tuple[Series, Sequence[Point]]],
    found: Sequence[Series],
    parameters: Parameters,
) -> bool:
    """Half of the quantities of these years stayed the same, or so many are too many for chance.

    A count of about n is the same next year with chance 1 / (2√(πn)), that of two equal Poisson counts. Where there are
    hundreds of quantities, as in forms of schools, some stay the same by themselves.
    """
    comparable = [series for series in found if _has_all(series, years)]
    if 2 * len(alike) >= len(comparable):
        return True
    chance = max(_chance(run[0].stated.exact, len(years)) for _, run in alike)
    return len(comparable) * chance <= parameters.same_chance


def _has_all(series: Series, years: Sequence[int]) -> bool:
    return set(years) <= {point.year for point in series.points}


def _chance(n: Fraction, years: int) -> float:
    return float((1 / (2 * sqrt(pi * max(float(n), 1)))) ** (years - 1))


def _changes_by_nature(point: Point, parameters: Parameters) -> bool:
    stated = point.stated
    if stated.role.kind is Kind.COUNT:
        return stated.value >= parameters.least_changing
    return not _is_an_end(point) and stated.unit < 1


def _is_an_end(point: Point) -> bool:
    return point.stated.value in (0, 100)


def _repeated_years(table: StatedTable, found: Sequence[Series], parameters: Parameters) -> Iterator[Contradiction]:
    pairs: dict[tuple[int, int], list[tuple[Point, Point]]] = defaultdict(list)
    for series in found:
        for before, after in series.pairs():
            pairs[before.year, after.year].append((before, after))
    for (first, second), both in pairs.items():
        telling = [pair for pair in both if _changes_by_nature(pair[0], parameters)]
        same = all(before.stated.value == after.stated.value for before, after in both)
        if same and len(telling) >= parameters.same_series:
            yield _found(
                [point for pair in telling for point in pair],
                f"Таблица {quote(table.title)}: все числа {second} года те же, что в {first} году "
                f"(строк: {len(both)}). Похоже, столбец перенесён.",
            )


def _name(series: Series) -> str:
    """The row, and its column unless that is but a year or rows are measures themselves."""
    column = series.points[0].stated.place.column
    is_told = series.table.rows_are is Role.MEASURE or read_heading(column).role is None
    return series.label if is_told else f"{series.label} ({column})"


def _found(points: Sequence[Point], sentence: str) -> Contradiction:
    first, second = points[0].stated, points[1].stated
    values = ", ".join(dict.fromkeys(point.stated.typed for point in points))
    return Contradiction(
        rule="same_years",
        severity=Severity.SUSPICIOUS,
        places=places_of(point.stated for point in points),
        stated=first.typed,
        recomputed=second.typed,
        arithmetic=f"{values} без изменений",
        tolerance="0",
        sentence=sentence,
    )
