"""Lists of assignments: what a person has to do, what waits for verification, everything that was given out."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from msoko.web.people.requests import Request
from msoko.web.roadmap.queries import assignments_in_sight, own_assignments

NEAR = ("organisation", "occurrence__activity__roadmap__programme")


def my_tasks(request: Request) -> HttpResponse:
    found = own_assignments(request.sight).select_related(*NEAR).order_by("due", "pk")
    return render(request, "roadmap/my_tasks.html", {"assignments": found, "today": timezone.localdate()})


def assignments(request: Request) -> HttpResponse:
    found = assignments_in_sight(request.sight).select_related(*NEAR).order_by("due", "pk")[:100]
    return render(request, "roadmap/assignments.html", {"assignments": found})


def verifying(request: Request) -> HttpResponse:
    found = assignments_in_sight(request.sight).filter(state="reported").select_related(*NEAR).order_by("due", "pk")
    return render(request, "roadmap/verifying.html", {"assignments": found})
