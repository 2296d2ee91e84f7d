"""Who is there in the tests of an assignment's page: an assignment of a school, its director, the department."""

from pathlib import Path

import pytest
from django.test import Client

from msoko.web.people.models import Role
from msoko.web.roadmap.models import Assignment
from tests.web.roadmap.assignment_deeds import given
from tests.web.roadmap.making import Place, client_of, person, place


@pytest.fixture(autouse=True)
def evidence_folder(settings: object, tmp_path: Path) -> None:
    settings.EVIDENCE = tmp_path / "evidence"


@pytest.fixture
def here() -> Place:
    return place()


@pytest.fixture
def own(here: Place) -> Assignment:
    """The first school's, with a required order and report."""
    return given(here, evidence=["приказ", "справка"])


@pytest.fixture
def director(here: Place) -> Client:
    return client_of(person(Role.SCHOOL, here.schools[0]))


@pytest.fixture
def department(here: Place) -> Client:
    return client_of(person(Role.DEPARTMENT, here.municipality))
