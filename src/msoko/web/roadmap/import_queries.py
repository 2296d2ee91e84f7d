"""Named readings of signed documents that wait for a person."""

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from msoko.web.people.models import AuditEntry
from msoko.web.people.rights import refuse_unless
from msoko.web.people.sight import Sight, below
from msoko.web.roadmap.models import ImportedRow, RoadmapImport
from msoko.web.roadmap.services.importing_live import SURE

State = RoadmapImport.State
MOST_LISTED = 200
ACTION = "edit_programme"
"""What one must be allowed to do to the organisation of a document, to read it too: it is nothing yet."""


def imports_in_sight(sight: Sight) -> QuerySet[RoadmapImport]:
    """Documents of organisations that the person sees."""
    if sight.sees_everything:
        return RoadmapImport.objects.all()
    if not sight.paths:
        return RoadmapImport.objects.none()
    return RoadmapImport.objects.filter(below(sight.paths, "organisation__"))


def document_in_sight(sight: Sight, pk: int) -> RoadmapImport:
    """Raises Http404 for what is out of sight, PermissionDenied where the person may see the place but not edit it."""
    related = ("organisation__municipality", "programme", "received_by")
    found = imports_in_sight(sight).defer("lines").select_related(*related)
    document = found.filter(pk=pk).first()
    if document is None:
        raise Http404("Такого документа нет.")
    refuse_unless(sight.may(ACTION, document.organisation))
    return document


def row_in(document: RoadmapImport, pk: int) -> ImportedRow:
    row = document.rows.filter(pk=pk).first()
    if row is None:
        raise Http404("Такой строки в документе нет.")
    return row


def last_edit(document: RoadmapImport, part: str) -> AuditEntry | None:
    """Who has put the part right last; where the audit does not name it, whoever has changed the document."""
    edits = AuditEntry.objects.filter(subject_type=document._meta.label_lower, subject_id=str(document.pk))
    newest = edits.select_related("who").order_by("-pk")
    return newest.filter(details__part=part).first() or newest.first()


def documents_of(sight: Sight) -> list[RoadmapImport]:
    """Documents of the territory looked at and below it, newest first, each with `found` rows, and `doubtful` ones.

    Those that are discarded are left out.
    """
    if sight.territory is None:
        return []
    within = Q(organisation__path__startswith=sight.territory.path)
    living = Q(rows__is_dropped=False)
    doubtful = living & Q(rows__is_checked=False, rows__confidence__lt=SURE)
    documents = imports_in_sight(sight).filter(within).exclude(state=State.DISCARDED)
    counted = documents.annotate(found=Count("rows", filter=living), doubtful=Count("rows", filter=doubtful))
    listed = counted.select_related("organisation", "programme", "received_by").defer("lines", "passport", "complaints")
    return list(listed[:MOST_LISTED])


def twin_of(document: RoadmapImport) -> RoadmapImport | None:
    """The same bytes of the same organisation, given before and not discarded."""
    others = RoadmapImport.objects.filter(organisation=document.organisation_id, sha256=document.sha256)
    others = others.filter(pk__lt=document.pk).exclude(state__in=(State.DISCARDED, State.FAILED))
    others = others.exclude(state=State.LIVE, programme=None)
    return others.defer("lines", "passport", "complaints").first()
