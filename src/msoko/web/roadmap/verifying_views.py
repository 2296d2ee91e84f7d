"""The queue of verification: reports of others accepted several at once, returned one by one with a reason."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from msoko.core.vocabulary.russian import NBSP
from msoko.web.people.requests import Request
from msoko.web.people.rights import refuse_unless
from msoko.web.roadmap.bulk_views import say
from msoko.web.roadmap.deeds_told import ACCEPTED, told
from msoko.web.roadmap.doing_queries import may_verify_anything
from msoko.web.roadmap.doing_words import executor_in_words
from msoko.web.roadmap.models import Report
from msoko.web.roadmap.queries import assignments_in_sight
from msoko.web.roadmap.services.carrying_out import GONE, CannotExecute
from msoko.web.roadmap.services.executing import accept_many, return_
from msoko.web.roadmap.verifying_page import REASON, VerifyingPage

TYPED = "typed-reasons"  # key of the session: reasons typed beside other reports survive an order about one of them
NOTHING_TICKED = "Отметьте отчёты, которые принимаете. Введённое сохранено."
MOST_TYPED = 100


def verifying(request: Request) -> HttpResponse:
    typed = request.session.pop(TYPED, {})
    return _shown(request, typed)


def _shown(request: Request, typed: dict[str, str], failed: str = "", complaint: str = "") -> HttpResponse:
    page = VerifyingPage(
        request.sight,
        timezone.localdate(),
        asked_page=request.GET.get("page", ""),
        is_territory_asked=bool(request.GET.get("territory")),
        typed=typed,
        ticked=frozenset(request.POST.getlist("chosen")),
    )
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    context = {"page": page, "query": query, "failed": failed, "complaint": complaint}
    return render(request, "roadmap/verifying.html", context)


@require_POST
def verify_many(request: Request) -> HttpResponse:
    """Accept one or what is ticked, or return one. Every reason typed stays until its own report is decided."""
    refuse_unless(may_verify_anything(request.sight))
    if request.POST.get("return"):
        return _return(request)
    wanted = request.POST.get("accept", "")
    keys = request.POST.getlist("chosen") if wanted == "ticked" else [wanted]
    reports = _reports(request, keys)
    if not reports:
        messages.error(request, NOTHING_TICKED if wanted == "ticked" else GONE)
        return _shown(request, _typed(request))
    shown = {one.pk: said for said in keys for one in reports if "-" in said and _key(said) == one.pk}
    outcomes = accept_many(reports, request.user, shown)
    say(request, told(outcomes, ACCEPTED))
    return _back(request, {one.pk for one in reports})


def _return(request: Request) -> HttpResponse:
    name = f"{REASON}{request.POST['return']}"
    reports = _reports(request, [request.POST["return"]])
    if not reports:
        messages.error(request, GONE)
        return _shown(request, _typed(request))
    try:
        done = return_(reports[0], request.user, request.POST.get(name, ""))
    except CannotExecute as refusal:
        return _shown(request, _typed(request), failed=name, complaint=str(refusal))
    messages.success(
        request, f"Возвращено: {executor_in_words(done)}. Причину исполнитель увидит в{NBSP}«Моих задачах»."
    )
    return _back(request, {reports[0].pk})


def _reports(request: Request, keys: list[str]) -> list[Report]:
    """Those in sight; a number that is none is none."""
    known = [key for key in map(_key, keys) if key is not None]
    return list(Report.objects.filter(pk__in=known, assignment__in=assignments_in_sight(request.sight)))


def _key(seen: str) -> int | None:
    """«17-2-40» is report 17 as it was seen (HandedIn.seen)."""
    key = seen.partition("-")[0]
    return int(key) if key.isdecimal() and len(key) < 19 else None


def _typed(request: Request, without: set[int] | None = None) -> dict[str, str]:
    done = {f"{REASON}{key}" for key in without or ()}
    said = {name: str(text) for name, text in request.POST.items() if name.startswith(REASON) and name not in done}
    return {name: text for name, text in list(said.items())[:MOST_TYPED] if text.strip()}


def _back(request: Request, decided: set[int]) -> HttpResponse:
    rest = _typed(request, decided)
    if rest:
        request.session[TYPED] = rest
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect(reverse("roadmap:verifying") + query)
