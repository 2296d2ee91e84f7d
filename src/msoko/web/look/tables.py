"""What the template of a table needs, made of a table and the address of the page."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from msoko.documents.tables import TEXT_KINDS, Column, Row, Table
from msoko.web.look.addresses import Parameter, address_with, kept_pairs
from msoko.web.look.arranging import Arrangement, arranged, asked, page_of
from msoko.web.look.cells import cell

LONG = 24  # letters: a text longer than this may wrap, but not into a column of single words
TONES = {"": "", "pale": "few", "own": "own-row", "total": "total"}


@dataclass(frozen=True)
class Head:
    """A column's heading: a link that sorts, the way it is sorted now ('', ascending, descending)."""

    column: Column
    href: str
    order: str
    number: bool

    @property
    def drawing(self) -> str:
        """The arrow of a sorted column; the others show none."""
        return "sort-up" if self.order == "ascending" else "sort-down"


@dataclass(frozen=True)
class ShownTable:
    """A table as the page shows it: `name` is its id, `exports` are (word, href), `pages` are (word, href or '')."""

    name: str
    table: Table
    heads: list[Head]
    rows: list[SafeString]
    all_columns: list[tuple[Column, bool]]
    kept: list[tuple[str, str]]
    columns_parameter: str
    exports: list[tuple[str, str]]
    pages: list[tuple[str, str]]
    count: int


def shown(table: Table, request: HttpRequest, name: str = "", export: str = "", panel: bool = False) -> ShownTable:
    """Arranges the table by the request's query. `export` is the address that answers ?format=xlsx and ?format=csv."""
    wish = asked(request.GET, name)
    whole = arranged(table, wish)
    rows, number, pages = page_of(whole.lines, wish.page)
    return ShownTable(
        name=f"table-{name}" if name else "table",
        table=table,
        heads=[_head(column, wish, request) for column in whole.columns],
        rows=[_row(row, whole, panel) for row in rows],
        all_columns=[(c, wish.shows(c, first=False)) for c in table.columns[1:]],
        kept=kept_pairs(request.GET, {wish.parameter("columns"), wish.parameter("page")}),
        columns_parameter=wish.parameter("columns"),
        exports=_exports(request, export) if export else [],
        pages=list(_pages(request, wish, number, pages)) if pages > 1 else [],
        count=len(table.lines),
    )


def _head(column: Column, wish: Arrangement, request: HttpRequest) -> Head:
    sorted_now = wish.sort == column.key
    order = ("descending" if wish.descending else "ascending") if sorted_now else ""
    # The best and the worst are asked for more often than the order of small numbers, so numbers start from the top.
    number = column.kind not in TEXT_KINDS
    descending = not wish.descending if sorted_now else number
    changes: dict[str, Parameter] = {
        wish.parameter("sort"): ("-" if descending else "") + column.key,
        wish.parameter("page"): None,
    }
    return Head(column, address_with(request, changes), order, column.side == "right")


def _row(row: Row, table: Table, panel: bool) -> SafeString:
    """A whole <tr>: written here and not in the template, which would take twice the time for a thousand cells."""
    first, *rest = table.columns
    if row.tone == "section":
        words = cell(row.cells[first.key], first)
        return mark_safe(
            f'<tr class="row-section"><th scope="rowgroup" colspan="{len(table.columns)}">{words}</th></tr>'
        )
    head = f'<th scope="row"{_css(first)}>{cell(row.cells[first.key], first, panel)}</th>'
    cells = (f"<td{_css(column)}>{cell(row.cells[column.key], column)}</td>" for column in rest)
    css = f' class="{TONES[row.tone]}"' if row.tone else ""
    return mark_safe(f"<tr{css}>{head}{''.join(cells)}</tr>")  # every cell is safe, the classes are our own


def _css(column: Column) -> str:
    name = "number" if column.side == "right" else "words" if column.kind == "text" else ""
    return f' class="{name}"' if name else ""


def _exports(request: HttpRequest, export: str) -> list[tuple[str, str]]:
    return [(word, address_with(request, {"format": word.lower()}, export)) for word in ("XLSX", "CSV")]


def _pages(request: HttpRequest, wish: Arrangement, number: int, pages: int) -> Iterator[tuple[str, str]]:
    parameter = wish.parameter("page")
    for i in range(1, pages + 1):
        yield str(i), "" if i == number else address_with(request, {parameter: i})
    yield "все", "" if number == 0 else address_with(request, {parameter: "all"})
