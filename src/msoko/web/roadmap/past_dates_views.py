"""Due dates of a roadmap that have passed: not tracked any more, or asked for again."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from msoko.core.vocabulary.russian import counted
from msoko.web.people.requests import Request
from msoko.web.people.rights import refuse_unless
from msoko.web.roadmap.doing_words import ASSIGNMENTS
from msoko.web.roadmap.models import Roadmap
from msoko.web.roadmap.past_dates_forms import AgainForm, StopForm
from msoko.web.roadmap.past_dates_page import PastDatesPage
from msoko.web.roadmap.plan_rights import may_correct, roadmap_to_read
from msoko.web.roadmap.roadmap_views import crumbs_of
from msoko.web.roadmap.services.drafts import CannotChange
from msoko.web.roadmap.services.past_dates import stop_tracking, track_again

TITLE = "Прошедшие сроки"


def past_dates(request: Request, pk: int) -> HttpResponse:
    """What there is of them, and both deeds for who approves the programme."""
    card, today = roadmap_to_read(request.sight, pk), timezone.localdate()
    refuse_unless(card.programme.is_live and may_correct(request.sight, card.programme))
    page, deed = PastDatesPage(card, today), request.POST.get("deed", "")
    stop = StopForm(request.POST if deed == "stop" else None, initial={"day": today})
    again = AgainForm(request.POST if deed == "again" else None, initial={"day": page.untracked.first})
    form: StopForm | AgainForm | None = stop if deed == "stop" else again if deed == "again" else None
    if form is not None and form.is_valid() and _carried_out(request, card, deed, form, today):
        return redirect("roadmap:progress", pk=pk)
    context = {"page": page, "stop": stop, "again": again, "roadmap": card, "programme": card.programme}
    return render(request, "roadmap/past_dates.html", context | {"breadcrumbs": crumbs_of(card, TITLE)})


def _carried_out(request: Request, card: Roadmap, deed: str, form: StopForm | AgainForm, today: date) -> bool:
    day, reason = form.cleaned_data["day"], form.cleaned_data["reason"]
    try:
        if deed == "stop":
            count, words = stop_tracking(card, request.user, day, reason, today), "Больше не отслеживается"
        else:
            count, words = track_again(card, request.user, day, reason), "Снова спрашивается"
    except CannotChange as refusal:
        form.add_error(None, str(refusal))
        return False
    if not count:
        form.add_error("day", "Таких поручений нет: выберите другой день.")
        return False
    messages.success(request, f"{words}: {counted(count, *ASSIGNMENTS)}.")
    return True
