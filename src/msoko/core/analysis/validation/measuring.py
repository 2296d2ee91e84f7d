"""Many trials put together: how well every signal sees every manipulation, and how often it errs, by size of school."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from scipy.stats import t as student

from msoko.core.analysis.validation.manipulations import MANIPULATIONS, Manipulation
from msoko.core.analysis.validation.protocols import Chosen
from msoko.core.analysis.validation.scoring import auc, precision_at
from msoko.core.analysis.validation.signals import SIGNALS, Signal
from msoko.core.analysis.validation.stability import stability
from msoko.core.analysis.validation.trials import LEAST_SCHOOL, Trial, lot_of, trial
from msoko.core.definitions.kinds import Method
from msoko.core.definitions.validation import (
    ALL_SIZES,
    LEVELS,
    UNTOUCHED,
    Estimate,
    Measured,
    SourceTold,
    Validation,
)
from msoko.core.vocabulary.shares import wilson

SIZES: dict[str, tuple[float, float]] = {
    ALL_SIZES: (LEAST_SCHOOL, np.inf),
    "20-79": (20, 80),
    "80-199": (80, 200),
    "200+": (200, np.inf),
}
"""Participants of a school in all works of the year together: from, to (the latter not included)."""
LISTS = ("low_results.share_30", "low_results.posterior")
"""The lists whose stability is measured: the published rule, and the one with chance taken out."""
LEAST_PLANTED = 3
"""Of fewer touched ones an area under the curve is chance."""
Report = Callable[[str], None]


@dataclass(frozen=True)
class Source:
    """`works(number)`: what a trial begins with. `is_drawn_anew`: whether repetitions are of different schools.

    `times`: trials a repetition, where one holds few schools. `manipulations`: what is done beside nothing.
    """

    key: str
    works: Callable[[int], Chosen]
    is_drawn_anew: bool
    times: int = 1
    manipulations: tuple[Manipulation, ...] = MANIPULATIONS


def validated(
    sources: Sequence[Source],
    methods: Mapping[str, Method],
    repetitions: int,
    seed: int,
    quick: bool = False,
    report: Report = lambda _: None,
) -> Validation:
    """All sources. `methods` by name; those that are no signals are passed over."""
    told, rows = [], []
    for source in sources:
        about, found = measured(source, methods, repetitions * source.times, seed, report)
        told.append(about)
        rows += found
    known = [signal.method for signal in SIGNALS if signal.method in methods]
    return Validation(
        seed=seed,
        quick=quick,
        sources=tuple(told),
        parameters={name: methods[name].defaults for name in known},
        measured=tuple(rows),
        stability=stability_of_lists(methods, seed, repetitions, report),
    )


def stability_of_lists(
    methods: Mapping[str, Method], seed: int, repetitions: int, report: Report = lambda _: None
) -> Mapping[str, Any]:
    """What `stability` tells, with the parameters it was told for; {} where one of the two methods is not known."""
    if not set(LISTS) <= set(methods):
        return {}
    report("lists of low results")
    rule, chance = (methods[name].defaults for name in LISTS)
    return {
        **stability(rule, chance, seed, repetitions),
        "parameters": {name: methods[name].defaults for name in LISTS},
    }


def measured(
    source: Source, methods: Mapping[str, Method], repetitions: int, seed: int, report: Report = lambda _: None
) -> tuple[SourceTold, list[Measured]]:
    """Every signal whose method is known, against every manipulation and against nothing.

    Untouched works are looked at once where they are always the same. `report` hears what is being done.
    """
    signals = [(signal, methods[signal.method]) for signal in SIGNALS if signal.method in methods]
    trials: dict[str, list[Trial]] = {}
    told: list[tuple[int, tuple[str, ...], int]] = []
    for repetition in range(repetitions):
        chosen = source.works(repetition)
        for manipulation in _asked(source, repetition):
            key = manipulation.key if manipulation else UNTOUCHED
            report(f"{source.key}: {repetition + 1}/{repetitions}, {key}")
            found = trial(chosen, manipulation, signals, lot_of(seed, source.key, key, repetition))
            trials.setdefault(key, []).append(found)
        told.append(_told(chosen, trials[UNTOUCHED][-1]))
    year, works, _ = told[0]
    schools = round(float(np.mean([n for _, _, n in told])))
    return SourceTold(source.key, year, works, schools, repetitions), list(_rows(source, trials, signals))


def _asked(source: Source, repetition: int) -> Iterator[Manipulation | None]:
    if source.is_drawn_anew or not repetition:
        yield None
    yield from source.manipulations


def _told(chosen: Chosen, untouched: Trial) -> tuple[int, tuple[str, ...], int]:
    works = sorted((work.procedure.code, work.procedure.grade) for work in chosen.works)
    return chosen.year, tuple(f"{code}{grade}" for code, grade in works), len(untouched.school_sizes)


def _rows(
    source: Source, trials: Mapping[str, Sequence[Trial]], signals: Sequence[tuple[Signal, Method]]
) -> Iterator[Measured]:
    for (signal, _), (key, found), size in product(signals, trials.items(), SIZES):
        yield of_one(source, signal.method, key, size, found)


def of_one(source: Source, signal: str, manipulation: str, size: str, trials: Sequence[Trial]) -> Measured:
    """One signal, one manipulation, schools of one size, over all trials."""
    seen = [_Seen.of(one, signal, SIZES[size]) for one in trials]
    enough = [one for one in seen if LEAST_PLANTED <= one.planted.sum() < len(one.planted)]
    return Measured(
        signal=signal,
        manipulation=manipulation,
        source=source.key,
        size=size,
        units=float(np.mean([len(one.planted) for one in seen])),
        schools=float(np.mean([len(one.touched) for one in seen])),
        repetitions=len(trials),
        auc=over_repetitions([auc(one.scores, one.planted) for one in enough]),
        precision_5=over_repetitions([precision_at(one.scores, one.planted) for one in enough]),
        found=_shares([one.unit_levels[one.planted] for one in seen], source.is_drawn_anew),
        false_alarm=_shares([one.levels[~one.touched] for one in seen], source.is_drawn_anew),
    )


@dataclass(frozen=True)
class _Seen:
    """A trial as one signal sees it among schools of one size."""

    scores: np.ndarray
    unit_levels: np.ndarray
    planted: np.ndarray
    levels: np.ndarray
    touched: np.ndarray

    @classmethod
    def of(cls, one: Trial, signal: str, size: tuple[float, float]) -> "_Seen":
        units, schools = ((size[0] <= n) & (n < size[1]) for n in (one.sizes, one.school_sizes))
        heard = one.heard[signal]
        return cls(
            heard.scores[units],
            heard.unit_levels[units],
            one.planted[units],
            heard.levels[schools],
            one.touched[schools],
        )


def over_repetitions(values: Sequence[float]) -> Estimate | None:
    """Mean of the repetitions with Student's 95 % interval of the mean, kept within 0–1; None of fewer than two."""
    if len(values) < 2:
        return None
    mean, deviation = float(np.mean(values)), float(np.std(values, ddof=1))
    half = float(student.ppf(0.975, len(values) - 1)) * deviation / len(values) ** 0.5
    return Estimate(mean, max(0.0, mean - half), min(1.0, mean + half))


def _shares(levels: Sequence[np.ndarray], is_drawn_anew: bool) -> dict[str, Estimate]:
    """Share marked at each level or above, all repetitions together; {} where there is nobody."""
    together = np.concatenate(levels)
    if not len(together):
        return {}
    n = len(together) if is_drawn_anew else max(1, round(len(together) / len(levels)))
    shares = {name: float((together >= place).mean()) for place, name in enumerate(LEVELS, 1)}
    return {name: share_of(value, n) for name, value in shares.items()}


def share_of(value: float, n: int) -> Estimate:
    """With Wilson's interval; `n` different ones stand behind it, however often they were looked at."""
    low, high = wilson(value * n, n)
    return Estimate(value, low / 100, high / 100)
