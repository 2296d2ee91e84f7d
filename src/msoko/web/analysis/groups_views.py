"""Groups of pupils of one school. Views translate: an address into a page or a table."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from msoko.web.analysis.groups_page import TABLES, GroupsPage
from msoko.web.analysis.page_frame import behind, years_to_choose
from msoko.web.analysis.queries import is_behind
from msoko.web.look import files
from msoko.web.monitoring.views import tabs_of_school
from msoko.web.people.requests import Request


def school_groups(request: Request, pk: int) -> HttpResponse:
    """How many are at risk and of high potential; to the school itself also who, by code."""
    page = _page(request)
    if request.GET.get("format"):
        name = request.GET.get("table", "risk")
        table = TABLES[name](page) if name in TABLES else None
        if table is None:
            raise Http404
        return files.spreadsheet(request, table, f"school-{pk}-{name}", name)
    context = {
        "page": page,
        "school": page.school,
        "tabs": tabs_of_school(pk),
        "tab": "groups",
        "years": years_to_choose(page.years, page.year),
        "stale": behind(request, page.year) if is_behind(page.school, page.year) else None,
        "breadcrumbs": [
            {"title": "Школы", "url": reverse("people:organisations")},
            {"title": page.school.name, "url": reverse("analysis:school", args=[pk])},
            {"title": "Группы обучающихся"},
        ],
    }
    return render(request, "analysis/school_groups.html", context)


def _page(request: Request) -> GroupsPage:
    """The school that the rule of the address found in sight; a territory has no page of this kind."""
    if request.organisation is None or not request.organisation.is_school:
        raise Http404
    said = request.GET.get("procedure", "")
    asked = int(said) if said.isdecimal() and len(said) < 10 else None
    return GroupsPage(request.organisation, request.sight, asked)
