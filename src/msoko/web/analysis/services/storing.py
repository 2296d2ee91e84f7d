"""From a method's outcome to stored findings and figures.

The same inputs give the same finding: what has not changed is not touched. What has changed supersedes, what is no
longer said is superseded by nothing; either way the old finding stays with the decision that was made about it.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from msoko.core.analysis import computation_of
from msoko.core.analysis.outcome import Outcome, Result
from msoko.core.analysis.panel import Input
from msoko.core.definitions.kinds import Method
from msoko.web.analysis.models import Calculation, Figure, Finding, MethodRun
from msoko.web.insertion import insert

SCHOOLS_AT_ONCE = 500  # ids in one condition: SQLite takes no more than some thousands
Place = tuple[int, str]  # organisation, about


def store(outcome: Outcome, method: Method, run: MethodRun, organisations: set[int]) -> None:
    """Make what is stored of these organisations in the run's year equal to the outcome. Call it in a transaction."""
    results = [one for one in (*outcome.results, *outcome.few_data) if one.organisation in organisations]
    if method.gives == "figures":
        _replace_figures(results, method, run, organisations)
    else:
        _supersede_findings(results, method, run, organisations)


def forget_methods_not_in_force(calculation: Calculation, methods: set[str]) -> None:
    """What methods said that are no longer computed: figures go, findings become history."""
    here = Q(organisation__region=calculation.region)
    if calculation.region_id is not None:
        here |= Q(organisation=calculation.region_id)
    Figure.objects.filter(here, year=calculation.year).exclude(method__in=methods).delete()
    others = Finding.objects.filter(here, year=calculation.year, superseded_at=None).exclude(method__in=methods)
    others.update(superseded_at=timezone.now())


def _replace_figures(results: list[Result], method: Method, run: MethodRun, organisations: set[int]) -> None:
    for some in _in_parts(organisations):
        Figure.objects.filter(method=method.name, year=run.calculation.year, organisation__in=some).delete()
    sentence = computation_of(method).sentence
    said = [_said(one, sentence(one), method, run) for one in results]
    if said:
        insert(Figure, list(said[0]), (list(one.values()) for one in said))


def _supersede_findings(results: list[Result], method: Method, run: MethodRun, organisations: set[int]) -> None:
    now = timezone.now()
    current = {(one.organisation_id, one.about): one for one in _current(method, run, organisations)}
    digests = {(one.organisation, one.about): digest_of(one, run.parameters) for one in results}
    gone = [one for place, one in current.items() if digests.get(place) != one.digest]
    _mark_superseded(gone, now)
    fresh = [one for one in results if _is_new(one, current, digests)]
    findings = [_finding(one, method, run, digests, current.get((one.organisation, one.about))) for one in fresh]
    Finding.objects.bulk_create(findings, batch_size=SCHOOLS_AT_ONCE)
    kept = {place: one for place, one in current.items() if digests.get(place) == one.digest}
    for some in _in_parts(one.pk for one in kept.values()):
        Finding.objects.filter(pk__in=some).update(run=run)
    _retell(kept, results, method)


def _retell(kept: Mapping[Place, Finding], results: list[Result], method: Method) -> None:
    """The same finding in today's words: the library of sentences may have changed since."""
    sentence = computation_of(method).sentence
    told = {(one.organisation, one.about): sentence(one) for one in results}
    reworded = [one for place, one in kept.items() if one.sentence != told[place]]
    for one in reworded:
        one.sentence = told[one.organisation_id, one.about]
    Finding.objects.bulk_update(reworded, ["sentence"], batch_size=SCHOOLS_AT_ONCE)


def _is_new(result: Result, current: Mapping[Place, Finding], digests: Mapping[Place, str]) -> bool:
    place = (result.organisation, result.about)
    return place not in current or current[place].digest != digests[place]


def _current(method: Method, run: MethodRun, organisations: set[int]) -> Iterable[Finding]:
    """Locked, so that a decision made meanwhile is either carried over or refused, and never lost."""
    for some in _in_parts(organisations):
        yield from Finding.objects.select_for_update().filter(
            method=method.name, year=run.calculation.year, superseded_at=None, organisation__in=some
        )


def _mark_superseded(findings: list[Finding], now: datetime) -> None:
    for some in _in_parts([one.pk for one in findings]):
        Finding.objects.filter(pk__in=some).update(superseded_at=now)


def _finding(
    result: Result, method: Method, run: MethodRun, digests: Mapping[Place, str], before: Finding | None
) -> Finding:
    finding = Finding(
        **_said(result, computation_of(method).sentence(result), method, run),
        version=run.version,
        verdict=str(result.verdict),
        inputs=[[one.procedure, one.organisation, one.class_name, one.hash] for one in result.inputs],
        digest=digests[result.organisation, result.about],
        own_inputs=own_inputs(result),
        predecessor=before,
    )
    if before is not None and _still_holds(before, finding):
        finding.state, finding.reason = before.state, before.reason
        finding.decided_at, finding.decided_by_id, finding.carried_over = before.decided_at, before.decided_by_id, True
    return finding


def _still_holds(before: Finding, finding: Finding) -> bool:
    """A decision was about the school's own results: it outlives a change of what they are compared with."""
    decided = before.state != Finding.State.NEW
    return decided and before.own_inputs == finding.own_inputs and before.verdict == finding.verdict


def _said(result: Result, sentence: str, method: Method, run: MethodRun) -> dict[str, Any]:
    low, high = result.interval or (None, None)
    return {
        "method": method.name,
        "year": run.calculation.year,
        "organisation_id": result.organisation,
        "about": result.about,
        "statistic": dict(result.statistic),
        "low": low,
        "high": high,
        "strength": result.strength,
        "sentence": sentence,
        "run_id": run.pk,
    }


def digest_of(result: Result, parameters: Mapping[str, Any]) -> str:
    """Of everything the finding says and came from. Numbers are taken to nine digits: the tenth differs by machine."""
    said = {
        "parameters": parameters,
        "statistic": result.statistic,
        "interval": result.interval,
        "verdict": str(result.verdict),
        "inputs": sorted(result.inputs, key=_order),
    }
    return hashlib.sha256(json.dumps(_rounded(said), ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def own_inputs(result: Result) -> str:
    """Of the school's own results alone."""
    own = sorted((one for one in result.inputs if one.organisation == result.organisation), key=_order)
    return hashlib.sha256(json.dumps(_rounded(own)).encode()).hexdigest()


def _order(one: Input) -> tuple[int, int, str]:
    return one.procedure, one.organisation, one.class_name


def _rounded(said: Any) -> Any:
    if isinstance(said, float):
        return float(f"{said:.9g}")
    if isinstance(said, Input):
        return [said.procedure, said.organisation, said.class_name, said.hash]
    if isinstance(said, Mapping):
        return {str(key): _rounded(value) for key, value in said.items()}
    return [_rounded(one) for one in said] if isinstance(said, list | tuple) else said


def _in_parts(keys: Iterable[int]) -> Iterable[list[int]]:
    ordered = sorted(keys)
    for start in range(0, len(ordered), SCHOOLS_AT_ONCE):
        yield ordered[start : start + SCHOOLS_AT_ONCE]
