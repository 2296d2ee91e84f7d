"""From the buttons and ticks of a page to decisions about findings, and what is said of them."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404

from msoko.core.vocabulary.russian import counted, plural
from msoko.web.analysis import services
from msoko.web.analysis.models import Finding
from msoko.web.analysis.queries import finding_in_sight
from msoko.web.analysis.services.deciding import CannotDecide
from msoko.web.people.requests import Request
from msoko.web.people.rights import refuse_unless

Order = Callable[..., Finding]
ORDERS: dict[str, Order] = {"confirm": services.confirm, "dismiss": services.dismiss, "reopen": services.reopen}
"""Name of the button → what it orders. Its value is the finding («17-new»), or TICKED."""
DONE = {
    "confirm": ("Подтверждён", "Подтверждены", "Подтверждено"),
    "dismiss": ("Снят", "Сняты", "Снято"),
    "reopen": ("Снова ждёт решения", "Снова ждут решения", "Снова ждут решения"),
}
TICKED = "ticked"
NOTHING_TICKED = "Ничего не отмечено: поставьте галочки у\u00a0школ, о\u00a0которых решаете."


def carry_out(request: Request) -> None:
    """What the pressed button says. Raises Http404 and PermissionDenied before anything is decided."""
    name = next((name for name in ORDERS if name in request.POST), None)
    if name is None:
        return
    which = request.POST[name]
    chosen = request.POST.getlist("finding") if which == TICKED else [which]
    findings = [_as_it_was_seen(request, said) for said in chosen]
    if not findings:
        messages.error(request, NOTHING_TICKED)
    done, problems = _decided(ORDERS[name], findings, request)
    for problem in problems:
        messages.error(request, problem)
    if done:
        messages.success(request, f"{plural(done, *DONE[name])} {counted(done, 'вывод', 'вывода', 'выводов')}.")


def _decided(order: Order, findings: list[Finding], request: Request) -> tuple[int, list[str]]:
    """How many, and why not the others: each by itself, so that one problem does not undo the rest."""
    done = 0
    problems: dict[str, list[str]] = {}
    for one in findings:
        try:
            order(one, request.user, request.POST.get("reason", ""))
            done += 1
        except CannotDecide as problem:
            problems.setdefault(str(problem), []).append(one.organisation.name)
    several = len(findings) > 1
    return done, [f"{said} ({', '.join(names)})" if several else said for said, names in problems.items()]


def _as_it_was_seen(request: Request, said: str) -> Finding:
    """«17-new»: the finding in the state in which the page showed it, so that nobody's decision is overruled unseen."""
    key, _, state = said.partition("-")
    if not key.isdecimal() or len(key) > 18:
        raise Http404("Такого вывода нет.")
    found = finding_in_sight(request.sight, int(key))
    refuse_unless(request.sight.may("decide_finding", found.organisation))
    found.state = state
    return found
