"""What the tests of assignments share: a programme in force, its people, questions to the records."""

from collections.abc import Iterable
from itertools import count

import pytest

from msoko.web.analysis.models import Finding
from msoko.web.people.models import Organisation, Role, User
from msoko.web.roadmap.models import Activity, Assignment, Occurrence, Programme
from tests.web.roadmap.making import Place, activity, person, place
from tests.web.roadmap.making import programme as programme_of

State = Assignment.State
LIST = "low_results.posterior"
NOVEMBER = ("2026-11-01", "2026-11-30")
_LATER = count()


@pytest.fixture
def here() -> Place:
    return place()


@pytest.fixture
def plan(here: Place) -> Programme:
    return programme_of(here.municipality)


@pytest.fixture
def department(here: Place) -> User:
    return person(Role.DEPARTMENT, here.municipality)


@pytest.fixture
def director(here: Place) -> User:
    return person(Role.SCHOOL, here.schools[0])


def windows(*of: Activity) -> list[tuple[str, str]]:
    rows = Occurrence.objects.filter(activity__in=of) if of else Occurrence.objects.all()
    return sorted((one.begins.isoformat(), one.due.isoformat()) for one in rows)


def names(states: Iterable[str] = (State.PLANNED,), of: Programme | None = None) -> list[str]:
    rows = Assignment.objects.filter(state__in=states).select_related("organisation").order_by("organisation__sort_key")
    if of is not None:
        rows = rows.filter(occurrence__activity__roadmap__programme=of)
    return [one.organisation.name for one in rows]


def of_school(school: Organisation, **more: object) -> Assignment:
    return Assignment.objects.get(organisation=school, **more)


def give(made: Activity, *pairs: tuple[str, str]) -> Activity:
    """Other dates, as a person would correct them."""
    Activity.objects.filter(pk=made.pk).update(windows=[list(one) for one in pairs])
    return made


def plan_with(made: Activity) -> Programme:
    return Programme.objects.get(pk=made.roadmap.programme_id)


def new_edition(old: Programme) -> Programme:
    """The same activities, each descended from its own; the old edition is replaced."""
    Programme.objects.filter(pk=old.pk).update(state=Programme.State.SUPERSEDED)
    new = programme_of(old.organisation, previous=old)
    for before in Activity.objects.filter(roadmap__programme=old).order_by("pk"):
        activity(
            new, before.title, windows=before.windows, evidence=before.evidence, descends_from=before,
            executors=[(one.kind, one.words) for one in before.executors.all()],
        )  # fmt: skip
    return new


def found(
    school: Organisation, state: str = "confirmed", year: int = 2026, method: str = LIST, **more: object
) -> Finding:
    return Finding.objects.create(
        method=method, year=2026, organisation=school, state=state, verdict="robust", version="1", digest="d",
        own_inputs="o", reason="обсудили", about=str(next(_LATER)), **more,
    )  # fmt: skip
