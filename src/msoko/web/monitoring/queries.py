"""Named readings of stored values."""

from django.db.models import Count, Q, QuerySet

from msoko.core.collection.reading import Grain
from msoko.web.collection.models import Batch, BatchSchool, Procedure
from msoko.web.collection.queries import speaking
from msoko.web.monitoring.models import Value
from msoko.web.people.models import ExternalKey, Kind, Organisation
from msoko.web.people.sight import Sight


def procedures_seen_from(organisation: Organisation | None) -> QuerySet[Value]:
    """One value a procedure: the organisation's own, newest and lowest grade first; none of no organisation."""
    return (
        Value.objects.filter(organisation=organisation, whole=True, score="items")
        .select_related("procedure")
        .defer("tally")
        .order_by("-procedure__year", "procedure__grade", "procedure__subject", "procedure__label")
    )


def same_procedures(procedures: list[int], organisation: int | None) -> dict[int, Value]:
    """Procedure → the value of another organisation, for comparison."""
    if organisation is None:
        return {}
    found = Value.objects.filter(organisation=organisation, whole=True, score="items", procedure__in=procedures).defer(
        "tally"
    )
    return {value.procedure_id: value for value in found}


def regions_with_results(country: Organisation | None, procedure: Procedure | None = None) -> list[Organisation]:
    """Regions below a country that have values, each with `procedures` (how many); [] of any other territory.

    Works of different regions are not added up: who looks at the country chooses one.
    """
    if country is None or country.kind != Kind.COUNTRY:
        return []
    has = Q(procedure_values__whole=True, procedure_values__score="items")
    if procedure is not None:
        has &= Q(procedure_values__procedure=procedure)
    regions = Organisation.objects.within(country).filter(kind=Kind.REGION)
    found = regions.annotate(procedures=Count("procedure_values__procedure", filter=has, distinct=True))
    return list(found.filter(procedures__gt=0).order_by("is_placeholder", "sort_key"))


def may_enter_scale(sight: Sight, procedure: Procedure) -> bool:
    """A scale holds for the whole procedure: a department enters it only where no school of another sat the work."""
    if sight.sees_everything or sight.territory is None:
        return sight.may("enter_scale", sight.territory)
    ours = sight.territory.municipality or sight.territory
    keys = BatchSchool.objects.filter(batch__procedure=procedure, batch__state=Batch.State.ACCEPTED).values("key")
    others = ExternalKey.objects.filter(key__in=keys).exclude(organisation__path__startswith=ours.path)
    return sight.may("enter_scale", sight.territory) and not others.exists()


def batches_behind(value: Value) -> QuerySet[Batch]:
    """The accepted batches that a value comes from: of all others even the names of the files are not its readers'.

    Tables name territories without keys, so any table may stand behind a value that comes from tables.
    """
    keys = ExternalKey.objects.filter(organisation__path__startswith=value.organisation.path).values("key")
    behind = Q(pk__in=BatchSchool.objects.filter(key__in=keys, batch__procedure=value.procedure_id).values("batch"))
    if value.origin == "aggregate":
        behind |= Q(grain=Grain.AGGREGATES)
    return speaking(value.procedure_id).filter(behind)
