"""Things hidden in a file of another kind: an archive or a program behind a picture, a page in its comment."""

import re

from msoko.core.vocabulary.russian import NBSP
from msoko.web.roadmap.evidence.refused import Refused

HIDDEN = f"внутри спрятано что-то ещё, сохраните его заново и{NBSP}приложите снова"
_APPENDED = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"This program cannot be run in DOS mode", b"MSCF\x00\x00\x00\x00")
"""Long enough not to occur by chance in a picture or in a compressed stream."""
MARKUP = re.compile(
    rb"<\s*(?:!doctype|html|head|body|script|svg|iframe|object|embed|img|link|meta|form|style|base|\?php)",
    re.IGNORECASE,
)
"""What a page, a picture with scripts or a program of a web server begins with."""
_END_OF_ZIP, _LENGTH_OF_END, _LONGEST_COMMENT = b"PK\x05\x06", 22, 65535
_LOOKED_AT = 4096
"""Whoever guesses a type from content looks at the first kilobyte or two."""


def refuse_hidden(data: bytes) -> None:
    """Raises Refused where an archive or a program stands behind, or where it is a page for who guesses."""
    if any(one in data for one in _APPENDED) or ends_as_zip(data) or MARKUP.search(data[:_LOOKED_AT]):
        raise Refused(HIDDEN)


def ends_as_zip(data: bytes) -> bool:
    """Would a reader of ZIP, who begins at the end, take it for an archive?"""
    at = data.rfind(_END_OF_ZIP, max(0, len(data) - _LENGTH_OF_END - _LONGEST_COMMENT))
    if at < 0 or at + _LENGTH_OF_END > len(data):
        return False
    size = int.from_bytes(data[at + 12 : at + 16], "little")
    return size == 0 or data[max(0, at - size) : at].startswith(b"PK\x01\x02")
