"""The document beside the rows: its lines as they were read, each with what became of it.

Made by plain strings, every word escaped: a thousand lines through templates would take longer than the whole page.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from msoko.core.vocabulary.russian import counted
from msoko.web.roadmap.models import ImportedRow

MOST_LINES = 1500
"""Lines on one page; more are reached by their number."""
MOST_LETTERS = 1500
"""Of one cell: the whole text stands in the form of its row."""
MOST_CELLS = 40
LETTERS_ON_A_PAGE = 400_000
"""The longest real document has 130 thousand."""
NEARBY = 3
"""Lines above what is looked at; twice as many below it."""

Line = Mapping[str, Any]


@dataclass(frozen=True)
class Part:
    """Lines that are shown; `above` and `below` are numbers of lines by which the others are reached."""

    lines: Sequence[Line]
    above: int | None = None
    below: int | None = None


def part_of(lines: Sequence[Line], first: int, last: int, around: int = NEARBY) -> Part:
    """The lines numbered from `first` to `last` with some around them, never more than a page holds.

    Numbers grow and may have gaps: a text file counts its empty lines too.
    """
    numbers = [line["number"] for line in lines]
    begins = max(0, bisect_left(numbers, first) - around)
    ends = min(len(lines), bisect_right(numbers, last) + 2 * around, begins + MOST_LINES)
    ends = begins + _room(lines[begins:ends])
    above = numbers[max(0, begins - MOST_LINES)] if begins else None
    return Part(lines[begins:ends], above, numbers[ends] if ends < len(lines) else None)


def _room(lines: Sequence[Line]) -> int:
    """How many of the lines a page has room for, one at least."""
    letters = 0
    for place, line in enumerate(lines):
        letters += sum(min(len(cell), MOST_LETTERS) for cell in line["cells"][:MOST_CELLS])
        if letters > LETTERS_ON_A_PAGE:
            return max(place, 1)
    return len(lines)


def owners_of(rows: Iterable[ImportedRow]) -> dict[int, ImportedRow]:
    """Line → the row that came from it; where several did, the one that begins there."""
    owners: dict[int, ImportedRow] = {}
    for row in rows:
        for place, line in enumerate(row.source):
            if place == 0 or line not in owners:
                owners[line] = row
    return owners


@dataclass(frozen=True)
class Paper:
    """`chosen` are lines to be marked; `add` is the address that takes a new row from a line, '' where nothing may be
    changed."""

    owners: Mapping[int, ImportedRow]
    chosen: frozenset[int] = frozenset()
    add: str = ""
    review: str = ""

    def drawn(self, lines: Sequence[Line]) -> SafeString:
        return mark_safe("".join(self._pieces(lines)))  # every word of the document is escaped below

    def _pieces(self, lines: Sequence[Line]) -> Iterator[str]:
        page = None
        for place, group in groupby(lines, key=_place_of):
            rows = list(group)
            if rows[0]["page"] != page:
                page = rows[0]["page"]
                yield f'<p class="paper-page" id="page-{int(page)}">Страница {int(page)}</p>' if page else ""
            yield from self._table(rows) if place[0] else map(self._paragraph, rows)

    def _table(self, rows: Sequence[Line]) -> Iterator[str]:
        width = min(MOST_CELLS, max(_width(line["cells"]) for line in rows))
        yield '<table class="paper-table">'
        for owner, group in groupby(rows, key=lambda line: self.owners.get(line["number"])):
            own = list(group)
            name = f' id="from-{int(own[0]["number"])}"' if owner else ""
            yield f'<tbody class="{self._look_of(own[0], owner)}"{name}>'
            yield from (self._row(line, owner, width) for line in own)
            yield "</tbody>"
        yield "</table>"

    def _row(self, line: Line, owner: ImportedRow | None, width: int) -> str:
        cells = "".join(f"<td>{_shown(cell)}</td>" for cell in line["cells"][:width])
        return f'<tr id="line-{int(line["number"])}"><th scope="row">{self._number(line, owner)}</th>{cells}</tr>'

    def _paragraph(self, line: Line) -> str:
        owner = self.owners.get(line["number"])
        number = int(line["number"])
        heading = " paper-heading" if line.get("heading") else ""
        name = f'<span id="from-{number}"></span>' if owner else ""
        words = _shown(line["cells"][0] if line["cells"] else "")
        look = f"paper-line {self._look_of(line, owner)}{heading}"
        return f'<p class="{look}" id="line-{number}">{name}{self._number(line, owner)} {words}</p>'

    def _look_of(self, line: Line, owner: ImportedRow | None) -> str:
        look = "paper-own" if owner else "paper-rest"
        return f"{look} paper-chosen" if line["number"] in self.chosen else look

    def _number(self, line: Line, owner: ImportedRow | None) -> str:
        """Leads to the row that came from the line, or to a form that makes one of it."""
        number = int(line["number"])
        if owner is not None:
            return f'<a class="paper-number" href="{self.review}#row-{owner.pk}">{number}</a>'
        if self.add:
            return f'<a class="paper-number" href="{self.add}?line={number}">{number}\u00a0+</a>'
        return f'<span class="paper-number">{number}</span>'


def _place_of(line: Line) -> tuple[bool, Any, Any]:
    """Lines that stand together: of one table on one page, or prose."""
    is_row = len(line["cells"]) > 1 or line["table"] is not None
    return is_row, line["table"] if is_row else None, line["page"]


def _width(cells: Sequence[str]) -> int:
    """Cells up to the last one that says something."""
    return max((place for place, cell in enumerate(cells, start=1) if cell.strip()), default=1)


def _shown(cell: str) -> str:
    """The words, with their lines; direction is kept inside the cell."""
    rest = len(cell) - MOST_LETTERS
    words = escape(cell[:MOST_LETTERS]).replace("\n", "<br>")
    return f"{words}… (ещё {counted(rest, 'знак', 'знака', 'знаков')})" if rest > 0 else words
