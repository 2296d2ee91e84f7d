"""Signs of a PDF page and the lines of words they make: a PDF knows where each letter stands and nothing else."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pdfminer.layout import LTChar, LTComponent

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

    @property
    def width_of_letter(self) -> float:
        return (self.right - self.left) / len(self.text)


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


def signs_of(letters: Iterable[LTChar], width: float, height: float) -> list[Sign]:
    """The letters that stand on the page, each once, Russian ones as Russian."""
    letters = [one for one in letters if 0 <= one.x0 + one.x1 <= 2 * width and 0 <= one.y0 + one.y1 <= 2 * height]
    wrong = _fonts_read_as_latin(letters)
    signs: list[Sign] = []
    seen: set[tuple[str, int, int]] = set()
    for one in letters:
        text = _as_russian(one.get_text()) if one.fontname in wrong else one.get_text()
        box = box_of(one, height)
        if not _is_printed_again(text, box, seen):
            signs.append(Sign(text, box, _direction(one.matrix)))
    return signs


def box_of(item: LTComponent, height: float) -> Box:
    """pdfminer counts from the lower left corner of the page, we from the upper one."""
    return item.x0, height - item.y1, item.x1, height - item.y0


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


def _fonts_read_as_latin(letters: Iterable[LTChar]) -> set[str]:
    """Fonts of Russian letters that old programs wrote down as Western European ones: «Ïðèêàç» for «Приказ»."""
    all_, strange = Counter[str](), Counter[str]()
    for one in letters:
        text = one.get_text()
        if text.isalpha():
            all_[one.fontname] += 1
            strange[one.fontname] += "\u00c0" <= text <= "\u00ff"
    return {font for font, count in strange.items() if count > 5 and count > 0.6 * all_[font]}


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
