"""Resilient schools: results above what such hard conditions lead one to expect. A finding to learn from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from msoko.core.analysis.methods.context._expectation import Expected, expectation
from msoko.core.analysis.methods.context._wording import difference_in_words, history_in_words, model_in_words
from msoko.core.analysis.methods.context.expectation import statistic
from msoko.core.analysis.methods.context.index import place_in_words
from msoko.core.analysis.outcome import NotComputed, Outcome, Result, Told, Verdict
from msoko.core.analysis.panel import Panel
from msoko.core.analysis.parameters import Parameters
from msoko.core.vocabulary.russian import NBSP, capitalised, number

YEARS = 3
"""This year and two before it, as many as the panel holds."""


@dataclass(frozen=True)
class _Rule:
    parameters: Parameters

    def is_adverse(self, found: Expected, school: int) -> bool:
        """Among the hardest of the region, and hard by itself: a third of a good region is not in hard conditions."""
        if found.conditions is None:
            return False
        known = found.conditions.by_school
        is_hard = school in known and known[school] <= self.parameters["adverse_index"]
        return is_hard and found.conditions.is_adverse(school, self.parameters["adverse_share"])

    def is_resilient(self, found: Expected, school: int) -> bool:
        return school in found.compared and found.compared[school].is_above and self.is_adverse(found, school)

    def result(self, years: list[Expected], school: int) -> Result | None:
        """Of a school above its expectation this year and in as many years as the rule asks for."""
        resilient = [found.year for found in years if self.is_resilient(found, school)]
        if years[0].year not in resilient or len(resilient) < self.parameters["years_needed"]:
            return None
        now = years[0]
        one = now.compared[school]
        return Result(
            organisation=school,
            statistic={
                **statistic(now, one),
                **_place(now, school),
                "years": [history(found, school) for found in years],
                "resilient": resilient,
            },
            verdict=self._verdict(years, school, resilient),
            interval=one.bounds,
            inputs=tuple(each for found in years if school in found.compared for each in found.inputs(school)),
            strength=one.shrunken,
        )

    def _verdict(self, years: list[Expected], school: int, resilient: list[int]) -> Verdict:
        enough = [
            found.year
            for found in years
            if found.year in resilient and found.compared[school].pupils >= self.parameters["min_n"]
        ]
        if years[0].year not in enough:
            return Verdict.FEW_DATA
        return Verdict.ROBUST if len(enough) >= self.parameters["robust_years"] else Verdict.LIKELY


def compute(panel: Panel, parameters: Parameters) -> Outcome:
    """Findings of a good kind; the interval is that of the difference, in per cent of the maximum."""
    rule = _Rule(parameters)
    years = [expectation(panel, panel.year - back, parameters) for back in range(YEARS)]
    found = [result for school in years[0].compared if (result := rule.result(years, school))]
    return Outcome(
        results=tuple(one for one in found if one.verdict is not Verdict.FEW_DATA),
        few_data=tuple(one for one in found if one.verdict is Verdict.FEW_DATA),
        procedures=tuple(work.reference() for work in years[0].standardised.works),
        not_computed=(*years[0].not_computed, *_years_without(years)),
        territory=_territory(years[0], rule),
    )


def _territory(now: Expected, rule: _Rule) -> Mapping[str, Any]:
    adverse = sum(rule.is_adverse(now, school) for school in now.compared)
    return {"schools": len(now.compared), "adverse": adverse} if now.compared else {}


def _years_without(years: list[Expected]) -> Iterator[NotComputed]:
    for found in years[1:]:
        if found.reason:
            yield NotComputed(None, f"{found.year}{NBSP}г.: {found.reason}")


def _place(found: Expected, school: int) -> dict[str, Any]:
    assert found.conditions is not None
    return {
        "place": found.conditions.place(school),
        "better": found.conditions.better(school),
        "of_schools": len(found.conditions.by_school),
    }


def history(found: Expected, school: int) -> dict[str, Any]:
    """One year of a school for the picture; without a difference the reason stands in its place."""
    if school in found.compared:
        return {"year": found.year, **found.compared[school].told()}
    reasons = [one.reason for one in found.not_computed if one.organisation == school]
    return {"year": found.year, "why": found.reason or next(iter(reasons), "результатов нет")}


def sentence(told: Told) -> str:
    """«В тяжёлых условиях результат выше ожидаемого на … Индекс условий −2,15: условия тяжелее, чем у всех …»"""
    one = told.statistic
    place = {"index": one["index"], "place": one["place"], "better": one["better"], "schools": one["of_schools"]}
    parts = [
        f"В{NBSP}тяжёлых условиях р{difference_in_words(one)[1:]}",
        f"Индекс условий {number(one['index'], 2)}: {place_in_words(place)}",
        capitalised(history_in_words(one["years"], one["resilient"])),
        model_in_words(one),
    ]
    return ". ".join(filter(None, parts)) + "."
