"""A value of a passport → its items: paragraphs, «1. … 2. …», «- …; - …», or parts between semicolons."""

import re
from collections.abc import Sequence
from itertools import pairwise

from msoko.core.roadmap.reading.cleaning import clean, flat

BULLET = re.compile(r"(?:(?<=^)|(?<=[\s;:.]))[-–—•●▪*]\s*(?=[«\w])")
NUMBER = re.compile(r"(?:(?<=^)|(?<=[\s;:.]))(\d{1,2})[.)]\s*(?=[«А-ЯЁа-яё•-])")
STAGE = re.compile(
    r"(?=(?<!\w)(?:(?:[IVX]{1,4}|\d)(?:\s*-?\s*[йгом]{1,2})?|перв\w+|втор\w+|треть?\w+|четверт\w+|пят\w+)\s*[-–—]?\s*этап)"
    r"|(?=(?<!\w)этап\s+(?:\d|[IVX]{1,4})\b)",
    re.IGNORECASE,
)
ITEM_OF_HTML = re.compile(r"<li\b[^<>]*>", re.IGNORECASE)
OPENS_LIST = re.compile(r"^(?:[^\W\d_]+\s+){0,4}[^\W\d_]+:\s*$")
LEADING_MARKS = re.compile(r"^(?:\d{1,2}[.)]|[-–—•●▪*])\s*(?:[-–—•●▪*]\s*)?")
OUTSIDE = re.compile(r"[«(]|[»)]|[,;\n]")


def items_of(cell: str) -> tuple[str, ...]:
    """The items without their marks and closing semicolons; () of an empty cell."""
    text = clean(ITEM_OF_HTML.sub("\n• ", cell))
    for part in (_numbered, _bulleted, _paragraphs, _between_semicolons):
        items = part(text)
        if len(items) > 1:
            return _tidied(items)
    return _tidied([text])


def stages_of(cell: str) -> tuple[str, ...]:
    """The stages that the text tells apart («I этап …», «Второй этап …»); () where it names none."""
    pieces = [piece for piece in STAGE.split(clean(cell)) if "этап" in piece.lower()]
    return _tidied(pieces) if pieces and STAGE.match(pieces[0]) else ()


def parties_of(cell: str) -> tuple[str, ...]:
    """Executors and participants: also parted by commas, those in quotes and brackets left whole."""
    items = items_of(cell)
    if len(items) != 1:
        return items
    return _tidied(_split_outside(items[0]))


def _numbered(text: str) -> list[str]:
    """Parts that begin with 1, 2, 3 …: other numbers stand in the text itself."""
    starts, wanted = [], 1
    for found in NUMBER.finditer(text):
        if int(found[1]) == wanted:
            starts.append(found.start())
            wanted += 1
    return _parts(text, starts)


def _bulleted(text: str) -> list[str]:
    """Parts that begin with a mark. One inside a sentence is a dash: items begin lines or follow «;» «:» «.»."""
    starts = [
        found.start()
        for found in BULLET.finditer(text)
        if not (before := text[: found.start()].rstrip(" ")) or before[-1] in "\n;:."
    ]
    return _parts(text, starts)


def _parts(text: str, starts: Sequence[int]) -> list[str]:
    if len(starts) < 2:
        return []
    head = text[: starts[0]].strip()
    parts = [text[start:end] for start, end in pairwise([*starts, len(text)])]
    return parts if not head or head.endswith(":") else [head, *parts]


def _paragraphs(text: str) -> list[str]:
    """Lines, those that only go on from the one above put to it."""
    whole: list[str] = []
    for line in text.split("\n"):
        goes_on = whole and line[:1].islower() and not whole[-1].endswith((";", ".", ":"))
        if goes_on:
            whole[-1] += f"\n{line}"
        else:
            whole.append(line)
    return whole[1:] if len(whole) > 2 and OPENS_LIST.match(whole[0]) else whole


def _between_semicolons(text: str) -> list[str]:
    return text.split(";")


def _split_outside(text: str) -> list[str]:
    depth, parts = 0, [""]
    place = 0
    for found in OUTSIDE.finditer(text):
        parts[-1] += text[place : found.start()]
        if found[0] in ",;\n" and depth <= 0:
            parts.append("")
        else:
            depth += found[0] in "«("
            depth -= found[0] in "»)"
            parts[-1] += found[0]
        place = found.end()
    return [*parts[:-1], parts[-1] + text[place:]]


def _tidied(items: Sequence[str]) -> tuple[str, ...]:
    plain = (LEADING_MARKS.sub("", flat(item).strip()).strip(" ;,") for item in items)
    return tuple(item for item in plain if item)
