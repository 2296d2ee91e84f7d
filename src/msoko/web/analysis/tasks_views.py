"""«Задания». Views translate: an address into a page, a table or a picture."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from msoko.core.vocabulary.russian import counted
from msoko.web.analysis import tasks_map, tasks_tables, tasks_words
from msoko.web.analysis.decided_list import NAME as LISTED
from msoko.web.analysis.decided_list import ShownList, shown_list
from msoko.web.analysis.page_frame import behind, years_to_choose
from msoko.web.analysis.tasks_description import FORM, Description
from msoko.web.analysis.tasks_form import TasksForm
from msoko.web.analysis.tasks_page import ROWS, TasksPage
from msoko.web.look import files
from msoko.web.people.models import Kind
from msoko.web.people.requests import Request

RESULTS = "monitoring:results"
MOST_AT_ONCE = 5
"""Tasks for one meeting; the others are a click away."""


def tasks(request: Request) -> HttpResponse:
    """Tasks of one work over the territory looked at; of a school its own row alone."""
    page = _page(request)
    if request.GET.get("format"):
        return _file(request, page)
    discussed = tasks_words.discussed(page)
    context = {
        "page": page,
        "form": TasksForm(page),
        "years": years_to_choose(page.years, page.year),
        "stale": behind(request, page.year) if page.is_behind else None,
        "headline": tasks_words.headline(page),
        "discussed": discussed[:MOST_AT_ONCE],
        "discussed_from": MOST_AT_ONCE + 1,
        "discussed_too": discussed[MOST_AT_ONCE:],
        "undescribed_below": page.own.statistic.get("undescribed_below") if page.own else None,
        "zones": tasks_words.zones_in_words(page.items),
        "picture": tasks_map.of_page(page),
        "chance": tasks_words.about_chance(page),
        "items_table": tasks_tables.items_table(page),
        "rows_table": tasks_tables.rows_table(page),
        "shown": _findings(request, page),
        "content_table": tasks_tables.content_table(page),
        "description": Description(page),
        "unknown_table": tasks_tables.unknown_table(page),
        "unknown_words": counted(len(page.not_computed), *ROWS[page.rows_are]),
        "rows_asked": any(name.startswith("rows-") for name in request.GET),
        "is_country": page.territory.kind == Kind.COUNTRY,
        "breadcrumbs": [{"title": "Результаты", "url": reverse(RESULTS)}, {"title": "Задания"}],
    }
    return render(request, "analysis/tasks.html", context)


def _findings(request: Request, page: TasksPage) -> ShownList:
    """Beside the school its municipality, where several are looked at."""
    several = page.territory.kind == Kind.REGION
    may_decide = request.sight.may("decide_finding", page.territory)
    table = tasks_tables.findings_on_page(page)
    return shown_list(
        table,
        page.findings,
        request,
        page.territory,
        may_decide,
        lambda line: [line.school.municipality] if several else [],
    )


def _page(request: Request) -> TasksPage:
    territory, said = request.sight.territory, request.GET.get("procedure", "")
    if territory is None:
        raise Http404
    asked = int(said) if said.isdecimal() and len(said) < 10 else None
    return TasksPage(request.sight, territory, asked, request.GET.get("rows", ""), request.GET.get("order", ""))


def _file(request: Request, page: TasksPage) -> HttpResponse:
    """The picture or the table that the address names, to take away."""
    key = page.procedure.pk if page.procedure else 0
    if request.GET.get("picture") == "map":
        return files.picture(request, tasks_map.of_page(page), f"tasks-{key}")
    name = request.GET.get("table", "findings")
    if name == FORM and page.procedure is not None:
        description = Description(page)
        return files.attachment(description.form(), description.form_name, files.XLSX)
    table = tasks_tables.TABLES[name](page) if name in tasks_tables.TABLES else None
    if table is None:
        raise Http404
    return files.spreadsheet(request, table, f"tasks-{name}-{key}", LISTED if name == "findings" else name)
