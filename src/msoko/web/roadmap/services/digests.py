"""Letters: one a person a day, claimed before it is sent, tried again after a failure, never sent twice."""

import logging
import smtplib
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F, Q
from django.utils import timezone

from msoko.web.people.models import User
from msoko.web.people.sight import sight_of
from msoko.web.roadmap.letters import body_of, subject_of
from msoko.web.roadmap.models import Digest, Reminding
from msoko.web.roadmap.queries import BODY_OF_ROLE
from msoko.web.roadmap.reminders import Reminders

log = logging.getLogger("msoko.roadmap")
SILENCE = timedelta(minutes=10)
"""A letter takes seconds: whoever has claimed one for so long is dead, or the server refused it and may take it now."""
MOST_ATTEMPTS = 3
State = Digest.State
_prepared: list[date] = []  # the day whose rows this process has made; a worker that starts makes them again


def send_due(now: datetime) -> bool:
    """Send one due letter of the day; says whether there was one. Before the morning hour nothing is due."""
    local = timezone.localtime(now)
    if local.hour < settings.DIGEST_HOUR:
        return False
    today = local.date()
    if _prepared != [today]:
        prepare(today)
        _prepared[:] = [today]
    digest = _claim(today, now)
    if digest is not None:
        _send(digest)
    return digest is not None


def prepare(today: date) -> None:
    """A waiting row for everybody who may have something to do and has not refused letters."""
    refused = Reminding.objects.filter(by_letter=False).values("user")
    people = User.objects.filter(is_active=True, memberships__role__in=BODY_OF_ROLE).exclude(pk__in=refused).distinct()
    Digest.objects.bulk_create([Digest(user=user, day=today) for user in people], ignore_conflicts=True)


def send_all(now: datetime) -> dict[str, int]:
    """Send everything due now, whatever the hour; returns how many ended in which state today.

    Whoever had nothing to be reminded of earlier in the day is looked at again.
    """
    today = timezone.localtime(now).date()
    prepare(today)
    Digest.objects.filter(day=today, state=State.NOTHING).update(state=State.WAITING)
    while (digest := _claim(today, now)) is not None:
        _send(digest)
    states = Digest.objects.filter(day=today).values_list("state", flat=True)
    return {str(state.value): sum(one == state for one in states) for state in State}


def _claim(today: date, now: datetime) -> Digest | None:
    again = Q(state__in=(State.SENDING, State.FAILED), claimed_at__lt=now - SILENCE, attempts__lt=MOST_ATTEMPTS)
    due = Q(state=State.WAITING) | again
    for digest in Digest.objects.filter(due, day=today).select_related("user").order_by("pk")[:5]:
        claimed = Digest.objects.filter(due, pk=digest.pk, attempts=digest.attempts)
        if claimed.update(state=State.SENDING, claimed_at=now, attempts=F("attempts") + 1):
            return digest
    return None


def _send(digest: Digest) -> None:
    reminders = Reminders(sight_of(digest.user), digest.day)
    if not reminders:
        _end(digest, State.NOTHING)
        return
    letter = EmailMessage(subject_of(reminders), body_of(reminders), to=[digest.user.email])
    letter.extra_headers["Auto-Submitted"] = "auto-generated"
    try:
        letter.send()
    except (OSError, smtplib.SMTPException) as refusal:
        log.warning("The letter to person %s was not sent: %s", digest.user_id, refusal)
        _end(digest, State.FAILED, str(refusal)[:300])
        return
    _end(digest, State.SENT)


def _end(digest: Digest, state: str, failure: str = "") -> None:
    Digest.objects.filter(pk=digest.pk).update(state=state, failure=failure)
