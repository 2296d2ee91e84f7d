"""Basic items that a school has not mastered and that it solves worse than its territory beyond chance.

An item fails where its facility is below the border of insufficient mastery and the whole interval of its difference
from the territory is below zero. The more items are looked at, the more of them stand out by chance: the intervals are
widened after Bonferroni, so that with no true difference at all no more than `chance` per cent of works have any.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from msoko.core.analysis.choosing import chosen
from msoko.core.analysis.headings import headed, nothing_asked, place_of
from msoko.core.analysis.methods.items._chosen import choose
from msoko.core.analysis.methods.items._table import Beside, Floats, beside, has_items
from msoko.core.analysis.methods.items._words import named
from msoko.core.analysis.methods.items._zones import BASIC, LEVELS_IN_WORDS
from msoko.core.analysis.outcome import NotComputed, OfProcedure, Outcome, Result, Told, Verdict
from msoko.core.analysis.panel import Group, Panel
from msoko.core.analysis.parameters import Parameters
from msoko.core.analysis.territories import BY_TERRITORY
from msoko.core.vocabulary.russian import NBSP, counted, interval, percent

NO_TERRITORY = "сравнивать не с чем: заданий региона и муниципалитета в системе нет"
ALONE = "сравнивать не с кем: других школ территории в этой работе нет"


def compute(panel: Panel, parameters: Parameters) -> Outcome:
    """A finding a school and work; its interval is that of the largest lag, in percentage points."""
    asked = chosen(panel.asked(), parameters["procedures"])
    rule = _Rule.of(parameters)
    results: list[Result] = []
    few_data: list[Result] = []
    not_computed = nothing_asked(panel, asked)
    procedures: list[OfProcedure] = []
    for procedure in asked:
        found = choose(panel, procedure, rule.min_n)
        small = tuple(pair for pair in found.small if has_items(pair[1]))
        work = beside(panel, procedure, found.enough + small) if found.enough or small else None
        said = list(rule.results(work)) if work else []
        here = [one for one in said if one.verdict is not Verdict.FEW_DATA]
        results += here
        few_data += [one for one in said if one.verdict is Verdict.FEW_DATA]
        alone = list(_without_territory(work, rule.min_n)) if work else []
        not_computed += (*found.not_computed, *alone)
        flagged = tuple(one.organisation for one in here)
        reference = {"items": _tested(work)} if work else {}
        procedures.append(OfProcedure(procedure.key, len(found.enough) - len(alone), flagged, reference))
    return Outcome(tuple(results), tuple(procedures), tuple(not_computed), tuple(few_data))


def _without_territory(work: Beside, min_n: int) -> Iterator[NotComputed]:
    comparable = np.atleast_1d(np.isfinite(work.difference().points).any(axis=1))
    for school, group, territory, compared in zip(work.schools, work.groups, work.territories, comparable, strict=True):
        if not compared and (group.n or 0) >= min_n:
            yield NotComputed(school.key, ALONE if territory else NO_TERRITORY, work.procedure.key)


def _tested(work: Beside) -> int:
    """How many items can stand out by chance: those that can be compared at all."""
    return int(np.isfinite(work.difference().points).any(axis=0).sum())


@dataclass(frozen=True)
class _Failing:
    """Which items fail, (schools, items), and how; `lag` is territory less school in percentage points."""

    fails: NDArray[np.bool_]
    is_robust: NDArray[np.bool_]
    facility: tuple[Floats, Floats, Floats]
    lag: tuple[Floats, Floats, Floats]
    tested: int


@dataclass(frozen=True)
class _Rule:
    min_n: int
    robust_n: int
    not_enough: float
    undescribed: float
    chance: float
    robust_chance: float

    @classmethod
    def of(cls, parameters: Parameters) -> "_Rule":
        return cls(
            parameters["min_n"],
            parameters["robust_n"],
            parameters["basic_insufficient"],
            parameters["undescribed_below"],
            parameters["chance"],
            parameters["robust_chance"],
        )

    def results(self, work: Beside) -> Iterator[Result]:
        failing = self._failing(work)
        for row in np.flatnonzero(failing.fails.any(axis=1)).tolist():
            yield self._result(work, failing, row)

    def _failing(self, work: Beside) -> _Failing:
        tested = _tested(work)
        likely, surely = (work.difference(_corrected(chance, tested)) for chance in (self.chance, self.robust_chance))
        limits = np.array([self._limit(item.level) for item in work.own.items])
        low, high = work.own.bounds()
        described = np.array([item.level in LEVELS_IN_WORDS for item in work.own.items], bool)
        many = (work.own.scores[:, [0]] >= self.robust_n) & described
        return _Failing(
            fails=(work.own.facility < limits) & (likely.high < 0),
            is_robust=(high < limits) & (surely.high < 0) & many,
            facility=(work.own.facility, low, high),
            lag=(-likely.points, -likely.high, -likely.low),
            tested=tested,
        )

    def _limit(self, level: str) -> float:
        """Below which facility an item counts; NaN for the harder ones, which this rule leaves alone."""
        if level == BASIC:
            return self.not_enough
        return float("nan") if level in LEVELS_IN_WORDS else self.undescribed

    def _result(self, work: Beside, failing: _Failing, row: int) -> Result:
        school, group, territory = work.schools[row], work.groups[row], work.territories[row]
        items = _items(work, failing, row)
        worst = items[0]
        return Result(
            organisation=school.key,
            statistic={
                **work.procedure.told(),
                "n": group.n,
                "territory": territory.kind if territory else None,
                "territory_n": territory.group.n if territory else None,
                "tested": failing.tested,
                "limit": self.undescribed if any(not item["level"] for item in items) else self.not_enough,
                "lag": worst["lag"],
                "items": items,
                **_overall(work, row),
            },
            verdict=self._verdict(group, bool((failing.is_robust & failing.fails)[row].any())),
            interval=(worst["lag_low"], worst["lag_high"]),
            inputs=(group.input, *([territory.group.input] if territory else [])),
            about=place_of(work.procedure),
            strength=worst["lag"] / 100 + len(items) / failing.tested,
        )

    def _verdict(self, group: Group, has_robust: bool) -> Verdict:
        if (group.n or 0) < self.min_n:
            return Verdict.FEW_DATA
        return Verdict.ROBUST if has_robust else Verdict.LIKELY


def _corrected(chance: float, tested: int) -> float:
    """The quantile at which an interval holds for all `tested` items at once with `chance` per cent to fail."""
    return float(ndtri(1 - chance / 100 / (2 * max(tested, 1))))


def _items(work: Beside, failing: _Failing, row: int) -> list[dict[str, Any]]:
    """The failing items of a school, the one furthest behind first."""
    found = [_item(work, failing, row, place) for place in np.flatnonzero(failing.fails[row]).tolist()]
    return sorted(found, key=lambda item: -item["lag"])


def _item(work: Beside, failing: _Failing, row: int, place: int) -> dict[str, Any]:
    item = work.own.items[place]
    facility, low, high = (float(one[row, place]) for one in failing.facility)
    lag, lag_low, lag_high = (float(one[row, place]) for one in failing.lag)
    return {
        "number": item.number,
        "level": item.level,
        "facility": facility,
        "low": low,
        "high": high,
        "territory": float(work.whole.facility[row, place]),
        "lag": lag,
        "lag_low": lag_low,
        "lag_high": lag_high,
        "robust": bool(failing.is_robust[row, place]),
    }


def _overall(work: Beside, row: int) -> dict[str, float]:
    """Earned of possible over the whole work, per cent: a school may be behind in all, not in these items alone."""
    known = np.isfinite(work.own.maxima)
    of = {"overall": work.own, "territory_overall": work.whole}
    return {
        name: float(100 * table.sums[row, known, 2].sum() / (table.given[row] * table.maxima)[known].sum())
        for name, table in of.items()
    }


def sentence(told: Told) -> str:
    """«По математике в 5 классе (41 участник) базовые задания 3 (…) и 7 (…) освоены недостаточно и …»"""
    statistic = told.statistic
    items = statistic["items"]
    where = BY_TERRITORY[statistic["territory"]]
    said = [f"{item['number']} ({_against(item)})" for item in items]
    one = len(items) == 1
    head = headed(statistic)
    if all(item["level"] for item in items):
        subject = "базовое задание" if one else "базовые задания"
        mastered = "освоено недостаточно и выполнено" if one else "освоены недостаточно и выполнены"
    else:
        subject = "задание" if one else "задания"
        mastered = f"{'выполнено' if one else 'выполнены'} меньше чем на{NBSP}{percent(statistic['limit'])} и"
    return f"{head} {subject} {named(said)} {mastered} хуже, чем {where}{_certainty(told)}. {_whole(statistic)}"


def _against(item: Mapping[str, Any]) -> str:
    return f"{percent(item['facility'])}; {interval(item['low'], item['high'])} против {percent(item['territory'])}"


def _certainty(told: Told) -> str:
    if told.verdict == Verdict.FEW_DATA:
        return f", но{NBSP}участников мало, чтобы судить"
    tested = counted(told.statistic["tested"], "задание", "задания", "заданий")
    how = f"не{NBSP}объяснить" if told.verdict == Verdict.ROBUST else "объяснить трудно"
    return f"; с{NBSP}поправкой на{NBSP}{tested} случайностью это {how}"


def _whole(statistic: Mapping[str, Any]) -> str:
    own, others = percent(statistic["overall"]), percent(statistic["territory_overall"])
    return f"За{NBSP}всю работу набрано {own} баллов против {others}.{_doubt(statistic['items'])}"


def _doubt(items: Sequence[Mapping[str, Any]]) -> str:
    undescribed = sum(not item["level"] for item in items)
    if not undescribed:
        return ""
    whose = "заданий" if undescribed == len(items) > 1 else "задания" if len(items) == 1 else "части заданий"
    return f" Уровень {whose} не{NBSP}описан, поэтому граница базового взята условно."
