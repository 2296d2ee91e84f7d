"""The published index of objectivity of a territory: 100 less the per cent of its schools with at least one marker."""

from collections.abc import Iterable, Iterator
from typing import Any

from msoko.core.analysis.methods.objectivity._published import NO_REGION, NOT_ALL_SCHOOLS, has_whole_region
from msoko.core.analysis.methods.objectivity._published_markers import Markers, markers_of
from msoko.core.analysis.outcome import NotComputed, Outcome, Result, Told
from msoko.core.analysis.panel import Group, Input, Panel
from msoko.core.analysis.parameters import Parameters
from msoko.core.vocabulary.russian import NBSP, interval, number, share_in_words
from msoko.core.vocabulary.shares import Share
from msoko.core.vocabulary.unknowns import Unknown

NOBODY_JUDGED = "ни по одной школе ни один маркер не посчитан"


def compute(panel: Panel, parameters: Parameters) -> Outcome:
    """A figure a municipality and one of the region; its interval is of the index, 0–100, by Wilson.

    All schools together stand in `territory`, too, with the markers that were counted and those that could not be.
    """
    found = markers_of(panel, parameters)
    results = [_result(panel, key, found, schools) for key, schools in _by_municipality(panel).items()]
    region, problem = _region(panel, found)
    if region is not None and not problem:
        results.append(_result(panel, region, found, panel.organisations))
    return Outcome(
        results=tuple(one for one in results if one.statistic["n"]),
        procedures=found.of_procedures(),
        not_computed=(
            *found.not_computed,
            *(NotComputed(one.organisation, NOBODY_JUDGED) for one in results if not one.statistic["n"]),
            *([NotComputed(region, problem)] if problem else []),
        ),
        territory={
            **_index(found, panel.organisations),
            "is_whole_region": not problem,
            "markers": found.summary(),
            "not_computed": [one.reason for one in found.not_computed],
        },
    )


def _by_municipality(panel: Panel) -> dict[int, list[int]]:
    schools: dict[int, list[int]] = {}
    for school in panel.organisations.values():
        if school.municipality is not None:
            schools.setdefault(school.municipality, []).append(school.key)
    return dict(sorted(schools.items()))


def _region(panel: Panel, found: Markers) -> tuple[int | None, str]:
    """The region's key where its results are in the system, and why it has no index where it has none."""
    groups = [(one.procedure, panel.reference(one.procedure)) for one in found.computed]
    known = [(procedure, group) for procedure, group in groups if isinstance(group, Group)]
    if not known:
        return None, NO_REGION
    is_whole = all(has_whole_region(panel, procedure, group) for procedure, group in known)
    return known[0][1].organisation, "" if is_whole else NOT_ALL_SCHOOLS


def _index(found: Markers, schools: Iterable[int]) -> dict[str, Any]:
    """`k` schools with a marker of `n` of which any could be judged, and the index with its bounds."""
    judged = [school for school in schools if school in found.judged]
    share = Share(sum(school in found.of_school for school in judged), len(judged))
    clean = share.rest()
    if isinstance(clean.percent, Unknown) or isinstance(clean.interval, Unknown):
        return {"k": share.k, "n": share.n, "index": None, "low": None, "high": None}
    low, high = clean.interval
    return {"k": share.k, "n": share.n, "index": clean.percent, "low": low, "high": high}


def _result(panel: Panel, territory: int, found: Markers, schools: Iterable[int]) -> Result:
    index = _index(found, schools)
    return Result(
        organisation=territory,
        statistic={**index, "markers": len(found.computed)},
        interval=(index["low"], index["high"]) if index["n"] else None,
        inputs=tuple(dict.fromkeys(_inputs(panel, territory, found))),
        strength=100 * index["k"] / index["n"] if index["n"] else 0.0,
    )


def _inputs(panel: Panel, territory: int, found: Markers) -> Iterator[Input]:
    """The territory's own results, which follow from those of all its schools, and the region's."""
    for one in found.computed:
        own = panel.municipalities.get(one.procedure.key, {}).get(territory)
        region = panel.reference(one.procedure)
        yield from (group.input for group in (own, region) if isinstance(group, Group))


def sentence(told: Told) -> str:
    """«Индекс объективности 62 (55–69): хотя бы один маркер у 38 % (…) школ. Считались 12 маркеров.»."""
    said = told.statistic
    bounds = f" ({interval(*told.interval, 0, '')})" if told.interval else ""
    return (
        f"Индекс объективности {number(said['index'])}{bounds} из{NBSP}100: хотя бы один маркер "
        f"у{NBSP}{share_in_words(Share(said['k'], said['n']))} школ, посчитано маркеров{NBSP}— {said['markers']}. "
        f"Маркер{NBSP}— повод проверить, а{NBSP}не{NBSP}вывод о{NBSP}школе."
    )
