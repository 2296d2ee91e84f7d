"""«Обзор» of a territory whose protocols are accepted and whose values are not computed yet, or of other years."""

import pytest
from django.test import Client

from msoko.core.collection.reading import Hints
from msoko.web.analysis.models import Finding
from msoko.web.analysis.services import dismiss
from msoko.web.monitoring.services import recompute_stale
from msoko.web.people import services
from msoko.web.people.models import Organisation, Role, User
from msoko.web.people.services import NewSchool
from tests.web.analysis.lists import client_of, region_of, sit, words
from tests.web.analysis.schools import school
from tests.web.collection.orders import taken
from tests.web.collection.protocols import LOGIN, OTHER, many, protocol

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Client:
    client = Client()
    client.force_login(services.create_admin("first@people.example"))
    return client


def overview(client: Client) -> str:
    return " ".join(client.get("/").content.decode().replace("&nbsp;", " ").replace("\u00a0", " ").split())


def test_before_values_are_computed_the_year_of_the_protocols_is_known(admin):
    taken(protocol(many(LOGIN, 2)))
    said = overview(admin)
    assert "Протоколы 2022 года есть у 1 из 1 школы." in said
    assert "None" not in said


def test_schools_that_handed_in_another_year_are_not_said_to_have_handed_in_nothing(admin):
    taken(protocol([*many(LOGIN, 2), *many(OTHER, 2)]), hints=Hints(year=2021), name="Математика, 5 класс.xlsx")
    taken(protocol(many(LOGIN, 3)))
    recompute_stale()
    said = overview(admin)
    assert "Протоколы 2022 года есть у 1 из 2 школ." in said
    assert "Нет протоколов 2022 года" in said
    assert "ни одного протокола" not in said


def seen_by_department(district: str) -> str:
    user = User.objects.create_user("department@people.example", None)
    services.give_role(user, Role.DEPARTMENT, Organisation.objects.get(name=district), None)
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return overview(client)


@pytest.fixture
def two_districts(db: None) -> None:
    region = services.ensure_territory("region", "Приозёрная область")
    for name in ("Аистовский район", "Бобровский район"):
        services.ensure_territory("municipality", name, region)
    claims = [(LOGIN, "Аистовский район"), (OTHER, "Бобровский район")]
    services.create_schools([NewSchool(login, f"Школа {login}", "", name) for login, name in claims])


def sat_with(ours: tuple[int, ...], theirs: tuple[int, ...]) -> None:
    """Pupils of the two districts, each with the score of the second task."""
    pupils = [one for login, scores in ((LOGIN, ours), (OTHER, theirs)) for s in scores for one in many(login, 6, s)]
    taken(protocol(pupils))
    recompute_stale()


def test_a_district_wholly_below_its_region_is_told_so_in_the_first_sentences(two_districts):
    sat_with(ours=(0, 0, 0, 1), theirs=(2, 2, 2, 1))
    said = seen_by_department("Аистовский район")
    assert "Из 1 работы 2022 года уверенно ниже региона — 1 (математика, 5 класс), уверенно выше — 0." in said


def test_a_difference_that_may_be_chance_is_on_neither_side(two_districts):
    sat_with(ours=(0, 2, 1, 1), theirs=(0, 2, 1, 2))
    said = seen_by_department("Аистовский район")
    assert "Из 1 работы 2022 года уверенно ниже региона — 0, уверенно выше — 0." in said


def test_new_findings_are_counted_for_the_department_and_told_to_the_school() -> None:
    region = region_of({LOGIN: "Слабая школа", OTHER: "Хорошая школа"})
    sit({LOGIN: (40, 30), OTHER: (40, 2)})
    said = words(client_of("department", region.home).get("/"))
    assert "Новых выводов 2022 года — 2, из них устойчивых — 2." in said
    assert "Что о вас заметила система" not in said
    said = words(client_of("school", school(LOGIN)).get("/"))
    assert "Что о вас заметила система" in said
    assert "Не справились 75 % (30 из 40;" in said
    said = words(client_of("school", school(OTHER), "other@people.example").get("/"))
    assert "заметила" not in said


def test_a_dismissed_finding_is_no_longer_told() -> None:
    region = region_of({LOGIN: "Слабая школа"})
    sit({LOGIN: (40, 30)})
    for finding in Finding.objects.filter(superseded_at=None):
        dismiss(finding, None, "один класс болел")
    assert "Новых выводов" not in words(client_of("department", region.home).get("/"))
    assert "заметила" not in words(client_of("school", school(LOGIN)).get("/"))
