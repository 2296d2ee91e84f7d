"""All methods over one region and year, whenever what they follow from has changed.

There is no queue: a calculation is due where the fingerprint of what it would be computed from is not the stored one.
"""

import gc
import hashlib
import logging
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils import timezone

from msoko.core.analysis import computed
from msoko.core.analysis.outcome import Outcome
from msoko.core.analysis.panel import Panel, School
from msoko.core.analysis.parameters import BadParameter
from msoko.core.definitions.kinds import Method
from msoko.core.definitions.method_builders import SCORE
from msoko.web.analysis.gathering import gather, regions, years_of
from msoko.web.analysis.methods import methods_in_force, parameters_of, settings_in_force, version_of
from msoko.web.analysis.models import Calculation, MethodRun, MethodSetting
from msoko.web.analysis.records import accepted_records
from msoko.web.analysis.services.storing import forget_methods_not_in_force, store
from msoko.web.collection.link_key import mark_in_use
from msoko.web.collection.models import Procedure
from msoko.web.definitions import definitions
from msoko.web.people.models import Kind, Organisation

log = logging.getLogger("msoko.analysis")
SILENCE = timedelta(minutes=5)  # a claim this old belongs to the dead: the largest region takes seconds
PAUSE = 0.1


def calculate_due() -> int:
    """Calculate until nothing is due; returns how many regions and years that took."""
    done = 0
    while True:
        calculation = claim_due()
        if calculation is not None:
            calculate(calculation)
            done += 1
        elif _is_being_computed():
            time.sleep(PAUSE)
        else:
            return done


def _is_being_computed() -> bool:
    return Calculation.objects.filter(
        state=Calculation.State.COMPUTING, claimed_at__gt=timezone.now() - SILENCE
    ).exists()


def claim_due() -> Calculation | None:
    """One calculation whose inputs have changed, taken so that no other worker does it; None while values are stale."""
    if Procedure.objects.exclude(values_state=Procedure.Values.FRESH).exists():
        return None
    fingerprint = fingerprint_of_everything()
    if _done.get("fingerprint") == fingerprint and not _somebody_has_asked_for_more(fingerprint):
        return None
    wanted = list(_wanted(fingerprint))
    for region, year in wanted:
        calculation = _claim(region, year, fingerprint)
        if calculation is not None:
            return calculation
    if not wanted:
        _done["fingerprint"] = fingerprint
    return None


_done: dict[str, str] = {}  # of what this process has last seen everything calculated: looking for years takes long


def _somebody_has_asked_for_more(fingerprint: str) -> bool:
    """Whether a calculation stands that is not of this fingerprint."""
    return Calculation.objects.exclude(inputs=fingerprint, state=Calculation.State.FRESH).exists()


def fingerprint_of_everything() -> str:
    """Of all that findings follow from: values, own forms, organisations, definitions, parameters, the key of links."""
    procedures = Procedure.objects.order_by("pk").values_list("pk", "values_hash", "values_computed_at")
    organisations = Organisation.objects.aggregate(Count("pk"), Max("updated_at"))
    settings = MethodSetting.objects.filter(withdrawn_at=None).order_by("pk").values_list("pk", flat=True)
    said = [
        *map(str, procedures),
        *(str(batch.pk) for batch in accepted_records()),
        str(organisations),
        definitions().hash,
        *(version_of(method) for method in methods_in_force()),
        *map(str, settings),
        mark_in_use(),
    ]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def _wanted(fingerprint: str) -> Iterator[tuple[Organisation | None, int]]:
    """Regions and years that are not what they should be, the newest year first: people wait for that.

    A year whose last protocol has been withdrawn is calculated once more: its findings must go.
    """
    known = list(Calculation.objects.values_list("region_id", "year", "inputs", "state"))
    done = {(region, year) for region, year, *now in known if now == [fingerprint, Calculation.State.FRESH]}
    for region in regions():
        key = region.pk if region else None
        years = {*years_of(region), *(year for other, year, *_ in known if other == key)}
        yield from ((region, year) for year in sorted(years, reverse=True) if (key, year) not in done)


def _claim(region: Organisation | None, year: int, fingerprint: str) -> Calculation | None:
    now = timezone.now()
    calculation, created = Calculation.objects.get_or_create(
        region=region, year=year, defaults={"claimed_at": now, "inputs": fingerprint}
    )
    if created:
        return calculation
    # What another worker has done meanwhile is done: this one may have waited for it a while.
    free = Q(state=Calculation.State.FRESH) & ~Q(inputs=fingerprint) | Q(claimed_at__lt=now - SILENCE)
    mine = Calculation.objects.filter(free, pk=calculation.pk).update(
        state=Calculation.State.COMPUTING, claimed_at=now, inputs=fingerprint
    )
    if not mine:
        return None
    calculation.refresh_from_db()
    return calculation


@contextmanager
def _no_search_for_rubbish() -> Iterator[None]:
    """A panel is millions of living objects without circles: to look through them for rubbish again and again takes a
    quarter of the whole time and finds nothing."""
    was_searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_searching:
            gc.enable()


@_no_search_for_rubbish()
def calculate(calculation: Calculation) -> None:
    """Every method in force, in one transaction; a method that fails keeps its old findings and says so."""
    region, methods, settings = calculation.region, methods_in_force(), settings_in_force()
    panels = _Panels(region, calculation.year, max((method.years for method in methods), default=1))
    answers = [
        (method, territory, _answered(method, panels, territory or region, settings), schools)
        for method in methods
        for territory, schools in _by_parameters(method, panels.of(SCORE.default), settings).items()
    ]
    with transaction.atomic():
        mine = Calculation.objects.filter(
            pk=calculation.pk, state=Calculation.State.COMPUTING, claimed_at=calculation.claimed_at
        )
        if not mine.update(state=Calculation.State.FRESH, computed_at=timezone.now(), claimed_at=None):
            return
        made = [
            _store(calculation, method, territory, answered, schools).pk
            for method, territory, answered, schools in answers
        ]
        calculation.runs.exclude(pk__in=made).delete()
        forget_methods_not_in_force(calculation, {method.name for method in methods})


@dataclass
class _Panels:
    """The panel of a region and year on each score that some parameters ask for, gathered once."""

    region: Organisation | None
    year: int
    years: int
    _known: dict[object, Panel] = field(default_factory=dict)

    def of(self, score: object) -> Panel:
        if score not in self._known:
            self._known[score] = gather(self.region, self.year, self.years, str(score))
        return self._known[score]


def _by_parameters(method: Method, panel: Panel, settings: list[MethodSetting]) -> dict[Organisation | None, set[int]]:
    """Municipality with parameters of its own (None: the others) → its schools and itself.

    Territories without results are among them: what was said of them while they had some must go.
    """
    of_method = [one.territory for one in settings if one.method == method.name]
    own = {one.pk: one for one in of_method if one.kind == Kind.MUNICIPALITY}
    schools: dict[Organisation | None, set[int]] = defaultdict(set)
    for school in panel.organisations.values():
        schools[own.get(school.municipality or 0)].add(school.key)
    for territory in panel.territories.union(*map(_territories_of, panel.organisations.values())):
        schools[own.get(territory)].add(territory)
    return schools


def _territories_of(school: School) -> set[int]:
    return {key for key in (school.municipality, school.region) if key is not None}


@dataclass(frozen=True)
class _Answered:
    """What a method said with these parameters, or in `failure` why it said nothing."""

    parameters: Mapping[str, Any]
    outcome: Outcome | None = None
    failure: str = ""


def _answered(method: Method, panels: _Panels, place: Organisation | None, settings: list[MethodSetting]) -> _Answered:
    parameters: dict[str, Any] = {}
    try:
        parameters = parameters_of(method, place, known=settings)
        return _Answered(parameters, computed(method, panels.of(parameters[SCORE.key]), parameters))
    except BadParameter as bad:  # a municipality's folder asks for what cannot be
        return _Answered(parameters, failure=str(bad)[:300])
    except Exception as error:  # one method's fault must not take the others along; it is logged and shown
        log.exception("Method %s could not be computed", method.name)
        return _Answered(parameters, failure=type(error).__name__)


def _store(
    calculation: Calculation, method: Method, territory: Organisation | None, answered: _Answered, schools: set[int]
) -> MethodRun:
    """An outcome that cannot be kept (two results of one place, a sentence that fails) is a failure of its method."""
    if answered.outcome is not None:
        try:
            with transaction.atomic():
                run = _run(calculation, method, territory, answered)
                store(answered.outcome, method, run, schools)
                return run
        except Exception as error:  # one outcome that cannot be kept must not take the others along
            log.exception("What method %s said could not be kept", method.name)
            answered = _Answered(answered.parameters, failure=type(error).__name__)
    return _run(calculation, method, territory, answered)


def _run(calculation: Calculation, method: Method, territory: Organisation | None, answered: _Answered) -> MethodRun:
    said: dict[str, object] = {
        "version": version_of(method),
        "parameters": answered.parameters,
        "failure": answered.failure,
    }
    if answered.outcome is not None:
        said |= {
            "procedures": [vars(one) for one in answered.outcome.procedures],
            "not_computed": [vars(one) for one in answered.outcome.not_computed],
            "of_territory": dict(answered.outcome.territory),
        }
    run, _ = MethodRun.objects.update_or_create(
        calculation=calculation, method=method.name, territory=territory, defaults=said
    )
    return run
