"""Low results by the share of those who did not pass: the rule that departments use, with its certainty.

A procedure is low where at least `threshold` per cent of at least `min_n` participants did not pass. A school is on the
list with `least_procedures` low procedures of the year, or with one that is low in two consecutive years.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from msoko.core.analysis.choosing import chosen
from msoko.core.analysis.methods.low_results._lowness import (
    ONE,
    ListRule,
    Sat,
    Sureness,
    chance_of_list,
    different_pupils,
    not_judged,
    of_procedure,
    pooled,
    pooled_interval,
    sat_by_school,
    told_low,
)
from msoko.core.analysis.methods.low_results._words import as_sentence, how_sure, who_failed
from msoko.core.analysis.outcome import Outcome, Result, Told, Verdict
from msoko.core.analysis.panel import Panel
from msoko.core.analysis.parameters import Parameters
from msoko.core.analysis.probability import probability_at_least
from msoko.core.vocabulary.shares import Share


def compute(panel: Panel, parameters: Parameters) -> Outcome:
    """The list of the panel's year.

    A result's statistic holds the low procedures (k of n, «repeated» where low a year before too), their pooled share,
    the probability that the rule holds of the true shares, and the `reach`: the largest `min_n` that would leave the
    school on the list. Its interval is that of the pooled share, per cent.
    """
    judge = _Judge(ListRule.of(parameters), Sureness.of(parameters))
    procedures = chosen(panel.asked(), parameters["procedures"])
    sat, unknown = sat_by_school(panel, procedures)
    listed = {school: works for school, works in sat.items() if judge.rule.lists(works)}
    if_smaller = judge.rule.at_least(ONE)
    return Outcome(
        results=tuple(judge.result(school, works) for school, works in listed.items()),
        procedures=tuple(of_procedure(procedure, judge.rule.low, sat) for procedure in procedures),
        not_computed=(*unknown, *not_judged(panel, judge.rule.low, procedures, sat)),
        few_data=tuple(
            judge.result_of_few(school, works)
            for school, works in sat.items()
            if school not in listed and if_smaller.lists(works)
        ),
    )


@dataclass(frozen=True)
class _Judge:
    rule: ListRule
    sureness: Sureness

    def result(self, school: int, works: Sequence[Sat]) -> Result:
        return self._result(school, works, self.rule, None)

    def result_of_few(self, school: int, works: Sequence[Sat]) -> Result:
        """Its place on the list that counts works of any size."""
        return self._result(school, works, self.rule.at_least(ONE), Verdict.FEW_DATA)

    def _result(self, school: int, works: Sequence[Sat], rule: ListRule, verdict: Verdict | None) -> Result:
        counted = rule.counted(works)
        low = in_order([work for work in counted if rule.low.holds(work.failed)], rule)
        probability = self._probability(counted)
        share, pupils = pooled(low), different_pupils(low)
        return Result(
            organisation=school,
            statistic={
                "low": [told_low(work, rule) for work in low],
                "counted": len(counted),
                "k": share.k,
                "n": share.n,
                "pupils": pupils,
                "few_pupils": self.sureness.is_held_back(probability, pupils),
                "probability": probability,
                "reach": self.rule.reach(works),
                "threshold": float(rule.low.percent),
                "min_n": self.rule.low.min_n,
            },
            verdict=verdict or self.sureness.verdict(probability, pupils),
            interval=pooled_interval(low),
            inputs=tuple(one for work in counted for one in work.inputs),
            strength=probability + share.k / share.n,
        )

    def _probability(self, works: Iterable[Sat]) -> float:
        """That the rule holds of the true shares, each known from its own participants alone."""
        now, before = [], []
        for work in works:
            now.append(self._truly_low(work.failed))
            before.append(self._truly_low(work.before.failed) if work.before else 0.0)
        return float(chance_of_list(np.array(now), np.array(before), self.rule.least))

    def _truly_low(self, failed: Share) -> float:
        return probability_at_least(failed.k, failed.n, self.rule.low.share)


def in_order(low: Iterable[Sat], rule: ListRule) -> list[Sat]:
    """Those low two years running first, then by share: the sentence names the first."""
    return sorted(low, key=lambda work: (not rule.is_twice(work), -work.failed.k / work.failed.n))


def sentence(told: Told) -> str:
    """«Не справились 44 % (18 из 41; 30–59 %) по математике в 5 классе и …; вероятность, что … — 97 %.»"""
    return as_sentence(who_failed(told.statistic["low"], told.statistic["counted"]), how_sure(told))
