"""Files behind the numbers: named to everybody who reads the numbers, opened by those who see the file."""

import pytest
from django.test import Client
from django.urls import reverse

from msoko.web.collection.models import Batch, Procedure
from msoko.web.monitoring.services import recompute_stale
from tests.web.collection.orders import taken
from tests.web.collection.protocols import LOGIN, NAME, many, protocol
from tests.web.people.district import grown_district, invited_people

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("role", "opens"), [("department", False), ("school", False), ("admin", True)])
def test_a_file_that_came_by_the_shell_is_named_to_all_and_a_link_to_the_administrator(role: str, opens: bool) -> None:
    """A link that answers «Такой страницы нет» tells a person that something is broken."""
    people = invited_people(grown_district())
    taken(protocol(many(LOGIN, 12)))
    recompute_stale()
    client = Client()
    client.force_login(people[role], "django.contrib.auth.backends.ModelBackend")
    address = reverse("collection:batch", args=[Batch.objects.get().pk])
    said = client.get(reverse("monitoring:procedure", args=[Procedure.objects.get().pk])).content.decode()
    assert NAME in said
    assert (f'href="{address}"' in said) == opens == (client.get(address).status_code == 200)
