"""Two records of one school became one: its programmes and assignments go where its people went."""

from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from msoko.web.people.models import Organisation
from msoko.web.roadmap.models import Assignment, Programme, RoadmapImport
from msoko.web.roadmap.reasons import MERGED
from msoko.web.roadmap.services.due_dates import delete_at_once, untouched


@transaction.atomic
def when_merged(sender: object, duplicate: Organisation, into: Organisation, **rest: Any) -> None:
    """Of two assignments of the same thing the untouched one goes; where both were begun the duplicate's is cancelled,
    with all that was handed in, and a report that waits is still verified."""
    for record in (Programme, RoadmapImport):
        record.objects.filter(organisation=duplicate).update(organisation=into)
    theirs, ours = (Assignment.objects.filter(organisation=one) for one in (duplicate, into))
    delete_at_once(theirs.filter(untouched(), _same(ours)))
    delete_at_once(ours.filter(untouched(), _same(theirs)))
    theirs.exclude(_same(ours)).update(organisation=into)
    theirs.filter(state__in=Assignment.OPEN).update(
        state=Assignment.State.CANCELLED, reason=MERGED, state_at=timezone.now()
    )


def _same(others: QuerySet[Assignment]) -> Exists:
    """Is there another one of the same due date and body among the others?"""
    return Exists(others.filter(occurrence=OuterRef("occurrence"), body=OuterRef("body")))
