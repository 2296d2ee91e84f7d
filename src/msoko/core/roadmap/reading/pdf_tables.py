"""Tables of pages → whole tables: cells by rows, and the columns of the grid that all pages share."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from msoko.core.roadmap.reading.pdf_page import SAME_SIDE, Cell, PageTable
from msoko.core.roadmap.reading.pdf_ruling import Grid

SAME_COLUMN = 6.0  # points by which lines between columns differ from page to page
LINES_OF_TWO_COLUMNS = 3  # a passport has two columns; above a roadmap of the same width it is a table of its own
ROWS_OF_HEADER = 3  # at the head of a page, before what goes on from the page above

WholeTable = list[PageTable]


@dataclass(frozen=True)
class Row:
    """`cells` are (column, cell); None is a cell that goes on from the row above."""

    page: int
    cells: tuple[tuple[int, Cell | None], ...]


def goes_on(table: PageTable, other: PageTable) -> bool:
    """Whether the columns of the other table, below or on a later page, are those of the table.

    Margins may be mirrored; on one of the pages columns may be missing, where all its rows are merged across.
    """
    narrow, wide = sorted((_columns_from_left(table.grid), _columns_from_left(other.grid)), key=len)
    if abs(wide[-1] - narrow[-1]) > SAME_SIDE or (len(narrow) != len(wide) and len(narrow) == LINES_OF_TWO_COLUMNS):
        return False
    return all(min(abs(place - another) for another in wide) < SAME_COLUMN for place in narrow)


def _columns_from_left(grid: Grid) -> list[float]:
    return [place - grid.xs[0] for place in grid.xs]


def rows_of(table: WholeTable) -> Iterator[Row]:
    """The rows of all pages in their order."""
    places = _places([place for piece in table for place in _columns_from_left(piece.grid)[:-1]])
    for piece in table:
        columns = [_nearest(places, place) for place in _columns_from_left(piece.grid)]
        for row in range(len(piece.grid.ys) - 1):
            cells = [cell for cell in piece.cells if cell.room.top <= row < cell.room.bottom]
            in_order = sorted(cells, key=lambda cell: cell.room.left)
            yield Row(piece.page, tuple((columns[cell.room.left], _own(cell, row, piece, table)) for cell in in_order))


def _own(cell: Cell, row: int, piece: PageTable, table: WholeTable) -> Cell | None:
    """The cell where it begins; None in rows it goes on over, on the next page too: there it is high and empty."""
    is_high = cell.room.bottom - cell.room.top > 1
    comes_over = piece is not table[0] and is_high and not cell.lines and cell.room.top < ROWS_OF_HEADER
    return cell if cell.room.top == row and not comes_over else None


def _places(values: Sequence[float]) -> list[float]:
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] >= SAME_COLUMN:
            places.append(value)
    return places


def _nearest(places: Sequence[float], place: float) -> int:
    return min(range(len(places)), key=lambda column: abs(places[column] - place))
