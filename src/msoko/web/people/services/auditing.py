"""The trace that every order leaves."""

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
    if organisation is None and isinstance(subject, Organisation):
        organisation = subject
    return AuditEntry.objects.create(
        who=who,
        action=action,
        organisation=organisation,
        subject_type=subject._meta.label_lower if subject else "",
        subject_id=str(subject.pk) if subject else "",
        details=details,
    )
