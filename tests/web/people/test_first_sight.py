"""What an administrator looks at first, from a system with nothing in it to one with several districts."""

import pytest

from msoko.web.people import services
from msoko.web.people.models import Organisation, User
from msoko.web.people.services import NewSchool
from msoko.web.people.sight import sight_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> User:
    return services.create_admin("first@people.example")


def seen_first(user: User) -> Organisation:
    territory = sight_of(User.objects.get(pk=user.pk)).territory
    assert territory is not None
    return territory


def test_with_nothing_there_is_only_the_country(admin):
    assert seen_first(admin) == services.root()


def test_schools_of_a_first_protocol_are_seen_at_once_before_they_are_placed(admin):
    made = services.create_schools([NewSchool("sch990001", "СОШ № 1"), NewSchool("sch990002", "СОШ № 2")])
    seen = seen_first(admin)
    assert seen.is_placeholder
    assert all(seen.holds(school) for school in made.values())


def test_a_real_district_goes_before_schools_without_one(admin):
    services.create_schools([NewSchool("sch990001", "СОШ № 1")])
    district = services.found_municipality("Приречный район", "Приозёрская область")
    assert seen_first(admin) == district


def test_of_several_districts_their_region_is_seen_and_of_several_regions_the_country(admin):
    for name in ("Приречный район", "город Заречный"):
        services.found_municipality(name, "Приозёрская область")
    assert seen_first(admin).name == "Приозёрская область"
    services.found_municipality("Лесной район", "Лесная область")
    assert seen_first(admin) == services.root()


def test_of_several_districts_of_a_register_without_regions_all_are_seen_at_once(admin):
    rows = [
        {"short_name": f"СОШ № {number}", "municipality": name, "logins": [f"sch99000{number}"]}
        for number, name in enumerate(("Приречный район", "город Заречный"), 1)
    ]
    services.import_register(rows)
    seen = seen_first(admin)
    assert all(seen.holds(school) for school in Organisation.objects.filter(kind="school"))
    assert seen.kind == "region"
