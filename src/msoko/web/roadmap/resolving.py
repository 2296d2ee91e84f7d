"""From executors in a document's words to organisations of the system and who acts in them.

«Руководители ОО» are all open schools, «ШНОР» the confirmed list in force (`school_groups`), «УО» the department.
Whoever is not in the system leaves the assignment with the department, so that nothing falls through, and it is told.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from msoko.core.roadmap.executors import Kind
from msoko.core.vocabulary.russian import NBSP, nbsp, quote
from msoko.web.people.models import Organisation
from msoko.web.roadmap import school_groups
from msoko.web.roadmap.models import Activity, Body, Executor, Programme
from msoko.web.roadmap.school_groups import ALL_LEFT_OUT, Groups, groups_of

LONGEST_WORDS = 500
KEPT = f"поручение остаётся за{NBSP}управлением образования"
NOBODY_NAMED = f"Исполнитель не{NBSP}назван: {KEPT}."

BODIES: Mapping[Kind, Body] = {
    Kind.DEPARTMENT: Body.DEPARTMENT,
    Kind.METHODIST: Body.METHODIST,
    Kind.ASSOCIATIONS: Body.METHODIST,
    Kind.CURATORS: Body.CURATOR,
    Kind.COORDINATOR: Body.CURATOR,
}
"""Who acts in the municipality itself."""

NOT_HERE: Mapping[Kind, str] = {
    **school_groups.NOT_HERE,
    Kind.LEADER_SCHOOLS: "какие школы — лидеры, система не знает",
    Kind.PRESCHOOLS: "детских садов в системе нет",
    Kind.EXTRA_SCHOOLS: "организаций дополнительного образования в системе нет",
    Kind.NAMED: "среди школ муниципалитета такой нет",
    Kind.EXTERNAL: "в системе этого исполнителя нет",
    Kind.PERSON: "назван человек, а не организация",
    Kind.UNKNOWN: "кто это, система не поняла",
}


class Assignee(NamedTuple):
    """An organisation by key, who acts in it, and how the document calls them."""

    organisation: int
    body: str
    words: str


@dataclass(frozen=True)
class Resolution:
    """Who executes an activity, each once. `unresolved`: sentences about executors that are not in the system;
    `conditions`: sentences about limits («не менее 2 школ») that only a person can apply."""

    assignees: tuple[Assignee, ...]
    unresolved: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()


def resolve(programme: Programme, activities: Iterable[int] | None = None) -> dict[int, Resolution]:
    """Activity → who executes it, for all activities of the programme or the given keys. Four queries at most.

    In a school's own programme everything is the school's. An activity without any executor is the department's.
    """
    named = _executors_by_activity(programme, activities)
    if programme.organisation.is_school:
        return {key: _of_the_school(programme.organisation, rows) for key, rows in named.items()}
    territory, groups = programme.organisation, groups_of(programme.organisation)
    return {key: _of_the_territory(territory, groups, rows) for key, rows in named.items()}


def _executors_by_activity(programme: Programme, activities: Iterable[int] | None) -> dict[int, list[Executor]]:
    wanted = Activity.objects.filter(roadmap__programme=programme).order_by()
    if activities is not None:
        wanted = wanted.filter(pk__in=list(activities))
    found: dict[int, list[Executor]] = {key: [] for key in wanted.values_list("pk", flat=True)}
    for row in Executor.objects.filter(activity__in=wanted.values("pk")).select_related("organisation__merged_into"):
        found[row.activity_id].append(row)
    return found


def _of_the_school(school: Organisation, rows: list[Executor]) -> Resolution:
    return Resolution((Assignee(school.pk, Body.SCHOOL, _joined(row.words for row in rows)),))


def _of_the_territory(territory: Organisation, groups: Groups, rows: list[Executor]) -> Resolution:
    words: dict[tuple[int, str], list[str]] = {}
    unresolved: list[str] = []
    conditions: list[str] = []
    for row in rows:
        places, why, told = _places_of(row, territory, groups)
        if why:
            unresolved.append(nbsp(f"{quote(row.words)}: {why}; {KEPT}."))
        conditions += told
        for place in places:
            words.setdefault(place, []).append(row.words)
    if not rows:
        words[territory.pk, Body.DEPARTMENT] = []
        unresolved.append(NOBODY_NAMED)
    assignees = tuple(Assignee(*place, _joined(said)) for place, said in words.items())
    return Resolution(assignees, tuple(dict.fromkeys(unresolved)), tuple(dict.fromkeys(conditions)))


def _places_of(
    row: Executor, territory: Organisation, groups: Groups
) -> tuple[list[tuple[int, str]], str, tuple[str, ...]]:
    """(organisation, body) of one executor; why he is not in the system, '' where he is; what a person has to apply."""
    kind = Kind(row.kind) if row.kind in set(Kind) else Kind.UNKNOWN
    if kind in BODIES:
        return [(territory.pk, BODIES[kind])], "", ()
    if row.organisation is not None:
        return *_named(row.organisation.merged_into or row.organisation, territory), ()
    limited = groups.of_executor(row, kind)
    if limited.schools:
        return [(school, Body.SCHOOL) for school in limited.schools], "", limited.told
    return [(territory.pk, Body.DEPARTMENT)], ALL_LEFT_OUT if limited.is_narrowed else NOT_HERE[kind], ()


def _named(organisation: Organisation, territory: Organisation) -> tuple[list[tuple[int, str]], str]:
    """A person has said, or the name has told, which organisation it is."""
    if organisation.pk == territory.pk:
        return [(territory.pk, Body.DEPARTMENT)], ""
    if not (organisation.is_school and territory.holds(organisation)):
        return [(territory.pk, Body.DEPARTMENT)], NOT_HERE[Kind.NAMED]
    if not organisation.is_open:
        return [(territory.pk, Body.DEPARTMENT)], "школа закрыта"
    return [(organisation.pk, Body.SCHOOL)], ""


def _joined(words: Iterable[str]) -> str:
    """Each once, as long as the record takes."""
    joined = ", ".join(dict.fromkeys(filter(None, words)))
    return joined if len(joined) <= LONGEST_WORDS else f"{joined[: LONGEST_WORDS - 1]}…"
