"""Named questions to the records of this room."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet

from msoko.web.people import names
from msoko.web.people.models import AuditEntry, ExternalKey, Kind, Organisation, OrganisationQuerySet, User
from msoko.web.people.sight import Sight, below


def schools_in_sight(sight: Sight) -> OrganisationQuerySet:
    """Schools and branches below the territory looked at, with what a list says of them but for the logins."""
    seen = sight.organisations.schools()
    if sight.territory is not None:
        seen = seen.within(sight.territory)
    shown = ("name", "kind", "school_type", "area", "status", "municipality__name")
    return seen.select_related("municipality").only(*shown)


def logins_by_school(schools: OrganisationQuerySet) -> dict[int, list[str]]:
    """School → its logins: one query. (Fetching them with the schools makes a question of its own for every school.)"""
    logins: dict[int, list[str]] = {}
    found = ExternalKey.objects.filter(organisation__in=schools.order_by().values("pk")).order_by("key")
    for school, key in found.values_list("organisation_id", "key"):
        logins.setdefault(school, []).append(key)
    return logins


def municipalities_in_sight(sight: Sight) -> OrganisationQuerySet:
    return sight.organisations.real().filter(kind=Kind.MUNICIPALITY)


def unplaced_schools(sight: Sight) -> OrganisationQuerySet:
    """Schools without a municipality that the person may place.

    A department may place them where its municipality is the only one, for they can't be anybody else's; among
    several municipalities an administrator decides, so that nobody learns of another's schools.
    """
    homeless = Organisation.objects.schools().filter(kind=Kind.SCHOOL, municipality__is_placeholder=True)
    if sight.sees_everything:
        return homeless
    real = list(Organisation.objects.real().filter(kind=Kind.MUNICIPALITY)[:2])
    if len(real) == 1 and sight.may("place_schools", real[0]):
        return homeless
    return homeless.none()


@dataclass(frozen=True)
class Homeless:
    """Schools whose protocols said the same words of their place, and the municipality known by that name."""

    words: str
    schools: list[Organisation]
    suggested: Organisation | None

    @property
    def municipality_words(self) -> str:
        return self.words.partition(", ")[0]

    @property
    def region_words(self) -> str:
        return self.words.partition(", ")[2]


def homeless_by_words(schools: Iterable[Organisation], known: Iterable[Organisation]) -> list[Homeless]:
    by_name: dict[str, list[Organisation]] = {}
    for one in known:
        by_name.setdefault(one.normal_name, []).append(one)
    ordered = sorted(schools, key=lambda school: (not school.note_from_file, school.note_from_file, school.sort_key))
    return [
        Homeless(words, list(group), _only(by_name.get(names.normal_territory(words.partition(", ")[0]), [])))
        for words, group in groupby(ordered, key=lambda school: school.note_from_file)
    ]


def _only(found: list[Organisation]) -> Organisation | None:
    return found[0] if len(found) == 1 else None


def people_in_sight(sight: Sight) -> "QuerySet[User]":
    """People with a role in what the person looks at (an administrator of everything: also those without any role)."""
    people = User.objects.prefetch_related("memberships__organisation").order_by("full_name", "email")
    if sight.sees_everything:
        return people
    if not sight.paths:
        return people.none()
    return people.filter(below(sight.paths, "memberships__organisation__")).distinct()


def audit_in_sight(sight: Sight) -> "QuerySet[AuditEntry]":
    """Deeds to organisations in sight; an administrator also sees those that concern the whole installation."""
    entries = AuditEntry.objects.select_related("who", "organisation")
    if sight.sees_everything:
        return entries
    if not sight.paths:
        return entries.none()
    return entries.filter(below(sight.paths, "organisation__"))
