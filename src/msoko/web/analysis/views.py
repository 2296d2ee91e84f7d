"""Screens of this room. Views translate: an address into a page, a form into an order."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from msoko.core.analysis.parameters import BadParameter
from msoko.web.analysis import services
from msoko.web.analysis.carrying_out import carry_out
from msoko.web.analysis.class_rights import WHO_KNOWS
from msoko.web.analysis.false_alarms import false_alarm_of
from msoko.web.analysis.finding_page import FindingPage
from msoko.web.analysis.methods_page import MethodPage, families, method_named
from msoko.web.analysis.page_frame import behind, no_protocols, years_to_choose
from msoko.web.analysis.pictures import pictures_of
from msoko.web.analysis.queries import finding_in_sight, is_behind
from msoko.web.analysis.support_list import shown_list
from msoko.web.analysis.support_page import SupportPage
from msoko.web.analysis.support_pictures import PICTURES, of_list, over_years
from msoko.web.analysis.tables import TABLES, unknown_table
from msoko.web.definitions import left_out
from msoko.web.look import files
from msoko.web.people.models import Organisation
from msoko.web.people.requests import Request

METHODS = {"title": "Методики", "url": "/methods/"}


def support(request: Request) -> HttpResponse:
    """«Поддержка»: the list of schools with low results; the slider asks for the list and what is said of it alone."""
    if request.sight.territory is None:
        return render(request, "analysis/support_empty.html")
    said_min_n = request.GET.get("min_n", "")
    page = SupportPage(request.sight, request.sight.territory, said_min_n, _asked(request, "procedure"))
    if request.GET.get("format"):
        return _file_of_support(request, page)
    context = {"page": page, "shown": shown_list(page, request), "years_picture": over_years(page)}
    if request.htmx.target == "support":  # type: ignore[attr-defined]
        return render(request, "analysis/support_parts.html", context)
    context |= {
        "years": years_to_choose(page.years, page.year),
        "stale": behind(request, page.year) if page.is_behind else None,
        "no_protocols": no_protocols(page.year),
        "funnel": of_list(page),
        "unknown": unknown_table(page),
        "may_set": request.sight.may("set_parameters", page.territory),
    }
    return render(request, "analysis/support.html", context)


def _file_of_support(request: Request, page: SupportPage) -> HttpResponse:
    picture, table = request.GET.get("picture", ""), request.GET.get("table", "list")
    if picture in PICTURES:
        return files.picture(request, PICTURES[picture](page), f"{picture}-{page.year}")
    if table not in TABLES:
        raise Http404
    return files.spreadsheet(request, TABLES[table](page), f"support-{table}-{page.year}", table)


def _asked(request: HttpRequest, name: str) -> int | None:
    """A number of the address; what is none asks for nothing."""
    said = request.GET.get(name, "")
    return int(said) if said.isdecimal() and len(said) < 10 else None


def findings_state(request: Request) -> HttpResponse:
    """Answers the notice about findings that are being calculated; when they are done the page is shown anew."""
    territory, year = request.sight.territory, request.sight.year
    if territory is None or not is_behind(territory, year):
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "look/components/stale.html", {"stale": behind(request, year)})


def finding(request: Request, pk: int) -> HttpResponse:
    """One finding, as a page or beside the list it was opened from."""
    page = FindingPage(finding_in_sight(request.sight, pk), request.sight)
    back = request.htmx.current_url_abs_path or "" if request.htmx else ""  # type: ignore[attr-defined]
    context = {
        "page": page,
        "pictures": list(pictures_of(page.finding, request.sight).items()),
        "false_alarm": false_alarm_of(page.finding),
        "who_knows": WHO_KNOWS,
        "back": back,
        "breadcrumbs": page.breadcrumbs,
        "stale": behind(request, page.finding.year) if page.is_behind else None,
    }
    return render(request, "analysis/finding.html", context)


@require_POST
def decide(request: Request) -> HttpResponse:
    """Confirm, dismiss or take up again: the finding that a button names, or those that are ticked."""
    clashes = carry_out(request)
    back = request.POST.get("back", "")
    if not (url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/")):
        back = reverse("analysis:support")
    if clashes is not None:
        return render(request, "analysis/decided_meanwhile.html", {"clashes": clashes, "back": back})
    return redirect(back)


def methods(request: Request) -> HttpResponse:
    """Every method, with what is set where the person looks."""
    context = {"families": families(request.sight.territory), "left_out": left_out()}
    return render(request, "analysis/methods.html", context)


def method(request: Request, name: str) -> HttpResponse:
    page = MethodPage(method_named(name), request.sight)
    return _method(request, page, page.form())


def _method(request: Request, page: MethodPage, form: Any) -> HttpResponse:
    crumbs = [METHODS, {"title": page.method.title}]
    return render(request, "analysis/method.html", {"page": page, "form": form, "breadcrumbs": crumbs})


@require_POST
def set_parameters(request: Request, name: str) -> HttpResponse:
    """Put the territory's own values in force; what can't be is said beside its field."""
    page, territory = _settable(request, name)
    form = page.form(request.POST)
    if not form.is_valid():
        return _method(request, page, form)
    try:
        services.set_parameters(page.method, territory, form.values(), form.cleaned_data["why"], request.user)
    except BadParameter as problem:
        form.add_error(None, str(problem))
        return _method(request, page, form)
    messages.success(request, f"Значения заданы: {territory}. Выводы считаются заново.")
    return redirect(_address_of(page, territory))


@require_POST
def withdraw_parameters(request: Request, name: str) -> HttpResponse:
    page, territory = _settable(request, name)
    services.withdraw_parameters(page.method, territory, request.user)
    messages.success(request, "Свои значения убраны. Выводы считаются заново.")
    return redirect(_address_of(page, territory))


def _settable(request: Request, name: str) -> tuple[MethodPage, Organisation]:
    """The method and the territory for which the person may set its parameters."""
    page = MethodPage(method_named(name), request.sight)
    if page.territory is None or not page.may_set:
        raise PermissionDenied
    return page, page.territory


def _address_of(page: MethodPage, territory: Organisation) -> str:
    return f"{reverse('analysis:method', args=[page.method.name])}?territory={territory.pk}"
