"""An activity, and the correction of what was understood of its dates and executors."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from msoko.web.people.models import Organisation
from msoko.web.people.requests import Request
from msoko.web.people.rights import refuse_unless
from msoko.web.roadmap.activity_page import ActivityPage, ExecutorLine
from msoko.web.roadmap.edited_texts import dates_of
from msoko.web.roadmap.meanwhile import Meanwhile, in_words, last_change, met
from msoko.web.roadmap.models import Activity, Executor
from msoko.web.roadmap.plan_rights import activity_to_read, may_correct
from msoko.web.roadmap.programme_fields import begun_with
from msoko.web.roadmap.roadmap_forms import DatesForm, ExecutorForm, shortened
from msoko.web.roadmap.roadmap_views import LONGEST_CRUMB, crumbs_of
from msoko.web.roadmap.services import correcting
from msoko.web.roadmap.services.assigning import Settled
from msoko.web.roadmap.services.drafts import CannotChange
from msoko.web.roadmap.services.seen import ChangedMeanwhile


def activity(request: Request, pk: int) -> HttpResponse:
    return _shown(request, activity_to_read(request.sight, pk))


def _shown(
    request: Request,
    found: Activity,
    dates: DatesForm | None = None,
    executor: tuple[int, ExecutorForm] | None = None,
    meanwhile: Meanwhile | None = None,
) -> HttpResponse:
    """The page; a form that was refused stands open with what was typed."""
    page = ActivityPage(request.sight, found, timezone.localdate(), request.GET.get("occurrence", ""))
    context = {
        "page": page,
        "activity": found,
        "roadmap": found.roadmap,
        "programme": found.roadmap.programme,
        "table": page.assignments_table(),
        "meanwhile": meanwhile,
        "dates_form": dates or (DatesForm(initial=begun_with(dates_of(found))) if page.may_correct else None),
        "is_dates_refused": dates is not None,
        "executors": [(line, *_form_of(page, line, executor)) for line in page.executors],
        "breadcrumbs": crumbs_of(found.roadmap, shortened(found.title, LONGEST_CRUMB)),
    }
    status = 422 if dates is not None or executor is not None else 200
    return render(request, "roadmap/activity.html", context, status=status)


def _form_of(
    page: ActivityPage, line: ExecutorLine, refused: tuple[int, ExecutorForm] | None
) -> tuple[ExecutorForm | None, bool]:
    """The form of an executor, and whether it was refused. A school executes its own programme, whoever is named."""
    if refused is not None and refused[0] == line.executor.pk:
        return refused[1], True
    if not page.may_correct or page.programme.organisation.is_school:
        return None, False
    return ExecutorForm.of(line.rows, page.schools), False


@require_POST
def correct_dates(request: Request, pk: int) -> HttpResponse:
    """Dates by hand, a deadline in other words, or the words of the document again."""
    found = _to_correct(request, pk)
    form, today = DatesForm(request.POST), timezone.localdate()
    if request.POST.get("act") == "trust":
        seen = request.POST.get("seen", "")
        return _done(request, found, form, lambda: correcting.trust_words(found, request.user, today, seen))
    if not form.is_valid():
        return _shown(request, found, dates=form)
    words, windows = form.cleaned_data["words"], form.cleaned_data["dates"]

    def order() -> Settled:
        said = correcting.dates_from_words(found, words) if words else windows
        return correcting.correct_dates(found, request.user, said, today, words, form.cleaned_data["seen"])

    return _done(request, found, form, order)


def _done(request: Request, found: Activity, form: DatesForm, order: Callable[[], Settled]) -> HttpResponse:
    try:
        settled = order()
    except ChangedMeanwhile as changed:
        form.is_valid()
        return _met(request, found, changed, form, dates=form)
    except CannotChange as refusal:
        form.is_valid()
        form.add_error("words" if form.cleaned_data.get("words") else None, str(refusal))
        return _shown(request, activity_to_read(request.sight, found.pk), dates=form)
    _tell(request, "Даты исправлены.", settled)
    return redirect("roadmap:activity", pk=found.pk)


@require_POST
def correct_executor(request: Request, pk: int, executor: int) -> HttpResponse:
    found = _to_correct(request, pk)
    row = Executor.objects.select_related("activity__roadmap__programme").filter(pk=executor, activity=found).first()
    if row is None:
        raise Http404("Такого исполнителя у мероприятия нет.")
    page = ActivityPage(request.sight, found, timezone.localdate())
    form = ExecutorForm(request.POST, schools=page.schools, auto_id=f"executor_{row.pk}_%s")
    try:
        if request.POST.get("act") == "trust":
            settled = correcting.trust_executor(row, request.user, page.today, request.POST.get("seen", ""))
        elif form.is_valid():
            chosen = _schools(form.cleaned_data["organisations"], page.schools)
            kind, seen = form.cleaned_data["kind"], form.cleaned_data["seen"]
            settled = correcting.correct_executor(row, request.user, kind, chosen, page.today, seen)
        else:
            return _shown(request, found, executor=(row.pk, form))
    except ChangedMeanwhile as changed:
        form.is_valid()
        return _met(request, found, changed, form, executor=(row.pk, form))
    except CannotChange as refusal:
        form.is_valid()
        form.add_error(None, str(refusal))
        return _shown(request, activity_to_read(request.sight, pk), executor=(row.pk, form))
    _tell(request, "Исполнитель исправлен.", settled)
    return redirect("roadmap:activity", pk=pk)


def _met(
    request: Request, found: Activity, changed: ChangedMeanwhile, form: DatesForm | ExecutorForm, **more: Any
) -> HttpResponse:
    """What two people have corrected at once, side by side."""
    fresh = activity_to_read(request.sight, found.pk)
    who = in_words(last_change(fresh.roadmap.programme, fresh), request.user)
    both = met(form, changed.now, who)
    if not both.differences:
        return redirect("roadmap:activity", pk=found.pk)
    name = "dates-form" if isinstance(form, DatesForm) else f"executor-form-{more['executor'][0]}"
    return _shown(request, fresh, meanwhile=replace(both, form=name), **more)


def _schools(keys: list[str], schools: list[Organisation]) -> list[Organisation]:
    return [one for one in schools if str(one.pk) in set(keys)]


def _to_correct(request: Request, pk: int) -> Activity:
    found = activity_to_read(request.sight, pk)
    refuse_unless(may_correct(request.sight, found.roadmap.programme))
    return found


def _tell(request: Request, done: str, settled: Settled) -> None:
    messages.success(request, done)
    for sentence in settled.told:
        messages.warning(request, sentence)
