"""Characters that no page can show. Text comes from people's files, and one bad letter must not cost a document."""

import re
from typing import Any

_FORBIDDEN_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
STAND_IN = "?"
"""Not U+FFFD: our fonts have no glyph for it, and a tagged PDF may hold no text that can't be shown."""


def printable(text: str) -> str:
    """The text with control characters and half surrogates, which XML can't hold, shown as «?»."""
    return _FORBIDDEN_IN_XML.sub(STAND_IN, text)


def all_printable(value: Any) -> Any:
    """The same for every string inside lists and dictionaries."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: all_printable(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [all_printable(part) for part in value]
    return value
