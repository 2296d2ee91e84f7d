"""What every signal says of every school or class, also of those that its verdicts leave out.

Where a method's thresholds are parameters it is computed with them wide open, and the strength of its results is the
score. Where its rule itself leaves schools out, the score is what the rule compares, made from the method's own parts;
of whomever the method marks it equals the strength that the method gives.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from sys import float_info
from typing import Any

import numpy as np

from msoko.core.analysis import computation_of
from msoko.core.analysis.choosing import chosen
from msoko.core.analysis.methods.objectivity import cohort_change, inflated_mean
from msoko.core.analysis.methods.objectivity._published import region_group
from msoko.core.analysis.methods.objectivity._published_ranks import RankCorrelation
from msoko.core.analysis.outcome import Result
from msoko.core.analysis.panel import Panel
from msoko.core.analysis.parameters import Parameters
from msoko.core.definitions.kinds import Method
from msoko.core.monitoring.marking import MARKS

Unit = tuple[int, str]
"""School and label of the class; '' for the whole school."""
SCHOOL, CLASS = "school", "class"
ANY_EFFECT = -1e9
ALWAYS = 1.01
"""No probability is so large, whether it is asked to be below or not above."""


@dataclass(frozen=True)
class Signal:
    """`unit`: of what it speaks. `scores(panel, parameters)`: larger is more suspicious; those not named come last.

    `opened`: parameters that let everybody through, for signals whose strength is the score.
    """

    method: str
    unit: str = SCHOOL
    opened: Mapping[str, Any] = field(default_factory=dict)
    special: Callable[[Panel, Parameters], Mapping[Unit, float]] | None = None

    def scores(self, panel: Panel, method: Method) -> Mapping[Unit, float]:
        if self.special is not None:
            return self.special(panel, method.defaults)
        outcome = computation_of(method).compute(panel, {**method.defaults, **self.opened})
        return strongest((self.unit_of(result), result.strength) for result in outcome.results)

    def unit_of(self, result: Result) -> Unit:
        return result.organisation, result.about if self.unit == CLASS else ""


def strongest(said: Iterable[tuple[Unit, float]]) -> dict[Unit, float]:
    """A school or class is as striking as the most striking of its works."""
    found: dict[Unit, float] = {}
    for unit, score in said:
        found[unit] = max(score, found.get(unit, -np.inf))
    return found


def inflation(panel: Panel, parameters: Parameters) -> Mapping[Unit, float]:
    """How far the school's lower bound lies above the region's upper one, in the region's standard deviations."""
    return strongest(((school, ""), score) for school, score in _excesses(panel, parameters))


def _excesses(panel: Panel, parameters: Parameters) -> Iterator[tuple[int, float]]:
    for procedure in chosen(panel.asked(), parameters["procedures"]):
        group = region_group(panel, procedure)
        region = group if isinstance(group, str) else inflated_mean.mean_of(group)
        if isinstance(region, str):
            continue
        for school, group_of_school in panel.each_school(procedure):
            own = inflated_mean.mean_of(group_of_school)
            if not isinstance(own, str):
                above = own.bounds(parameters["z"])[0] - region.bounds(parameters["z"])[1]
                yield school.key, above / region.sd


def mismatch(panel: Panel, parameters: Parameters) -> Mapping[Unit, float]:
    """The correlation of ranks between journal and score, turned round."""
    return strongest(((school, ""), score) for school, score in _mismatches(panel, parameters))


def _mismatches(panel: Panel, parameters: Parameters) -> Iterator[tuple[int, float]]:
    for procedure in chosen(panel.asked(), parameters["procedures"]):
        for school, group in panel.each_school(procedure):
            journal = group.tally.journal if group.tally else {}
            found = RankCorrelation.of({(score, mark): n for (score, mark), n in journal.items() if mark in MARKS})
            if found.n >= parameters["min_n"] and found.tie_corrected is not None:
                yield school.key, -found.tie_corrected


def sharp_change(panel: Panel, parameters: Parameters) -> Mapping[Unit, float]:
    """How far the ratio of two works lies beyond the nearer border, in interquartile ranges."""
    return strongest(((school, ""), score) for school, score in _changes(panel, parameters))


def _changes(panel: Panel, parameters: Parameters) -> Iterator[tuple[int, float]]:
    for later in chosen(panel.asked(), parameters["procedures"]):
        earlier = cohort_change.earlier_of(panel, later)
        ratios = _ratios(panel, cohort_change.Pair(earlier, later)) if earlier else {}
        if not ratios:
            continue
        fences = cohort_change.Fences.of(list(ratios.values()), parameters["fence"])
        width = max(fences.p75 - fences.p25, float_info.min)
        for school, ratio in ratios.items():
            yield school, max(ratio - fences.high, fences.low - ratio) / width


def _ratios(panel: Panel, pair: cohort_change.Pair) -> dict[int, float]:
    """School → mean per cent of the maximum in the earlier work over that in the later one."""
    before, after = (
        {key: one.mean_percent for key, one in panel.groups(work).items()} for work in (pair.earlier, pair.later)
    )
    both = sorted(set(before) & set(after))
    return {key: first / then for key in both if (first := before[key]) is not None and (then := after[key])}


SIGNALS = (
    Signal("objectivity.markers_2021"),
    Signal("objectivity.inflated_mean", special=inflation),
    Signal("objectivity.journal_mismatch", special=mismatch),
    Signal("objectivity.cohort_change", special=sharp_change),
    Signal("objectivity.journal_gap", opened={"least": 0, "unusual": ALWAYS}),
    Signal("objectivity.parallel_jump", opened={"least": 0, "unusual": ALWAYS}),
    Signal("objectivity.stable_inflation"),
    Signal("objectivity.bunching", opened={"likely": ALWAYS, "least_share": 0, "min_n": 1}),
    Signal("objectivity.residual", opened={"likely": ALWAYS, "least_effect": ANY_EFFECT, "min_n": 1}),
    Signal("objectivity.absence", opened={"likely": ALWAYS, "least_effect": ANY_EFFECT, "min_n": 1}),
    Signal("objectivity.corrected_answers", CLASS, {"likely": 0}),
    Signal("objectivity.person_fit", CLASS, {"likely": ALWAYS, "least_effect": ANY_EFFECT}),
    Signal("objectivity.low_variance", CLASS, {"likely": ALWAYS, "least_effect": ANY_EFFECT}),
    Signal("objectivity.item_inversion", CLASS, {"likely": ALWAYS, "least_effect": ANY_EFFECT}),
)
"""Published rules, local ones, ours. The counts of markers and of years name only schools that have some. A method
without a place here is not measured, and screens say so."""
