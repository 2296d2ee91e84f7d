"""TXT → lines: one physical line a line, tabulators part the cells (bars, where a file has no tabulator)."""

from msoko.core.roadmap.reading.lines import Line
from msoko.core.roadmap.reading.unreadable import UnreadableDocument

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_OLD_ENCODINGS = ("cp1251", "koi8-r", "cp866")
_LETTERS = frozenset("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфёъ")
FEWEST_BARRED = 3  # lines with bars that make a table
LOOKED_AT = 20_000  # bytes that are enough to tell an encoding


def lines_of_text(content: bytes) -> tuple[Line, ...]:
    """Lines that are not empty, numbered as an editor numbers them. utf-8, utf-16, cp1251, koi8-r and cp866 are read.

    Raises UnreadableDocument for what is no text.
    """
    text = _decoded(content).replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    lines = text.split("\n")
    has_bars = "\t" not in text and sum(line.count("|") > 1 for line in lines) >= FEWEST_BARRED
    return tuple(
        Line(number, _barred(line) if has_bars else tuple(cell.strip() for cell in line.split("\t")))
        for number, line in enumerate(lines, start=1)
        if line.strip()
    )


def _barred(line: str) -> tuple[str, ...]:
    """Cells between bars; a bar at either end of the line is its border."""
    return tuple(cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|"))


def _decoded(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    if b"\0" in content[:LOOKED_AT]:
        return _decoded_without_mark(content)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return max((content.decode(encoding, errors="replace") for encoding in _OLD_ENCODINGS), key=_russian)


def _decoded_without_mark(content: bytes) -> str:
    """utf-16 without its mark has a zero in every second byte of blanks and digits; other zeros are of no text."""
    options = [content.decode(encoding, errors="replace") for encoding in ("utf-16-le", "utf-16-be")]
    best = max(options, key=_russian)
    if _russian(best) < 0.4:
        raise UnreadableDocument(
            "Это не текстовый файл.", "Загрузите документ в формате DOCX, PDF или TXT.", "not_text"
        )
    return best


def _russian(text: str) -> float:
    """The share of small Russian letters among all signs that are not blanks."""
    said = [sign for sign in text[:LOOKED_AT] if not sign.isspace()]
    return sum(sign in _LETTERS for sign in said) / max(1, len(said))
