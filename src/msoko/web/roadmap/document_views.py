"""Programmes, roadmaps and reports of execution as files: DOCX, PDF, XLSX."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from msoko.documents.blocks import TableBlock
from msoko.documents.registry import document_kinds
from msoko.documents.spreadsheets import to_xlsx
from msoko.web.look import files
from msoko.web.people.requests import Request
from msoko.web.roadmap.models import Programme, Roadmap
from msoko.web.roadmap.queries import programmes_in_sight
from msoko.web.roadmap.written_programme import written_programme
from msoko.web.roadmap.written_report import WrittenReport

CONTENT_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": files.XLSX,
}


def programme_document(request: Request, pk: int) -> HttpResponse:
    """The whole programme in the form in which it is signed."""
    programme = _programme(request, pk)
    return _written("roadmap", written_programme(programme, _today()), request, f"programma-{pk}")


def roadmap_document(request: Request, pk: int) -> HttpResponse:
    """One roadmap in the form in which it is signed."""
    roadmap = _roadmap(request, pk)
    return _written("roadmap", written_programme(roadmap.programme, _today(), roadmap), request, f"karta-{pk}")


def programme_report(request: Request, pk: int) -> HttpResponse:
    """What was done of the whole programme, as far as the person sees it."""
    report = WrittenReport(_programme(request, pk), request.sight, _today())
    return _written("execution_report", report.data(), request, f"otchet-programmy-{pk}")


def execution_report(request: Request, pk: int) -> HttpResponse:
    """What was done of one roadmap, as far as the person sees it."""
    roadmap = _roadmap(request, pk)
    report = WrittenReport(roadmap.programme, request.sight, _today(), roadmap)
    return _written("execution_report", report.data(), request, f"otchet-{pk}")


def _programme(request: Request, pk: int) -> Programme:
    return get_object_or_404(programmes_in_sight(request.sight).select_related("organisation"), pk=pk)


def _roadmap(request: Request, pk: int) -> Roadmap:
    visible = Roadmap.objects.filter(programme__in=programmes_in_sight(request.sight))
    return get_object_or_404(visible.select_related("programme__organisation"), pk=pk)


def _today() -> date:
    return timezone.localdate()


def _written(slug: str, data: object, request: Request, file_name: str) -> HttpResponse:
    """The document as ?format= says. Raises Http404 for a form that it does not have."""
    kind, form = document_kinds()[slug], request.GET.get("format", "docx")
    if form not in CONTENT_TYPES:
        raise Http404
    if form == "xlsx":
        tables = [block.table for block in kind.build(data).blocks if isinstance(block, TableBlock)]
        content = to_xlsx(tables, created=timezone.now())
    else:
        content = kind.render(data, form)
    return files.attachment(content, f"{file_name}.{form}", CONTENT_TYPES[form])
