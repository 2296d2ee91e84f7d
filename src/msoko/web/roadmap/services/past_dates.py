"""Due dates of the past: which of them are asked for when a programme goes live, and how that is changed later.

What is not asked for is not tracked: nobody expects a report of it and nobody says that it was done. It is never
hidden, and it can be asked for at any time.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from msoko.core.vocabulary.russian import nbsp, short_date
from msoko.web.people.models import User
from msoko.web.people.services import audit_each
from msoko.web.roadmap.lacking import says_something
from msoko.web.roadmap.models import Assignment, Programme, Roadmap
from msoko.web.roadmap.report_values import BadValue, text
from msoko.web.roadmap.services.drafts import CannotChange, locked

State = Assignment.State
NOT_HANDED_IN = (State.PLANNED, State.IN_PROGRESS, State.POSTPONED)
"""Of these nobody has written a report; what was returned has one and stays asked for."""
LONGEST_REASON = 2000
NO_REASON = nbsp("Назовите причину: её увидят исполнители, и она останется в журнале.")
NOT_IN_FORCE = nbsp("Эта редакция программы больше не действует: её поручения не меняются.")


@dataclass(frozen=True)
class AskedSince:
    """The first day whose due dates are asked for; without one all are, however long ago they passed."""

    day: date | None = None


EVERY = AskedSince()


def usual(programme: Programme, approved_on: date) -> AskedSince:
    """What holds unless a person says otherwise. A plan begins with its approval: one begun in September does not make
    January overdue. A signed document binds with all its dates, its words have bound people since it was signed. A
    later edition goes on with the one before."""
    if programme.previous_id is not None:
        return AskedSince(programme.asked_since)
    return EVERY if programme.imports.exists() else AskedSince(approved_on)


# ---- changed later


def without_report(roadmap: Roadmap, today: date) -> QuerySet[Assignment]:
    """What has passed and nobody has handed in: it can cease to be tracked."""
    return _of(roadmap).filter(state__in=NOT_HANDED_IN, due__lt=today)


def not_tracked(roadmap: Roadmap) -> QuerySet[Assignment]:
    return _of(roadmap).filter(state=State.UNTRACKED)


@transaction.atomic
def stop_tracking(roadmap: Roadmap, who: User, before: date, reason: str, today: date) -> int:
    """What was due before the day, and has passed without a report, is not tracked any more; how many assignments.

    Raises CannotChange, also without a reason and for a day to come: of what is still ahead people can do something.
    """
    if before > today:
        raise CannotChange(nbsp(f"{short_date(before)} ещё не наступило: не отслеживать можно только прошедшие сроки."))
    why = _said(reason)
    _refuse_not_in_force(roadmap)
    return _change(without_report(roadmap, before), who, "assignment_untracked", why, State.UNTRACKED)


@transaction.atomic
def track_again(roadmap: Roadmap, who: User, since: date, reason: str) -> int:
    """What was due on the day and later is asked for again, and is overdue at once; how many assignments.

    Raises CannotChange, also without a reason.
    """
    why = _said(reason)
    _refuse_not_in_force(roadmap)
    return _change(not_tracked(roadmap).filter(due__gte=since), who, "assignment_reopened", why, State.PLANNED)


def _of(roadmap: Roadmap) -> QuerySet[Assignment]:
    return Assignment.objects.filter(occurrence__activity__roadmap=roadmap)


def _said(reason: str) -> str:
    try:
        said = text(reason, LONGEST_REASON, "Причина")
    except BadValue as problem:
        raise CannotChange(str(problem)) from problem
    if not says_something(said):
        raise CannotChange(NO_REASON)
    return said


def _refuse_not_in_force(roadmap: Roadmap) -> None:
    if not locked(roadmap.programme).is_live:
        raise CannotChange(NOT_IN_FORCE)


def _change(found: QuerySet[Assignment], who: User, action: str, reason: str, state: str) -> int:
    """Locked first, so that a report handed in meanwhile waits and then finds its assignment as it is. Queries do not
    depend on how many there are, but for the insertions of the audit."""
    rows = list(found.select_for_update(of=("self",)).select_related("organisation").order_by("pk"))
    fields: dict[str, Any] = {"state": state, "reason": reason, "state_at": timezone.now()}
    found.update(**fields, overdue_noticed_at=None)
    audit_each(who, action, [(one, one.organisation, {"reason": reason}) for one in rows])
    return len(rows)
