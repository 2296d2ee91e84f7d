"""«Обзор»: five seconds for what has come in, what is missing and what waits."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from msoko.web.cycles.overview_page import OverviewPage


def overview(request: HttpRequest) -> HttpResponse:
    page = OverviewPage(request.sight)
    return render(request, "cycles/overview.html", {"page": page, "pictures": page.pictures()})
