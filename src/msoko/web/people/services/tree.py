"""Growing the tree: the root, territories, the temporary places, and the paths that say who is below whom."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import CharField, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from msoko.web.people import names
from msoko.web.people.models import Kind, Organisation, User
from msoko.web.people.services.auditing import audit

ROOT_NAME = "Россия"
NO_MUNICIPALITY = "Без муниципалитета"
NO_REGION = "Без региона"


@transaction.atomic
def root() -> Organisation:
    """The country, made on first use."""
    found = Organisation.objects.filter(kind=Kind.COUNTRY).first()
    return found or grow([Organisation(kind=Kind.COUNTRY, name=ROOT_NAME)])[0]


@transaction.atomic
def ensure_territory(kind: str, name: str, parent: Organisation | None = None, who: User | None = None) -> Organisation:
    """The region or municipality of that name below the parent (default: the root), made where there is none.

    «г. Барнаул» and «город Барнаул» are one municipality. Raises ValueError for a nameless one or another kind.
    """
    if kind not in (Kind.REGION, Kind.MUNICIPALITY):
        raise ValueError(f"{kind} is no territory below the root")
    if not names.normal(name):
        raise ValueError("У территории должно быть название.")
    wanted = Organisation(kind=kind, name=name.strip(), parent=parent or root())
    wanted.remember_name()
    found = Organisation.objects.filter(parent=wanted.parent, kind=kind, normal_name=wanted.normal_name).first()
    if found:
        return found
    made = grow([wanted])[0]
    audit(who, "territory_created", made, name=made.name, territory_kind=str(kind))
    return made


@transaction.atomic
def placeholder_municipality(region: Organisation | None = None) -> Organisation:
    """«Без муниципалитета» of the region; without one, of the sole real region, or of «Без региона»."""
    if region is None:
        regions = list(Organisation.objects.real().filter(kind=Kind.REGION)[:2])
        region = regions[0] if len(regions) == 1 else _placeholder(Kind.REGION, NO_REGION, root())
    return _placeholder(Kind.MUNICIPALITY, NO_MUNICIPALITY, region)


def _placeholder(kind: str, name: str, parent: Organisation) -> Organisation:
    found = Organisation.objects.filter(parent=parent, kind=kind, is_placeholder=True).first()
    return found or grow([Organisation(kind=kind, name=name, parent=parent, is_placeholder=True)])[0]


@transaction.atomic
def found_municipality(name: str, region: str, who: User | None = None) -> Organisation:
    """The municipality as a protocol names it, at a person's word; without a region, in the sole one if there is."""
    above = (
        ensure_territory(Kind.REGION, region, who=who) if names.normal(region) else placeholder_municipality().parent
    )
    return ensure_territory(Kind.MUNICIPALITY, name, above, who)


def grow(seedlings: Sequence[Organisation]) -> list[Organisation]:
    """Inserts organisations whose parents are in the tree already: two queries, however many there are."""
    for one in seedlings:
        one.remember_name()
        one.municipality, one.region = ancestors_by_kind(one.parent)
    made = Organisation.objects.bulk_create(seedlings)
    _write_paths(Organisation.objects.filter(path=""))
    for one in made:
        one.path = f"{one.parent.path if one.parent else '/'}{one.pk}/"
    return made


def ancestors_by_kind(parent: Organisation | None) -> tuple[Organisation | None, Organisation | None]:
    """The municipality and the region of what stands below this parent."""
    if parent is None:
        return None, None
    if parent.kind == Kind.MUNICIPALITY:
        return parent, parent.region
    if parent.kind == Kind.REGION:
        return None, parent
    return parent.municipality, parent.region


def _write_paths(pathless: "QuerySet[Organisation]") -> None:
    """One UPDATE: the parent's path and one's own id, which the database gave only now."""
    parents = Organisation.objects.filter(pk=OuterRef("parent_id")).values("path")
    above = Subquery(parents[:1], output_field=CharField())
    own = Concat(Cast(F("pk"), CharField(max_length=20)), Value("/"))
    pathless.filter(parent=None).update(path=Concat(Value("/"), own))
    pathless.exclude(parent=None).update(path=Concat(above, own))


REWRITTEN = (
    "name", "full_name", "kind", "school_type", "area", "status", "parent", "municipality", "region",
    "normal_name", "sort_key", "search_text", "updated_at",
)  # fmt: skip


def rewrite(organisations: Sequence[Organisation]) -> None:
    """Writes known organisations anew in one statement.

    An upsert, because bulk_update sends a CASE with a branch for each row, and its time grows with their square.
    """
    now = timezone.now()
    for one in organisations:
        one.updated_at = now
        one.remember_name()
    if organisations:
        Organisation.objects.bulk_create(
            organisations, update_conflicts=True, unique_fields=["id"], update_fields=REWRITTEN
        )


def transplant(organisations: Sequence[Organisation]) -> None:
    """Hangs organisations, with all below them, under their (new) `parent`: two queries a generation."""
    for one in organisations:
        one.municipality, one.region = ancestors_by_kind(one.parent)
    rewrite(organisations)
    generation = Organisation.objects.filter(pk__in=[one.pk for one in organisations])
    while generation.update(path=""):
        _write_paths(generation)
        ids = list(generation.values_list("pk", flat=True))
        generation = Organisation.objects.filter(parent__in=ids)
        generation.update(municipality=_of_parent("municipality"), region=_of_parent("region"))
    for one in organisations:
        one.path = f"{one.parent.path if one.parent else '/'}{one.pk}/"


def _of_parent(field: str) -> Subquery:
    return Subquery(Organisation.objects.filter(pk=OuterRef("parent_id")).values(field)[:1])
