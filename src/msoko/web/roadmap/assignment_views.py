"""The page of an assignment, and what is done on it: reported, confirmed, verified, postponed, cancelled."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from msoko.web.people.requests import Request
from msoko.web.roadmap.models import Assignment
from msoko.web.roadmap.queries import assignments_in_sight

NEAR = ("organisation", "occurrence__activity__roadmap__programme__organisation", "occurrence__activity__section")


def assignment_in_sight(request: Request, pk: int) -> Assignment:
    """Raises Http404 for what is out of sight."""
    found = assignments_in_sight(request.sight).select_related(*NEAR).filter(pk=pk).first()
    if found is None:
        raise Http404("Такого поручения нет.")
    return found


def assignment(request: Request, pk: int) -> HttpResponse:
    return render(request, "roadmap/assignment.html", {"assignment": assignment_in_sight(request, pk)})
