"""One trial: works of a source, touched or not, and what every signal says of every school or class."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from msoko.core.analysis import computation_of
from msoko.core.analysis.outcome import Outcome, Verdict
from msoko.core.analysis.panel import Panel
from msoko.core.analysis.validation.injecting import picked
from msoko.core.analysis.validation.manipulations import PLANTED, ClassKey, Manipulation
from msoko.core.analysis.validation.panels import panel_of
from msoko.core.analysis.validation.protocols import Chosen
from msoko.core.analysis.validation.rows import WorkRows, participants_by_school
from msoko.core.analysis.validation.signals import CLASS, Signal, Unit
from msoko.core.definitions.kinds import Method

LEAST_SCHOOL, LEAST_CLASS = 20, 5
"""Participants in all works together, and in one work: of less no signal is asked."""
LEVEL_OF = {Verdict.ROBUST: 3, Verdict.LIKELY: 2}
"""Place in definitions.validation.LEVELS, counted from 1; any other verdict only marks."""
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Heard:
    """One signal: `scores` and `unit_levels` of the trial's units (U,), `levels` of its schools (S,).

    Levels: see LEVEL_OF; 0 = not marked.
    """

    scores: Floats
    unit_levels: Floats
    levels: Floats


@dataclass(frozen=True)
class Trial:
    """Of units (U,): `planted`, `sizes` (participants of the school); of schools (S,): `touched`, `school_sizes`."""

    planted: Flags
    sizes: NDArray[np.int64]
    touched: Flags
    school_sizes: NDArray[np.int64]
    heard: Mapping[str, Heard]


def trial(
    chosen: Chosen,
    manipulation: Manipulation | None,
    signals: Sequence[tuple[Signal, Method]],
    lot: np.random.Generator,
) -> Trial:
    """Touches PLANTED of the units, or nothing, and lets every signal look at it. No works of `chosen` are changed."""
    sizes = {key: n for key, n in participants_by_school(chosen.works).items() if n >= LEAST_SCHOOL}
    schools = sorted(sizes)
    classes = classes_of(chosen.works, schools)
    by_class = manipulation is not None and manipulation.unit == CLASS
    keys: Sequence = classes if by_class else schools
    planted = picked(np.ones(len(keys), bool), PLANTED if manipulation else 0.0, lot)
    chosen_keys = [key for key, is_planted in zip(keys, planted, strict=True) if is_planted]
    works = manipulation.touch(chosen.works, chosen_keys, lot) if manipulation else chosen.works
    panel = panel_of((*works, *chosen.earlier), chosen.year, chosen.region)
    units = [(school, f"{grade}{name}") for school, grade, name in classes] if by_class else [(s, "") for s in schools]
    touched = {key[0] if by_class else key for key in chosen_keys}
    return Trial(
        planted=planted,
        sizes=np.array([sizes[school] for school, _ in units]),
        touched=np.isin(schools, sorted(touched)),
        school_sizes=np.array([sizes[school] for school in schools]),
        heard={one.method: _heard(one, method, panel, units, schools) for one, method in signals},
    )


def classes_of(works: Sequence[WorkRows], schools: Sequence[int]) -> list[ClassKey]:
    """Classes of these schools with at least LEAST_CLASS participants in a work, in order."""
    known, found = set(schools), set()
    for work in works:
        here = work.present
        rows = zip(work.organisation[here].tolist(), work.class_name[here].tolist(), strict=True)
        keys, n = np.unique(np.array([f"{school}/{name}" for school, name in rows]), return_counts=True)
        for key in keys[n >= LEAST_CLASS].tolist():
            school, _, name = key.partition("/")
            if int(school) in known:
                found.add((int(school), work.procedure.pupils_grade, name))
    return sorted(found)


def _heard(signal: Signal, method: Method, panel: Panel, units: Sequence[Unit], schools: Sequence[int]) -> Heard:
    outcome = computation_of(method).compute(panel, method.defaults)
    levels = levels_of(signal, outcome)
    return Heard(
        scores=np.array(of_units(signal.scores(panel, method), units, -np.inf)),
        unit_levels=np.array(of_units(levels, units, 0)),
        levels=np.array(of_units(levels, [(school, "") for school in schools], 0)),
    )


def levels_of(signal: Signal, outcome: Outcome) -> dict[Unit, float]:
    """The highest level that any finding of the school or class reaches; those without a finding are not named."""
    found: dict[Unit, float] = {}
    for result in outcome.results:
        unit = signal.unit_of(result)
        level = LEVEL_OF.get(result.verdict, 1) if result.verdict else 1
        found[unit] = max(level, found.get(unit, 0))
    return found


def of_units(said: Mapping[Unit, float], units: Sequence[Unit], nothing: float) -> list[float]:
    """What is said of each unit, `nothing` of those not named.

    A whole school that is asked for speaks by its most striking class, and a class by its school where only the school
    is known.
    """
    schools: dict[int, float] = {}
    for (school, _), value in said.items():
        schools[school] = max(value, schools.get(school, nothing))
    only_schools = all(label == "" for _, label in said)
    return [
        schools.get(school, nothing) if only_schools or label == "" else said.get((school, label), nothing)
        for school, label in units
    ]


def lot_of(seed: int, *words: object) -> np.random.Generator:
    """A stream of its own for every trial, the same whatever else is tried."""
    return np.random.default_rng([seed, *(crc32(str(word).encode()) for word in words)])
