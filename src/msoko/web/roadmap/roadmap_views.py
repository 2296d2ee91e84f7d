"""Screens on which a roadmap is read: table, calendar, Gantt, progress, activities of all programmes."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from msoko.web.look import files
from msoko.web.look.addresses import address_with
from msoko.web.look.arranging import page_of
from msoko.web.people.requests import Request
from msoko.web.roadmap.activities_page import STAGES, ActivitiesPage
from msoko.web.roadmap.activity_rows import FOR_ROWS, ActivityRow, table_of
from msoko.web.roadmap.gantt_page import LOOKS, GanttPage, GanttTable
from msoko.web.roadmap.models import Roadmap
from msoko.web.roadmap.month_page import SHORT_WEEKDAYS, Month, MonthPage
from msoko.web.roadmap.plan_rights import roadmap_to_read
from msoko.web.roadmap.progress_page import TABLES, ProgressPage
from msoko.web.roadmap.roadmap_columns import columns_of
from msoko.web.roadmap.roadmap_forms import ActivitiesFilter, RoadmapFilter, shortened
from msoko.web.roadmap.roadmap_page import RoadmapPage

TO_TAKE_AWAY = (*FOR_ROWS, "result", "indicator", "evidence", "addressees")
LONGEST_CRUMB = 60
EXPORTS = ("xlsx", "csv")


def roadmap(request: Request, pk: int) -> HttpResponse:
    """The table; ?format= takes away what the filters and the choice of columns leave."""
    card = roadmap_to_read(request.sight, pk)
    columns = columns_of(request.GET, request.session)
    if request.GET.get("format") in EXPORTS:
        page = _page(request, card, TO_TAKE_AWAY)
        return files.spreadsheet(request, columns.cut(table_of(card.title, page.told(page.rows))), f"karta-{pk}")
    page = _page(request, card, (*FOR_ROWS, *columns.extra))
    rows, pages = _paged(request, page.rows)
    context = {
        "page": page,
        "rows": [(heading, row, columns.texts(row.activity)) for heading, row in _headed(page, page.told(rows))],
        "pages": pages,
        "form": _filter(request, page),
        "columns": columns,
        "exports": _exports(request),
    }
    return render(request, "roadmap/roadmap.html", _frame(request, card, "table") | context)


def gantt(request: Request, pk: int) -> HttpResponse:
    """The same rows drawn over the quarters of the programme."""
    card = roadmap_to_read(request.sight, pk)
    page = GanttTable(request.sight, card, timezone.localdate(), _wish(request))
    rows, pages = _paged(request, page.rows)
    drawn = GanttPage(page)
    context = {
        "page": page,
        "gantt": drawn,
        "rows": _headed(page, drawn.drawn(rows)),
        "pages": pages,
        "legend": LOOKS,
        "form": _filter(request, page),
    }
    return render(request, "roadmap/gantt.html", _frame(request, card, "gantt") | context)


def progress(request: Request, pk: int) -> HttpResponse:
    card = roadmap_to_read(request.sight, pk)
    page = ProgressPage(RoadmapPage(request.sight, card, timezone.localdate()))
    if request.GET.get("format"):
        name = request.GET.get("table", "executors")
        if name not in TABLES:
            raise Http404
        return files.spreadsheet(request, TABLES[name](page), f"ispolnenie-{name}-{pk}", name)
    return render(request, "roadmap/progress.html", _frame(request, card, "progress") | {"page": page})


def roadmap_month(request: Request, pk: int) -> HttpResponse:
    card = roadmap_to_read(request.sight, pk)
    return _month(request, card, _frame(request, card, "month"))


def month(request: Request) -> HttpResponse:
    """Of all programmes in force of the territory looked at."""
    crumbs = [{"title": "Дорожные карты", "url": reverse("roadmap:programmes")}, {"title": "Календарь"}]
    return _month(request, None, {"breadcrumbs": crumbs, "territory": request.sight.territory})


def _month(request: Request, card: Roadmap | None, context: Mapping[str, Any]) -> HttpResponse:
    today = timezone.localdate()
    wanted = Month.asked(request.GET.get("month", ""), today)
    page = MonthPage(request.sight, wanted, today, card, request.GET.get("day", ""))
    ways = {
        name: address_with(request, {"month": one.key, "day": None})
        for name, one in (("previous", wanted.previous), ("next", wanted.next))
    }
    now = address_with(request, {"month": None, "day": None})
    return render(request, "roadmap/roadmap_month.html" if card else "roadmap/month.html", {
        **context, "page": page, "ways": ways, "now": now, "weekdays": SHORT_WEEKDAYS,
    })  # fmt: skip


def activities(request: Request) -> HttpResponse:
    """Across programmes, as the board of the cycle links to them."""
    sight, today = request.sight, timezone.localdate()
    wish = {name: request.GET.get(name, "") for name in ("q", "programme", "direction", "about", "state")}
    is_file = request.GET.get("format") in EXPORTS
    page = ActivitiesPage(sight, sight.year or today.year, today, wish, TO_TAKE_AWAY if is_file else FOR_ROWS)
    if is_file:
        return files.spreadsheet(request, table_of("Мероприятия", page.rows, with_roadmap=True), "meropriyatiya")
    rows, pages = _paged(request, page.rows)
    directions = [(one.slug, f"{one.short} ({one.set})") for one in page.directions]
    form = ActivitiesFilter(
        request.GET, programmes=page.programmes, directions=directions, stages=list(STAGES.items())
    )  # fmt: skip
    context = {
        "page": page,
        "rows": rows,
        "pages": pages,
        "form": form,
        "years": [{"value": year, "title": f"{year} год", "current": year == page.year} for year in page.years],
        "breadcrumbs": [{"title": "Дорожные карты", "url": reverse("roadmap:programmes")}, {"title": "Мероприятия"}],
        "exports": _exports(request),
    }
    return render(request, "roadmap/activities.html", context)


# ---- what the screens of a roadmap share


def _page(request: Request, card: Roadmap, fields: Sequence[str] = FOR_ROWS) -> RoadmapPage:
    return RoadmapPage(request.sight, card, timezone.localdate(), _wish(request), fields)


def _wish(request: Request) -> dict[str, str]:
    """What the filters say."""
    return {name: request.GET.get(name, "") for name in ("q", "section", "executor", "state", "level", "order")}


def _filter(request: Request, page: RoadmapPage) -> RoadmapFilter:
    return RoadmapFilter(
        request.GET,
        sections=page.sections,
        kinds=page.kinds,
        organisations=page.organisations,
        levels=[one.level for one in page.activities],
    )


def _frame(request: Request, card: Roadmap, tab: str) -> dict[str, Any]:
    """The head of the page: the way to it, its tabs, which keep the territory that is looked at."""
    territory = request.GET.get("territory", "")
    kept = f"?territory={territory}" if territory.isdecimal() else ""
    names = (("table", "Таблица", "roadmap"), ("month", "Календарь", "roadmap_month"), ("gantt", "Гант", "gantt"),
             ("progress", "Ход исполнения", "progress"))  # fmt: skip
    return {
        "roadmap": card,
        "programme": card.programme,
        "tab": tab,
        "tabs": [{"key": key, "title": title, "url": reverse(f"roadmap:{name}", args=[card.pk]) + kept}
                 for key, title, name in names],
        "breadcrumbs": crumbs_of(card),
    }  # fmt: skip


def crumbs_of(card: Roadmap, *more: str) -> list[dict[str, str]]:
    programme = card.programme
    found = [
        {"title": "Дорожные карты", "url": reverse("roadmap:programmes")},
        {"title": shortened(programme.title, LONGEST_CRUMB), "url": reverse("roadmap:programme", args=[programme.pk])},
        {"title": shortened(card.title, LONGEST_CRUMB), "url": reverse("roadmap:roadmap", args=[card.pk])},
    ]
    return found + [{"title": title, "url": ""} for title in more]


def _paged(request: Request, rows: Sequence[ActivityRow]) -> tuple[Sequence[ActivityRow], list[tuple[str, str]]]:
    """The rows of the page asked for, and links to the others (word, address; '' of this page)."""
    shown, current, count = page_of(rows, request.GET.get("page", "1"))
    if count < 2:
        return shown, []
    links = [(str(n), "" if n == current else address_with(request, {"page": n})) for n in range(1, count + 1)]
    return shown, [*links, ("все", "" if not current else address_with(request, {"page": "all"}))]


def _headed(page: RoadmapPage, rows: Sequence[Any]) -> list[tuple[str, Any]]:
    """Rows with the heading of the section that begins with them, '' where none does."""
    headed, before = [], None
    for one in rows:
        section = getattr(one, "row", one).activity.section
        begins = page.by_section and section != before
        headed.append((section.title if begins else "", one))
        before = section
    return headed


def _exports(request: Request) -> list[tuple[str, str]]:
    return [(word.upper(), address_with(request, {"format": word})) for word in EXPORTS]
