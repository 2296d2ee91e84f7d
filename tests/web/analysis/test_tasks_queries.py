"""«Задания» asks the database as often for sixty schools as for three."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.web.analysis.lists import YEAR, client_of, region_of, sit
from tests.web.analysis.schools import school

pytestmark = pytest.mark.django_db
SIZES = (3, 18, 60)
FOREIGN = "sch990999"


def test_the_number_of_queries_does_not_depend_on_the_number_of_schools() -> None:
    logins = [f"sch{991000 + number}" for number in range(max(SIZES))]
    region = region_of({login: f"Школа {login}" for login in logins}, {FOREIGN: "Чужая школа"})
    clients = {
        "department": client_of("department", region.home),
        "ministry": client_of("region", region.region),
        "school": client_of("school", school(logins[0])),
    }
    counted: dict[str, list[int]] = {}
    for size in SIZES:
        sat = {login: (20, 15 if number % 3 else 1) for number, login in enumerate(logins[: size - 1])}
        sit(sat | {logins[size - 1]: (4, 1), FOREIGN: (30, 3)}, YEAR)
        for who, client in clients.items():
            for query in ("", "?rows=schools", "?rows=schools&table=rows&format=csv"):
                counted.setdefault(f"{who} {query}", []).append(_queries(client, reverse("analysis:tasks") + query))
    assert min(min(counts) for counts in counted.values()) > 0
    assert {page: counts for page, counts in counted.items() if len(set(counts)) > 1} == {}


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert answer.status_code == 200, address
    return len(captured)
