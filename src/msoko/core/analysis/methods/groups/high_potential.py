"""Pupils of a school among the top tenth of the region in a work: how many, never who.

The threshold is a score of the region's own distribution. Scores are whole, so the part of the region at or above it is
seldom exactly a tenth: a school is compared with what the part really is.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from msoko.core.analysis.choosing import chosen
from msoko.core.analysis.headings import nothing_asked, place_of
from msoko.core.analysis.methods.groups.at_risk import Coded, coded
from msoko.core.analysis.outcome import NotComputed, OfProcedure, Outcome, Result, Told
from msoko.core.analysis.panel import NO_SCORES, NOBODY, Group, Panel, Procedure, Pupils
from msoko.core.analysis.parameters import Parameters
from msoko.core.analysis.phrases import of_work
from msoko.core.analysis.rates import Plain, share_of, share_told
from msoko.core.vocabulary.russian import NBSP, capitalised, counted, number, percent, share_in_words
from msoko.core.vocabulary.shares import Share

ABOVE, BELOW, ALIKE, FEW = "above", "below", "alike", "few"
HOW = {
    ABOVE: f"больше, чем по{NBSP}региону",
    BELOW: f"меньше, чем по{NBSP}региону",
    FEW: "участников мало, чтобы сравнивать",
    ALIKE: f"отличие от{NBSP}региона в{NBSP}пределах случайного",
}


@dataclass(frozen=True)
class _Top:
    """The region's top: the lowest score that belongs to it, and the share of the region that is there."""

    region: Group
    threshold: int
    share: Plain
    asked: float

    def told(self) -> Plain:
        return {"top": self.asked, "threshold": self.threshold, "region": self.share}


def compute(panel: Panel, parameters: Parameters) -> Outcome:
    """One figure a school and work; its interval is that of the share of the school at or above the threshold."""
    asked = chosen(panel.asked(), parameters["procedures"])
    results: list[Result] = []
    not_computed = nothing_asked(panel, asked)
    procedures: list[OfProcedure] = []
    for procedure in asked:
        top = _top_of(panel, procedure, parameters)
        if isinstance(top, str):
            not_computed.append(NotComputed(None, top, procedure.key))
            procedures.append(OfProcedure(procedure.key, 0, ()))
            continue
        here = []
        for school, group in panel.each_school(procedure):
            if group.histogram is None or not group.n:
                not_computed.append(NotComputed(school.key, NOBODY if group.n == 0 else NO_SCORES, procedure.key))
            else:
                here.append(_result(procedure, group, group.histogram, top, parameters["min_n"]))
        above = tuple(one.organisation for one in here if one.statistic["against_region"] == ABOVE)
        procedures.append(OfProcedure(procedure.key, len(here), above, top.told()))
        results += here
    return Outcome(tuple(results), tuple(procedures), tuple(not_computed))


def threshold_of(histogram: Mapping[int, int], top: float) -> int:
    """The lowest score at or above which no more than `top` per cent are; the highest there is where even that is more.

    Raises ValueError for an empty histogram.
    """
    least = max(histogram)
    reached, whole = 0, sum(histogram.values())
    for score in sorted(histogram, reverse=True):
        reached += histogram[score]
        if 100 * reached > top * whole:
            break
        least = score
    return least


def _top_of(panel: Panel, procedure: Procedure, parameters: Parameters) -> _Top | str:
    """The region's threshold and the part of it that is there, or why there is none."""
    region = panel.reference(procedure)
    if not isinstance(region, Group):
        return region.reason
    if region.histogram is None:
        return f"распределения баллов региона нет: {NO_SCORES}"
    histogram = {score: n for score, n in region.histogram.items() if n}
    whole = sum(histogram.values())
    if whole < parameters["region_n"]:
        sat = counted(whole, "участник", "участника", "участников")
        return f"в{NBSP}регионе {sat}: лучшую часть по{NBSP}ним не{NBSP}выделить"
    threshold = threshold_of(histogram, parameters["top"])
    share = share_told(Share(_at_or_above(histogram, threshold), whole)) or {}
    return _Top(region, threshold, share, parameters["top"])


def _at_or_above(histogram: Mapping[int, int], threshold: int) -> int:
    return sum(n for score, n in histogram.items() if score >= threshold)


def _result(procedure: Procedure, group: Group, histogram: Mapping[int, int], top: _Top, min_n: int) -> Result:
    own = share_told(Share(_at_or_above(histogram, top.threshold), sum(histogram.values()))) or {}
    return Result(
        organisation=group.organisation,
        statistic={
            **procedure.told(),
            **top.told(),
            "own": own,
            "against_region": _against(own, top.share["percent"], min_n),
        },
        interval=(own["low"], own["high"]),
        inputs=(group.input, top.region.input),
        about=place_of(procedure),
        strength=own["low"] / 100,
    )


def _against(own: Plain, of_region: float, min_n: int) -> str:
    if own["n"] < min_n:
        return FEW
    return ABOVE if own["low"] > of_region else BELOW if own["high"] < of_region else ALIKE


def codes_of_high_potential(pupils: Pupils, organisation: int, threshold: int) -> tuple[Coded, ...]:
    """The participants of one school with that score or more, for that school alone."""
    return coded(pupils, organisation, low=threshold, high=int(pupils.total.max(initial=threshold)))


def sentence(told: Told) -> str:
    """«По математике в 5 классе в лучших 10 % региона (16 баллов и выше, …) — 17 % (7 из 41; 8–31 %) …»"""
    statistic = told.statistic
    region = statistic["region"]
    scores = counted(statistic["threshold"], "балл", "балла", "баллов")
    of_region = f"{percent(region['percent'], 1)} из{NBSP}{number(region['n'])}"
    return (
        f"{capitalised(of_work(statistic))} в{NBSP}лучших {percent(statistic['top'])} региона "
        f"({scores} и{NBSP}выше, таких {of_region}){NBSP}— {share_in_words(share_of(statistic['own']))} "
        f"участников школы: {HOW[statistic['against_region']]}."
    )
