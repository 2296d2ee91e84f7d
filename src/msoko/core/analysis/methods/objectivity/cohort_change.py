"""A sharp change of the same pupils' results from one grade to the next: the published markers of a drop and a rise.

K = S(grade N) / S(grade N + 1) with S the mean per cent of the maximum in two works of one cohort. Over all schools of
the region that sat both, K above P75 + 3·IQR is a drop, below P25 − 3·IQR a rise (percentiles by linear interpolation).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from typing import Any

import numpy as np

from msoko.core.analysis.choosing import chosen
from msoko.core.analysis.headings import nothing_asked, of_participants, place_of
from msoko.core.analysis.methods.objectivity._published import (
    NO_REGION,
    NOT_ALL_SCHOOLS,
    Judged,
    as_outcome,
    has_whole_region,
    region_group,
    too_few,
)
from msoko.core.analysis.methods.objectivity._published_sureness import reason
from msoko.core.analysis.outcome import NotComputed, Outcome, Result, Told, Verdict
from msoko.core.analysis.panel import NOBODY, Group, Panel, Procedure
from msoko.core.analysis.parameters import Parameters
from msoko.core.monitoring.describing import NO_MAXIMUM
from msoko.core.vocabulary.russian import NBSP, capitalised, counted, interval, number, percent
from msoko.core.vocabulary.shares import Z_95

LEAST_SCHOOLS = 30
"""Borders of three interquartile ranges are known too badly from fewer."""
FEWEST_SCHOOLS = 4
"""Of fewer there are no quartiles to speak of, and a school would be held against itself."""
TOO_FEW_SCHOOLS = f"обе работы писали меньше {FEWEST_SCHOOLS}{NBSP}школ: квартилей нет"
ALL_ZERO = "в более поздней работе у всех ноль баллов: отношение не определено"
NOT_BOTH = "школа писала только одну из двух работ"
NO_QUARTILES = f"{NO_REGION}: {NOT_ALL_SCHOOLS}, а квартили считаются по всем"
DROP, RISE = "drop", "rise"


@dataclass(frozen=True)
class Rule:
    fence: float
    min_n: int
    enough_n: int
    robust_n: int

    @classmethod
    def of(cls, parameters: Parameters) -> "Rule":
        least = max(parameters["min_n"], 1)
        return cls(parameters["fence"], least, parameters["enough_n"], parameters["robust_n"])


@dataclass(frozen=True)
class Pair:
    """Two works that the same pupils wrote, one grade after the other."""

    earlier: Procedure
    later: Procedure


@dataclass(frozen=True)
class _Case:
    """One school in both works: its groups and how many per cent of the maximum each of them earned."""

    before: Group
    after: Group
    percent_before: float
    percent_after: float

    @property
    def k(self) -> float:
        return self.percent_before / self.percent_after

    @property
    def n(self) -> int:
        return min(self.before.n or 0, self.after.n or 0)


@dataclass(frozen=True)
class Fences:
    """Quartiles of K over the schools, and the borders beyond which a school is marked."""

    p25: float
    median: float
    p75: float
    low: float
    high: float
    schools: int

    @classmethod
    def of(cls, values: Sequence[float], fence: float) -> "Fences":
        p25, median, p75 = (float(one) for one in np.percentile(values, [25, 50, 75]))
        reach = fence * (p75 - p25)
        return cls(p25, median, p75, p25 - reach, p75 + reach, len(values))

    def direction(self, k: float) -> str:
        """'' within the borders."""
        return DROP if k > self.high else RISE if k < self.low else ""


def compute(panel: Panel, parameters: Parameters) -> Outcome:
    """A finding a school and pair of works, told of the later one; its interval is of K."""
    rule = Rule.of(parameters)
    procedures = chosen(panel.asked(), parameters["procedures"])
    return as_outcome((judge(panel, one, rule) for one in procedures), *nothing_asked(panel, procedures))


def earlier_of(panel: Panel, later: Procedure) -> Procedure | None:
    """The work that the same pupils wrote for the grade before; of several the one most like the later."""
    found = [
        one
        for one in panel.procedures
        if (one.kind, one.subject, one.grade) == (later.kind, later.subject, later.grade - 1)
        and one.cohort == later.cohort
        and one.year <= later.year
    ]
    return min(found, key=lambda one: (one.label != later.label, -one.year, one.key), default=None)


def judge(panel: Panel, later: Procedure, rule: Rule) -> Judged:
    """All schools of one pair of works."""
    earlier = earlier_of(panel, later)
    if earlier is None:
        return Judged.nobody(later, f"работы тех же детей за{NBSP}{later.grade - 1}{NBSP}класс в{NBSP}системе нет")
    pair = Pair(earlier, later)
    problem = _why_no_region(panel, pair)
    if problem:
        return Judged.nobody(later, problem)
    cases, unknown = _cases(panel, pair)
    asked = [case for case in cases if case.n >= rule.min_n]
    smaller = [case for case in cases if case.n < rule.min_n]
    few = tuple(NotComputed(one.after.organisation, too_few(one.n, rule.min_n), later.key) for one in smaller)
    if len(asked) < FEWEST_SCHOOLS:
        return Judged(later, not_computed=(*unknown, *few, NotComputed(None, TOO_FEW_SCHOOLS, later.key)))
    fences = Fences.of([case.k for case in asked], rule.fence)
    results = tuple(_results(panel, pair, asked, fences, rule))
    return Judged(
        later,
        eligible=frozenset(case.after.organisation for case in asked),
        results=results,
        few=tuple(_results(panel, pair, smaller, fences, rule)),
        not_computed=(*unknown, *few),
        reference=_reference(pair, asked, fences, results),
    )


def _reference(pair: Pair, cases: Sequence[_Case], fences: Fences, results: Sequence[Result]) -> dict[str, Any]:
    directions = [result.statistic["direction"] for result in results]
    return {
        "previous": pair.earlier.key,
        "schools_both": len(cases),
        "p25": fences.p25,
        "median": fences.median,
        "p75": fences.p75,
        "iqr": fences.p75 - fences.p25,
        "low_fence": fences.low,
        "high_fence": fences.high,
        "drop": directions.count(DROP),
        "rise": directions.count(RISE),
        "min": min(case.k for case in cases),
        "max": max(case.k for case in cases),
    }


def _why_no_region(panel: Panel, pair: Pair) -> str:
    """Quartiles need the region's schools themselves: its aggregate tells nothing of them."""
    for procedure in (pair.earlier, pair.later):
        region = region_group(panel, procedure)
        if isinstance(region, str):
            return region
        if not has_whole_region(panel, procedure, region):
            return NO_QUARTILES
    return ""


def _cases(panel: Panel, pair: Pair) -> tuple[list[_Case], list[NotComputed]]:
    before, after = panel.groups(pair.earlier), panel.groups(pair.later)
    cases, unknown = [], []
    for key in sorted({*before, *after} & set(panel.organisations)):
        case = _case(pair, before.get(key), after.get(key))
        if isinstance(case, str):
            unknown.append(NotComputed(key, case, pair.later.key))
        else:
            cases.append(case)
    return cases, unknown


def _case(pair: Pair, before: Group | None, after: Group | None) -> _Case | str:
    if before is None or after is None:
        return NOT_BOTH
    if not before.n or not after.n:
        return NOBODY if not before.n and not after.n else NOT_BOTH
    earned = _percent(before, pair.earlier), _percent(after, pair.later)
    if earned[0] is None or earned[1] is None:
        return NO_MAXIMUM if None in (pair.earlier.maximum, pair.later.maximum) else "средний балл не известен"
    return _Case(before, after, earned[0], earned[1]) if earned[1] > 0 else ALL_ZERO


def _percent(group: Group, procedure: Procedure) -> float | None:
    if group.mean is not None and procedure.maximum:
        return 100 * group.mean / procedure.maximum
    return group.mean_percent


def _results(panel: Panel, pair: Pair, cases: Sequence[_Case], fences: Fences, rule: Rule) -> list[Result]:
    regions = [one for one in (panel.reference(pair.earlier), panel.reference(pair.later)) if isinstance(one, Group)]
    return [
        _result(pair, case, fences, direction, rule, regions)
        for case in cases
        if (direction := fences.direction(case.k))
    ]


def _result(pair: Pair, case: _Case, fences: Fences, direction: str, rule: Rule, regions: Sequence[Group]) -> Result:
    bounds = _interval(case)
    edge = fences.high if direction == DROP else fences.low
    return Result(
        organisation=case.after.organisation,
        statistic={
            **pair.later.told(),
            "earlier": pair.earlier.told(),
            "direction": direction,
            "k": case.k,
            "n_before": case.before.n,
            "n_after": case.after.n,
            "percent_before": case.percent_before,
            "percent_after": case.percent_after,
            "p25": fences.p25,
            "median": fences.median,
            "p75": fences.p75,
            "low_fence": fences.low,
            "high_fence": fences.high,
            "schools": fences.schools,
        },
        verdict=_verdict(case, bounds, edge, fences, rule),
        interval=bounds,
        inputs=(case.before.input, case.after.input, *(one.input for one in regions)),
        about=place_of(pair.later),
        strength=abs(case.k - edge) / (fences.p75 - fences.p25) if fences.p75 > fences.p25 else 0.0,
    )


def _interval(case: _Case) -> tuple[float, float] | None:
    """95 % bounds of K by the variance of its logarithm.

    The two means are taken as independent: those of the same pupils go together, so the interval is too wide, never
    too narrow. None where a deviation is not known or nobody earned anything before.
    """
    parts = [_relative_variance(group) for group in (case.before, case.after)]
    if parts[0] is None or parts[1] is None:
        return None
    half = Z_95 * sqrt(parts[0] + parts[1])
    return exp(log(case.k) - half), exp(log(case.k) + half)


def _relative_variance(group: Group) -> float | None:
    return (group.sd / group.mean) ** 2 / group.n if group.sd is not None and group.mean and group.n else None


def _verdict(case: _Case, bounds: tuple[float, float] | None, edge: float, fences: Fences, rule: Rule) -> Verdict:
    """устойчиво: the whole interval lies beyond the border, which itself is far outside what is usual."""
    if case.n < max(rule.enough_n, rule.min_n) or fences.schools < LEAST_SCHOOLS:
        return Verdict.FEW_DATA
    is_beyond = bounds is not None and (bounds[0] > edge if case.k > edge else bounds[1] < edge)
    return Verdict.ROBUST if is_beyond and case.n >= rule.robust_n else Verdict.LIKELY


def sentence(told: Told) -> str:
    """«Те же дети в работе за 4 класс (2020 г.) набрали 61 % максимума, за 5 класс (2021 г.) — 33 %: …»."""
    said: dict[str, Any] = dict(told.statistic)
    is_drop = said["direction"] == DROP
    times = said["k"] if is_drop else 1 / said["k"] if said["k"] else None
    how = f"{_times(times)} {'меньше' if is_drop else 'больше'}" if times else "было ноль"
    few = f" Участников мало: могло выйти и{NBSP}случайно." if told.verdict is Verdict.FEW_DATA else ""
    return (
        f"{capitalised(said['by'])} те же дети за{NBSP}{said['earlier']['grade']}{NBSP}класс "
        f"({_with_n(said['earlier']['year'], said['n_before'])}) набрали {percent(said['percent_before'])} максимума, "
        f"за{NBSP}{said['grade']}{NBSP}класс ({_with_n(said['year'], said['n_after'])}){NBSP}— "
        f"{percent(said['percent_after'])}: {how}. Отношение {number(said['k'], 2)}{_bounds(told)}, у{NBSP}половины "
        f"из{NBSP}{counted(said['schools'], 'школы', 'школ', 'школ')}{NBSP}— "
        f"{interval(said['p25'], said['p75'], 2, '')}.{few}{reason(told, 'обе работы')}"
    )


def _times(times: float) -> str:
    """«в 1,8 раза»; near one a second decimal is needed to tell anything."""
    return f"в{NBSP}{number(times, 1 if times >= 1.15 else 2)}{NBSP}раза"


def _with_n(year: int, n: int) -> str:
    return f"{year}{NBSP}г., {of_participants(n)}"


def _bounds(told: Told) -> str:
    return f" ({interval(*told.interval, 2, '')})" if told.interval else ""
