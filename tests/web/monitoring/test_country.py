"""Who looks at the country chooses a region: results of different regions are not added up, and not said to be none."""

import pytest
from django.test import Client
from django.urls import reverse

from msoko.web.collection.models import Procedure
from msoko.web.monitoring.services import recompute_stale
from msoko.web.people import services
from msoko.web.people.models import Organisation, User
from msoko.web.people.services import NewSchool
from tests.web.collection.orders import taken
from tests.web.collection.protocols import LOGIN, OTHER, many, protocol

pytestmark = pytest.mark.django_db
REGIONS = {"Приозёрная область": LOGIN, "Заречный край": OTHER}


@pytest.fixture
def admin() -> Client:
    claims = []
    for place, (name, login) in enumerate(REGIONS.items()):
        region = services.ensure_territory("region", name)
        services.ensure_territory("municipality", f"Район {place}", region)
        claims.append(NewSchool(login, f"Школа {place}", "", f"Район {place}", name))
    services.create_schools(claims)
    taken(protocol([*many(LOGIN, 12), *many(OTHER, 12)]))
    recompute_stale()
    user = User.objects.create_user("admin@people.example", None, is_superuser=True)
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def test_the_regions_with_results_are_offered(admin: Client) -> None:
    addresses = [reverse("monitoring:results"), reverse("monitoring:procedure", args=[Procedure.objects.get().pk])]
    for address in addresses:
        said = admin.get(address).content.decode().replace("\xa0", " ").replace("&nbsp;", " ")
        assert "Результаты разных регионов не складываются: выберите регион." in said
        assert "Результатов пока нет" not in said
        for region in Organisation.objects.filter(kind="region", name__in=REGIONS):
            assert f'territory={region.pk}">{region.name}<' in said
            assert "1 процедура" in said


def test_a_region_of_its_own_page_offers_no_other(admin: Client) -> None:
    region = Organisation.objects.get(name="Заречный край")
    said = admin.get(reverse("monitoring:results"), {"territory": region.pk}).content.decode()
    assert "выберите регион" not in said
    assert "Математика" in said or "математика" in said
