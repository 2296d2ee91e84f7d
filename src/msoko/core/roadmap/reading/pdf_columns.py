"""Columns of a table without ruling lines: between the names in its header no row has letters."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from msoko.core.roadmap.reading.pdf_signs import TextLine, Word

NARROWEST = 5.0  # points between words of two columns; blanks of a line are narrower
NARROWEST_SHARE = 0.42  # … and of the height of letters
OVERHANG = 0.25  # of the lines may reach over the place between two columns: long words, headings, what stands below
OWN = 1.0  # points by which letters may touch the place between two columns

Sides = tuple[float, float]


@dataclass(frozen=True)
class Name:
    """What the header calls a column, and where these words stand."""

    text: str
    left: float
    right: float


@dataclass(frozen=True)
class Columns:
    """`edges` are the places between columns, from the left; the outer ones are the sides of the page.

    `is_thin`: they were told by few lines.
    """

    names: tuple[Name, ...]
    edges: tuple[float, ...]
    is_thin: bool = False

    def parts_of(self, line: TextLine) -> dict[int, TextLine]:
        """The words of the line by their columns, counted from 0."""
        words: dict[int, list[Word]] = {}
        for word in line.words:
            middle = (word.left + word.right) / 2
            words.setdefault(sum(edge < middle for edge in self.edges[1:-1]), []).append(word)
        return {column: TextLine(tuple(own), line.top, line.bottom) for column, own in words.items()}

    def crossed_by(self, line: TextLine) -> set[int]:
        """The inner edges that run through words of the line which nothing parts."""
        return {
            place
            for piece in pieces_apart(line)
            for place, edge in enumerate(self.edges[1:-1], start=1)
            if piece.left < edge - OWN and edge + OWN < piece.right
        }

    def sides_in(self, lines: Iterable[TextLine]) -> list[Sides]:
        """Where the words of each column begin and end: the space between columns is no room for a word."""
        parts = [self.parts_of(line) for line in lines if not self.crossed_by(line)]
        sides = []
        for column, (left, right) in enumerate(pairwise(self.edges)):
            own = [of_line[column] for of_line in parts if column in of_line]
            sides.append((min((one.left for one in own), default=left), max((one.right for one in own), default=right)))
        return sides

    def share_of_held(self, lines: Sequence[TextLine]) -> float:
        """Of the lines that have several pieces, how many have them in columns."""
        several = [line for line in lines if len(pieces_apart(line)) > 1]
        return sum(not self.crossed_by(line) for line in several) / max(1, len(several))


def pieces_apart(line: TextLine) -> list[TextLine]:
    """The line in pieces, wherever words stand farther apart than blanks part them."""
    least = max(NARROWEST, NARROWEST_SHARE * line.height)
    pieces: list[list[Word]] = [[]]
    for word in line.words:
        if pieces[-1] and word.left - pieces[-1][-1].right > least:
            pieces.append([])
        pieces[-1].append(word)
    return [TextLine(tuple(words), line.top, line.bottom) for words in pieces]


def columns_between(names: Sequence[Name], lines: Iterable[TextLine], width: float) -> Columns | None:
    """Between each two names the widest place that hardly any line of several pieces reaches over; None without it."""
    several = [pieces for line in lines if len(pieces := pieces_apart(line)) > 1]
    taken = np.zeros(int(width) + 2, dtype=int)
    for pieces in several:
        for piece in pieces:
            taken[max(0, int(piece.left)) : int(piece.right) + 1] += 1
    edges = [0.0]
    for name, next_name in pairwise(names):
        place = _widest_gap(taken, int(name.right), int(next_name.left) + 1)
        if place is None or taken[int(place)] > OVERHANG * len(several):
            return None
        edges.append(place)
    return Columns(tuple(names), (*edges, width))


def _widest_gap(taken: np.ndarray, start: int, end: int) -> float | None:
    """The middle of the widest stretch between the places that fewest lines reach over."""
    between = taken[start:end]
    if not len(between):
        return None
    free = np.concatenate(([0], (between == between.min()).astype(int), [0]))
    begins, ends = np.flatnonzero(np.diff(free) == 1), np.flatnonzero(np.diff(free) == -1)
    widest = int(np.argmax(ends - begins))
    return float(start + (begins[widest] + ends[widest]) / 2)
