"""Pages of signals ask the database as often for sixty schools as for three."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from msoko.core.analysis.outcome import Verdict
from msoko.web.analysis.models import Finding, MethodRun
from msoko.web.analysis.signal_cards import signals_in_force
from tests.web.analysis.lists import client_of, region_of, sit
from tests.web.analysis.schools import school
from tests.web.analysis.signals import BUNCHING, PERSON_FIT, finding_by, finding_of_class, run_of

pytestmark = pytest.mark.django_db
SIZES = (3, 18, 60)
VERDICTS = (Verdict.ROBUST, Verdict.LIKELY, Verdict.DOUBTFUL)


def test_the_number_of_queries_does_not_depend_on_the_number_of_schools() -> None:
    logins = [f"sch{991000 + number}" for number in range(max(SIZES))]
    region = region_of({login: f"Школа {login}" for login in logins})
    clients = {"department": client_of("department", region.home), "ministry": client_of("region", region.region)}
    counted: dict[str, list[int]] = {}
    for size in SIZES:
        MethodRun.objects.all().delete()
        Finding.objects.all().delete()
        runs = {one.name: run_of(one.name, region.region) for one in signals_in_force()}
        for number, login in enumerate(logins[:size]):
            for name in (BUNCHING, PERSON_FIT):
                of_class = name == PERSON_FIT
                tell = finding_of_class if of_class else finding_by
                tell(runs[name], school(login), *(["5А"] if of_class else []), VERDICTS[number % len(VERDICTS)])
        for who, client in clients.items():
            for address in _addresses():
                counted.setdefault(f"{who} {address}", []).append(_queries(client, address))
    assert min(min(counts) for counts in counted.values()) > 0
    assert {page: counts for page, counts in counted.items() if len(set(counts)) > 1} == {}


def _addresses() -> tuple[str, ...]:
    signals = [reverse("analysis:signal", args=[name]) for name in (BUNCHING, PERSON_FIT)]
    return (reverse("analysis:objectivity"), *signals, f"{signals[0]}?verdict=likely&list-page=all")


def test_the_pictures_of_a_finding_take_as_many_queries_in_a_large_municipality_as_in_a_small_one() -> None:
    logins = [f"sch{991000 + number}" for number in range(max(SIZES))]
    region = region_of({login: f"Школа {login}" for login in logins})
    department = client_of("department", region.home)
    counts = []
    for size in SIZES:
        sit(dict.fromkeys(logins[:size], (20, 15)))
        found = Finding.objects.filter(
            method="low_results.posterior", organisation=school(logins[0]), superseded_at=None
        )
        counts.append(_queries(department, reverse("analysis:finding", args=[found.get().pk])))
    assert len(set(counts)) == 1, counts


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert answer.status_code == 200, address
    return len(captured)
