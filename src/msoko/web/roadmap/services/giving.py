"""Assignments: due dates given to those who must meet them."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from msoko.web.insertion import insert
from msoko.web.people.models import User
from msoko.web.people.services import audit
from msoko.web.roadmap.models import Assignment, Programme
from msoko.web.roadmap.reasons import PASSED_BEFORE
from msoko.web.roadmap.resolving import Assignee, resolve
from msoko.web.roadmap.services.already_ended import ended_before
from msoko.web.roadmap.services.due_dates import in_force, occurrences_of

LEAD = timedelta(days=31)
"""From December on the next year's assignments are there too, so that January is seen before it comes."""

COLUMNS = ("occurrence_id", "organisation_id", "body", "words", "due", "state", "reason", "state_at")


def horizon(today: date) -> date:
    """The day up to which what begins is given to its executors: the end of the year, in December of the next one."""
    return date((today + LEAD).year, 12, 31)


@transaction.atomic
def assign(programme: Programme, through: date, who: User | None = None) -> int:
    """Give to their executors the due dates that begin by this day and were not given yet; how many assignments.

    What an executor has ended under an edition before is not given again. Due dates before `asked_since` are given as
    not tracked. Raises NotInForce. Queries do not depend on the number of activities and organisations.
    """
    locked = in_force(programme)
    waiting = occurrences_of(programme).filter(assigned_at=None, begins__lte=through)
    rows = list(waiting.values_list("pk", "activity", "begins", "due"))
    given, untracked = _give(locked, rows) if rows else (0, 0)
    waiting.update(assigned_at=timezone.now())
    programme.assigned_through = max(through, locked.assigned_through or through)
    Programme.objects.filter(pk=programme.pk).update(assigned_through=programme.assigned_through)
    if given:
        of_them = {"untracked": untracked} if untracked else {}
        audit(who, "assignments_given", programme, programme.organisation, count=given, through=through, **of_them)
    return given


def _give(programme: Programme, rows: list[tuple[int, int, date, date]]) -> tuple[int, int]:
    """How many assignments, and how many of them are not tracked."""
    executors, ended = resolve(programme), ended_before(programme)
    there = _there_already(programme)
    fresh = [
        (occurrence, due, one)
        for occurrence, activity, begins, due in rows
        for one in executors[activity].assignees
        if (activity, begins, due, one.organisation, one.body) not in ended
        and (occurrence, one.organisation, one.body) not in there
    ]
    create(fresh, programme.asked_since)
    return len(fresh), sum(_has_passed(due, programme.asked_since) for _, due, _ in fresh)


def _there_already(programme: Programme) -> set[tuple[int, int, str]]:
    """(occurrence, organisation, body) that were taken over from the edition before."""
    waiting = Assignment.objects.filter(
        occurrence__activity__roadmap__programme=programme, occurrence__assigned_at=None
    )
    return set(waiting.order_by().values_list("occurrence", "organisation", "body"))


def _has_passed(due: date, asked_since: date | None) -> bool:
    return asked_since is not None and due < asked_since


def create(given: Iterable[tuple[int, date, Assignee]], asked_since: date | None) -> None:
    """Assignments of (occurrence, due date, who), each executor one; what is there already stays. What was due before
    `asked_since` is not tracked.

    One statement, for a large programme has twenty thousand.
    """
    now = timezone.now()
    planned, untracked = (Assignment.State.PLANNED.value, ""), (Assignment.State.UNTRACKED.value, PASSED_BEFORE)
    rows = (
        (
            occurrence,
            one.organisation,
            str(one.body),
            one.words,
            due,
            *(untracked if _has_passed(due, asked_since) else planned),
            now,
        )
        for occurrence, due, one in given
    )
    insert(Assignment, COLUMNS, rows, unless_there=True)
