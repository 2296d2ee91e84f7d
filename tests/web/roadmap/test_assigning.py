"""Due dates and assignments: given once, following dates, executors and lists, never touching what was begun."""

from collections.abc import Iterable
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from msoko.web.people import services as people_services
from msoko.web.people.models import AuditEntry, Organisation, Role
from msoko.web.people.words import ACTIONS
from msoko.web.roadmap.models import Activity, Assignment, Executor, Occurrence, Programme
from msoko.web.roadmap.reasons import CLOSED, DATES_CHANGED, EXCLUDED, EXECUTOR_CHANGED, GONE_TO_SCHOOLS, LEFT_THE_LIST
from msoko.web.roadmap.services.assigning import (
    NotInForce,
    assign,
    begin,
    horizon,
    occur,
    refresh_groups,
    settle,
    take_over,
)
from msoko.web.roadmap.services.executing import accept, cancel, postpone, reopen, report, return_, start
from tests.web.roadmap.making import OCTOBER, SEPTEMBER, TODAY, Place, activity, assigned, more_schools, person, place
from tests.web.roadmap.making import programme as programme_of
from tests.web.roadmap.test_resolving import found

pytestmark = pytest.mark.django_db
State = Assignment.State
NOVEMBER = ("2026-11-01", "2026-11-30")
NEXT_SEPTEMBER = ("2027-09-01", "2027-09-30")


@pytest.fixture
def here() -> Place:
    return place()


@pytest.fixture
def plan(here: Place) -> Programme:
    return programme_of(here.municipality)


@pytest.fixture
def department(here: Place) -> object:
    return person(Role.DEPARTMENT, here.municipality)


@pytest.fixture
def director(here: Place) -> object:
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


# ---- due dates


def test_every_window_is_a_due_date(plan: Programme) -> None:
    activity(plan, windows=[SEPTEMBER, OCTOBER])
    activity(plan, windows=[])
    settled = occur(plan)
    assert (settled.created, settled.removed, settled.told) == (2, 0, ())
    assert windows() == [SEPTEMBER, OCTOBER]


def test_the_same_windows_change_nothing(plan: Programme) -> None:
    activity(plan, windows=[SEPTEMBER, SEPTEMBER, OCTOBER])
    occur(plan)
    before = set(Occurrence.objects.values_list("pk", flat=True))
    entries = AuditEntry.objects.count()
    assert occur(plan).created == 0
    assert set(Occurrence.objects.values_list("pk", flat=True)) == before
    assert AuditEntry.objects.count() == entries


def test_a_draft_and_a_replaced_edition_have_no_due_dates(here: Place) -> None:
    for state in (Programme.State.DRAFT, Programme.State.SUPERSEDED, Programme.State.CLOSED):
        other = programme_of(here.municipality, state=state)
        activity(other)
        for order in (occur, lambda one: assign(one, TODAY), lambda one: refresh_groups(one, TODAY)):
            with pytest.raises(NotInForce):
                order(other)
    assert not Occurrence.objects.exists()


def test_a_window_that_is_gone_takes_its_untouched_assignments_along(plan: Programme) -> None:
    made = activity(plan)
    assigned(plan)
    settled = settle(plan_with(give(made, OCTOBER)), TODAY)
    assert windows() == [OCTOBER]
    assert Assignment.objects.count() == 3
    assert (settled.removed, settled.told) == (1, ())


def plan_with(made: Activity) -> Programme:
    return Programme.objects.get(pk=made.roadmap.programme_id)


def test_what_was_begun_under_a_window_that_is_gone_stays_and_is_told(
    plan: Programme, here: Place, director: object, department: object
) -> None:
    made = activity(plan, "Провести семинар")
    assigned(plan)
    report(of_school(here.schools[0]), director, done="Провели.")
    cancel([of_school(here.schools[1])], department, "Школа на ремонте")
    settled = settle(plan_with(give(made, OCTOBER)), TODAY)
    assert windows() == [SEPTEMBER, OCTOBER]
    kept = Assignment.objects.filter(occurrence__due=date(2026, 9, 30)).order_by("organisation__sort_key")
    assert [(one.organisation, one.state) for one in kept] == [
        (here.schools[0], State.REPORTED),
        (here.schools[1], State.CANCELLED),
    ]
    (told,) = settled.told
    assert told.replace("\u00a0", " ") == (
        "«Провести семинар»: срока 30.09.2026 в плане больше нет, но по нему начато 2 поручения — они остались."
    )
    again = settle(plan_with(made), TODAY)
    assert (again.created, again.removed) == (0, 0)


def test_settling_again_and_again_changes_nothing(plan: Programme) -> None:
    activity(plan, windows=[SEPTEMBER, OCTOBER], executors=["all_schools", "department"])
    settle(plan, TODAY)
    before = list(Assignment.objects.order_by("pk").values())
    entries = AuditEntry.objects.count()
    settled = settle(plan, TODAY)
    assert (settled.created, settled.removed, settled.told) == (0, 0, ())
    assert list(Assignment.objects.order_by("pk").values()) == before
    assert AuditEntry.objects.count() == entries


# ---- assignments


@pytest.mark.parametrize(
    ("today", "through"),
    [
        (date(2026, 1, 1), date(2026, 12, 31)),
        (date(2026, 11, 30), date(2026, 12, 31)),
        (date(2026, 12, 1), date(2027, 12, 31)),
        (date(2026, 12, 31), date(2027, 12, 31)),
    ],
)
def test_the_horizon_is_the_end_of_the_year_and_in_december_of_the_next_one(today: date, through: date) -> None:
    assert horizon(today) == through


def test_what_begins_by_the_horizon_is_given_and_the_rest_waits_for_its_year(plan: Programme) -> None:
    activity(plan, windows=[SEPTEMBER, NEXT_SEPTEMBER])
    assigned(plan)
    assert Assignment.objects.count() == 3
    assert plan.assigned_through == Programme.objects.get().assigned_through == date(2026, 12, 31)
    assert assign(plan, horizon(date(2027, 1, 1))) == 3
    assert Programme.objects.get().assigned_through == date(2027, 12, 31)


def test_a_whole_period_is_given_at_once_and_due_at_its_end(plan: Programme) -> None:
    activity(plan, windows=[("2026-01-01", "2027-12-31")])
    assert {one.due for one in assigned(plan)} == {date(2027, 12, 31)}


def test_what_was_due_before_the_programme_came_into_the_system_is_given_too(plan: Programme) -> None:
    activity(plan, windows=[("2026-01-01", "2026-01-31")])
    assert len(assigned(plan)) == 3


def test_giving_again_gives_nothing(plan: Programme) -> None:
    activity(plan)
    assigned(plan)
    assert assign(plan, horizon(TODAY)) == 0
    assert assign(plan, date(2025, 1, 1)) == 0
    assert Programme.objects.get().assigned_through == date(2026, 12, 31)


def test_an_assignment_says_who_it_is_in_the_words_of_the_document(plan: Programme, here: Place) -> None:
    activity(plan, executors=[("all_schools", "Руководители ОО")])
    assert {one.words for one in assigned(plan)} == {"Руководители ОО"}


def test_every_change_leaves_an_entry_with_a_russian_word(plan: Programme, here: Place) -> None:
    activity(plan, executors=["low_results"])
    assigned(plan)
    found(here.schools[0])
    refresh_groups(plan, TODAY)
    new = programme_of(here.municipality, previous=plan)
    take_over(plan, new, TODAY)
    actions = set(AuditEntry.objects.filter(subject_type="roadmap.programme").values_list("action", flat=True))
    assert actions == {"occurrences_settled", "assignments_given", "assignments_refreshed", "assignments_taken_over"}
    assert actions <= set(ACTIONS)


# ---- lists and executors that change


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
    plan: Programme, here: Place, director: object
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
    plan: Programme, here: Place, department: object
) -> None:
    activity(plan)
    assigned(plan)
    cancel([of_school(here.schools[0])], department, "Школа на ремонте")
    assert refresh_groups(plan, TODAY).created == 0
    assert of_school(here.schools[0]).state == State.CANCELLED


def test_what_a_person_has_taken_up_again_is_not_cancelled_by_itself(
    plan: Programme, here: Place, department: object
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


# ---- a new edition


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


def test_what_is_going_on_goes_to_the_new_edition_and_what_is_done_stays_and_is_not_asked_again(
    plan: Programme, here: Place, director: object, department: object
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
    plan: Programme, here: Place, director: object, department: object
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


def test_open_assignments_of_an_excluded_activity_are_cancelled_and_a_report_waits_for_its_verifier(
    plan: Programme, here: Place, director: object, department: object
) -> None:
    activity(plan)
    assigned(plan)
    handed = report(of_school(here.schools[0]), director, done="Провели.")
    new = programme_of(here.municipality, previous=plan)
    taken = take_over(plan, new, TODAY)
    assert (taken.moved, taken.cancelled) == (0, 2)
    cancelled = Assignment.objects.filter(state=State.CANCELLED)
    assert {one.reason for one in cancelled} == {EXCLUDED}
    assert accept(handed, department).state == State.ACCEPTED


def test_a_date_that_was_moved_takes_the_work_along(
    plan: Programme, here: Place, director: object, department: object
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
    plan: Programme, here: Place, director: object
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
    plan: Programme, here: Place, director: object, given_before: bool
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


# ---- how much it costs


def test_everything_asks_as_often_for_sixty_activities_and_schools_as_for_three(here: Place) -> None:
    asked: dict[str, list[int]] = {}
    for have, wanted in ((3, 3), (4, 60)):
        more_schools(have, wanted)
        plan = programme_of(here.municipality)
        for number in range(wanted):
            activity(plan, windows=[SEPTEMBER, OCTOBER], executors=["all_schools" if number % 9 == 0 else "department"])
        orders = {
            "occur": lambda plan=plan: occur(plan),
            "assign": lambda plan=plan: assign(plan, horizon(TODAY)),
            "refresh": lambda plan=plan: refresh_groups(plan, TODAY),
            "settle": lambda plan=plan: settle(plan, TODAY),
        }
        _ask(orders, asked)
        more_schools(wanted, wanted + 1)
        _ask({"refresh with a new school": orders["refresh"]}, asked)
        give(Activity.objects.filter(roadmap__programme=plan)[0], NOVEMBER)
        _ask({"occur with other dates": orders["occur"]}, asked)
        new = new_edition(plan)
        give(Activity.objects.filter(roadmap__programme=new)[0], OCTOBER)
        Activity.objects.filter(roadmap__programme=new).order_by("-pk")[0].delete()
        _ask({"take over": lambda plan=plan, new=new: take_over(plan, new, TODAY)}, asked)
    assert {name: counts for name, counts in asked.items() if counts[0] != counts[1]} == {}


def _ask(orders: dict, asked: dict[str, list[int]]) -> None:
    for name, order in orders.items():
        with CaptureQueriesContext(connection) as captured:
            order()
        asked.setdefault(name, []).append(len(captured))
