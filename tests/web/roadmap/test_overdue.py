"""Overdue: past the due date, open and not yet noticed; noticed once, however late somebody looks."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from msoko.web.people.models import AuditEntry, Role
from msoko.web.roadmap.models import Assignment
from msoko.web.roadmap.services.executing import postpone, report, return_
from msoko.web.roadmap.services.overdue import notice_overdue, overdue
from tests.web.roadmap.making import Place, activity, assigned, more_schools, person, place, programme

pytestmark = pytest.mark.django_db
DUE = date(2026, 9, 30)
DAY_AFTER = DUE + timedelta(days=1)
State = Assignment.State


@pytest.fixture
def here() -> Place:
    where = place()
    plan = programme(where.municipality)
    activity(plan)
    assigned(plan)
    return where


def noticed() -> int:
    return Assignment.objects.exclude(overdue_noticed_at=None).count()


def test_on_the_due_date_nothing_is_overdue_and_the_day_after_everything_is(here: Place) -> None:
    assert notice_overdue(DUE) == 0
    assert notice_overdue(DAY_AFTER) == 3
    assert noticed() == 3


def test_it_is_noticed_once(here: Place) -> None:
    notice_overdue(DAY_AFTER)
    assert notice_overdue(DAY_AFTER) == 0
    assert notice_overdue(DAY_AFTER + timedelta(days=1)) == 0


def test_days_on_which_nobody_looked_lose_nothing(here: Place) -> None:
    assert notice_overdue(DUE + timedelta(days=400)) == 3


@pytest.mark.parametrize(
    ("state", "is_overdue"),
    [(one, one in Assignment.OPEN) for one in sorted(State.values)],
)
def test_only_what_the_executor_still_has_to_do_is_overdue(here: Place, state: str, is_overdue: bool) -> None:
    Assignment.objects.update(state=state)
    assert notice_overdue(DAY_AFTER) == (3 if is_overdue else 0)
    assert Assignment.objects.filter(overdue(DAY_AFTER)).exists() is is_overdue


def test_what_was_postponed_is_noticed_anew_when_the_new_date_has_passed(here: Place) -> None:
    notice_overdue(DAY_AFTER)
    mine = Assignment.objects.filter(organisation=here.schools[0])
    postpone(mine, person(Role.DEPARTMENT, here.municipality), date(2026, 11, 1), "Карантин", "Начальник")
    assert notice_overdue(date(2026, 11, 1)) == 0
    assert notice_overdue(date(2026, 11, 2)) == 1


def test_a_report_returned_after_the_due_date_is_noticed(here: Place) -> None:
    mine = Assignment.objects.get(organisation=here.schools[0])
    handed = report(mine, person(Role.SCHOOL, here.schools[0]), done="Провели урок.")
    assert notice_overdue(DAY_AFTER) == 2
    return_(handed, person(Role.METHODIST, here.municipality), "Мало.")
    assert notice_overdue(DAY_AFTER) == 1


def test_two_who_look_at_once_notice_each_assignment_once(here: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one looks after the first has seen that there is something, and before it has written."""
    ask, counts = timezone.now, []

    def ask_after_the_other() -> object:
        monkeypatch.setattr(timezone, "now", ask)
        counts.append(notice_overdue(DAY_AFTER))
        return ask()

    monkeypatch.setattr(timezone, "now", ask_after_the_other)
    counts.append(notice_overdue(DAY_AFTER))
    assert sorted(counts) == [0, 3]


def test_it_stands_in_the_audit_of_each_organisation(here: Place) -> None:
    notice_overdue(DAY_AFTER)
    entries = AuditEntry.objects.filter(action="assignments_overdue")
    assert {one.organisation for one in entries} == set(here.schools)
    assert {one.details["count"] for one in entries} == {1}


def test_noticing_asks_as_often_for_sixty_schools_as_for_three(here: Place) -> None:
    asked = []
    for have, wanted in ((3, 3), (3, 60)):
        more_schools(have, wanted)
        plan = programme(here.municipality)
        activity(plan)
        assigned(plan)
        with CaptureQueriesContext(connection) as captured:
            assert notice_overdue(DAY_AFTER) >= wanted
        asked.append(len(captured))
    assert asked[0] == asked[1]
