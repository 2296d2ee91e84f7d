"""Tables without ruling lines: a header that names the columns of a roadmap, and words that stand under it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from msoko.core.roadmap.reading.headers import Role, is_weak, mentions, names_activities, role_of
from msoko.core.roadmap.reading.pdf_aligned_rows import Row, heights_of, rows_of_lines
from msoko.core.roadmap.reading.pdf_columns import Columns, Name, Sides, columns_between, pieces_apart
from msoko.core.roadmap.reading.pdf_page import FOOT, Cell, Page, PageTable
from msoko.core.roadmap.reading.pdf_ruling import Grid, Room
from msoko.core.roadmap.reading.pdf_signs import TextLine

LINES_OF_HEADER = 8
LONGEST_PIECE = 45  # letters of a line of a name
NEAR = 0.8  # of the height of a line: lines of one header and of one cell lie closer
FAR = 5.0  # of the height: what lies farther below stands in no table any more
LONGEST_NAME = 80  # letters of the name of a column
LEAST_COLUMNS = 3
THIN = 12  # lines, a header among them, that do not show where columns end
LEAST_ROWS = 2  # a header and what stands below it, unless that is on the next page
MOSTLY = 0.8  # of the lines must stand in the columns of the page before to go on with its table
_SMALL = re.compile(r"(?!п\s?/|п\.)[а-яё(,.;-]")  # a name of a column begins with a capital letter


@dataclass(frozen=True)
class _Found:
    table: PageTable
    columns: Columns
    lines: tuple[TextLine, ...]


def take_aligned_tables(pages: Sequence[Page]) -> None:
    """Moves the lines of such tables from the prose of the pages to their tables."""
    columns: Columns | None = None  # of the table that reaches down to the foot of the page before
    for page in pages:
        found = list(_tables(page, columns))
        taken = {id(line) for one in found for line in one.lines}
        page.lines = [line for line in page.lines if id(line) not in taken]
        page.has_unread_table = any(True for _ in _headers(page.lines))
        page.tables = sorted([*page.tables, *(one.table for one in found)], key=lambda table: table.grid.box[1])
        is_open = found and page.tables[-1] is found[-1].table and found[-1].table.grid.box[3] > FOOT * page.height
        columns = replace(found[-1].columns, is_thin=len(found[-1].lines) < THIN) if is_open else None


def _tables(page: Page, before: Columns | None) -> Iterator[_Found]:
    """`before` are the columns of the table that may go on from the page before."""
    headers = list(_headers(page.lines))
    first = headers[0][0] if headers else len(page.lines)
    if before is not None and not page.tables:
        columns = _held_by(before, page.lines[:first], page.width)
        rows = rows_of_lines(_inside(page.lines[:first], columns), columns) if columns is not None else None
        if columns is not None and rows:
            yield _found(page, rows, columns)
    for (start, names), (end, _) in pairwise([*headers, (len(page.lines), [])]):
        region = page.lines[start:end]
        columns = _columns(names, region, page.width, before)
        rows = rows_of_lines(_inside(region, columns), columns) if columns is not None else None
        if columns is not None and rows and (len(rows) >= LEAST_ROWS or rows[-1][-1] is page.lines[-1]):
            yield _found(page, rows, columns)


def _held_by(before: Columns, lines: Sequence[TextLine], width: float) -> Columns | None:
    """The columns of the page before, as these lines show them where that page had little below its header."""
    options = [before, columns_between(before.names, lines, width)] if before.is_thin else [before]
    known = filter(None, options)
    return next((one for one in known if one.share_of_held(_inside(lines, one)) >= MOSTLY), None)


def _headers(lines: Sequence[TextLine]) -> Iterator[tuple[int, list[Name]]]:
    """Where headers begin, and what they call their columns."""
    end = 0
    for start in range(len(lines)):
        names = _names_at(lines, start) if start >= end else None
        if names is not None:
            yield start, names
            end = start + LINES_OF_HEADER  # its second line may name columns too


def lines_naming_columns(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines at the head of tables without ruling lines, as far as a header may go."""
    return [line for start, _ in _headers(lines) for line in lines[start : start + LINES_OF_HEADER]]


def _names_at(lines: Sequence[TextLine], start: int) -> list[Name] | None:
    """The names of columns that begin on the line."""
    first = [piece.text for piece in pieces_apart(lines[start])]
    if len(first) < LEAST_COLUMNS - 1 or any(len(text) > LONGEST_PIECE or _SMALL.match(text) for text in first):
        return None
    for count in range(1, min(LINES_OF_HEADER, len(lines) - start) + 1):
        window = lines[start : start + count]
        if count > 1 and window[-1].top - window[-2].bottom > NEAR * window[-1].height:
            return None
        names = _names(window)
        if len(names) >= LEAST_COLUMNS and _name_a_roadmap(names):
            return names
    return None


def _names(lines: Iterable[TextLine]) -> list[Name]:
    """Pieces that stand one below the other are one name."""
    names: list[list[TextLine]] = []
    for piece in sorted((piece for line in lines for piece in pieces_apart(line)), key=lambda piece: piece.left):
        if names and piece.left < max(one.right for one in names[-1]):
            names[-1].append(piece)
        else:
            names.append([piece])
    return [_name(sorted(pieces, key=lambda piece: piece.top)) for pieces in names]


def _name(pieces: Sequence[TextLine]) -> Name:
    words = " ".join(piece.text for piece in pieces)
    return Name(words, min(piece.left for piece in pieces), max(piece.right for piece in pieces))


def _name_a_roadmap(names: Sequence[Name]) -> bool:
    """Two of what is done, when and by whom; «Место и сроки» says when, though first it says where."""
    told = [name.text for name in names]
    if any(len(text) > LONGEST_NAME for text in told):
        return False
    time, people = (any(mentions(text, role) for text in told) for role in (Role.DEADLINE, Role.EXECUTORS))
    is_titled = any((role_of(text) is Role.TITLE and not is_weak(text)) or names_activities(text) for text in told)
    return time + people + is_titled > 1


def _columns(names: list[Name], lines: Sequence[TextLine], width: float, before: Columns | None) -> Columns | None:
    """Those of the page before where its header is repeated: then the pages have the same columns to a point."""
    is_repeated = before is not None and [one.text for one in before.names] == [one.text for one in names]
    if before is not None and is_repeated and before.share_of_held(lines) >= MOSTLY:
        return before
    return columns_between(names, lines, width)


def _inside(lines: Sequence[TextLine], columns: Columns) -> list[TextLine]:
    """The lines down to the last one with words in several columns, and what stands close below it in one."""
    far = (at for at, (above, line) in enumerate(pairwise(lines), 1) if line.top - above.bottom > FAR * line.height)
    lines = lines[: next(far, None)]
    other = (at for at in range(LINES_OF_HEADER, len(lines)) if lines[at].text.startswith("№"))
    lines = lines[: next(other, None)]  # «№ | Показатель | 2031» begins another table
    held = [not columns.crossed_by(line) for line in lines]
    end = max((at for at, line in enumerate(lines) if held[at] and len(columns.parts_of(line)) > 1), default=-1) + 1
    while 0 < end < len(lines) and held[end] and lines[end].top - lines[end - 1].bottom < NEAR * lines[end].height:
        end += 1
    return list(lines[:end])


def _found(page: Page, rows: Sequence[Row], columns: Columns) -> _Found:
    rooms = [room for at, row in enumerate(rows) for room in _rooms(row, at, columns)]
    grid = Grid(columns.edges, tuple(heights_of(rows)), tuple(rooms))
    lines = tuple(line for row in rows for line in row)
    sides = columns.sides_in(lines)
    cells = tuple(_cell(room, rows[room.top], columns, sides) for room in rooms)
    return _Found(PageTable(page.number, grid, cells, is_aligned=True), columns, lines)


def _rooms(row: Row, at: int, columns: Columns) -> Iterator[Room]:
    """A room a column; columns that words of the row run across are one, all of them where nothing else is said."""
    crossed = {edge for line in row for edge in columns.crossed_by(line)}
    filled = {column for line in row for column in columns.parts_of(line)}
    last = len(columns.names)
    if crossed and filled <= {column for edge in crossed for column in (edge - 1, edge)}:
        crossed = set(range(1, last))
    edges = [edge for edge in range(last + 1) if edge not in crossed]
    for left, right in pairwise(edges):
        yield Room(left, at, right, at + 1)


def _cell(room: Room, row: Row, columns: Columns, sides: Sequence[Sides]) -> Cell:
    lines = []
    for line in row:
        parts = columns.parts_of(line)
        own = [parts[column].words for column in range(room.left, room.right) if column in parts]
        if own:
            lines.append(TextLine(tuple(chain.from_iterable(own)), line.top, line.bottom))
    return Cell(room, tuple(lines), sides[room.left][0], sides[room.right - 1][1])
