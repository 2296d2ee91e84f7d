"""Plain text and tables as text: without pages, programs and formulas."""

import codecs
import re
import unicodedata

from msoko.core.vocabulary.russian import NBSP
from msoko.web.roadmap.evidence.hidden import MARKUP
from msoko.web.roadmap.evidence.names import ending_of
from msoko.web.roadmap.evidence.refused import Refused

UNKNOWN = "файлы такого вида не принимаем"
TABLES, TEXTS = (".csv", ".tsv"), (".txt", "")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FORMULA = re.compile(r"(?:^|[;,\t\r\n])[ \"']*(?:=|@|[+\-][A-Za-z@=])")
"""A cell that a spreadsheet program would compute instead of showing it."""


def text_type(data: bytes, name: str) -> str:
    """«txt» or «csv», by the ending. Raises Refused for what is no text, and for a text that something would run."""
    text, ending = _text(data), ending_of(name)
    if text is None:
        raise Refused(UNKNOWN)
    if MARKUP.search(text.encode()) or "<%" in text:
        raise Refused("это веб-страница или программа, сохраните её как PDF")
    if ending in TABLES:
        if _FORMULA.search(text):
            raise Refused(f"в{NBSP}таблице есть формулы, сохраните её значения")
        return "csv"
    if ending in TEXTS:
        return "txt"
    raise Refused(f"текст с{NBSP}окончанием {ending} не{NBSP}принимаем, подойдёт TXT или CSV")


def _text(data: bytes) -> str | None:
    """Decoded by its mark, as UTF-8 or in the Windows encoding; None where it is no text."""
    by_mark = [encoding for mark, encoding in _MARKS if data.startswith(mark)]
    for encoding in by_mark or ("utf-8", "cp1251"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(unicodedata.category(sign) == "Cc" and sign not in "\t\n\r\f" for sign in set(text)):
            return text
    return None
