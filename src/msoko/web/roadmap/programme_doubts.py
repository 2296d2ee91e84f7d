"""What in a draft the system has not understood, by name: it does not hinder approval, and nobody may be surprised."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from msoko.core.vocabulary.russian import quote
from msoko.web.people.sight import Sight
from msoko.web.roadmap.activity_rows import executors_with_places
from msoko.web.roadmap.executor_words import Tellers
from msoko.web.roadmap.models import Activity, Programme
from msoko.web.roadmap.programme_words import deadline_in_words


@dataclass(frozen=True)
class Doubt:
    """An activity and what is not clear about it, in a few words."""

    activity: Activity
    words: str


@dataclass(frozen=True)
class Doubts:
    """`dates`: activities that have no due date; `outside`: whose dates lie outside the programme; `executors`:
    executors that are nobody in the system, whose assignments will stay with the department."""

    dates: list[Doubt]
    outside: list[Doubt]
    executors: list[Doubt]

    def __bool__(self) -> bool:
        return bool(self.dates or self.outside or self.executors)

    @property
    def count(self) -> int:
        return len({one.activity.pk for one in (*self.dates, *self.outside, *self.executors)})


def doubts_of(programme: Programme, sight: Sight) -> Doubts:
    """Queries do not depend on the number of activities."""
    found = Activity.objects.filter(roadmap__programme=programme).select_related("roadmap")
    told = found.prefetch_related(Prefetch("executors", executors_with_places()))
    activities = list(told.order_by("roadmap__order", "roadmap_id", "order", "pk"))
    return Doubts(
        [Doubt(one, _why_no_dates(one)) for one in activities if one.needs_dates],
        [Doubt(one, deadline_in_words(one)) for one in activities if _is_outside(one, programme)],
        [] if programme.organisation.is_school else list(_unresolved(activities, Tellers.of(programme, sight))),
    )


def _why_no_dates(activity: Activity) -> str:
    return _said(activity.deadline, deadline_in_words(activity))


def _said(words: str, meaning: str) -> str:
    """«по плану»: нужна дата."""
    return f"{quote(words)}: {meaning}" if words else meaning


def _is_outside(activity: Activity, programme: Programme) -> bool:
    days = [date.fromisoformat(day) for pair in activity.windows for day in pair]
    return any(not programme.begins <= day <= programme.ends for day in days)


def _unresolved(activities: Iterable[Activity], tellers: Tellers) -> Iterator[Doubt]:
    for activity in activities:
        for one in tellers.told(activity.executors.all()):
            if not one.is_resolved:
                yield Doubt(activity, _said(one.words, one.meaning))
