"""Which values go stale when organisations change: what a file called a school may be another place from now on."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models import Q, QuerySet

from msoko.core.collection.reading import Grain
from msoko.web.collection.models import Batch, BatchSchool, Procedure
from msoko.web.people.models import ExternalKey, Organisation


def when_placed(sender: object, ids: Iterable[int], **rest: Any) -> None:
    """Schools have come to another municipality; their branches came along."""
    mark_stale_with_schools(ids)


def when_merged(sender: object, into: Organisation, **rest: Any) -> None:
    """The keys of both records are those of one school by now."""
    mark_stale_with_schools([into.pk])


def mark_stale_with_schools(ids: Iterable[int]) -> int:
    """Marks every procedure in whose accepted batches the schools or their branches stand; returns how many."""
    schools = list(ids)
    moved = ExternalKey.objects.filter(Q(organisation__in=schools) | Q(organisation__parent__in=schools))
    return _mark_stale_with_keys(moved)


@contextmanager
def marking_stale_what_moves() -> Iterator[None]:
    """Around an order that may move many things at once: whole municipalities that come to their region, too."""
    before = _places()
    yield
    after = _places()
    moved = [key for key, place in before.items() if after[key] != place]
    if moved:
        _mark_stale_with_keys(ExternalKey.objects.filter(key__in=moved))
    mark_stale_with_territories()


def _places() -> dict[str, tuple[int | None, ...]]:
    above = ("organisation_id", "organisation__municipality_id", "organisation__region_id")
    return {key: tuple(place) for key, *place in ExternalKey.objects.values_list("key", *above)}


def _mark_stale_with_keys(keys: QuerySet[ExternalKey]) -> int:
    held = BatchSchool.objects.filter(batch__state=Batch.State.ACCEPTED, key__in=keys.values("key"))
    return _mark_stale(Q(pk__in=held.values("batch__procedure")))


def mark_stale_with_territories() -> int:
    """Marks procedures with tables of territories, which are known by name: a new one may be named there."""
    return _mark_stale(Q(batches__state=Batch.State.ACCEPTED, batches__grain=Grain.AGGREGATES))


def _mark_stale(which: Q) -> int:
    found = Procedure.objects.filter(which).values("pk")
    return Procedure.objects.filter(pk__in=found).update(values_state=Procedure.Values.STALE, values_claimed_at=None)
