"""What is done to works before the signals look at them: each a name and a way of touching rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from msoko.core.analysis.validation import touching
from msoko.core.analysis.validation.rows import WorkRows
from msoko.core.analysis.validation.signals import CLASS, SCHOOL

ClassKey = tuple[int, int, str]
"""School, grade of the pupils, name of the class."""
PLANTED = 0.1
"""Share of schools, or of classes, that are touched."""
PROBABILITY = 0.5
"""With it a pupil below a border is lifted, and an answer to a corrected task made full."""
INFLATED_BY = 0.05
"""Of the work's maximum, rounded to whole points: one or two."""
CORRECTED_TASKS = 0.4
WEAKEST = 0.15


@dataclass(frozen=True)
class Manipulation:
    """`touch(works, planted, lot)`: the works with what was done to the `planted` schools (keys) or classes."""

    key: str
    unit: str
    touch: Callable[[Sequence[WorkRows], Sequence, np.random.Generator], list[WorkRows]]


def _lifted(points: int, works: Sequence[WorkRows], planted: Sequence[int], lot: np.random.Generator) -> list[WorkRows]:
    return [touching.lifted(work, planted, points, PROBABILITY, lot) for work in works]


def _inflated(works: Sequence[WorkRows], planted: Sequence[int], lot: np.random.Generator) -> list[WorkRows]:
    """At least one point: less is nothing."""
    return [
        touching.inflated(work, planted, max(1, round(INFLATED_BY * int(work.maxima.sum()))), lot) for work in works
    ]


def _without_weakest(works: Sequence[WorkRows], planted: Sequence[int], lot: np.random.Generator) -> list[WorkRows]:
    return [touching.without_weakest(work, planted, WEAKEST, lot) for work in works]


def _corrected(
    in_all_works: bool, works: Sequence[WorkRows], planted: Sequence[ClassKey], lot: np.random.Generator
) -> list[WorkRows]:
    """In all works of the class, or in one of them, by lot."""
    sat = {key: [place for place, work in enumerate(works) if has_class(work, key)] for key in planted}
    chosen = {key: set(places) if in_all_works else {int(lot.choice(places))} for key, places in sat.items()}
    return [
        touching.corrected(
            work,
            [(school, name) for school, grade, name in planted if place in chosen[school, grade, name]],
            CORRECTED_TASKS,
            PROBABILITY,
            lot,
        )
        for place, work in enumerate(works)
    ]


def has_class(work: WorkRows, key: ClassKey) -> bool:
    school, grade, name = key
    if work.procedure.pupils_grade != grade:
        return False
    return bool(((work.organisation == school) & (work.class_name == name) & work.present).any())


MANIPULATIONS = (
    Manipulation("lifted_two", SCHOOL, partial(_lifted, 2)),
    Manipulation("lifted_one", SCHOOL, partial(_lifted, 1)),
    Manipulation("inflated", SCHOOL, _inflated),
    Manipulation("without_weakest", SCHOOL, _without_weakest),
    Manipulation("corrected_in_one", CLASS, partial(_corrected, False)),
    Manipulation("corrected_in_all", CLASS, partial(_corrected, True)),
)
