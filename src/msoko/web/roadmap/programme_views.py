"""Screens of programmes for reading: the list, starting one, the tabs of one. Views translate."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from msoko.core.definitions.programme_kinds import MUNICIPALITY, SCHOOL, ProgrammeTemplate
from msoko.core.vocabulary.russian import nbsp, quote
from msoko.web.definitions import definitions
from msoko.web.look import files
from msoko.web.people.models import Kind, Organisation, OrganisationQuerySet
from msoko.web.people.requests import Request
from msoko.web.people.rights import refuse_unless
from msoko.web.roadmap.programme_findings import choices
from msoko.web.roadmap.programme_forms import EmptyForm, RoadmapForm, StartForm, SwotForm
from msoko.web.roadmap.programme_list_page import ProgrammesPage
from msoko.web.roadmap.programme_municipal import MunicipalPage
from msoko.web.roadmap.programme_page import MUNICIPAL, PASSPORT, ROADMAPS, SWOT, ProgrammePage
from msoko.web.roadmap.programme_queries import size_in_words
from msoko.web.roadmap.programme_rights import EDIT, programme_to_read
from msoko.web.roadmap.services.drafts import CannotChange
from msoko.web.roadmap.services.starting import start, start_empty

LIST = {"title": "Программы и дорожные карты", "url": "/programmes/"}
EMPTY = "empty"


def programmes(request: Request) -> HttpResponse:
    """What is in force, what is being prepared, what the schools have."""
    page = ProgrammesPage(request.sight, timezone.localdate())
    if request.GET.get("format"):
        return files.spreadsheet(request, page.schools_table, "programmes", "schools")
    return render(request, "roadmap/programmes.html", {"page": page})


# ---- starting


def programme_start(request: Request) -> HttpResponse:
    """Cards of templates; the chosen one asks for its year, an empty programme for title and period."""
    refuse_unless(request.sight.may(EDIT, request.sight.territory))
    chosen = request.GET.get("template", "")
    template = None if chosen in ("", EMPTY) else _template(chosen, request)
    form = _start_form(request, chosen, template)
    if form is not None and request.method == "POST" and form.is_valid():
        answer = _started(request, form, template, form.cleaned_data.get("organisation") or request.sight.territory)
        if answer is not None:
            return answer
    context = {
        "cards": [(one, _size(one)) for one in _templates(request)],
        "chosen": chosen,
        "template": template,
        "form": form,
        "may_import": _has_own(request.sight.territory),
        "breadcrumbs": [LIST, {"title": "Новая программа"}],
    }
    return render(request, "roadmap/programme_start.html", context)


def _templates(request: Request) -> list[ProgrammeTemplate]:
    territory = request.sight.territory
    level = SCHOOL if territory is not None and territory.is_school else MUNICIPALITY
    return [one for one in definitions().programmes.values() if one.for_level == level]


def _template(slug: str, request: Request) -> ProgrammeTemplate:
    found = next((one for one in _templates(request) if one.slug == slug), None)
    if found is None:
        raise Http404("Такого шаблона нет.")
    return found


def _size(template: ProgrammeTemplate) -> str:
    return size_in_words(len(template.roadmaps), len(list(template.activities)))


def _has_own(territory: Organisation | None) -> bool:
    return territory is not None and (territory.kind == Kind.MUNICIPALITY or territory.is_school)


def _start_form(request: Request, chosen: str, template: ProgrammeTemplate | None) -> StartForm | EmptyForm | None:
    data = request.POST if request.method == "POST" else None
    if template is not None:
        return StartForm(data, _places(request), template, timezone.localdate())
    return EmptyForm(data, _places(request)) if chosen == EMPTY else None


def _places(request: Request) -> OrganisationQuerySet | None:
    """Municipalities to choose from; None where the territory looked at is the place itself."""
    if _has_own(request.sight.territory):
        return None
    return request.sight.organisations.real().filter(kind=Kind.MUNICIPALITY)


def _started(
    request: Request, form: Any, template: ProgrammeTemplate | None, place: Organisation | None
) -> HttpResponse | None:
    if place is None or not request.sight.may(EDIT, place):
        raise PermissionDenied
    said = form.cleaned_data
    try:
        if template is not None:
            programme = start(template.slug, place, said["first_year"], request.user)
        else:
            programme = start_empty(place, said["title"], said["begins"], said["ends"], request.user)
    except CannotChange as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(
        request, nbsp(f"Проект готов: {quote(programme.title)}. Правьте всё, что не подходит, и утвердите.")
    )
    return redirect("roadmap:programme", pk=programme.pk)


# ---- one programme


def programme(request: Request, pk: int, tab: str = PASSPORT) -> HttpResponse:
    page = ProgrammePage(programme_to_read(request.sight, pk), request.sight, timezone.localdate())
    if tab not in {one["key"] for one in page.tabs}:
        raise Http404("Такой вкладки нет.")
    context = {"page": page, "tab": tab, "breadcrumbs": page.breadcrumbs, **_ABOUT_TAB.get(tab, _nothing)(page)}
    return render(request, f"roadmap/programme_{tab}.html", context)


def _nothing(page: ProgrammePage) -> dict[str, Any]:
    return {}


def _about_swot(page: ProgrammePage) -> dict[str, Any]:
    return {"form": SwotForm(None, choices(page.programme, page.sight))} if page.may_edit else {}


def _about_roadmaps(page: ProgrammePage) -> dict[str, Any]:
    return {"form": RoadmapForm()} if page.may_edit else {}


def _about_municipal(page: ProgrammePage) -> dict[str, Any]:
    return {"municipal": MunicipalPage(page.programme)}


_ABOUT_TAB = {SWOT: _about_swot, ROADMAPS: _about_roadmaps, MUNICIPAL: _about_municipal}
