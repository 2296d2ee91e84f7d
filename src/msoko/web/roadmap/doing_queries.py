"""Named readings of assignments for the screens on which people do."""

from datetime import date

from django.db.models import Q, QuerySet
from django.http import Http404

from msoko.web.people.models import Role
from msoko.web.people.sight import Sight, below
from msoko.web.roadmap.models import Assignment, Evidence, Programme
from msoko.web.roadmap.queries import CONTROLLING, assignments_in_sight

NEAR = ("organisation", "occurrence__activity__section", "occurrence__activity__roadmap__programme")
_PROGRAMME = "occurrence__activity__roadmap__programme__"
LONG_TEXTS = tuple(f"{_PROGRAMME}{name}" for name in ("passport", "principles", "changes"))
"""No list of assignments needs them, and each row would bring its programme's whole passport along."""
IN_FORCE = Q(occurrence__activity__roadmap__programme__state=Programme.State.APPROVED)
OVERDUE, OPEN, AHEAD = "overdue", "open", "ahead"
State = Assignment.State


def with_near(assignments: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """With what a row of a list tells: organisation, activity, section, roadmap, programme without its long texts."""
    return assignments.select_related(*NEAR).defer(*LONG_TEXTS)


def in_state(state: str, today: date, in_force_only: bool = True) -> Q:
    """One of the states, «overdue», «open», «ahead» (open, nothing is wrong with it yet) or '' (any).

    What nobody expects any more, because its edition is no longer in force, counts only where it has ended, unless it
    is asked for.
    """
    is_open = Q(state__in=Assignment.OPEN)
    known = {
        "": Q(),
        OPEN: is_open,
        OVERDUE: is_open & Q(due__lt=today),
        AHEAD: is_open & Q(due__gte=today) & ~Q(state=State.RETURNED),
    }
    wanted = known.get(state, Q(state=state))
    return wanted & (IN_FORCE | Q(state__in=Assignment.ENDED)) if in_force_only else wanted


def assignment_in_sight(sight: Sight, pk: int) -> Assignment:
    """With its organisation, activity, section and programme. Raises Http404 for what is out of sight."""
    near = (*NEAR, "organisation__municipality", "occurrence__activity__roadmap__programme__organisation")
    found = assignments_in_sight(sight).select_related(*near).filter(pk=pk).first()
    if found is None:
        raise Http404("Такого поручения нет.")
    return found


def evidence_in_sight(sight: Sight, assignment: int, pk: int) -> Evidence:
    """Raises Http404 for what is out of sight, also where the evidence is of another assignment."""
    seen = assignments_in_sight(sight).filter(pk=assignment)
    found = Evidence.objects.filter(pk=pk, assignment__in=seen).select_related("assignment__organisation").first()
    if found is None:
        raise Http404("Такого подтверждения нет.")
    return found


def may_verify_anything(sight: Sight) -> bool:
    return sight.sees_everything or any(one.role in CONTROLLING for one in sight.memberships)


def to_verify(sight: Sight) -> QuerySet[Assignment]:
    """Reports of others that wait for somebody and that the person may verify."""
    reported = Assignment.objects.filter(IN_FORCE, state=State.REPORTED)
    if not sight.sees_everything:
        paths = [one.organisation.path for one in sight.memberships if one.role in CONTROLLING]
        reported = reported.filter(below(paths, "organisation__") if paths else Q(pk=None))
    own_schools = [one.organisation.path for one in sight.memberships if one.role == Role.SCHOOL]
    if own_schools:
        reported = reported.exclude(below(own_schools, "organisation__"), body="school")
    # Not by a join: a report of somebody else before his own must not keep the assignment in the list.
    return reported.exclude(pk__in=reported.filter(reports__reported_by=sight.user.pk).values("pk"))
