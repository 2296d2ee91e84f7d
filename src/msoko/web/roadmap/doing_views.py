"""Lists of assignments: what a person has to do, what waits for verification, everything that was given out."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from msoko.web.people.requests import Request
from msoko.web.roadmap.doing_queries import NEAR
from msoko.web.roadmap.my_tasks_page import TasksPage
from msoko.web.roadmap.queries import assignments_in_sight


def my_tasks(request: Request) -> HttpResponse:
    """The reader's own tasks; with ?territory= of a school in which he does not work, that school's."""
    page = TasksPage(request.sight, timezone.localdate(), is_territory_asked=bool(request.GET.get("territory")))
    return render(request, "roadmap/my_tasks.html", {"page": page})


def assignments(request: Request) -> HttpResponse:
    found = assignments_in_sight(request.sight).select_related(*NEAR).order_by("due", "pk")[:100]
    return render(request, "roadmap/assignments.html", {"assignments": found})


def verifying(request: Request) -> HttpResponse:
    found = assignments_in_sight(request.sight).filter(state="reported").select_related(*NEAR).order_by("due", "pk")
    return render(request, "roadmap/verifying.html", {"assignments": found})
