"""Screens of editions: approving, changing, comparing, closing, throwing away; a school's own programme."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from msoko.core.roadmap.change import Change, change_from_json
from msoko.core.vocabulary.russian import counted, nbsp
from msoko.web.people.models import Organisation, OrganisationQuerySet
from msoko.web.people.requests import Request
from msoko.web.people.rights import refuse_unless
from msoko.web.roadmap.edited_texts import whole_of
from msoko.web.roadmap.meanwhile import in_words, last_change, met
from msoko.web.roadmap.models import Programme
from msoko.web.roadmap.past_dates_forms import ask_form
from msoko.web.roadmap.programme_doubts import doubts_of
from msoko.web.roadmap.programme_edit_views import crumbs, frozen
from msoko.web.roadmap.programme_forms import ApproveForm, DescendForm, ReasonForm
from msoko.web.roadmap.programme_page import EDITIONS, MUNICIPAL, SCHOOLS, ProgrammePage, tab_address
from msoko.web.roadmap.programme_rights import APPROVE, EDIT, programme_to, programme_to_read
from msoko.web.roadmap.queries import schools_of
from msoko.web.roadmap.services import descending, editions, programmes
from msoko.web.roadmap.services.drafts import CannotChange
from msoko.web.roadmap.services.seen import ChangedMeanwhile, fingerprint_of

NEEDS_APPROVAL = nbsp("Утверждает программу управление образования, программу школы — её директор.")


def page_to(action: str, request: Request, pk: int) -> ProgrammePage:
    return ProgrammePage(programme_to(action, request.sight, pk), request.sight, timezone.localdate())


def approve(request: Request, pk: int) -> HttpResponse:
    """What lacks, what was not understood, and the order by which the draft comes into force."""
    page = page_to(APPROVE, request, pk)
    if (answer := frozen(request, page.programme)) is not None:
        return answer
    lacks = editions.lacks(page.programme)
    data, today = request.POST if request.method == "POST" else None, timezone.localdate()
    seen = fingerprint_of(whole_of(page.programme)) if data is None else ""
    form, ask = ApproveForm(data, today, seen), ask_form(data, page.programme, today)
    invalid = [one for one in (form, ask) if one is not None and not one.is_valid()]  # both say what is wrong
    if not lacks and not invalid:
        said, asked = form.cleaned_data, ask.asked if ask else None
        try:
            editions.approve(page.programme, request.user, said["on"], said["order_words"], today, asked, said["seen"])
        except ChangedMeanwhile as changed:
            who = in_words(last_change(page.programme, ""), request.user)
            met(form, changed.now, who)
            form.add_error(None, nbsp(f"{CHANGED_BEFORE} Последняя правка: {who}."))
        except CannotChange as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, nbsp("Программа действует: поручения розданы исполнителям."))
            return redirect("roadmap:programme", pk=pk)
    context = {
        "page": page,
        "lacks": lacks,
        "doubts": doubts_of(page.programme, request.sight),
        "form": form,
        "ask": ask,
        "changes": _changes_since(page.programme),
        "breadcrumbs": crumbs(page, "Утверждение"),
    }
    return render(request, "roadmap/programme_approve.html", context)


CHANGED_BEFORE = (
    "Пока страница была открыта, проект изменился: ничего не утверждено. Посмотрите его ещё раз и утвердите."
)


def _changes_since(programme: Programme) -> list[Change]:
    """What is different from the edition before; nothing where there is none."""
    before = programme.previous
    return editions.differences(before, programme) if before is not None else []


def new_edition(request: Request, pk: int) -> HttpResponse:
    """«Внести изменения»: why; then the draft of the next edition."""
    page = page_to(EDIT, request, pk)
    help_text = (
        "Основание: приказ, итоги мониторинга, новый учебный год. Войдёт в&nbsp;приказ о&nbsp;внесении изменений."
    )
    form = ReasonForm(request.POST if request.method == "POST" else None, "Почему вносятся изменения", help_text)
    if form.is_valid():
        try:
            draft = editions.new_edition(page.programme, request.user, form.cleaned_data["reason"])
        except CannotChange as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, nbsp("Проект новой редакции готов. Действующая редакция работает, пока вы правите.")
            )
            return redirect("roadmap:programme", pk=draft.pk)
    lead = "Действующая редакция не изменится: появится её копия, которую можно править и утвердить."
    return _one_form(request, page, form, "Внести изменения", lead, "Создать проект", EDITIONS)


def close(request: Request, pk: int) -> HttpResponse:
    page = page_to(APPROVE, request, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None, "Почему программа завершается")
    if form.is_valid():
        try:
            editions.close(page.programme, request.user, form.cleaned_data["reason"])
        except CannotChange as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Программа завершена.")
            return redirect("roadmap:programme", pk=pk)
    lead = f"Неисполненные поручения будут отменены: {page.progress}. Сданное и принятое останется."
    return _one_form(request, page, form, "Завершить программу", lead, "Завершить", EDITIONS)


def _one_form(
    request: Request, page: ProgrammePage, form: ReasonForm, title: str, lead: str, button: str, tab: str
) -> HttpResponse:
    context: dict[str, Any] = {"page": page, "form": form, "title": title, "lead": lead, "button": button}
    context |= {"back": page.url(tab), "breadcrumbs": crumbs(page, title, tab)}
    return render(request, "roadmap/programme_form.html", context)


@require_POST
def discard(request: Request, pk: int) -> HttpResponse:
    """Throw a draft away; back to the edition it was to change, or to the list."""
    page = page_to(EDIT, request, pk)
    before = page.programme.previous
    try:
        programmes.discard(page.programme, request.user)
    except CannotChange as refusal:
        messages.error(request, str(refusal))
        return redirect("roadmap:programme", pk=pk)
    messages.success(request, "Проект удалён.")
    return redirect(tab_address(before, EDITIONS)) if before is not None else redirect("roadmap:programmes")


def changes(request: Request, pk: int) -> HttpResponse:
    """What is different between this edition and the one before it: as it was stored, or of a draft as it is now."""
    programme = programme_to_read(request.sight, pk)
    if programme.previous is None:
        raise Http404("У первой редакции нет прежней.")
    page = ProgrammePage(programme, request.sight, timezone.localdate())
    told = [change_from_json(one) for one in programme.changes] if programme.changes else _changes_since(programme)
    context = {"page": page, "changes": told, "breadcrumbs": crumbs(page, "Что изменилось", EDITIONS)}
    return render(request, "roadmap/programme_changes.html", context)


# ---- programmes of schools


def descend(request: Request, pk: int) -> HttpResponse:
    """A school composes its own programme by the municipal one; a department may do it for a school."""
    programme = programme_to_read(request.sight, pk)
    page = ProgrammePage(programme, request.sight, timezone.localdate())
    only = page.school_that_may_descend
    schools = _schools_without(page)
    refuse_unless(only is not None or request.sight.may(EDIT, programme.organisation))
    data = request.POST if request.method == "POST" else None
    form = DescendForm(data, schools, descending.templates_for_school(programme), only)
    if form.is_valid():
        school = only or form.cleaned_data["school"]
        refuse_unless(request.sight.may(EDIT, school))
        if (answer := _descended(request, form, programme, school)) is not None:
            return answer
    title = "Программа школы"
    context = {"page": page, "form": form, "school": only, "breadcrumbs": crumbs(page, title, SCHOOLS)}
    return render(request, "roadmap/programme_descend.html", context)


def _schools_without(page: ProgrammePage) -> OrganisationQuerySet:
    """Open schools of the municipality that have no programme of this one yet."""
    have = {one.organisation_id for one, _, _ in page.descendants if one.state != Programme.State.CLOSED}
    schools = schools_of(page.programme.organisation)
    found: OrganisationQuerySet = schools.exclude(pk__in=have)  # type: ignore[assignment]
    return found


def _descended(request: Request, form: DescendForm, programme: Programme, school: Organisation) -> HttpResponse | None:
    first_year = max(programme.begins.year, timezone.localdate().year)
    try:
        draft = descending.descend(programme, school, request.user, form.cleaned_data["template"], first_year)
    except CannotChange as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, nbsp("Проект программы школы готов: правьте всё, что не подходит школе, и утвердите."))
    return redirect("roadmap:programme", pk=draft.pk)


@require_POST
def follow(request: Request, pk: int) -> HttpResponse:
    """The school has seen what has changed in the municipal programme."""
    programme = programme_to(EDIT, request.sight, pk)
    try:
        descending.follow(programme, request.user)
    except CannotChange as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, nbsp("Отмечено: изменения муниципальной программы учтены."))
    return redirect(tab_address(programme, MUNICIPAL))


@require_POST
def take(request: Request, pk: int) -> HttpResponse:
    """New activities of the municipal programme go into the school's draft."""
    programme = programme_to(EDIT, request.sight, pk)
    try:
        count = descending.take_new(programme, request.user)
    except CannotChange as refusal:
        messages.error(request, str(refusal))
    else:
        words = counted(count, "мероприятие добавлено", "мероприятия добавлены", "мероприятий добавлено")
        messages.success(request, f"В проект {words}.")
    return redirect(tab_address(programme, MUNICIPAL))
