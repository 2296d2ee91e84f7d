"""Manipulation carried down to rows, so that methods that read tasks and methods that read totals see the same works.

How many are touched is said by `injecting`; here it is drawn who, and on which tasks a raised total was gained.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from msoko.core.analysis.methods.objectivity._classes import ClassRows, Territory
from msoko.core.analysis.validation import injecting
from msoko.core.analysis.validation.rows import NOT_ATTEMPTED, WorkRows

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
LEAST_CHANCE = 1e-4
"""Of having a point: what nobody of a total has done is rare, not impossible."""


def lifted(
    work: WorkRows, schools: Sequence[int], points: int, probability: float, lot: np.random.Generator
) -> WorkRows:
    """Those who lack 1…`points` points to the next mark get them with this probability; the work has a scale."""
    here = _Here.of(work)
    borders = work.procedure.inner_borders
    after = injecting.lifted(here.histograms, borders, here.flags(schools), points, probability, lot)
    moved = np.maximum(here.histograms - after, 0)
    is_lifted = here.order_of(lot) < moved[here.places, here.totals]
    next_mark = np.array(borders)[np.searchsorted(borders, here.totals).clip(max=len(borders) - 1)] + 1
    return _raised(work, here.rows[is_lifted], (next_mark - here.totals)[is_lifted], lot)


def inflated(work: WorkRows, schools: Sequence[int], points: int, lot: np.random.Generator) -> WorkRows:
    """Everybody in the schools gets `points` more, the maximum at most."""
    here = _Here.of(work)
    after = injecting.inflated(here.histograms, here.flags(schools), points)
    is_touched = here.flags(schools)[here.places]
    gains = _totals_in_order(here, after, lot) - here.totals
    return _raised(work, here.rows[is_touched], gains[is_touched], lot)


def without_weakest(work: WorkRows, schools: Sequence[int], share: float, lot: np.random.Generator) -> WorkRows:
    """The weakest `share` of the participants of the schools become absent; who of equals is drawn by lot."""
    here = _Here.of(work)
    nobody = np.zeros(len(here.schools), dtype=np.int64)
    _, missing = injecting.without_weakest(here.histograms, nobody, here.flags(schools), share)
    leave = here.rows[_rank_in_school(here, lot) < missing[here.places]]
    items, absent = work.items.copy(), work.is_absent.copy()
    items[leave], absent[leave] = NOT_ATTEMPTED, True
    return replace(work, items=items, is_absent=absent)


def corrected(
    work: WorkRows, classes: Sequence[tuple[int, str]], share: float, probability: float, lot: np.random.Generator
) -> WorkRows:
    """In each of the classes (school, name) `share` of the tasks are corrected: answers become full."""
    rows = np.flatnonzero(work.present)
    keys = list(zip(work.organisation[rows].tolist(), work.class_name[rows].tolist(), strict=True))
    place = {key: number for number, key in enumerate(sorted(set(keys)))}
    of_class = np.array([place[key] for key in keys], dtype=np.int64)
    chosen = np.isin(np.arange(len(place)), [place[key] for key in classes if key in place])
    maxima = work.maxima.astype(np.int64)
    items = work.items.copy()
    items[rows] = injecting.corrected(
        items[rows].astype(np.int64), maxima, of_class, chosen, share, probability, lot
    ).astype(np.int16)
    return replace(work, items=items)


class _Here:
    """Participants of a work: `rows` in the work (N,), their `totals` and `places` in `schools`."""

    def __init__(self, work: WorkRows, rows: Ints) -> None:
        self.rows = rows
        self.totals = work.total[rows]
        self.schools, self.places = np.unique(work.organisation[rows], return_inverse=True)
        self.width = int(work.maxima.sum()) + 1
        cells = np.bincount(self._cells, minlength=len(self.schools) * self.width)
        self.histograms: Ints = cells.reshape(-1, self.width)

    @classmethod
    def of(cls, work: WorkRows) -> "_Here":
        return cls(work, np.flatnonzero(work.present))

    @property
    def _cells(self) -> Ints:
        return np.asarray(self.places * self.width + self.totals)

    def flags(self, schools: Sequence[int]) -> Flags:
        """Which of the schools are meant; shape (S,)."""
        return np.isin(self.schools, schools)

    def order_of(self, lot: np.random.Generator) -> Ints:
        """Place of each row among the rows of its school and total, by lot; from 0."""
        return _rank_within(self._cells, np.lexsort((lot.random(len(self.rows)), self._cells)))


def _rank_in_school(here: _Here, lot: np.random.Generator) -> Ints:
    """Place of each row in its school, the lowest total first, equals by lot; from 0."""
    return _rank_within(here.places, np.lexsort((lot.random(len(here.rows)), here.totals, here.places)))


def _rank_within(groups: Ints, order: Ints) -> Ints:
    """Place of each row within its group; `order` sorts rows by group first."""
    sizes = np.bincount(groups)
    starts = np.cumsum(sizes) - sizes
    ranks = np.empty(len(groups), dtype=np.int64)
    ranks[order] = np.arange(len(groups)) - np.repeat(starts, sizes)
    return ranks


def _totals_in_order(here: _Here, histograms: Ints, lot: np.random.Generator) -> Ints:
    """New totals of the rows: the school's lowest row has the lowest total of the new histogram, and so on."""
    order = np.lexsort((lot.random(len(here.rows)), here.totals, here.places))
    totals = np.empty(len(here.rows), dtype=np.int64)
    totals[order] = np.repeat(np.tile(np.arange(here.width), len(here.schools)), histograms.ravel())
    return totals


def _raised(work: WorkRows, rows: Ints, gains: Ints, lot: np.random.Generator) -> WorkRows:
    """The work with `gains` more points in these rows.

    A point is gained with the odds that those who have the new total have it: the raised rows look as natural as
    rows can, and signals that read answers get no help from the way in which points were added.
    """
    of_item, step = _points(work.maxima)
    scores = np.maximum(work.items[rows], 0)
    is_lacking = scores[:, of_item] <= step
    odds = _log_odds_of_points(work)[work.total[rows] + gains]
    # The points with the largest logarithm of odds and Gumbel's noise are a draw without replacement by these odds.
    keys = np.where(is_lacking, -odds - lot.gumbel(size=odds.shape), np.inf)
    ranks = np.argsort(np.argsort(keys, axis=1), axis=1)
    is_gained = is_lacking & (ranks < gains[:, None])
    gained = np.stack([is_gained[:, of_item == item].sum(axis=1) for item in range(len(work.maxima))], axis=1)
    items = work.items.copy()
    items[rows] = np.where(gained > 0, scores + gained, work.items[rows])
    return replace(work, items=items)


def _points(maxima: NDArray[np.int16]) -> tuple[Ints, Ints]:
    """Every point of the work: its item, and how many points of that item come before it; shapes (points,)."""
    of_item = np.repeat(np.arange(len(maxima)), maxima)
    return of_item, np.concatenate([np.arange(maximum) for maximum in maxima.tolist()])


def _log_odds_of_points(work: WorkRows) -> NDArray[np.float64]:
    """Logarithm of the odds that a participant of each total has each point; shape (totals, points)."""
    here = work.present
    items, maxima = np.maximum(work.items[here], 0).astype(np.int64), work.maxima.astype(np.int64)
    nobody = np.zeros(len(items), dtype=np.int64)
    shares = Territory(ClassRows(items, maxima, nobody, ((0, 0, ""),))).shares
    of_item, step = _points(work.maxima)
    at_least = shares[:, :, ::-1].cumsum(axis=2)[:, :, ::-1]
    chance = np.clip(at_least[:, of_item, step + 1], LEAST_CHANCE, 1 - LEAST_CHANCE)
    return np.asarray(np.log(chance / (1 - chance)))
