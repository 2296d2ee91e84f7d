"""What stands on every page, its number and running titles, is no part of the text."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from msoko.core.roadmap.reading.pdf_aligned import lines_naming_columns
from msoko.core.roadmap.reading.pdf_page import Page
from msoko.core.roadmap.reading.pdf_signs import TextLine

EDGE = 0.12  # of the height of a page, at its head and at its foot
LINES_AT_EDGE = 3
LEAST_PAGES = 3  # on which the same words make a running title
SHARE_OF_PAGES = 0.5
NUMBER = re.compile(r"[-–—\s]*(?:с\.|стр\.?|страница|лист)?\s*\d{1,3}\s*(?:(?:из|/)\s*\d{1,3})?[-–—\s]*", re.IGNORECASE)
DIGITS = re.compile(r"\d+")


def without_running_titles(pages: Sequence[Page]) -> None:
    """Takes the lines away from the pages themselves."""
    said = Counter(words for page in pages for words in {_words(line) for line in _at_edges(page)})
    running = {words for words, count in said.items() if count >= max(LEAST_PAGES, SHARE_OF_PAGES * len(pages))}
    for page in pages:
        dropped = [line for line in _at_edges(page) if _words(line) in running]
        rest = [line for line in page.lines if line not in dropped]
        dropped += [line for line in (*rest[:1], *rest[-1:]) if _is_number(line, page)]
        page.lines = [line for line in page.lines if line not in dropped]


def _words(line: TextLine) -> str:
    return DIGITS.sub("#", line.text)


def _at_edges(page: Page) -> Iterator[TextLine]:
    naming = lines_naming_columns(page.lines)  # repeated on every page, but no running title
    for line in page.lines[:LINES_AT_EDGE]:
        if line not in naming and line.bottom < EDGE * page.height:
            yield line
    for line in page.lines[-LINES_AT_EDGE:]:
        if line.top > (1 - EDGE) * page.height:
            yield line


def _is_number(line: TextLine, page: Page) -> bool:
    is_at_edge = line.bottom < EDGE * page.height or line.top > (1 - EDGE) * page.height
    return is_at_edge and NUMBER.fullmatch(line.text) is not None
