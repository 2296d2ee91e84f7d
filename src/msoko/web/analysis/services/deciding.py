"""A person decides about a finding: it is confirmed or dismissed, with a reason, and can be taken up again."""

from django.db import transaction
from django.utils import timezone

from msoko.web.analysis.models import Finding
from msoko.web.people.models import User
from msoko.web.people.services import audit


class CannotDecide(Exception):
    """Why the finding can't be decided about, in Russian."""


class DecidedMeanwhile(CannotDecide):
    """Another person has decided, or newer data have replaced the finding, since it was shown."""

    def __init__(self) -> None:
        super().__init__("Пока страница была открыта, вывод изменился: обновите её и посмотрите на новый.")


def confirm(finding: Finding, who: User | None, reason: str = "") -> Finding:
    """Raises DecidedMeanwhile where the finding is no longer what `finding` says: its state and when it was decided."""
    return _decide(finding, Finding.State.CONFIRMED, who, reason)


def dismiss(finding: Finding, who: User | None, reason: str) -> Finding:
    """Raises CannotDecide without a reason: a year later nobody would know why a school left the list."""
    if not reason.strip():
        raise CannotDecide("Назовите причину: через год её спросят.")
    return _decide(finding, Finding.State.DISMISSED, who, reason)


def reopen(finding: Finding, who: User | None, reason: str = "") -> Finding:
    """Back to new: the decision was a mistake. What was decided stays in the audit."""
    return _decide(finding, Finding.State.NEW, who, reason)


@transaction.atomic
def _decide(finding: Finding, state: str, who: User | None, reason: str) -> Finding:
    now = timezone.now() if state != Finding.State.NEW else None
    same = Finding.objects.filter(pk=finding.pk, superseded_at=None, state=finding.state, decided_at=finding.decided_at)
    changed = same.update(
        state=state,
        reason=reason.strip(),
        decided_at=now,
        decided_by=who if now else None,
        carried_over=False,
    )
    if not changed:
        raise DecidedMeanwhile
    audit(
        who,
        f"finding_{'reopened' if state == Finding.State.NEW else state}",
        subject=finding,
        organisation=finding.organisation,
        method=finding.method,
        year=finding.year,
        reason=reason.strip(),
        was=finding.state,
    )
    finding.refresh_from_db()
    return finding
