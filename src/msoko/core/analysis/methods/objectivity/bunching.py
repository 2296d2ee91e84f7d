"""Bunching at the borders of marks: more works just over a border than such a school should have.

Works beside borders of all works of a year are put together; what is expected comes from the region without the school,
tilted to the school's mean (`_borders`). The verdict follows from the p-value and the share of lifted works.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from msoko.core.analysis.methods.objectivity._borders import FIRST, Lifting, WorkScores, lifting, windows
from msoko.core.analysis.methods.objectivity._schools import (
    NOBODY_TO_COMPARE,
    SatWork,
    inputs_of,
    sat_works,
    schools_of,
    spread_over,
)
from msoko.core.analysis.methods.objectivity._spread import Floats, Yardstick
from msoko.core.analysis.methods.objectivity._words import reason_to_check
from msoko.core.analysis.outcome import NotComputed, OfProcedure, Outcome, Result, Told, Verdict
from msoko.core.analysis.panel import Panel
from msoko.core.analysis.parameters import Parameters
from msoko.core.vocabulary.russian import NBSP, counted, number

TWO_SIDED_95 = 1.96
FEW_WORKS = 80
"""Works near borders; of a school with fewer the sentence says that its signal is weaker."""


def compute(panel: Panel, parameters: Parameters) -> Outcome:
    """Every result's interval is of the number of works too many above the borders."""
    works, unknown = sat_works(panel, parameters)
    near = [(work, windows(work.procedure.inner_borders, len(work.region) - 1)) for work in works]
    usable = [(work, borders) for work, borders in near if len(borders)]
    if not usable:
        return Outcome(not_computed=tuple(unknown))
    seen = _Seen.of(usable, parameters)
    return Outcome(
        results=tuple(seen.results(parameters["min_n"], None)),
        procedures=tuple(seen.procedures()),
        not_computed=(*unknown, *seen.not_compared),
        few_data=tuple(seen.results(1, parameters["min_n"])),
    )


@dataclass(frozen=True)
class _Seen:
    """What was seen at the borders; `scores` stand in the order of `works`, rows of both in the order of `schools`."""

    works: Sequence[SatWork]
    scores: Sequence[WorkScores]
    schools: Sequence[int]
    lifting: Lifting
    parameters: Parameters
    not_compared: Sequence[NotComputed]

    @classmethod
    def of(cls, usable: Sequence[tuple[SatWork, Any]], parameters: Parameters) -> "_Seen":
        works = [work for work, _ in usable]
        schools = schools_of(works)
        scores, missing = [], []
        for work, borders in usable:
            one, lonely = _compared(schools, work, borders, parameters["least_reference"])
            scores.append(one)
            missing += [NotComputed(school, NOBODY_TO_COMPARE, work.procedure.key) for school in lonely]
        yardstick = Yardstick(parameters["usual_spread"], parameters["enough_schools"])
        return cls(works, scores, schools, lifting(scores, yardstick), parameters, missing)

    def results(self, least: int, below: int | None) -> Iterator[Result]:
        """Findings of schools with at least `least` participants, and fewer than `below` where that is said."""
        participants = sum(score.own.sum(axis=1) for score in self.scores)
        for row, school in enumerate(self.schools):
            n = int(participants[row])
            verdict = self._verdict(row)
            if verdict is not None and least <= n and (below is None or n < below):
                yield self._result(row, school, n, verdict if below is None else Verdict.FEW_DATA)

    def _verdict(self, row: int) -> Verdict | None:
        if 100 * self.lifting.share[row] < self.parameters["least_share"]:
            return None
        if self.lifting.p[row] <= self.parameters["robust"]:
            return Verdict.ROBUST
        return Verdict.LIKELY if self.lifting.p[row] <= self.parameters["likely"] else None

    def _result(self, row: int, school: int, n: int, verdict: Verdict) -> Result:
        seen = self.lifting
        extra, error = float(seen.above[row] - seen.expected[row]), float(seen.error[row])
        return Result(
            organisation=school,
            statistic={
                "n": n,
                "near": int(seen.near[row]),
                "above": int(seen.above[row]),
                "expected": float(seen.expected[row]),
                "extra": extra,
                "p": float(seen.p[row]),
                "share": 100 * float(seen.share[row]),
                "evidence": float(seen.evidence[row]),
                "steps": self._steps(row),
                "works": list(self._told(row)),
            },
            verdict=verdict,
            interval=(extra - TWO_SIDED_95 * error, extra + TWO_SIDED_95 * error),
            inputs=tuple(group.input for group in inputs_of(self.works, school)),
            strength=float(seen.evidence[row]),
        )

    def _steps(self, row: int) -> list[list[float]]:
        """[distance, works, expected] over all borders; the distance is from the first score of the higher mark."""
        observed = sum(score.cells[row].sum(axis=0) for score in self.scores)
        expected = sum(_expected(score, row).sum(axis=0) for score in self.scores)
        pairs = zip(observed.tolist(), expected.tolist(), strict=True)
        return [[place - FIRST, here, there] for place, (here, there) in enumerate(pairs)]

    def _told(self, row: int) -> Iterator[Mapping[str, Any]]:
        for work, score in zip(self.works, self.scores, strict=True):
            cells = score.cells[row]
            if cells.sum():
                expected = float(_expected(score, row)[:, FIRST:].sum())
                above = int(cells[:, 2:].sum())
                yield {**work.procedure.told(), "near": int(cells.sum()), "above": above, "expected": expected}

    def procedures(self) -> Iterator[OfProcedure]:
        """A school is marked in a procedure where it has a finding and more works above the borders than expected."""
        found = [row for row in range(len(self.schools)) if self._verdict(row) is not None]
        for work, score in zip(self.works, self.scores, strict=True):
            cells, expected = score.cells, score.expected
            more = (cells[:, :, 2:] - cells.sum(axis=2, keepdims=True) * expected[:, :, 2:]).sum(axis=(1, 2))
            together = work.region[np.maximum(score.near, 0)] * (score.near >= 0)
            yield OfProcedure(
                work.procedure.key,
                eligible=int((cells.sum(axis=(1, 2)) > 0).sum()),
                flagged=tuple(self.schools[row] for row in found if more[row] > 0),
                reference={
                    "below": together[:, :2].sum(axis=1).tolist(),
                    "above": together[:, 2:].sum(axis=1).tolist(),
                },
            )


def _expected(score: WorkScores, row: int) -> Floats:
    """Works of the school expected in each window, were none lifted; shape (borders, 4)."""
    return np.asarray(score.expected[row] * score.cells[row].sum(axis=1, keepdims=True))


def _compared(
    schools: Sequence[int], work: SatWork, borders: Any, least_reference: int
) -> tuple[WorkScores, list[int]]:
    """The work without the schools that have nobody to be compared with, and who they are."""
    own, others = spread_over(schools, work, work.histograms), spread_over(schools, work, work.others)
    sat = own.sum(axis=1) > 0
    lonely = sat & (others.sum(axis=1) < least_reference)
    own[lonely] = 0
    return WorkScores(own, others, borders), [schools[row] for row in np.flatnonzero(lonely).tolist()]


def sentence(told: Told) -> str:
    """«Рядом с границами отметок 400 работ: на границе и выше — 339, а ожидалось 204: это примерно 135 работ …»"""
    said = told.statistic
    low, high = told.interval or (said["extra"], said["extra"])
    expected = round(said["expected"])
    few = "Работ мало, сигнал слабее. " if said["near"] < FEW_WORKS else ""
    return (
        f"Рядом с{NBSP}границами отметок (не дальше двух баллов) {counted(said['near'], 'работа', 'работы', 'работ')}:"
        f" на{NBSP}границе и{NBSP}выше{NBSP}— {number(said['above'])}, а{NBSP}ожидалось {number(expected)}:"
        f" это примерно {counted(max(1, said['above'] - expected), 'работа', 'работы', 'работ')} сверх ожидаемого"
        f" (от{NBSP}{number(max(0, round(low)))} до{NBSP}{number(round(high))})."
        f" {few}{reason_to_check(said['p'], 'перепроверить эти работы')}"
    )
