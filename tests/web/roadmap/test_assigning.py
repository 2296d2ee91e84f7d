"""Due dates and assignments: given once, following dates, never touching what was begun."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from msoko.web.people.models import AuditEntry, User
from msoko.web.people.words import ACTIONS
from msoko.web.roadmap.models import Activity, Assignment, Occurrence, Programme
from msoko.web.roadmap.services.assigning import (
    NotInForce,
    assign,
    horizon,
    occur,
    refresh_groups,
    settle,
    take_over,
)
from msoko.web.roadmap.services.executing import cancel, report
from tests.web.roadmap.living import (
    NOVEMBER,
    State,
    department,
    director,
    found,
    give,
    here,
    new_edition,
    of_school,
    plan,
    plan_with,
    windows,
)
from tests.web.roadmap.making import OCTOBER, SEPTEMBER, TODAY, Place, activity, assigned, more_schools
from tests.web.roadmap.making import programme as programme_of

__all__ = ["department", "director", "here", "plan"]
pytestmark = pytest.mark.django_db
NEXT_SEPTEMBER = ("2027-09-01", "2027-09-30")


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


def test_what_was_begun_under_a_window_that_is_gone_stays_and_is_told(
    plan: Programme, here: Place, director: User, department: User
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
