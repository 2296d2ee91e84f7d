"""How the planted facts look in the finished results: plain arithmetic, independent of the system's own methods.

docs/demo.md prints these numbers and tests hold them to what was planted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from msoko.simulation.planting import (
    CORRECTED_GRADE,
    CORRECTED_LETTER,
    CORRECTED_SUBJECTS,
    CORRECTED_YEAR,
    LIFTED_FROM,
    corrected_rows,
)
from msoko.simulation.schools import CORRECTED_SCHOOL
from msoko.simulation.sittings import Sitting

SMALLEST_GROUP = 10


@dataclass(frozen=True)
class LowYear:
    """Of ``procedures`` with at least ten participants, ``low`` have 30 per cent of mark 2 or more."""

    school: int
    year: int
    procedures: int
    low: int


def _of_school(sitting: Sitting, school: int) -> NDArray[np.bool_]:
    return (sitting.school == school) & sitting.present


def is_low(sitting: Sitting, school: int) -> bool | None:
    """Whether a school's share of mark 2 reaches 30 per cent; None below ten participants."""
    marks = sitting.mark[_of_school(sitting, school)]
    return bool(10 * (marks == 2).sum() >= 3 * len(marks)) if len(marks) >= SMALLEST_GROUP else None


def low_year(sittings: Iterable[Sitting], school: int, year: int) -> LowYear:
    """How many procedures of a year are low in a school (ЕГЭ: below the minimum counts as mark 2)."""
    answers = [is_low(sitting, school) for sitting in sittings if sitting.year == year]
    return LowYear(school, year, sum(a is not None for a in answers), sum(a is True for a in answers))


def standing(sittings: Iterable[Sitting], school: int, year: int | None = None) -> float:
    """Mean distance from the district's mean in standard deviations of pupils, over works with five participants."""
    distances = []
    for sitting in sittings:
        mine = _of_school(sitting, school)
        if year in (None, sitting.year) and mine.sum() >= 5:
            everybody = sitting.total[sitting.present]
            distances.append((sitting.total[mine].mean() - everybody.mean()) / everybody.std(ddof=1))
    return float(np.mean(distances))


@dataclass(frozen=True)
class Bunching:
    """Pupils within two points of a border in ВПР works: how many stand above it, how many would elsewhere."""

    near: int
    above: int
    expected: float
    variance: float

    @property
    def z(self) -> float:
        """Standard deviations between what is and what would be."""
        return (self.above - self.expected) / self.variance**0.5 if self.variance else 0.0


def bunching(sittings: Iterable[Sitting], school: int) -> Bunching:
    """The school against all others at the same borders of the same works; exams are left out."""
    near = above = 0
    expected = variance = 0.0
    for sitting in sittings:
        mine, others = _of_school(sitting, school), sitting.present & (sitting.school != school)
        for border in sitting.work.borders if sitting.work.kind == "ВПР" else ():
            distance = sitting.total - border
            is_above = (distance > 0) & (distance <= LIFTED_FROM)
            is_near = is_above | ((distance <= 0) & (distance > -LIFTED_FROM))
            share = (is_above & others).sum() / max(1, (is_near & others).sum())
            here = int((is_near & mine).sum())
            near, above = near + here, above + int((is_above & mine).sum())
            expected, variance = expected + here * share, variance + here * share * (1 - share)
    return Bunching(near, above, float(expected), float(variance))


@dataclass(frozen=True)
class Group:
    """Some who wrote a work: how many, mean and standard deviation (n − 1) of the primary score."""

    count: int
    mean: float
    deviation: float


@dataclass(frozen=True)
class ClassBeside:
    """A class and the rest of its parallel in one work; gains are differences in per cent of the maximum.

    Whoever corrects answers at random gives little on easy items, where little is missing, and much on hard ones.
    """

    work: str
    maximum: int
    corrected: Group
    others: Group
    gain_on_easy: float
    gain_on_hard: float


def _group(totals: NDArray[np.int32]) -> Group:
    return Group(len(totals), float(totals.mean()), float(totals.std(ddof=1)))


def corrected_classes(sittings: Iterable[Sitting]) -> list[ClassBeside]:
    """The class with corrected answers beside its parallel, one entry a work."""
    return [_class_beside(sitting, rows) for sitting in sittings if (rows := corrected_rows(sitting)).any()]


def corrected_class_a_year_later(sittings: Iterable[Sitting]) -> list[ClassBeside]:
    """The same pupils in the same subjects next year, when nobody corrected anything."""
    wanted = [("ВПР", subject, CORRECTED_GRADE + 1, CORRECTED_YEAR + 1) for subject in CORRECTED_SUBJECTS]
    found = []
    for sitting in sittings:
        work = sitting.work
        if (work.kind, work.subject, work.grade, sitting.year) in wanted:
            is_class = sitting.letter == CORRECTED_LETTER
            found.append(_class_beside(sitting, _of_school(sitting, CORRECTED_SCHOOL) & is_class))
    return found


def _class_beside(sitting: Sitting, rows: NDArray[np.bool_]) -> ClassBeside:
    others = _of_school(sitting, int(sitting.school[rows][0])) & ~rows
    # Divide first: the scores are small integers and would run over when multiplied.
    share = 100 * (np.maximum(sitting.items, 0) / np.array([item.maximum for item in sitting.work.items]))
    by_difficulty = np.argsort(-share[sitting.present].mean(axis=0))
    gain = (share[rows].mean(axis=0) - share[others].mean(axis=0))[by_difficulty]
    third = len(gain) // 3
    work = sitting.work
    return ClassBeside(
        f"{work.title}, {work.grade} класс, {sitting.year} г.",
        work.maximum,
        _group(sitting.total[rows]),
        _group(sitting.total[others]),
        float(gain[:third].mean()),
        float(gain[-third:].mean()),
    )
