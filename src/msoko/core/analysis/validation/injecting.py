"""Manipulation put into honest or real data, exactly as `docs/validation.md` says; every function returns new arrays.

All chance comes from the generator that is passed in: the same seed plants the same.
"""

from collections.abc import Sequence
from math import floor

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


def picked(eligible: Flags, share: float, lot: np.random.Generator) -> Flags:
    """`share` of those eligible, rounded, drawn without replacement; shape (N,)."""
    candidates = np.flatnonzero(eligible)
    chosen = np.zeros(len(eligible), dtype=bool)
    chosen[lot.choice(candidates, round(share * len(candidates)), replace=False)] = True
    return chosen


def lifted(
    histograms: Ints, borders: Sequence[int], schools: Flags, points: int, probability: float, lot: np.random.Generator
) -> Ints:
    """Pupils of the schools who lack 1…`points` points to the next mark get them, each with this probability.

    `histograms` (S, scores); `borders`: highest scores of the lower marks, ascending. A pupil is lifted once, to the
    first score of the next mark.
    """
    table = histograms.copy()
    rows = np.flatnonzero(schools)
    for below, border in zip((-1, *borders), borders, strict=False):
        for score in range(max(below + 1, border - points + 1), border + 1):
            moved = lot.binomial(histograms[rows, score], probability)
            table[rows, score] -= moved
            table[rows, border + 1] += moved
    return table


def inflated(histograms: Ints, schools: Flags, points: int) -> Ints:
    """Everybody in the schools gets `points` more, the maximum at most; `histograms` (S, scores)."""
    table = histograms.copy()
    raised = np.zeros_like(table[schools])
    raised[:, points:] = table[schools][:, : table.shape[1] - points]
    raised[:, -1] += table[schools][:, table.shape[1] - points :].sum(axis=1)
    table[schools] = raised
    return table


def corrected(
    items: Ints,
    maxima: Ints,
    of_class: Ints,
    classes: Flags,
    share: float,
    probability: float,
    lot: np.random.Generator,
) -> Ints:
    """In each of the classes `share` of the tasks (rounded) are drawn for the whole class; each participant's answer to
    such a task becomes full with this probability, whatever it was. `items` (N, k), `of_class` (N,).
    """
    table = items.copy()
    tasks = round(share * items.shape[1])
    for place in np.flatnonzero(classes):
        rows = np.flatnonzero(of_class == place)
        drawn = lot.choice(items.shape[1], tasks, replace=False)
        is_full = lot.random((len(rows), tasks)) < probability
        here = np.ix_(rows, drawn)
        table[here] = np.where(is_full, maxima[drawn], table[here])
    return table


def without_weakest(histograms: Ints, absent: Ints, schools: Flags, share: float) -> tuple[Ints, Ints]:
    """The weakest `share` of the participants of each of the schools become absent, rounded down to whole pupils.

    `histograms` (S, scores), `absent` (S,); the sum of both stays what it was.
    """
    table, missing = histograms.copy(), absent.copy()
    for row in np.flatnonzero(schools):
        leave = floor(share * table[row].sum() + 1e-9)
        gone = np.diff(np.minimum(np.cumsum(table[row]), leave), prepend=0)
        table[row] -= gone
        missing[row] += leave
    return table, missing
