"""Rows of tables and the prose between them, cleaned, without what separates but says nothing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from msoko.core.roadmap.reading.cleaning import clean, is_only_signs, says_the_same
from msoko.core.roadmap.reading.lines import Line
from msoko.core.roadmap.reading.physical import Whole
from msoko.core.roadmap.reading.sentences import number_of


@dataclass
class Row:
    """A row of a table. `starts` are grid columns ([] unknown), `merged` places of cells that say what those above say,
    merged with them or «-//-».

    `after_gap`: a page or an empty line lies before it, or nobody knows, so that a row may have been broken there.
    """

    cells: list[str]
    lines: list[int]
    page: int | None = None
    table: int | None = None
    starts: list[int] = field(default_factory=list)
    merged: frozenset[int] = frozenset()
    after_gap: bool = False
    is_header: bool = False
    is_aligned: bool = False

    @property
    def filled(self) -> list[int]:
        return [place for place, cell in enumerate(self.cells) if cell]

    @property
    def words(self) -> str:
        return " | ".join(cell.replace("\n", " ") for cell in self.cells if cell)


@dataclass(frozen=True)
class Prose:
    """A paragraph between tables."""

    text: str
    line: int
    page: int | None = None
    heading: int = 0
    after_gap: bool = False


def items_of(lines: Iterable[Whole]) -> Iterator[Row | Prose]:
    """Rows and paragraphs in the order of the document; empty ones and lines of signs («---|---») are left out."""
    before: Whole | None = None
    for whole in lines:
        item = _item(*whole, after_gap=before is not None and _gap(before, whole))
        if item is not None:  # a line of signs parts nothing, but it does not hide the gap before it either
            before = whole
            yield item


def _gap(above: Whole, below: Whole) -> bool:
    before, line = above[0], below[0]
    if None not in (before.page, line.page):
        return before.page != line.page
    return line.table is not None or before.table is not None or line.number - above[1][-1] > 1


def _item(line: Line, numbers: tuple[int, ...], after_gap: bool) -> Row | Prose | None:
    cells = [clean(cell) for cell in line.cells]
    same = [place for place, cell in enumerate(cells) if says_the_same(cell)] if len(cells) > 2 else []
    if all(is_only_signs(cell) for cell in cells):
        return None
    if line.table is None and _is_prose(cells):
        text = " ".join(cell for cell in cells if cell)
        return Prose(text, line.number, line.page, line.heading, after_gap)
    starts = list(line.columns) if len(line.columns) == len(cells) else []
    return Row(
        ["" if is_only_signs(cell) or place in same else cell for place, cell in enumerate(cells)],
        list(numbers),
        line.page,
        line.table,
        starts,
        frozenset((*line.merged_above, *same)),
        after_gap,
        line.repeats_header,
        line.is_aligned,
    )


def _is_prose(cells: Sequence[str]) -> bool:
    """One cell, or an indent made by a tabulator."""
    return len(cells) == 1 or (len(cells) == 2 and not cells[0])


def counts_columns(row: Row) -> bool:
    """«1 | 2 | 3 | 4»: the row that numbers the columns."""
    said = [row.cells[place] for place in row.filled]
    return len(said) > 2 and [number_of(cell) for cell in said] == [str(place) for place in range(1, len(said) + 1)]
