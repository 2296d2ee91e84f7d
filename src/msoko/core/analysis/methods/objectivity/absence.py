"""Absence: more absent than elsewhere in the same works, and fewer weak results among those who came.

The share of absent is held against the other schools of the territory, with the spread between schools in the
yardstick. A thin lower end is what it leaves where the weak are asked to stay at home; many absent alone may be flu.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from msoko.core.analysis.methods.objectivity._absent import Attendance, attendance
from msoko.core.analysis.methods.objectivity._schools import SatWork, inputs_of, sat_works, schools_of, spread_over
from msoko.core.analysis.methods.objectivity._spread import Yardstick
from msoko.core.analysis.methods.objectivity._words import reason_to_check
from msoko.core.analysis.outcome import NotComputed, OfProcedure, Outcome, Result, Told, Verdict
from msoko.core.analysis.panel import Panel
from msoko.core.analysis.parameters import Parameters
from msoko.core.vocabulary.russian import NBSP, counted, number, percent

TWO_SIDED_95 = 1.96
FEW_SCHOOLS = "сравнить не с кем: школ, о которых известно число отсутствовавших, слишком мало"
NO_ABSENT = "число отсутствовавших не известно"


def compute(panel: Panel, parameters: Parameters) -> Outcome:
    """Every result's interval is of the number of absent beyond what is usual: from nobody to all the absent."""
    told, unknown = sat_works(panel, parameters, needs_scale=False)
    works = [known for work in told if (known := work.of_known_absent()) is not None]
    unknown += [
        NotComputed(group.organisation, NO_ABSENT, work.procedure.key)
        for work in told
        for group in work.groups
        if group.absent is None
    ]
    schools = schools_of(works)
    if len(schools) < parameters["least_schools"]:
        return Outcome(not_computed=(*unknown, NotComputed(None, FEW_SCHOOLS)))
    yardstick = Yardstick(parameters["usual_spread"] / 100, parameters["enough_schools"])
    seen = _Seen(works, schools, _attendance(schools, works, yardstick, parameters["weakest"] / 100), parameters)
    return Outcome(
        results=tuple(seen.results(parameters["min_n"], None)),
        procedures=tuple(seen.procedures()),
        not_computed=tuple(unknown),
        few_data=tuple(seen.results(1, parameters["min_n"])),
    )


def _attendance(schools: Sequence[int], works: Sequence[SatWork], yardstick: Yardstick, weakest: float) -> Attendance:
    own = [spread_over(schools, work, work.histograms) for work in works]
    others = [spread_over(schools, work, work.others) for work in works]
    absent = [spread_over(schools, work, work.absent[:, None])[:, 0] for work in works]
    return attendance(own, others, np.stack(absent, axis=1), yardstick, weakest)


@dataclass(frozen=True)
class _Seen:
    works: Sequence[SatWork]
    schools: Sequence[int]
    attendance: Attendance
    parameters: Parameters

    def results(self, least: int, below: int | None) -> Iterator[Result]:
        for row, school in enumerate(self.schools):
            n = int(self.attendance.listed[row])
            verdict = self._verdict(row)
            if verdict is not None and least <= n and (below is None or n < below):
                yield self._result(row, school, verdict if below is None else Verdict.FEW_DATA)

    def _verdict(self, row: int) -> Verdict | None:
        """«Устойчиво» asks for both: many absent and a thin lower end."""
        seen = self.attendance
        too_many = 100 * seen.extra[row] >= self.parameters["least_effect"] * max(1, seen.listed[row])
        if not too_many or seen.p[row] > self.parameters["likely"]:
            return None
        is_thin = seen.p_weak[row] <= self.parameters["thin"]
        return Verdict.ROBUST if is_thin and seen.p[row] <= self.parameters["robust"] else Verdict.LIKELY

    def _result(self, row: int, school: int, verdict: Verdict) -> Result:
        seen = self.attendance
        absent, error = int(seen.absent[row]), float(seen.error[row])
        extra = min(float(seen.extra[row]), float(absent))
        return Result(
            organisation=school,
            statistic={
                "n": int(seen.listed[row]),
                "absent": absent,
                "expected": absent - extra,
                "extra": extra,
                "p": float(seen.p[row]),
                "present": int(seen.present[row]),
                "weak": int(seen.weak[row]),
                "weak_expected": float(seen.weak_expected[row]),
                "p_weak": float(seen.p_weak[row]),
                "works": list(self._told(school)),
            },
            verdict=verdict,
            interval=(_among(absent, extra - TWO_SIDED_95 * error), _among(absent, extra + TWO_SIDED_95 * error)),
            inputs=tuple(group.input for group in inputs_of(self.works, school)),
            strength=float(seen.score[row]),
        )

    def _told(self, school: int) -> Iterator[dict[str, Any]]:
        for work in self.works:
            for group in inputs_of([work], school):
                yield {**work.procedure.told(), "n": (group.n or 0) + (group.absent or 0), "absent": group.absent}

    def procedures(self) -> Iterator[OfProcedure]:
        found = [school for row, school in enumerate(self.schools) if self._verdict(row) is not None]
        for work in self.works:
            sat = int(work.histograms.sum())
            absent = int(work.absent.sum())
            flagged = tuple(school for school in found if school in work.schools)
            yield OfProcedure(
                work.procedure.key, len(work.schools), flagged, {"listed": sat + absent, "absent": absent}
            )


def _among(absent: int, extra: float) -> float:
    """No fewer than nobody and no more than all the absent can be too many."""
    return min(max(extra, 0.0), float(absent))


def _usual(expected: float) -> str:
    if round(expected) < 1:
        return f"не{NBSP}отсутствует почти никто"
    return f"отсутствует около {counted(round(expected), 'участника', 'участников', 'участников')}"


def sentence(told: Told) -> str:
    """«Отсутствовали 24 из 120 (20 %), а обычно при таком числе отсутствует около 8. …»"""
    said = told.statistic
    low, high = told.interval or (said["extra"], said["extra"])
    missing = round(said["weak_expected"]) - said["weak"]
    weak = (
        f" Слабых результатов среди писавших {number(said['weak'])},"
        f" ожидалось около {number(round(said['weak_expected']))}."
        if missing > 0
        else ""
    )
    return (
        f"Отсутствовали {number(said['absent'])} из{NBSP}{number(said['n'])}"
        f" ({percent(100 * said['absent'] / said['n'])}), а{NBSP}обычно при таком числе {_usual(said['expected'])}."
        f" Лишних{NBSP}— около {number(round(said['extra']))}"
        f" (от{NBSP}{number(round(low))} до{NBSP}{number(round(high))}).{weak}"
        f" {reason_to_check(said['p'], 'узнать причины отсутствия')}"
    )
