"""Values whose definitions have changed since: a scale edited in a municipality's folder, a new release."""

from collections import defaultdict

from msoko.web.collection.models import Batch, Procedure
from msoko.web.collection.services.withdrawing import mark_stale
from msoko.web.definitions import definitions
from msoko.web.monitoring.services.recomputing import inputs_hash
from msoko.web.monitoring.services.scales import scale_of

_seen: dict[str, str] = {}  # the definitions that this process has last held the values against


def mark_outdated_after_a_change() -> int:
    """Once a change of definitions: mark stale what no longer follows from them; returns how many procedures."""
    now = definitions().hash
    if _seen.get("definitions") == now:
        return 0
    _seen["definitions"] = now
    return mark_outdated()


def mark_outdated() -> int:
    """Hold every fresh procedure's hash against what it would be today."""
    fresh = list(Procedure.objects.filter(values_state=Procedure.Values.FRESH))
    batches: dict[int, list[Batch]] = defaultdict(list)
    accepted = Batch.objects.filter(state=Batch.State.ACCEPTED, procedure__in=fresh).order_by("-accepted_at", "-pk")
    for batch in accepted.only("facts", "source_hash", "procedure_id"):
        batches[batch.procedure_id or 0].append(batch)
    outdated = [one for one in fresh if inputs_hash(batches[one.pk], scale_of(one)) != one.values_hash]
    for procedure in outdated:
        mark_stale(procedure.pk)
    return len(outdated)
