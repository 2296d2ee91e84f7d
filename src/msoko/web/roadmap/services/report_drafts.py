"""What a person has typed into a report and not handed in yet. It waits for him wherever he signs in next; his
organisation sees it, nobody else does. It is no deed: the audit does not hear of it."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone

from msoko.web.people.models import User
from msoko.web.people.sight import sight_of
from msoko.web.roadmap.execution_rights import hands_of
from msoko.web.roadmap.models import Assignment, ReportDraft
from msoko.web.roadmap.services.carrying_out import locked


@transaction.atomic
def save_draft(assignment: Assignment, who: User, said: Mapping[str, str]) -> ReportDraft | None:
    """In the place of the one before; an empty one leaves none. None also where the person does not execute the
    assignment, or it does not wait for a report any more."""
    row = locked([assignment.pk]).get(assignment.pk)
    if row is None or not row.is_open or not hands_of(sight_of(who), [row]).executes(row):
        return None
    if not said:
        ReportDraft.objects.filter(assignment=row, author=who).delete()
        return None
    kept = {"said": dict(said), "saved_at": timezone.now()}
    return ReportDraft.objects.update_or_create(assignment=row, author=who, defaults=kept)[0]


def drop_drafts(reported: Iterable[Assignment]) -> None:
    """The reports are handed in. Call it in their transaction."""
    ReportDraft.objects.filter(assignment__in=[one.pk for one in reported]).delete()
