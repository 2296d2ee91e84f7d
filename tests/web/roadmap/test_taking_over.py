"""A new edition takes over what is not done; what is done stays and is not asked for again."""

from datetime import date

import pytest

from msoko.web.people.models import Role, User
from msoko.web.roadmap.models import Activity, Assignment, Executor, Programme
from msoko.web.roadmap.reasons import DATES_CHANGED, EXCLUDED
from msoko.web.roadmap.services.assigning import (
    begin,
    settle,
    take_over,
)
from msoko.web.roadmap.services.drafts import CannotChange
from msoko.web.roadmap.services.executing import accept, cancel, postpone, report, return_, start
from tests.web.roadmap.living import (
    NOVEMBER,
    State,
    department,
    director,
    give,
    here,
    names,
    new_edition,
    of_school,
    plan,
    windows,
)
from tests.web.roadmap.making import OCTOBER, SEPTEMBER, TODAY, Place, activity, assigned, person
from tests.web.roadmap.making import programme as programme_of

__all__ = ["department", "director", "here", "plan"]
pytestmark = pytest.mark.django_db


def test_what_is_going_on_goes_to_the_new_edition_and_what_is_done_stays_and_is_not_asked_again(
    plan: Programme, here: Place, director: User, department: User
) -> None:
    activity(plan)
    assigned(plan)
    accept(report(of_school(here.schools[0]), director, done="Провели."), department)
    start(of_school(here.schools[1]), person(Role.SCHOOL, here.schools[1]))
    keys = set(Assignment.objects.values_list("pk", flat=True))
    new = new_edition(plan)
    taken = take_over(plan, new, TODAY)
    assert (taken.moved, taken.cancelled) == (2, 0)
    assert names([State.ACCEPTED], plan) == [here.schools[0].name]
    assert names([State.IN_PROGRESS], new) == [here.schools[1].name]
    assert names([State.PLANNED], new) == [here.schools[2].name]
    assert set(Assignment.objects.values_list("pk", flat=True)) == keys


def test_what_was_done_two_editions_ago_is_not_asked_again(
    plan: Programme, here: Place, director: User, department: User
) -> None:
    activity(plan)
    assigned(plan)
    accept(report(of_school(here.schools[0]), director, done="Провели."), department)
    cancel([of_school(here.schools[1])], department, "Школа на ремонте")
    for _ in range(2):
        new = new_edition(plan)
        take_over(plan, new, TODAY)
        plan = new
        settle(plan, TODAY)
    assert names([State.PLANNED], plan) == [here.schools[2].name]
    assert Assignment.objects.count() == 3


def test_open_assignments_of_an_excluded_activity_are_cancelled_and_a_report_must_be_verified_before(
    plan: Programme, here: Place, director: User, department: User
) -> None:
    activity(plan)
    assigned(plan)
    handed = report(of_school(here.schools[0]), director, done="Провели.")
    new = programme_of(here.municipality, previous=plan)
    with pytest.raises(CannotChange, match="исключённым мероприятиям"):
        take_over(plan, new, TODAY)
    assert accept(handed, department).state == State.ACCEPTED
    taken = take_over(plan, new, TODAY)
    assert (taken.moved, taken.cancelled) == (0, 2)
    cancelled = Assignment.objects.filter(state=State.CANCELLED)
    assert {one.reason for one in cancelled} == {EXCLUDED}


def test_a_date_that_was_moved_takes_the_work_along(
    plan: Programme, here: Place, director: User, department: User
) -> None:
    made = activity(plan)
    assigned(plan)
    return_(report(of_school(here.schools[0]), director, done="Провели."), department, "Мало.")
    postpone([of_school(here.schools[1])], department, date(2026, 12, 20), "Карантин", "Начальник")
    Assignment.objects.update(overdue_noticed_at="2026-10-05T00:00:00Z")
    new = new_edition(plan)
    give(Activity.objects.get(descends_from=made), NOVEMBER)
    taken = take_over(plan, new, TODAY)
    assert (taken.moved, taken.cancelled) == (3, 0)
    rows = Assignment.objects.filter(occurrence__activity__roadmap__programme=new).order_by("organisation__sort_key")
    assert [(one.state, one.due, one.overdue_noticed_at is None) for one in rows] == [
        (State.RETURNED, date(2026, 11, 30), True),
        (State.POSTPONED, date(2026, 12, 20), False),
        (State.PLANNED, date(2026, 11, 30), True),
    ]
    assert Assignment.objects.count() == 3


def test_of_dates_that_were_dropped_what_was_begun_goes_on_and_the_rest_is_cancelled(
    plan: Programme, here: Place, director: User
) -> None:
    made = activity(plan, windows=[SEPTEMBER, OCTOBER])
    assigned(plan)
    start(of_school(here.schools[0], due=date(2026, 10, 31)), director)
    new = new_edition(plan)
    give(Activity.objects.get(descends_from=made), SEPTEMBER)
    take_over(plan, new, TODAY)
    assert windows(*Activity.objects.filter(roadmap__programme=new)) == [SEPTEMBER, OCTOBER]
    assert names([State.IN_PROGRESS], new) == [here.schools[0].name]
    assert {one.reason for one in Assignment.objects.filter(state=State.CANCELLED)} == {DATES_CHANGED}
    assert names([State.CANCELLED], plan) == [one.name for one in here.schools[1:]]
    settled = settle(new, TODAY)
    assert (settled.created, settled.removed, len(settled.told)) == (0, 0, 1)


def test_a_date_that_comes_back_in_a_third_edition_is_given_again(plan: Programme, here: Place) -> None:
    made = activity(plan, windows=[SEPTEMBER, OCTOBER])
    assigned(plan)
    second = new_edition(plan)
    shortened = give(Activity.objects.get(descends_from=made), SEPTEMBER)
    take_over(plan, second, TODAY)
    third = new_edition(second)
    give(Activity.objects.get(descends_from=shortened), SEPTEMBER, OCTOBER)
    take_over(second, third, TODAY)
    assert len(names([State.PLANNED], third)) == 6


def test_an_activity_that_was_added_is_given_out(plan: Programme, here: Place) -> None:
    activity(plan)
    assigned(plan)
    new = new_edition(plan)
    activity(new, "Новое", windows=[OCTOBER])
    take_over(plan, new, TODAY)
    assert len(names(of=new)) == 6


def test_executors_that_were_changed_follow(plan: Programme, here: Place) -> None:
    activity(plan)
    assigned(plan)
    new = new_edition(plan)
    Executor.objects.filter(activity__roadmap__programme=new).update(kind="department")
    take_over(plan, new, TODAY)
    assert names(of=new) == [here.municipality.name]
    assert names([State.CANCELLED], new) == [one.name for one in here.schools]


@pytest.mark.parametrize("given_before", [False, True])
def test_taking_over_may_be_ordered_after_giving_out_and_again(
    plan: Programme, here: Place, director: User, given_before: bool
) -> None:
    activity(plan)
    assigned(plan)
    start(of_school(here.schools[0]), director)
    new = new_edition(plan)
    if given_before:
        assigned(new)
    take_over(plan, new, TODAY)
    first = list(Assignment.objects.order_by("pk").values())
    take_over(plan, new, TODAY)
    assert list(Assignment.objects.order_by("pk").values()) == first
    assert (len(first), names([State.IN_PROGRESS], new)) == (3, [here.schools[0].name])


def test_an_edition_that_begins_takes_over_by_itself(plan: Programme, here: Place) -> None:
    activity(plan)
    begin(plan, TODAY)
    new = new_edition(plan)
    begin(new, TODAY)
    assert Assignment.objects.filter(occurrence__activity__roadmap__programme=new).count() == 3
    assert Assignment.objects.count() == 3
