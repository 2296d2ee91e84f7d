"""Cells of rows that a page broke, put together again."""

import re
from collections.abc import Collection
from itertools import pairwise

from msoko.core.roadmap.reading.sentences import begins_in_the_middle

SHORTEST_REPEAT = 5  # letters: a repeated end of that length is no chance
LONGEST_TAIL = 6  # words that may have slipped into the next row
_SENTENCE_BEGINS = re.compile(r"[«\"]?[А-ЯЁ][а-яё]{2,}|\d+\s?%|[-–•]\s")
_HANGING_PREPOSITION = re.compile(
    r"(?<![^\W_])(?:и|или|в|во|на|с|со|к|ко|по|о|об|от|до|для|при|из|у|за|под|над|через|между|без)$", re.IGNORECASE
)
_CUT_BEGINNING = re.compile(r"[а-яё]|[^\w\s«\"(–—-]|_")
_NEW_WORD = re.compile(r"[А-ЯЁ][а-яё]{2,}|\d|[«\"]")
_LAST_LETTERS = re.compile(r"[А-Яа-яЁёA-Za-z]+$")
_FIRST_LETTERS = re.compile(r"^[А-Яа-яЁё]+")


def joined(upper: str, lower: str) -> str:
    """The cell of both rows. What the second row only repeats is taken once."""
    if not upper or not lower:
        return upper or lower
    if upper == lower or (len(lower) >= SHORTEST_REPEAT and _ends_with(upper, lower)):
        return upper
    if len(upper) >= SHORTEST_REPEAT and lower.startswith(upper + " "):
        return lower
    return f"{upper}\n{lower}"


def _ends_with(upper: str, lower: str) -> bool:
    rest = upper[: -len(lower)]
    return upper.endswith(lower) and (not rest or not rest[-1].isalnum())


def tail_of(upper: str, lower: str) -> tuple[str, str] | None:
    """The end of the upper cell that slipped into the lower row, and what is left of the lower cell.

    («… деятельности в», «ШНРО Информационное сопровождение») → («ШНРО», «Информационное сопровождение»). Only where the
    upper cell ends with a preposition or a conjunction and a new sentence begins within a few words.
    """
    if not _HANGING_PREPOSITION.search(upper.strip()):
        return None
    words = lower.split()
    for count in range(1, min(LONGEST_TAIL + 4, len(words) - 1) + 1):
        if _SENTENCE_BEGINS.match(" ".join(words[count : count + 2])):
            if count > LONGEST_TAIL and not begins_in_the_middle(lower):
                return None
            return " ".join(words[:count]), " ".join(words[count:])
    return None


def chopped_together(pieces: list[str], words: Collection[str]) -> str:
    """A heading that the grid of the table cut anywhere: «в|ыявление динамики о|бразовательных»."""
    said = ""
    for piece in pieces:
        said = _glued(said, piece, words) if said else piece
    return said


def _glued(left: str, right: str, words: Collection[str]) -> str:
    end, beginning = _LAST_LETTERS.search(left), _FIRST_LETTERS.match(right)
    if not end or not beginning or left.endswith(" "):
        return f"{left} {right}"
    whole = (end[0] + beginning[0]).lower()
    if whole in words or beginning[0][0] in "ьъы" or (len(end[0]) == 1 and end[0] not in "вискуоая"):
        return left + right
    apart = end[0].lower() in words and beginning[0].lower() in words
    return f"{left} {right}" if apart or beginning[0][0].isupper() else left + right


def is_chopped(pieces: list[str]) -> bool:
    """Whether the cells are one text cut in the middle of words."""
    if len(pieces) < 2 or not pieces[0][:1].isalpha():
        return False
    in_words = [left[-1:].isalpha() and _CUT_BEGINNING.match(right) for left, right in pairwise(pieces)]
    return any(in_words) and not any(_NEW_WORD.match(piece) for piece in pieces[1:])
