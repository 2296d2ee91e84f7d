"""The signed words of an activity become dates and executors; what a person has said himself is never touched."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import QuerySet

from msoko.core.roadmap import deadlines, executors
from msoko.core.roadmap.deadlines.deadline import Deadline
from msoko.web.people.models import Organisation, OrganisationQuerySet
from msoko.web.roadmap.models import Activity, Executor, Programme

DEADLINE_FIELDS = ("deadline_kind", "windows", "condition")
LONGEST_CONDITION = 500
LONGEST_WORDS = 500
LONGEST_KIND = 20
LONGEST_ROLE = 30


@dataclass(frozen=True)
class Known:
    """What words are read with: the programme's days, the schools a name can mean, what «ОО» is in this document.

    `short` and `full` hold the names of the same schools by key; both are tried.
    """

    programme: Programme
    short: Mapping[int, str]
    full: Mapping[int, str]
    department_is_oo: bool
    _read: dict[str, Deadline] = field(default_factory=dict)
    _cells: dict[str, list[tuple[executors.Executor, int | None]]] = field(default_factory=dict)

    def deadline_of(self, words: str) -> Deadline:
        """Read once however many activities say the same."""
        if words not in self._read:
            self._read[words] = deadlines.understand(words, self.programme.begins, self.programme.ends)
        return self._read[words]

    def executors_of(self, cell: str) -> list[tuple[executors.Executor, int | None]]:
        """The executors of a cell in their order, each with the key of the only school that its name means."""
        if cell not in self._cells:
            found = executors.understand_all(cell, self.department_is_oo)
            self._cells[cell] = [(one, self._school(one)) for one in found]
        return self._cells[cell]

    def _school(self, executor: executors.Executor) -> int | None:
        found = executors.match_organisation(executor, self.short) or executors.match_organisation(executor, self.full)
        return found[0] if len(found) == 1 else None


def known_of(programme: Programme) -> Known:
    """Two queries, however long the programme."""
    rows = list(_nameable(programme.organisation).values_list("pk", "name", "full_name"))
    cells = programme_activities(programme).values_list("executors_words", flat=True)
    return Known(
        programme,
        {pk: short for pk, short, _ in rows},
        {pk: full or short for pk, short, full in rows},
        executors.department_is_oo(cells),
    )


def _nameable(organisation: Organisation) -> OrganisationQuerySet:
    """Schools of the municipality: those of a school's programme are named among its neighbours."""
    territory = organisation.municipality or organisation
    return Organisation.objects.schools().within(territory).order_by("sort_key", "pk")


def programme_activities(programme: Programme) -> QuerySet[Activity]:
    return Activity.objects.filter(roadmap__programme=programme)


@transaction.atomic
def understand_activity(activity: Activity) -> Activity:
    """Store what the words of one activity mean within its programme. Words that were not understood leave no dates.

    Dates that a person has entered and executors that a person has corrected stay, the latter while their words stand
    in the cell.
    """
    known = known_of(activity.roadmap.programme)
    if read_deadline(activity, known):
        activity.save(update_fields=DEADLINE_FIELDS)
    _store_executors([activity], known)
    return activity


@transaction.atomic
def understand_all(programme: Programme) -> int:
    """The same for every activity of the programme; how many of them have other dates now. Queries do not depend on
    the number of activities."""
    known = known_of(programme)
    activities = list(programme_activities(programme).prefetch_related("executors"))
    changed = [one for one in activities if read_deadline(one, known)]
    Activity.objects.bulk_update(changed, DEADLINE_FIELDS, batch_size=200)
    _store_executors(activities, known)
    return len(changed)


def read_deadline(activity: Activity, known: Known) -> bool:
    """Put kind, windows and condition into the activity, unsaved; whether anything is different now."""
    deadline = known.deadline_of(activity.deadline)
    before = [getattr(activity, name) for name in DEADLINE_FIELDS]
    activity.deadline_kind = deadline.kind.value if deadline.kind and deadline.understood else ""
    if not activity.dates_by_person:
        activity.windows = windows_of(deadline)
    activity.condition = (deadline.condition or "")[:LONGEST_CONDITION]
    return [getattr(activity, name) for name in DEADLINE_FIELDS] != before


def windows_of(deadline: Deadline) -> list[list[str]]:
    """As the record keeps them: pairs of ISO days."""
    return [[window.begins.isoformat(), window.ends.isoformat()] for window in deadline.windows]


def _store_executors(activities: list[Activity], known: Known) -> None:
    gone: list[int] = []
    fresh: list[Executor] = []
    for activity in activities:
        stored = list(activity.executors.all())
        wanted = list(_rows(activity, stored, known))
        if [_said(one) for one in stored] != [_said(one) for one in wanted]:
            gone += [one.pk for one in stored]
            fresh += wanted
    Executor.objects.filter(pk__in=gone).delete()
    Executor.objects.bulk_create(fresh, batch_size=500)


def _rows(activity: Activity, stored: list[Executor], known: Known) -> Iterator[Executor]:
    """Executors of the cell as they are understood now. One that a person has corrected keeps its place among those
    of the same words, with all the rows that a person has made of it."""
    before = _by_words(stored)
    for order, (executor, school) in enumerate(known.executors_of(activity.executors_words)):
        words = executor.words[:LONGEST_WORDS]
        rows = before[words].pop(0) if before[words] else []
        if rows and rows[0].by_person:
            yield from (_kept(row, activity, order) for row in rows)
        else:
            yield Executor(
                activity=activity,
                words=words,
                order=order,
                kind=executor.kind.value[:LONGEST_KIND],
                role=executor.role[:LONGEST_ROLE],
                condition=(executor.condition or "")[:LONGEST_CONDITION],
                organisation_id=school,
            )


def _by_words(stored: list[Executor]) -> dict[str, list[list[Executor]]]:
    """Words → executors of these words in their order, each with its rows: one a school that a person has named."""
    places: dict[tuple[str, int], list[Executor]] = defaultdict(list)
    for row in stored:
        places[row.words, row.order].append(row)
    found: dict[str, list[list[Executor]]] = defaultdict(list)
    for (words, _), rows in places.items():
        found[words].append(rows)
    return found


def _kept(row: Executor, activity: Activity, order: int) -> Executor:
    """What a person has said, at the place where its words stand now."""
    return Executor(
        activity=activity,
        words=row.words,
        order=order,
        kind=row.kind,
        role=row.role,
        condition=row.condition,
        organisation_id=row.organisation_id,
        by_person=True,
    )


def _said(row: Executor) -> tuple[object, ...]:
    return row.words, row.kind, row.role, row.condition, row.organisation_id, row.by_person, row.order
