"""«Обзор»: five seconds for what has come in, what is missing and what waits."""

from django.http import HttpResponse
from django.shortcuts import render

from msoko.web.cycles.overview_page import OverviewPage
from msoko.web.look import files
from msoko.web.people.requests import Request


def overview(request: Request) -> HttpResponse:
    page = OverviewPage(request.sight)
    pictures = page.pictures()
    if request.GET.get("format"):
        name = request.GET.get("picture", "")
        return files.picture(request, pictures.get(name), name)
    return render(request, "cycles/overview.html", {"page": page, "pictures": pictures})
