"""ЕГЭ: the sum of a graduate's three best test scores, over the graduates of a school."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from msoko.core.analysis.choosing import chosen
from msoko.core.analysis.linking import (
    ONE_SUBJECT,
    Linked,
    agreement_in_words,
    agreements_told,
    doubts,
    linked,
    place_in_words,
    place_of_sitting,
    shares_by_school,
    sittings_of,
    unsaid,
)
from msoko.core.analysis.outcome import NotComputed, OfProcedure, Outcome, Result, Told
from msoko.core.analysis.panel import Panel
from msoko.core.analysis.parameters import Parameters
from msoko.core.analysis.rates import Plain, share_of, share_told
from msoko.core.vocabulary.russian import NBSP, counted, number, share_in_words
from msoko.core.vocabulary.shares import Share

THREE = 3
HIGH, LOW = "high", "low"
NO_EXAMS = "результатов ЕГЭ в тестовых баллах за этот год нет"


def compute(panel: Panel, parameters: Parameters) -> Outcome:
    """One figure a school; its interval is that of the share of high sums, per cent."""
    if panel.subject is not None:
        return Outcome(not_computed=(NotComputed(None, ONE_SUBJECT),))
    exams = [one for one in chosen(panel.asked(), parameters["procedures"]) if one.is_exam]
    results: list[Result] = []
    not_computed = [] if exams else [NotComputed(None, NO_EXAMS)]
    procedures: list[OfProcedure] = []
    territory: dict[str, Plain] = {}
    for works in sittings_of(exams):
        found, silent = linked(panel, works, THREE, with_marks=False)
        not_computed += silent
        if found is None:
            continue
        doubted = doubts(found, parameters)
        here = list(_results(panel, found, doubted, parameters))
        results += here
        not_computed += unsaid(panel, found, doubted, {one.organisation for one in here})
        procedures += [OfProcedure(one.key, len(here), ()) for one in found.works]
        territory[place_of_sitting(found.works[0])] = _together(here)
    return Outcome(tuple(results), tuple(procedures), tuple(not_computed), territory=territory)


def _results(panel: Panel, found: Linked, doubted: dict[int, str], parameters: Parameters) -> Iterator[Result]:
    sums, exams = _three_best(found)
    schools, with_three = found.schools[exams >= THREE], sums[exams >= THREE]
    high = shares_by_school(schools, with_three >= parameters["high"])
    low = shares_by_school(schools, with_three < parameters["low"])
    graduates = shares_by_school(found.schools[exams > 0], (exams >= THREE)[exams > 0])
    agreements, first = agreements_told(found), found.works[0]
    for school, share in sorted(high.items()):
        told = share_told(share)
        if school in panel.organisations and school not in doubted and told:
            yield Result(
                organisation=school,
                statistic={
                    "kind": first.kind,
                    "grade": first.grade,
                    "year": first.year,
                    "procedures": [one.key for one in found.works],
                    "linked": graduates[school].n,
                    "high_from": int(parameters["high"]),
                    "low_below": int(parameters["low"]),
                    HIGH: told,
                    LOW: share_told(low[school]),
                    "agreement": agreements.get(school, {}),
                },
                interval=(told["low"], told["high"]),
                inputs=found.inputs(school),
                about=place_of_sitting(first),
                strength=told["low"] / 100,
            )


def _three_best(found: Linked) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Of every pupil: the sum of the three best scores of different subjects, and how many subjects there are."""
    place = {subject: number for number, subject in enumerate(found.subjects)}
    subject = np.array([place[one.subject] for one in found.works])[found.work]
    best = np.full((len(found.schools), len(place)), -1, np.int64)
    np.maximum.at(best, (found.pupil, subject), found.score)
    exams = (best >= 0).sum(axis=1)
    return np.maximum(np.sort(best, axis=1)[:, -THREE:], 0).sum(axis=1), exams


def _together(results: Sequence[Result]) -> Plain:
    """All schools of which something is said."""
    whole = {
        name: Share(sum(one.statistic[name]["k"] for one in results), sum(one.statistic[name]["n"] for one in results))
        for name in (HIGH, LOW)
    }
    return {"schools": len(results), **{name: share_told(share) for name, share in whole.items()}}


def sentence(told: Told) -> str:
    """«ЕГЭ: сумма трёх лучших баллов 220 и больше — у 25 % (5 из 20; …) выпускников с тремя экзаменами, …»"""
    said = told.statistic
    high, low = share_in_words(share_of(said[HIGH])), share_in_words(share_of(said[LOW]))
    more = said["linked"] - said[HIGH]["n"]
    graduates = counted(more, "выпускника", "выпускников", "выпускников")
    fewer = f" Меньше трёх экзаменов с{NBSP}баллами у{NBSP}{graduates}." if more else ""
    border = number(said["high_from"])
    return (
        f"{place_in_words(said)}: сумма трёх лучших баллов {border} и{NBSP}больше{NBSP}— у{NBSP}{high} выпускников, "
        f"у{NBSP}кого три экзамена; меньше {number(said['low_below'])}{NBSP}— у{NBSP}{low}."
        f"{fewer}{agreement_in_words(said['agreement'])}"
    )
