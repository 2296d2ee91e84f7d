"""What the paragraphs before a table call it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from msoko.core.roadmap.reading.like_executors import names_a_person
from msoko.core.roadmap.reading.rows import Prose
from msoko.core.roadmap.reading.sentences import begins_in_the_middle, hangs

LONGEST_TITLE = 400
LONGEST_HEADING = 220
MOST_PARAGRAPHS = 6  # a title is rarely broken into more
_FIRST_WORDS = 5
_NAMES = re.compile(
    r"(?<![^\W_])(?:дорожн(?:ая|ые)\s+карт[аы]|план-график|план(?![^\W_])|график(?![^\W_])|перечень\s+мероприятий"
    r"|комплекс(?:ный)?\s+(?:мер\b|мероприятий|план)|мероприятия|циклограмма|программа\s+(?:мероприятий|действий))",
    re.IGNORECASE,
)
# «2. Организационные мероприятия»: a section of a plan rather than a plan.
_A_KIND_OF_ACTIVITIES = re.compile(
    r"(?:(?:раздел|блок|этап)?\s*(?:№\s*)?(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,4})[.)]?\s+)?(?!план|перечень|комплекс)"
    r"[\w-]+(?:ые|ие)(?:,?\s(?:и\s)?[\w-]+(?:ые|ие)){0,3}\s+мероприятия[.:]?",
    re.IGNORECASE,
)
_A_STATEMENT = re.compile(
    r"\s(?:является|являются|направлен[аоы]?\s+на|разработан[аы]?|включает|представлены|составлен|утвержд[её]н[аы]?"
    r"|реализуется|предусматривает)\s"
)
_GOES_ON = re.compile(r"(?:по|на|в|о|об|для|с|из|к|реализации|мероприятий|«|\"|\()(?![^\W_])|[«\"(]", re.IGNORECASE)
_SENTENCES = re.compile(r"[а-яё»)\d]{2}[.!?]\s+[А-ЯЁ]")
_NO_TITLE = re.compile(
    r"(?:приложение|утвержд|согласован|таблица\s+\d|рассмотрен|принят|ответственн\w+\s+исполнител|исполнител|от\s+«?\d|№|тел|e-?mail"
    r"|(?:продолжени|окончани)е(?:\s+таблиц\w*|\s+приложени\w*|$)|приказ\w*$|постановлени\w*$|страница|стр\.)",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"(?:\d{1,2}|[IVX]{1,4})[.)]\s|(?:раздел|этап|задача|блок|модуль)(?![^\W_])", re.IGNORECASE)
_EXPLAINS = re.compile(r":\s*\S|^[гсп]\.\s|^\d{4}\s*(?:г|-|–)")  # «Цель: …», «с. Заречье», «2026 год»
_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:стр(?:аница|\.)?\s*)?\d{1,4}(?:\s*(?:из|/)\s*\d{1,4})?[-–—\s]*", re.IGNORECASE)
_DIRECTION = re.compile(r"(?:по\s+)?направлени", re.IGNORECASE)


@dataclass(frozen=True)
class Caption:
    """A title of a roadmap, or (`names_roadmap` false) a heading that may be one of its sections."""

    text: str
    lines: tuple[int, ...]
    names_roadmap: bool
    heading: int = 0

    @property
    def is_of_direction(self) -> bool:
        return _DIRECTION.match(self.text) is not None


def is_page_number(text: str) -> bool:
    return _PAGE_NUMBER.fullmatch(text) is not None


def captions(paragraphs: Sequence[Prose]) -> tuple[Caption | None, Caption | None]:
    """The title of the roadmap and the heading below it, nearest to the table; either may be missing."""
    said = [part for one in paragraphs if not is_page_number(one.text) for part in _parted(one)]
    for at in range(len(said) - 1, -1, -1):
        if _names_a_roadmap(said[at].text):
            end = _end_of_title(said, at)
            title = _caption(said[at:end], names_roadmap=True)
            if end - at == 1 and _is_bare(title.text) and at > 0 and _is_heading(said[at - 1]):
                title = _caption([said[at - 1], said[at]], names_roadmap=True)
            below = said[end:]
            return title, _nearest_heading(below[-1:]) or _nearest_heading([one for one in below if one.heading])
    return None, _nearest_heading(said)


def _parted(one: Prose) -> list[Prose]:
    """A title that stands at the end of a paragraph, because its own line was taken for the last one of that."""
    ends = [found.end() - 1 for found in _SENTENCES.finditer(one.text)]
    tail = one.text[ends[-1] :] if ends else ""
    if not tail or len(tail) > LONGEST_HEADING or tail.endswith(".") or not _names_a_roadmap(tail):
        return [one]
    return [replace(one, text=one.text[: ends[-1]].strip()), replace(one, text=tail)]


def _caption(paragraphs: Sequence[Prose], names_roadmap: bool) -> Caption:
    parts = [" ".join(one.text.split()) for one in paragraphs]
    between = ". " if len(parts) == 2 and _is_bare(parts[1]) else " "
    return Caption(
        between.join(parts).strip(" :"),
        tuple(one.line for one in paragraphs),
        names_roadmap,
        min((one.heading for one in paragraphs if one.heading), default=0),
    )


def _names_a_roadmap(text: str) -> bool:
    said = " ".join(text.split())
    if len(said) > LONGEST_TITLE or begins_in_the_middle(said) or _NO_TITLE.match(said):
        return False
    if _A_STATEMENT.search(said) or (said.endswith((".", ";")) and len(said) > 150):
        return False
    found = _NAMES.search(said)
    if _A_KIND_OF_ACTIVITIES.fullmatch(said):
        return False
    if not found or len(said[: found.start()].split()) >= _FIRST_WORDS:
        return False
    return not re.search(r"[.!?;]\s|\bутвердить\b|\bоб утверждении\b", said[: found.start()], re.IGNORECASE)


def _end_of_title(said: Sequence[Prose], at: int) -> int:
    """The place after the last paragraph of a title that goes on over several."""
    end = at + 1
    while end < min(len(said), at + MOST_PARAGRAPHS) and _goes_on(said[end - 1], said[end], is_first=end == at + 1):
        end += 1
    return end


def _goes_on(above: Prose, below: Prose, is_first: bool) -> bool:
    upper, lower = above.text.strip(), below.text.strip()
    if len(lower) > LONGEST_TITLE - 100 or (lower.endswith((".", ";")) and len(lower) > 150) or _NO_TITLE.match(lower):
        return False
    if _COUNTED.match(lower) or (above.heading and below.heading and above.heading != below.heading):
        return False
    if hangs(upper) or (begins_in_the_middle(lower) and not lower.startswith(("-", "–", "—", "•", "*"))):
        return True
    if lower.endswith(".") or _SENTENCES.search(lower):
        return False
    shouted = upper.isupper() and lower.isupper() and (not above.heading or above.heading == below.heading)
    return bool(_GOES_ON.match(lower)) or shouted or (is_first and _is_bare(upper) and not _names_a_roadmap(lower))


def _is_bare(text: str) -> bool:
    """«Дорожная карта», «План мероприятий»: of what, is not said."""
    return len(text.split()) <= 2 and _NAMES.match(text.strip()) is not None


def _nearest_heading(said: Sequence[Prose]) -> Caption | None:
    for at in range(len(said) - 1, max(-1, len(said) - 4), -1):
        if _is_heading(said[at]):
            start = at
            while start > 0 and begins_in_the_middle(said[start].text) and _is_heading_text(said[start - 1].text):
                start -= 1
            return _caption(said[start : at + 1], names_roadmap=False)
    return None


def _is_heading(one: Prose) -> bool:
    return bool(one.heading) or _is_heading_text(one.text)


def _is_heading_text(text: str) -> bool:
    said = text.strip()
    return (
        3 < len(said) <= LONGEST_HEADING
        and not said.endswith((".", ";", ","))
        and not begins_in_the_middle(said)
        and not _SENTENCES.search(said)
        and not _NO_TITLE.match(said)
        and not _EXPLAINS.search(said)
        and not names_a_person(said)
        and not _A_STATEMENT.search(said)
        and any(map(str.isalpha, said))
    )
