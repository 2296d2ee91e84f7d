"""The page of an assignment, and what is done on it: taken in hand, reported, verified, moved, cancelled, reopened."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from msoko.core.vocabulary.russian import NBSP
from msoko.web.people.requests import Request
from msoko.web.roadmap.assignment_page import AssignmentPage
from msoko.web.roadmap.attaching import Attached, attach
from msoko.web.roadmap.doing_forms import CancelForm, PostponeForm, ReopenForm, ReturnForm
from msoko.web.roadmap.doing_queries import assignment_in_sight, evidence_in_sight
from msoko.web.roadmap.evidence import ALLOWED
from msoko.web.roadmap.evidence.types import TYPES
from msoko.web.roadmap.models import Assignment, Report
from msoko.web.roadmap.record_choices import records_for
from msoko.web.roadmap.report_form import ReportForm, of_report, remembered, required_of
from msoko.web.roadmap.services import executing
from msoko.web.roadmap.services.carrying_out import CHANGED, CannotExecute, Outcome, the_only
from msoko.web.roadmap.services.evidence_files import LARGEST, NoFile, open_evidence, withdraw_evidence
from msoko.web.roadmap.services.report_drafts import save_draft

MEGABYTE = 1024 * 1024
HANDED_IN = f"Отчёт сдан. Когда его проверят, это будет видно здесь и{NBSP}в{NBSP}«Моих задачах»."


def assignment(request: Request, pk: int) -> HttpResponse:
    return shown(request, _page(request, pk))


def _page(request: Request, pk: int) -> AssignmentPage:
    return AssignmentPage(assignment_in_sight(request.sight, pk), request.sight, timezone.localdate())


def shown(request: Request, page: AssignmentPage, problem: CannotExecute | None = None, **typed: Any) -> HttpResponse:
    """`typed`: forms as they were sent, by name («report», «return», «postpone», «cancel», «reopen»)."""
    asked = {
        "return": typed.get("return") or ReturnForm(),
        "postpone": typed.get("postpone") or PostponeForm(),
        "cancel": typed.get("cancel") or CancelForm(),
        "reopen": typed.get("reopen") or ReopenForm(),
    }
    context = {
        "page": page,
        "assignment": page.assignment,
        "problem": problem,
        "last": page.story[0] if problem is not None and problem.reason == CHANGED and page.story else None,
        "report_form": typed.get("report") or (_report_form(request, page) if page.may_add else None),
        "forms": asked,
        "open": next(iter(typed), ""),
        "allowed": f"{ALLOWED}, до{NBSP}{LARGEST // MEGABYTE}{NBSP}МБ каждый",
        "accept": ",".join(ending for one in TYPES.values() for ending in one.endings),
        "breadcrumbs": [
            {"title": "Мои задачи" if page.executes else "Поручения", "url": page.tasks_address},
            {"title": page.activity.title[:80], "url": ""},
        ],
    }
    return render(request, "roadmap/assignment.html", context)


def _report_form(request: Request, page: AssignmentPage, said: Mapping[str, str] | None = None) -> ReportForm:
    """What was sent, else what is remembered, else the report that came back."""
    if said is None:
        said = page.said_before(request.GET.get("draft", "")) or of_report(page.mended)
    return ReportForm(said, required_of(page.assignment), records_for(page.sight, page.assignment))


def _as_seen(request: Request, page: AssignmentPage) -> Assignment:
    """In the state in which the person saw it: the service refuses where that is another one now."""
    seen = assignment_in_sight(request.sight, page.assignment.pk)
    seen.seen_as(request.POST.get("seen", ""))
    return seen


def _to(pk: int) -> HttpResponse:
    return redirect(reverse("roadmap:assignment", args=[pk]))


# ---- the executor


@require_POST
def start_assignment(request: Request, pk: int) -> HttpResponse:
    page = _page(request, pk)
    try:
        executing.start(_as_seen(request, page), request.user)
    except CannotExecute as refusal:
        return shown(request, page, refusal)
    messages.success(request, "Взято в работу.")
    return _to(pk)


@require_POST
def report_assignment(request: Request, pk: int) -> HttpResponse:
    """Hand in the report, or only attach what confirms it; whatever was typed stays until it is handed in."""
    page = _page(request, pk)
    attached = attach(request, page.assignment)
    said = {name: str(text) for name, text in request.POST.items() if name not in attached.used}
    kept = save_draft(page.assignment, request.user, remembered(said))
    _tell(request, attached)
    if kept is None and remembered(said) and "hand_in" not in request.POST:
        page = _page(request, pk)
        return shown(request, page, CannotExecute(CHANGED), report=_report_form(request, page, said))
    if "more" in request.POST:
        return redirect(reverse("roadmap:assignment", args=[pk]) + "#numbers")
    if "hand_in" not in request.POST:
        return redirect(reverse("roadmap:assignment", args=[pk]) + "#report")
    page = _page(request, pk)
    form = _report_form(request, page, said)
    if not form.is_valid() or attached.problems:
        return shown(request, page, report=form)
    try:
        executing.report(_as_seen(request, page), request.user, **form.values)
    except CannotExecute as refusal:
        return shown(request, _page(request, pk), refusal, report=form)
    messages.success(request, HANDED_IN)
    return _to(pk)


def _tell(request: Request, attached: Attached) -> None:
    if attached.count:
        messages.success(request, attached.in_words())
    for problem in attached.problems:
        messages.error(request, problem)


@require_POST
def take_back_evidence(request: Request, pk: int, evidence: int) -> HttpResponse:
    """Withdraw what was attached; the text of the report, sent along, stays."""
    page = _page(request, pk)
    one = evidence_in_sight(request.sight, pk, evidence)
    typed = {name: str(text) for name, text in request.POST.items()} if "done" in request.POST else None
    if typed is not None:
        save_draft(page.assignment, request.user, remembered(typed))
    try:
        withdraw_evidence(one, request.user)
    except CannotExecute as refusal:
        return shown(request, page, refusal, **({"report": _report_form(request, page, typed)} if typed else {}))
    messages.success(request, f"Отозвано: {one.name}. В{NBSP}истории запись осталась.")
    return redirect(reverse("roadmap:assignment", args=[pk]) + "#report")


@require_GET
def evidence_file(request: Request, pk: int, evidence: int) -> FileResponse:
    """A file is saved, never shown. Raises Http404 where there is none."""
    one = evidence_in_sight(request.sight, pk, evidence)
    try:
        stream, headers = open_evidence(one)
    except NoFile as problem:
        raise Http404(str(problem)) from problem
    answer = FileResponse(stream)
    for header, value in headers.items():  # afterwards: a FileResponse makes a disposition of its own, to be shown
        answer[header] = value
    return answer


# ---- the verifier


@require_POST
def verify_assignment(request: Request, pk: int) -> HttpResponse:
    """Accept the report that was seen, or return it with a reason."""
    page = _page(request, pk)
    form = ReturnForm(request.POST)
    form.is_valid()
    report = _report_seen(request, page)
    try:
        if report is None:
            raise CannotExecute(CHANGED)
        if "accept" in request.POST:
            executing.accept(report, request.user, request.POST.get("shown", ""))
        else:
            executing.return_(report, request.user, form.cleaned_data["reason"])
    except CannotExecute as refusal:
        return shown(request, _page(request, pk), refusal, **{"return": form})
    messages.success(request, "Отчёт принят." if "accept" in request.POST else "Отчёт возвращён исполнителю.")
    return _to(pk)


def _report_seen(request: Request, page: AssignmentPage) -> Report | None:
    said = request.POST.get("report", "")
    return next((one for one in page.reports if str(one.pk) == said), None)


# ---- who is in charge


@require_POST
def postpone_assignment(request: Request, pk: int) -> HttpResponse:
    return _order(request, pk, PostponeForm(request.POST), "Срок перенесён.",
                  lambda one, form: executing.postpone([one], request.user, **form.said))  # fmt: skip


@require_POST
def cancel_assignment(request: Request, pk: int) -> HttpResponse:
    return _order(request, pk, CancelForm(request.POST), "Поручение отменено.",
                  lambda one, form: executing.cancel([one], request.user, form.cleaned_data["reason"]))  # fmt: skip


@require_POST
def reopen_assignment(request: Request, pk: int) -> HttpResponse:
    return _order(request, pk, ReopenForm(request.POST), "Поручение возобновлено.",
                  lambda one, form: executing.reopen([one], request.user, form.cleaned_data["reason"]))  # fmt: skip


def _order(
    request: Request, pk: int, form: Any, done: str, carry_out: Callable[[Assignment, Any], list[Outcome]]
) -> HttpResponse:
    page = _page(request, pk)
    typed: dict[str, Any] = {form.prefix: form}
    if not form.is_valid():
        return shown(request, page, **typed)
    try:
        the_only(carry_out(_as_seen(request, page), form))
    except CannotExecute as refusal:
        return shown(request, _page(request, pk), refusal, **typed)
    messages.success(request, done)
    return _to(pk)
