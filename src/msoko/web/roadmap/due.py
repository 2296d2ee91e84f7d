"""Due work of this room: signed documents that wait to be read, assignments of a new year, lists of schools that have
changed, due dates that have passed, letters that remind.

Whatever was missed is still due at the next look: each piece is found by the state of the records.
"""

import logging
import time
from collections.abc import Callable
from datetime import date

from django.db.models import Count, Max, Q
from django.utils import timezone

from msoko.web.analysis.models import Finding
from msoko.web.people.models import AuditEntry
from msoko.web.roadmap.models import Programme
from msoko.web.roadmap.school_groups import methods_of_lists
from msoko.web.roadmap.services.assigning import assign, horizon, occur, refresh_groups
from msoko.web.roadmap.services.digests import send_due
from msoko.web.roadmap.services.evidence_files import sweep_evidence
from msoko.web.roadmap.services.importing import claim_received, read_received
from msoko.web.roadmap.services.overdue import notice_overdue

log = logging.getLogger("msoko.roadmap")
DAY = 24 * 60 * 60
CHANGING_SCHOOLS = (
    *("school_closed", "school_reopened", "schools_created", "schools_merged", "schools_placed"),
    "register_imported",
)
"""Deeds after which «all schools» may be others."""

Seen = tuple[object, ...]
_lists_seen: list[Seen] = []  # what lists followed from when this process refreshed last; at its start it refreshes
_stumbled: set[tuple[int, date]] = set()  # programmes that could not be given out today: the others must not wait
_swept: list[float] = []  # when this process swept last; a worker that starts sweeps first


def do_one() -> bool:
    """One piece of due work; False where there is none."""
    _sweep_daily()
    return any(piece() for piece in PIECES)


def _read_a_document() -> bool:
    document = claim_received()
    if document is None:
        return False
    read_received(document)
    return True


def _give_out_the_next_year() -> bool:
    """One programme whose assignments do not reach to the horizon."""
    today = timezone.localdate()
    through = horizon(today)
    waiting = Programme.objects.filter(Q(assigned_through=None) | Q(assigned_through__lt=through))
    waiting = waiting.filter(state=Programme.State.APPROVED).exclude(
        pk__in=[key for key, day in _stumbled if day == today]
    )
    programme = waiting.order_by("pk").first()
    if programme is None:
        return False
    try:
        occur(programme)
        assign(programme, through)
    except Exception:  # the worker must outlive a fault; the programme is tried again tomorrow or after a restart
        log.exception("Assignments of programme %s could not be given out", programme.pk)
        _stumbled.add((programme.pk, today))
    return True


def _follow_the_lists() -> bool:
    """All programmes, where findings were decided or schools have changed since the last time."""
    seen = _what_lists_follow_from()
    if _lists_seen == [seen]:
        return False
    _lists_seen[:] = [seen]
    changed = [_refresh(one) for one in Programme.objects.filter(state=Programme.State.APPROVED).order_by("pk")]
    return any(changed)


def _refresh(programme: Programme) -> bool:
    try:
        settled = refresh_groups(programme, timezone.localdate())
    except Exception:  # the worker must outlive a fault; the programme follows at the next change or after a restart
        log.exception("Assignments of programme %s could not follow the lists", programme.pk)
        return False
    return bool(settled.created or settled.removed)


def _what_lists_follow_from() -> Seen:
    """Two cheap questions: what is found and decided now, and the last deed that makes other schools."""
    current = Finding.objects.filter(method__in=methods_of_lists(), superseded_at=None)
    new = Count("pk", filter=Q(state=Finding.State.NEW))
    findings = current.aggregate(Count("pk"), Max("pk"), Max("decided_at"), new=new)
    deeds = AuditEntry.objects.filter(action__in=CHANGING_SCHOOLS).aggregate(Max("pk"))
    return *findings.values(), *deeds.values()


def _sweep_daily() -> None:
    now = time.monotonic()
    if _swept and now - _swept[-1] < DAY:
        return
    _swept[:] = [now]
    removed = sweep_evidence()
    if removed:
        log.info("Swept %d files of evidence that no record names.", len(removed))


def _notice_overdue() -> bool:
    return notice_overdue(timezone.localdate()) > 0


def _send_a_letter() -> bool:
    return send_due(timezone.now())


PIECES: tuple[Callable[[], bool], ...] = (
    _read_a_document,
    _give_out_the_next_year,
    _follow_the_lists,
    _notice_overdue,
    _send_a_letter,
)
"""In this order: what is given out today may be overdue today, and the letter tells of both."""
