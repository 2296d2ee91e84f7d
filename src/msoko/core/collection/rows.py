"""Participants as arrays: what the cells say, in numbers, before anything is judged."""

from dataclasses import dataclass

import numpy as np

from msoko.core.collection.reading import Pupils
from msoko.core.collection.scores import (
    ABSENT,
    BLANK,
    NOTHING,
    UNREADABLE,
    Codes,
    Column,
    coded,
    item_columns,
    mark_code,
    number_code,
    variant_code,
)
from msoko.core.definitions.kinds import WorkItem


@dataclass(frozen=True)
class Rows:
    """The participants as arrays, one entry a row. Numbers that are not there are −1, marks that are not there 0."""

    pupils: Pupils
    items: list[Column]
    first_variant: np.ndarray
    second_variant: np.ndarray
    total: np.ndarray
    journal_mark: np.ndarray
    printed_mark: np.ndarray

    def __len__(self) -> int:
        return len(self.pupils)

    @property
    def absent(self) -> np.ndarray:
        """Absent from every part of the work there was."""
        first, second = self.first_variant, self.second_variant
        both = (first == ABSENT) & ((second == ABSENT) | (second == NOTHING))
        return both | ((first == NOTHING) & (second == ABSENT))

    @property
    def part_absent(self) -> np.ndarray:
        first, second = self.first_variant, self.second_variant
        return ((first == ABSENT) != (second == ABSENT)) & (first != NOTHING) & (second != NOTHING)

    @property
    def items_total(self) -> np.ndarray:
        return sum((column.points for column in self.items), np.zeros(len(self), np.int64))

    @property
    def all_blank(self) -> np.ndarray:
        return self._every(BLANK)

    @property
    def unreadable(self) -> np.ndarray:
        return self._any([column.codes == UNREADABLE for column in self.items])

    def above_maximum(self, items: tuple[WorkItem, ...]) -> np.ndarray:
        """Rows with an item above its maximum; an unknown maximum is never exceeded."""
        pairs = zip(self.items, items, strict=True)
        return self._any([column.codes > item.maximum for column, item in pairs if item.maximum is not None])

    def _any(self, masks: list[np.ndarray]) -> np.ndarray:
        return np.logical_or.reduce(masks) if masks else np.zeros(len(self), bool)

    def _every(self, code: int) -> np.ndarray:
        masks = [column.codes == code for column in self.items]
        return np.logical_and.reduce(masks) if masks else np.ones(len(self), bool)


def rows_of(pupils: Pupils) -> Rows:
    variants, numbers, marks = Codes(variant_code), Codes(number_code), Codes(mark_code)
    nothing = np.zeros(len(pupils), np.int64)
    return Rows(
        pupils=pupils,
        items=item_columns(pupils.items),
        first_variant=coded(pupils.variant, variants),
        second_variant=nothing if pupils.second_variant is None else coded(pupils.second_variant, variants),
        total=coded(pupils.total, numbers),
        journal_mark=coded(pupils.journal_mark, marks),
        printed_mark=nothing if pupils.printed_mark is None else coded(pupils.printed_mark, marks),
    )
