"""Low results by the share of those who did not pass: the rule that departments use, with its certainty.

A procedure is low where at least `threshold` per cent of at least `min_n` participants did not pass. A school is on the
list with `least_procedures` low procedures of the year, or with one that is low in two consecutive years.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from msoko.core.analysis.choosing import chosen
from msoko.core.analysis.outcome import NotComputed, OfProcedure, Outcome, Result, Told, Verdict
from msoko.core.analysis.panel import Group, Panel, Procedure
from msoko.core.analysis.parameters import Parameters
from msoko.core.analysis.phrases import joined, of_work, second_year
from msoko.core.analysis.probability import at_least_so_many, probability_at_least
from msoko.core.vocabulary.russian import capitalised, counted, share_in_words
from msoko.core.vocabulary.shares import Share

EVEN = 0.5
"""Below it the rule would rather not hold of the true shares, whatever the raw ones are."""


@dataclass(frozen=True)
class Sat:
    """One school in one procedure: who did not pass of how many, this year and in the same work a year before."""

    procedure: Procedure
    group: Group
    failed: Share
    before: tuple[Group, Share] | None

    def is_low(self, threshold: Fraction, min_n: int) -> bool:
        return _is_low(self.failed, threshold, min_n)

    def is_repeated(self, threshold: Fraction, min_n: int) -> bool:
        return self.before is not None and self.is_low(threshold, min_n) and _is_low(self.before[1], threshold, min_n)


def _is_low(failed: Share, threshold: Fraction, min_n: int) -> bool:
    """In whole numbers: three of ten are exactly thirty per cent."""
    return failed.n >= max(min_n, 1) and 100 * failed.k >= threshold * failed.n


def compute(panel: Panel, parameters: Parameters) -> Outcome:
    """The list of the panel's year. Every result's interval is that of the share over its low procedures, per cent."""
    rule = _Rule.of(parameters)
    procedures = chosen(panel.asked(), parameters["procedures"])
    sat, unknown = sat_by_school(panel, procedures)
    results = [result for school, works in sat.items() if (result := rule.result(school, works, rule.min_n))]
    listed = {result.organisation for result in results}
    return Outcome(
        results=tuple(results),
        procedures=tuple(rule.of_procedure(procedure, sat) for procedure in procedures),
        not_computed=(*unknown, *rule.too_few(sat)),
        few_data=tuple(
            result
            for school, works in sat.items()
            if school not in listed and (result := rule.result(school, works, 1))
        ),
    )


def sat_by_school(panel: Panel, procedures: list[Procedure]) -> tuple[dict[int, list[Sat]], list[NotComputed]]:
    """School → what it sat, in the order of the procedures; and what is not known, by name."""
    sat: dict[int, list[Sat]] = {}
    unknown = []
    for procedure in procedures:
        before = panel.same_work(procedure, procedure.year - 1)
        for school, group in panel.each_school(procedure):
            failed = group.failed(procedure)
            if isinstance(failed, str):
                unknown.append(NotComputed(school.key, failed, procedure.key))
            else:
                earlier = _failed_before(panel, before, school.key)
                sat.setdefault(school.key, []).append(Sat(procedure, group, failed, earlier))
    return sat, unknown


def _failed_before(panel: Panel, procedure: Procedure | None, school: int) -> tuple[Group, Share] | None:
    group = panel.groups(procedure).get(school) if procedure else None
    if group is None or procedure is None:
        return None
    failed = group.failed(procedure)
    return None if isinstance(failed, str) else (group, failed)


@dataclass(frozen=True)
class _Rule:
    threshold: Fraction
    min_n: int
    least: int
    repeated: bool
    robust: float

    @classmethod
    def of(cls, parameters: Parameters) -> "_Rule":
        return cls(
            Fraction(str(parameters["threshold"])),
            parameters["min_n"],
            parameters["least_procedures"],
            parameters["repeated"],
            parameters["robust"],
        )

    def result(self, school: int, works: list[Sat], min_n: int) -> Result | None:
        """The school's place on the list, counting works of at least `min_n` participants; None where it has none."""
        low = [work for work in works if work.is_low(self.threshold, min_n)]
        twice = [work for work in low if self.repeated and work.is_repeated(self.threshold, min_n)]
        if len(low) < self.least and not twice:
            return None
        pooled = Share(sum(work.failed.k for work in low), sum(work.failed.n for work in low))
        probability = self._probability([work for work in works if work.failed.n >= min_n])
        bounds = pooled.interval
        return Result(
            organisation=school,
            statistic={
                "low": [_told(work, work in twice) for work in low],
                "counted": sum(work.failed.n >= min_n for work in works),
                "k": pooled.k,
                "n": pooled.n,
                "probability": probability,
                "reach": self._reach(works),
            },
            verdict=self._verdict(probability, min_n),
            interval=bounds if isinstance(bounds, tuple) else None,
            inputs=tuple(_inputs(low)),
            strength=probability + pooled.k / pooled.n,
        )

    def _verdict(self, probability: float, min_n: int) -> Verdict:
        if min_n < self.min_n:
            return Verdict.FEW_DATA
        if probability < EVEN:
            return Verdict.DOUBTFUL
        return Verdict.ROBUST if probability >= self.robust else Verdict.LIKELY

    def _probability(self, works: list[Sat]) -> float:
        """That the rule holds of the true shares: each work by itself, and the year before where it is known."""
        now = [self._is_truly_low(work.failed) for work in works]
        enough = at_least_so_many(now, self.least)
        if not self.repeated:
            return enough
        twice = [p * self._is_truly_low(work.before[1]) for p, work in zip(now, works, strict=True) if work.before]
        return max(enough, at_least_so_many(twice, 1))

    def _is_truly_low(self, failed: Share) -> float:
        return probability_at_least(failed.k, failed.n, float(self.threshold) / 100)

    def _reach(self, works: list[Sat]) -> int:
        """The largest least number of participants with which the school would still be on the list."""
        candidates = sorted({size for work in works for size in _sizes(work)}, reverse=True)
        for size in candidates:
            low = [work for work in works if work.is_low(self.threshold, size)]
            if len(low) >= self.least or (self.repeated and any(w.is_repeated(self.threshold, size) for w in low)):
                return size
        return 0

    def of_procedure(self, procedure: Procedure, sat: Mapping[int, list[Sat]]) -> OfProcedure:
        here = [(key, work) for key, works in sat.items() for work in works if work.procedure.key == procedure.key]
        flagged = sorted(key for key, work in here if work.is_low(self.threshold, self.min_n))
        eligible = sum(work.failed.n >= self.min_n for _, work in here)
        return OfProcedure(procedure.key, eligible, tuple(flagged), {"threshold": float(self.threshold)})

    def too_few(self, sat: Mapping[int, list[Sat]]) -> Iterator[NotComputed]:
        """Schools of which no work had participants enough: the rule says nothing of them."""
        for school, works in sat.items():
            if all(work.failed.n < self.min_n for work in works):
                most = counted(max(work.failed.n for work in works), "участник", "участника", "участников")
                yield NotComputed(school, f"ни в одной работе нет {self.min_n} участников, больше всего — {most}")


def _sizes(work: Sat) -> list[int]:
    return [work.failed.n, *([work.before[1].n] if work.before else [])]


def _told(work: Sat, repeated: bool) -> dict[str, Any]:
    return {**work.procedure.told(), "k": work.failed.k, "n": work.failed.n, "repeated": repeated}


def _inputs(works: list[Sat]) -> Iterator[Any]:
    for work in works:
        yield work.group.input
        if work.before:
            yield work.before[0].input


def sentence(told: Told) -> str:
    """«Не справились 18 из 41 (44 %; 30–59 %) по математике в 5 классе и …; второй год подряд — по математике.»"""
    low = told.statistic["low"]
    parts = [f"{share_in_words(Share(one['k'], one['n']))} {of_work(one)}" for one in low]
    said = f"не справились {joined(parts)}"
    again = [one for one in low if one["repeated"]]
    return capitalised(said + (f"; {second_year(again)}" if again else "")) + "."
