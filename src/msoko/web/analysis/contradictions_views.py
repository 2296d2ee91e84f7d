"""«Противоречия в таблицах». Views translate: an address into a page or a file."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from msoko.core.analysis.contradictions import Severity
from msoko.core.vocabulary.russian import capitalised
from msoko.web.analysis.contradictions_page import ContradictionsPage
from msoko.web.look import files
from msoko.web.look.addresses import address_with
from msoko.web.people.requests import Request


def contradictions(request: Request) -> HttpResponse:
    """What the tables handed in within the person's territories say against themselves."""
    said = request.GET.get("batch", "")
    batch = int(said) if said.isdecimal() and len(said) < 10 else None
    page = ContradictionsPage(request.sight, request.GET.get("severity", ""), batch, request.GET.get("page", ""))
    if request.GET.get("format"):
        return files.spreadsheet(request, page.table(), "contradictions")
    context = {
        "page": page,
        "shown": page.shown(),
        "tabs": _tabs(request, page),
        "tab": page.severity or "all",
        "exports": [(word, address_with(request, {"format": word.lower(), "page": None})) for word in ("XLSX", "CSV")],
        "breadcrumbs": [{"title": "Данные", "url": reverse("collection:data")}, {"title": "Противоречия"}],
    }
    return render(request, "analysis/contradictions.html", context)


def _tabs(request: Request, page: ContradictionsPage) -> list[dict[str, object]]:
    """A filter by how sure it is, each with its number."""
    choices = [("", "Все", page.total), *((one.value, capitalised(one.words), page.counts[one]) for one in Severity)]
    return [
        {
            "key": severity or "all",
            "title": title,
            "count": n,
            "url": address_with(request, {"severity": severity or None, "page": None}),
        }
        for severity, title, n in choices
    ]
