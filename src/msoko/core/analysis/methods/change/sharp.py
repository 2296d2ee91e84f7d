"""Sharp changes: a rise or a fall too large for chance and for what happened in the region meanwhile."""

from collections.abc import Iterator
from math import inf, isnan
from typing import Any

from msoko.core.analysis.choosing import chosen
from msoko.core.analysis.headings import nothing_asked
from msoko.core.analysis.methods.change._changes import Changes, changes, pairs, without_a_pair
from msoko.core.analysis.methods.change._wording import change_in_words
from msoko.core.analysis.methods.change.years import change_of, inputs_of, reference
from msoko.core.analysis.outcome import NotComputed, OfProcedure, Outcome, Result, Told, Verdict
from msoko.core.analysis.panel import NoReference, Panel
from msoko.core.analysis.parameters import Parameters
from msoko.core.vocabulary.russian import capitalised


def compute(panel: Panel, parameters: Parameters) -> Outcome:
    """Findings by school and work; the interval is that of the change beyond the region's, in percentage points."""
    found: list[Result] = []
    of_procedures: list[OfProcedure] = []
    procedures = chosen(panel.asked(), parameters["procedures"])
    unknown = nothing_asked(panel, procedures) + without_a_pair(panel, procedures)
    for pair in pairs(panel, procedures):
        told = changes(panel, pair, parameters["least_schools"])
        reason = told if isinstance(told, str) else told.region.reason if isinstance(told.region, NoReference) else ""
        if isinstance(told, str) or reason:
            unknown.append(NotComputed(None, reason, pair.now.key))
            continue
        here = list(_sharp(told, parameters))
        found += here
        flagged = sorted(one.organisation for one in here if one.verdict is not Verdict.FEW_DATA)
        of_procedures.append(_of_procedure(told, flagged, parameters["min_n"]))
    return Outcome(
        results=tuple(one for one in found if one.verdict is not Verdict.FEW_DATA),
        few_data=tuple(one for one in found if one.verdict is Verdict.FEW_DATA),
        procedures=tuple(of_procedures),
        not_computed=tuple(dict.fromkeys(unknown)),
    )


def _of_procedure(found: Changes, flagged: list[int], min_n: int) -> OfProcedure:
    whole = reference(found)
    told = {**whole.reference, "before_procedure": found.pair.before.key, "same_pupils": found.pair.same_pupils}
    return OfProcedure(whole.procedure, int((found.participants >= min_n).sum()), tuple(flagged), told)


def _sharp(found: Changes, parameters: Parameters) -> Iterator[Result]:
    for place, school in enumerate(found.schools):
        excess, half = float(found.excess[place]), float(found.excess_half[place])
        is_sharp = abs(excess) >= parameters["large"] and abs(excess) > half
        if is_sharp and _times_usual(found, place) >= parameters["likely_times"]:
            yield Result(
                organisation=school,
                statistic=_statistic(found, place, parameters),
                verdict=_verdict(found, place, parameters),
                interval=(excess - half, excess + half),
                inputs=tuple(inputs_of(found, place)),
                about=found.pair.about,
                strength=abs(excess) / half,
            )


def _statistic(found: Changes, place: int, parameters: Parameters) -> dict[str, Any]:
    """`work` as it is now, `change` as everywhere in this family."""
    work = {**found.pair.now.told(), "n": int(found.n[place]), "mean_percent": float(found.now[place])}
    return {"work": work, "change": change_of(found, place, parameters)}


def _verdict(found: Changes, place: int, parameters: Parameters) -> Verdict:
    """Robust where it also stands out from how schools with such a result the year before change anyway."""
    if found.participants[place] < parameters["min_n"]:
        return Verdict.FEW_DATA
    is_unusual = not isnan(found.drift.unusual[place]) and _times_usual(found, place) >= parameters["robust_times"]
    is_known_well = found.participants[place] >= parameters["robust_n"]
    return Verdict.ROBUST if is_unusual and is_known_well else Verdict.LIKELY


def _times_usual(found: Changes, place: int) -> float:
    """How many usual fluctuations the change is; 0 where schools with such a result change even more that way.

    Infinite where too few schools are known to tell what is usual: then chance and the region alone are judged by.
    """
    unusual = float(found.drift.unusual[place])
    if isnan(unusual):
        return inf
    return abs(unusual) if unusual * float(found.excess[place]) > 0 else 0.0


def sentence(told: Told) -> str:
    """«По математике в 5 классе 62,0 % (41 участник) после 48,1 % (38) в 2025 г.: +13,9 п. п. (95 %: …); …»"""
    return capitalised(change_in_words(told.statistic["work"], told.statistic["change"])) + "."
