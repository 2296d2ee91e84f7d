"""Who is in charge moves dates, cancels and reopens; many assignments at once, each by itself."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from msoko.web.roadmap.models import Assignment, Evidence, Postponement, Programme, Report
from msoko.web.roadmap.services.executing import (
    BY_ITSELF_ONLY,
    accept,
    accept_many,
    cancel,
    postpone,
    reopen,
    report,
    report_many,
)
from tests.web.roadmap.doing import DONE, LATER, Here, State, attach, handed_in, here, state_of
from tests.web.roadmap.making import OCTOBER, activity, assigned

__all__ = ["here"]
pytestmark = pytest.mark.django_db


# ---- other dates, other decisions


def test_a_postponed_date_is_later_and_remembers_who_allowed_it(here: Here) -> None:
    was = here.assignment.due
    Assignment.objects.update(overdue_noticed_at=timezone.now())
    (outcome,) = postpone([here.assignment], here.department, LATER, "Карантин", "Приказ от 1 октября")
    assert (outcome.assignment.due, outcome.assignment.state) == (LATER, State.POSTPONED)
    assert here.assignment.overdue_noticed_at is None
    moved = Postponement.objects.get()
    assert (moved.was_due, moved.due, moved.reason, moved.allowed_by) == (was, LATER, "Карантин", "Приказ от 1 октября")
    assert handed_in(here)


@pytest.mark.parametrize("due", [date(2026, 9, 30), date(2026, 9, 1), date(2226, 10, 1)])
def test_a_new_date_that_is_not_later_or_far_beyond_the_programme_is_refused(here: Here, due: date) -> None:
    (outcome,) = postpone([here.assignment], here.department, due, "Карантин", "Начальник")
    assert "Новый срок" in str(outcome.refused)
    assert here.assignment.due == date(2026, 9, 30)
    assert not Postponement.objects.exists()


def test_what_was_cancelled_by_mistake_is_planned_again(here: Here) -> None:
    cancel([here.assignment], here.department, "Не нужно")
    (outcome,) = reopen([here.assignment], here.department, "Отменили не то.")
    assert (outcome.assignment.state, outcome.assignment.reason) == (State.PLANNED, "Отменили не то.")


def test_what_was_accepted_by_mistake_goes_back_to_the_executor_and_its_report_stays(here: Here) -> None:
    accept(handed_in(here), here.methodist)
    assert not reopen([here.assignment], here.director, "Хочу ещё.")[0].is_done
    (outcome,) = reopen([here.assignment], here.department, "Приняли чужой отчёт.")
    assert outcome.assignment.state == State.RETURNED
    assert Report.objects.get().verification.is_accepted
    assert accept(handed_in(here), here.methodist).state == State.ACCEPTED


def test_in_an_edition_that_was_replaced_nothing_is_reopened(here: Here) -> None:
    cancel([here.assignment], here.department, "Не нужно")
    Programme.objects.update(state=Programme.State.SUPERSEDED)
    assert not reopen([here.assignment], here.department, "Отменили не то.")[0].is_done


# ---- many at once


def test_of_several_reports_those_are_accepted_that_lack_nothing_and_the_others_say_why(here: Here) -> None:
    activity(here.programme, "Утвердить план", evidence=["приказ"], windows=[OCTOBER])
    simple, strict = [one for one in assigned(here.programme) if one.organisation == here.place.schools[0]]
    paper = attach(strict, "приказ", here.director)
    reports = [report(one, here.director, done=DONE) for one in (simple, strict)]
    Evidence.objects.filter(pk=paper.pk).update(withdrawn_at=timezone.now())
    good, bad = accept_many(reports, here.methodist)
    assert (good.is_done, bad.is_done) == (True, False)
    assert bad.refused.lacks == ("нет подтверждения: «приказ»",)
    assert (state_of(simple), state_of(strict)) == (State.ACCEPTED, State.REPORTED)


def test_the_department_marks_its_own_assignments_with_one_text_and_no_schools(here: Here) -> None:
    mine = here.department_assignments()
    outcomes = report_many([*mine, here.assignment], here.department, done=DONE)
    assert [one.is_done for one in outcomes] == [True, True, False]
    assert Report.objects.count() == 2
    (refused,) = report_many([here.assignment], here.director, done=DONE)
    assert str(refused.refused) == BY_ITSELF_ONLY


def test_the_same_assignment_named_twice_is_done_once(here: Here) -> None:
    outcomes = postpone([here.assignment, here.assignment], here.department, LATER, "Карантин", "Начальник")
    assert len(outcomes) == Postponement.objects.count() == 1


def test_orders_ask_as_often_for_sixty_assignments_as_for_three(here: Here) -> None:
    asked = {}
    for n in (3, 60):
        mine = [one for one in here.department_assignments(n) if one.state == State.PLANNED][-n:]
        orders = {
            "report": lambda mine=mine: report_many(mine, here.department, done=DONE),
            "accept": lambda: accept_many(Report.objects.filter(verification=None), here.colleague),
            "reopen": lambda mine=mine: reopen(Assignment.objects.filter(pk__in=[one.pk for one in mine]),
                                               here.methodist, "Ещё раз."),
            "postpone": lambda mine=mine: postpone(Assignment.objects.filter(pk__in=[one.pk for one in mine]),
                                                   here.department, LATER, "Карантин", "Начальник"),
            "cancel": lambda mine=mine: cancel(Assignment.objects.filter(pk__in=[one.pk for one in mine]),
                                               here.department, "Не нужно"),
        }  # fmt: skip
        for name, order in orders.items():
            with CaptureQueriesContext(connection) as captured:
                outcomes = order()
            assert [str(one.refused) for one in outcomes if not one.is_done] == []
            assert len(outcomes) == n
            asked.setdefault(name, []).append(len(captured))
    assert {name: counts for name, counts in asked.items() if counts[0] != counts[1]} == {}
