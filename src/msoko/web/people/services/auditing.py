"""The trace that every order leaves."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model

from msoko.web.people.models import AuditEntry, Organisation, User


def audit(
    who: User | None,
    action: str,
    subject: Model | None = None,
    organisation: Organisation | None = None,
    **details: Any,
) -> AuditEntry:
    """Records a deed done: `action` is a verb in the past («school_placed»), `details` what JSON can hold.

    Call it in the transaction of the deed. An organisation as subject is also the entry's organisation.
    """
    entry = _entry(who, action, subject, organisation, details)
    entry.save()
    return entry


def audit_each(
    who: User | None, action: str, deeds: Iterable[tuple[Model, Organisation | None, Mapping[str, Any]]]
) -> None:
    """The same deed done to many: (subject, organisation, details) each, in one query however many."""
    AuditEntry.objects.bulk_create(_entry(who, action, *deed) for deed in deeds)


def _entry(
    who: User | None,
    action: str,
    subject: Model | None,
    organisation: Organisation | None,
    details: Mapping[str, Any],
) -> AuditEntry:
    if organisation is None and isinstance(subject, Organisation):
        organisation = subject
    return AuditEntry(
        who=who,
        action=action,
        organisation=organisation,
        subject_type=subject._meta.label_lower if subject else "",
        subject_id=str(subject.pk) if subject else "",
        details=dict(details),
    )
