"""Taking a batch back: what it said no longer counts, what it was stays on record."""

from django.db import transaction
from django.utils import timezone

from msoko.web.collection.models import Batch, Procedure
from msoko.web.collection.services.describing import describe_anew
from msoko.web.people.models import User
from msoko.web.people.services import audit


@transaction.atomic
def withdraw(batch: Batch, who: User | None, reason: str) -> bool:
    """Withdraw an accepted batch. False where somebody has done it before. Raises ValueError without a reason."""
    reason = reason.strip()
    if not reason:
        raise ValueError("Назовите причину отзыва.")
    done = Batch.objects.filter(pk=batch.pk, state=Batch.State.ACCEPTED).update(
        state=Batch.State.WITHDRAWN, withdrawn_at=timezone.now(), withdrawn_by=who, reason=reason
    )
    if done:
        batch.refresh_from_db(fields=["state"])
        own = [batch.procedure_id] if batch.procedure_id else []
        for procedure in {*own, *describe_anew(batch)}:
            mark_stale(procedure)
        audit(who, "batch_withdrawn", subject=batch, organisation=batch.territory, reason=reason)
    return bool(done)


@transaction.atomic
def discard(batch: Batch, who: User | None) -> bool:
    """Leave a batch that waits for a decision unaccepted."""
    waiting = [Batch.State.PREVIEW, Batch.State.REFUSED]
    done = Batch.objects.filter(pk=batch.pk, state__in=waiting).update(state=Batch.State.DISCARDED)
    if done:
        audit(who, "batch_discarded", subject=batch, organisation=batch.territory)
    return bool(done)


def mark_stale(procedure_id: int) -> None:
    """The values of the procedure no longer follow from its accepted batches; the worker will see to it."""
    Procedure.objects.filter(pk=procedure_id).update(values_state=Procedure.Values.STALE, values_claimed_at=None)
