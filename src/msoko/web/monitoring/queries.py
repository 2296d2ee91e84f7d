"""Named readings of stored values."""

from django.db.models import QuerySet

from msoko.web.monitoring.models import Value
from msoko.web.people.models import Organisation


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
