"""Which programme a person may read, edit and approve: asked of the programme's own organisation, whatever territory
is looked at. Out of sight is «not found»."""

from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404

from msoko.web.people.sight import Sight
from msoko.web.roadmap.models import Activity, Programme, Roadmap, Section, SwotEntry
from msoko.web.roadmap.queries import programmes_in_sight

EDIT, APPROVE = "edit_programme", "approve_programme"
NEAR = ("organisation__municipality", "parent__organisation", "previous")
Part = TypeVar("Part", bound=Model)
NO_PROGRAMME = "Такой программы нет."
NO_PART = "Такой строки в программе нет."


def programme_to_read(sight: Sight, pk: int) -> Programme:
    """Raises Http404."""
    found = programmes_in_sight(sight).select_related(*NEAR).filter(pk=pk).first()
    if found is None:
        raise Http404(NO_PROGRAMME)
    return found


def programme_to(action: str, sight: Sight, pk: int) -> Programme:
    """For an action (EDIT, APPROVE). Raises Http404, and PermissionDenied for who may read it only."""
    programme = programme_to_read(sight, pk)
    if not sight.may(action, programme.organisation):
        raise PermissionDenied
    return programme


def roadmap_to_edit(sight: Sight, pk: int) -> Roadmap:
    return _part(sight, Roadmap.objects.select_related("programme__organisation"), pk)


def section_to_edit(sight: Sight, pk: int) -> Section:
    return _part(sight, Section.objects.select_related("roadmap__programme__organisation"), pk)


def activity_to_edit(sight: Sight, pk: int) -> Activity:
    near = ("roadmap__programme__organisation", "section", "finding")
    return _part(sight, Activity.objects.select_related(*near), pk)


def entry_to_edit(sight: Sight, pk: int) -> SwotEntry:
    return _part(sight, SwotEntry.objects.select_related("programme__organisation", "finding"), pk)


def _part(sight: Sight, parts: QuerySet[Part], pk: int) -> Part:
    """Raises Http404 and PermissionDenied, as the programme of the part does."""
    found = parts.filter(pk=pk).first()
    if found is None:
        raise Http404(NO_PART)
    programme_to(EDIT, sight, _programme_of(found))
    return found


def _programme_of(part: Model) -> int:
    if isinstance(part, Roadmap | SwotEntry):
        return part.programme_id
    assert isinstance(part, Section | Activity)
    return part.roadmap.programme_id
