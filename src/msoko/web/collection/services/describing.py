"""What the items of a procedure are, out of all accepted files that tell of them; a withdrawn one tells nothing."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.utils import timezone

from msoko.core.collection.describing import Added, Items, brings_nothing, describe, item_of
from msoko.core.collection.reading import Grain
from msoko.core.definitions.kinds import WorkItem
from msoko.web.collection.models import Batch, Procedure
from msoko.web.collection.queries import describing, procedures_described
from msoko.web.definitions import definitions

MOST_SOURCES = 20  # of a region's seven hundred protocols the first ones tell enough


@dataclass(frozen=True)
class Assembled:
    """The items, the maximum of the work, and what each file brought that brought or doubted anything."""

    items: Items
    maximum: int | None
    sources: list[tuple[Batch, Added]]


def describe_anew(batch: Batch) -> list[int]:
    """Put the descriptions of the batch's procedures together anew, after it has come or gone.

    Returns the procedures whose items are not what they were: their values no longer follow from them.
    Call it in the transaction of the deed.
    """
    if _brings_nothing(batch):
        return []
    keys = sorted(one.pk for one in procedures_described(batch))
    # Locked, so that of two files accepted at once the second one sees the first.
    procedures = list(Procedure.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    return [one.pk for one in procedures if _store(one, assembled(one))]


def _brings_nothing(batch: Batch) -> bool:
    """Most protocols of a region say the same of their work: they need no look at all the others."""
    procedure, theirs = batch.procedure, items_of(batch.report)
    is_accepted = batch.state == Batch.State.ACCEPTED and batch.grain == Grain.PUPILS
    if not is_accepted or procedure is None or not procedure.items:
        return False
    return brings_nothing(tuple(map(item_of, procedure.items)), theirs)


def _store(procedure: Procedure, found: Assembled) -> bool:
    changed = found.items != tuple(map(item_of, procedure.items)) or found.maximum != procedure.maximum
    procedure.items, procedure.maximum = [asdict(item) for item in found.items], found.maximum
    procedure.description = [_source(batch, added) for batch, added in found.sources[:MOST_SOURCES]]
    procedure.save(update_fields=["items", "maximum", "description"])
    return changed


def _source(batch: Batch, added: Added) -> dict[str, Any]:
    source = definitions().sources.get(batch.source)
    accepted = timezone.localdate(batch.accepted_at) if batch.accepted_at else None
    return {
        "batch": batch.pk,
        "form": source.title if source else batch.source,
        "accepted": accepted.isoformat() if accepted else "",
        "items": list(added.items),
        "doubts": list(added.doubts),
    }


def assembled(procedure: Procedure, asked: Batch | None = None) -> Assembled:
    """The description as it is, or as it would be were the batch `asked` accepted now.

    The first protocol says which items there are. Then speak our own descriptions, the one accepted last first, then
    the protocols with what they and the definitions know, then the tables of ФИС ОКО.
    """
    others = list(procedure.batches.filter(state=Batch.State.ACCEPTED).order_by("accepted_at", "pk"))
    own = _newest_first(describing(procedure), Grain.RECORDS, asked)
    protocols = [one for one in others if one.grain == Grain.PUPILS]
    tables = _newest_first(others, Grain.AGGREGATES, asked)
    work, maximum = _work_of(protocols)
    files = [*own, *protocols, *tables]
    items, added = describe(work, [_as_told(one, work) for one in files]) if work else (work, [])
    maxima = [item.maximum for item in items if item.maximum is not None]
    whole = sum(maxima) if maxima and len(maxima) == len(items) else None
    sources = [(one, told) for one, told in zip(files, added, strict=False) if told.items or told.doubts]
    return Assembled(items, whole if maximum is None else maximum, sources)


def _newest_first(accepted: Iterable[Batch], grain: Grain, asked: Batch | None) -> list[Batch]:
    """Those of the grain; `asked` goes first, as if it had been accepted this moment."""
    found = sorted(accepted, key=lambda one: (one.accepted_at or timezone.now(), one.pk), reverse=True)
    first = [asked] if asked is not None and asked.grain == grain else []
    return first + [one for one in found if one.grain == grain]


def _work_of(protocols: list[Batch]) -> tuple[Items, int | None]:
    """Numbers and maxima by the first protocol that has items; the whole maximum where only that is known."""
    first = next((one for one in protocols if items_of(one.report)), None)
    if first is None:
        return (), next((one.report.get("maximum") for one in protocols), None)
    items = tuple(WorkItem(item.number, item.maximum) for item in items_of(first.report))
    return items, first.report.get("maximum")


def _as_told(batch: Batch, work: Items) -> Items:
    """Columns of protocols of one work are the same items, whatever their headers call them."""
    told = items_of(batch.report)
    if batch.grain != Grain.PUPILS:
        return told
    if len(told) != len(work):  # a protocol that knows the total only
        return ()
    return tuple(replace(said, number=item.number) for said, item in zip(told, work, strict=True))


def items_of(report: dict[str, Any]) -> Items:
    return tuple(item_of(said) for said in report.get("items") or ())
