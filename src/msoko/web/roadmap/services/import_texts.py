"""Words of a document as records keep them: nothing unseen, nothing that turns the line around, not too long."""

import re
from collections.abc import Iterable

from msoko.core.roadmap.reading.tidying import tidy
from msoko.web.roadmap.models import ImportedRow

# Controls, marks that turn the direction of text, tags and annotations: nobody sees them and they change what is seen.
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
ENDS_OF_LINES = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
LONGEST_TEXT = 20_000  # letters of one cell; the longest cell of real documents has some two thousand
FIELDS = ("roadmap", "section", "number", "title", "deadline", "executors", "result", "indicator")
LONGEST = {name: getattr(ImportedRow._meta.get_field(name), "max_length", None) or LONGEST_TEXT for name in FIELDS}
LINES = ("title", "executors", "result", "indicator")
"""Fields that may have several lines."""


def as_text(said: str) -> str:
    """Lines without what nobody sees; half a sign of two becomes «?»."""
    whole = said.encode("utf-8", "replace").decode()
    return tidy(without_unseen(whole))


def without_unseen(said: str) -> str:
    """The same words and lines, without signs that nobody sees and signs that turn the line around."""
    return UNSEEN.sub("", ENDS_OF_LINES.sub("\n", said))


def as_line(said: str) -> str:
    """The same as one line."""
    return " ".join(as_text(said).split())


def as_kept(field: str, said: str) -> str:
    """A field of a row as the record takes it, cut at its length."""
    clean = as_text(said) if field in LINES else as_line(said)
    return clean[: LONGEST[field]]


def too_long(field: str, said: str) -> bool:
    return len(as_text(said)) > LONGEST[field]


def joined(parts: Iterable[str], between: str = " ") -> str:
    """Parts of one text put together; a part said twice stands once."""
    kept: list[str] = []
    for part in parts:
        if part and part not in kept:
            kept.append(part)
    return between.join(kept)
