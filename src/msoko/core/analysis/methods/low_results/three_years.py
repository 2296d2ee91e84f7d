"""Low results year after year: at least so many low procedures in each of the last three years.

A procedure is low by the same rule as in `share_30`. A year of which nothing is known is never skipped: unless another
year already answers no, the school is named with the years that are missing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import Any

from msoko.core.analysis.choosing import chosen
from msoko.core.analysis.methods.low_results._lowness import (
    ONE,
    Lowness,
    Sat,
    Sureness,
    asked_in,
    different_pupils,
    of_procedure,
    pooled,
    pooled_interval,
    sat_by_school,
    sizes,
)
from msoko.core.analysis.methods.low_results._words import as_sentence, how_sure
from msoko.core.analysis.outcome import NotComputed, Outcome, Result, Told, Verdict
from msoko.core.analysis.panel import Panel
from msoko.core.analysis.parameters import Parameters
from msoko.core.analysis.probability import at_least_so_many, probability_at_least
from msoko.core.vocabulary.russian import NBSP, counted, join_with_and, number, share

YEARS = 3

Years = Mapping[int, Sequence[Sat]]
"""Year → what a school sat in it; every one of the three years is there."""


def compute(panel: Panel, parameters: Parameters) -> Outcome:
    """Schools that are low in all three years; the interval is that of the share over their low works, per cent."""
    years = range(panel.year - YEARS + 1, panel.year + 1)
    procedures = {year: chosen(asked_in(panel, year), parameters["procedures"]) for year in years}
    everything = [one for found in procedures.values() for one in found]
    sat, unknown = sat_by_school(panel, everything)
    schools = {key: _by_year(works, years) for key, works in sat.items()}
    rule = _Rule.of(parameters)
    missing = [year for year, found in procedures.items() if not found]
    listed = {key for key, by_year in schools.items() if not missing and rule.lists(by_year)}
    return Outcome(
        results=tuple(rule.result(key, schools[key]) for key in sorted(listed)),
        procedures=tuple(of_procedure(one, rule.low, sat) for one in everything),
        not_computed=(*unknown, *(_no_procedures(missing) if missing else rule.undecided(schools))),
        few_data=tuple(
            rule.result_of_few(key, by_year)
            for key, by_year in schools.items()
            if key not in listed and not missing and rule.at_least(ONE).lists(by_year)
        ),
        territory={"years": [rule.of_year(year, len(procedures[year]), schools) for year in years]},
    )


def _by_year(works: Sequence[Sat], years: Sequence[int]) -> Years:
    """The year before stands by itself here."""
    return {year: [replace(work, before=None) for work in works if work.procedure.year == year] for year in years}


def _no_procedures(missing: Sequence[int]) -> Iterator[NotComputed]:
    reason = f"за {years_in_words(missing)} в системе нет ни одной из учитываемых процедур, а правилу нужны три года"
    yield NotComputed(None, reason)


def years_in_words(years: Sequence[int]) -> str:
    """«2024 г.», «2024 и 2025 гг.»."""
    return f"{join_with_and([str(year) for year in years])}{NBSP}{'г.' if len(years) == 1 else 'гг.'}"


@dataclass(frozen=True)
class _Rule:
    low: Lowness
    least: int
    sureness: Sureness

    @classmethod
    def of(cls, parameters: Parameters) -> "_Rule":
        return cls(Lowness.of(parameters), parameters["least_per_year"], Sureness.of(parameters))

    def at_least(self, min_n: int) -> "_Rule":
        return replace(self, low=replace(self.low, min_n=min_n))

    def counted(self, works: Sequence[Sat]) -> list[Sat]:
        return [work for work in works if self.low.counts(work.failed)]

    def low_of(self, works: Sequence[Sat]) -> list[Sat]:
        return [work for work in works if self.low.holds(work.failed)]

    def is_low_year(self, works: Sequence[Sat]) -> bool:
        return len(self.low_of(works)) >= self.least

    def lists(self, years: Years) -> bool:
        return all(self.is_low_year(works) for works in years.values())

    def undecided(self, schools: Mapping[int, Years]) -> Iterator[NotComputed]:
        """Schools without data of some year that no other year answers for."""
        for key, years in schools.items():
            unknown = [year for year, works in years.items() if not self.counted(works)]
            known = [works for year, works in years.items() if year not in unknown]
            if unknown and all(self.is_low_year(works) for works in known):
                yield NotComputed(key, self._why(unknown, bool(known)))

    def _why(self, unknown: Sequence[int], are_others_low: bool) -> str:
        wanted = counted(self.low.min_n, "участника", "участников", "участников")
        others = ", а в остальные годы низкие результаты есть" if are_others_low else ""
        return f"за {years_in_words(unknown)} нет работ, где хотя бы {wanted}{others}: о трёх годах сказать нельзя"

    def result(self, school: int, years: Years) -> Result:
        return self._result(school, years, self, None)

    def result_of_few(self, school: int, years: Years) -> Result:
        """Its place on the list that counts works of any size."""
        return self._result(school, years, self.at_least(ONE), Verdict.FEW_DATA)

    def _result(self, school: int, years: Years, rule: "_Rule", verdict: Verdict | None) -> Result:
        low = [work for works in years.values() for work in rule.low_of(works)]
        probability = prod(rule.chance(works) for works in years.values())
        failed, pupils = pooled(low), different_pupils(low)
        return Result(
            organisation=school,
            statistic={
                "years": [rule.told(year, works) for year, works in years.items()],
                "k": failed.k,
                "n": failed.n,
                "pupils": pupils,
                "few_pupils": self.sureness.is_held_back(probability, pupils),
                "probability": probability,
                "reach": self._reach(years),
                "threshold": float(self.low.percent),
                "min_n": self.low.min_n,
            },
            verdict=verdict or self.sureness.verdict(probability, pupils),
            interval=pooled_interval(low),
            inputs=tuple(one for works in years.values() for work in rule.counted(works) for one in work.inputs),
            strength=probability + failed.k / failed.n,
        )

    def chance(self, works: Sequence[Sat]) -> float:
        """P(the year's works are low in so many of the true shares)."""
        counted = self.counted(works)
        each = [probability_at_least(work.failed.k, work.failed.n, self.low.share) for work in counted]
        return at_least_so_many(each, self.least)

    def told(self, year: int, works: Sequence[Sat]) -> dict[str, Any]:
        low = [work.told() for work in self.low_of(works)]
        return {"year": year, "low": low, "counted": len(self.counted(works))}

    def _reach(self, years: Years) -> int:
        everything = [work for works in years.values() for work in works]
        return next((size for size in sizes(everything) if self.at_least(size).lists(years)), 0)

    def of_year(self, year: int, procedures: int, schools: Mapping[int, Years]) -> dict[str, int]:
        """How many schools could be judged in a year and how many are low in it."""
        judged = [years[year] for years in schools.values() if self.counted(years[year])]
        low = sum(self.is_low_year(works) for works in judged)
        return {"year": year, "procedures": procedures, "schools": len(judged), "low": low}


def sentence(told: Told) -> str:
    """«Низкие результаты три года подряд: в 2024 г. — в 14 работах из 21, …; доля не справившихся … — 45 % (…); …»"""
    years = [_of_year(one) for one in told.statistic["years"]]
    low, high = told.interval or (0.0, 100.0)
    failed = share(told.statistic["k"], told.statistic["n"], low, high)
    said = f"низкие результаты три года подряд: {', '.join(years)}"
    return as_sentence(said, f"доля не справившихся в этих работах — {failed}", how_sure(told))


def _of_year(one: Mapping[str, Any]) -> str:
    if one["counted"] == 1:
        return f"в {one['year']}{NBSP}г. — в единственной работе"
    low = counted(len(one["low"]), "работе", "работах", "работах")
    return f"в {one['year']}{NBSP}г. — в {low} из{NBSP}{number(one['counted'])}"
