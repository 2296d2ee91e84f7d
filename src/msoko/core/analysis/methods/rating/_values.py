"""What a rating is summed up from: a number a school for every chosen value, over all its works of the half-year."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from msoko.core.analysis.methods.context._expectation import Compared, expectation
from msoko.core.analysis.outcome import NotComputed
from msoko.core.analysis.panel import Group, Panel, Procedure
from msoko.core.analysis.parameters import Parameters
from msoko.core.analysis.standardised import Sat, Standardised
from msoko.core.vocabulary.russian import quote

Numbers = NDArray[np.float64]

VALUES = {
    "mean_percent": "средний результат",
    "pass_rate": "успеваемость",
    "quality_rate": "качество",
    "above_expectation": "результат сверх ожидаемого по условиям",
}
UNITS = {"mean_percent": "sd", "pass_rate": "points", "quality_rate": "points", "above_expectation": "sd"}


@dataclass(frozen=True)
class Passing:
    """Who passed and who did well, as places in the order of scores: from which part on, 0–1. None = not known."""

    passed_from: float | None
    good_from: float | None


@dataclass(frozen=True)
class Values:
    """`value`: array by school (rows) and value (columns), NaN unknown. `pull`: by how much it moves when what it is
    made from moves by one over all works of the school. `passing`: by school and procedure; `territory`: procedure →
    shares of all schools together, per cent, passed and good.
    """

    schools: tuple[int, ...]
    keys: tuple[str, ...]
    value: Numbers
    pull: Numbers
    passing: Mapping[tuple[int, int], Passing]
    territory: Mapping[int, tuple[float, float]]
    not_computed: tuple[NotComputed, ...]


def values(panel: Panel, results: Standardised, keys: Sequence[str], parameters: Parameters) -> Values:
    """The chosen values of all schools that sat anything; every work counts by its participants."""
    by_school = results.by_school
    passing = {(one.school, one.work.procedure.key): passing_of(one.group, one.work.procedure) for one in results.sat}
    territory = _of_all(results.sat, passing)
    columns, unknown = [], []
    for key in keys:
        if key == "above_expectation":
            column, reasons = _above_expectation(panel, by_school, parameters)
            unknown += reasons
        else:
            column = [_OF_WORKS[key](works, passing, territory) for works in by_school.values()]
        columns.append(column)
    table = np.array(columns, dtype=np.float64).reshape(len(keys), len(by_school), 2)
    return Values(tuple(by_school), tuple(keys), table[:, :, 0].T, table[:, :, 1].T, passing, territory, tuple(unknown))


def passing_of(group: Group, procedure: Procedure) -> Passing:
    """Marks rise with scores, so those who did not pass are the lowest part of the order."""
    marks = group.marks
    total = sum(marks.values()) if marks is not None else 0
    if marks is not None and total:
        return Passing(marks[2] / total, (marks[2] + marks[3]) / total)
    failed = group.failed(procedure) if procedure.is_exam else ""
    return Passing(None if isinstance(failed, str) or not failed.n else failed.k / failed.n, None)


Pair = tuple[float, float]
"""The value and its pull; (NaN, 0) where it is not known."""
UNKNOWN: Pair = (float("nan"), 0.0)


def _of_all(sat: Sequence[Sat], passing: Mapping[tuple[int, int], Passing]) -> dict[int, Pair]:
    """Procedure → per cent of all its participants who passed, and who did well; NaN where no school tells."""
    by_work: dict[int, list[tuple[int, Passing]]] = {}
    for one in sat:
        key = one.work.procedure.key
        by_work.setdefault(key, []).append((one.n, passing[one.school, key]))
    return {
        key: (
            _per_cent([(n, one.passed_from) for n, one in here]),
            _per_cent([(n, one.good_from) for n, one in here]),
        )
        for key, here in by_work.items()
    }


def _per_cent(parts: Sequence[tuple[int, float | None]]) -> float:
    known = [(n, below) for n, below in parts if below is not None]
    n = sum(n for n, _ in known)
    return 100 - 100 * sum(n * below for n, below in known) / n if n else float("nan")


def _mean(works: Sequence[Sat], passing: Mapping[tuple[int, int], Passing], territory: Mapping[int, Pair]) -> Pair:
    return sum(one.n * one.z for one in works) / sum(one.n for one in works), 1.0


def _share(which: int) -> Callable[[Sequence[Sat], Mapping[tuple[int, int], Passing], Mapping[int, Pair]], Pair]:
    """Points above the share of the same works in all schools together: schools with other works are comparable."""

    def of(works: Sequence[Sat], passing: Mapping[tuple[int, int], Passing], territory: Mapping[int, Pair]) -> Pair:
        total, n = 0.0, 0
        for one in works:
            key = one.work.procedure.key
            told = passing[one.school, key]
            below = told.good_from if which else told.passed_from
            if below is not None:
                total += one.n * (100 - 100 * below - territory[key][which])
                n += one.n
        # A share moves the more, the fewer of the works have marks.
        return (total / n, sum(one.n for one in works) / n) if n else UNKNOWN

    return of


_OF_WORKS = {"mean_percent": _mean, "pass_rate": _share(0), "quality_rate": _share(1)}


def _above_expectation(
    panel: Panel, by_school: Mapping[int, Sequence[Sat]], parameters: Parameters
) -> tuple[list[Pair], list[NotComputed]]:
    found = expectation(panel, panel.year, parameters)
    if found.reason:
        name = quote(VALUES["above_expectation"])
        return [UNKNOWN] * len(by_school), [NotComputed(None, f"{name} не учтено: {found.reason}")]
    pairs = [
        _shrunken(found.compared[school], found.scale.spread) if school in found.compared else UNKNOWN
        for school in by_school
    ]
    return pairs, []


def _shrunken(one: Compared, spread: float) -> Pair:
    """The difference with its correction for chance: a large one that nobody is sure of must not make a place."""
    return one.shrunken / spread, one.shrunken / one.difference if one.difference else 0.0
