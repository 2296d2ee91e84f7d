"""Schools: created from what files claim, named by keys, placed, described, merged, closed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db import transaction

from msoko.web.people import names
from msoko.web.people.models import ExternalKey, Kind, Membership, Organisation, Status, User
from msoko.web.people.services.auditing import audit
from msoko.web.people.services.tree import grow, placeholder_municipality, transplant
from msoko.web.people.signals import organisations_merged, organisations_placed


class Impossible(Exception):
    """The order can't be carried out; the text says why and what to do, in Russian. Nothing has been changed."""


@dataclass(frozen=True)
class NewSchool:
    """A school as a file claims it. Territories are words, as written; without a name the key serves as one."""

    key: str
    name: str = ""
    full_name: str = ""
    municipality: str = ""
    region: str = ""


def clean_key(key: str) -> str:
    return key.strip().casefold()


@transaction.atomic
def create_schools(claims: Sequence[NewSchool], who: User | None = None) -> dict[str, Organisation]:
    """The organisations of all claimed keys; those that no organisation has are created, never twice.

    A claim that names a municipality known already is placed there; the others stand under «Без муниципалитета»
    with the words kept in `note_from_file`: a protocol is no register, it founds no territories. The number of
    queries does not depend on the number of schools.
    """
    wanted = {clean_key(claim.key): claim for claim in reversed(claims)}
    found = organisations_by_key(wanted)
    claimed = {key: wanted[key] for key in sorted(wanted) if key not in found}
    fresh: dict[str, Organisation] = {}
    if claimed:
        territories = _Map.drawn()
        fresh = {key: _seedling(claim, territories) for key, claim in claimed.items()}
        grow(list(fresh.values()))
        ExternalKey.objects.bulk_create(ExternalKey(key=key, organisation=school) for key, school in fresh.items())
        audit(who, "schools_created", count=len(fresh), keys=list(fresh), ids=[one.pk for one in fresh.values()])
    return found | fresh


def organisations_by_key(keys: Iterable[str]) -> dict[str, Organisation]:
    """Known keys → their organisations, in one query; unknown keys are left out."""
    known = ExternalKey.objects.filter(key__in={clean_key(key) for key in keys})
    nearby = ("organisation__parent", "organisation__municipality", "organisation__region")
    return {one.key: one.organisation for one in known.select_related(*nearby)}


@dataclass
class _Map:
    """The territories known before the schools come, by normal name."""

    municipalities: dict[str, list[Organisation]]

    @cached_property
    def nowhere(self) -> Organisation:
        """Where the homeless go; made only when the first of them comes."""
        return placeholder_municipality()

    @classmethod
    def drawn(cls) -> "_Map":
        known: dict[str, list[Organisation]] = defaultdict(list)
        for one in Organisation.objects.real().filter(kind=Kind.MUNICIPALITY).select_related("region"):
            known[one.normal_name].append(one)
        return cls(known)

    def place_of(self, claim: NewSchool) -> Organisation:
        """The municipality named, if it is known and no namesake of another region can be meant."""
        namesakes = self.municipalities.get(names.normal_territory(claim.municipality), [])
        if len(namesakes) > 1 or claim.region.strip():
            region = names.normal(claim.region)
            namesakes = [one for one in namesakes if one.region and one.region.normal_name == region]
        return namesakes[0] if namesakes else self.nowhere


def _seedling(claim: NewSchool, territories: _Map) -> Organisation:
    said = ", ".join(filter(None, (claim.municipality.strip(), claim.region.strip())))
    return Organisation(
        kind=Kind.SCHOOL,
        name=(claim.name.strip() or claim.key.strip())[:300],
        full_name=claim.full_name.strip()[:1000],
        parent=territories.place_of(claim),
        note_from_file=said[:500],
    )


def attach_key(organisation: Organisation, key: str, who: User | None = None) -> None:
    """From now on the key names this organisation. Raises Impossible where it names another."""
    attach_keys({key: organisation}, who)


@transaction.atomic
def attach_keys(pairs: Mapping[str, Organisation], who: User | None = None) -> None:
    """Several keys at once, each to its organisation; all or none."""
    wanted = {clean_key(key): organisation for key, organisation in pairs.items()}
    known = organisations_by_key(wanted)
    taken = [f"{key} — «{known[key]}»" for key in known if known[key].pk != wanted[key].pk]
    if taken:
        raise Impossible("Логин уже принадлежит другой школе: " + "; ".join(sorted(taken)) + ".")
    fresh = {key: organisation for key, organisation in wanted.items() if key not in known}
    ExternalKey.objects.bulk_create(ExternalKey(key=key, organisation=one) for key, one in fresh.items())
    for key, organisation in fresh.items():
        audit(who, "key_attached", organisation, key=key)


def place(school: Organisation, municipality: Organisation, who: User | None = None) -> None:
    """Moves a school with its branches into a municipality."""
    place_many([school], municipality, who)


@transaction.atomic
def place_many(schools: Sequence[Organisation], municipality: Organisation, who: User | None = None) -> int:
    """Moves schools with their branches into a municipality; returns how many were elsewhere before."""
    if municipality.kind != Kind.MUNICIPALITY:
        raise Impossible("Школу можно разместить только в муниципалитете.")
    moving = [one for one in schools if one.parent_id != municipality.pk]
    if any(one.kind != Kind.SCHOOL for one in moving):
        raise Impossible("Разместить можно только школы: филиал переезжает вместе со своей школой.")
    if moving:
        origins = sorted({one.parent_id or 0 for one in moving})
        for one in moving:
            one.parent = municipality
        transplant(moving)
        audit(who, "schools_placed", municipality, ids=[one.pk for one in moving], origins=origins)
        organisations_placed.send(Organisation, ids=[one.pk for one in moving])
    return len(moving)


@transaction.atomic
def merge(duplicate: Organisation, into: Organisation, who: User | None, reason: str) -> None:
    """Two records of one school become one: keys, people and branches go over, the duplicate is closed and hidden.

    It stays on record, because batches and the audit speak of it. Raises Impossible without a reason.
    """
    _refuse_a_wrong_merge(duplicate, into, reason)
    keys = list(duplicate.keys.values_list("key", flat=True))
    duplicate.keys.update(organisation=into)
    _move_people(duplicate, into)
    branches = list(duplicate.children.all())
    for branch in branches:
        branch.parent = into
    transplant(branches)
    duplicate.status, duplicate.merged_into = Status.CLOSED, into
    duplicate.save(update_fields=["status", "merged_into", "updated_at"])
    audit(who, "schools_merged", into, duplicate=duplicate.pk, name=duplicate.name, keys=keys, reason=reason.strip())
    organisations_merged.send(Organisation, duplicate=duplicate, into=into)


def _refuse_a_wrong_merge(duplicate: Organisation, into: Organisation, reason: str) -> None:
    if not reason.strip():
        raise Impossible("Назовите причину объединения.")
    if duplicate.pk == into.pk:
        raise Impossible("Школу нельзя объединить с самой собой.")
    if duplicate.kind != into.kind or not into.is_school:
        raise Impossible("Объединить можно только школу со школой или филиал с филиалом.")
    if into.merged_into_id or duplicate.merged_into_id:
        raise Impossible("Одна из этих школ уже объединена с другой.")


def _move_people(duplicate: Organisation, into: Organisation) -> None:
    already = set(into.memberships.values_list("user_id", "role"))
    for membership in duplicate.memberships.all():
        if (membership.user_id, membership.role) in already:
            membership.delete()
        else:
            Membership.objects.filter(pk=membership.pk).update(organisation=into)


@transaction.atomic
def rename(organisation: Organisation, name: str, full_name: str | None = None, who: User | None = None) -> None:
    """Gives another name; `full_name` None leaves the full one."""
    if not name.strip():
        raise Impossible("Название не может быть пустым.")
    before = organisation.name
    organisation.name = name.strip()
    if full_name is not None:
        organisation.full_name = full_name.strip()
    organisation.remember_name()
    organisation.save()
    audit(who, "organisation_renamed", organisation, before=before, now=organisation.name)


DESCRIBED = ("school_type", "area")


@transaction.atomic
def describe(organisation: Organisation, who: User | None = None, **said: str) -> None:
    """Sets `school_type` and `area`; records what changed, and nothing where nothing did."""
    changed = {
        name: [getattr(organisation, name), said[name]]
        for name in DESCRIBED
        if name in said and said[name] != getattr(organisation, name)
    }
    for name, (_, now) in changed.items():
        setattr(organisation, name, now)
    if changed:
        organisation.save(update_fields=[*changed, "updated_at"])
        audit(who, "organisation_described", organisation, changed=changed)


def close(organisation: Organisation, who: User | None = None, reason: str = "") -> None:
    """The school no longer works; its past stays."""
    _set_status(organisation, Status.CLOSED, "school_closed", who, reason)


def reopen(organisation: Organisation, who: User | None = None, reason: str = "") -> None:
    if organisation.merged_into_id:
        raise Impossible("Школа объединена с другой и не может быть открыта отдельно.")
    _set_status(organisation, Status.OPEN, "school_reopened", who, reason)


@transaction.atomic
def _set_status(organisation: Organisation, status: str, action: str, who: User | None, reason: str) -> None:
    if organisation.status != status:
        organisation.status = status
        organisation.save(update_fields=["status", "updated_at"])
        audit(who, action, organisation, reason=reason.strip())


@transaction.atomic
def correct(
    school: Organisation,
    who: User | None,
    name: str,
    full_name: str,
    school_type: str,
    area: str,
    status: str,
    logins: Sequence[str] = (),
) -> None:
    """All that a person corrects on one page, or nothing. Raises Impossible where a login names another school."""
    attach_keys(dict.fromkeys(logins, school), who)
    if (name.strip(), full_name.strip()) != (school.name, school.full_name):
        rename(school, name, full_name, who)
    describe(school, who, school_type=school_type, area=area)
    (close if status == Status.CLOSED else reopen)(school, who)
