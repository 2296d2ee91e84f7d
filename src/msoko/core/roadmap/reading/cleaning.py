"""The text of a cell without remnants of HTML and Markdown, as lines and as one line."""

import html
import re
from collections.abc import Collection

from msoko.core.roadmap.reading.tidying import tidy

# Only tags that are known are taken away: «<person>» and «<phone>» are words that an anonymiser left.
_BREAKING = re.compile(r"</?(?:p|br|li|ul|ol|div|tr|hr|h[1-6]|blockquote)\b(?:\s[^<>]*)?/?>", re.IGNORECASE)
_SILENT = re.compile(
    r"</?(?:b|i|u|s|em|strong|span|font|sup|sub|small|a|o:p|center|table|tbody|thead|td|th|img|del|ins|pre|code)\b"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,8}\d?);")
_STARS = re.compile(r"\*\*+|__+")
# «контрольно- измерительных»: the blank came from a line that ended there. «научно- и учебно-…» is as it should be.
_BROKEN_COMPOUND = re.compile(r"(?<=[а-яё])- (?!(?:и|или|а|но)\b)(?=[а-яё])")
_HYPHEN_AT_END = re.compile(r"([А-Яа-яЁё]+)-\n([а-яё]+)")
# «10.10.2026–⏎30.10.2026»: a dash without a blank before it has none after it.
_DASH_AT_END = re.compile(r"(?<=[\w.])([–—-])\n(?=[\dА-ЯЁа-яё])")
_DASH_OF_ONE_SIDE = re.compile(r"(?<=[\w.])([–—]) (?=[\dА-ЯЁа-яё])")
# A first part that keeps its hyphen: учебно-, нормативно-, социально-, психолого-, правово-, план-, мастер- …
_FIRST_PART = re.compile(r"(?:[а-яё]{2,}(?:но|ого|ко|во)|план|мастер|бизнес|онлайн|интернет|веб|тест|пресс|арт)$")
_THE_SAME = re.compile(r"(?=.*[/\\\"«»“”„″])[-–—/\\\"«»“”„″'\s]+|(?:то|тот|та|те)\s+же\.?", re.IGNORECASE)
_ONLY_SIGNS = re.compile(r"[^\w<>%№+✓✔√☑]*")  # a mark in a column of a month says something


def clean(cell: str) -> str:
    """Lines of the cell parted by «\\n», blanks as one, tags as ends of lines, entities as their signs."""
    if "<" in cell or "&" in cell:
        cell = _ENTITY.sub(lambda found: html.unescape(found[0]), cell)
        cell = _SILENT.sub("", _BREAKING.sub("\n", cell))
    if "*" in cell or "_" in cell:
        cell = _STARS.sub("", cell)
    return tidy(cell)


def flat(text: str, words: Collection[str] = ()) -> str:
    """One line. A word parted at the end of a line is put together as the document writes it elsewhere (`words`)."""
    if "\n" in text:
        text = _DASH_AT_END.sub(r"\1", unhyphenated(text, words))
    return _BROKEN_COMPOUND.sub("-", _DASH_OF_ONE_SIDE.sub(r"\1", " ".join(text.split())))


def unhyphenated(text: str, words: Collection[str] = ()) -> str:
    """Words parted at the ends of lines together, other lines as they were."""
    return _HYPHEN_AT_END.sub(lambda found: _whole(found[1], found[2], words), text)


def _whole(left: str, right: str, words: Collection[str]) -> str:
    if (left + right).lower() in words:
        return left + right
    if f"{left}-{right}".lower() in words or _FIRST_PART.search(left.lower()):
        return f"{left}-{right}"
    return left + right


def says_the_same(text: str) -> bool:
    """«-//-», «»», «то же»: what stands in the cell above holds here too."""
    return _THE_SAME.fullmatch(text.strip()) is not None


def is_only_signs(text: str) -> bool:
    """«---», «|», «…»: nothing that says anything."""
    return _ONLY_SIGNS.fullmatch(text) is not None
