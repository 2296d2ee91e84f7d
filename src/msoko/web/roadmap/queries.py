"""Named readings: which programmes and assignments a person sees, and which are his own to do."""

from django.db.models import Q, QuerySet

from msoko.web.people.models import Organisation, Role
from msoko.web.people.sight import Sight, below
from msoko.web.roadmap.models import Assignment, Body, Programme

BODY_OF_ROLE: dict[str, Body] = {
    Role.DEPARTMENT: Body.DEPARTMENT,
    Role.METHODIST: Body.METHODIST,
    Role.CURATOR: Body.CURATOR,
    Role.SCHOOL: Body.SCHOOL,
}


def programmes_in_sight(sight: Sight) -> QuerySet[Programme]:
    """Programmes of what the person sees, drafts included, and what is approved above: a school's people read the
    programme of their municipality, but nobody else's work on it."""
    if sight.sees_everything:
        return Programme.objects.all()
    above = {
        int(pk)
        for membership in sight.memberships
        if membership.role != Role.PUBLIC
        for pk in membership.organisation.path.strip("/").split("/")[:-1]
    }
    approved = Q(organisation__in=above) & ~Q(state=Programme.State.DRAFT)
    own = below(sight.paths, "organisation__") if sight.paths else Q(pk=None)
    return Programme.objects.filter(own | approved)


def assignments_in_sight(sight: Sight) -> QuerySet[Assignment]:
    """What is done by those whom the person sees; a school's people see only their own school's."""
    if sight.sees_everything:
        return Assignment.objects.all()
    if not sight.paths:
        return Assignment.objects.none()
    return Assignment.objects.filter(below(sight.paths, "organisation__"))


def own_assignments(sight: Sight) -> QuerySet[Assignment]:
    """What the person has to do: assignments of his roles in his organisations («Мои задачи»).

    A curator of a municipality has the curators' assignments of the municipality, a director those of the school.
    """
    mine = Q(pk=None)
    for membership in sight.memberships:
        body = BODY_OF_ROLE.get(membership.role)
        if body is not None:
            mine |= Q(organisation=membership.organisation, body=body)
    return Assignment.objects.filter(mine)


def schools_of(organisation: Organisation) -> QuerySet[Organisation]:
    """The open schools of the territory, or the school itself."""
    return Organisation.objects.within(organisation).schools().filter(status="open")
