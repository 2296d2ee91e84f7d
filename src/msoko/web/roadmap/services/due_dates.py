"""Due dates of activities: what the windows say, and what has been begun by due dates that they no longer say."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from msoko.core.vocabulary.russian import NBSP, counted, nbsp, quote, short_date
from msoko.web.people.models import User
from msoko.web.people.services import audit
from msoko.web.roadmap.models import (
    Activity,
    Assignment,
    Evidence,
    Occurrence,
    Postponement,
    Programme,
    Report,
    ReportDraft,
)
from msoko.web.roadmap.reasons import BY_ITSELF


class NotInForce(Exception):
    """Only an edition in force has due dates and assignments; the reason is in Russian."""


@dataclass(frozen=True)
class Settled:
    """How many were made and taken away; `told`: what stays although the plan no longer names it, in sentences."""

    created: int = 0
    removed: int = 0
    told: tuple[str, ...] = ()


@transaction.atomic
def occur(programme: Programme, who: User | None = None) -> Settled:
    """Due dates from the windows of all activities. The same windows change nothing.

    Of a window that is gone, assignments that nobody has touched go too; the others stay with their due date and are
    told. Raises NotInForce. Queries do not depend on the number of activities.
    """
    in_force(programme)
    wanted, existing = windows_of(programme), windows_by_occurrence(programme)
    fresh = [Occurrence(activity_id=key, begins=begins, due=due) for key, begins, due in wanted - set(existing)]
    Occurrence.objects.bulk_create(sorted(fresh, key=lambda one: (one.due, one.activity_id)), ignore_conflicts=True)
    vanished = [key for window, key in existing.items() if window not in wanted]
    removed, told = _remove(vanished) if vanished else (0, ())
    if fresh or removed:
        audit(who, "occurrences_settled", programme, programme.organisation, created=len(fresh), removed=removed)
    return Settled(len(fresh), removed, told)


def in_force(programme: Programme) -> Programme:
    """The same record, locked: of two who give out a programme one waits. Raises NotInForce."""
    locked = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    if not locked.is_live:
        raise NotInForce(f"Поручения раздаются по{NBSP}действующей программе, а{NBSP}эта{NBSP}— "
                         f"{quote(locked.get_state_display())}.")  # fmt: skip
    return locked


Window = tuple[int, date, date]
"""Activity, first and last day."""


def windows_of(programme: Programme) -> set[Window]:
    """What the activities name now."""
    found = Activity.objects.filter(roadmap__programme=programme).order_by().values_list("pk", "windows")
    return {(key, date.fromisoformat(begins), date.fromisoformat(due)) for key, pairs in found for begins, due in pairs}


def windows_by_occurrence(programme: Programme) -> dict[Window, int]:
    found = occurrences_of(programme).values_list("activity", "begins", "due", "pk")
    return {(activity, begins, due): key for activity, begins, due, key in found}


def occurrences_of(programme: Programme) -> QuerySet[Occurrence]:
    return Occurrence.objects.filter(activity__roadmap__programme=programme).order_by()


def untouched() -> Q:
    """The condition on an assignment that no person has done anything with; one that was reopened has the reason."""
    waiting = Q(state=Assignment.State.PLANNED, reason="") | Q(state=Assignment.State.CANCELLED, reason__in=BY_ITSELF)
    waiting |= Q(state=Assignment.State.UNTRACKED)
    begun = Q()
    for record in (Report, ReportDraft, Evidence, Postponement):
        begun |= Q(Exists(record.objects.filter(assignment=OuterRef("pk"))))
    return waiting & ~begun


def _remove(occurrences: list[int]) -> tuple[int, tuple[str, ...]]:
    """What nobody has touched goes; how many due dates went, and what is told of the others."""
    delete_at_once(Assignment.objects.filter(untouched(), occurrence__in=occurrences))
    kept = Assignment.objects.filter(occurrence__in=occurrences).order_by("occurrence__due", "occurrence")
    rows = list(kept.values_list("occurrence", "occurrence__due", "occurrence__activity__title"))
    still: dict[tuple[int, date, str], int] = {}
    for row in rows:
        still[row] = still.get(row, 0) + 1
    left = {key for key, _, _ in still}
    delete_at_once(Occurrence.objects.filter(pk__in=[key for key in occurrences if key not in left]))
    return len(occurrences) - len(left), tuple(_kept(title, due, n) for (_, due, title), n in still.items())


def delete_at_once(rows: QuerySet[Any]) -> None:
    """One statement. Nothing refers to these rows, and Django would ask after it a hundred rows at a time."""
    rows._raw_delete(rows.db)


def _kept(title: str, due: date, n: int) -> str:
    begun = counted(n, "поручение", "поручения", "поручений")
    return nbsp(
        f"{quote(title)}: срока {short_date(due)} в плане больше нет, но по нему начато {begun} — они остались."
    )
