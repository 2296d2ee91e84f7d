"""What the signals about classes have in common: from what works say of classes to findings."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from msoko.core.analysis.methods.objectivity._class_signals import Seen
from msoko.core.analysis.methods.objectivity._class_works import (
    ClassWork,
    Estimates,
    Judged,
    asked_works,
    input_of,
    judged,
    of_procedures,
    only_small_classes,
)
from msoko.core.analysis.methods.objectivity._spread import Yardstick
from msoko.core.analysis.outcome import Outcome, Result, Verdict
from msoko.core.analysis.panel import Panel
from msoko.core.analysis.parameters import Parameters

TWO_SIDED_95 = 1.96

Effect = dict[str, Any]


@dataclass(frozen=True)
class Signal:
    """`look` tells what a work says of its classes; `effect` what a judged class shows, with `effect` as its main
    number in the unit of the parameter `least_effect`; `bounds` turns bounds of the estimate into that unit.
    """

    look: Callable[[ClassWork], Seen]
    effect: Callable[[Judged, Sequence[Mapping[str, Any]]], Effect]
    bounds: Callable[[float], float]


def outcome_of(signal: Signal, panel: Panel, parameters: Parameters) -> Outcome:
    """Classes whose signal is rare and large enough; all works of a class in the year are put together."""
    works, unknown = asked_works(panel, parameters)
    if not works:
        return Outcome(not_computed=tuple(unknown))
    least = parameters["min_n"]
    yardstick = Yardstick(parameters["usual_spread"], parameters["enough_classes"])
    classes = judged([_estimates(work, signal.look(work)) for work in works], least, yardstick)
    found = [result for one in classes if (result := _result(signal, panel, one, parameters))]
    return Outcome(
        results=tuple(found),
        procedures=tuple(of_procedures(works, least, _flagged(found))),
        not_computed=(*unknown, *only_small_classes(works, least)),
    )


def _estimates(work: ClassWork, seen: Seen) -> Estimates:
    told = [
        {"n": int(n), "observed": float(observed), "expected": float(expected)}
        for n, observed, expected in zip(work.rows.n, seen.observed, seen.expected, strict=True)
    ]
    return Estimates(work, seen.estimate, seen.variance, told)


def _result(signal: Signal, panel: Panel, one: Judged, parameters: Parameters) -> Result | None:
    works = list(_told(one))
    effect = signal.effect(one, works)
    verdict = _verdict(one.p, parameters) if effect["effect"] >= parameters["least_effect"] else None
    if verdict is None:
        return None
    edges = [signal.bounds(one.estimate + side * TWO_SIDED_95 * one.error) for side in (-1, 1)]
    return Result(
        organisation=one.key[0],
        about=one.place,
        statistic={"class": one.label, "n": one.pooled.n, "p": one.p, **effect, "works": works},
        verdict=verdict,
        interval=(min(edges), max(edges)),
        inputs=tuple(input_of(panel, part.work.procedure, one.key[0]) for part, _ in one.pooled.parts),
        strength=one.z,
    )


def _verdict(p: float, parameters: Parameters) -> Verdict | None:
    if p <= parameters["robust"]:
        return Verdict.ROBUST
    return Verdict.LIKELY if p <= parameters["likely"] else None


def _told(one: Judged) -> Iterator[Mapping[str, Any]]:
    for part, place in one.pooled.parts:
        z = float(part.estimate[place] / part.variance[place] ** 0.5)
        yield {**part.work.procedure.told(), **part.told[place], "z": z}


def _flagged(results: Sequence[Result]) -> Mapping[int, set[int]]:
    found: dict[int, set[int]] = {}
    for result in results:
        for work in result.statistic["works"]:
            if work["z"] > 0:
                found.setdefault(work["procedure"], set()).add(result.organisation)
    return found
