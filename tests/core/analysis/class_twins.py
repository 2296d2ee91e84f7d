"""Classes counted pupil by pupil in plain Python, and drawn works of classes; slow and obvious on purpose."""

import math
import random
from collections.abc import Mapping, Sequence
from statistics import NormalDist, median
from typing import Any

import numpy as np
from hypothesis import strategies as st

from msoko.core.analysis.methods.objectivity._classes import LEVELS, ClassRows
from msoko.core.analysis.panel import Panel, Procedure
from msoko.core.definitions.kinds import WorkItem
from tests.core.analysis.panels import panel_of, pupils, work

Row = Sequence[int]
ByClass = dict[tuple[int, str], list[Row]]

MAXIMA = (1, 2, 1, 3)
LARGE = 0.05

small_classes = st.dictionaries(
    st.tuples(st.integers(1, 6), st.sampled_from(["А", "Б"])),
    st.lists(st.tuples(*(st.integers(0, maximum) for maximum in MAXIMA)), min_size=1, max_size=10),
    min_size=3,
    max_size=9,
).filter(lambda by_class: len({school for school, _ in by_class}) > 1)
"""(school, class) → its pupils' scores; two schools at least."""


def rows_of(by_class: ByClass, maxima: Sequence[int] = MAXIMA, cohort: int = 2020) -> ClassRows:
    keys = sorted(by_class)
    items = [row for key in keys for row in by_class[key]]
    places = [place for place, key in enumerate(keys) for _ in by_class[key]]
    return ClassRows(
        np.array(items, dtype=np.int64).reshape(-1, len(maxima)),
        np.array(maxima, dtype=np.int64),
        np.array(places, dtype=np.int64),
        tuple((school, cohort, name) for school, name in keys),
    )


def reference_of(by_class: ByClass, school: int) -> tuple[list[Row], list[tuple[int, str]]]:
    """Pupils and classes a school is compared with: all, without its own where it is large."""
    n = sum(len(rows) for rows in by_class.values())
    own = sum(len(rows) for (key, _), rows in by_class.items() if key == school)
    keys = [key for key in sorted(by_class) if own <= LARGE * n or key[0] != school]
    return [row for key in keys for row in by_class[key]], keys


class TwinTerritory:
    """What pupils of a territory do on each task, by their total."""

    def __init__(self, rows: Sequence[Row], maxima: Sequence[int]) -> None:
        self.rows, self.maxima = rows, maxima
        self.top = sum(maxima)
        self.totals = [sum(row) for row in rows]
        self.mean = sum(self.totals) / len(rows)
        self.deviation = math.sqrt(sum((total - self.mean) ** 2 for total in self.totals) / len(rows))
        self._known: dict[tuple[int, int, int], float] = {}

    def kernel(self, a: int, b: int) -> float:
        spread = max(1.0, self.top / 20)
        return math.exp(-(((a - b) / spread) ** 2) / 2)

    def share(self, item: int, score: int, total: int) -> float:
        place = (item, score, total)
        if place not in self._known:
            weights = [self.kernel(total, other) for other in self.totals]
            got = sum(weight for weight, row in zip(weights, self.rows, strict=True) if row[item] == score)
            self._known[place] = (got + 0.5 / (self.maxima[item] + 1)) / (sum(weights) + 0.5)
        return self._known[place]

    def full(self, item: int, total: int) -> float:
        return self.share(item, self.maxima[item], total)

    def expected(self, item: int, total: int) -> float:
        top = self.maxima[item]
        return sum(score / top * self.share(item, score, total) for score in range(top + 1))

    def variance(self, item: int, total: int) -> float:
        top = self.maxima[item]
        squares = sum((score / top) ** 2 * self.share(item, score, total) for score in range(top + 1))
        return squares - self.expected(item, total) ** 2

    def at_level(self, level: float) -> list[float]:
        """Distribution of totals in a class of this level."""
        steps = [level * (total - self.mean) / max(self.deviation, 1e-9) for total in range(self.top + 1)]
        weights = [self.totals.count(total) * math.exp(max(-50.0, min(50.0, step))) for total, step in enumerate(steps)]
        return [weight / sum(weights) for weight in weights]

    def over_levels(self, value: Any) -> list[float]:
        """What `value(total)` is on average in a class of each level."""
        return [
            sum(share * value(total) for total, share in enumerate(self.at_level(level))) for level in LEVELS.tolist()
        ]

    def means(self) -> list[float]:
        return self.over_levels(lambda total: total)


def between(x: float, xs: Sequence[float], ys: Sequence[float]) -> float:
    """Straight lines between points, the ends beyond them."""
    if x <= xs[0]:
        return ys[0]
    for (x0, y0), (x1, y1) in zip(zip(xs, ys, strict=True), list(zip(xs, ys, strict=True))[1:], strict=False):
        if x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0) if x1 > x0 else y1
    return ys[-1]


def mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def sd(values: Sequence[float]) -> float:
    if len(values) < 2:
        return 0.0
    centre = mean(values)
    return math.sqrt(sum((value - centre) ** 2 for value in values) / (len(values) - 1))


def tail(z: float) -> float:
    return 1 - NormalDist().cdf(z)


def middle(values: Sequence[float]) -> float:
    return float(median(values))


# ---- drawn works, honest and not

DIFFICULTIES = tuple(-1.5 + 0.25 * place for place in range(12))
TWELVE = tuple(WorkItem(str(place + 1), 1) for place in range(12))


def twelve(key: int = 1, subject: str = "mathematics", year: int = 2025, grade: int = 5) -> Procedure:
    """A work of twelve tasks, from easy to hard, a point each."""
    return work(key, subject, grade=grade, year=year, bounds=(3, 6, 9, 12), maximum=12, items=TWELVE)


def answers(lot: random.Random, ability: float) -> list[int]:
    return [int(lot.random() < 1 / (1 + math.exp(difficulty - ability))) for difficulty in DIFFICULTIES]


def class_of(lot: random.Random, n: int, level: float) -> list[list[int]]:
    return [answers(lot, lot.gauss(level, 0.9)) for _ in range(n)]


def territory(lot: random.Random, schools: int = 30, n: int = 22) -> ByClass:
    """Two honest classes a school, levels different."""
    return {
        (school, name): class_of(lot, n, lot.gauss(0, 0.4))
        for school in range(100, 100 + schools)
        for name in ("А", "Б")
    }


def panel_with(works: Mapping[Procedure, ByClass], year: int = 2025) -> Panel:
    """A panel that knows pupils by task; totals follow from them."""
    results: dict[Procedure, dict[int, list[int]]] = {}
    for procedure, by_class in works.items():
        for (school, _), rows in by_class.items():
            of_school = results.setdefault(procedure, {}).setdefault(school, [])
            of_school += [sum(max(score, 0) for score in row) for row in rows]
    drawn = {
        procedure.key: pupils([(school, name, row) for (school, name), rows in by_class.items() for row in rows])
        for procedure, by_class in works.items()
    }
    return panel_of(results, year=year, pupils=drawn)
