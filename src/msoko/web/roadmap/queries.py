"""Named readings: which programmes and assignments a person sees, and which are his own to do."""

from django.db.models import Exists, Q, QuerySet

from msoko.web.people.models import Membership, Organisation, Role
from msoko.web.people.sight import Sight, below
from msoko.web.roadmap.execution_rights import STANDS_IN
from msoko.web.roadmap.models import Assignment, Body, Programme

BODY_OF_ROLE: dict[str, Body] = {
    Role.DEPARTMENT: Body.DEPARTMENT,
    Role.METHODIST: Body.METHODIST,
    Role.CURATOR: Body.CURATOR,
    Role.SCHOOL: Body.SCHOOL,
}
CONTROLLING = (Role.DEPARTMENT, Role.METHODIST, Role.CURATOR)
"""Roles that verify reports and are told of what others have let pass."""


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

    A curator of a municipality has the curators' assignments of the municipality, a director those of the school and
    of its branches; a department has besides what is given to a body of its municipality in which nobody has the role.
    """
    mine = Q(pk=None)
    for membership in sight.memberships:
        mine |= _of_role(membership)
    return Assignment.objects.filter(mine)


def _of_role(membership: Membership) -> Q:
    body = BODY_OF_ROLE.get(membership.role)
    if body is None:
        return Q(pk=None)
    if body == Body.SCHOOL:
        with_branches = Organisation.objects.filter(below([membership.organisation.path])).order_by().values("pk")
        return Q(organisation__in=with_branches, body=body)
    own = Q(organisation=membership.organisation, body=body)
    return own | _stood_in_for(membership.organisation) if body == Body.DEPARTMENT else own


def _stood_in_for(municipality: Organisation) -> Q:
    """What is given to a body of the municipality in which nobody has the role (see `execution_rights.STANDS_IN`)."""
    vacant = Q(pk=None)
    for body in STANDS_IN:
        people = Membership.objects.filter(organisation=municipality, role=body, user__is_active=True)
        vacant |= Q(organisation=municipality, body=body) & ~Q(Exists(people))
    return vacant


def schools_of(organisation: Organisation) -> QuerySet[Organisation]:
    """The open schools of the territory, or the school itself."""
    return Organisation.objects.within(organisation).schools().filter(status="open")
