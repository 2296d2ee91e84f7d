"""The cell of executors cut at its separators, exactly as written."""

import html
import re
from collections.abc import Iterator

SEPARATORS = ",;\n"
OPENING = "(«["
CLOSING = {")": "(", "»": "«", "]": "["}
# „…“, “…” and "…": one sign opens and closes, its neighbours say which.
EITHER = '"„“”‟″'

_BREAK_TAG = re.compile(r"</?(?:p|br|li|ul|ol|div|tr|td|h\d)\b[^<>]*/?>", re.IGNORECASE)
_OTHER_TAG = re.compile(r"</?(?:b|i|u|s|em|strong|span|font|sup|sub|a|o:p|style|table|tbody)\b[^<>]*/?>", re.IGNORECASE)
_BLANKS = re.compile(r"[^\S\n]+")
_BULLET = re.compile(r"^\s*(?:[-–—•*·▪●]+|\d{1,2}[.)](?=\s))\s*")
# «УО, ИМЦ. Исполнители: ОО»: the full stop ends the list.
_BEFORE_LABEL = re.compile(r"(?<=\w{2})\.\s+(?=(?:[Сс]о)?(?:[Оо]тветственн|[Ии]сполнител)\w+\s*[:–—-])")
# «Иванова И. И.», «и др.», «в с.»: the full stop belongs to the word.
_OWN_STOP = re.compile(r"(?:(?<!\w)\w|(?<!\w)(?:др|пр|гг|обл|им|пос|зам|рук|отв))\.$", re.IGNORECASE)


def split(words: str) -> tuple[str, ...]:
    """The executors of a cell as its separators part them: «УО, МКУ «ИМЦ»; ОО» → («УО», «МКУ «ИМЦ»», «ОО»).

    Separators are comma, semicolon and the end of a line, outside of brackets and quotation marks; a line that only
    wraps is joined. Nothing is understood here: «УО РМК» stays one, `divide` parts it.
    """
    return tuple(piece for _, piece in pieces(words))


def pieces(words: str) -> Iterator[tuple[str, str]]:
    """Each piece with the separator before it («» before the first)."""
    text = _BEFORE_LABEL.sub("\n", unwrapped(without_markup(words)))
    separator, start = "", 0
    inside = protected(text)
    for i, sign in enumerate(text + "\n"):
        if sign in SEPARATORS and i not in inside:
            piece = tidy(text[start:i])
            if says_something(piece):
                yield separator, piece
                separator = ""
            separator, start = separator or sign, i + 1


def without_markup(words: str) -> str:
    """Tags and entities of HTML away, paragraphs become lines; «<person>» is no tag of HTML and stays."""
    text = html.unescape(words).replace("\r\n", "\n")
    text = re.sub(r"[\r\v\f\x85\u2028\u2029]", "\n", text)
    text = _OTHER_TAG.sub("", _BREAK_TAG.sub("\n", text))
    return "\n".join(_BLANKS.sub(" ", line).strip() for line in text.split("\n")).strip()


def unwrapped(text: str) -> str:
    """Lines that only wrap joined: what goes on with a small letter, a quotation mark, or after a hanging word."""
    joined = ""
    for line in text.split("\n"):
        if joined and line and _wraps(joined, line):
            joined += ("" if joined.endswith("-") and line[0].islower() else " ") + line
        else:
            joined += "\n" + line
    return joined.strip()


_HANGING = re.compile(
    r"(?:^|[\s(«])(?:и|или|по|в|во|с|со|на|за|от|для|при|из|до|о|об|№|им|г|[А-ЯЁ]*(?:МКУ|МБУ|МАУ|ОУ|ДППО|ДПО))\.?$"
)


def _wraps(before: str, line: str) -> bool:
    if before[-1] in SEPARATORS:
        return False
    if before[-1] in "-–/" or _HANGING.search(before) or before.count("(") > before.count(")"):
        return True
    return line[0] in '«"(»)/' or (line[0].islower() and not _BULLET.match(line))


def protected(text: str) -> set[int]:
    """Places inside brackets and quotation marks. A mark without its pair protects nothing."""
    inside: set[int] = set()
    opened: list[tuple[str, int]] = []
    for i, sign in enumerate(text):
        kind = _kind_of_mark(text, i)
        if kind == "opens":
            opened.append((sign, i))
        elif kind == "closes":
            wanted = EITHER if sign in EITHER else CLOSING[sign]
            place = next((k for k in range(len(opened) - 1, -1, -1) if opened[k][0] in wanted), None)
            if place is not None:
                inside.update(range(opened[place][1], i + 1))
                del opened[place:]
    return inside


def _kind_of_mark(text: str, i: int) -> str:
    sign = text[i]
    if sign in OPENING:
        return "opens"
    if sign in CLOSING:
        return "closes"
    if sign not in EITHER:
        return ""
    before, after = text[i - 1 : i], text[i + 1 : i + 2]
    return "opens" if (not before or before in ' \n(«"„“') and after.strip() else "closes"


def says_something(piece: str) -> bool:
    """Whether there is a letter or a digit: «—» stands for nobody."""
    return any(sign.isalnum() for sign in piece)


def tidy(piece: str) -> str:
    """Blanks, bullets, hanging punctuation away; the full stop of «И.И.» and «и др.» stays."""
    text = " ".join(piece.split())
    while (begun := _BULLET.sub("", text).lstrip(" .,;:/")) != text:
        text = begun
    while text and text[-1] in " .,;:/" and not (text[-1] == "." and _OWN_STOP.search(text)):
        text = text[:-1]
    return text
