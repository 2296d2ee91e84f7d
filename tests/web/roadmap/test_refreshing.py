"""Assignments follow lists of schools and corrected executors, and never touch what people have begun."""

from datetime import date

import pytest

from msoko.web.people import services as people_services
from msoko.web.people.models import User
from msoko.web.roadmap.models import Assignment, Executor, Programme
from msoko.web.roadmap.reasons import CLOSED, EXECUTOR_CHANGED, GONE_TO_SCHOOLS, LEFT_THE_LIST
from msoko.web.roadmap.services.assigning import (
    refresh_groups,
    settle,
)
from msoko.web.roadmap.services.executing import cancel, reopen, start
from tests.web.roadmap.living import (
    State,
    department,
    director,
    found,
    here,
    names,
    of_school,
    plan,
)
from tests.web.roadmap.making import SEPTEMBER, TODAY, Place, activity, assigned, more_schools

__all__ = ["department", "director", "here", "plan"]
pytestmark = pytest.mark.django_db


def test_a_school_that_comes_on_the_list_gets_what_is_not_yet_due(plan: Programme, here: Place) -> None:
    found(here.schools[0])
    activity(plan, windows=[("2026-08-01", "2026-08-31"), SEPTEMBER], executors=["low_results"])
    assigned(plan)
    found(here.schools[1])
    assert refresh_groups(plan, TODAY).created == 1
    assert of_school(here.schools[1]).due == date(2026, 9, 30)
    assert refresh_groups(plan, TODAY).created == 0


def test_on_its_due_date_an_assignment_is_still_given(plan: Programme, here: Place) -> None:
    activity(plan, executors=["low_results"])
    assigned(plan)
    found(here.schools[1])
    assert refresh_groups(plan, date(2026, 10, 1)).created == 0
    assert refresh_groups(plan, date(2026, 9, 30)).created == 1


def test_a_school_that_left_the_list_has_its_planned_work_cancelled_with_the_reason(
    plan: Programme, here: Place
) -> None:
    findings = [found(school) for school in here.schools[:2]]
    activity(plan, executors=["low_results"])
    assigned(plan)
    findings[0].delete()
    assert refresh_groups(plan, TODAY).removed == 1
    left = of_school(here.schools[0])
    assert (left.state, left.reason) == (State.CANCELLED, LEFT_THE_LIST)
    assert of_school(here.schools[1]).state == State.PLANNED


def test_a_school_that_comes_back_gets_its_assignment_back(plan: Programme, here: Place) -> None:
    finding = found(here.schools[0])
    found(here.schools[1])
    activity(plan, executors=["low_results"])
    assigned(plan)
    finding.delete()
    refresh_groups(plan, TODAY)
    found(here.schools[0])
    assert refresh_groups(plan, TODAY).created == 1
    assert (of_school(here.schools[0]).state, of_school(here.schools[0]).reason) == (State.PLANNED, "")


def test_work_that_was_begun_is_never_taken_from_a_school_that_left(
    plan: Programme, here: Place, director: User
) -> None:
    finding = found(here.schools[0])
    found(here.schools[1])
    activity(plan, executors=["low_results"])
    assigned(plan)
    start(of_school(here.schools[0]), director)
    finding.delete()
    settled = refresh_groups(plan, TODAY)
    assert (settled.removed, len(settled.told)) == (0, 1)
    assert of_school(here.schools[0]).state == State.IN_PROGRESS


def test_what_a_person_has_cancelled_does_not_come_back_by_itself(
    plan: Programme, here: Place, department: User
) -> None:
    activity(plan)
    assigned(plan)
    cancel([of_school(here.schools[0])], department, "Школа на ремонте")
    assert refresh_groups(plan, TODAY).created == 0
    assert of_school(here.schools[0]).state == State.CANCELLED


def test_what_a_person_has_taken_up_again_is_not_cancelled_by_itself(
    plan: Programme, here: Place, department: User
) -> None:
    finding = found(here.schools[0])
    found(here.schools[1])
    activity(plan, executors=["low_results"])
    assigned(plan)
    finding.delete()
    refresh_groups(plan, TODAY)
    reopen([of_school(here.schools[0])], department, "Просила сама школа.")
    refresh_groups(plan, TODAY)
    assert of_school(here.schools[0]).state == State.PLANNED


def test_until_there_is_a_list_the_department_keeps_it_and_then_the_schools_have_it(
    plan: Programme, here: Place
) -> None:
    activity(plan, executors=["low_results"])
    assigned(plan)
    assert names() == [here.municipality.name]
    found(here.schools[0])
    refresh_groups(plan, TODAY)
    assert names() == [here.schools[0].name]
    assert of_school(here.municipality).reason == GONE_TO_SCHOOLS


def test_a_new_school_gets_what_all_schools_have_and_a_closed_one_loses_it(plan: Programme, here: Place) -> None:
    activity(plan)
    assigned(plan)
    more_schools(3, 4)
    people_services.close(here.schools[0], None)
    settled = refresh_groups(plan, TODAY)
    assert (settled.created, settled.removed) == (1, 1)
    assert of_school(here.schools[0]).reason == CLOSED


def test_an_executor_that_a_person_has_corrected_takes_the_others_place(plan: Programme, here: Place) -> None:
    activity(plan, executors=["department"])
    assigned(plan)
    Executor.objects.update(kind="methodist", by_person=True)
    settle(plan, TODAY)
    assert {(one.body, one.state, one.reason) for one in Assignment.objects.all()} == {
        ("department", State.CANCELLED, EXECUTOR_CHANGED),
        ("methodist", State.PLANNED, ""),
    }


SIGNAL = "objectivity.bunching"


def test_assignments_of_schools_with_confirmed_signals_follow_the_decisions(plan: Programme, here: Place) -> None:
    activity(plan, executors=[("objectivity", "Школы с признаками необъективности")])
    assigned(plan)
    assert names() == [here.municipality.name]
    finding = found(here.schools[1], method=SIGNAL)
    refresh_groups(plan, TODAY)
    assert names() == [here.schools[1].name]
    assert of_school(here.municipality).reason == GONE_TO_SCHOOLS
    finding.delete()
    found(here.schools[2], method=SIGNAL)
    refresh_groups(plan, TODAY)
    assert names() == [here.schools[2].name]
    assert of_school(here.schools[1]).reason == LEFT_THE_LIST
