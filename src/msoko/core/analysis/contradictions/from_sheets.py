"""Tables in sheets that no official form describes: the district's own, as it typed them.

A table begins with its header: the rows above the first row of data. Text alone in a row is the title of the table
below it, or, inside a table, a heading of the rows below it («5 класс»). A header of several rows is read downwards,
a merged cell as standing over all cells to its right.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from msoko.core.analysis.contradictions.building import build
from msoko.core.analysis.contradictions.grid import PAIR, Grid
from msoko.core.analysis.contradictions.headings import read_heading
from msoko.core.analysis.contradictions.numbers import typed
from msoko.core.analysis.contradictions.roles import Kind
from msoko.core.analysis.contradictions.tables import StatedTable
from msoko.core.definitions.loading import Definitions
from msoko.core.vocabulary.cells import text

Cells = Sequence[object]
RULER = frozenset("-–—=_ ")
LONGEST_TITLE = 200  # a longer line is prose that happens to stand above the table
LONGEST_SENTENCE = 80  # so is a shorter one, if it ends as a sentence
LONGEST_CELL = 300  # a row with a longer cell is a table of words
MOST_HEADER_ROWS = 3


@dataclass
class _Block:
    """A table while it is being read: title above, header rows, rows of data."""

    title: str = ""
    beside: str = ""
    header: list[list[str]] = field(default_factory=list)
    rows: list[tuple[int, Cells]] = field(default_factory=list)


def tables_of_sheet(
    rows: Iterable[Cells], definitions: Definitions, document: str = "", sheet: str = "", scope: str = ""
) -> list[StatedTable]:
    """Every table of the sheet that holds numbers, in order."""
    blocks = [block for block in _blocks(list(rows)) if block.rows]
    grids = [_grid(number, block, document, sheet, scope or document) for number, block in enumerate(blocks, 1)]
    return [table for grid in grids if (table := build(grid, definitions)) is not None]


def tables_of_text(said: str, definitions: Definitions, document: str = "", scope: str = "") -> list[StatedTable]:
    """Tables of a plain text whose cells are parted by tabs; lines without tabs are text between tables."""
    rows = [line.split("\t") for line in said.splitlines()]
    return tables_of_sheet(rows, definitions, document, "", scope)


def _blocks(rows: Sequence[Cells]) -> Iterator[_Block]:
    block = _Block()
    for index, cells in enumerate(rows):
        filled = [said for cell in cells if (said := text(cell)) and not set(said) <= RULER]
        if not filled:
            continue
        if len(filled) == 1 and typed(filled[0]) is None:
            if block.header and _continues(rows, index, block):
                block.rows.append((index + 1, cells))
            else:
                yield block
                block = _Block(beside=filled[0]) if _is_prose(filled[0]) else _Block(filled[0])
        elif max(map(len, filled)) > LONGEST_CELL:
            yield block
            block = _Block()
        elif _is_header(cells, filled, block):
            if block.rows:
                yield block
                block = _Block()
            block.header = [*block.header, [text(cell) for cell in cells]][-MOST_HEADER_ROWS:]
        elif block.header:
            block.rows.append((index + 1, cells))
    yield block


def _is_prose(said: str) -> bool:
    return len(said) > LONGEST_TITLE or (len(said) > LONGEST_SENTENCE and said.endswith((".", ";", ":")))


def _continues(rows: Sequence[Cells], index: int, block: _Block) -> bool:
    """A lone text inside a table, if rows as wide as the table's follow and no header."""
    for cells in rows[index + 1 :]:
        filled = [said for cell in cells if (said := text(cell))]
        if not filled:
            continue
        return len(filled) > 1 and not _is_header(cells, filled, block)
    return False


def _is_header(cells: Cells, filled: Sequence[str], block: _Block) -> bool:
    """Words over the columns: no numbers but years and marks beside a known label, or beside nothing; or no numbers."""
    first = text(cells[0]) if cells else ""
    beside = filled[1:] if first else filled
    if _is_label(first):
        return all(_is_over_a_column(said) for said in beside)
    if block.rows:
        return False
    numbers = [said for said in filled if typed(said) is not None or PAIR.fullmatch(said)]
    return not numbers or (not first and all(_is_over_a_column(said) for said in filled))


def _is_over_a_column(said: str) -> bool:
    heading = read_heading(said)
    return typed(said) is None or heading.year is not None or heading.role is not None


def _grid(number: int, block: _Block, document: str, sheet: str, scope: str) -> Grid:
    return Grid(
        title=block.title or f"без названия, № {number}",
        headers=_headers(block.header),
        rows=block.rows,
        document=document,
        scope=scope,
        sheet=sheet,
        beside=block.beside,
    )


def _headers(rows: Sequence[Sequence[str]]) -> list[str]:
    width = max(map(len, rows))
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    filled = [_over_all(row, padded[position + 1 :]) for position, row in enumerate(padded)]
    named = [" ".join(dict.fromkeys(filter(None, (row[column] for row in filled)))) for column in range(width)]
    return _unlike(named)


def _over_all(row: Sequence[str], below: Sequence[Sequence[str]]) -> list[str]:
    """A merged cell stands over the cells to its right that have something of their own below."""
    found = list(row)
    for column in range(1, len(row)):
        has_below = any(line[column] for line in below)
        if not found[column] and has_below and found[column - 1] and not _is_label(found[column - 1]):
            found[column] = found[column - 1]
    return found


def _is_label(said: str) -> bool:
    role = read_heading(said).role
    return role is not None and role.kind is Kind.LABEL


def _unlike(headers: Sequence[str]) -> list[str]:
    """Columns are known by their headers: a repeated one gets its number."""
    return [
        header if headers.index(header) == column else f"{header} ({column + 1})"
        for column, header in enumerate(headers)
    ]
