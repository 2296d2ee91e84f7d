"""Level and change together: every work of the year beside the same work, and the same pupils, a year before."""

from collections.abc import Iterable, Mapping, Sequence
from math import sqrt
from typing import Any

from msoko.core.analysis.choosing import chosen
from msoko.core.analysis.headings import nothing_asked
from msoko.core.analysis.methods.change import _shares
from msoko.core.analysis.methods.change._changes import Changes, Pair, changes, pairs, without_a_pair
from msoko.core.analysis.methods.change._wording import change_in_words, count_in_words
from msoko.core.analysis.outcome import NotComputed, OfProcedure, Outcome, Result, Told
from msoko.core.analysis.panel import Group, Input, NoReference, Panel, Procedure
from msoko.core.analysis.parameters import Parameters
from msoko.core.vocabulary.shares import Z_95, Share


def compute(panel: Panel, parameters: Parameters) -> Outcome:
    """Figures, one a school: `works` in the order of the procedures. The strength is the largest change over chance."""
    works: dict[int, dict[int, dict[str, Any]]] = {}
    inputs: dict[int, list[Input]] = {}
    of_procedures, unknown = [], []
    procedures = chosen(panel.asked(), parameters["procedures"])
    for pair in pairs(panel, procedures):
        found = changes(panel, pair, parameters["least_schools"])
        if isinstance(found, str):
            unknown.append(NotComputed(None, _named(pair, found), pair.now.key))
            continue
        of_procedures += [] if pair.same_pupils else [reference(found)]
        for place, school in enumerate(found.schools):
            work = works.setdefault(school, {}).setdefault(pair.now.key, _level(found, place))
            work["same_pupils" if pair.same_pupils else "same_work"] = change_of(found, place, parameters)
            inputs.setdefault(school, []).extend(inputs_of(found, place))
    return Outcome(
        results=tuple(_result(school, list(works[school].values()), inputs[school]) for school in sorted(works)),
        procedures=tuple(of_procedures),
        not_computed=(
            *nothing_asked(panel, procedures),
            *unknown,
            *without_a_pair(panel, procedures),
            *_without_both(panel, procedures, works),
        ),
    )


def _named(pair: Pair, reason: str) -> str:
    return f"те же дети год назад: {reason}" if pair.same_pupils else reason


def reference(found: Changes) -> OfProcedure:
    """How many schools wrote both works, and the region's change."""
    told: dict[str, Any] = {"within": found.within[0], "within_before": found.within[1]}
    if isinstance(found.region, NoReference):
        told["no_region"] = found.region.reason
    else:
        told |= {"now": found.region.now, "before": found.region.before}
    return OfProcedure(found.pair.now.key, len(found.schools), (), told)


def _level(found: Changes, place: int) -> dict[str, Any]:
    mean, n = float(found.now[place]), int(found.n[place])
    half = Z_95 * sqrt(found.within[0] / n)
    return {
        **found.pair.now.told(),
        "n": n,
        "mean_percent": mean,
        "low": max(0.0, mean - half),
        "high": min(100.0, mean + half),
        "same_work": None,
        "same_pupils": None,
    }


def change_of(found: Changes, place: int, parameters: Parameters) -> dict[str, Any]:
    """One change, as a sentence and a picture need it."""
    pair, (group, before) = found.pair, found.groups[place]
    difference, half = float(found.difference[place]), float(found.half[place])
    return {
        "grade": pair.before.grade,
        "year": pair.before.year,
        "procedure": pair.before.key,
        "same_pupils": pair.now.cohort == pair.before.cohort,
        "is_another_work": pair.same_pupils,
        "n": int(found.n_before[place]),
        "mean_percent": float(found.before[place]),
        "difference": difference,
        "low": difference - half,
        "high": difference + half,
        "is_clear": found.is_clear(place, parameters["min_n"]),
        **_against(found, place),
        **_anyway(found, place, parameters["extreme"]),
        "pass": _shares.told(_passed(group, pair.now), _passed(before, pair.before)),
        "quality": _shares.told(_quality(group), _quality(before)),
        "notes": list(pair.notes),
    }


def _against(found: Changes, place: int) -> dict[str, Any]:
    region = found.region
    if isinstance(region, NoReference):
        return {"region": None, "no_region": region.reason, "excess": None, "excess_low": None, "excess_high": None}
    excess, half = float(found.excess[place]), float(found.excess_half[place])
    return {
        "region": {"before": region.before, "now": region.now},
        "excess": excess,
        "excess_low": excess - half,
        "excess_high": excess + half,
    }


def _anyway(found: Changes, place: int, extreme: float) -> dict[str, Any]:
    """What was to be expected of a school with such a result the year before; was it of the `extreme` per cent?"""
    anyway, order = float(found.drift.anyway[place]), float(found.drift.place[place])
    if anyway != anyway:
        return {"anyway": None, "unusual": None, "was": ""}
    unusual = float(found.drift.unusual[place])
    was = "low" if 100 * order <= extreme else "high" if 100 * (1 - order) <= extreme else ""
    return {"anyway": anyway, "unusual": None if unusual != unusual else unusual, "was": was}


def _passed(group: Group, procedure: Procedure) -> Share | str:
    failed = group.failed(procedure)
    return failed if isinstance(failed, str) else failed.rest()


def _quality(group: Group) -> Share | None:
    marks = group.marks
    return Share(marks[4] + marks[5], sum(marks.values())) if marks is not None else None


def inputs_of(found: Changes, place: int) -> Iterable[Input]:
    """The school's two groups and the region's."""
    yield from (group.input for group in found.groups[place])
    if not isinstance(found.region, NoReference):
        yield from (group.input for group in found.region.groups)


def _result(school: int, works: Sequence[Mapping[str, Any]], inputs: Iterable[Input]) -> Result:
    told = [change for work in works for key in ("same_work", "same_pupils") if (change := work[key])]
    return Result(
        organisation=school,
        statistic={"works": list(works)},
        inputs=tuple(dict.fromkeys(inputs)),
        strength=max(_over_chance(change) for change in told),
    )


def _over_chance(change: Mapping[str, Any]) -> float:
    which = "difference" if change["excess"] is None else "excess"
    return abs(change[which]) / max(change["high"] - change["difference"], 1e-9)


def _without_both(panel: Panel, procedures: Sequence[Procedure], works: Mapping[int, Any]) -> list[NotComputed]:
    """Schools that have results this year and nothing to compare them with."""
    here = {school.key for one in procedures for school, _ in panel.each_school(one)}
    return [NotComputed(key, f"за {panel.year - 1} год результатов школы нет") for key in sorted(here - set(works))]


def sentence(told: Told) -> str:
    """«По 20 работам есть прошлый год: выросли 2, снизились 3, у остальных перемен не видно. Сильнее всего …»"""
    works = told.statistic["works"]
    every = [(work, change) for work in works for key in ("same_work", "same_pupils") if (change := work[key])]
    clear = [(work, change) for work, change in every if change["is_clear"]]
    if not clear:
        return f"{count_in_words(every)}."
    work, change = max(clear, key=lambda pair: _over_chance(pair[1]))
    return f"{count_in_words(every)}. Сильнее всего: {change_in_words(work, change)}."
