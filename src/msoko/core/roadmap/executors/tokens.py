"""The words of a piece with their places; what stands in quotation marks or brackets, and a person's name, is one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from msoko.core.roadmap.executors.splitting import protected
from msoko.core.vocabulary.words import look_alike


class Sort(Enum):
    WORD = "word"
    QUOTED = "quoted"
    BRACKETED = "bracketed"
    PERSON = "person"
    JOINER = "joiner"  # «и», «/»: may stand between two executors
    PARTER = "parter"  # «совместно с», «а также»: always stands between two


@dataclass(frozen=True)
class Token:
    """`plain` is the word in small letters without punctuation; `start` and `end` its place in the piece."""

    text: str
    start: int
    end: int
    sort: Sort = Sort.WORD

    @cached_property
    def plain(self) -> str:
        return look_alike(self.text).strip(' .,;:!«»"()[]–—-')


_NAME = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
_INITIALS = r"[А-ЯЁ]\.(?:\s?[А-ЯЁ]\.)?"
PERSON = re.compile(
    rf"<person>|(?<!им\.\s)(?<!им\.)(?<!имени\s)(?<!\w)(?:{_NAME}\s{_INITIALS}"
    rf"|(?<![А-ЯЁ]\.)(?<![А-ЯЁ]\.\s){_INITIALS}\s?{_NAME}(?!\w)"
    rf"|{_NAME}\s{_NAME}\s[А-ЯЁ][а-яё]+(?:вич|вна|ична|инич|вича|вне|вной)(?!\w))"
)
_PARTER = re.compile(
    r"(?<!\w)(?:(?:и\s+)?а\s+также|совместно\s+со?|(?:и\s+)?при\s+(?:участии|поддержке|содействии)"
    r"|с\s+(?:участием|привлечением|приглашением)|(?:во\s+взаимодействии|в\s+сотрудничестве)\s+со?)(?!\w)",
    re.IGNORECASE,
)
_JOINER = re.compile(
    r"(?<!\w)(?:и/или|или|и|&)(?![\w.])|(?<=\w\w)\s?/\s?(?=\w\w)|(?<=[»)])\s?/\s?|\s[+/]\s", re.IGNORECASE
)
_WORD = re.compile(r"\S+")


def tokens_of(piece: str) -> list[Token]:
    """The tokens in their order; blanks and nothing else stand between them."""
    taken: list[Token] = list(_spans_in_marks(piece))
    for pattern, sort in ((PERSON, Sort.PERSON), (_PARTER, Sort.PARTER), (_JOINER, Sort.JOINER)):
        for found in pattern.finditer(piece):
            if not any(found.start() < token.end and token.start < found.end() for token in taken):
                taken.append(_token(piece, found.start(), found.end(), sort))
    taken.sort(key=lambda token: token.start)
    return list(_with_words_between(piece, taken))


def _spans_in_marks(piece: str) -> Iterator[Token]:
    places = sorted(protected(piece))
    while places:
        length = next((i for i, place in enumerate(places) if place != places[0] + i), len(places))
        start, end = places[0], places[length - 1] + 1
        yield _token(piece, start, end, Sort.BRACKETED if piece[start] in "([" else Sort.QUOTED)
        places = places[length:]


def _with_words_between(piece: str, taken: list[Token]) -> Iterator[Token]:
    at = 0
    for token in [*taken, None]:
        end = token.start if token else len(piece)
        for found in _WORD.finditer(piece, at, end):
            yield _token(piece, found.start(), found.end(), Sort.WORD)
        if token:
            yield token
            at = token.end


def _token(piece: str, start: int, end: int, sort: Sort) -> Token:
    return Token(piece[start:end], start, end, sort)
