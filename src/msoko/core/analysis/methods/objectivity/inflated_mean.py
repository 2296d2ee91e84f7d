"""A school's mean above the region's by more than both intervals: the published marker of an inflated mean.

Marked where x̄ − z·s/√m > X̄ + z·S/√n with the school's mean, deviation (n − 1) and number of participants against the
region's. Undefined for m < 2 or s = 0. How remarkable it is follows from how much schools differ: see Sureness.
"""

from dataclasses import dataclass
from math import sqrt
from typing import Any

from msoko.core.analysis.choosing import chosen
from msoko.core.analysis.headings import nothing_asked, of_participants, place_of
from msoko.core.analysis.methods.objectivity._published import (
    Judged,
    as_outcome,
    points,
    region_group,
    too_few,
)
from msoko.core.analysis.methods.objectivity._published_sureness import (
    Spread,
    Standing,
    Sureness,
    rarity,
    reason,
    standings,
)
from msoko.core.analysis.outcome import NotComputed, Outcome, Result, Told, Verdict
from msoko.core.analysis.panel import NOBODY, Group, Panel, Procedure, School
from msoko.core.analysis.parameters import Parameters
from msoko.core.analysis.phrases import of_work
from msoko.core.vocabulary.russian import NBSP, interval, number

LEAST_N = 2
"""Of one participant there is no deviation."""
NO_MEAN = "средний балл и разброс не известны: есть только отметки"
NO_MEAN_OF_REGION = "нет регионального ориентира: среднего балла и разброса региона в системе нет"
ONE_PARTICIPANT = "участник один: разброс не определён"
ALL_ALIKE = "у всех участников одинаковый балл: интервал не определён"


@dataclass(frozen=True)
class Mean:
    """Mean and deviation (n − 1) of n scores; n ≥ 2."""

    n: int
    mean: float
    sd: float

    def bounds(self, z: float) -> tuple[float, float]:
        half = z * self.sd / sqrt(self.n)
        return self.mean - half, self.mean + half


@dataclass(frozen=True)
class Rule:
    z: float
    min_n: int
    sureness: Sureness

    @classmethod
    def of(cls, parameters: Parameters) -> "Rule":
        return cls(parameters["z"], max(parameters["min_n"], LEAST_N), Sureness.of(parameters))


@dataclass(frozen=True)
class _Case:
    """One school beside its region."""

    procedure: Procedure
    school: School
    group: Group
    own: Mean

    def is_above(self, region: Mean, z: float) -> bool:
        return self.own.bounds(z)[0] > region.bounds(z)[1]


def compute(panel: Panel, parameters: Parameters) -> Outcome:
    """A finding a school and procedure; its interval is of the difference to the region's mean, in points."""
    rule = Rule.of(parameters)
    procedures = chosen(panel.asked(), parameters["procedures"])
    return as_outcome((judge(panel, one, rule) for one in procedures), *nothing_asked(panel, procedures))


def judge(panel: Panel, procedure: Procedure, rule: Rule) -> Judged:
    """All schools of one procedure."""
    group = region_group(panel, procedure)
    if isinstance(group, str):
        return Judged.nobody(procedure, group)
    region = mean_of(group)
    if isinstance(region, str):
        return Judged.nobody(procedure, NO_MEAN_OF_REGION)
    cases, unknown = _cases(panel, procedure)
    spread = _spread([case.own for case in cases if case.own.n >= rule.sureness.enough_n], region)
    told = _Told(rule, group, region, spread)
    asked = [case for case in cases if case.own.n >= rule.min_n]
    smaller = [case for case in cases if case.own.n < rule.min_n]
    few = [NotComputed(one.school.key, too_few(one.own.n, rule.min_n), procedure.key) for one in smaller]
    low, high = region.bounds(rule.z)
    return Judged(
        procedure,
        eligible=frozenset(case.school.key for case in asked),
        results=tuple(told.results(asked)),
        few=tuple(told.results(smaller)),
        not_computed=(*unknown, *few),
        reference={"n": region.n, "mean": region.mean, "sd": region.sd, "low": low, "high": high}
        | (spread.told() if spread else {}),
    )


def mean_of(group: Group) -> Mean | str:
    """What the rule needs of a group, or why it is not known."""
    if not group.n:
        return NOBODY
    if group.n < LEAST_N:
        return ONE_PARTICIPANT
    if group.mean is None or group.sd is None:
        return NO_MEAN
    return Mean(group.n, group.mean, group.sd) if group.sd > 0 else ALL_ALIKE


def _cases(panel: Panel, procedure: Procedure) -> tuple[list[_Case], list[NotComputed]]:
    cases, unknown = [], []
    for school, group in panel.each_school(procedure):
        own = mean_of(group)
        if isinstance(own, str):
            unknown.append(NotComputed(school.key, own, procedure.key))
        else:
            cases.append(_Case(procedure, school, group, own))
    return cases, unknown


def _spread(means: list[Mean], region: Mean) -> Spread | None:
    return Spread.of([one.mean for one in means], _variances(means, region))


def _variances(means: list[Mean], region: Mean) -> list[float]:
    """Of sampling, by the region's deviation: a school's own may be small by chance or because something is wrong."""
    return [region.sd**2 / one.n for one in means]


@dataclass(frozen=True)
class _Told:
    """Findings of one procedure."""

    rule: Rule
    group: Group
    region: Mean
    spread: Spread | None

    def results(self, cases: list[_Case]) -> list[Result]:
        own = [case.own for case in cases]
        stand = standings(self.spread, [one.mean for one in own], _variances(own, self.region))
        pairs = zip(cases, stand, strict=True)
        return [self._result(case, one) for case, one in pairs if case.is_above(self.region, self.rule.z)]

    def _result(self, case: _Case, standing: Standing) -> Result:
        own, region = case.own, self.region
        difference = own.mean - region.mean
        half = self.rule.z * sqrt(own.sd**2 / own.n + region.sd**2 / region.n)
        low, high = own.bounds(self.rule.z)
        return Result(
            organisation=case.school.key,
            statistic={
                **case.procedure.told(),
                "n": own.n,
                "mean": own.mean,
                "sd": own.sd,
                "low": low,
                "high": high,
                "maximum": None if case.procedure.is_exam else case.procedure.maximum,
                "region": {"n": region.n, "mean": region.mean, "high": region.bounds(self.rule.z)[1]},
                "difference": difference,
                "effect": difference / region.sd,
                **standing.told(),
            },
            verdict=self._verdict(own, difference / region.sd, standing),
            interval=(difference - half, difference + half),
            inputs=(case.group.input, self.group.input),
            about=place_of(case.procedure),
            strength=(low - region.bounds(self.rule.z)[1]) / region.sd,
        )

    def _verdict(self, own: Mean, effect: float, standing: Standing) -> Verdict:
        return Verdict.FEW_DATA if own.n < self.rule.min_n else self.rule.sureness.verdict(own.n, effect, standing)


def sentence(told: Told) -> str:
    """«Средний балл по математике в 4 классе — 16,4 из 20 (31 участник; 15,2–17,6), на 4,4 балла выше …»."""
    said: dict[str, Any] = dict(told.statistic)
    of = f" из{NBSP}{said['maximum']}" if said["maximum"] else ""
    high = min(said["high"], said["maximum"] or said["high"])  # no mean lies above the maximum
    bounds = interval(said["low"], high, 1, "")
    return (
        f"Средний балл {of_work(said)}{NBSP}— {number(said['mean'], 1)}{of} ({of_participants(said['n'])}; {bounds}), "
        f"на{NBSP}{points(said['difference'])} выше регионального ({number(said['region']['mean'], 1)})."
        f"{rarity(told)}{reason(told, 'часть работ ещё раз')}"
    )
