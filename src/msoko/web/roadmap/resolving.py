"""From executors in a document's words to organisations of the system and who acts in them.

«Руководители ОО» are all open schools, «ШНОР» the confirmed list in force, «УО» the department. Whoever is not in the
system leaves the assignment with the department, so that nothing falls through, and it is told why.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from msoko.core.roadmap.executors import Kind
from msoko.core.vocabulary.russian import NBSP, nbsp, quote
from msoko.web.analysis.methods import methods_in_force
from msoko.web.analysis.models import Finding
from msoko.web.analysis.queries import findings_of
from msoko.web.analysis.support_page import LISTS
from msoko.web.people.models import Organisation
from msoko.web.roadmap.models import Activity, Body, Executor, Programme
from msoko.web.roadmap.queries import schools_of

FAMILY = "low_results."
"""Methods that say of a school that its results are low. Those of LISTS make the list, the others the zone of risk."""
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
    Kind.ALL_SCHOOLS: "в муниципалитете нет открытых школ",
    Kind.LOW_RESULTS: "подтверждённого списка ШНОР пока нет",
    Kind.RISK: "подтверждённых выводов о низких результатах пока нет",
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


@dataclass(frozen=True)
class Groups:
    """Open schools of a territory by key, in the order of names: all, the list in force, the zone of risk."""

    schools: tuple[int, ...]
    low_results: tuple[int, ...]
    at_risk: tuple[int, ...]

    def of(self, kind: Kind) -> tuple[int, ...] | None:
        """None where the kind is no group of schools."""
        return {
            Kind.ALL_SCHOOLS: self.schools,
            Kind.LOW_RESULTS: self.low_results,
            Kind.RISK: self.at_risk,
        }.get(kind)


def groups_of(territory: Organisation) -> Groups:
    """Two queries, however many schools."""
    schools = tuple(schools_of(territory).order_by("sort_key", "pk").values_list("pk", flat=True))
    rows = list(findings_of(methods_of_lists(), territory).values_list("organisation", "method", "year", "state"))
    low = listed((school, year, state) for school, method, year, state in rows if method in LISTS)
    risk = listed((school, year, state) for school, _, year, state in rows)
    return Groups(schools, tuple(key for key in schools if key in low), tuple(key for key in schools if key in risk))


def methods_of_lists() -> list[str]:
    return [method.name for method in methods_in_force() if method.name.startswith(FAMILY)]


def listed(findings: Iterable[tuple[int, int, str]]) -> set[int]:
    """Schools of the confirmed list in force, from (school, year, state) of current findings.

    The list of the newest year in which anything is confirmed is in force. In that year a school of which nothing is
    decided yet keeps the place that it had the year before: half a list decided must not drop the other half.
    """
    states: dict[int, dict[int, set[str]]] = {}
    for school, year, state in findings:
        states.setdefault(year, {}).setdefault(school, set()).add(state)
    on_list: set[int] = set()
    for year in sorted(states):
        confirmed = {school for school, found in states[year].items() if Finding.State.CONFIRMED in found}
        undecided = {school for school, found in states[year].items() if found == {Finding.State.NEW}}
        if confirmed:
            on_list = confirmed | (undecided & on_list)
    return on_list


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
    unresolved, conditions = [], []
    for row in rows:
        places, why = _places_of(row, territory, groups)
        if why:
            unresolved.append(nbsp(f"{quote(row.words)}: {why}; {KEPT}."))
        if len(places) > 1 and row.condition:
            conditions.append(_condition(row))
        for place in places:
            words.setdefault(place, []).append(row.words)
    if not rows:
        words[territory.pk, Body.DEPARTMENT] = []
        unresolved.append(NOBODY_NAMED)
    assignees = tuple(Assignee(*place, _joined(said)) for place, said in words.items())
    return Resolution(assignees, tuple(dict.fromkeys(unresolved)), tuple(dict.fromkeys(conditions)))


def _places_of(row: Executor, territory: Organisation, groups: Groups) -> tuple[list[tuple[int, str]], str]:
    """(organisation, body) of one executor, and why he is not in the system, '' where he is."""
    kind = Kind(row.kind) if row.kind in set(Kind) else Kind.UNKNOWN
    if kind in BODIES:
        return [(territory.pk, BODIES[kind])], ""
    if row.organisation is not None:
        return _named(row.organisation.merged_into or row.organisation, territory)
    schools = groups.of(kind)
    if schools:
        return [(school, Body.SCHOOL) for school in schools], ""
    return [(territory.pk, Body.DEPARTMENT)], NOT_HERE[kind]


def _named(organisation: Organisation, territory: Organisation) -> tuple[list[tuple[int, str]], str]:
    """A person has said, or the name has told, which organisation it is."""
    if organisation.pk == territory.pk:
        return [(territory.pk, Body.DEPARTMENT)], ""
    if not (organisation.is_school and territory.holds(organisation)):
        return [(territory.pk, Body.DEPARTMENT)], NOT_HERE[Kind.NAMED]
    if not organisation.is_open:
        return [(territory.pk, Body.DEPARTMENT)], "школа закрыта"
    return [(organisation.pk, Body.SCHOOL)], ""


def _condition(row: Executor) -> str:
    said = f"{quote(row.words)}: поручение получают все; условие {quote(row.condition)} система не проверяет"
    return nbsp(f"{said}, лишние поручения отмените.")


def _joined(words: Iterable[str]) -> str:
    """Each once, as long as the record takes."""
    joined = ", ".join(dict.fromkeys(filter(None, words)))
    return joined if len(joined) <= LONGEST_WORDS else f"{joined[: LONGEST_WORDS - 1]}…"
