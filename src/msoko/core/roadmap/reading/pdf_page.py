"""One page of a PDF: its tables with the words of each cell, and its lines of prose."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pdfminer.layout import LTChar, LTComponent, LTFigure, LTImage, LTItem, LTPage

from msoko.core.roadmap.reading.pdf_gutters import uprights_between
from msoko.core.roadmap.reading.pdf_ruling import Grid, Room, grids_of, strokes_of
from msoko.core.roadmap.reading.pdf_signs import (
    UPRIGHT,
    UPSIDE_DOWN,
    Box,
    Sign,
    TextLine,
    lines_of,
    signs_of,
    turned,
    usual_direction,
)

UNREADABLE_SIGN = "(cid:"  # how pdfminer shows a sign of which the file does not say what letter it is
WITHIN_WORD = 0.1  # of the height of a letter: letters of one word stand closer, words of two cells do not
FOOT = 0.7  # of the height of a page: a table that ends above it does not go on over the page
SAME_SIDE = 5.0  # points by which the sides of one table differ from page to page


@dataclass(frozen=True)
class Cell:
    """`left` and `right` are where its lines may begin and end, borders included."""

    room: Room
    lines: tuple[TextLine, ...]
    left: float
    right: float


@dataclass(frozen=True)
class PageTable:
    """`is_aligned`: it has no ruling lines, its cells are told by how the words stand."""

    page: int
    grid: Grid
    cells: tuple[Cell, ...]
    is_aligned: bool = False


@dataclass
class Page:
    """Points from the upper left corner of the page as it is read. `unreadable` counts signs that are no letters."""

    number: int
    width: float
    height: float
    lines: list[TextLine]
    tables: list[PageTable]
    signs: int
    unreadable: int
    has_picture: bool
    is_drawing: bool
    has_unread_table: bool = False


def page_of(layout: LTPage, number: int, before: Page | None) -> Page:
    """The page as words in cells and lines; `before` is the page that a table may come from."""
    width, height = layout.width, layout.height
    items = list(_items(layout))
    signs = signs_of((item for item in items if isinstance(item, LTChar)), width, height)
    strokes = strokes_of((item for item in items if not isinstance(item, LTChar)), height)
    direction = usual_direction(signs)
    if direction != UPRIGHT:
        signs = [
            Sign(sign.text, turned(sign.box, direction, width, height), (sign.direction - direction) % 4)
            for sign in signs
        ]
        strokes = [turned(stroke, direction, width, height) for stroke in strokes]
        width, height = (width, height) if direction == UPSIDE_DOWN else (height, width)
    grids = grids_of([*strokes, *uprights_between(strokes, signs)])
    tables, others = _tables(grids or [], signs, number, _last_grid(before))
    return Page(
        number,
        width,
        height,
        lines=lines_of([sign for sign in others if sign.direction == UPRIGHT]),
        tables=tables,
        signs=len(signs),
        unreadable=sum(UNREADABLE_SIGN in sign.text for sign in signs),
        has_picture=any(isinstance(item, LTImage) for item in items),
        is_drawing=grids is None,
    )


def _items(container: Iterable[LTItem]) -> Iterator[LTComponent]:
    """Everything drawn, also inside figures."""
    for item in container:
        if isinstance(item, LTFigure):
            yield from _items(item)
        elif isinstance(item, LTComponent):
            yield item


def _last_grid(page: Page | None) -> Grid | None:
    """The last table of the page where it reaches down to its foot."""
    if page is None or not page.tables:
        return None
    grid = page.tables[-1].grid
    return grid if grid.box[3] > FOOT * page.height else None


def _tables(
    grids: Sequence[Grid], signs: Sequence[Sign], page: int, before: Grid | None
) -> tuple[list[PageTable], list[Sign]]:
    """Tables from the top, and the signs that stand in none of them."""
    tables = []
    for grid in _outermost([grid for grid in grids if _may_be_table(grid, grids, before)]):
        inside, signs = _parted(grid, signs)
        filled = {room for room, sign in inside if not sign.text.isspace()}
        if len(filled) < 2 and not _comes_over(grid, grids, before):
            signs = [*signs, *(sign for _, sign in inside)]
        else:
            tables.append(PageTable(page, grid, _cells(grid, inside)))
    return tables, list(signs)


def _may_be_table(grid: Grid, grids: Sequence[Grid], before: Grid | None) -> bool:
    """A frame around text or a page is no table; the last row of one that comes from the page before is."""
    return len(grid.rooms) > 1 or _comes_over(grid, grids, before)


def _comes_over(grid: Grid, grids: Sequence[Grid], before: Grid | None) -> bool:
    """Whether the table may go on from the page before: the first on its page, as wide as the one there."""
    is_first = grid.box[1] == min(other.box[1] for other in grids)
    return is_first and before is not None and _width(grid) - SAME_SIDE < _width(before) < _width(grid) + SAME_SIDE


def _width(grid: Grid) -> float:
    return grid.box[2] - grid.box[0]


def _outermost(grids: list[Grid]) -> list[Grid]:
    """Without those inside another one: a coloured word in a cell is drawn as a box."""
    return [grid for grid in grids if not any(_lies_in(grid.box, other.box) for other in grids if other is not grid)]


def _lies_in(box: Box, other: Box) -> bool:
    return other[0] <= box[0] and other[1] <= box[1] and box[2] <= other[2] and box[3] <= other[3]


def _parted(grid: Grid, signs: Sequence[Sign]) -> tuple[list[tuple[int, Sign]], list[Sign]]:
    """Signs inside with the cells they belong to, and signs outside. A word too long for its cell stays in it."""
    inside, outside = [], []
    room, before = None, None
    for sign in signs:
        left, top, right, bottom = sign.box
        if before is None or not _goes_on(before, sign):
            room = grid.room_at((left + right) / 2, (top + bottom) / 2)
        before = sign
        if room is None:
            outside.append(sign)
        else:
            inside.append((room, sign))
    return inside, outside


def _goes_on(sign: Sign, next_sign: Sign) -> bool:
    """Whether the next sign, as the file writes them, stands close behind the sign: in one word."""
    if sign.direction != UPRIGHT or next_sign.direction != UPRIGHT or next_sign.text.isspace() or sign.text.isspace():
        return False
    height = sign.box[3] - sign.box[1]
    is_beside = abs(sign.box[1] - next_sign.box[1]) < 0.1 * height
    return is_beside and -0.2 * height < next_sign.box[0] - sign.box[2] < WITHIN_WORD * height


def _cells(grid: Grid, inside: Sequence[tuple[int, Sign]]) -> tuple[Cell, ...]:
    by_room: dict[int, list[Sign]] = {}
    for number, sign in inside:
        by_room.setdefault(number, []).append(sign)
    return tuple(_cell(grid, room, by_room.get(number, [])) for number, room in enumerate(grid.rooms))


def _cell(grid: Grid, room: Room, signs: Sequence[Sign]) -> Cell:
    left, _, right, _ = turned(grid.box_of(room), usual_direction(signs), 0, 0)
    return Cell(room, tuple(lines_of(signs)), left, right)
