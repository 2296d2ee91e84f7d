"""Residual: results above what the same pupils' earlier work, the same work a year before and the conditions foretell.

The strongest signal where all points are raised alike, and the least telling: good teaching looks the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from msoko.core.analysis.choosing import chosen
from msoko.core.analysis.methods.context._conditions import conditions
from msoko.core.analysis.methods.objectivity._expected import (
    Explained,
    Residuals,
    Standings,
    explained,
    residuals,
    standings,
)
from msoko.core.analysis.methods.objectivity._spread import Floats, Yardstick
from msoko.core.analysis.methods.objectivity._words import reason_to_check
from msoko.core.analysis.outcome import NotComputed, OfProcedure, Outcome, Result, Told, Verdict
from msoko.core.analysis.panel import Group, Panel, Procedure
from msoko.core.analysis.parameters import Parameters
from msoko.core.analysis.phrases import joined, of_work
from msoko.core.vocabulary.russian import NBSP, join_with_and, number

TWO_SIDED_95 = 1.96
NOTHING_BEFORE = "ожидать не из чего: нет ни прежних результатов, ни социальных паспортов, или школ слишком мало"
PREDICTORS = (
    "прежней работе тех же детей",
    "той же работе год назад",
    "условиям, в которых работает школа",
)
OF_PASSPORT = {"index": "weighted", "least_known": 50, "oldest_passport": 2}
"""How the index of conditions is made, as `context.index` does by default; its weights are a parameter here, too."""


def compute(panel: Panel, parameters: Parameters) -> Outcome:
    """Every result's interval is of the residual, in standard deviations of participants."""
    works, unknown = [], []
    schools = sorted(panel.organisations)
    favour = _conditions(panel, schools, parameters)
    for procedure in chosen(panel.asked(), parameters["procedures"]):
        sat = _standings(panel, procedure, schools)
        found = explained(sat, [*_before(panel, procedure, schools), favour]) if sat.n.any() else None
        if found is not None:
            works.append(_Work(procedure, sat, found))
        elif sat.n.any():
            unknown.append(NotComputed(None, NOTHING_BEFORE, procedure.key))
    if not works:
        return Outcome(not_computed=tuple(unknown))
    yardstick = Yardstick(parameters["usual_spread"], parameters["enough_schools"])
    pooled = residuals([(work.standings, work.explained) for work in works], yardstick)
    seen = _Seen(panel, works, schools, pooled, parameters)
    return Outcome(
        results=tuple(seen.results(parameters["min_n"], None)),
        procedures=tuple(seen.procedures()),
        not_computed=tuple(unknown),
        few_data=tuple(seen.results(1, parameters["min_n"])),
    )


def _conditions(panel: Panel, schools: Sequence[int], parameters: Parameters) -> Floats:
    """Index of conditions of each school, NaN where there is none."""
    found = conditions(panel, panel.year, {**OF_PASSPORT, "weights": parameters["weights"]})
    by_school = {} if isinstance(found, str) else found.by_school
    return np.array([by_school.get(school, np.nan) for school in schools])


def _before(panel: Panel, procedure: Procedure, schools: Sequence[int]) -> Iterator[Floats]:
    """The latest earlier work of the same pupils in the subject, and the same work a year ago."""
    earlier = [
        one
        for one in panel.procedures
        if (one.kind, one.subject, one.cohort) == (procedure.kind, procedure.subject, procedure.cohort)
        and one.grade < procedure.grade
        and panel.groups(one)
    ]
    same_pupils = max(earlier, key=lambda one: (one.year, one.grade)) if earlier else None
    for one in (same_pupils, panel.same_work(procedure, procedure.year - 1)):
        yield _standings(panel, one, schools).shrunk() if one else np.full(len(schools), np.nan)


def _standings(panel: Panel, procedure: Procedure, schools: Sequence[int]) -> Standings:
    groups = panel.groups(procedure)
    rows = [_figures(groups.get(school)) for school in schools]
    means, deviations, n = np.array(rows, dtype=float).reshape(-1, 3).T
    return standings(means, deviations, n)


def _figures(group: Group | None) -> tuple[float, float, float]:
    if group is None or not group.n or group.mean is None:
        return 0.0, 0.0, 0.0
    return group.mean, group.sd or 0.0, float(group.n)


@dataclass(frozen=True)
class _Work:
    procedure: Procedure
    standings: Standings
    explained: Explained


@dataclass(frozen=True)
class _Seen:
    panel: Panel
    works: Sequence[_Work]
    schools: Sequence[int]
    pooled: Residuals
    parameters: Parameters

    def results(self, least: int, below: int | None) -> Iterator[Result]:
        for row, school in enumerate(self.schools):
            sat = [work for work in self.works if work.standings.n[row] > 0]
            n = int(sum(work.standings.n[row] for work in sat))
            verdict = self._verdict(row)
            if verdict is not None and least <= n and (below is None or n < below):
                yield self._result(row, school, sat, n, verdict if below is None else Verdict.FEW_DATA)

    def _verdict(self, row: int) -> Verdict | None:
        if self.pooled.estimate[row] < self.parameters["least_effect"]:
            return None
        if self.pooled.p[row] <= self.parameters["robust"]:
            return Verdict.ROBUST
        return Verdict.LIKELY if self.pooled.p[row] <= self.parameters["likely"] else None

    def _result(self, row: int, school: int, sat: Sequence[_Work], n: int, verdict: Verdict) -> Result:
        estimate, error = float(self.pooled.estimate[row]), float(self.pooled.error[row])
        return Result(
            organisation=school,
            statistic={
                "n": n,
                "effect": estimate,
                "p": float(self.pooled.p[row]),
                "works": [self._told(work, row, school) for work in sat],
            },
            verdict=verdict,
            interval=(estimate - TWO_SIDED_95 * error, estimate + TWO_SIDED_95 * error),
            inputs=tuple(self.panel.groups(work.procedure)[school].input for work in sat),
            strength=float(self.pooled.z[row]),
        )

    def _told(self, work: _Work, row: int, school: int) -> Mapping[str, Any]:
        """The mean in points, and where it was expected: the residual is in standard deviations of participants."""
        mean = self.panel.groups(work.procedure)[school].mean or 0.0
        residual = float(work.explained.residual[row])
        return {
            **work.procedure.told(),
            "n": int(work.standings.n[row]),
            "mean": mean,
            "expected": mean - residual * work.standings.deviation,
            "maximum": work.procedure.maximum,
            "from": list(work.explained.used),
        }

    def procedures(self) -> Iterator[OfProcedure]:
        found = [row for row in range(len(self.schools)) if self._verdict(row) is not None]
        for work in self.works:
            flagged = tuple(self.schools[row] for row in found if work.explained.residual[row] > 0)
            predictors = [PREDICTORS[place] for place in work.explained.used]
            eligible = int((work.standings.n > 0).sum())
            yield OfProcedure(work.procedure.key, eligible, flagged, {"predictors": predictors})


def sentence(told: Told) -> str:
    """«Средний балл выше, чем можно ждать по …: по математике в 5 классе 15,2 вместо 12,1. …»"""
    said = told.statistic
    sources = sorted({place for work in said["works"] for place in work["from"]})
    works = [f"{of_work(one)} {number(one['mean'], 1)} вместо {number(one['expected'], 1)}" for one in said["works"]]
    low, high = told.interval or (said["effect"], said["effect"])
    return (
        f"Средний балл выше, чем можно ждать по{NBSP}{join_with_and([PREDICTORS[place] for place in sources])}:"
        f" {joined(works)}. Вместе это {number(said['effect'], 2)} стандартного отклонения участников"
        f" (от{NBSP}{number(low, 2)} до{NBSP}{number(high, 2)})."
        f" {reason_to_check(said['p'], 'посмотреть на другие признаки')}"
    )
