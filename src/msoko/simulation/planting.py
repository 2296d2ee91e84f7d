"""What is hidden in the demonstration district on purpose, so that every method has something true to find.

Weak and resilient schools are made by their level (``schools``); here are the two ways of touching finished works.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from msoko.simulation.randomness import stream
from msoko.simulation.schools import CORRECTED_SCHOOL
from msoko.simulation.sittings import NOT_ATTEMPTED, District, Sitting, planned, sit

# Lifting works within two points below a border: more would be seen with bare eyes.
LIFTED_FROM = 2
CORRECTED_YEAR, CORRECTED_GRADE, CORRECTED_LETTER = 2025, 5, 1
CORRECTED_SUBJECTS = ("РУ", "МА")
CORRECTED_SHARE = 0.4
# A village school that had not reached the topic of one item: subject, grade, school, item (counted from the end).
NOT_TAUGHT = {2024: ("МА", 6, 13, 1), 2025: ("РУ", 7, 12, 2), 2026: ("МА", 8, 15, 1)}


def _raised(
    items: NDArray[np.int8], maxima: NDArray[np.int8], points: int, lot: np.random.Generator
) -> NDArray[np.int8]:
    """One pupil's items with this many points added, each to an item that is not full yet."""
    raised = items.copy()
    for _ in range(points):
        open_items = np.flatnonzero(np.maximum(raised, 0) < maxima)
        chosen = lot.choice(open_items)
        raised[chosen] = max(raised[chosen], 0) + 1
    return raised


def _maxima(sitting: Sitting) -> NDArray[np.int8]:
    return np.array([item.maximum for item in sitting.work.items], dtype=np.int8)


def _with_lifted_borders(district: District, sitting: Sitting) -> Sitting:
    """Pupils one or two points below a border find themselves on its other side; not every one of them."""
    lifts = np.array([school.lifts_borders for school in district.schools])[sitting.school]
    first_of_next = np.array(sitting.work.borders) + 1
    missing = first_of_next[None, :] - sitting.total[:, None]
    points = np.where((missing > 0) & (missing <= LIFTED_FROM), missing, 0).max(axis=1)
    lot = stream(district.seed, "lifting", sitting.work.code, sitting.year)
    items = sitting.items.copy()
    for row in np.flatnonzero((points > 0) & sitting.present & (lifts > 0)):
        if lot.random() < lifts[row]:
            items[row] = _raised(items[row], _maxima(sitting), int(points[row]), lot)
    return replace(sitting, items=items)


def corrected_rows(sitting: Sitting) -> NDArray[np.bool_]:
    """Rows of the class whose answers were corrected (none in most sittings)."""
    work = sitting.work
    is_the_work = (work.kind, work.grade, sitting.year) == ("ВПР", CORRECTED_GRADE, CORRECTED_YEAR)
    if not is_the_work or work.subject not in CORRECTED_SUBJECTS:
        return np.zeros(len(sitting.school), dtype=bool)
    return (sitting.school == CORRECTED_SCHOOL) & (sitting.letter == CORRECTED_LETTER) & sitting.present


def _with_corrected_class(district: District, sitting: Sitting) -> Sitting:
    rows = np.flatnonzero(corrected_rows(sitting))
    lot = stream(district.seed, "correcting", sitting.work.code, sitting.year)
    is_corrected = lot.random((len(rows), len(sitting.work.items))) < CORRECTED_SHARE
    items = sitting.items.copy()
    items[rows] = np.where(is_corrected, _maxima(sitting), items[rows])
    return replace(sitting, items=items)


def _with_topic_not_taught(sitting: Sitting) -> Sitting:
    subject, grade, school, from_end = NOT_TAUGHT.get(sitting.year, ("", 0, 0, 0))
    work = sitting.work
    if (work.kind, work.subject, work.grade) != ("ВПР", subject, grade) or not (sitting.school == school).any():
        return sitting
    item = len(work.items) - from_end
    items = sitting.items.copy()
    items[sitting.school == school, item] = NOT_ATTEMPTED
    return replace(sitting, items=items, topic_not_taught=(school, item))


def planted(district: District, sitting: Sitting) -> Sitting:
    """The sitting as its files will tell it. Exams are written under observers: nothing is touched there."""
    if sitting.work.kind != "ВПР":
        return sitting
    return _with_topic_not_taught(_with_corrected_class(district, _with_lifted_borders(district, sitting)))


def sittings(district: District) -> Iterator[Sitting]:
    """Every work of every year, one after the other; this is what benchmarks read instead of files."""
    return (planted(district, sit(district, work, year)) for work, year in planned(district))
