"""Tables inside sheets: found by their headers, wherever they begin, however often the header is repeated."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from msoko.core.collection.complaints import Place
from msoko.core.collection.grid import Sheet
from msoko.core.definitions.kinds import Source
from msoko.core.vocabulary.cells import text

MOST_PEOPLE = 10**9  # a larger count is a slip of the sheet, and its arithmetic would overflow
NUMBER = re.compile(r"[-\u2212]?\d+(?: \d{3})*(?:[.,]\d+)?")
MOST_TITLE_CELLS = 4  # a title row says little: a text, or a label and its value


@dataclass(frozen=True)
class Row:
    """One row of a sheet: its number as the spreadsheet shows it, its cells as texts."""

    number: int
    cells: list[str]

    def said(self, column: int | None) -> str:
        return self.cells[column] if column is not None and column < len(self.cells) else ""

    @property
    def is_blank(self) -> bool:
        return not any(self.cells)

    @property
    def filled(self) -> list[str]:
        return [cell for cell in self.cells if cell]


@dataclass
class Table:
    """A header row, the rows below it, and the lines of text above it (those of the table before, if it has none)."""

    sheet: str
    header: Row
    columns: dict[str, int]
    above: list[str]
    rows: list[Row] = field(default_factory=list)

    def said(self, row: Row, column: str) -> str:
        return row.said(self.columns.get(column))

    def place(self, row: Row, column: int | str | None = None, value: str | None = None) -> Place:
        """The place of a cell; `column` is a field of the source or a number of a column from 0."""
        index = self.columns.get(column) if isinstance(column, str) else column
        shown = row.said(index) if value is None else value  # '' where the table has no such column
        return Place(self.sheet, row.number, self.header.said(index), shown)


@lru_cache(maxsize=2**16)  # every row is compared with the header, and cells repeat
def plain(header: str) -> str:
    """A header as it is compared: lower case, ё as е, single blanks, plain quotation marks, no sign at its end."""
    said = header.lower().replace("ё", "е")
    said = re.sub(r"[«»“”„]", '"', said)
    return " ".join(said.split()).rstrip(" .:;*")


def names(header: str, wanted: str) -> bool:
    """Whether the header is the wanted one; a wanted header ending in «…» needs only its beginning to be there."""
    said, asked = plain(header), plain(wanted)
    return said.startswith(asked[:-1].rstrip()) if asked.endswith("…") else said == asked


def column_of(cells: list[str], wanted: tuple[str, ...]) -> int | None:
    """The first column whose header is one of the wanted ones, the likeliest wanted first."""
    return next((i for name in wanted for i, cell in enumerate(cells) if cell and names(cell, name)), None)


def columns_of(cells: list[str], source: Source) -> dict[str, int]:
    """field → number of its column from 0, of those fields that the header has."""
    found = {key: column_of(cells, wanted) for key, wanted in source.columns.items()}
    return {key: column for key, column in found.items() if column is not None}


def rows_of(sheet: Sheet) -> Iterator[Row]:
    for number, cells in enumerate(sheet.rows, 1):
        yield Row(number, [text(cell) for cell in cells])


def is_header(row: Row, source: Source) -> bool:
    filled = row.filled
    return all(any(names(cell, wanted) for cell in filled) for wanted in source.recognised_by)


def tables_of(sheet: Sheet, source: Source, begins: Callable[[list[str]], bool]) -> list[Table]:
    """All tables of the source in the sheet, in order.

    `begins(lines)` tells whether the lines above a further header are the title of a new table; if they are not,
    they are rows of the table before and the header is a repeated one (a page break).
    """
    tables: list[Table] = []
    for row in rows_of(sheet):
        if is_header(row, source):
            tables.append(_table_below(row, sheet.name, source, tables, begins))
        elif tables:
            tables[-1].rows.append(row)
    if tables:
        tables[0].above[:0] = _lines(r for r in rows_of(sheet) if r.number < tables[0].header.number)
    return [Table(t.sheet, t.header, t.columns, t.above, [r for r in t.rows if not r.is_blank]) for t in tables]


def _table_below(
    header: Row, sheet: str, source: Source, before: list[Table], begins: Callable[[list[str]], bool]
) -> Table:
    above: list[str] = []
    if before:
        titles = _title_rows_at_the_end(before[-1].rows)
        above = _lines(titles)
        if titles and begins(above):
            del before[-1].rows[-len(titles) :]
        else:
            above = before[-1].above
    return Table(sheet, header, columns_of(header.cells, source), above)


def _title_rows_at_the_end(rows: list[Row]) -> list[Row]:
    first = len(rows)
    while first and len(rows[first - 1].filled) <= MOST_TITLE_CELLS and not _is_data(rows[first - 1]):
        first -= 1
    return rows[first:]


def _is_data(row: Row) -> bool:
    """A number beside a text is a row of the table, unless the text announces it («Максимальный балл: 20»)."""
    filled = row.filled
    return len(filled) > 1 and not filled[0].endswith(":") and any(number_of(cell) is not None for cell in filled[1:])


def _lines(rows: Iterator[Row] | list[Row]) -> list[str]:
    return [" ".join(row.filled) for row in rows if not row.is_blank]


def number_of(said: str) -> float | None:
    """«12,5», «12.5 %», «1 234» → the number; None for anything else."""
    bare = said.removesuffix("%").strip()
    if not NUMBER.fullmatch(bare):
        return None
    return float(bare.replace(" ", "").replace(",", ".").replace("\u2212", "-"))


def count_of(said: str) -> int | None:
    """A whole number of people («1 234», «56.0»), None for anything else."""
    value = number_of(said) if not said.endswith("%") else None
    return int(value) if value is not None and 0 <= value < MOST_PEOPLE and value.is_integer() else None


def decimals_of(said: str) -> int:
    """How many digits stand after the decimal sign."""
    return len(re.split("[.,]", said.removesuffix("%").strip())[1]) if re.search("[.,]", said) else 0
