"""Paragraphs and tables of a DOCX in the order in which they are read, with rows and cells where the grid has them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from msoko.core.roadmap.reading.docx_numbering import BULLET, Numbering
from msoko.core.roadmap.reading.docx_package import Element, Package, attribute, child, is_on, number, tag
from msoko.core.roadmap.reading.docx_styles import Styles
from msoko.core.roadmap.reading.docx_text import PASSED_OVER, Texts, parts_of
from msoko.core.roadmap.reading.tidying import tidy
from msoko.core.roadmap.reading.unreadable import SAVE_AS_DOCX, UnreadableDocument

MOST_SPAN = 1000  # Word has 63 columns at most
UNKNOWN_WIDTH = 2000  # twentieths of a point, where a table does not say how wide its columns are


@dataclass(frozen=True)
class Paragraph:
    """`mark` is the automatic number or BULLET, «» without one."""

    mark: str
    text: str
    heading: int = 0

    @property
    def whole(self) -> str:
        return f"{self.mark} {self.text}".strip() if self.text or self.mark != BULLET else ""


@dataclass(frozen=True)
class Cell:
    at: int  # the column of the table's grid, from 0
    blocks: "tuple[Block, ...]" = ()
    is_merged_above: bool = False

    @property
    def text(self) -> str:
        shown = [block for block in self.blocks if said(block)]
        if len(shown) == 1 and isinstance(shown[0], Paragraph) and shown[0].mark == BULLET:
            return shown[0].text  # a list of one is no list
        return "\n".join(map(said, shown))


@dataclass(frozen=True)
class Row:
    cells: tuple[Cell, ...]
    is_header: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(cell.text for cell in self.cells)


@dataclass(frozen=True)
class Table:
    """`edges` are where the columns of the grid begin, twentieths of a point from the left side."""

    edges: tuple[int, ...]
    rows: list[Row] = field(default_factory=list)


Block = Paragraph | Table


def said(block: Block) -> str:
    """The block as text: a table inside a cell is a line a row."""
    if isinstance(block, Paragraph):
        return block.whole
    return "\n".join(" ".join(filter(None, row.texts)) for row in block.rows if any(row.texts))


class Blocks:
    """Reads the blocks of one document once: automatic numbers count on."""

    def __init__(self, package: Package) -> None:
        self._styles = Styles(package.styles)
        self._numbering = Numbering(package.numbering)
        self._texts = Texts(self._styles)

    def of(self, container: Iterable[Element]) -> Iterator[Block]:
        carried = ""  # from a paragraph whose end a tracked change took away: the next one goes on from there
        for element in _flow(container):
            if tag(element) == "tbl":
                yield from self._table(element)
                continue
            marks = child(child(element, "pPr"), "rPr")
            spoken = self._texts.of(element)
            carried += spoken.text
            if child(marks, "del") is None and child(marks, "moveFrom") is None:
                yield self._paragraph(element, tidy(carried))
                carried = ""
            for box in spoken.boxes:
                yield from self.of(box)
        if tidy(carried):
            yield Paragraph("", tidy(carried))

    def _paragraph(self, element: Element, text: str) -> Paragraph:
        place = self._styles.place_in_list(element)
        if place is None or self._is_hidden(element):
            return Paragraph("", text, self._styles.heading(element))
        return Paragraph(self._numbering.next(*place), text, self._styles.heading(element))

    def _is_hidden(self, element: Element) -> bool:
        properties = child(element, "pPr")
        return self._styles.hides(child(properties, "rPr"), attribute(child(properties, "pStyle")))

    def _table(self, element: Element) -> Iterator[Block]:
        """The table; in pieces where a row is only there to hold tables beside each other."""
        edges = _edges(element)
        merged_down: set[int] = set()
        table = Table(edges)
        for row_element in _named(element, "tr"):
            row = self._row(row_element, merged_down)
            if row is None:
                continue
            held = _held(row)
            if held is None:
                table.rows.append(row)
            else:
                yield table
                yield from held
                table = Table(edges)
        yield table

    def _row(self, element: Element, merged_down: set[int]) -> Row | None:
        properties = child(element, "trPr")
        if child(properties, "del") is not None or is_on(child(properties, "hidden")):
            return None
        cells, at = [], number(child(properties, "gridBefore"))
        for cell in _named(element, "tc"):
            of_cell = child(cell, "tcPr")
            span = min(max(number(child(of_cell, "gridSpan"), default=1), 1), MOST_SPAN)
            is_there = _merge(of_cell, "hMerge") != "continue" and child(of_cell, "cellDel") is None
            if is_there:
                goes_on = _goes_on(of_cell, range(at, at + span), merged_down)
                cells.append(Cell(at, () if goes_on else tuple(self.of(cell)), goes_on))
            at += span
        return Row(tuple(cells), is_on(child(properties, "tblHeader")))


def _flow(container: Iterable[Element]) -> Iterator[Element]:
    """w:p and w:tbl, out of content controls, tracked insertions and whatever else is wrapped around them."""
    for element in container:
        name = tag(element)
        if name in ("p", "tbl"):
            yield element
        elif name == "altChunk":
            raise UnreadableDocument("В документ Word вложен другой файл, его текст прочитать нельзя.", SAVE_AS_DOCX)
        elif name not in PASSED_OVER:
            yield from _flow(parts_of(element))


def _named(container: Iterable[Element], name: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, out of what is wrapped around them."""
    for element in container:
        if tag(element) == name:
            yield element
        elif tag(element) not in (*PASSED_OVER, "p", "tbl", "tblPr", "tblGrid", "trPr", "tblPrEx"):
            yield from _named(parts_of(element), name)


def _edges(table: Element) -> tuple[int, ...]:
    grid = child(table, "tblGrid")
    widths = [number(column, "w") for column in grid if tag(column) == "gridCol"] if grid is not None else []
    if min(widths, default=0) <= 0:
        widths = [UNKNOWN_WIDTH] * len(widths)
    return tuple(accumulate(widths, initial=0))


def _merge(properties: Element | None, name: str) -> str | None:
    merge = child(properties, name)
    return None if merge is None else (attribute(merge) or "continue")


def _goes_on(properties: Element | None, columns: range, merged_down: set[int]) -> bool:
    """Whether the cell only continues the one above; one with nothing above it to continue stands for itself."""
    merge = _merge(properties, "vMerge")
    if merge == "continue" and columns[0] in merged_down:
        return True
    merged_down.difference_update(columns)
    if merge is not None:
        merged_down.add(columns[0])
    return False


def _held(row: Row) -> "tuple[Block, ...] | None":
    """What the row's only cell with content holds, if that is a table of its own; None for a usual row."""
    filled = [cell for cell in row.cells if cell.text]
    if len(filled) != 1:
        return None
    tables = [block for block in filled[0].blocks if isinstance(block, Table)]
    is_layout = any(len(table.rows) > 1 and max(len(one.cells) for one in table.rows) > 1 for table in tables)
    return filled[0].blocks if is_layout else None
