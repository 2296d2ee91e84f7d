"""Ruling lines of a PDF page → grids of cells. Sides left open and lines drawn in pieces are lines all the same."""

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from pdfminer.layout import LTComponent, LTCurve, LTImage, LTLine, LTRect

from msoko.core.roadmap.reading.pdf_signs import Box, box_of

THIN = 4.0  # points: a filled rectangle that is thinner is a line
NEAR = 3.0  # points: lines that lie closer are one, ends that lie closer touch
SHARE_OF_SIDE = 0.6  # a side of a cell is drawn when this share of it is
LOWEST_CELL, NARROWEST_CELL = 5.0, 5.0  # points; what is smaller holds no letter
MOST_LINES = 3000  # a page of a table has some hundreds; more is a drawing
MOST_CELLS = 40_000
MOST_GRIDS = 100

Segment = tuple[float, float, float]  # where it lies, where it begins, where it ends


@dataclass(frozen=True)
class Room:
    """A cell, merged or not: the lines of the grid between which it lies, from 0."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True)
class Grid:
    """A table of a page. `xs` and `ys` are its lines in points, `rooms` its cells."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    rooms: tuple[Room, ...]

    @property
    def box(self) -> Box:
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    @cached_property
    def _owners(self) -> dict[tuple[int, int], int]:
        return {
            (row, column): number
            for number, room in enumerate(self.rooms)
            for row in range(room.top, room.bottom)
            for column in range(room.left, room.right)
        }

    def room_at(self, x: float, y: float) -> int | None:
        """The number of the cell at the point; None outside of the table."""
        return self._owners.get((bisect(self.ys, y) - 1, bisect(self.xs, x) - 1))

    def box_of(self, room: Room) -> Box:
        return self.xs[room.left], self.ys[room.top], self.xs[room.right], self.ys[room.bottom]


def strokes_of(items: Iterable[LTComponent], height: float) -> list[Box]:
    """Straight lines among what is drawn on a page of that height, upright or level, as thin boxes."""
    return [stroke for item in items for stroke in _strokes(item, height)]


def _strokes(item: LTComponent, height: float) -> Iterator[Box]:
    left, top, right, bottom = box = box_of(item, height)
    thickness = min(right - left, bottom - top)
    if isinstance(item, LTCurve | LTImage) and thickness <= THIN:
        is_slanted = isinstance(item, LTLine) and thickness > 1
        if not is_slanted:
            yield box
    elif isinstance(item, LTRect) and item.stroke:
        yield from ((left, top, right, top), (left, bottom, right, bottom))
        yield from ((left, top, left, bottom), (right, top, right, bottom))
    elif isinstance(item, LTCurve) and item.stroke:
        # What is only filled is the colour of a cell or of a word; borders are drawn apart.
        for (x, y), (next_x, next_y) in pairwise(item.pts):
            if min(abs(x - next_x), abs(y - next_y)) < 1:
                yield min(x, next_x), height - max(y, next_y), max(x, next_x), height - min(y, next_y)


def grids_of(strokes: Sequence[Box]) -> list[Grid] | None:
    """The tables that the strokes draw, from the top; None where there are so many that it is a drawing."""
    level, upright = level_lines(strokes), upright_lines(strokes)
    if len(level) + len(upright) > MOST_LINES:
        return None
    grids = [_grid(*group) for group in _connected(level, upright)]
    if len(grids) > MOST_GRIDS:
        return None
    return sorted((grid for grid in grids if grid is not None), key=lambda grid: grid.box[1])


def level_lines(strokes: Iterable[Box]) -> list[Segment]:
    """Those that run across, pieces that touch as one."""
    return _joined((_middle(top, bottom), left, right) for left, top, right, bottom in strokes if right - left > THIN)


def upright_lines(strokes: Iterable[Box]) -> list[Segment]:
    """Those that run down, pieces that touch as one."""
    return _joined((_middle(left, right), top, bottom) for left, top, right, bottom in strokes if bottom - top > THIN)


def _middle(low: float, high: float) -> float:
    return (low + high) / 2


def _joined(segments: Iterable[Segment]) -> list[Segment]:
    """Segments that lie on one line and touch, as one."""
    lines: list[list[Segment]] = []
    for segment in sorted(segments):
        if not lines or segment[0] - lines[-1][0][0] > NEAR:
            lines.append([])
        lines[-1].append(segment)
    return [whole for line in lines for whole in _joined_on_one_line(line)]


def _joined_on_one_line(line: list[Segment]) -> list[Segment]:
    place = sum(segment[0] for segment in line) / len(line)
    whole: list[Segment] = []
    for _, start, end in sorted(line, key=lambda segment: segment[1]):
        if whole and start - whole[-1][2] <= NEAR:
            whole[-1] = (place, whole[-1][1], max(end, whole[-1][2]))
        else:
            whole.append((place, start, end))
    return whole


def _connected(level: list[Segment], upright: list[Segment]) -> Iterable[tuple[list[Segment], list[Segment]]]:
    """Groups of segments that touch each other: (level, upright) a group."""
    if not level or not upright:
        return []
    across, along = np.array(level)[:, None, :], np.array(upright)[None, :, :]
    touch = (
        (across[..., 1] - NEAR <= along[..., 0])
        & (along[..., 0] <= across[..., 2] + NEAR)
        & (along[..., 1] - NEAR <= across[..., 0])
        & (across[..., 0] <= along[..., 2] + NEAR)
    )
    groups = _components(touch)
    return [([level[i] for i in rows], [upright[j] for j in columns]) for rows, columns in groups]


def _components(touch: np.ndarray) -> list[tuple[list[int], list[int]]]:
    """Rows and columns of the matrix that hang together by its true places."""
    left, found = set(range(len(touch))), []
    while left:
        rows, columns, new = set[int](), set[int](), {left.pop()}
        while new:
            rows |= new
            columns |= set(np.flatnonzero(touch[sorted(new)].any(axis=0)).tolist())
            new = set(np.flatnonzero(touch[:, sorted(columns)].any(axis=1)).tolist()) - rows
        left -= rows
        if columns:
            found.append((sorted(rows), sorted(columns)))
    return found


def _grid(level: list[Segment], upright: list[Segment]) -> Grid | None:
    """Cells of the smallest grid on which all lines lie, those with no line between them as one."""
    xs = _places([line[0] for line in upright] + [end for line in level for end in line[1:]], NARROWEST_CELL)
    ys = _places([line[0] for line in level] + [end for line in upright for end in line[1:]], LOWEST_CELL)
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 1 or rows * columns > MOST_CELLS:
        return None
    walls = _drawn(upright, xs, ys)  # walls[line, row]
    floors = _drawn(level, ys, xs)  # floors[line, column]
    return Grid(tuple(xs), tuple(ys), tuple(_rooms(rows, columns, walls, floors)))


def _places(values: list[float], least: float) -> list[float]:
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][0] < least:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _drawn(lines: list[Segment], places: list[float], across: list[float]) -> np.ndarray:
    """For each place and each gap between crossing lines, whether the line is drawn there."""
    starts, ends = np.array(across[:-1]), np.array(across[1:])
    covered = np.zeros((len(places), len(starts)))
    for place, start, end in lines:
        at = int(np.abs(np.array(places) - place).argmin())
        covered[at] += np.clip(np.minimum(ends, end) - np.maximum(starts, start), 0, None)
    return np.asarray(covered > SHARE_OF_SIDE * (ends - starts))


def _rooms(rows: int, columns: int, walls: np.ndarray, floors: np.ndarray) -> list[Room]:
    """Cells of the grid with no line between them as one."""
    group = {(row, column): (row, column) for row in range(rows) for column in range(columns)}

    def root(cell: tuple[int, int]) -> tuple[int, int]:
        while group[cell] != cell:
            group[cell] = group[group[cell]]
            cell = group[cell]
        return cell

    for row, column in list(group):
        if column + 1 < columns and not walls[column + 1, row]:
            group[root((row, column + 1))] = root((row, column))
        if row + 1 < rows and not floors[row + 1, column]:
            group[root((row + 1, column))] = root((row, column))
    members = defaultdict(list)
    for cell in group:
        members[root(cell)].append(cell)
    return [room for cells in members.values() for room in _rooms_of(cells)]


def _rooms_of(cells: list[tuple[int, int]]) -> list[Room]:
    """One room where the cells fill it; a crooked one becomes a room a row."""
    rows, columns = {row for row, _ in cells}, {column for _, column in cells}
    if len(rows) * len(columns) == len(cells):
        return [Room(min(columns), min(rows), max(columns) + 1, max(rows) + 1)]
    by_row = defaultdict(list)
    for row, column in cells:
        by_row[row].append(column)
    return [Room(min(of_row), row, max(of_row) + 1, row + 1) for row, of_row in by_row.items()]
