"""Lines of words outside of tables → paragraphs in the order in which they are read."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf

from msoko.core.roadmap.reading.pdf_joining import BULLET, ITEM, is_meant
from msoko.core.roadmap.reading.pdf_signs import TextLine

GAP = 2.5  # of the height: words farther apart stand in different columns, as the stamps of approval do
LEAST_GAP = 28.0  # points
MARK_OF_LIST = re.compile(r"(?:[-–—•●▪■◦○*]|\d{1,3}(?:\.\d{1,3})*[.)]?|[а-яa-z]\))", re.IGNORECASE)
FAR = 1.5  # of the height between two lines: more always parts paragraphs
WIDER = 1.2  # times the distance of the lines around: more parts paragraphs
INDENT = 8.0  # points
SIZE = 1.5  # points by which heights of lines of one paragraph may differ
CENTRED = 4.0  # points
NEARLY_CENTRED = 0.06  # of the width of prose: its right side is only known from lines that are not quite full


@dataclass(frozen=True)
class Column:
    """Where lines of prose may begin and end on a page, points from its left side."""

    page: int
    left: float
    right: float


@dataclass
class Paragraph:
    column: Column
    lines: list[TextLine] = field(default_factory=list)


def pieces_of(line: TextLine) -> list[TextLine]:
    """The line in pieces where columns part it; the mark of a list stays with what it marks."""
    pieces, words = [], [line.words[0]]
    for word in line.words[1:]:
        gap = word.left - words[-1].right
        is_marked = len(words) == 1 and MARK_OF_LIST.fullmatch(words[0].text)
        if gap > max(LEAST_GAP, GAP * line.height) and not is_marked:
            pieces.append(TextLine(tuple(words), line.top, line.bottom))
            words = []
        words.append(word)
    return [*pieces, TextLine(tuple(words), line.top, line.bottom)]


def paragraphs_of(lines: Iterable[TextLine], column: Column) -> list[Paragraph]:
    """Paragraphs of the lines of one stretch of a page, in the order of their tops; columns are read one by one."""
    blocks: list[list[TextLine]] = []
    for line in lines:
        pieces = pieces_of(line)
        for piece in pieces:
            block = _block_of(piece, blocks, is_alone=len(pieces) == 1)
            if block is None:
                blocks.append(block := [])
            block.append(piece)
    found = []
    for block in blocks:
        is_alone = not any(_beside(block, other) for other in blocks if other is not block)
        found += _paragraphs_of_block(block, column if is_alone else _own(block, column))
    return found


def _block_of(piece: TextLine, blocks: list[list[TextLine]], is_alone: bool) -> list[TextLine] | None:
    """The block that the piece goes on; None where it begins one. A line under two columns goes on neither."""
    if is_alone and len(blocks) == 1:
        return blocks[0]
    above = [block for block in blocks if _is_under(piece, block[-1])]
    return above[0] if len(above) == 1 else None


def _is_under(piece: TextLine, last: TextLine) -> bool:
    is_near = last.top + 1 < piece.top < last.bottom + 3 * piece.height
    return is_near and piece.left < last.right and last.left < piece.right


def _beside(block: Sequence[TextLine], other: Sequence[TextLine]) -> bool:
    return block[0].top < other[-1].bottom and other[0].top < block[-1].bottom


def _own(block: Sequence[TextLine], column: Column) -> Column:
    right = max(line.right for line in block)
    return Column(
        column.page, min(line.left for line in block), column.right if column.right - right < LEAST_GAP else right
    )


def _paragraphs_of_block(block: Sequence[TextLine], column: Column) -> list[Paragraph]:
    found: list[Paragraph] = []
    distances = [inf, *(line.top - above.top for above, line in pairwise(block)), inf]
    for place, line in enumerate(block):
        around = min(distances[max(0, place - 1)], distances[place + 1])
        if not found or distances[place] > WIDER * around or _begins(found[-1], line, column):
            found.append(Paragraph(column))
        found[-1].lines.append(line)
    return found


def _begins(paragraph: Paragraph, line: TextLine, column: Column) -> bool:
    last = paragraph.lines[-1]
    if line.top - last.bottom > FAR * line.height or abs(line.height - last.height) > SIZE:
        return True
    if _are_centred(last, line, column):
        return False  # a title of several lines
    is_item = bool(ITEM.match(paragraph.lines[0].text) or BULLET.match(paragraph.lines[0].text))
    if line.left - last.left > INDENT and not (is_item and len(paragraph.lines) == 1):
        return True
    return is_meant(last, line, column.left, column.right)


def _are_centred(line: TextLine, next_line: TextLine, column: Column) -> bool:
    """Of lines with one centre that begin at different places no margins have to be known."""
    if min(line.left, next_line.left) - column.left < INDENT or ITEM.match(next_line.text):
        return False
    if abs(line.left - next_line.left) > CENTRED:
        return abs(line.left + line.right - next_line.left - next_line.right) < 2 * CENTRED
    return is_centred(line, column) and is_centred(next_line, column)


def is_centred(line: TextLine, column: Column) -> bool:
    before, after = line.left - column.left, column.right - line.right
    return before > INDENT and abs(before - after) < max(CENTRED, NEARLY_CENTRED * (column.right - column.left))
