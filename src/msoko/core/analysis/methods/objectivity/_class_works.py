"""From a panel to the classes of its works, and from what each work says of a class to one answer a class."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from msoko.core.analysis.choosing import chosen
from msoko.core.analysis.methods.objectivity._classes import ClassKey, ClassRows
from msoko.core.analysis.methods.objectivity._spread import Floats, Yardstick, chance_of_more
from msoko.core.analysis.outcome import NotComputed, OfProcedure
from msoko.core.analysis.panel import Input, Panel, Procedure
from msoko.core.analysis.parameters import Parameters

NO_ITEMS = "баллов за задания нет или их наибольшие значения не известны"
SMALL_CLASSES = "во всех классах участников меньше, чем нужно для сравнения"
FEW_CLASSES = "сравнить не с кем: классов или участников других школ в этой работе слишком мало"
LEAST_OTHER_CLASSES = 8
"""Natural variance between classes cannot be seen on fewer."""


@dataclass(frozen=True)
class ClassWork:
    """One procedure with the participants of its classes."""

    procedure: Procedure
    rows: ClassRows


def class_works(panel: Panel, procedures: Iterable[Procedure]) -> tuple[list[ClassWork], list[NotComputed]]:
    """The procedures with scores of tasks, and by name those without."""
    works, unknown = [], []
    for procedure in procedures:
        maxima = [item.maximum or 0 for item in procedure.items]
        pupils = panel.pupils.get(procedure.key)
        if pupils is None or not len(pupils.organisation):
            continue
        if not maxima or min(maxima) < 1 or pupils.items.shape[1] != len(maxima):
            unknown.append(NotComputed(None, NO_ITEMS, procedure.key))
            continue
        highest = np.array(maxima, dtype=np.int64)
        keys, places = _numbered(procedure, pupils.organisation.tolist(), pupils.class_name.tolist())
        items = np.clip(pupils.items.astype(np.int64), 0, highest)
        works.append(ClassWork(procedure, ClassRows(items, highest, places, keys)))
    return works, unknown


def _numbered(
    procedure: Procedure, schools: Sequence[int], names: Sequence[str]
) -> tuple[tuple[ClassKey, ...], np.ndarray]:
    keys = sorted(set(zip(schools, names, strict=True)))
    place = {key: number for number, key in enumerate(keys)}
    places = np.array([place[key] for key in zip(schools, names, strict=True)], dtype=np.int64)
    return tuple((school, procedure.cohort, name) for school, name in keys), places


def asked_works(panel: Panel, parameters: Parameters) -> tuple[list[ClassWork], list[NotComputed]]:
    """The works of the year that a method counts and that have enough classes to compare."""
    works, unknown = class_works(panel, chosen(panel.asked(), parameters["procedures"]))
    compared = []
    for work in works:
        if is_comparable(work.rows, parameters["least_reference"]):
            compared.append(work)
        else:
            unknown.append(NotComputed(None, FEW_CLASSES, work.procedure.key))
    return compared, unknown


def is_comparable(rows: ClassRows, least_reference: int) -> bool:
    """Whether even the largest school finds enough others: classes and participants."""
    largest = max(np.unique(rows.schools).tolist(), key=lambda school: rows.n[rows.schools == school].sum())
    others = rows.schools != largest
    return int(others.sum()) >= LEAST_OTHER_CLASSES and int(rows.n[others].sum()) >= least_reference


def only_small_classes(works: Sequence[ClassWork], min_n: int) -> Iterator[NotComputed]:
    """Schools none of whose classes has `min_n` participants in any work."""
    largest: dict[int, int] = {}
    for work in works:
        for school, n in zip(work.rows.schools.tolist(), work.rows.n.tolist(), strict=True):
            largest[school] = max(n, largest.get(school, 0))
    return (NotComputed(school, SMALL_CLASSES) for school, n in sorted(largest.items()) if n < min_n)


def class_label(procedure: Procedure, key: ClassKey) -> str:
    """«5Б», «5-1», «5» for the only class: what people call it."""
    name = key[2]
    return f"{procedure.pupils_grade}{'-' if name[:1].isdigit() else ''}{name}"


def class_place(procedure: Procedure, key: ClassKey) -> str:
    """The same where no other class of the school and year is called so: another «5Б» begins in September."""
    label, begins = class_label(procedure, key), procedure.academic_year
    return label if begins == procedure.year - 1 else f"{label}/{begins}"


def input_of(panel: Panel, procedure: Procedure, school: int) -> Input:
    """The school's stored value: classes have no hash of their own that would tell more."""
    group = panel.groups(procedure).get(school)
    return group.input if group else Input(procedure.key, school, "")


@dataclass(frozen=True)
class Estimates:
    """What one work says of each of its classes: larger is more suspicious; arrays (C,).

    `variance` is of sampling alone. `told` is what a statistic keeps of a class beside that.
    """

    work: ClassWork
    estimate: Floats
    variance: Floats
    told: Sequence[Mapping[str, Any]]


@dataclass
class Pooled:
    """One class over its works, weighted by their exactness."""

    parts: list[tuple[Estimates, int]] = field(default_factory=list)

    @property
    def weight(self) -> float:
        return sum(1 / float(one.variance[place]) for one, place in self.parts)

    @property
    def estimate(self) -> float:
        return sum(float(one.estimate[place] / one.variance[place]) for one, place in self.parts) / self.weight

    @property
    def n(self) -> int:
        """Participants in the work that most of the class sat."""
        return max(int(one.work.rows.n[place]) for one, place in self.parts)


@dataclass(frozen=True)
class Judged:
    """A class against the spread of all: `error` holds sampling and the spread between classes."""

    key: ClassKey
    pooled: Pooled
    estimate: float
    error: float
    p: float

    @property
    def z(self) -> float:
        return self.estimate / self.error

    @property
    def label(self) -> str:
        return class_label(self._first, self.key)

    @property
    def place(self) -> str:
        return class_place(self._first, self.key)

    @property
    def _first(self) -> Procedure:
        one, _ = self.pooled.parts[0]
        return one.work.procedure


def judged(works: Sequence[Estimates], least: int, yardstick: Yardstick) -> list[Judged]:
    """Classes with at least `least` participants in a work, all works of a class together, in the order of keys."""
    pooled: dict[ClassKey, Pooled] = {}
    for one in works:
        centred = _centred(one, least)
        for place in np.flatnonzero(one.work.rows.n >= least).tolist():
            pooled.setdefault(one.work.rows.classes[place], Pooled()).parts.append((centred, place))
    keys = sorted(pooled)
    estimates = np.array([pooled[key].estimate for key in keys])
    variances = np.array([1 / pooled[key].weight for key in keys])
    errors = np.sqrt(variances + yardstick.variance(estimates, variances))
    p = chance_of_more(estimates / errors)
    return [
        Judged(key, pooled[key], float(estimates[row]), float(errors[row]), float(p[row]))
        for row, key in enumerate(keys)
    ]


def _centred(one: Estimates, least: int) -> Estimates:
    """Less the median of the work's classes: what is so everywhere is a property of the work."""
    here = one.work.rows.n >= least
    centre = float(np.median(one.estimate[here])) if here.any() else 0.0
    return Estimates(one.work, one.estimate - centre, one.variance, one.told)


def of_procedures(works: Sequence[ClassWork], least: int, flagged: Mapping[int, set[int]]) -> Iterator[OfProcedure]:
    """How many schools have a class large enough in each work, and which of them are marked."""
    for work in works:
        schools = set(work.rows.schools[work.rows.n >= least].tolist())
        found = sorted(schools & flagged.get(work.procedure.key, set()))
        yield OfProcedure(work.procedure.key, len(schools), tuple(found), {"participants": len(work.rows.totals)})
