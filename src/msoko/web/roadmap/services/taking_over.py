"""«Внесение изменений»: a new edition takes over what is not yet done under the edition before."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import timezone

from msoko.core.vocabulary.russian import counted, nbsp, plural
from msoko.web.people.models import User
from msoko.web.people.services import audit
from msoko.web.roadmap.models import Activity, Assignment, Occurrence, Programme
from msoko.web.roadmap.reasons import DATES_CHANGED, EXCLUDED
from msoko.web.roadmap.services.drafts import CannotChange
from msoko.web.roadmap.services.due_dates import (
    Window,
    delete_at_once,
    in_force,
    occur,
    occurrences_of,
    untouched,
    windows_by_occurrence,
)
from msoko.web.roadmap.services.giving import assign, horizon
from msoko.web.roadmap.services.refreshing import refresh_groups

State = Assignment.State


@dataclass(frozen=True)
class TakenOver:
    """How many assignments went to the new edition, and how many open ones were cancelled."""

    moved: int
    cancelled: int


@transaction.atomic
def take_over(old: Programme, new: Programme, today: date, who: User | None = None) -> TakenOver:
    """Due dates and assignments of the new edition, with what was going on under the old one.

    What is not ended goes to the activity that descends from its own: with the same window as it is; where as many
    windows of an activity came as went, each to the window in its turn, due at its new date; else only what was begun
    goes, with its old window. The rest of what is open is cancelled. What is not tracked goes with its window or stays,
    a new date is asked for anew. What is ended stays with the old edition and is
    not asked for again. Raises NotInForce, and CannotChange where a report about an activity that was excluded waits
    for its verifier: nobody would come upon it any more. Queries do not depend on the number of activities and
    organisations.
    """
    in_force(new)
    occur(new, who)
    moved, cancelled = _move(old, new) if _going_on(old).exists() else (0, 0)
    assign(new, max(horizon(today), old.assigned_through or today), who)
    refresh_groups(new, today, who)
    if moved or cancelled:
        audit(who, "assignments_taken_over", new, new.organisation, count=moved, cancelled=cancelled)
    return TakenOver(moved, cancelled)


def _going_on(programme: Programme) -> QuerySet[Assignment]:
    theirs = Assignment.objects.filter(occurrence__activity__roadmap__programme=programme).order_by()
    return theirs.exclude(state__in=Assignment.ENDED)


def _asked_for(programme: Programme) -> QuerySet[Assignment]:
    return _going_on(programme).exclude(state=State.UNTRACKED)


def _move(old: Programme, new: Programme) -> tuple[int, int]:
    """Moved, cancelled."""
    # Locked, so that a report handed in meanwhile waits and then finds its assignment where it is.
    list(_going_on(old).select_for_update(of=("self",)).values_list("pk", flat=True))
    delete_at_once(Assignment.objects.filter(untouched(), occurrence__in=occurrences_of(new).values("pk")))
    heirs = heirs_of(old, new)
    moved = _move_to_new_dates(old, _in_turn(old, new, heirs))
    moved += _move_with_the_same_window(_going_on(old), old, new, heirs)
    begun = _going_on(old).exclude(untouched())
    _keep_dates(begun, heirs)
    moved += _move_with_the_same_window(begun, old, new, heirs)
    if waiting := reports_left(old, heirs):
        raise CannotChange(unverified(waiting))
    return moved, _cancel_the_rest(old, heirs)


def reports_left(old: Programme, heirs: Collection[int]) -> int:
    """How many reports about other activities than these wait for their verifier."""
    return _going_on(old).filter(state=State.REPORTED).exclude(occurrence__activity__in=heirs).count()


def unverified(waiting: int) -> str:
    reports = counted(waiting, "отчёт", "отчёта", "отчётов")
    wait = plural(waiting, "ждёт", "ждут", "ждут")
    return nbsp(f"Проверки {wait} {reports} по исключённым мероприятиям: сначала примите или верните их.")


def heirs_of(old: Programme, new: Programme) -> dict[int, int]:
    """Activity of the old edition → the (first) one of the new edition that descends from it."""
    found = Activity.objects.filter(roadmap__programme=new, descends_from__roadmap__programme=old)
    rows = found.order_by("-pk").values_list("descends_from", "pk")
    return {before: heir for before, heir in rows if before is not None}


def _in_turn(old: Programme, new: Programme, heirs: Mapping[int, int]) -> dict[int, Occurrence]:
    """Occurrence of the old edition → the new one that has come instead of it, where as many came as went."""
    alive = set(_asked_for(old).values_list("occurrence", flat=True))
    before, after = _by_activity(old), _by_activity(new)
    pairs: dict[int, Occurrence] = {}
    for activity, heir in heirs.items():
        went = _only_in(before[activity], after[heir])
        came = _only_in(after[heir], before[activity])
        going_on = [one for one in went if one.pk in alive]
        if len(going_on) == len(came):
            pairs |= {one.pk: instead for one, instead in zip(going_on, came, strict=True)}
    return pairs


def _by_activity(programme: Programme) -> dict[int, list[Occurrence]]:
    found: dict[int, list[Occurrence]] = defaultdict(list)
    for one in occurrences_of(programme).order_by("due", "begins", "pk"):
        found[one.activity_id].append(one)
    return found


def _only_in(these: Collection[Occurrence], those: Collection[Occurrence]) -> list[Occurrence]:
    others = {(one.begins, one.due) for one in those}
    return [one for one in these if (one.begins, one.due) not in others]


def _move_to_new_dates(old: Programme, pairs: Mapping[int, Occurrence]) -> int:
    """A postponed assignment keeps its own date where that is later."""
    moving = list(_asked_for(old).filter(occurrence__in=pairs))
    for one in moving:
        instead = pairs[one.occurrence_id]
        due = max(one.due, instead.due) if one.state == State.POSTPONED else instead.due
        if due > one.due:
            one.overdue_noticed_at = None
        one.occurrence, one.due = instead, due
    Assignment.objects.bulk_update(moving, ["occurrence", "due", "overdue_noticed_at"], batch_size=1000)
    return len(moving)


def _keep_dates(begun: QuerySet[Assignment], heirs: Mapping[int, int]) -> None:
    """Due dates of the new edition for work under windows that it has no more."""
    rows = begun.filter(occurrence__activity__in=heirs).values_list(
        "occurrence__activity", "occurrence__begins", "occurrence__due", "occurrence__assigned_at"
    )
    Occurrence.objects.bulk_create(
        (
            Occurrence(activity_id=heirs[activity], begins=begins, due=due, assigned_at=given)
            for activity, begins, due, given in rows.distinct()
        ),
        ignore_conflicts=True,
    )


def _move_with_the_same_window(
    moving: QuerySet[Assignment], old: Programme, new: Programme, heirs: Mapping[int, int]
) -> int:
    there = set(windows_by_occurrence(new))
    same = [key for window, key in windows_by_occurrence(old).items() if _inherited(window, heirs) in there]
    instead = Occurrence.objects.filter(
        activity__roadmap__programme=new,
        activity__descends_from__occurrences=OuterRef("occurrence"),
        begins=F("activity__descends_from__occurrences__begins"),
        due=F("activity__descends_from__occurrences__due"),
    ).order_by("activity_id", "pk")
    return moving.filter(occurrence__in=same).update(occurrence=Subquery(instead.values("pk")[:1]))


def _inherited(window: Window, heirs: Mapping[int, int]) -> Window | None:
    activity, begins, due = window
    return (heirs[activity], begins, due) if activity in heirs else None


def _cancel_the_rest(old: Programme, heirs: Mapping[int, int]) -> int:
    left = _going_on(old).filter(state__in=Assignment.OPEN)
    fields = {"state": State.CANCELLED, "state_at": timezone.now()}
    changed = left.filter(occurrence__activity__in=heirs).update(**fields, reason=DATES_CHANGED)
    return changed + left.exclude(occurrence__activity__in=heirs).update(**fields, reason=EXCLUDED)
