"""Of which direction a roadmap is, by its title."""

from collections.abc import Iterable

from msoko.core.definitions.programme_kinds import Direction
from msoko.core.vocabulary.words import begins_a_word, normal


def recognised(title: str, directions: Iterable[Direction]) -> tuple[Direction, ...]:
    """All directions that the title tells of; several where it tells of several, () where of none.

    «Система работы со школами с низкими результатами» says both stems of «низк результат».
    """
    said = normal(title)
    return tuple(direction for direction in directions if _tells_of(said, direction))


def _tells_of(said: str, direction: Direction) -> bool:
    return any(_has(said, stem) for stem in direction.stems) and not any(_has(said, stem) for stem in direction.unless)


def _has(said: str, stem: str) -> bool:
    """Whether every beginning of a word in the stem begins a word of the text, in whatever order."""
    return all(begins_a_word(said, beginning) for beginning in normal(stem).split())
