"""«Обзор»: five seconds for what has come in, what is missing and what waits; the board and a direction's page."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from msoko.core.definitions.programme_kinds import SETS
from msoko.web.analysis.page_frame import years_to_choose
from msoko.web.cycles.board import MEANINGS, SIGNS, Board
from msoko.web.cycles.overview_page import OverviewPage
from msoko.web.definitions import definitions, left_out
from msoko.web.look import files
from msoko.web.people.models import Organisation
from msoko.web.people.requests import Request


def overview(request: Request) -> HttpResponse:
    page = OverviewPage(request.sight)
    pictures = page.pictures()
    if request.GET.get("format"):
        name = request.GET.get("picture", "")
        return files.picture(request, pictures.get(name), name)
    # Only those who can do something about it are told on their first page.
    faults = left_out() if request.sight.may("set_parameters", request.sight.territory) else []
    return render(request, "cycles/overview.html", {"page": page, "pictures": pictures, "left_out": faults})


def board(request: Request) -> HttpResponse:
    """Directions × stages of the cycle of one year."""
    chosen = request.GET.get("set", "")
    shown = Board(_territory(request), _year(request), chosen if chosen in SETS else SETS[0])
    legend = [(SIGNS[one], meaning) for one, meaning in MEANINGS.items()]
    return render(request, "cycles/board.html", {"board": shown, "legend": legend, "years": _years(request)})


def direction(request: Request, slug: str) -> HttpResponse:
    """One direction: what is expected in every stage and what there is."""
    known = definitions().directions.get(slug)
    if known is None:
        raise Http404("Такого направления нет.")
    shown = Board(_territory(request), _year(request), known.set)
    cells = [(cell, known.stages[cell.stage]) for cell in shown.row(known).cells]
    context = {"board": shown, "direction": known, "cells": cells, "years": _years(request)}
    return render(request, "cycles/direction.html", context)


def _territory(request: Request) -> Organisation:
    if request.sight.territory is None:
        raise Http404("Такой территории нет.")
    return request.sight.territory


def _year(request: Request) -> int:
    return request.sight.year or timezone.localdate().year


def _years(request: Request) -> list[dict[str, Any]]:
    """For the choice in the frame of the page."""
    this, shown = timezone.localdate().year, _year(request)
    known = sorted({*range(this - 4, this + 2), shown}, reverse=True)
    return years_to_choose(known, shown)
