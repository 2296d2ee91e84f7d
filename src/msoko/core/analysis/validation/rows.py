"""What a trial begins with: works as their protocols tell them, row by row."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from msoko.core.analysis.panel import Procedure

NOT_ATTEMPTED = -1


@dataclass(frozen=True, eq=False)
class WorkRows:
    """One work; arrays of N rows, absent participants among them.

    `organisation` keys of schools; `class_name` normal names; `items` (N, k) scores, −1 = not attempted and in rows of
    absent ones; `journal` marks 2…5, 0 = none. Every item of the procedure has a known maximum.
    """

    procedure: Procedure
    organisation: NDArray[np.int64]
    class_name: NDArray[np.str_]
    items: NDArray[np.int16]
    journal: NDArray[np.int8]
    is_absent: NDArray[np.bool_]

    @cached_property
    def total(self) -> NDArray[np.int64]:
        """Sum of the items; 0 for the absent."""
        return np.asarray(np.maximum(self.items, 0).sum(axis=1, dtype=np.int64))

    @cached_property
    def maxima(self) -> NDArray[np.int16]:
        return np.array([item.maximum or 0 for item in self.procedure.items], dtype=np.int16)

    def take(self, rows: NDArray[np.bool_]) -> "WorkRows":
        """The same work with some rows only."""
        columns = ("organisation", "class_name", "items", "journal", "is_absent")
        return replace(self, **{name: getattr(self, name)[rows] for name in columns})

    @property
    def present(self) -> NDArray[np.bool_]:
        return ~self.is_absent


def participants_by_school(works: Sequence[WorkRows]) -> dict[int, int]:
    """School → participants in all these works together."""
    keys, n = np.unique(np.concatenate([work.organisation[work.present] for work in works]), return_counts=True)
    return dict(zip(keys.tolist(), n.tolist(), strict=True))
