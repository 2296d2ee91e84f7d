"""The secret address of a person's calendar: made, made anew, revoked, recognised."""

import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from msoko.web.people.models import User
from msoko.web.people.services import audit
from msoko.web.roadmap.models import CalendarLink, Reminding

BYTES_OF_SECRET = 32


@transaction.atomic
def make_link(user: User) -> str:
    """A new secret; the one before stops working. The secret is told here once, only its hash is kept."""
    _revoke(user)
    secret = secrets.token_urlsafe(BYTES_OF_SECRET)
    CalendarLink.objects.create(user=user, digest=_digest(secret))
    audit(user, "calendar_link_made", subject=user)
    return secret


@transaction.atomic
def revoke_link(user: User) -> bool:
    """The address stops working; False where there was none."""
    revoked = _revoke(user)
    if revoked:
        audit(user, "calendar_link_revoked", subject=user)
    return revoked


def owner_of(secret: str) -> User | None:
    """Whose calendar the secret opens; None for an unknown or revoked one and for a closed account."""
    link = CalendarLink.objects.filter(digest=_digest(secret), revoked_at=None).select_related("user").first()
    return link.user if link and link.user.is_active else None


def choose_letters(user: User, by_letter: bool) -> None:
    """Letters are sent or not."""
    Reminding.objects.update_or_create(user=user, defaults={"by_letter": by_letter})


def _revoke(user: User) -> bool:
    return bool(CalendarLink.objects.filter(user=user, revoked_at=None).update(revoked_at=timezone.now()))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
