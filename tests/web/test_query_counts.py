"""A page asks the database as often for sixty schools as for three."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from msoko.web.collection.models import Procedure
from msoko.web.monitoring.services import recompute_stale
from msoko.web.people import services
from msoko.web.people.models import Organisation, Role
from tests.web.collection.conftest import home
from tests.web.collection.orders import taken
from tests.web.collection.protocols import many_schools, protocol

__all__ = ["home"]
pytestmark = pytest.mark.django_db
SIZES = (3, 18, 60)
TABS = ("schools", "scores", "journal", "items", "classes", "years")
REGION, HOME, OTHER = "Приозёрная область", "Приречный район", "город Заречный"


def test_the_number_of_queries_does_not_depend_on_the_number_of_schools(home: Path) -> None:
    region = services.ensure_territory("region", REGION)
    own, _ = (services.ensure_territory("municipality", name, region) for name in (HOME, OTHER))
    department, ministry = _signed_in(Role.DEPARTMENT, own), _signed_in(Role.REGION, region)
    counted: dict[str, list[int]] = {}
    for schools in SIZES:
        _hand_in(schools)
        for address in _addresses():
            counted.setdefault(f"department {address}", []).append(_queries(department, address))
            if "classes" not in address:
                counted.setdefault(f"ministry {address}", []).append(_queries(ministry, address))
    assert min(min(counts) for counts in counted.values()) > 0
    assert {page: counts for page, counts in counted.items() if len(set(counts)) > 1} == {}


def _hand_in(schools: int) -> None:
    """One protocol that holds so many schools, each with two classes; the first school is of the other municipality."""
    pupils = [
        replace(
            one, school=f"Школа {one.login}", region=REGION, municipality=OTHER if one.login == "sch990001" else HOME
        )
        for class_label in ("5А", "5Б")
        for one in (replace(pupil, class_label=class_label) for pupil in many_schools(schools))
    ]
    taken(protocol(pupils))
    recompute_stale()
    assert Organisation.objects.schools().filter(municipality__name=HOME).count() == schools - 1


def _addresses() -> Iterator[str]:
    procedure = Procedure.objects.get().pk
    yield from (reverse(name) for name in ("cycles:overview", "collection:data", "monitoring:results"))
    yield reverse("people:organisations")
    yield reverse("monitoring:procedure", args=[procedure])
    yield from (reverse("monitoring:procedure", args=[procedure, tab]) for tab in TABS)
    for page in ("monitoring:school", "analysis:school"):
        yield reverse(page, args=[Organisation.objects.get(keys__key="sch990002").pk])


def _signed_in(role: str, organisation: Organisation) -> Client:
    client = Client()
    person = services.invite(f"{role}@people.example", "Человек", role, organisation, None)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert answer.status_code == 200, address
    return len(captured)
