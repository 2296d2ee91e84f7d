"""Pages of this room ask the database as often for sixty schools as for three."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.web.analysis.lists import YEAR, client_of, region_of, sit

pytestmark = pytest.mark.django_db
SIZES = (3, 18, 60)


def test_the_number_of_queries_does_not_depend_on_the_number_of_schools() -> None:
    logins = [f"sch{991000 + number}" for number in range(max(SIZES))]
    region = region_of({login: f"Школа {login}" for login in logins})
    clients = {
        "department": client_of("department", region.home),
        "ministry": client_of("region", region.region),
    }
    counted: dict[str, list[int]] = {}
    for size in SIZES:
        for year in (YEAR - 1, YEAR):
            sit({login: (20, 15 if number % 3 else 1) for number, login in enumerate(logins[:size], year)}, year)
        for who, client in clients.items():
            for address in _addresses(logins[0]):
                counted.setdefault(f"{who} {address.split('?')[0]}", []).append(_queries(client, address))
    assert min(min(counts) for counts in counted.values()) > 0
    assert {page: counts for page, counts in counted.items() if len(set(counts)) > 1} == {}


def _addresses(login: str) -> tuple[str, ...]:
    support = reverse("analysis:support")
    return (
        support,
        f"{support}?min_n=1&list-page=all",
        reverse("analysis:methods"),
        reverse("analysis:method", args=["low_results.share_30"]),
    )


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert answer.status_code == 200, address
    return len(captured)
