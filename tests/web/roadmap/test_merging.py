"""Two records of one school are merged: its programmes and what it has begun go where its people went."""

import pytest

from msoko.web.people.models import Role, User
from msoko.web.people.services import merge
from msoko.web.roadmap.models import Assignment, Evidence, Programme
from msoko.web.roadmap.reasons import MERGED
from msoko.web.roadmap.services.assigning import refresh_groups
from msoko.web.roadmap.services.evidence_files import add_link
from msoko.web.roadmap.services.executing import accept, report, start
from tests.web.roadmap.living import State, department, director, here, of_school, plan
from tests.web.roadmap.making import TODAY, Place, activity, assigned, person
from tests.web.roadmap.making import programme as programme_of

__all__ = ["department", "director", "here", "plan"]
pytestmark = pytest.mark.django_db


def merged(here: Place) -> None:
    """The first school's record was a duplicate of the second's."""
    merge(here.schools[0], here.schools[1], None, "одна школа")


def states(here: Place) -> dict[int, list[str]]:
    """Of the duplicate and of the school that it was a duplicate of."""
    return {
        number: sorted(Assignment.objects.filter(organisation=here.schools[number]).values_list("state", flat=True))
        for number in (0, 1)
    }


def test_what_was_begun_goes_with_the_people_and_can_be_finished(plan: Programme, here: Place, director: User) -> None:
    activity(plan)
    assigned(plan)
    start(of_school(here.schools[0]), director)
    merged(here)
    assert states(here) == {0: [], 1: [State.IN_PROGRESS]}
    assert report(of_school(here.schools[1]), director, done="Провели.")


def test_of_two_untouched_assignments_one_is_left(plan: Programme, here: Place) -> None:
    activity(plan)
    assigned(plan)
    merged(here)
    assert states(here) == {0: [], 1: [State.PLANNED]}
    settled = refresh_groups(plan, TODAY)
    assert (settled.created, settled.removed) == (0, 0)


def test_what_both_have_begun_is_gone_on_with_once_and_nothing_handed_in_is_lost(
    plan: Programme, here: Place, director: User
) -> None:
    activity(plan)
    assigned(plan)
    add_link(of_school(here.schools[0]), director, "https://school.example/1")
    start(of_school(here.schools[1]), person(Role.SCHOOL, here.schools[1]))
    merged(here)
    assert states(here) == {0: [State.CANCELLED], 1: [State.IN_PROGRESS]}
    assert of_school(here.schools[0]).reason == MERGED
    assert Evidence.objects.get().assignment == of_school(here.schools[0])


def test_a_report_of_the_duplicate_that_waits_is_still_verified(
    plan: Programme, here: Place, director: User, department: User
) -> None:
    activity(plan)
    assigned(plan)
    handed = report(of_school(here.schools[0]), director, done="Провели.")
    start(of_school(here.schools[1]), person(Role.SCHOOL, here.schools[1]))
    merged(here)
    assert accept(handed, department).state == State.ACCEPTED


def test_the_schools_own_programme_goes_along(here: Place, director: User) -> None:
    own = programme_of(here.schools[0], "План школы")
    activity(own)
    assigned(own)
    merged(here)
    assert Programme.objects.get().organisation == here.schools[1]
    assert report(of_school(here.schools[1]), director, done="Провели.")
