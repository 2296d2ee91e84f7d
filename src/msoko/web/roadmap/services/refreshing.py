"""Assignments that were given follow their executors: the confirmed list has changed, a school was opened or closed,
a person has corrected who executes. Only what is not yet due and what nobody has begun is touched."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.db.models import BooleanField, ExpressionWrapper
from django.utils import timezone

from msoko.core.vocabulary.russian import nbsp, number
from msoko.web.people.models import Status, User
from msoko.web.people.services import audit
from msoko.web.roadmap.models import Assignment, Body, Executor, Occurrence, Programme
from msoko.web.roadmap.reasons import CLOSED, EXECUTOR_CHANGED, GONE_TO_SCHOOLS, LEFT_THE_LIST
from msoko.web.roadmap.resolving import Assignee, resolve
from msoko.web.roadmap.school_groups import LISTS_OF_FINDINGS
from msoko.web.roadmap.services.already_ended import ended_before
from msoko.web.roadmap.services.due_dates import Settled, in_force, occurrences_of, untouched, windows_of
from msoko.web.roadmap.services.giving import create


class Place(NamedTuple):
    """Where an assignment stands: occurrence, organisation, body."""

    occurrence: int
    organisation: int
    body: str


@dataclass(frozen=True)
class Given:
    """An assignment as it is held against who should have it now."""

    pk: int
    activity: int
    body: str
    state: str
    is_open_organisation: bool
    is_untouched: bool

    @property
    def may_leave(self) -> bool:
        return self.is_untouched and self.state == Assignment.State.PLANNED

    @property
    def may_come_back(self) -> bool:
        """The system had cancelled it by itself."""
        return self.is_untouched and self.state == Assignment.State.CANCELLED


@transaction.atomic
def refresh_groups(programme: Programme, today: date, who: User | None = None) -> Settled:
    """Of due dates given and not yet past: new executors get assignments; of those who are executors no more the
    planned ones are cancelled with the reason, and come back with them. What was begun stays and is told.

    Raises NotInForce. Queries do not depend on the number of activities and organisations.
    """
    programme = in_force(programme)
    coming = _coming(programme, today)
    wanted, given = _wanted(programme, coming), _given(programme, today, {one.pk for one in coming})
    dues = {one.pk: one.due for one in coming}
    fresh = [(place.occurrence, dues[place.occurrence], one) for place, one in wanted.items() if place not in given]
    back = [given[place].pk for place in wanted if place in given and given[place].may_come_back]
    others = [one for place, one in given.items() if place not in wanted and one.state not in Assignment.ENDED]
    leaving = [one for one in others if one.may_leave]
    create(fresh, programme.asked_since)
    _bring_back(back)
    _cancel(leaving)
    came = len(fresh) + len(back)
    if came or leaving:
        audit(who, "assignments_refreshed", programme, programme.organisation, created=came, removed=len(leaving))
    return Settled(came, len(leaving), _told(len(others) - len(leaving)))


def _coming(programme: Programme, today: date) -> list[Occurrence]:
    """Due dates that the plan still names: of others only what was begun is left, and nobody new gets it."""
    named = windows_of(programme)
    found = occurrences_of(programme).exclude(assigned_at=None).filter(due__gte=today)
    return [one for one in found if (one.activity_id, one.begins, one.due) in named]


def _wanted(programme: Programme, coming: Collection[Occurrence]) -> dict[Place, Assignee]:
    executors, ended = resolve(programme), ended_before(programme)
    return {
        Place(one.pk, who.organisation, who.body): who
        for one in coming
        for who in executors[one.activity_id].assignees
        if (one.activity_id, one.begins, one.due, who.organisation, who.body) not in ended
    }


def _given(programme: Programme, today: date, occurrences: Collection[int]) -> dict[Place, Given]:
    rows = Assignment.objects.filter(
        occurrence__activity__roadmap__programme=programme,
        occurrence__assigned_at__isnull=False,
        occurrence__due__gte=today,
    ).annotate(is_untouched=ExpressionWrapper(untouched(), BooleanField()))
    fields = ("occurrence__activity", "body", "state", "organisation__status", "is_untouched")
    found = rows.order_by().values_list("pk", "occurrence", "organisation", *fields)
    return {
        Place(occurrence, organisation, body): Given(key, activity, body, state, status == Status.OPEN, is_untouched)
        for key, occurrence, organisation, activity, body, state, status, is_untouched in found
        if occurrence in occurrences
    }


def _bring_back(assignments: Collection[int]) -> None:
    if assignments:
        Assignment.objects.filter(pk__in=assignments).update(
            state=Assignment.State.PLANNED, reason="", state_at=timezone.now()
        )


def _cancel(leaving: Collection[Given]) -> None:
    """One statement a reason."""
    reasons: dict[str, list[int]] = {}
    by_list = _activities_of_lists(one.activity for one in leaving)
    for one in leaving:
        reasons.setdefault(_why(one, by_list), []).append(one.pk)
    for reason, keys in reasons.items():
        Assignment.objects.filter(pk__in=keys).update(
            state=Assignment.State.CANCELLED, reason=reason, state_at=timezone.now()
        )


def _activities_of_lists(activities: Iterable[int]) -> set[int]:
    found = Executor.objects.filter(activity__in=set(activities), kind__in=LISTS_OF_FINDINGS)
    return set(found.order_by().values_list("activity", flat=True))


def _why(one: Given, by_list: Collection[int]) -> str:
    if not one.is_open_organisation:
        return CLOSED
    if one.activity not in by_list:
        return EXECUTOR_CHANGED
    return LEFT_THE_LIST if one.body == Body.SCHOOL else GONE_TO_SCHOOLS


def _told(begun: int) -> tuple[str, ...]:
    if not begun:
        return ()
    return (nbsp(f"Начатые поручения прежних исполнителей остались за ними: {number(begun)}."),)
