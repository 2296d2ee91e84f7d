"""The items of a work over a territory, and which of them its association of teachers should talk about first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from msoko.core.analysis.choosing import chosen
from msoko.core.analysis.headings import nothing_asked, of_participants, place_of
from msoko.core.analysis.methods.items._chosen import choose
from msoko.core.analysis.methods.items._table import Floats, Table, Territory, has_items, table_of
from msoko.core.analysis.methods.items._words import MOST_NAMED
from msoko.core.analysis.methods.items._zones import BASIC, LEVELS_IN_WORDS, Zones, reliability
from msoko.core.analysis.outcome import NotComputed, OfProcedure, Outcome, Result, Told
from msoko.core.analysis.panel import Group, Panel, Procedure
from msoko.core.analysis.parameters import Parameters
from msoko.core.analysis.territories import MUNICIPALITY, REGION
from msoko.core.monitoring.item_figures import alpha
from msoko.core.vocabulary.procedures import kind_name
from msoko.core.vocabulary.russian import NBSP, counted, interval, number, percent, plural
from msoko.core.vocabulary.words import natural_key

DIGITS = 2
EASY = 80.0
"""An item that nearly everybody solves cannot tell the strong from the weak, and nothing is wrong with that."""
ONE_TEACHER_UP_TO_GRADE = 4
NOBODY_WITH_ITEMS = "баллов за задания нет ни по региону, ни по муниципалитетам"
LEVEL_OF_ITEM = {BASIC: "базовое", "П": "повышенное", "В": "высокого уровня"}
IS_LOW, FAILS_IN_MANY, IS_OMITTED, TELLS_NOTHING = "low", "schools", "omitted", "discrimination"


def compute(panel: Panel, parameters: Parameters) -> Outcome:
    """One figure a territory (the region, each municipality) and work; the organisation is the territory itself."""
    asked = chosen(panel.asked(), parameters["procedures"])
    results: list[Result] = []
    not_computed = nothing_asked(panel, asked)
    procedures: list[OfProcedure] = []
    for procedure in asked:
        territories = list(_territories(panel, procedure))
        schools = choose(panel, procedure, parameters["min_n"])
        if not territories:
            reasons = {one.reason for one in schools.not_computed if one.organisation is None} or {NOBODY_WITH_ITEMS}
            not_computed += (NotComputed(None, reason, procedure.key) for reason in sorted(reasons))
            continue
        work = _Work.of(panel, procedure, schools.enough, territories, parameters)
        said = [work.result(place) for place in range(len(territories)) if work.is_enough(place)]
        results += said
        not_computed += work.too_few()
        talked = tuple(one.organisation for one in said if one.statistic["discuss"])
        procedures.append(OfProcedure(procedure.key, len(said), talked, {"schools": len(schools.enough)}))
    return Outcome(tuple(results), tuple(procedures), tuple(not_computed))


def _territories(panel: Panel, procedure: Procedure) -> Iterator[Territory]:
    """The region and its municipalities, where their items are known; an exam is known by test scores only."""
    if procedure.is_exam:
        return
    region = panel.reference(procedure)
    if isinstance(region, Group) and has_items(region):
        yield Territory(REGION, region)
    for _, group in sorted(panel.municipalities.get(procedure.key, {}).items()):
        if has_items(group):
            yield Territory(MUNICIPALITY, group)


@dataclass(frozen=True)
class _Work:
    """The items of one work: of its territories, and of the schools that have participants enough."""

    procedure: Procedure
    parameters: Parameters
    territories: Sequence[Territory]
    wholes: Table
    groups: Sequence[Group]
    municipality_of: Sequence[int | None]
    schools: Floats
    """Facility, (schools, items)."""

    @classmethod
    def of(
        cls,
        panel: Panel,
        procedure: Procedure,
        schools: Sequence[Any],
        territories: Sequence[Territory],
        parameters: Parameters,
    ) -> "_Work":
        groups = [group for _, group in schools]
        table = table_of(procedure, [*groups, *(one.group for one in territories)])
        places = range(len(groups), len(groups) + len(territories))
        return cls(
            procedure=procedure,
            parameters=parameters,
            territories=territories,
            wholes=table.rows(places),
            groups=groups,
            municipality_of=[school.municipality for school, _ in schools],
            schools=table.rows(range(len(groups))).facility,
        )

    def is_enough(self, place: int) -> bool:
        return (self.territories[place].group.n or 0) >= self.parameters["min_n"]

    def too_few(self) -> Iterator[NotComputed]:
        least = self.parameters["min_n"]
        for place, territory in enumerate(self.territories):
            if not self.is_enough(place):
                reason = f"участников меньше {least}: задания не разбираются"
                yield NotComputed(territory.group.organisation, reason, self.procedure.key)

    def result(self, place: int) -> Result:
        territory = self.territories[place]
        members = self._members(territory)
        items = self._items(place, members)
        consistency = alpha(territory.group.tally) if territory.group.tally else ""
        return Result(
            organisation=territory.group.organisation,
            statistic={
                **self.procedure.told(),
                "n": territory.group.n,
                "reliability": reliability(territory.group.n or 0, self.parameters),
                "territory": territory.kind,
                "schools": len(members),
                "undescribed_below": self._border_of_undescribed(),
                "alpha": None if isinstance(consistency, str) else round(consistency, DIGITS),
                "items": items,
                "discuss": [item["number"] for item in sorted(filter(_has_ground, items), key=_order)],
            },
            inputs=(territory.group.input, *(self.groups[row].input for row in members)),
            about=place_of(self.procedure),
            strength=sum(IS_LOW in item["grounds"] for item in items) / len(items),
        )

    def _members(self, territory: Territory) -> list[int]:
        """Rows of the schools that belong to the territory."""
        everybody = territory.kind == REGION
        key = territory.group.organisation
        return [row for row, municipality in enumerate(self.municipality_of) if everybody or municipality == key]

    def _items(self, place: int, members: Sequence[int]) -> list[dict[str, Any]]:
        whole = self.wholes.rows([place])
        zones = Zones.of(self.parameters)
        limits = np.array([self._limit(zones, item.level) for item in whole.items])
        schools = self.schools[list(members)]
        numbers = (whole.facility, *whole.bounds(), whole.omitted, whole.discrimination)
        told = zip(
            whole.items,
            zones.zones(whole.items, whole.facility)[0],
            (np.concatenate(numbers).T).tolist(),
            (schools < limits).sum(axis=0).tolist(),
            np.isfinite(schools).sum(axis=0).tolist(),
            limits.tolist(),
            (whole.facility[0] < limits).tolist(),
            strict=True,
        )
        found = []
        for item, zone, (facility, low, high, omitted, discrimination), weak, counted_schools, limit, is_low in told:
            one = {
                "number": item.number,
                "level": item.level,
                "zone": zone,
                "facility": _known(facility),
                "low": _known(low),
                "high": _known(high),
                "omitted": _known(omitted),
                "discrimination": _known(discrimination),
                "limit": limit,
                "weak_schools": weak,
                "schools": counted_schools,
            }
            found.append({**one, "grounds": self._grounds(one, is_low, whole.scores[0, 0])})
        return found

    def _limit(self, zones: Zones, level: str) -> float:
        """Below which facility an item is not mastered; an item without a level is judged by a border of its own."""
        if level not in LEVELS_IN_WORDS:
            return float(self.parameters["undescribed_below"])
        return zones.basic_not_enough if level == BASIC else zones.higher_not_enough

    def _border_of_undescribed(self) -> float | None:
        """The border of items without a level, None where every item has one."""
        undescribed = any(item.level not in LEVELS_IN_WORDS for item in self.wholes.items)
        return float(self.parameters["undescribed_below"]) if undescribed else None

    def _grounds(self, item: Mapping[str, Any], is_low: bool, n: int) -> list[str]:
        rule = self.parameters
        weak = 100 * item["weak_schools"] >= rule["many_schools"] * item["schools"] > 0
        blank = item["omitted"] is not None and item["omitted"] >= rule["omitted_from"]
        told = item["discrimination"] is not None and n >= rule["informative_from"]
        dull = told and item["discrimination"] < rule["discrimination_below"] and (item["facility"] or 0) < EASY
        named = ((IS_LOW, is_low), (FAILS_IN_MANY, weak), (IS_OMITTED, blank), (TELLS_NOTHING, dull))
        return [ground for ground, holds in named if holds]


def _known(value: float) -> float | None:
    return None if value != value else round(value, DIGITS)


def _has_ground(item: Mapping[str, Any]) -> bool:
    return bool(item["grounds"])


def _order(item: Mapping[str, Any]) -> tuple[Any, ...]:
    """Not mastered first, then where more schools fail, then what more pupils left out, then by number."""
    weak = item["weak_schools"] / item["schools"] if item["schools"] else 0.0
    return IS_LOW not in item["grounds"], -weak, -(item["omitted"] or 0), natural_key(item["number"])


def sentence(told: Told) -> str:
    """«На заседании РМО по математике обсудить задания (ВПР, 5 класс, 1 304 участника): № 8 — базовое, 41 % (…); …»"""
    statistic = told.statistic
    items = {item["number"]: item for item in statistic["items"]}
    association, work = _association(statistic), f"{_work(statistic)}, {of_participants(statistic['n'])}"
    if not statistic["discuss"]:
        return f"Заданий, которые стоило бы обсудить на{NBSP}заседании РМО {association}, нет: {work}."
    first = statistic["discuss"][:MOST_NAMED]
    rest = len(statistic["discuss"]) - len(first)
    said = "; ".join(f"№{NBSP}{one}{NBSP}— {_said(items[one])}" for one in first)
    tail = f"; и{NBSP}ещё {counted(rest, 'задание', 'задания', 'заданий')}" if rest else ""
    border = statistic["undescribed_below"]
    doubt = "" if border is None else f" Где уровень задания не{NBSP}описан, граница{NBSP}— {percent(border)}."
    return f"На{NBSP}заседании РМО {association} обсудить задания ({work}): {said}{tail}.{doubt}"


def _association(statistic: Mapping[str, Any]) -> str:
    if statistic["grade"] <= ONE_TEACHER_UP_TO_GRADE:
        return "учителей начальных классов"
    return str(statistic["by"])


def _work(statistic: Mapping[str, Any]) -> str:
    """«ВПР по математике, 5 класс»; the subject where the association does not name it."""
    subject = f" {statistic['by']}" if statistic["grade"] <= ONE_TEACHER_UP_TO_GRADE else ""
    return f"{kind_name(statistic['kind'])}{subject}, {statistic['grade']}{NBSP}класс"


def _said(item: Mapping[str, Any]) -> str:
    """«базовое, 41 % (38–44 %), ниже границы в 12 школах из 18, не приступали 31 %»."""
    parts = [LEVEL_OF_ITEM.get(item["level"], "")]
    if item["facility"] is not None:
        parts.append(f"{percent(item['facility'])} ({interval(item['low'], item['high'])})")
    if item["weak_schools"]:
        parts.append(_in_schools(item))
    if IS_OMITTED in item["grounds"]:
        parts.append(f"не{NBSP}приступали {percent(item['omitted'])}")
    if TELLS_NOTHING in item["grounds"]:
        parts.append("слабо отличает сильных от слабых")
    return ", ".join(filter(None, parts))


def _in_schools(item: Mapping[str, Any]) -> str:
    k, n = item["weak_schools"], item["schools"]
    return f"ниже границы в{NBSP}{number(k)}{NBSP}{plural(k, 'школе', 'школах', 'школах')} из{NBSP}{number(n)}"
