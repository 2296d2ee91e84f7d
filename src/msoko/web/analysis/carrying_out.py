"""From the buttons and ticks of a page to decisions about findings, and what is said of them."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib import messages
from django.http import Http404

from msoko.core.vocabulary.russian import counted, plural
from msoko.web.analysis import services
from msoko.web.analysis.models import Finding
from msoko.web.analysis.queries import finding_in_sight
from msoko.web.analysis.services.deciding import CannotDecide, DecidedMeanwhile
from msoko.web.moments import shown_as
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
RESULT = {
    "confirm": Finding.State.CONFIRMED,
    "dismiss": Finding.State.DISMISSED,
    "reopen": Finding.State.NEW,
}
MINE = {"confirm": "подтвердить", "dismiss": "снять", "reopen": "вернуть в новые"}
"""What the person wanted, in his own words."""
TICKED = "ticked"
NOTHING_TICKED = "Ничего не отмечено: поставьте галочки у\u00a0школ, о\u00a0которых решаете."


@dataclass(frozen=True)
class Clash:
    """A decision that was not carried out, for another one stands there: `finding` as it is now; `was` is the former
    sentence where newer data have replaced it, '' else."""

    finding: Finding
    was: str


@dataclass(frozen=True)
class Clashes:
    """What was ordered, why, and what stands against it. `name` is the order's."""

    name: str
    reason: str
    found: list[Clash]

    @property
    def words(self) -> str:
        return MINE[self.name]


@dataclass
class _Told:
    done: int = 0
    same: int = 0
    problems: dict[str, list[str]] = field(default_factory=dict)
    clashes: list[Clash] = field(default_factory=list)


def carry_out(request: Request) -> Clashes | None:
    """What the pressed button says; what others have decided meanwhile, where they have. Raises Http404 and
    PermissionDenied before anything is decided."""
    name = next((name for name in ORDERS if name in request.POST), None)
    if name is None:
        return None
    which, reason = request.POST[name], request.POST.get("reason", "").replace("\0", "")
    chosen = request.POST.getlist("finding") if which == TICKED else [which]
    findings = [_as_it_was_seen(request, said) for said in chosen]
    if not findings:
        messages.error(request, NOTHING_TICKED)
    told = _Told()
    for one in findings:
        _decide(request, name, one, reason, told)
    _say(request, name, told, len(findings) > 1)
    return Clashes(name, reason, told.clashes) if told.clashes else None


def _decide(request: Request, name: str, finding: Finding, reason: str, told: _Told) -> None:
    """Each by itself, so that one problem does not undo the rest."""
    try:
        ORDERS[name](finding, request.user, reason)
        told.done += 1
    except DecidedMeanwhile as changed:
        now = _now(request, finding)
        if now is None:
            told.problems.setdefault(str(changed), []).append(finding.organisation.name)
        elif now.pk == finding.pk and now.state == RESULT[name] and reason.strip() in ("", now.reason):
            told.same += 1
        else:
            told.clashes.append(Clash(now, finding.sentence if now.pk != finding.pk else ""))
    except CannotDecide as problem:
        told.problems.setdefault(str(problem), []).append(finding.organisation.name)


def _now(request: Request, finding: Finding) -> Finding | None:
    """What is said of the same place now; None where nothing is."""
    place = {"method": finding.method, "year": finding.year, "organisation": finding.organisation_id}
    stored = Finding.objects.get(pk=finding.pk)  # a reader's copy may not tell of which class it is
    current = Finding.objects.filter(**place, about=stored.about, superseded_at=None).first()
    return finding_in_sight(request.sight, current.pk) if current is not None else None


def _say(request: Request, name: str, told: _Told, several: bool) -> None:
    for problem, names in told.problems.items():
        messages.error(request, f"{problem} ({', '.join(names)})" if several else problem)
    if told.same:
        messages.info(request, f"Так уже решено: {counted(told.same, 'вывод', 'вывода', 'выводов')}.")
    if told.done:
        done = plural(told.done, *DONE[name])
        messages.success(request, f"{done} {counted(told.done, 'вывод', 'вывода', 'выводов')}.")


def _as_it_was_seen(request: Request, said: str) -> Finding:
    """«17-new-0»: the finding as the page showed it, so that nobody's decision is overruled unseen."""
    key, _, version = said.partition("-")
    shown = shown_as(version, Finding.State.values)
    if not key.isdecimal() or len(key) > 18:
        raise Http404("Такого вывода нет.")
    found = finding_in_sight(request.sight, int(key))
    refuse_unless(request.sight.may("decide_finding", found.organisation))
    found.state = shown.state if shown else ""
    if shown and version != shown.state:
        found.decided_at = shown.at
    return found
