"""What every container is turned into before it is understood: lines of cells in the order of the document."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """A paragraph (one cell) or a row of a table (several cells).

    `number` counts from 1 in the order of the document. `table` says which table of the document the row stands in;
    None is prose, or a text file that does not tell. `columns` are the grid columns at which the cells begin, () when
    unknown: a cell merged over is absent, the continuation of a vertically merged one is an empty cell. Line breaks
    inside a cell are "\\n". `heading` is the level of a heading of DOCX, 0 for none; `repeats_header` marks a row that
    the document itself calls a header to be repeated on every page. `merged_above` are the places in `cells` of those
    empty cells that continue the cell above (merged downwards): their value is that of the cell above.
    `is_aligned`: nothing in the document parts the cells, they were told by how their words stand on the page.
    """

    number: int
    cells: tuple[str, ...]
    table: int | None = None
    columns: tuple[int, ...] = ()
    page: int | None = None
    heading: int = 0
    repeats_header: bool = False
    merged_above: tuple[int, ...] = ()
    is_aligned: bool = False
