"""Corrected answers: the profile of a class over tasks looks as if answers had been made full afterwards.

The two stories of `_profiles` are weighed for each class and work; a class's works are put together so that either of
them may have been corrected or not. The likelihood ratio bounds the chance of an honest class: P(ratio ≥ r) ≤ 1 / r.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp, inf, log
from typing import Any

import numpy as np

from msoko.core.analysis.choosing import chosen
from msoko.core.analysis.methods.objectivity._class_works import (
    ClassWork,
    asked_works,
    class_label,
    class_place,
    class_works,
    input_of,
    of_procedures,
    only_small_classes,
)
from msoko.core.analysis.methods.objectivity._classes import ClassKey
from msoko.core.analysis.methods.objectivity._levels import expected_levels
from msoko.core.analysis.methods.objectivity._profiles import Profiles, profiles
from msoko.core.analysis.methods.objectivity._words import of_class_work, times_in_words
from msoko.core.analysis.outcome import Outcome, Result, Told, Verdict
from msoko.core.analysis.panel import Panel
from msoko.core.analysis.parameters import Parameters
from msoko.core.analysis.phrases import joined
from msoko.core.vocabulary.russian import NBSP, join_with_and, number

MOST_ITEMS = 3
"""Tasks named in a work: those that gained most."""
ITEM_STANDS_OUT = 0.5
LARGEST = 700.0
"""Bound of a logarithm that can still be raised again."""


def compute(panel: Panel, parameters: Parameters) -> Outcome:
    """Every result's interval is of the number of full answers too many."""
    works, unknown = asked_works(panel, parameters)
    if not works:
        return Outcome(not_computed=tuple(unknown))
    seen = [_Seen(work, _profiles(panel, work, parameters)) for work in works]
    results = list(_results(panel, seen, parameters))
    return Outcome(
        results=tuple(results),
        procedures=tuple(of_procedures(works, parameters["min_n"], _flagged(results))),
        not_computed=(*unknown, *only_small_classes(works, parameters["min_n"])),
    )


@dataclass(frozen=True)
class _Seen:
    work: ClassWork
    profiles: Profiles


def _profiles(panel: Panel, work: ClassWork, parameters: Parameters) -> Profiles:
    """The level of a class is expected from all that the same pupils wrote this year and the year before."""
    procedure = work.procedure
    same_pupils = [
        one
        for one in chosen(panel.procedures, parameters["procedures"])
        if one.key != procedure.key and one.cohort == procedure.cohort and one.year in (panel.year, panel.year - 1)
    ]
    others, _ = class_works(panel, same_pupils)
    return profiles(work.rows, expected_levels(work.rows, [other.rows for other in others]))


def pooled_log_odds(log_odds: Sequence[float]) -> float:
    """Natural logarithm of the ratio over several works, each corrected or not with equal chance."""
    return sum(float(np.logaddexp(0.0, one)) - log(2) for one in log_odds)


def _results(panel: Panel, seen: Sequence[_Seen], parameters: Parameters) -> Iterator[Result]:
    classes: dict[ClassKey, list[tuple[_Seen, int]]] = {}
    for one in seen:
        for place in np.flatnonzero(one.work.rows.n >= parameters["min_n"]).tolist():
            classes.setdefault(one.work.rows.classes[place], []).append((one, place))
    for key in sorted(classes):
        odds = pooled_log_odds([float(one.profiles.log_odds[place]) for one, place in classes[key]])
        verdict = _verdict(odds, parameters)
        if verdict is not None:
            yield _result(panel, key, classes[key], odds, verdict)


def _verdict(log_odds: float, parameters: Parameters) -> Verdict | None:
    if log_odds >= _log(parameters["robust"]):
        return Verdict.ROBUST
    return Verdict.LIKELY if log_odds >= _log(parameters["likely"]) else None


def _log(times: float) -> float:
    """Any odds are at least nought."""
    return log(times) if times > 0 else -inf


def _result(
    panel: Panel, key: ClassKey, works: Sequence[tuple[_Seen, int]], log_odds: float, verdict: Verdict
) -> Result:
    told = [_told(one, place) for one, place in works]
    corrected = [one for one in told if one["evidence"] > 0]
    extra = sum(one["extra"] for one in corrected)
    spread = sum(((one["high"] - one["low"]) / 2) ** 2 for one in corrected) ** 0.5
    return Result(
        organisation=key[0],
        about=class_place(works[0][0].work.procedure, key),
        statistic={
            "class": class_label(works[0][0].work.procedure, key),
            "n": max(one["n"] for one in told),
            "extra": extra,
            "answers": sum(one["answers"] for one in corrected),
            "evidence": log_odds / log(10),
            "p": min(1.0, exp(-min(log_odds, LARGEST))),
            "works": told,
        },
        verdict=verdict,
        interval=(max(0.0, extra - spread), extra + spread),
        inputs=tuple(input_of(panel, one.work.procedure, key[0]) for one, _ in works),
        strength=log_odds / log(10),
    )


def _told(one: _Seen, place: int) -> dict[str, Any]:
    """One work of the class: what was counted, and by task what was seen against what was expected, per cent."""
    rows, found, procedure = one.work.rows, one.profiles, one.work.procedure
    seen, expected = rows.full_shares[place], found.expected_by_item[place]
    gains = np.argsort(expected - seen)
    stand_out = [item for item in gains.tolist() if found.odds_by_item[place, item] >= ITEM_STANDS_OUT]
    return {
        **procedure.told(),
        "n": int(rows.n[place]),
        "answers": int(rows.n[place]) * len(rows.maxima),
        "extra": float(found.extra[place]),
        "low": float(found.extra_low[place]),
        "high": float(found.extra_high[place]),
        "evidence": float(found.log_odds[place]) / log(10),
        "numbers": [procedure.items[item].number for item in sorted(stand_out[:MOST_ITEMS])],
        "full": [100 * float(share) for share in seen],
        "expected": [100 * float(share) for share in expected],
    }


def _flagged(results: Sequence[Result]) -> Mapping[int, set[int]]:
    found: dict[int, set[int]] = {}
    for result in results:
        for work in result.statistic["works"]:
            if work["evidence"] > 0:
                found.setdefault(work["procedure"], set()).add(result.organisation)
    return found


def sentence(told: Told) -> str:
    """«5Б класс: полных ответов больше, чем бывает у класса такого уровня, — по математике (задания …)…»"""
    said = told.statistic
    works = [one for one in said["works"] if one["evidence"] > 0]
    low, high = told.interval or (said["extra"], said["extra"])
    return (
        f"{said['class']}{NBSP}класс: заданий с{NBSP}полным баллом больше, чем бывает у{NBSP}класса такого уровня,"
        f"{NBSP}— {joined([_work(said['class'], one) for one in works])}."
        f" Лишних полных ответов{NBSP}— около {number(round(said['extra']))} из{NBSP}{number(said['answers'])}"
        f" (от{NBSP}{number(round(low))} до{NBSP}{number(round(high))})."
        f" Такая картина {times_in_words(10 ** said['evidence'])} правдоподобнее при исправленных ответах, чем без них:"
        " это повод пересмотреть работы."
    )


def _work(label: str, one: Mapping[str, Any]) -> str:
    named = one["numbers"]
    word = "задание" if len(named) == 1 else "задания"
    return of_class_work(label, one) + (f" ({word} {join_with_and(named)})" if named else "")
