"""Content elements and planned outcomes: what was earned of what was possible over all items that belong to one."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from msoko.core.analysis.choosing import chosen
from msoko.core.analysis.differences import wilson_of_many
from msoko.core.analysis.headings import headed, nothing_asked, place_of
from msoko.core.analysis.methods.items._chosen import choose
from msoko.core.analysis.methods.items._table import Beside, Floats, Table, beside
from msoko.core.analysis.methods.items._words import named
from msoko.core.analysis.outcome import NotComputed, OfProcedure, Outcome, Result, Told
from msoko.core.analysis.panel import Panel, Procedure
from msoko.core.analysis.parameters import Parameters
from msoko.core.analysis.territories import BY_TERRITORY
from msoko.core.definitions.kinds import WorkItem
from msoko.core.monitoring.item_figures import NO_MAXIMUM
from msoko.core.vocabulary.russian import NBSP, interval, percent, quote

DIGITS = 2
NOT_DESCRIBED = "элементы содержания и планируемые результаты заданий не описаны"
NUMBERS = ("facility", "low", "high", "territory", "territory_low", "territory_high")
KINDS: dict[str, Callable[[WorkItem], str]] = {
    "elements": lambda item: item.content_element,
    "outcomes": lambda item: item.planned_outcome,
}


def compute(panel: Panel, parameters: Parameters) -> Outcome:
    """One figure a school and work that is described; no interval of its own, for every element has one."""
    asked = chosen(panel.asked(), parameters["procedures"])
    results: list[Result] = []
    not_computed = nothing_asked(panel, asked)
    procedures: list[OfProcedure] = []
    for procedure in asked:
        reason = _why_not(procedure)
        if reason:
            not_computed.append(NotComputed(None, reason, procedure.key))
            continue
        found = choose(panel, procedure, parameters["min_n"])
        here = list(_of_work(beside(panel, procedure, found.enough))) if found.enough else []
        results += here
        not_computed += found.not_computed
        flagged = tuple(one.organisation for one in here if one.statistic["below"])
        procedures.append(OfProcedure(procedure.key, len(here), flagged))
    return Outcome(tuple(results), tuple(procedures), tuple(not_computed))


def _why_not(procedure: Procedure) -> str:
    """What the description of the work lacks, '' where it tells enough."""
    described = [item for item in procedure.items if any(name_of(item) for name_of in KINDS.values())]
    if not described:
        return NOT_DESCRIBED
    return "" if any(item.maximum for item in described) else NO_MAXIMUM


def _of_work(work: Beside) -> Iterator[Result]:
    told = work.procedure.told()
    about = place_of(work.procedure)
    parts = {kind: _parts(work, name_of) for kind, name_of in KINDS.items()}
    for row, (school, group, territory) in enumerate(zip(work.schools, work.groups, work.territories, strict=True)):
        said = {kind: [_told(part, row) for part in of_kind] for kind, of_kind in parts.items()}
        everything = [one for of_kind in said.values() for one in of_kind]
        below = list(dict.fromkeys(one["name"] for one in everything if _is_below(one)))
        yield Result(
            organisation=school.key,
            statistic={
                **told,
                "n": group.n,
                "territory": territory.kind if territory else None,
                "territory_n": territory.group.n if territory else None,
                **said,
                "below": below,
            },
            inputs=(group.input, *([territory.group.input] if territory else [])),
            about=about,
            strength=len(below) / len(everything),
        )


@dataclass(frozen=True)
class _Part:
    """The items of one element over all schools; per cents are (schools,)."""

    name: str
    numbers: tuple[str, ...]
    facility: list[float]
    low: list[float]
    high: list[float]
    territory: list[float]
    territory_low: list[float]
    territory_high: list[float]


def _parts(work: Beside, name_of: Callable[[WorkItem], str]) -> list[_Part]:
    """Elements in the order in which the work has them. Items whose maximum is not known cannot be added up."""
    items = work.own.items
    names = dict.fromkeys(name_of(item) for item in items if name_of(item) and item.maximum)
    places = {name: [at for at, item in enumerate(items) if name_of(item) == name and item.maximum] for name in names}
    return [_part(work, name, at) for name, at in places.items()]


def _part(work: Beside, name: str, places: Sequence[int]) -> _Part:
    numbers = (*_with_bounds(work.own, places), *_with_bounds(work.whole, places))
    lists = [np.round(one, DIGITS).tolist() for one in numbers]
    return _Part(name, tuple(work.own.items[at].number for at in places), *lists)


def _with_bounds(table: Table, places: Sequence[int]) -> tuple[Floats, Floats, Floats]:
    """A participant earns a part between none and all, so the interval of a share of them is never too narrow."""
    facility = _earned_of_possible(table, places)
    n = table.given[:, places].max(axis=1)
    return (facility, *wilson_of_many(facility / 100 * n, n))


def _earned_of_possible(table: Table, places: Sequence[int]) -> Floats:
    """Per cent, (groups,); NaN where nobody had any of the items."""
    possible = (table.given[:, places] * table.maxima[places]).sum(axis=1)
    with np.errstate(invalid="ignore"):
        return np.asarray(100 * table.sums[:, places, 2].sum(axis=1) / possible, np.float64)


def _told(part: _Part, row: int) -> dict[str, Any]:
    numbers = {name: getattr(part, name)[row] for name in NUMBERS}
    return {
        "name": part.name,
        "items": list(part.numbers),
        **{name: None if value != value else value for name, value in numbers.items()},
    }


def _is_below(one: Mapping[str, Any]) -> bool:
    return one["territory"] is not None and one["high"] is not None and one["high"] < one["territory"]


def sentence(told: Told) -> str:
    """«По математике в 5 классе (41 участник) уверенно хуже, чем по региону: «Дроби» (34 %; 22–48 % против 61 %).»"""
    statistic = told.statistic
    head = headed(statistic)
    everything = {one["name"]: one for kind in KINDS for one in statistic[kind]}
    if statistic["territory"] is None:
        known = [one for one in everything.values() if one["facility"] is not None]
        if not known:
            return f"{head}: заданий, о{NBSP}содержании которых что-то сказано, не{NBSP}было."
        weakest = min(known, key=lambda one: one["facility"])
        own = f"{percent(weakest['facility'])}; {interval(weakest['low'], weakest['high'])}"
        return f"{head}: хуже всего освоено {quote(weakest['name'])} ({own}), сравнивать не с{NBSP}чем."
    where = BY_TERRITORY[statistic["territory"]]
    if not statistic["below"]:
        return f"{head}: нет элементов содержания и{NBSP}результатов, освоенных уверенно хуже, чем {where}."
    low = sorted((everything[name] for name in statistic["below"]), key=lambda one: one["facility"] - one["territory"])
    return f"{head} уверенно хуже, чем {where}: {named([_against(one) for one in low])}."


def _against(one: Mapping[str, Any]) -> str:
    own = f"{percent(one['facility'])}; {interval(one['low'], one['high'])}"
    return f"{quote(one['name'])} ({own} против {percent(one['territory'])})"
