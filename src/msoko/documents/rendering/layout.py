"""What both renderers agree on: the sheet, sizes, widths of columns."""

from collections.abc import Sequence

from msoko.documents.tables import Table

PAGE_WIDTH_MM, PAGE_HEIGHT_MM = 210, 297
MARGIN_LEFT_MM, MARGIN_RIGHT_MM, MARGIN_TOP_MM, MARGIN_BOTTOM_MM = 30, 15, 20, 20
"""Margins of an official paper: room for binding on the left (ГОСТ Р 7.0.97-2016 asks for at least 20/10/20/20)."""
TEXT_WIDTH_MM = PAGE_WIDTH_MM - MARGIN_LEFT_MM - MARGIN_RIGHT_MM
WIDE_TEXT_WIDTH_MM = PAGE_HEIGHT_MM - MARGIN_TOP_MM - MARGIN_RIGHT_MM
"""Of a sheet that lies on its side: what was the top is bound then."""
TALLEST_PICTURE_MM = 215
"""A picture and its caption stay on one page."""
BODY_PT, TABLE_PT, SMALL_PT = 14, 11, 10
PIXELS_PER_MM = 4.1
"""A picture 680 pixels wide takes the whole width of the text: its 13-pixel letters are then about 9 points high."""

_LEAST, _MOST = 7, 34
_LETTERS_OF_A_LINE = 75
"""Letters of bold 11-point text across the page."""
_SIGN, _WIDE, _SIDES = 0.75, 1.2, 1.5
"""In letters: how wide digits, spaces and signs are, and wide letters, and the empty sides of a cell."""
_WIDE_LETTERS = frozenset("мшщжыюфМШЩЖЫЮФ")
_NEVER_BROKEN = 15
"""Letters of a cell that should stand on one line: «53 % (47–60 %)»."""


def text_width(wide: bool) -> float:
    """Millimetres between the margins."""
    return WIDE_TEXT_WIDTH_MM if wide else TEXT_WIDTH_MM


def widths(table: Table, wide: bool = False) -> list[float]:
    """Fractions of the width for each column, summing to 1: by the longest word and by how much there is to read."""
    letters = _LETTERS_OF_A_LINE * text_width(wide) / TEXT_WIDTH_MM
    texts = [[column.header, *cells] for column, cells in zip(table.columns, _columns(table), strict=True)]
    words = [_widest_word(of_column) + _SIDES for of_column in texts]
    if wide:
        needs = _by_lines(texts, words, letters)
        return [need / sum(needs) for need in needs]
    needs = [
        max(word, _need(of_column, column.kind == "text" and column.side == "left"))
        for word, column, of_column in zip(words, table.columns, texts, strict=True)
    ]
    spare, wish = max(0.0, letters - sum(words)), sum(needs) - sum(words)
    # Words first, so that none is broken; what is left of the line goes where there is more to read.
    if wish > spare:
        needs = [word + spare * (need - word) / wish for word, need in zip(words, needs, strict=True)]
    return [need / sum(needs) for need in needs]


def _by_lines(texts: Sequence[Sequence[str]], words: Sequence[float], letters: float) -> list[float]:
    """Letters for each column of a sheet that lies: what the words leave of the line goes, letter by letter, to the
    column that makes the most lines. So reports of twenty schools have half of the page and «№» has its number."""
    rows = [[len(text) for text in row] for row in zip(*texts, strict=True)]
    found = [max(word + _SIDES, _unbroken(of_column)) for word, of_column in zip(words, texts, strict=True)]
    for _ in range(int(letters - sum(found))):
        lines = [0.0] * len(found)
        for row in rows:
            heights = [length / width for length, width in zip(row, found, strict=True)]
            lines[heights.index(max(heights))] += max(*heights, 1) - 1
        if not any(lines):
            break
        found[lines.index(max(lines))] += 1
    return found


def _widest_word(texts: Sequence[str]) -> float:
    words = [word for text in texts for word in text.split(" ")]
    return max((sum(map(_width, word)) for word in words), default=0.0)


def _width(sign: str) -> float:
    if sign in _WIDE_LETTERS:
        return _WIDE
    return 1.0 if sign.isalpha() else _SIGN


def _columns(table: Table) -> Sequence[Sequence[str]]:
    shown = zip(table.lines, table.formatted_rows(), strict=True)
    rows = [texts for line, texts in shown if line.tone != "section"]
    return list(zip(*rows, strict=True)) if rows else [() for _ in table.columns]


def _unbroken(texts: Sequence[str]) -> float:
    """Letters of a column whose every cell should stand on one line, 0 where there is none such."""
    longest_text = max((len(text) for text in texts), default=0)
    return longest_text + 2 if longest_text <= _NEVER_BROKEN else 0


def _need(texts: Sequence[str], words: bool) -> float:
    if unbroken := _unbroken(texts):
        return max(_LEAST, unbroken)
    longest_word = max((len(word) for text in texts for word in text.split(" ")), default=0)
    longest_text = max((len(text) for text in texts), default=0)
    return min(_MOST, max(_LEAST, longest_word + 2, longest_text**0.5 * (4.2 if words else 3.2)))


def picture_size(svg_width: float, svg_height: float) -> tuple[float, float]:
    """Width and height in mm: the natural size, made smaller until it fits the text's width and the page's height."""
    width, height = svg_width / PIXELS_PER_MM, svg_height / PIXELS_PER_MM
    scale = min(1.0, TEXT_WIDTH_MM / width, TALLEST_PICTURE_MM / height)
    return width * scale, height * scale
