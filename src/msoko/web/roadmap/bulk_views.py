"""Orders about many assignments at once, from the list and from the queue of verification."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from msoko.core.vocabulary.russian import NBSP, counted, number
from msoko.web.people.models import User
from msoko.web.people.requests import Request
from msoko.web.people.rights import refuse_unless
from msoko.web.roadmap.assignments_page import AssignmentsPage
from msoko.web.roadmap.deeds_told import ACCEPTED, CANCELLED, POSTPONED, REPORTED, Told, Verb, told
from msoko.web.roadmap.doing_forms import CancelForm, PostponeForm, TogetherForm
from msoko.web.roadmap.doing_queries import NEAR
from msoko.web.roadmap.models import Assignment, Report
from msoko.web.roadmap.queries import assignments_in_sight
from msoko.web.roadmap.services.carrying_out import CannotExecute, Outcome
from msoko.web.roadmap.services.executing import accept_many, cancel, postpone, report_many

NOT_HANDED_IN = "Отчёта, который ждёт проверки, нет:"
MOST_AT_ONCE = 1000
NOTHING_TICKED = f"Отметьте поручения, с{NBSP}которыми это сделать. Введённое сохранено."
LONGEST_TICK = 60


@dataclass(frozen=True)
class Deed:
    """What a button of the list does; `form` says what must be typed for it, None where nothing."""

    verb: Verb
    form: type[forms.Form] | None
    carry_out: Callable[[Sequence[Assignment], User, Mapping[str, Any]], list[Outcome]]


def _accept(chosen: Sequence[Assignment], who: User, said: Mapping[str, Any]) -> list[Outcome]:
    """The last report of each; what has not been reported is refused with that reason."""
    waiting = [one for one in chosen if one.state == Assignment.State.REPORTED]
    last: dict[int, Report] = {}
    for report in Report.objects.filter(assignment__in=waiting).order_by("reported_at", "pk"):
        last[report.assignment_id] = report
    not_reported = [Outcome(one, one, CannotExecute(NOT_HANDED_IN)) for one in chosen if one.pk not in last]
    return accept_many(list(last.values()), who) + not_reported


DEEDS = {
    "accept": Deed(ACCEPTED, None, _accept),
    "postpone": Deed(POSTPONED, PostponeForm, lambda chosen, who, said: postpone(chosen, who, **said)),
    "cancel": Deed(CANCELLED, CancelForm, lambda chosen, who, said: cancel(chosen, who, **said)),
    "together": Deed(REPORTED, TogetherForm, lambda chosen, who, said: report_many(chosen, who, **said)),
}


@dataclass(frozen=True)
class Chosen:
    """`gone`: ticked, but not to be found any more. `why_not`: why nothing can be done with the choice."""

    assignments: list[Assignment]
    gone: int = 0
    why_not: str = ""


def bulk_forms(said: Mapping[str, str] | None = None, named: str = "") -> dict[str, forms.Form]:
    """The forms of the deeds by name; the one of the ordered deed is checked, all keep what was typed."""
    made = {}
    for name, deed in DEEDS.items():
        if deed.form is not None:
            made[name] = deed.form(said) if name == named else deed.form(initial=_typed(deed.form, said or {}))
    return made


def _typed(form: type[forms.Form], said: Mapping[str, str]) -> dict[str, str]:
    return {name: said.get(f"{form.prefix}-{name}", "") for name in form.base_fields}


@require_POST
def act_on_assignments(request: Request) -> HttpResponse:
    """Accept, postpone, cancel, report what is ticked. The outcome is told item by item."""
    page = AssignmentsPage(
        request.sight, request.GET, timezone.localdate(), ticked=frozenset(request.POST.getlist("chosen"))
    )
    refuse_unless(page.may_act)
    name = request.POST.get("deed", "")
    typed = bulk_forms(request.POST, name)
    chosen = _chosen(request, page)
    outcome = None if name not in DEEDS or chosen.why_not else _carried_out(request, name, typed.get(name), chosen)
    if outcome is not None and outcome.done:
        say(request, outcome)
        return redirect(page.address)
    if outcome is not None:
        say(request, outcome)
    elif chosen.why_not:
        messages.error(request, chosen.why_not)
    return render(request, "roadmap/assignments.html", {"page": page, "bulk": typed, "open": name})


def _chosen(request: Request, page: AssignmentsPage) -> Chosen:
    """What is ticked, as it was seen; or everything that the filters find."""
    if request.POST.get("everything"):
        return _everything(page, request.POST["everything"])
    seen = dict(_parted(tick) for tick in request.POST.getlist("chosen") if _is_tick(tick))
    if not seen:
        return Chosen([], why_not=NOTHING_TICKED)
    rows = assignments_in_sight(request.sight).select_related(*NEAR).filter(pk__in=list(seen))
    found = list(rows.order_by("due", "pk"))
    for one in found:
        one.seen_as(seen[one.pk])
    return Chosen(found, gone=len(seen) - len(found))


def _everything(page: AssignmentsPage, seen: str) -> Chosen:
    """Only where the list is as long as it was: else the person would act on what he has not seen."""
    if str(page.count) != seen:
        return Chosen([], why_not=f"Пока страница была открыта, список изменился: теперь в{NBSP}нём "
                      f"{counted(page.count, 'поручение', 'поручения', 'поручений')}. Посмотрите его "
                      f"и{NBSP}повторите.")  # fmt: skip
    if page.count > MOST_AT_ONCE:
        return Chosen([], why_not=f"За{NBSP}один раз{NBSP}— не{NBSP}больше {number(MOST_AT_ONCE)}. Сузьте список "
                      "отбором, например по программе или сроку.")  # fmt: skip
    return Chosen(list(page.in_order.select_related(*NEAR)))


def _is_tick(tick: str) -> bool:
    key, _, version = tick.partition("-")
    return len(tick) <= LONGEST_TICK and key.isdecimal() and len(key) < 19 and Assignment().seen_as(version)


def _parted(tick: str) -> tuple[int, str]:
    key, _, version = tick.partition("-")
    return int(key), version


def _carried_out(request: Request, name: str, form: forms.Form | None, chosen: Chosen) -> Told | None:
    """None where what was typed will not do; the form then says why."""
    deed = DEEDS[name]
    if form is not None and not form.is_valid():
        return None
    try:
        outcomes = deed.carry_out(chosen.assignments, request.user, form.cleaned_data if form is not None else {})
    except CannotExecute as refusal:
        if form is None:
            raise
        form.add_error(None, str(refusal))
        return None
    return told(outcomes, deed.verb, chosen.gone)


def say(request: Request, outcome: Told) -> None:
    """The outcome as the message of the next page."""
    level = messages.SUCCESS if not outcome.refusals else messages.WARNING if outcome.done else messages.ERROR
    messages.add_message(request, level, " ".join([outcome.sentence, *outcome.refusals]))
