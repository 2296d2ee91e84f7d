"""Lists of assignments: what a person has to do, what waits for verification, everything that was given out."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from msoko.web.look import files
from msoko.web.people.requests import Request
from msoko.web.roadmap.assignments_page import AssignmentsPage
from msoko.web.roadmap.assignments_table import table_of, title_of
from msoko.web.roadmap.bulk_views import bulk_forms
from msoko.web.roadmap.my_tasks_page import TasksPage


def my_tasks(request: Request) -> HttpResponse:
    """The reader's own tasks; with ?territory= of a school in which he does not work, that school's."""
    page = TasksPage(request.sight, timezone.localdate(), is_territory_asked=bool(request.GET.get("territory")))
    return render(request, "roadmap/my_tasks.html", {"page": page})


def assignments(request: Request) -> HttpResponse:
    """All that was given out, as the filters of the address say; ?format= takes it away as a file."""
    page = AssignmentsPage(request.sight, request.GET, timezone.localdate())
    if request.GET.get("format"):
        place = request.sight.territory.name if request.sight.territory else ""
        table = table_of(page.in_order, page.today, title_of(place))
        return files.spreadsheet(request, table, "поручения")
    return render(request, "roadmap/assignments.html", {"page": page, "bulk": bulk_forms()})
