"""Columns of texts → arrays of numbers, whole columns at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from msoko.core.vocabulary.cells import is_not_attempted, says_absent, whole_number

MOST = 30_000  # a number above it is a slip of the pen; it stays above every maximum and fits a small column
BLANK, NOT_ATTEMPTED, UNREADABLE = -3, -1, -2
NOTHING, ABSENT, PROPER, STRANGE = 0, 1, 2, 3


class Codes(dict[str, int]):
    """Text → number, each distinct text computed once."""

    def __init__(self, compute: Callable[[str], int]) -> None:
        super().__init__()
        self.compute = compute

    def __missing__(self, said: str) -> int:
        code = self[said] = self.compute(said)
        return code


def coded(column: Sequence[str], codes: Codes) -> np.ndarray:
    return np.fromiter(map(codes.__getitem__, column), np.int64, len(column))


def item_code(said: str) -> int:
    """The score, or NOT_ATTEMPTED, BLANK (not attempted, and nothing written), UNREADABLE."""
    number = whole_number(said)
    if number is not None:
        return min(number, MOST)
    if said == "":
        return BLANK
    return NOT_ATTEMPTED if is_not_attempted(said) else UNREADABLE


def number_code(said: str) -> int:
    """The whole number of the cell, −1 where there is none."""
    number = whole_number(said)
    return -1 if number is None else min(number, MOST)


def mark_code(said: str) -> int:
    """The mark 2…5; 0 for anything else."""
    number = whole_number(said)
    return number if number in (2, 3, 4, 5) else 0


def variant_code(said: str) -> int:
    if said == "":
        return NOTHING
    if says_absent(said):
        return ABSENT
    return PROPER if (whole_number(said) or 0) > 0 else STRANGE


@dataclass(frozen=True)
class Column:
    """One item's column: a code a row (see `item_code`)."""

    codes: np.ndarray

    @property
    def scores(self) -> np.ndarray:
        return self.codes

    @property
    def points(self) -> np.ndarray:
        """What the cell adds to the sum: nothing where it was not attempted or cannot be read."""
        return np.maximum(self.codes, 0)


def item_columns(items: Sequence[Sequence[str]]) -> list[Column]:
    codes = Codes(item_code)
    return [Column(coded(column, codes)) for column in items]
