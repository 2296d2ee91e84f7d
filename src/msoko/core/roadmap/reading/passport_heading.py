"""What a document is called: the title on its first pages, else the subject of the order that approves it."""

import re
from collections.abc import Iterator, Sequence

from msoko.core.roadmap.reading.cleaning import clean, flat
from msoko.core.roadmap.reading.lines import Line
from msoko.core.roadmap.reading.passport_field import PassportField
from msoko.core.roadmap.reading.passport_labels import label_of

LOOKED_THROUGH = 200  # paragraphs in which a title is looked for
LONGEST_TITLE = 500
LEAST_AFTER_NAME = 3  # signs: «ПЛАН» alone is no title yet
MOST_LINES_OF_TITLE = 7
MOST_EMPTY_LINES = 2

NAMES = re.compile(
    r"(?:(?:комплексн|муниципальн|районн|целев|школьн|долгосрочн|ведомственн|локальн|антикризисн|адресн)\w+\s+)*"
    r"(?:программ[аы]|«?дорожн\w+\s+карт\w+»?|концепци[яи]|комплекс\s+мер|план-график|проект\b"
    r"|план(?:\s+(?:\w+\s+)?(?:мероприят|действи|работ|поддержк|повышени)\w*)?)(?!\s*[:–—-]\s)(?!\w)",
    re.IGNORECASE,
)
SENTENCE = re.compile(
    r"\b(?:является|являются|разработан[аоы]?|утвердить|настоящ\w+|предназначен[аоы]?|представляет|реализуется|приказываю)\b",
    re.IGNORECASE,
)
SUBJECT = re.compile(
    r"«?об?\s+(?:утверждении|внесении изменений|реализации|организации|мерах|\w+\s+мерах)\b", re.IGNORECASE
)
GOES_ON = re.compile(r"[«\"(]|(?:на|в|по|о|об|для|и|с)\s|(?:на\s+)?20\d\d\s*[-–—]", re.IGNORECASE)
ENDS_TITLE = re.compile(
    r"(?:паспорт|раздел|содержание|оглавление|приложение|введение|утвержд|согласован|принят|глава|№|(?:с|г|п|пос|д)\.\s*[А-ЯЁ]"
    r"|20\d\d\s*(?:г\.?|год)?$|общие положения|пояснительная|[ivx]+\.|\d+[.)]|п\s*р\s*и\s*к\s*а\s*з|стр)",
    re.IGNORECASE,
)
SPACED_OUT = re.compile(r"\b(?:[А-ЯЁ] ){3,}[А-ЯЁ]\b")


def title_of(lines: Sequence[Line]) -> PassportField | None:
    """The best of the titles: one printed bold, as a heading or in capitals, then one that names a period."""
    prose = list(prose_of(lines))[:LOOKED_THROUGH]
    titles = [title for place in range(len(prose)) if (title := _title_at(prose, place)) is not None]
    best = max(titles, key=lambda title: title.confidence, default=None)
    return best or _subject(prose)


def prose_of(lines: Sequence[Line]) -> Iterator[tuple[Line, str]]:
    """Paragraphs with their plain words, spaced out words put together."""
    for line in lines:
        if len(line.cells) == 1 and (text := flat(clean(line.cells[0]))):
            yield line, SPACED_OUT.sub(lambda found: found[0].replace(" ", ""), text)


def _title_at(prose: Sequence[tuple[Line, str]], place: int) -> PassportField | None:
    line, text = prose[place]
    name = NAMES.match(text)
    if name is None or SENTENCE.search(text) or text.endswith((";", ":")) or len(text) > LONGEST_TITLE:
        return None
    whole, last, is_named = text, line, len(text) > len(name[0]) + LEAST_AFTER_NAME
    for next_line, more in prose[place + 1 : place + MOST_LINES_OF_TITLE]:
        if not _goes_on(whole, is_named, more, next_line.number - last.number):
            break
        whole, last, is_named = f"{whole} {more}", next_line, True
    if not is_named:
        return None
    is_shown = line.heading > 0 or line.cells[0].lstrip().startswith("**") or text.isupper()
    confidence = 0.6 + 0.15 * is_shown + 0.05 * (re.search(r"20\d\d", whole) is not None) - 0.2 * text.endswith(".")
    return PassportField(whole.strip(" *"), line.number, round(confidence, 2))


def _goes_on(whole: str, is_named: bool, more: str, distance: int) -> bool:
    """Whether the next paragraph is more of the title."""
    if distance > 1 + MOST_EMPTY_LINES or ENDS_TITLE.match(more) or len(whole) + len(more) > LONGEST_TITLE:
        return False
    if SENTENCE.search(more) or (label_of(more.partition(":")[0]) and ":" in more):
        return False
    if not is_named or whole.count("«") > whole.count("»"):
        return True
    return distance == 1 and (
        more[:1].islower() or GOES_ON.match(more) is not None or (whole.isupper() and more.isupper())
    )


def _subject(prose: Sequence[tuple[Line, str]]) -> PassportField | None:
    """«Об утверждении дорожной карты …», where the document has no other title."""
    for line, text in prose[:LOOKED_THROUGH]:
        if SUBJECT.match(text) and len(text) < LONGEST_TITLE and not SENTENCE.search(text):
            return PassportField(text, line.number, 0.5)
    return None
