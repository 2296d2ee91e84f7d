"""Findings of signals laid down by hand: what a page shows of them does not depend on how they were computed."""

from typing import Any

from msoko.core.analysis.outcome import Verdict
from msoko.web.analysis.models import Calculation, Finding, MethodRun
from msoko.web.analysis.services.calculating import fingerprint_of_everything
from msoko.web.collection.models import Procedure
from msoko.web.people.models import Organisation
from tests.web.analysis.lists import YEAR

PERSON_FIT, BUNCHING, MISMATCH = "objectivity.person_fit", "objectivity.bunching", "objectivity.journal_mismatch"
WORK = {
    "procedure": 1,
    "kind": "vpr",
    "subject": "mathematics",
    "name": "математика",
    "by": "по математике",
    "grade": 5,
    "year": YEAR,
}


def work_of(procedure: Procedure) -> dict[str, Any]:
    """What a statistic keeps of a work (`Procedure.told()` of the core)."""
    of_procedure = {key: getattr(procedure, key) for key in ("kind", "subject", "grade", "year")}
    return {**WORK, "procedure": procedure.pk, **of_procedure}


def run_of(method: str, region: Organisation, year: int = YEAR, **said: Any) -> MethodRun:
    """How a method came out in a year; at least one procedure was judged unless it is said otherwise."""
    fresh = {"state": Calculation.State.FRESH, "inputs": fingerprint_of_everything()}
    calculation, _ = Calculation.objects.get_or_create(region=region, year=year, defaults=fresh)
    judged = [{"procedure": 1, "eligible": 3, "flagged": [], "reference": {}}]
    told = {"version": "v1", "procedures": judged, **said}
    return MethodRun.objects.update_or_create(calculation=calculation, method=method, territory=None, defaults=told)[0]


def finding_by(run: MethodRun, school: Organisation, verdict: Verdict, **said: Any) -> Finding:
    """A current finding with a sentence of its own."""
    told: dict[str, Any] = {"statistic": {"n": 40}, "sentence": f"О школе {school.pk}.", "strength": 3.0, **said}
    return Finding.objects.create(
        method=run.method,
        year=run.calculation.year,
        organisation=school,
        run=run,
        version=run.version,
        verdict=verdict,
        digest=f"{school.pk}{told.get('about', '')}",
        own_inputs=str(school.pk),
        **told,
    )


def finding_of_class(
    run: MethodRun, school: Organisation, label: str, verdict: Verdict = Verdict.LIKELY, **said: Any
) -> Finding:
    """A finding about a class, which is named everywhere where it can be."""
    works = [{**WORK, "n": 21, "observed": 9.0, "expected": 2.1, "z": 3.5}]
    told = {
        "about": label,
        "statistic": {"class": label, "n": 21, "p": 0.001, "unusual": 9, "sat": 21, "expected": 2.1, "works": works},
        "sentence": f"{label} класс: необычных работ — 9 из 21.",
        "inputs": [[1, school.pk, label, "hash"]],
        "low": 0.2,
        "high": 0.9,
        **said,
    }
    return finding_by(run, school, verdict, **told)
