"""Accounts of the demonstration, and roles that fit their organisations."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from msoko.web.people import services
from msoko.web.people.models import User
from msoko.web.people.services import Impossible
from msoko.web.people.services.accounts import NotADemonstration
from tests.web.people.district import District

pytestmark = pytest.mark.django_db


def test_outside_a_demonstration_no_password_is_ever_printed(district: District, settings: Settings) -> None:
    settings.DEMONSTRATION = settings.DEBUG = False
    with pytest.raises(NotADemonstration):
        services.create_demo_accounts(district.home, district.first)
    assert not User.objects.exists()


def test_demonstration_accounts_are_the_same_at_every_start(district: District, settings: Settings) -> None:
    settings.DEMONSTRATION = True
    made = services.create_demo_accounts(district.home, district.first)
    assert services.create_demo_accounts(district.home, district.first) == made
    assert [one.email.partition("@")[0] for one in made] == ["admin", "district", "methodist", "school", "region"]
    for one in made:
        assert User.objects.get(email=one.email).check_password(one.password)
    page = Client().get(reverse("people:login")).content.decode()
    assert all(one.password in page for one in made)


def test_another_installation_has_other_passwords(district: District, settings: Settings) -> None:
    settings.DEMONSTRATION = True
    before = services.create_demo_accounts(district.home, district.first)
    settings.SECRET_KEY = "another key"
    after = services.create_demo_accounts(district.home, district.first)
    assert not {one.password for one in before} & {one.password for one in after}


def test_the_sign_in_page_of_a_real_installation_tells_no_passwords(district: District, settings: Settings) -> None:
    settings.DEMONSTRATION = True
    made = services.create_demo_accounts(district.home, district.first)
    settings.DEMONSTRATION = False
    page = Client().get(reverse("people:login")).content.decode()
    assert not any(one.password in page or one.email in page for one in made)


def test_a_role_is_held_in_an_organisation_of_its_kind_only(district: District) -> None:
    user = User.objects.create_user("a@people.example")
    for role, place in [("school", district.home), ("department", district.first), ("admin", district.region)]:
        with pytest.raises(Impossible):
            services.give_role(user, role, place, None)


def test_inviting_twice_makes_one_person(district: District) -> None:
    first = services.invite("A@people.example", "Анна", "school", district.first, None)
    second = services.invite(" a@PEOPLE.example", "Анна", "school", district.first, None)
    assert first == second
    assert first.memberships.count() == 1
