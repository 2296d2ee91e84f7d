"""Screens on which a roadmap is read: table, calendar, Gantt, progress, an activity, activities of all programmes."""

from django.http import HttpResponse
from django.shortcuts import render

from msoko.web.people.requests import Request
from msoko.web.roadmap.plan_rights import activity_to_read, roadmap_to_read


def roadmap(request: Request, pk: int) -> HttpResponse:
    return render(request, "roadmap/roadmap.html", {"roadmap": roadmap_to_read(request.sight, pk)})


def roadmap_month(request: Request, pk: int) -> HttpResponse:
    return render(request, "roadmap/roadmap.html", {"roadmap": roadmap_to_read(request.sight, pk)})


def gantt(request: Request, pk: int) -> HttpResponse:
    return render(request, "roadmap/roadmap.html", {"roadmap": roadmap_to_read(request.sight, pk)})


def progress(request: Request, pk: int) -> HttpResponse:
    return render(request, "roadmap/roadmap.html", {"roadmap": roadmap_to_read(request.sight, pk)})


def month(request: Request) -> HttpResponse:
    return render(request, "roadmap/activities.html", {})


def activities(request: Request) -> HttpResponse:
    return render(request, "roadmap/activities.html", {})


def activity(request: Request, pk: int) -> HttpResponse:
    return render(request, "roadmap/activity.html", {"activity": activity_to_read(request.sight, pk)})


def correct_dates(request: Request, pk: int) -> HttpResponse:
    return activity(request, pk)


def correct_executor(request: Request, pk: int, executor: int) -> HttpResponse:
    return activity(request, pk)
