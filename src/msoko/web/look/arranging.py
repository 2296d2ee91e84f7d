"""Tables arranged by the address: order of rows, chosen columns, pages. Pure: a query in, a table out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.http import QueryDict

from msoko.core.vocabulary.shares import Share
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.tables import Cell, Column, Row, Table

Line = TypeVar("Line")
ROWS_ON_A_PAGE = 100
"""Up to here a person scrolls and searches in the browser; a longer table is cut into pages."""


@dataclass(frozen=True)
class Arrangement:
    """What an address asks of a table. `name` sets the parameters of several tables on a page apart."""

    sort: str = ""
    descending: bool = False
    columns: frozenset[str] = frozenset()
    page: str = "1"
    name: str = ""

    def parameter(self, word: str) -> str:
        """«sort» of the table «schools» is «schools-sort»."""
        return f"{self.name}-{word}" if self.name else word

    def shows(self, column: Column, first: bool) -> bool:
        """The first column names the row, so it always stays; an empty choice means all."""
        return first or not self.columns or column.key in self.columns


def asked(query: QueryDict, name: str = "") -> Arrangement:
    """Reads ?sort=-mean&columns=mean&columns=pass&page=2 (or name-sort, name-columns, name-page)."""
    blank = Arrangement(name=name)
    sort = query.get(blank.parameter("sort"), "")
    columns = frozenset(query.getlist(blank.parameter("columns")))
    page = query.get(blank.parameter("page"), "1")
    return Arrangement(sort.removeprefix("-"), sort.startswith("-"), columns, page, name)


def arranged(table: Table, wish: Arrangement) -> Table:
    """The table in the wished order with the wished columns: what a page shows and an export holds."""
    columns = [c for i, c in enumerate(table.columns) if wish.shows(c, first=i == 0)]
    rows = in_order(table.lines, wish) if wish.sort in {c.key for c in table.columns} else table.lines
    if len(columns) < len(table.columns):
        rows = [Row({c.key: row.cells[c.key] for c in columns}, row.tone) for row in rows]
    return Table(table.title, columns, rows, table.caption, table.note)


def in_order(rows: Sequence[Row], wish: Arrangement) -> list[Row]:
    """Sorted by one column; unknowns always come last and totals after them, whichever way the order goes."""
    totals = [row for row in rows if row.tone == "total"]
    known = [row for row in rows if row.tone != "total" and weight(row.cells[wish.sort]) is not None]
    unknown = [row for row in rows if row.tone != "total" and weight(row.cells[wish.sort]) is None]
    known.sort(key=lambda row: weight(row.cells[wish.sort]) or (), reverse=wish.descending)
    return known + unknown + totals


def weight(cell: Cell) -> tuple | None:
    """What a cell is ordered by, or None for an unknown."""
    if isinstance(cell, Share):
        return weight(cell.percent)
    if isinstance(cell, Unknown):
        return None
    if isinstance(cell, int | float):
        return (0, cell)
    if isinstance(cell, date):
        return (1, cell.isoformat())
    return (2, *natural(str(cell)))


def natural(text: str) -> list[tuple[int, int, str]]:
    """«Школа № 2» before «Школа № 10», «Ёлкино» among «е», capitals and small letters alike."""
    parts = re.split(r"(\d+)", text.casefold().replace("ё", "е"))
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts if part]


def page_of(rows: Sequence[Line], page: str) -> tuple[Sequence[Line], int, int]:
    """(rows of the page, its number, number of pages). «all» and anything short enough come whole: (rows, 0, 1)."""
    pages = -(-len(rows) // ROWS_ON_A_PAGE)
    if pages <= 1 or page == "all":
        return rows, 0, max(pages, 1)
    number = min(max(int(page) if page.isdecimal() else 1, 1), pages)
    return rows[(number - 1) * ROWS_ON_A_PAGE : number * ROWS_ON_A_PAGE], number, pages
