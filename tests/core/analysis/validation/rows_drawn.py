"""Works drawn row by row for the tests of validation."""

from collections.abc import Sequence

import numpy as np

from msoko.core.analysis.panel import Procedure
from msoko.core.analysis.validation.rows import NOT_ATTEMPTED, WorkRows
from msoko.core.definitions.kinds import WorkItem
from tests.core.analysis.panels import work

MAXIMA = (4, 3, 3, 4, 2, 4)
"""Twenty points, as the scale of `panels.work` has."""


def procedure(key: int = 1, subject: str = "mathematics", grade: int = 5, year: int = 2025) -> Procedure:
    items = [WorkItem(str(number), maximum) for number, maximum in enumerate(MAXIMA, 1)]
    return work(key, subject, grade, year, items=items)


def rows(of: Procedure, told: Sequence[tuple[int, str, Sequence[int] | None, int]]) -> WorkRows:
    """Rows (school, class, scores of items or None for an absent one, journal mark or 0)."""
    k = len(of.items)
    scores = [[NOT_ATTEMPTED] * k if items is None else list(items) for _, _, items, _ in told]
    return WorkRows(
        procedure=of,
        organisation=np.array([school for school, _, _, _ in told], dtype=np.int64),
        class_name=np.array([name for _, name, _, _ in told], dtype=str),
        items=np.array(scores, dtype=np.int16).reshape(len(told), k),
        journal=np.array([mark for *_, mark in told], dtype=np.int8),
        is_absent=np.array([items is None for _, _, items, _ in told], dtype=bool),
    )


def drawn(seed: int, of: Procedure, schools: int = 12, pupils: int = 30) -> WorkRows:
    """Pupils of two classes a school, some absent, by lot."""
    lot = np.random.default_rng([seed, of.key])
    maxima = np.array([item.maximum for item in of.items])
    told = []
    for school in range(1, schools + 1):
        level = lot.normal()
        for number in range(pupils):
            ability = level / 2 + lot.normal()
            items = lot.binomial(maxima, 1 / (1 + np.exp(-ability)))
            absent = lot.random() < 0.08
            told.append((school, "АБ"[number % 2], None if absent else items.tolist(), int(lot.integers(2, 6))))
    return rows(of, told)
