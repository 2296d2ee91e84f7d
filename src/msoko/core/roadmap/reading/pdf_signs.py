"""Signs of a PDF page and the lines of words they make: a PDF knows where each letter stands and nothing else."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Box = tuple[float, float, float, float]  # left, top, right, bottom; points from the upper left corner

SPACE = 0.2  # of the height of a letter: a wider gap parts words; blanks of fonts are 0.25 and more
ONE_LINE = 0.5  # of the height: centres of letters of one line differ by less, of two lines by more
PRINTED_TWICE = 0.9  # points: bold is at times made by printing a letter twice, this far apart
UPRIGHT, UPWARD, UPSIDE_DOWN, DOWNWARD = range(4)


@dataclass(frozen=True, slots=True)
class Sign:
    """One letter. `direction` is how many quarters of a turn against the clock its writing is turned by."""

    text: str
    box: Box
    direction: int = UPRIGHT


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class TextLine:
    """Words beside each other, from the left."""

    words: tuple[Word, ...]
    top: float
    bottom: float

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return self.words[-1].right

    @property
    def height(self) -> float:
        return self.bottom - self.top


def signs_of(chars: Iterable[dict[str, Any]], page: Box) -> list[Sign]:
    """The letters that stand on the page, each once, Russian ones as Russian; boxes from the corner of the page."""
    chars = [one for one in chars if _stands_on(one, page)]
    wrong = _fonts_read_as_latin(chars)
    signs: list[Sign] = []
    seen: set[tuple[str, int, int]] = set()
    for one in chars:
        text = _as_russian(one["text"]) if one["fontname"] in wrong else one["text"]
        box = (one["x0"] - page[0], one["top"] - page[1], one["x1"] - page[0], one["bottom"] - page[1])
        if not _is_printed_again(text, box, seen):
            signs.append(Sign(text, box, _direction(one["matrix"])))
    return signs


def _stands_on(char: dict[str, Any], page: Box) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(page[0] <= x <= page[2] and page[1] <= y <= page[3])


def _is_printed_again(text: str, box: Box, seen: set[tuple[str, int, int]]) -> bool:
    if text.isspace():
        return False
    x, y = int(box[0] / PRINTED_TWICE), int(box[1] / PRINTED_TWICE)
    if any((text, x + right, y + down) in seen for right in (-1, 0, 1) for down in (-1, 0, 1)):
        return True
    seen.add((text, x, y))
    return False


def _direction(matrix: Sequence[float]) -> int:
    along, up = matrix[0], matrix[1]
    if abs(along) >= abs(up):
        return UPRIGHT if along >= 0 else UPSIDE_DOWN
    return UPWARD if up > 0 else DOWNWARD


def _fonts_read_as_latin(chars: Sequence[dict[str, Any]]) -> set[str]:
    """Fonts of Russian letters that old programs wrote down as Western European ones: «Ïðèêàç» for «Приказ»."""
    letters, strange = Counter[str](), Counter[str]()
    for one in chars:
        if one["text"].isalpha():
            letters[one["fontname"]] += 1
            strange[one["fontname"]] += "\u00c0" <= one["text"] <= "\u00ff"
    return {font for font, count in strange.items() if count > 5 and count > 0.6 * letters[font]}


def _as_russian(text: str) -> str:
    try:
        return text.encode("latin-1").decode("cp1251")
    except UnicodeError:
        return text


def usual_direction(signs: Sequence[Sign]) -> int:
    """How most of the signs are turned."""
    return Counter(sign.direction for sign in signs).most_common(1)[0][0] if signs else UPRIGHT


def turned(box: Box, direction: int, width: float, height: float) -> Box:
    """The box on a page turned so that writing of that direction stands upright; the page was width × height."""
    left, top, right, bottom = box
    if direction == UPWARD:
        return height - bottom, left, height - top, right
    if direction == DOWNWARD:
        return top, width - right, bottom, width - left
    if direction == UPSIDE_DOWN:
        return width - right, height - bottom, width - left, height - top
    return box


def lines_of(signs: Sequence[Sign]) -> list[TextLine]:
    """Lines of words from the top, also of writing that is turned: a cell of a header may be written upward."""
    direction = usual_direction(signs)
    upright = [(sign.text, turned(sign.box, direction, 0, 0)) for sign in signs]
    lines: list[list[tuple[str, Box]]] = []
    middle = 0.0
    for text, box in sorted(upright, key=lambda sign: sign[1][1] + sign[1][3]):
        own = (box[1] + box[3]) / 2
        if not lines or own - middle > ONE_LINE * (box[3] - box[1]):
            lines.append([])
            middle = own
        lines[-1].append((text, box))
        middle += (own - middle) / len(lines[-1])
    return [line for letters in lines if (line := _line(letters)) is not None]


def _line(letters: list[tuple[str, Box]]) -> TextLine | None:
    letters.sort(key=lambda letter: letter[1][0])
    words, said, left, right = [], "", 0.0, 0.0
    for text, box in letters:
        if said and (text.isspace() or box[0] - right > SPACE * (box[3] - box[1])):
            words.append(Word(said, left, right))
            said = ""
        if not text.isspace():
            said, left, right = said + text, (left if said else box[0]), (max(right, box[2]) if said else box[2])
    if said:
        words.append(Word(said, left, right))
    shown = [box for text, box in letters if not text.isspace()]
    return TextLine(tuple(words), min(box[1] for box in shown), max(box[3] for box in shown)) if words else None
