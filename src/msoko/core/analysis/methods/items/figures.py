"""The items of a work in one school: how they were solved, beside the territory, and what the sample can bear."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from msoko.core.analysis.choosing import chosen
from msoko.core.analysis.headings import headed, nothing_asked, place_of
from msoko.core.analysis.methods.items._chosen import choose
from msoko.core.analysis.methods.items._table import Beside, Floats, Territory, beside
from msoko.core.analysis.methods.items._words import named, tasks
from msoko.core.analysis.methods.items._zones import APPROXIMATE, FEW, INSUFFICIENT, Zones, reliability
from msoko.core.analysis.outcome import OfProcedure, Outcome, Result, Told
from msoko.core.analysis.panel import Panel, Procedure
from msoko.core.analysis.parameters import Parameters
from msoko.core.analysis.territories import BY_TERRITORY, REGION
from msoko.core.monitoring.item_figures import alpha
from msoko.core.vocabulary.russian import NBSP, interval, percent

DIGITS = 2
"""Of stored per cents and correlations: more would only fill the database."""
PER_CENTS = ("facility", "low", "high", "territory", "omitted", "discrimination")


def compute(panel: Panel, parameters: Parameters) -> Outcome:
    """One figure a school and work; no interval of its own, for every item has one."""
    asked = chosen(panel.asked(), parameters["procedures"])
    results: list[Result] = []
    procedures: list[OfProcedure] = []
    not_computed = nothing_asked(panel, asked)
    for procedure in asked:
        found = choose(panel, procedure, parameters["min_n"])
        here = list(_of_work(beside(panel, procedure, found.enough), parameters)) if found.enough else []
        results += here
        not_computed += found.not_computed
        procedures.append(_of_procedure(procedure, here))
    return Outcome(tuple(results), tuple(procedures), tuple(not_computed))


def _of_work(work: Beside, parameters: Parameters) -> Iterator[Result]:
    zones = Zones.of(parameters).zones(work.own.items, work.own.facility)
    columns = _columns(work)
    low_items = work.own.bounds()[1] < work.whole.facility
    about = place_of(work.procedure)
    told = work.procedure.told()
    for row, (school, group, territory) in enumerate(zip(work.schools, work.groups, work.territories, strict=True)):
        items = _items(work, [column[row] for column in columns], zones[row])
        below = [work.own.items[place].number for place in np.flatnonzero(low_items[row])]
        consistency = alpha(group.tally) if group.tally else ""
        yield Result(
            organisation=school.key,
            statistic={
                **told,
                "n": group.n,
                "reliability": reliability(group.n or 0, parameters),
                **_territory(territory),
                "alpha": None if isinstance(consistency, str) else round(consistency, DIGITS),
                "why_no_alpha": consistency if isinstance(consistency, str) else None,
                "items": items,
                "below": below,
            },
            inputs=(group.input, *([territory.group.input] if territory else [])),
            about=about,
            strength=len(below) / len(items),
        )


def _territory(territory: Territory | None) -> dict[str, Any]:
    if territory is None:
        return {"territory": None, "territory_n": None}
    return {"territory": territory.kind, "territory_n": territory.group.n}


def _columns(work: Beside) -> list[list[list[float | None]]]:
    """The numbers of PER_CENTS: column → school → item."""
    low, high = work.own.bounds()
    numbers = (work.own.facility, low, high, work.whole.facility, work.own.omitted, work.own.discrimination)
    return [_plain(one) for one in numbers]


def _plain(numbers: Floats) -> list[list[float | None]]:
    """Rounded, with None for what is not known."""
    rows: list[list[float]] = np.round(numbers, DIGITS).tolist()
    return [[None if value != value else value for value in row] for row in rows]


def _items(
    work: Beside, columns: Sequence[Sequence[float | None]], zones: Sequence[str | None]
) -> list[dict[str, Any]]:
    """What is told of every item of one school."""
    numbers = zip(*columns, strict=True)
    return [
        {"number": item.number, "level": item.level, "zone": zone, **dict(zip(PER_CENTS, values, strict=True))}
        for item, zone, values in zip(work.own.items, zones, numbers, strict=True)
    ]


def _of_procedure(procedure: Procedure, results: Sequence[Result]) -> OfProcedure:
    flagged = tuple(one.organisation for one in results if one.statistic["below"])
    region = next((one.statistic for one in results if one.statistic["territory"] == REGION), None)
    if region is None:
        return OfProcedure(procedure.key, len(results), flagged)
    facility = {item["number"]: item["territory"] for item in region["items"]}
    return OfProcedure(procedure.key, len(results), flagged, {"n": region["territory_n"], "facility": facility})


def sentence(told: Told) -> str:
    """«По математике в 5 классе (41 участник) уверенно хуже, чем по региону, выполнены задания 3 (…) и 7 (…). …»"""
    statistic = told.statistic
    return " ".join(filter(None, [_below(statistic), _zones(statistic), _reservation(statistic)]))


def _below(statistic: Mapping[str, Any]) -> str:
    work = headed(statistic)
    if statistic["territory"] is None:
        return f"{work}: сравнить не с{NBSP}чем, заданий региона и{NBSP}муниципалитета в{NBSP}системе нет."
    where = BY_TERRITORY[statistic["territory"]]
    low = [item for item in statistic["items"] if item["number"] in statistic["below"]]
    if not low:
        return f"{work}: нет заданий, выполненных уверенно хуже, чем {where}."
    low.sort(key=lambda item: item["facility"] - item["territory"])
    said = [f"{item['number']} ({_against(item)})" for item in low]
    return f"{work}: уверенно хуже, чем {where}, {tasks(len(low), 'выполнено', 'выполнены')} {named(said)}."


def _against(item: Mapping[str, Any]) -> str:
    own = f"{percent(item['facility'])}; {interval(item['low'], item['high'])}"
    return f"{own} против {percent(item['territory'])}"


def _zones(statistic: Mapping[str, Any]) -> str:
    items = statistic["items"]
    if not any(item["level"] for item in items):
        return "Уровни заданий не описаны, поэтому зоны освоения не определены."
    low = [item["number"] for item in items if item["zone"] == INSUFFICIENT]
    return f"Недостаточно {tasks(len(low), 'освоено', 'освоены')} {named(low)}." if low else ""


def _reservation(statistic: Mapping[str, Any]) -> str:
    if statistic["reliability"] == FEW:
        return "Участников мало: видны доли, но не то, как распределены результаты."
    return "Участников немного: оценка приблизительная." if statistic["reliability"] == APPROXIMATE else ""
