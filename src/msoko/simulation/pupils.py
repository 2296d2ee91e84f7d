"""The pupils of a district: one row a person for all years, so that a cohort moves up and keeps its abilities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from msoko.simulation.randomness import stream
from msoko.simulation.schools import LARGEST_CLASS, School
from msoko.simulation.works import SUBJECT_CODES

LETTERS = "АБВГДЕЖЗИК"
# Shares of variance: most of what a work sees is general; classes differ less than pupils (about 4 % of the whole).
GENERAL, SPECIFIC, BETWEEN_CLASSES = 0.78, 0.45, 0.20
SPREAD_OF_COHORT_SIZE = 0.06


@dataclass(frozen=True, eq=False)
class Pupils:
    """Columns of equal length P. ``entered`` is the calendar year of grade 1; ``ability`` has one column a subject.

    ``serial`` counts a school's pupils of one cohort from 1 in the order of classes; ``chance`` are two uniform
    numbers a person keeps (they decide whom a school keeps for grade 10 and who takes which exam).
    """

    school: NDArray[np.int32]
    entered: NDArray[np.int32]
    letter: NDArray[np.int8]
    is_boy: NDArray[np.bool_]
    serial: NDArray[np.int32]
    ability: NDArray[np.float32]
    chance: NDArray[np.float32]
    stays_for_seniors: NDArray[np.bool_]

    def in_grade(self, grade: int, year: int) -> NDArray[np.intp]:
        """Rows of those who are in this grade in the spring of this year."""
        here = self.entered == year - grade
        return np.flatnonzero(here & self.stays_for_seniors) if grade > 9 else np.flatnonzero(here)

    def grades_at(self, school: School, year: int) -> NDArray[np.intp]:
        """Rows of all who are at this school in the spring of this year, whatever the grade."""
        grade = year - self.entered
        is_here = (self.school == school.index) & (grade >= school.grades[0]) & (grade <= school.grades[1])
        return np.flatnonzero(is_here & ((grade <= 9) | self.stays_for_seniors))

    def take(self, rows: NDArray[np.intp]) -> Pupils:
        """The same columns for some rows."""
        return Pupils(**{name: column[rows] for name, column in vars(self).items()})


def _cohort(seed: int, school: School, entered: int) -> dict[str, NDArray]:
    """One cohort of one school, its classes nearly equal in size."""
    lot = stream(seed, "cohort", school.index, entered)
    size = max(2, round(school.parallel * (1 + SPREAD_OF_COHORT_SIZE * lot.standard_normal())))
    classes = ceil(size / LARGEST_CLASS)
    letter = np.sort(np.arange(size) % classes)
    shift = BETWEEN_CLASSES * lot.standard_normal(classes)
    general = GENERAL * lot.standard_normal(size)
    subjects = SPECIFIC * lot.standard_normal((size, len(SUBJECT_CODES)))
    tastes = 0.12 * stream(seed, "teachers", school.index).standard_normal(len(SUBJECT_CODES))
    chance = lot.random((size, 2))
    return {
        "school": np.full(size, school.index),
        "entered": np.full(size, entered),
        "letter": letter,
        "is_boy": lot.random(size) < 0.51,
        "serial": np.arange(1, size + 1),
        "ability": school.level + (shift[letter] + general)[:, None] + subjects + tastes,
        "chance": chance,
        "stays_for_seniors": school.teaches_seniors & (general + 0.5 * (chance[:, 0] - 0.5) > 0.05),
    }


def _cohorts_needed(school: School, years: Sequence[int]) -> range:
    first, last = school.grades
    return range(min(years) - last, max(years) - first + 1)


def pupils_of(seed: int, schools: Sequence[School], years: Sequence[int]) -> Pupils:
    """All who are at school in any of the years."""
    cohorts = [_cohort(seed, school, entered) for school in schools for entered in _cohorts_needed(school, years)]
    kinds = {
        "letter": np.int8,
        "is_boy": np.bool_,
        "ability": np.float32,
        "chance": np.float32,
        "stays_for_seniors": np.bool_,
    }
    names = cohorts[0].keys()
    return Pupils(**{n: np.concatenate([c[n] for c in cohorts]).astype(kinds.get(n, np.int32)) for n in names})
