"""What a person sees: the roles, the places below which everything is visible, the territory being looked at."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.http import Http404

from msoko.web.people.models import Kind, Membership, Organisation, OrganisationQuerySet, Role, User

EDITORS = frozenset({Role.DEPARTMENT, Role.ADMIN})

# What those who are no editors may nevertheless do, in their own organisation and below it. Lists of findings compare
# schools with one another, so a school's people read only what is found of their own school; deciding about a finding
# and setting parameters are the editors' alone. A class is known by its teacher: what is found of one is read by those
# who work with the school, and by no region. A school writes and approves a programme of its own only; nobody verifies
# what he has reported himself (web.roadmap.services).
BEYOND_EDITORS: dict[str, frozenset[str]] = {
    Role.SCHOOL: frozenset({"hand_in", "read_classes", "edit_programme", "approve_programme", "execute"}),
    Role.METHODIST: frozenset(
        {"hand_in", "read_findings", "read_classes", "edit_programme", "execute", "verify_execution"}
    ),
    Role.CURATOR: frozenset({"read_findings", "read_classes", "execute", "verify_execution"}),
    Role.REGION: frozenset({"read_findings"}),
}

# What an editor of a municipality may not do: it concerns the whole installation.
ADMIN_ONLY = frozenset({"edit_definitions", "see_design", "merge_territories"})

# A role is held in an organisation of such a kind.
KINDS_OF_ROLE: dict[str, frozenset[str]] = {
    Role.DEPARTMENT: frozenset({Kind.MUNICIPALITY}),
    Role.METHODIST: frozenset({Kind.MUNICIPALITY}),
    Role.CURATOR: frozenset({Kind.MUNICIPALITY, Kind.SCHOOL}),
    Role.SCHOOL: frozenset({Kind.SCHOOL, Kind.BRANCH}),
    Role.REGION: frozenset({Kind.REGION}),
    Role.PUBLIC: frozenset({Kind.COUNTRY, Kind.REGION, Kind.MUNICIPALITY}),
    Role.ADMIN: frozenset({Kind.COUNTRY}),
}
GIVEN_BY_DEPARTMENT = frozenset({Role.DEPARTMENT, Role.METHODIST, Role.CURATOR, Role.SCHOOL, Role.PUBLIC})


@dataclass(frozen=True)
class Sight:
    """Made once a request, without queries but for the memberships.

    `territory` is the organisation being looked at: chosen by ?territory=, else the default one (a school's people
    look at their school). `year` is chosen by ?year=, None where it is not.
    """

    user: User | AnonymousUser
    memberships: tuple[Membership, ...] = ()
    territory: Organisation | None = None
    year: int | None = None

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(membership.role for membership in self.memberships)

    @property
    def sees_everything(self) -> bool:
        return Role.ADMIN in self.roles or (self.user.is_active and self.user.is_superuser)

    @property
    def paths(self) -> tuple[str, ...]:
        """Everything whose path starts with one of these is visible. An observer sees open pages only."""
        if self.sees_everything:
            return ("/",)
        return tuple(sorted({m.organisation.path for m in self.memberships if m.role != Role.PUBLIC}))

    @property
    def organisations(self) -> OrganisationQuerySet:
        """The visible organisations."""
        everything = Organisation.objects.all()
        if self.sees_everything:
            return everything
        if not self.paths:
            return everything.none()
        return everything.filter(below(self.paths))

    def sees(self, organisation: Organisation) -> bool:
        return organisation.path.startswith(self.paths)

    def may(self, action: str, organisation: Organisation | None) -> bool:
        """May this person do it to this organisation (None: to what concerns the whole installation)?"""
        if self.sees_everything:
            return True
        if action in ADMIN_ONLY or organisation is None:
            return False
        return any(
            membership.organisation.holds(organisation) and _role_allows(membership.role, action)
            for membership in self.memberships
        )

    def may_give(self, role: str, organisation: Organisation) -> bool:
        """May this person let others be `role` in the organisation? Nobody gives more than a department has."""
        if organisation.kind not in KINDS_OF_ROLE[role]:
            return False
        return self.sees_everything or (role in GIVEN_BY_DEPARTMENT and self.may("manage_people", organisation))

    def may_manage(self, user: User) -> bool:
        """Whose account one may close or let set a new password: whose every role one might have given."""
        if self.sees_everything:
            return True
        held = list(user.memberships.select_related("organisation"))
        return not user.is_superuser and bool(held) and all(self.may_give(m.role, m.organisation) for m in held)

    def looking_at(self, territory: str, year: str) -> "Sight":
        """The same person looking at the territory and year of the address; raises Http404 for what is out of sight."""
        chosen = self.territory
        if territory:
            if not territory.isdecimal() or len(territory) > 18:
                raise Http404("Такой территории нет.")
            chosen = self.organisations.select_related("parent").filter(pk=int(territory)).first()
            if chosen is None:
                raise Http404("Такой территории нет.")
        return replace(self, territory=chosen, year=int(year) if year.isdecimal() and len(year) == 4 else None)


def _role_allows(role: str, action: str) -> bool:
    return role in EDITORS or action in BEYOND_EDITORS.get(role, ())


def below(paths: Iterable[str], prefix: str = "") -> Q:
    """The condition «is below one of the paths»; `prefix` leads to the organisation, e.g. «organisation__»."""
    return reduce(or_, (Q(**{f"{prefix}path__startswith": path}) for path in paths))


def sight_of(user: User | AnonymousUser) -> Sight:
    """The person's sight with the default territory."""
    if not isinstance(user, User) or not user.is_active:
        return Sight(AnonymousUser())
    memberships = tuple(user.memberships.select_related("organisation__parent").order_by("organisation__path", "role"))
    sight = Sight(user, memberships)
    return replace(sight, territory=_default_territory(sight))


def _default_territory(sight: Sight) -> Organisation | None:
    """The widest organisation that the person sees; who sees the country looks at its only municipality or region.

    An observer's is looked at only where there is no other: it would close the pages of a school to its own director.
    """
    seen = [m for m in sight.memberships if m.role != Role.PUBLIC] or sight.memberships
    widest = min((m.organisation for m in seen), key=lambda one: len(one.path), default=None)
    if widest is None and sight.sees_everything:
        widest = Organisation.objects.filter(kind=Kind.COUNTRY).first()
    if widest is None or widest.kind != Kind.COUNTRY:
        return widest
    return _only(Organisation.objects.real()) or _only_of_the_unplaced() or widest


def _only(organisations: OrganisationQuerySet) -> Organisation | None:
    """The only municipality, or of several the only region they are in."""
    for kind in (Kind.MUNICIPALITY, Kind.REGION):
        few = list(organisations.filter(kind=kind).select_related("parent")[:2])
        if len(few) == 1:
            return few[0]
    return None


def _only_of_the_unplaced() -> Organisation | None:
    """Until the first region is there, schools and municipalities of a register without regions stand below a
    temporary one."""
    if Organisation.objects.real().filter(kind=Kind.REGION).exists():
        return None
    return _only(Organisation.objects.all())
