"""Which roadmap and activity a person may read, and where he may correct what was understood of them.

Asked of the programme's own organisation, whatever territory is looked at. Out of sight is «not found».
"""

from django.http import Http404

from msoko.web.people.sight import Sight
from msoko.web.roadmap.models import Activity, Programme, Roadmap
from msoko.web.roadmap.programme_rights import APPROVE, EDIT
from msoko.web.roadmap.queries import programmes_in_sight

NEAR = ("programme__organisation__municipality",)


def roadmap_to_read(sight: Sight, pk: int) -> Roadmap:
    """With its programme. Raises Http404."""
    visible = Roadmap.objects.filter(programme__in=programmes_in_sight(sight))
    found = visible.select_related(*NEAR).filter(pk=pk).first()
    if found is None:
        raise Http404("Такой дорожной карты нет.")
    return found


def activity_to_read(sight: Sight, pk: int) -> Activity:
    """With its roadmap, section and programme. Raises Http404."""
    visible = Activity.objects.filter(roadmap__programme__in=programmes_in_sight(sight))
    near = ("section", "finding__organisation", "imported_row", "descends_from__roadmap")
    found = visible.select_related(*(f"roadmap__{name}" for name in NEAR), *near).filter(pk=pk).first()
    if found is None:
        raise Http404("Такого мероприятия нет.")
    return found


def may_correct(sight: Sight, programme: Programme) -> bool:
    """Dates and executors of a draft are corrected by whoever edits it. Of a programme in force they decide what
    people must do, so there it is for who approves. What is replaced or closed stays as it was."""
    if programme.is_draft:
        return sight.may(EDIT, programme.organisation)
    return programme.is_live and sight.may(APPROVE, programme.organisation)
