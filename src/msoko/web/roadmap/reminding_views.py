"""«Напоминания»: what the letter of today says, whether letters come, the secret address of the calendar."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from msoko.web.people.requests import Request
from msoko.web.people.sight import sight_of
from msoko.web.roadmap.calendar_feed import feed_of
from msoko.web.roadmap.letters import body_of, subject_of
from msoko.web.roadmap.models import Reminding
from msoko.web.roadmap.reminders import Reminders
from msoko.web.roadmap.services import calendar_links

SHOWN_SECRET = "calendar_secret"  # key of the session: a new address is shown once
LONGEST_SECRET = 100


def reminders(request: Request) -> HttpResponse:
    told = Reminders(request.sight, timezone.localdate())
    chosen = Reminding.objects.filter(user=request.user).first()
    secret = request.session.pop(SHOWN_SECRET, "")
    context = {
        "letter": {"subject": subject_of(told), "body": body_of(told)} if told else None,
        "by_letter": chosen is None or chosen.by_letter,
        "address": request.build_absolute_uri(reverse("roadmap:calendar_feed", args=[secret])) if secret else "",
        "link": request.user.calendar_links.filter(revoked_at=None).first(),
    }
    return render(request, "roadmap/reminders.html", context)


@require_POST
def choose_letters(request: Request) -> HttpResponse:
    wanted = request.POST.get("by_letter") == "on"
    calendar_links.choose_letters(request.user, wanted)
    messages.success(request, "Письма будут приходить." if wanted else "Письма больше не приходят.")
    return redirect("roadmap:reminders")


@require_POST
def make_calendar_link(request: Request) -> HttpResponse:
    request.session[SHOWN_SECRET] = calendar_links.make_link(request.user)
    return redirect("roadmap:reminders")


@require_POST
def revoke_calendar_link(request: Request) -> HttpResponse:
    if calendar_links.revoke_link(request.user):
        messages.success(request, "Ссылка больше не открывается.")
    return redirect("roadmap:reminders")


@require_GET
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """For calendar applications. The secret is the only key: an unknown one looks like any page that is not there."""
    user = calendar_links.owner_of(secret) if len(secret) <= LONGEST_SECRET else None
    if user is None:
        raise Http404("Такого календаря нет.")
    answer = HttpResponse(feed_of(sight_of(user), timezone.localdate()), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="msoko.ics"'
    answer["Cache-Control"] = "private, no-store"
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer
