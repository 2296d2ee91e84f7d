"""Screens of a draft: title and period, passport field by field, principles, SWOT. Views translate."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from msoko.core.roadmap.passport import NAMES, TABLES
from msoko.core.vocabulary.russian import counted, nbsp, quote
from msoko.web.people.requests import Request
from msoko.web.roadmap.edited_texts import passport_field_of, principles_of, title_of
from msoko.web.roadmap.meanwhile import Attempt, Meanwhile, attempt, in_words, last_change
from msoko.web.roadmap.models import Programme, SwotEntry
from msoko.web.roadmap.programme_fields import begun_with
from msoko.web.roadmap.programme_findings import choices, finding_named, findings_for, list_of, text_of
from msoko.web.roadmap.programme_forms import DescribeForm, PrinciplesForm, SwotForm, TextForm
from msoko.web.roadmap.programme_page import PASSPORT, SWOT, ProgrammePage, tab_address
from msoko.web.roadmap.programme_rights import EDIT, entry_to_edit, programme_to
from msoko.web.roadmap.programme_rows import ROW_NAMES, Rows, rows_met, stored_rows, typed_rows
from msoko.web.roadmap.services import programmes
from msoko.web.roadmap.services.drafts import FROZEN, CannotChange
from msoko.web.roadmap.services.seen import ChangedMeanwhile, fingerprint_of

SAVED = "Сохранено."
FIRST_TICKED = 12
"""So many findings are ticked beforehand: more lines than this no SWOT has."""


def page_of(request: Request, pk: int) -> ProgrammePage:
    return ProgrammePage(programme_to(EDIT, request.sight, pk), request.sight, timezone.localdate())


def frozen(request: Request, programme: Programme, typed: str | None = None) -> HttpResponse | None:
    """Back to the programme with the reason, where its text can no longer be edited. A form that was sent is not turned
    back: the service refuses it and the page keeps what was typed; where no page would, it is told (`typed`)."""
    if programme.is_draft or (request.method == "POST" and typed is None):
        return None
    told = nbsp(f" Вы написали: {quote(typed)}.") if typed else ""
    messages.error(request, FROZEN[Programme.State(programme.state)] + told)
    return redirect("roadmap:programme", pk=programme.pk)


def crumbs(page: ProgrammePage, title: str, tab: str = PASSPORT) -> list[dict[str, str]]:
    *before, _ = page.breadcrumbs
    return [*before, {"title": page.programme.title, "url": page.url(tab)}, {"title": title}]


def edited(
    request: Request,
    page: ProgrammePage,
    form: forms.Form,
    title: str,
    tab: str = PASSPORT,
    meanwhile: Meanwhile | None = None,
) -> HttpResponse:
    """A page with one form, and the way back."""
    context = {
        "page": page,
        "form": form,
        "title": title,
        "back": page.url(tab),
        "meanwhile": meanwhile,
        "theirs": request.path,
        "breadcrumbs": crumbs(page, title, tab),
    }
    return render(request, "roadmap/programme_form.html", context)


def _sent(request: Request) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def describe(request: Request, pk: int) -> HttpResponse:
    """Title and period."""
    page = page_of(request, pk)
    if (answer := frozen(request, page.programme)) is not None:
        return answer
    one = page.programme
    form, tried = DescribeForm(_sent(request), initial=begun_with(title_of(one))), Attempt(False)
    if form.is_valid():
        said = form.cleaned_data
        tried = attempt(form, one, "title", request.user, lambda: programmes.describe(one, request.user, **said))
    if tried.is_saved:
        messages.success(request, SAVED)
        return redirect(page.url())
    return edited(request, page, form, "Название и срок", meanwhile=tried.meanwhile)


# ---- passport and principles


def passport_field(request: Request, pk: int, field: str) -> HttpResponse:
    """One field: a text, lines or rows."""
    if field not in NAMES:
        raise Http404("Такого поля в паспорте нет.")
    page = page_of(request, pk)
    if (answer := frozen(request, page.programme)) is not None:
        return answer
    return (_rows if field in TABLES else _text)(request, page, field)


def _text(request: Request, page: ProgrammePage, field: str) -> HttpResponse:
    one = page.programme
    form, tried = TextForm(_sent(request), field, passport_field_of(one, field)), Attempt(False)
    if form.is_valid():
        said = form.cleaned_data
        tried = attempt(form, one, f"passport-{field}", request.user,
                        lambda: programmes.set_passport_field(one, request.user, field, **said))  # fmt: skip
    if tried.is_saved:
        messages.success(request, SAVED)
        return redirect(f"{page.url()}#{field}")
    return edited(request, page, form, NAMES[field], meanwhile=tried.meanwhile)


def _rows(request: Request, page: ProgrammePage, field: str) -> HttpResponse:
    one, refusals, meanwhile = page.programme, [], None
    rows = typed_rows(one, field, request.POST) if request.method == "POST" else stored_rows(one, field)
    if request.method == "POST" and not rows.just_reshaped and rows.is_valid():
        try:
            programmes.set_passport_field(one, request.user, field, rows.value(), rows.seen)
        except ChangedMeanwhile as changed:
            who = in_words(last_change(one, f"passport-{field}"), request.user)
            meanwhile, rows.seen = rows_met(one, rows, changed, who), fingerprint_of(changed.now)
        except CannotChange as refusal:
            refusals.append(str(refusal))
        if not refusals and (meanwhile is None or not meanwhile.differences):
            messages.success(request, SAVED)
            return redirect(f"{page.url()}#{field}")
    return render(request, "roadmap/programme_rows.html", _about_rows(page, field, rows, refusals, meanwhile))


def _about_rows(
    page: ProgrammePage, field: str, rows: Rows, refusals: list[str], meanwhile: Meanwhile | None
) -> dict[str, Any]:
    title = NAMES[field]
    return {
        "page": page,
        "rows": rows,
        "row_name": ROW_NAMES[field],
        "refusals": refusals,
        "title": title,
        "back": f"{page.url()}#{field}",
        "meanwhile": meanwhile,
        "deed": {"name": "save", "value": ""},
        "breadcrumbs": crumbs(page, title),
    }


def principles(request: Request, pk: int) -> HttpResponse:
    page = page_of(request, pk)
    if (answer := frozen(request, page.programme)) is not None:
        return answer
    one = page.programme
    form, tried = PrinciplesForm(_sent(request), initial=begun_with(principles_of(one))), Attempt(False)
    if form.is_valid():
        said = form.cleaned_data
        tried = attempt(form, one, "principles", request.user,
                        lambda: programmes.set_principles(one, request.user, **said))  # fmt: skip
    if tried.is_saved:
        messages.success(request, SAVED)
        return redirect(f"{page.url()}#principles")
    return edited(request, page, form, "Принципы", meanwhile=tried.meanwhile)


# ---- SWOT


@require_POST
def swot_add(request: Request, pk: int) -> HttpResponse:
    """One more line; what can't be is said on the tab, with all that was typed."""
    page = page_of(request, pk)
    if (answer := frozen(request, page.programme, request.POST.get("text", ""))) is not None:
        return answer
    form = SwotForm(request.POST, choices(page.programme, request.sight))
    if form.is_valid():
        said = form.cleaned_data
        finding = finding_named(page.programme, request.sight, form.finding())
        try:
            programmes.add_swot(page.programme, request.user, said["list"], said["text"], finding)
        except CannotChange as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Строка добавлена.")
            return redirect(f"{page.url(SWOT)}#{said['list']}")
    context = {"page": page, "tab": SWOT, "form": form, "breadcrumbs": page.breadcrumbs}
    return render(request, "roadmap/programme_swot.html", context)


def swot_entry(request: Request, pk: int) -> HttpResponse:
    """One line of SWOT."""
    entry = entry_to_edit(request.sight, pk)
    page = page_of(request, entry.programme_id)
    if (answer := frozen(request, page.programme)) is not None:
        return answer
    form = SwotForm(_sent(request), choices(page.programme, request.sight, entry.finding), entry)
    tried = Attempt(False)
    if form.is_valid():
        tried = attempt(form, page.programme, entry, request.user, lambda: _edit_entry(request, page, entry, form))
    if tried.is_saved:
        messages.success(request, SAVED)
        return redirect(f"{page.url(SWOT)}#{form.cleaned_data['list']}")
    return edited(request, page, form, "Строка SWOT-анализа", SWOT, tried.meanwhile)


def _edit_entry(request: Request, page: ProgrammePage, entry: SwotEntry, form: SwotForm) -> None:
    said = form.cleaned_data
    finding = finding_named(page.programme, request.sight, form.finding(), entry.finding)
    programmes.edit_swot(entry, request.user, said["list"], said["text"], finding, said["seen"])


@require_POST
def swot_act(request: Request, pk: int) -> HttpResponse:
    """A button beside a line: up, down, remove."""
    entry = entry_to_edit(request.sight, pk)
    list_, programme = entry.list, entry.programme
    try:
        _act_on_entry(request, entry)
    except CannotChange as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{tab_address(programme, SWOT)}#{list_}")


def _act_on_entry(request: Request, entry: SwotEntry) -> None:
    if "remove" in request.POST:
        programmes.remove_swot(entry, request.user)
        messages.success(request, "Строка удалена.")
    else:
        programmes.move_swot(entry, request.user, -1 if "up" in request.POST else 1)


def swot_findings(request: Request, pk: int) -> HttpResponse:
    """Confirmed findings that the SWOT does not name yet, each with the list it belongs into; those ticked become
    lines."""
    page = page_of(request, pk)
    if (answer := frozen(request, page.programme)) is not None:
        return answer
    named = set(page.programme.swot.exclude(finding=None).values_list("finding", flat=True))
    found = [one for one in findings_for(page.programme, request.sight) if one.pk not in named]
    if request.method == "POST":
        ticked = set(request.POST.getlist("finding"))
        rows = [
            (list_of(page.programme, one), text_of(page.programme, one), one) for one in found if str(one.pk) in ticked
        ]
        return _findings_added(request, page, rows)
    lines = [(one, SwotEntry.List(list_of(page.programme, one)), text_of(page.programme, one)) for one in found]
    context = {
        "page": page,
        "lines": [
            (one, str(list_.label), text, number < FIRST_TICKED) for number, (one, list_, text) in enumerate(lines)
        ],
        "breadcrumbs": crumbs(page, "Подтверждённые выводы", SWOT),
    }
    return render(request, "roadmap/programme_findings.html", context)


def _findings_added(request: Request, page: ProgrammePage, rows: list[Any]) -> HttpResponse:
    try:
        added = programmes.add_findings(page.programme, request.user, rows)
    except CannotChange as refusal:
        messages.error(request, str(refusal))
    else:
        words = counted(added, "строка добавлена", "строки добавлены", "строк добавлено")
        messages.success(request, f"{words}. Правьте их, как любые другие.")
    return redirect(page.url(SWOT))
