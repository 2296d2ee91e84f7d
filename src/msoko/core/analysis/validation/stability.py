"""How stable lists of schools with low results are, on a region drawn so that the true shares are known.

The raw rule and the rule with chance taken out are asked about the same drawn results; what they say is held against
the true shares of the year and against what they say a year later. The methods themselves are run, not copies of them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from msoko.core.analysis.methods.low_results import posterior, share_30
from msoko.core.analysis.outcome import Outcome, Verdict
from msoko.core.analysis.panel import Group, Panel, Procedure, School
from msoko.core.analysis.parameters import Parameters

WORKS = (("russian", 5), ("mathematics", 5), ("russian", 6), ("mathematics", 6))
"""Works of ВПР that the rule counts by default: two subjects in two grades."""

YEARS = (0, 1, 2)
"""The year before, the year of the list, the next year."""

TOWN, VILLAGE = "urban", "rural"
SMALL = 30
"""Pupils of both grades below which a school is called small here: one class or two half-empty ones."""


BINS = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0)
"""Borders of probabilities between which it is counted how often they come true; 0.5 and 0.9 are those of verdicts."""


@dataclass(frozen=True)
class Region:
    """How the region is drawn. Shares are on the scale of log-odds, where effects add up.

    `usual` is the share of those who do not pass in a usual school, 0–1; the deviations are of schools around their
    kind, of a work in a school in all years, and of a work in a school in one year. `village` is what schools in the
    country have above those in town. The defaults give what the ВПР of one region gave in 2021: about 16 % who did not
    pass, with a beta distribution of ten participants' weight between schools, and works of ten participants or more in
    four schools of five.
    """

    schools: int = 700
    usual: float = 0.12
    village: float = 0.2
    between_schools: float = 0.6
    between_works: float = 0.4
    between_years: float = 0.4
    median_town: int = 70
    median_village: int = 14
    share_of_villages: float = 0.65


@dataclass(frozen=True)
class Drawn:
    """`true` shares 0–1, `n` and `failed` of shape (years, works, schools); `is_village` of shape (schools,)."""

    true: NDArray[np.float64]
    n: NDArray[np.int64]
    failed: NDArray[np.int64]
    is_village: NDArray[np.bool_]

    @property
    def pupils(self) -> NDArray[np.int64]:
        """Different pupils of both grades in the year of the list; shape (schools,)."""
        return self.n[1, 0] + self.n[1, 2]


def draw(region: Region, seed: int) -> Drawn:
    """A region; the same seed gives the same one."""
    random = np.random.default_rng(seed)
    count, shape = region.schools, (len(YEARS), len(WORKS), region.schools)
    is_village = random.random(count) < region.share_of_villages
    of_school = np.log(region.usual / (1 - region.usual)) + region.village * is_village
    of_school = of_school + random.normal(0, region.between_schools, count)
    of_work = random.normal(0, region.between_works, (1, len(WORKS), count))
    of_year = random.normal(0, region.between_years, shape)
    true = expit(of_school + of_work + of_year)
    median = np.where(is_village, region.median_village, region.median_town)
    grade = np.maximum(1, np.round(median * random.lognormal(0, 0.6, count))).astype(np.int64)
    # Two works of one grade are written by the same children, but for those who were away.
    n = np.maximum(1, random.binomial(grade, 0.92, shape))
    return Drawn(true, n, random.binomial(n, true), is_village)


def panel_of(drawn: Drawn, year: int) -> Panel:
    """What the methods are given of the drawn results; schools and procedures by their numbers."""
    procedures = tuple(_procedure(when, number) for when in YEARS for number in range(len(WORKS)))
    count = drawn.n.shape[2]
    return Panel(
        year=year,
        procedures=procedures,
        organisations={
            key: School(key, str(key), 1, 1, "secondary", VILLAGE if drawn.is_village[key] else TOWN)
            for key in range(count)
        },
        schools={one.key: _groups(one, drawn) for one in procedures},
    )


def _procedure(year: int, number: int) -> Procedure:
    subject, grade = WORKS[number]
    key = year * len(WORKS) + number
    return Procedure(key, "vpr", subject, grade, year, pupils_grade=grade, academic_year=year)


def _groups(procedure: Procedure, drawn: Drawn) -> dict[int, Group]:
    number = procedure.key % len(WORKS)
    n, failed = (part[procedure.year, number].tolist() for part in (drawn.n, drawn.failed))
    return {
        key: Group(key, procedure.key, n[key], marks={2: failed[key], 3: n[key] - failed[key], 4: 0, 5: 0})
        for key in range(len(n))
    }


def truly_low(drawn: Drawn, year: int, rule: Parameters) -> set[int]:
    """Schools of which the rule holds when it is asked about the true shares."""
    low = 100 * drawn.true >= rule["threshold"]
    listed = low[year].sum(axis=0) >= rule["least_procedures"]
    if rule["repeated"]:
        listed |= (low[year] & low[year - 1]).any(axis=0)
    return set(np.flatnonzero(listed).tolist())


Ask = Callable[[Panel], set[int]]


def _lists(rule: Parameters, chance: Parameters) -> dict[str, Ask]:
    """Name of a list → who is on it."""
    raw = {f"rule_{n}": _asking(share_30.compute, {**rule, "min_n": n}) for n in (1, 5, 10)}
    return {
        **raw,
        "rule_robust": _asking(share_30.compute, rule, {Verdict.ROBUST}),
        "posterior": _asking(posterior.compute, chance),
        "posterior_robust": _asking(posterior.compute, chance, {Verdict.ROBUST}),
    }


def _asking(
    compute: Callable[[Panel, Parameters], Outcome], parameters: Parameters, verdicts: set[Verdict] | None = None
) -> Ask:
    def ask(panel: Panel) -> set[int]:
        results = compute(panel, parameters).results
        return {one.organisation for one in results if verdicts is None or one.verdict in verdicts}

    return ask


def stability(
    rule: Parameters, chance: Parameters, seed: int, repetitions: int = 8, region: Region | None = None
) -> dict[str, Any]:
    """Lists held against the truth and against the next year, over regions drawn anew; plain numbers for JSON.

    `rule` are parameters of low_results.share_30, `chance` of low_results.posterior; the procedures must name ВПР of
    grades 5 and 6. Of each list: `listed` schools a year, `precision` (of the listed, truly low), `recall` (of the
    truly low, listed), `stays` (of the listed, listed again a year later), `still_low` (of the listed, truly low a
    year later), `small` and `small_precision` of small schools alone. `calibration`: of the schools whose probability
    lies from `low` up to `high` (mean `said`), `true` are truly low. Shares are per cent over all repetitions, None
    where there are no schools.
    """
    region = region or Region()
    asked = _lists(rule, chance)
    counts = {name: _Counts() for name in asked}
    said = _Said(chance)
    truly = []
    for repetition in range(repetitions):
        drawn = draw(region, seed + repetition)
        panels = {year: panel_of(drawn, year) for year in YEARS[1:]}
        truth = {year: truly_low(drawn, year, rule) for year in YEARS[1:]}
        small = set(np.flatnonzero(drawn.pupils < SMALL).tolist())
        truly.append(len(truth[1]))
        said.add(panels[1], truth[1])
        for name, ask in asked.items():
            counts[name].add(ask(panels[1]), ask(panels[2]), truth[1], truth[2], small)
    return {
        "schools": region.schools,
        "repetitions": repetitions,
        "seed": seed,
        "truly_low": sum(truly) / repetitions,
        "lists": {name: found.told(repetitions) for name, found in counts.items()},
        "calibration": said.told(),
    }


class _Counts:
    """Sums over repetitions: shares are ratios of sums."""

    def __init__(self) -> None:
        self.of: dict[str, int] = {}

    def add(self, now: set[int], later: set[int], truth: set[int], truth_later: set[int], small: set[int]) -> None:
        found: Mapping[str, set[int]] = {
            "listed": now,
            "truly_low": truth,
            "right": now & truth,
            "stayed": now & later,
            "still_low": now & truth_later,
            "small": now & small,
            "small_right": now & small & truth,
        }
        for name, schools in found.items():
            self.of[name] = self.of.get(name, 0) + len(schools)

    def told(self, repetitions: int) -> dict[str, float | None]:
        return {
            "listed": self.of["listed"] / repetitions,
            "precision": self._percent("right", "listed"),
            "recall": self._percent("right", "truly_low"),
            "stays": self._percent("stayed", "listed"),
            "still_low": self._percent("still_low", "listed"),
            "small": self.of["small"] / repetitions,
            "small_precision": self._percent("small_right", "small"),
        }

    def _percent(self, part: str, whole: str) -> float | None:
        return 100 * self.of[part] / self.of[whole] if self.of[whole] else None


class _Said:
    """How often what the posterior says comes true, by the probability that it gives."""

    def __init__(self, parameters: Parameters) -> None:
        self._everybody = {**parameters, "likely": 0.0}
        self._pairs: list[tuple[float, bool]] = []

    def add(self, panel: Panel, truth: set[int]) -> None:
        results = posterior.compute(panel, self._everybody).results
        self._pairs += [(one.statistic["probability"], one.organisation in truth) for one in results]

    def told(self) -> list[dict[str, float | None]]:
        return [self._between(low, high) for low, high in pairwise(BINS)]

    def _between(self, low: float, high: float) -> dict[str, float | None]:
        here = [(p, came_true) for p, came_true in self._pairs if low <= p < high or p == high == 1]
        said, true = (100 * sum(part) / len(here) for part in zip(*here, strict=True)) if here else (None, None)
        return {"low": 100 * low, "high": 100 * high, "schools": len(here), "said": said, "true": true}
