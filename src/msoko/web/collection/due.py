"""Due work of this room: files that wait to be read."""

import logging
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from msoko.core.vocabulary.statuses import Level
from msoko.web.collection.models import Batch
from msoko.web.collection.services import read_received

log = logging.getLogger("msoko.collection")
# The longest real file is read in some five seconds: whoever has been silent for ten minutes is dead.
SILENCE = timedelta(minutes=10)
INTERNAL_ERROR = {
    "level": str(Level.FAIL),
    "code": "internal_error",
    "count": 1,
    "sheet": None,
    "row": None,
    "column": None,
    "value": None,
    "places": [],
    "message": "Файл не удалось прочитать из-за ошибки программы. Ничего не принято и не потеряно. "
    "Сообщите администратору имя файла и время.",
}


def do_one() -> bool:
    """Read one received file. A programming error becomes a named refusal, never silence."""
    batch = _claim_next()
    if batch is None:
        return False
    try:
        read_received(batch, lambda done, total, what: _tell(batch, done, total, what))
    except Exception:
        log.exception("Reading of %s failed", batch.path)
        Batch.objects.filter(pk=batch.pk).update(
            state=Batch.State.REFUSED, level=Level.FAIL, complaints=[INTERNAL_ERROR], progress={}, claimed_at=None
        )
    return True


def _claim_next() -> Batch | None:
    now = timezone.now()
    waiting = Q(state=Batch.State.RECEIVED) | Q(state=Batch.State.READING, claimed_at__lt=now - SILENCE)
    for batch in Batch.objects.filter(waiting).select_related("upload").order_by("pk")[:5]:
        mine = Batch.objects.filter(waiting, pk=batch.pk).update(state=Batch.State.READING, claimed_at=now)
        if mine:
            return batch
    return None


def _tell(batch: Batch, done: int, total: int, what: str) -> None:
    Batch.objects.filter(pk=batch.pk).update(
        progress={"done": done, "total": total, "what": what}, claimed_at=timezone.now()
    )
