"""The list of «Поддержка» as the page shows it: rows with what a person may do about them."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.safestring import SafeString

from msoko.documents.tables import Column
from msoko.web.analysis.support_page import Line, SupportPage
from msoko.web.analysis.tables import list_on_page
from msoko.web.look.arranging import arranged, asked, page_of
from msoko.web.look.cells import cell
from msoko.web.look.tables import TONES, ShownTable, shown

NAME = "list"


@dataclass(frozen=True)
class ShownCell:
    column: Column
    content: SafeString


@dataclass(frozen=True)
class ShownLine:
    line: Line
    css: str
    cells: list[ShownCell]


@dataclass(frozen=True)
class ShownList:
    """Headings, exports and pages as of any table; the rows have a decision at their end."""

    frame: ShownTable
    lines: list[ShownLine]
    may_decide: bool


def shown_list(page: SupportPage, request: HttpRequest) -> ShownList:
    """Arranged by the address, like every table."""
    table, wish = list_on_page(page), asked(request.GET, NAME)
    whole = arranged(table, wish)
    rows, _, _ = page_of(whole.lines, wish.page)
    by_address = {line.address: line for line in page.lines}
    lines = [
        ShownLine(
            by_address[row.cells["school"].href],  # type: ignore[union-attr]
            TONES[row.tone],
            [ShownCell(one, cell(row.cells[one.key], one, panel=True)) for one in whole.columns],
        )
        for row in rows
    ]
    return ShownList(shown(table, request, NAME, request.path), lines, page.sight.may("decide_finding", page.territory))
