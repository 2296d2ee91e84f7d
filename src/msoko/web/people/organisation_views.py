"""Screens of the list of schools: finding, correcting, merging, placing. The results of a school live elsewhere."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from msoko.core.vocabulary.russian import counted
from msoko.web.look import files
from msoko.web.people import services
from msoko.web.people.forms import MergeForm, SchoolForm, SchoolsFilter
from msoko.web.people.models import Organisation, OrganisationQuerySet, Role
from msoko.web.people.queries import homeless_by_words, municipalities_in_sight, schools_in_sight, unplaced_schools
from msoko.web.people.requests import Request
from msoko.web.people.rights import refuse_unless
from msoko.web.people.services import Impossible
from msoko.web.people.tables import school_address, schools_table

LIST = {"title": "Школы", "url": "/schools/"}


def organisations(request: Request) -> HttpResponse:
    """The list of schools in sight, with filters in the address."""
    sight = request.sight
    form = SchoolsFilter(request.GET, sight)
    own = frozenset(m.organisation_id for m in sight.memberships if m.role == Role.SCHOOL)
    table = schools_table(form.chosen(schools_in_sight(sight)), own)
    if request.GET.get("format") in ("xlsx", "csv"):
        return files.spreadsheet(request, table, "schools")
    context = {
        "form": form,
        "table": table,
        "unplaced": unplaced_schools(sight).count() if sight.may("place_schools", sight.territory) else 0,
        "may_import": sight.may("import_register", sight.territory),
        "is_empty": not table.lines and not any(request.GET.get(name) for name in form.fields),
    }
    return render(request, "people/organisations.html", context)


def organisation_edit(request: Request, pk: int) -> HttpResponse:
    """What a department corrects by hand: names, type, area, state, logins."""
    school = _school(request)
    form = SchoolForm(request.POST) if request.method == "POST" else SchoolForm.of(school)
    if form.is_valid() and _saved(request, school, form):
        messages.success(request, f"Сведения сохранены: {school.name}.")
        return redirect(school_address(school))
    crumbs = [LIST, {"title": school.name, "url": school_address(school)}, {"title": "Сведения"}]
    return render(request, "people/organisation_edit.html", {"school": school, "form": form, "breadcrumbs": crumbs})


def _school(request: Request) -> Organisation:
    """The school that the rule found in sight; a territory or a merged duplicate has no page of this kind."""
    school = request.organisation
    if school is None or not school.is_school or school.merged_into_id:
        raise Http404("Такой школы нет.")
    return school


def _saved(request: Request, school: Organisation, form: SchoolForm) -> bool:
    said, who = form.cleaned_data, request.user
    try:
        services.correct(school, who=who, **said)
    except Impossible as refusal:
        form.add_error("logins", str(refusal))
        return False
    return True


def organisation_merge(request: Request, pk: int) -> HttpResponse:
    """Two records of one school become one."""
    duplicate = _school(request)
    form = MergeForm(request.POST or None, duplicate, request.sight)
    if form.is_valid():
        into = form.cleaned_data["into"]
        refuse_unless(request.sight.may("merge_schools", into))
        try:
            services.merge(duplicate, into, request.user, form.cleaned_data["reason"])
        except Impossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Записи объединены: «{duplicate.name}» теперь — «{into.name}».")
            return redirect(school_address(into))
    crumbs = [LIST, {"title": duplicate.name, "url": school_address(duplicate)}, {"title": "Объединение"}]
    context = {"school": duplicate, "form": form, "breadcrumbs": crumbs}
    return render(request, "people/organisation_merge.html", context)


def place(request: Request) -> HttpResponse:
    """Schools without a municipality, grouped by what their protocols said; many are placed at once."""
    unplaced = unplaced_schools(request.sight)
    if request.method == "POST":
        _place_chosen(request, unplaced)
        return redirect(f"{reverse('people:place')}?{request.GET.urlencode()}".rstrip("?"))
    municipalities = list(municipalities_in_sight(request.sight).select_related("region"))
    context = {
        "groups": homeless_by_words(unplaced.prefetch_related("keys"), municipalities),
        "municipalities": municipalities,
        "may_found": request.sight.sees_everything,
        "breadcrumbs": [LIST, {"title": "Без муниципалитета"}],
    }
    return render(request, "people/place.html", context)


def _place_chosen(request: Request, unplaced: OrganisationQuerySet) -> None:
    chosen = {int(pk) for pk in request.POST.getlist("school") if pk.isdecimal()}
    schools = list(unplaced.filter(pk__in=chosen).select_related("parent")) if chosen else []
    if not schools:
        messages.error(request, "Не выбрано ни одной школы: ничего не изменилось.")
        return
    municipality = _target(request, schools[0])
    if municipality is None:
        messages.error(request, "Выберите муниципалитет: ничего не изменилось.")
        return
    refuse_unless(request.sight.may("place_schools", municipality))
    moved = services.place_many(schools, municipality, request.user)
    messages.success(
        request, f"{counted(moved, 'школа размещена', 'школы размещены', 'школ размещено')}: {municipality}."
    )


def _target(request: Request, school: Organisation) -> Organisation | None:
    """The municipality chosen, or the one that the protocol named, founded at an administrator's word."""
    said = request.POST.get("municipality", "")
    if said == "new" and request.sight.sees_everything and school.note_from_file:
        (group,) = homeless_by_words([school], [])
        return services.found_municipality(group.municipality_words, group.region_words, request.user)
    if not said.isdecimal():
        return None
    return municipalities_in_sight(request.sight).select_related("region").filter(pk=int(said)).first()
