"""The profile of a school. Views translate: an address into a page or a file."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from msoko.web.analysis.school_profile import SchoolProfile
from msoko.web.look import files
from msoko.web.monitoring.views import tabs_of_school
from msoko.web.people.requests import Request


def school(request: Request, pk: int) -> HttpResponse:
    """What a person comes for who asks about a school."""
    page = _profile(request)
    tables = {"results": page.results_table, "tasks": page.tasks_table}
    if request.GET.get("format"):
        table = tables.get(request.GET.get("table", "results"), page.results_table)()
        if table is None:
            raise Http404
        return files.spreadsheet(request, table, f"school-{pk}")
    context = {
        "page": page,
        "school": page.school,
        "tabs": tabs_of_school(pk),
        "tab": "profile",
        "results_table": page.results_table() if page.results.values else None,
        "tasks_table": page.tasks_table(),
        "results_picture": page.results.subjects_picture(),
        "expected_picture": page.expected_picture(),
        "years": [{"value": one, "title": f"{one} год", "current": one == page.year} for one in page.years],
        "may_edit": request.sight.may("edit_organisation", page.school),
        "breadcrumbs": [{"title": "Школы", "url": reverse("people:organisations")}, {"title": page.school.name}],
    }
    return render(request, "analysis/school.html", context)


def expected_picture(request: Request, pk: int) -> HttpResponse:
    """Expected against actual as SVG or PNG."""
    picture = _profile(request).expected_picture()
    if picture is None:
        raise Http404
    return files.picture(request, picture, f"school-{pk}-expected")


def _profile(request: Request) -> SchoolProfile:
    """The school that the rule of the address found in sight; a territory has no page of this kind."""
    if request.organisation is None or not request.organisation.is_school:
        raise Http404
    return SchoolProfile(request.organisation, request.sight)
