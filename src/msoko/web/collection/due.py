"""Due work of this room: files that wait to be read, and once a day rubbish that waits to be swept."""

import logging
import time
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from msoko.web.collection.models import Batch
from msoko.web.collection.services.forgetting import sweep
from msoko.web.collection.services.reading import TakenOver, claim, read_received

log = logging.getLogger("msoko.collection")
# The longest real file is read in some five seconds: whoever has been silent for ten minutes is dead.
SILENCE = timedelta(minutes=10)
DAY = 24 * 60 * 60
_swept: list[float] = []  # when this process swept last; a worker that starts sweeps first


def do_one() -> bool:
    """Read one received file. A programming error becomes a named refusal, never silence."""
    _sweep_daily()
    batch = _claim_next()
    if batch is None:
        return False
    try:
        read_received(batch)
    except TakenOver as lost:
        log.warning("Batch %s: %s", batch.pk, lost)
    return True


def _claim_next() -> Batch | None:
    silent_since = timezone.now() - SILENCE
    waiting = Q(state=Batch.State.RECEIVED) | Q(state=Batch.State.READING, claimed_at__lt=silent_since)
    for batch in Batch.objects.filter(waiting).select_related("upload").order_by("pk")[:5]:
        if claim(batch, waiting):
            return batch
    return None


def _sweep_daily() -> None:
    now = time.monotonic()
    if _swept and now - _swept[-1] < DAY:
        return
    _swept[:] = [now]
    removed = sweep()
    if removed:
        log.info("Swept %d files that no record names.", len(removed))
