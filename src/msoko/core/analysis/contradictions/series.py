"""The same number over the years."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from msoko.core.analysis.contradictions.roles import Role
from msoko.core.analysis.contradictions.tables import Context, Record, Stated, StatedTable, Statements


@dataclass(frozen=True)
class Point:
    year: int
    stated: Stated
    record: Record


@dataclass(frozen=True)
class Series:
    """`points` by year, of one quantity in one table; a year stated twice is not here at all."""

    table: StatedTable
    label: str
    role: Role
    points: tuple[Point, ...]

    def runs(self) -> Iterator[Sequence[Point]]:
        """The longest stretches of consecutive years with one value."""
        run: list[Point] = []
        for point in self.points:
            if run and (point.year != run[-1].year + 1 or point.stated.value != run[-1].stated.value):
                yield run
                run = []
            run.append(point)
        if run:
            yield run

    def pairs(self) -> Iterator[tuple[Point, Point]]:
        """Each year with the next."""
        for before, after in zip(self.points, self.points[1:], strict=False):
            if after.year == before.year + 1:
                yield before, after


def series_of(statements: Statements) -> list[Series]:
    """All quantities that a table states of at least two years."""
    found: dict[tuple[int, Context, str, Role, str], list[Point]] = defaultdict(list)
    for record in statements.records:
        year = record.context.year
        for key, stated in record.cells.items() if year is not None else ():
            about = _without_year(record.context)
            quantity = (id(record.table), about, record.row.measure, stated.role, stated.measure or _header(key, year))
            found[quantity].append(Point(year, stated, record))  # type: ignore[arg-type]
    return [series for points in found.values() if (series := _series(points))]


def _header(key: str, year: int | None) -> str:
    """The header of a column without its place and year."""
    return key.partition(":")[2].replace(str(year), "")


def _without_year(context: Context) -> Context:
    return Context(context.scope, context.entity, context.procedure, context.grade, context.subject, None)


def _series(points: list[Point]) -> Series | None:
    ordered = tuple(sorted(points, key=lambda point: point.year))
    if len(ordered) < 2 or len({point.year for point in ordered}) < len(ordered):
        return None
    first = ordered[0]
    return Series(first.record.table, first.record.row.label, first.stated.role, ordered)
