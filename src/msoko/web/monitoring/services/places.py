"""Where the schools of files stand today: what a key means is asked anew at every computation."""

from dataclasses import dataclass

from msoko.web.collection.models import Batch
from msoko.web.people.models import ExternalKey

MOST_KEYS = 500  # in one condition; above that all keys are read


@dataclass(frozen=True)
class Place:
    """An organisation, or one class of it; `ancestors` are the territories whose values it is a part of."""

    organisation: int
    ancestors: tuple[int, ...]


def places_by_key(batches: list[Batch]) -> dict[str, Place]:
    """Key in the files → the organisation it stands for today, and the territories above it."""
    keys = {school["key"] for batch in batches for school in batch.schools}
    known = ExternalKey.objects.filter(key__in=keys) if len(keys) < MOST_KEYS else ExternalKey.objects.all()
    rows = known.values_list("key", "organisation_id", "organisation__municipality_id", "organisation__region_id")
    return {
        key: Place(organisation, tuple(ancestor for ancestor in ancestors if ancestor and ancestor != organisation))
        for key, organisation, *ancestors in rows
    }
