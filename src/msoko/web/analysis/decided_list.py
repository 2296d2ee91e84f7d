"""A list of findings as a page shows it: any table whose rows have at their end what a person may do about them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from django.http import HttpRequest
from django.utils.safestring import SafeString

from msoko.documents.tables import Column, Table
from msoko.web.analysis.models import Finding
from msoko.web.analysis.queries import School
from msoko.web.look.arranging import arranged, asked, page_of
from msoko.web.look.cells import cell
from msoko.web.look.tables import TONES, ShownTable, shown
from msoko.web.people.models import Organisation

NAME = "list"


class Decidable(Protocol):
    """A row's subject. `address` tells rows apart: it is what the first cell leads to."""

    @property
    def school(self) -> School: ...
    @property
    def finding(self) -> Finding | None: ...
    @property
    def address(self) -> str: ...
    @property
    def sentence(self) -> str: ...


Line = TypeVar("Line", bound=Decidable)


@dataclass(frozen=True)
class ShownCell:
    column: Column
    content: SafeString


@dataclass(frozen=True)
class ShownLine:
    """`notes` stand in small letters under the school's name."""

    line: Decidable
    css: str
    cells: list[ShownCell]
    notes: list[str]


@dataclass(frozen=True)
class ShownList:
    """Headings, exports and pages as of any table; the rows have a decision at their end."""

    frame: ShownTable
    lines: list[ShownLine]
    may_decide: bool
    territory: Organisation


def shown_list(
    table: Table,
    lines: Sequence[Line],
    request: HttpRequest,
    territory: Organisation,
    may_decide: bool,
    notes_of: Callable[[Line], list[str]],
) -> ShownList:
    """Arranged by the address, like every table. The table's first column is «school», its «verdict» bears the
    sentence."""
    wish = asked(request.GET, NAME)
    whole = arranged(table, wish)
    rows, _, _ = page_of(whole.lines, wish.page)
    by_address = {line.address: line for line in lines}
    shown_lines = []
    for row in rows:
        line = by_address[row.cells["school"].href]  # type: ignore[union-attr]
        cells = [ShownCell(one, cell(row.cells[one.key], one, panel=True)) for one in whole.columns]
        shown_lines.append(ShownLine(line, TONES[row.tone], cells, notes_of(line)))
    return ShownList(shown(table, request, NAME, request.path), shown_lines, may_decide, territory)
