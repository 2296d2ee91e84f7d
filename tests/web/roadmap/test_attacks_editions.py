"""Work that people have handed in does not vanish with an edition, and a date that has passed is no new date."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from msoko.web.people.models import Role
from msoko.web.people.sight import sight_of
from msoko.web.roadmap.doing_queries import to_verify
from msoko.web.roadmap.models import Activity, Assignment, Programme
from msoko.web.roadmap.services import contents, editions
from msoko.web.roadmap.services.executing import report, return_
from tests.web.roadmap.making import activity, assigned, client_of, person, place, programme
from tests.web.roadmap.programme_screens import ORDER, get, post, words

pytestmark = pytest.mark.django_db
State = Assignment.State


def in_force(days: int) -> tuple[Programme, list[Assignment]]:
    """Of a municipality with two schools: an activity whose term ends in so many days, and another one."""
    here, today = place(schools=2), timezone.localdate()
    made = programme(here.municipality, begins=today - timedelta(days=300), ends=today + timedelta(days=300))
    activity(made, "Останется", windows=[window(today - timedelta(days=90), today + timedelta(days=90))],
             executors=["department"])  # fmt: skip
    leaves = activity(made, "Уйдёт", windows=[window(today - timedelta(days=60), today + timedelta(days=days))])
    return made, [one for one in assigned(made, today) if one.occurrence.activity_id == leaves.pk]


def window(begins: date, ends: date) -> tuple[str, str]:
    return begins.isoformat(), ends.isoformat()


def test_a_report_that_nobody_has_verified_holds_up_the_edition_that_excludes_its_activity():
    plan, (first, _) = in_force(days=10)
    department = person(Role.DEPARTMENT, plan.organisation)
    handed_in = report(first, person(Role.SCHOOL, first.organisation), done="Провели семинар.")
    draft = editions.new_edition(plan, department, "Сокращение плана")
    contents.remove_activity(Activity.objects.get(roadmap__programme=draft, title="Уйдёт"), department)
    asked = {"order_words": ORDER, "on": timezone.localdate()}
    waits = "Проверки ждёт 1 отчёт по исключённым мероприятиям"
    assert waits in get(client_of(department), "programme_approve", draft.pk)
    assert waits in words(post(client_of(department), "programme_approve", draft.pk, **asked))
    draft.refresh_from_db()
    assert draft.is_draft
    assert [one.pk for one in to_verify(sight_of(department))] == [first.pk]
    return_(handed_in, department, "Нет списка участников")
    post(client_of(department), "programme_approve", draft.pk, **asked)
    draft.refresh_from_db()
    assert draft.is_live
    left = Assignment.objects.filter(occurrence__activity__roadmap__programme=plan)
    assert set(left.values_list("state", flat=True)) == {State.CANCELLED}


@pytest.mark.parametrize("days", [-1, -19])
def test_a_term_is_not_moved_to_a_day_that_has_passed(days):
    plan, (first, _) = in_force(days=-20)
    department = client_of(person(Role.DEPARTMENT, plan.organisation))
    due = timezone.localdate() + timedelta(days=days)
    said = {"postpone-due": due, "postpone-reason": "Карантин", "postpone-allowed_by": "Начальник управления"}
    answer = words(post(department, "assignment_postpone", first.pk, seen=first.state, **said))
    assert "Этот день уже прошёл" in answer
    assert "Начальник управления" in answer
    tick = f"{first.pk}-{first.state}"
    assert "Этот день уже прошёл" in words(post(department, "assignments_act", chosen=tick, deed="postpone", **said))
    first.refresh_from_db()
    assert (first.state, first.postponements.count()) == (State.PLANNED, 0)
