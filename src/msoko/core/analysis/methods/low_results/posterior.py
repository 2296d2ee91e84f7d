"""The same list of schools with low results, with chance taken out.

For every work and school the posterior of the true share of those who did not pass (from schools alike, from what other
children of the school wrote, from the pupils who wrote) gives P(true share ≥ threshold), and the works together
P(the rule of `share_30` holds of the true shares). A school is a finding where that is likely.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np

from msoko.core.analysis.choosing import chosen
from msoko.core.analysis.methods.low_results._alike import TYPES, kin_of_schools
from msoko.core.analysis.methods.low_results._lowness import (
    ONE,
    ListRule,
    Lowness,
    Sat,
    Sureness,
    chance_of_list,
    different_pupils,
    not_judged,
    pooled,
    sat_by_school,
    sizes,
    told_low,
)
from msoko.core.analysis.methods.low_results._prior import Prior, priors
from msoko.core.analysis.methods.low_results._truth import AT, Truth, average, truths
from msoko.core.analysis.methods.low_results._whole_school import InCommon, Seen, in_common
from msoko.core.analysis.methods.low_results._words import as_sentence, how_sure, who_failed
from msoko.core.analysis.outcome import OfProcedure, Outcome, Result, Told, Verdict
from msoko.core.analysis.panel import Group, Input, Panel, Procedure
from msoko.core.analysis.parameters import Parameters
from msoko.core.vocabulary.russian import counted, percent
from msoko.core.vocabulary.shares import Z_95, Share

Known = Mapping[int, Mapping[int, Truth]]
"""Procedure → school → what is known of its true share."""


def compute(panel: Panel, parameters: Parameters) -> Outcome:
    """Schools of which the rule rather holds than not; the interval is of their true share over `low` works, per cent.

    `few_data` are schools that the rule would list if it counted works of fewer participants.
    """
    procedures = chosen(panel.asked(), parameters["procedures"])
    sat, unknown = sat_by_school(panel, procedures)
    known = _known(panel, procedures, parameters)
    judge = _Judge(
        rule=ListRule.of(parameters),
        sureness=Sureness.of(parameters),
        likely=parameters["likely"],
        known=known,
        references={key: _reference(panel, panel.by_key[key]) for key in known},
    )
    results = [result for school, works in sat.items() if (result := judge.result(school, works))]
    listed = {result.organisation for result in results}
    return Outcome(
        results=tuple(results),
        procedures=tuple(judge.of_procedure(procedure, sat) for procedure in procedures),
        not_computed=(*unknown, *not_judged(panel, judge.rule.low, procedures, sat)),
        few_data=tuple(
            judge.result_of_few(school, works)
            for school, works in sat.items()
            if school not in listed and judge.is_few_data(works)
        ),
        territory={"unconfirmed": list(judge.unconfirmed(sat))},
    )


def _known(panel: Panel, procedures: Sequence[Procedure], parameters: Parameters) -> Known:
    """What is known of the true shares in this year's works and in the same works a year before."""
    before = [panel.same_work(one, one.year - 1) for one in procedures] if parameters["repeated"] else []
    works = [one for one in (*procedures, *before) if one is not None]
    failed = {one.key: _failed(panel, one) for one in works}
    kin = kin_of_schools(panel, parameters["conditions"])
    least_schools, heaviest = parameters["least_schools"], parameters["heaviest_prior"]
    peers = {key: priors(of_schools, kin, least_schools, heaviest) for key, of_schools in failed.items()}
    seen: dict[int, list[Seen]] = {}
    for one in works:
        for school, share in failed[one.key].items():
            seen.setdefault(school, []).append((one.cohort, share, peers[one.key][school]))
    alike, common = in_common(seen) if parameters["other_works"] else (0.0, dict.fromkeys(seen, InCommon()))
    threshold = Lowness.of(parameters).share
    return {key: truths(failed[key], peers[key], alike, common, threshold, heaviest) for key in failed}


def _failed(panel: Panel, procedure: Procedure) -> dict[int, Share]:
    """All schools that wrote the work, whatever their number of participants: they tell of one another."""
    said = {school.key: group.failed(procedure) for school, group in panel.each_school(procedure)}
    return {key: share for key, share in said.items() if isinstance(share, Share) and share.n}


def _reference(panel: Panel, procedure: Procedure) -> tuple[Input, ...]:
    """What a prior follows from: the value of the region, else those of its municipalities; they hold all schools."""
    region = panel.reference(procedure)
    if isinstance(region, Group):
        return (region.input,)
    return tuple(group.input for _, group in sorted(panel.municipalities.get(procedure.key, {}).items()))


@dataclass(frozen=True)
class _Work:
    """A work that a school sat with what is known of its true share, this year and the year before."""

    sat: Sat
    now: Truth
    before: Truth | None

    @property
    def chance(self) -> float:
        return self.now.probability


@dataclass(frozen=True)
class _Judge:
    rule: ListRule
    sureness: Sureness
    likely: float
    known: Known
    references: Mapping[int, tuple[Input, ...]]

    def result(self, school: int, works: Sequence[Sat]) -> Result | None:
        counted = self._works(self.rule.counted(works))
        if not counted or self._probability(counted) < self.likely:
            return None
        return self._result(school, works, counted, self._shown(counted), self.rule)

    def is_few_data(self, works: Sequence[Sat]) -> bool:
        """The raw shares of works of any size put the school on the list, those of enough participants do not."""
        return self.rule.at_least(ONE).lists(works) and not self.rule.lists(works)

    def result_of_few(self, school: int, works: Sequence[Sat]) -> Result:
        rule = self.rule.at_least(ONE)
        counted = self._works(rule.counted(works))
        low = [work for work in counted if rule.low.holds(work.sat.failed)]
        return self._result(school, works, counted, _in_order(low), rule)

    def unconfirmed(self, sat: Mapping[int, Sequence[Sat]]) -> Iterator[dict[str, Any]]:
        """Schools that the raw shares put on the list and the true ones rather would not."""
        for school, works in sat.items():
            if self.rule.lists(works):
                probability = self._probability(self._works(self.rule.counted(works)))
                if probability < self.likely:
                    yield {"organisation": school, "probability": probability}

    def _works(self, works: Iterable[Sat]) -> list[_Work]:
        return [self._work(work) for work in works]

    def _work(self, sat: Sat) -> _Work:
        before = self.known[sat.before.procedure.key][sat.before.group.organisation] if sat.before else None
        return _Work(sat, self.known[sat.procedure.key][sat.group.organisation], before)

    def _probability(self, works: Sequence[_Work]) -> float:
        """That the rule holds of the true shares, over all that the school's works may have in common."""
        now = [work.now.chance for work in works]
        before = [work.before.chance if work.before else np.zeros_like(AT) for work in works]
        shape = (len(works), len(AT))
        return average(chance_of_list(np.reshape(now, shape), np.reshape(before, shape), self.rule.least))

    def _shown(self, works: Sequence[_Work]) -> list[_Work]:
        """The works that are rather low than not; where they alone would not do, the likeliest."""
        ordered = _in_order(works)
        return [work for work in ordered if work.chance >= self.likely] or ordered[: self.rule.least]

    def _result(
        self, school: int, sat: Sequence[Sat], counted: Sequence[_Work], shown: Sequence[_Work], rule: ListRule
    ) -> Result:
        """By the rule itself, or by the same rule that counts works of any size: then there are few data."""
        probability, pupils = self._probability(counted), different_pupils(work.sat for work in shown)
        failed, (estimate, interval) = pooled([work.sat for work in shown]), _pooled_truth(shown)
        sure = self.sureness.verdict(probability, pupils)
        return Result(
            organisation=school,
            statistic={
                "low": [_told(work, rule) for work in shown],
                "counted": len(counted),
                "k": failed.k,
                "n": failed.n,
                "pupils": pupils,
                "few_pupils": self.sureness.is_held_back(probability, pupils),
                "estimate": estimate,
                "probability": probability,
                "reach": self._reach(sat),
                "prior": _common_prior(shown),
                "threshold": float(self.rule.low.percent),
                "min_n": self.rule.low.min_n,
            },
            verdict=sure if rule == self.rule else Verdict.FEW_DATA,
            interval=interval,
            inputs=tuple(dict.fromkeys(one for work in sat for one in self._inputs(work))),
            strength=probability + estimate / 100,
        )

    def _inputs(self, work: Sat) -> Iterator[Input]:
        """Works too small to be counted tell something, too."""
        for one in (work, work.before if self.rule.repeated else None):
            if one is not None:
                yield one.group.input
                yield from self.references[one.procedure.key]

    def _reach(self, works: Sequence[Sat]) -> int:
        """The largest least number of participants with which the school would still be a finding; 0 where none."""
        for size in sizes(works):
            if self._probability(self._works(self.rule.at_least(size).counted(works))) >= self.likely:
                return size
        return 0

    def of_procedure(self, procedure: Procedure, sat: Mapping[int, Sequence[Sat]]) -> OfProcedure:
        """Flagged are schools whose true share is rather over the threshold; the reference are the groups alike."""
        known = self.known[procedure.key]
        here = [key for key, works in sat.items() for work in works if work.procedure.key == procedure.key]
        judged = [key for key in here if key in known and self.rule.low.counts(known[key].failed)]
        low = [key for key in judged if known[key].probability >= self.likely]
        return OfProcedure(
            procedure.key,
            eligible=len(judged),
            flagged=tuple(sorted(low)),
            reference={"threshold": float(self.rule.low.percent), "priors": _priors(known.values())},
        )


def _told(work: _Work, rule: ListRule) -> dict[str, Any]:
    return {
        **told_low(work.sat, rule),
        "probability": work.chance,
        "estimate": 100 * work.now.mean,
        "interval": list(work.now.interval()),
        "prior": {**work.now.peers.told(), "expected": 100 * work.now.expected},
    }


def _in_order(works: Iterable[_Work]) -> list[_Work]:
    return sorted(works, key=lambda work: -work.chance)


def _pooled_truth(works: Sequence[_Work]) -> tuple[float, tuple[float, float]]:
    """The true share over the works, per cent, with its 95 % interval.

    Every work counts with its participants. Works of one cohort were written by the same children and err together, so
    their deviations add up; different cohorts err apart.
    """
    whole = sum(work.sat.failed.n for work in works)
    mean = 0.0
    deviations: dict[int, float] = {}
    for work in works:
        weight, cohort = work.sat.failed.n / whole, work.sat.procedure.cohort
        mean += weight * work.now.mean
        deviations[cohort] = deviations.get(cohort, 0.0) + weight * sqrt(work.now.variance)
    half = Z_95 * sqrt(sum(one * one for one in deviations.values()))
    return 100 * mean, (100 * max(0.0, mean - half), 100 * min(1.0, mean + half))


def _common_prior(works: Sequence[_Work]) -> dict[str, Any]:
    """The group that most of the works were compared with: its name, its size, its mean share over these works."""
    of_peers: dict[str, list[_Work]] = {}
    for work in works:
        of_peers.setdefault(work.now.peers.peers, []).append(work)
    peers, chosen_works = max(of_peers.items(), key=lambda item: len(item[1]))
    whole = sum(work.sat.failed.n for work in chosen_works)
    mean = sum(work.sat.failed.n * work.now.peers.mean for work in chosen_works) / whole
    return {
        "peers": peers,
        "schools": max(work.now.peers.schools for work in chosen_works),
        "mean": 100 * mean if peers else None,
    }


def _priors(known: Iterable[Truth]) -> list[dict[str, Any]]:
    """Of each group one member's prior: the others differ by one school."""
    found: dict[str, Prior] = {}
    for one in known:
        found.setdefault(one.peers.peers, one.peers)
    return [prior.told() for name, prior in sorted(found.items()) if name]


def sentence(told: Told) -> str:
    """«Не справились 44 % (…) по математике в 5 классе …; у 12 похожих школ … — 14 %; вероятность … — 97 %.»"""
    return as_sentence(
        who_failed(told.statistic["low"], told.statistic["counted"]), _peers(told.statistic), how_sure(told)
    )


def _peers(statistic: Mapping[str, Any]) -> str:
    """What schools alike have in the works named."""
    prior = statistic["prior"]
    if not prior["peers"]:
        return "похожих школ слишком мало, поэтому учтено только число участников"
    works = "в этой работе" if len(statistic["low"]) == 1 else "в этих работах"
    mean = f"{works} — в среднем {percent(prior['mean'])}"
    if prior["peers"] == TYPES[""]:
        return f"у {counted(prior['schools'], 'другой школы', 'других школ', 'других школ')} без указанного типа {mean}"
    schools = counted(prior["schools"], "похожей школы", "похожих школ", "похожих школ")
    return f"у {schools} ({prior['peers']}) {mean}"
