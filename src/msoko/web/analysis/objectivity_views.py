"""«Объективность». Views translate: an address into a page, a table or a picture."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from msoko.web.analysis import decided_list, signal_tables
from msoko.web.analysis.method_runs import MethodRuns
from msoko.web.analysis.objectivity_page import ObjectivityPage
from msoko.web.analysis.page_frame import behind, no_protocols, years_to_choose
from msoko.web.analysis.pictures import pictures_of
from msoko.web.analysis.queries import finding_in_sight
from msoko.web.analysis.signal_form import SignalFilter
from msoko.web.analysis.signal_page import SignalPage, signal_named
from msoko.web.look import files
from msoko.web.people.models import Organisation
from msoko.web.people.requests import Request

OBJECTIVITY = "Объективность"
FIRST = "first"


def objectivity(request: Request) -> HttpResponse:
    """Every signal of the year on a card of its own."""
    territory = request.sight.territory
    if territory is None:
        return render(request, "analysis/objectivity_empty.html")
    page = ObjectivityPage(request.sight, territory)
    if request.GET.get("format"):
        if request.GET.get("table") != "official" or not page.official.is_there:
            raise Http404
        return files.spreadsheet(request, page.official.table(), f"official-{page.year}", "official")
    context = {"page": page, "official": page.official.table() if page.official.is_there else None}
    return render(request, "analysis/objectivity.html", context | _frame(request, page.runs))


def signal(request: Request, name: str) -> HttpResponse:
    """One signal: its picture, its list, what it does not see."""
    method = signal_named(name)
    form = SignalFilter(request.GET)
    page = SignalPage(method, request.sight, _territory(request), **form.chosen())
    if request.GET.get("format"):
        return _file_of(request, page)
    may_decide = request.sight.may("decide_finding", page.territory)
    table = signal_tables.list_on_page(page)
    context = {
        "page": page,
        "form": form,
        "shown": decided_list.shown_list(table, page.lines, request, page.territory, may_decide, page.notes_of),
        "strengths": page.strengths(),
        "unknown": signal_tables.unknown_table(page),
        "may_set": request.sight.may("set_parameters", page.territory),
        "breadcrumbs": [{"title": OBJECTIVITY, "url": _of_year(page)}, {"title": method.title}],
    }
    return render(request, "analysis/signal.html", context | _frame(request, page.runs))


def _territory(request: Request) -> Organisation:
    if request.sight.territory is None:
        raise Http404
    return request.sight.territory


def _of_year(page: SignalPage) -> str:
    return f"{reverse('analysis:objectivity')}?territory={page.territory.pk}&year={page.year or ''}"


def _file_of(request: Request, page: SignalPage) -> HttpResponse:
    name, table = f"{page.method.name}-{page.year}", request.GET.get("table", "list")
    if request.GET.get("picture") == "strengths":
        return files.picture(request, page.strengths(), f"{name}-strengths")
    if table not in signal_tables.TABLES:
        raise Http404
    return files.spreadsheet(request, signal_tables.TABLES[table](page), f"{name}-{table}", table)


def _frame(request: Request, runs: MethodRuns) -> dict[str, Any]:
    """The year to choose, and whether what is shown is being counted anew."""
    return {
        "years": years_to_choose(runs.years, runs.year),
        "stale": behind(request, runs.year) if runs.is_behind else None,
        "no_protocols": no_protocols(runs.year),
    }


def finding_picture(request: Request, pk: int, name: str) -> HttpResponse:
    """A picture of a finding as PNG or SVG; «first» is the one that tells most."""
    found = pictures_of(finding_in_sight(request.sight, pk), request.sight)
    picture = next(iter(found.values()), None) if name == FIRST else found.get(name)
    return files.picture(request, picture, f"finding-{pk}-{name}")
