"""The period of a programme: by its field, else its title, else what the text says of it. Deadlines fall within it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msoko.core.roadmap.reading.cleaning import clean, flat
from msoko.core.roadmap.reading.lines import Line
from msoko.core.roadmap.reading.passport_dates import SCHOOL_YEAR_BEGINS, SCHOOL_YEAR_ENDS, period_in
from msoko.core.roadmap.reading.passport_field import PassportField

OF_TITLE, OF_TEXT = 0.8, 0.5  # of what the field itself deserves; confidence
LONGEST_PERIOD = 15  # years; more is a date of a law taken in
DOCUMENT = re.compile(r"программ|дорожн|концепци|план[аыуе]?\b|мероприяти|настоящ", re.IGNORECASE)
SAYS_PERIOD = re.compile(
    r"(?:период\w*|рассчитан\w*\s+на|реализу\w+\s+(?:в|с)|срок\w*\s+(?:реализации|действия|исполнения)|на|в)\s+"
    r"(?:с\s+|—\s*|–\s*)?(?:(?:19|20)\d\d\s*(?:[-–—/]|год\w*\s+(?:по|до)|(?:по|до)|г\.?\s)"
    r"|\d{1,2}\.\d{1,2}\.(?:19|20)\d\d)",
    re.IGNORECASE,
)
SAYS_YEARS = re.compile(r"годы|годов|годах|гг|г\.\s?г", re.IGNORECASE)


def period_fields(passport: Mapping[str, PassportField], lines: Sequence[Line]) -> dict[str, PassportField]:
    """begins and ends as ISO dates, as far as the document says them."""
    for source in _sources(passport, lines):
        begins, ends = period_in(source.words)
        if ends is None:
            continue
        if begins is not None and _is_school_year(begins, ends, source.words, lines):
            begins, ends = date(begins.year, *SCHOOL_YEAR_BEGINS), date(ends.year, *SCHOOL_YEAR_ENDS)
        begins, ends = _narrowed(begins or _approved_on(passport), ends, passport.get("stages"))
        if begins is None or not begins < ends or ends.year - begins.year > LONGEST_PERIOD:
            continue
        return {
            name: PassportField(day.isoformat(), source.line, source.confidence)
            for name, day in (("begins", begins), ("ends", ends))
        }
    return {}


def _sources(passport: Mapping[str, PassportField], lines: Sequence[Line]) -> Iterator[PassportField]:
    """Words that may say the period, the best first."""
    if "period" in passport:
        yield passport["period"]
    if "title" in passport:
        title = passport["title"]
        yield PassportField(title.words, title.line, round(OF_TITLE * title.confidence, 2))
    if "stages" in passport:
        yield passport["stages"]
    for line in lines:
        text = flat(clean(line.cells[0])) if len(line.cells) == 1 else ""
        found = SAYS_PERIOD.search(text) if DOCUMENT.search(text) else None
        if found is not None:
            yield PassportField(text[found.start() :][:60], line.number, OF_TEXT)


def _is_school_year(begins: date, ends: date, words: str, lines: Sequence[Line]) -> bool:
    """«2023–2024» without «годы», where the document also says «2023–2024 учебный год»."""
    if ends.year != begins.year + 1 or (begins.month, ends.month) != (1, 12) or SAYS_YEARS.search(words):
        return False
    said = re.compile(
        rf"{begins.year}\s*[-–—/]\s*(?:{ends.year}|{ends.year % 100})\s*(?:г\w*\.?\s*)?(?:уч\b|учеб)", re.IGNORECASE
    )
    return any(said.search(cell) for line in lines for cell in line.cells)


def _approved_on(passport: Mapping[str, PassportField]) -> date | None:
    """«До 2025 года»: from the day of approval on."""
    approved = passport.get("approved_on")
    return date.fromisoformat(approved.words) if approved else None


def _narrowed(begins: date | None, ends: date, stages: PassportField | None) -> tuple[date | None, date]:
    """«2022–2025 годы» with a first stage from October 2022 begin in October."""
    if stages is None or begins is None:
        return begins, ends
    first, last = period_in(stages.words)
    is_inside = first is not None and last is not None and begins <= first < last <= ends
    if not is_inside or first is None or last is None or (first.year, last.year) != (begins.year, ends.year):
        return begins, ends
    return first, last
