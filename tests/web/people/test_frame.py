"""What stands in the frame of every page: the territories to choose from."""

import pytest
from django.test import Client

from msoko.web.people import services
from msoko.web.people.services import NewSchool

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Client:
    client = Client()
    client.force_login(services.create_admin("first@people.example"))
    return client


def offered(client: Client) -> list[str]:
    return [one["title"] for one in client.get("/schools/").context["territories"]]


def test_territories_to_choose_from_stand_by_the_alphabet_below_their_region_and_temporary_ones_last(admin):
    services.create_schools([NewSchool("sch990001", "СОШ № 1")])
    for number in range(11, 0, -1):
        services.found_municipality(f"Район № {number}", "Приозёрская область")
    services.found_municipality("Заречный район", "Береговая область")
    districts = [f"Район № {number}" for number in range(1, 12)]
    assert offered(admin) == [
        "Россия", "Береговая область", "Заречный район", "Приозёрская область", *districts,
        "Без региона", "Без муниципалитета",
    ]  # fmt: skip
