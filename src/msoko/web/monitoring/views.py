"""Screens of results. Views translate: an address into a reading, a reading into a page or a file."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from msoko.web.collection.models import Procedure
from msoko.web.collection.queries import visible_batches
from msoko.web.look import files
from msoko.web.monitoring import notes, pictures, tables
from msoko.web.monitoring.forms import ResultsFilter, ScaleForm
from msoko.web.monitoring.procedure_page import ProcedurePage
from msoko.web.monitoring.queries import may_enter_scale, procedures_seen_from, regions_with_results
from msoko.web.monitoring.results_page import results_table
from msoko.web.monitoring.school_page import SchoolPage
from msoko.web.monitoring.services import enter_scale
from msoko.web.monitoring.tabs import tabs_of
from msoko.web.monitoring.titles import SCALE_STATUS, SCORES, title_of
from msoko.web.people.models import Organisation
from msoko.web.people.requests import Request
from msoko.web.people.rights import refuse_unless

USUAL_SCORE = {"ege": "test"}  # an examination is told in test scores; the primary score is one click away


def results(request: Request) -> HttpResponse:
    """All procedures that have values for the chosen territory."""
    territory = request.sight.territory
    form = ResultsFilter(request.GET, values=procedures_seen_from(territory))
    table = results_table(form.chosen(), territory)
    if request.GET.get("format"):
        return files.spreadsheet(request, table, "results")
    regions = regions_with_results(territory)
    context = {"form": form, "table": table, "territory": territory, "regions": regions}
    return render(request, "monitoring/results.html", context)


def procedure(request: Request, pk: int, tab: str = "territory") -> HttpResponse:
    page = _page(request, pk)
    shown = tabs_of(page)
    if tab not in shown:
        raise Http404
    context = {
        "page": page,
        "title": title_of(page.procedure),
        "tab": tab,
        "tabs": shown[tab].links(request, page, shown),
        "scale_status": SCALE_STATUS[page.scale.status if page.scale else "none"],
        "score_words": SCORES[page.score],
        "bases": list(SCORES.items()),
        "stale": _stale(page),
        "regions": [] if page.own else regions_with_results(page.organisation, page.procedure),
        "opened": _batches_to_open(request, page),
        "can_enter_scale": may_enter_scale(request.sight, page.procedure),
        "breadcrumbs": [
            {"title": "Результаты", "url": reverse("monitoring:results")},
            {"title": title_of(page.procedure)},
        ],
    }
    return render(request, f"monitoring/procedure_{tab}.html", context | shown[tab].content(page))


def _batches_to_open(request: Request, page: ProcedurePage) -> set[int]:
    """Of the files behind the numbers those whose own page this person may open; the others are only named."""
    behind = page.batches.values("pk")
    return set(visible_batches(request.sight).filter(pk__in=behind).values_list("pk", flat=True))


def values_state(request: Request, pk: int) -> HttpResponse:
    """Answers the notice about stale values anew; when they are fresh the page is shown anew."""
    stale = _stale(_page(request, pk))
    if stale is None:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return render(request, "look/components/stale.html", {"stale": stale})


def _stale(page: ProcedurePage) -> dict[str, str] | None:
    if not page.is_stale:
        return None
    text = "Протоколы изменились, значения пересчитываются: числа на странице — прежние."
    return {"text": text, "url": reverse("monitoring:values_state", args=[page.procedure.pk])}


def table(request: Request, pk: int, name: str) -> HttpResponse:
    """A table of the procedure as XLSX or CSV, in the order and with the columns of the page."""
    page = _page(request, pk)
    if name not in tables.TABLES:
        raise Http404
    return files.spreadsheet(request, tables.TABLES[name](page), f"{name}-{page.procedure.pk}", name)


def picture(request: Request, pk: int, name: str) -> HttpResponse:
    """A picture of the procedure as SVG or PNG."""
    page = _page(request, pk)
    if name not in pictures.PICTURES:
        raise Http404
    return files.picture(request, pictures.PICTURES[name](page), f"{name}-{page.procedure.pk}")


def note(request: Request, pk: int) -> HttpResponse:
    """«Аналитическая справка по процедуре» as DOCX or PDF."""
    page = _page(request, pk)
    if not page.has_note:
        raise Http404
    kind = request.GET.get("format", "docx")
    content, content_type = notes.written(page, kind)
    return files.attachment(content, f"spravka-{page.procedure.pk}-{page.organisation.pk}.{kind}", content_type)


def scale(request: Request, pk: int) -> HttpResponse:
    """Entering a scale of the procedure, with its source."""
    one = get_object_or_404(Procedure, pk=pk)
    refuse_unless(may_enter_scale(request.sight, one))
    form = ScaleForm(request.POST or None, procedure=one)
    if request.method == "POST" and form.is_valid():
        try:
            enter_scale(one, form.bounds(), form.cleaned_data["source"], form.cleaned_data["status"], request.user)
        except ValueError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Шкала введена, отметки пересчитываются.")
            return redirect("monitoring:procedure", pk=pk)
    return render(request, "monitoring/scale.html", {"form": form, "procedure": one, "title": title_of(one)})


def school(request: Request, pk: int) -> HttpResponse:
    """One school; which organisations exist for the person has been decided where the rights are."""
    page = SchoolPage(_school(request))
    table = page.results_table()
    if request.GET.get("format"):
        return files.spreadsheet(request, table, f"school-{pk}")
    context = {
        "page": page,
        "school": page.school,
        "table": table,
        "picture": page.subjects_picture(),
        "may_edit": request.sight.may("edit_organisation", page.school),
        "tabs": tabs_of_school(pk),
        "breadcrumbs": [
            {"title": "Школы", "url": reverse("people:organisations")},
            {"title": page.school.name},
        ],
    }
    return render(request, "monitoring/school.html", context)


def tabs_of_school(pk: int) -> list[dict[str, str]]:
    """The profile is of the room of findings: it stands on these results and is known here by its address alone."""
    return [
        {"key": "profile", "title": "Профиль", "url": reverse("analysis:school", args=[pk])},
        {"key": "results", "title": "Все результаты", "url": reverse("monitoring:school", args=[pk])},
        {"key": "groups", "title": "Группы", "url": reverse("analysis:school_groups", args=[pk])},
    ]


def _school(request: Request) -> Organisation:
    """The school that the rule of the address found in sight; a territory has no page of this kind."""
    if request.organisation is None or not request.organisation.is_school:
        raise Http404
    return request.organisation


def school_picture(request: Request, pk: int, name: str) -> HttpResponse:
    page = SchoolPage(_school(request))
    if name != "subjects":
        raise Http404
    return files.picture(request, page.subjects_picture(), f"school-{pk}")


def _page(request: Request, pk: int) -> ProcedurePage:
    """The procedure seen from the chosen territory or school; what the person may not see does not exist."""
    one = get_object_or_404(Procedure, pk=pk)
    score = request.GET.get("score", USUAL_SCORE.get(one.kind, "items"))
    if not one.items and score != "test":
        score = "printed"  # there are no scores of tasks to add up
    seen_from = request.sight.territory
    if seen_from is None:
        raise Http404
    return ProcedurePage(one, seen_from, score if score in SCORES else "items")
