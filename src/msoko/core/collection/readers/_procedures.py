"""Which procedure a table is about, told by the lines of text above it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from msoko.core.collection.names import said_by_name
from msoko.core.collection.naming import Content
from msoko.core.definitions.loading import Definitions

MOST_TITLE_LINES = 4


def content_in(lines: Sequence[str], definitions: Definitions) -> Content:
    """What the lines say of the procedure; of two that speak of one thing the nearer to the table is believed."""
    content = Content()
    for part in (part for line in lines for part in re.split(r"\.\s+|;", line)):
        said = said_by_name(_value(part), definitions)
        told = {what: value for what in ("year", "grade", "subject") if (value := getattr(said, what)) is not None}
        content = replace(content, **told)
    return content


def names_a_procedure(lines: Sequence[str], definitions: Definitions) -> bool:
    """Whether the lines are a title: they tell a year, a grade or a subject."""
    return content_in(lines, definitions) != Content()


def title_in(lines: Sequence[str]) -> str:
    """The lines next above the table, as one."""
    return " ".join(lines[-MOST_TITLE_LINES:])


def _value(part: str) -> str:
    """«Предмет: Математика» → «Математика»; a number alone would be taken for a grade."""
    label, _, value = part.rpartition(":")
    return value.strip() if label and not value.strip().isdigit() else part
