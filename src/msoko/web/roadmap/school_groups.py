"""Groups of schools that executors name, as they are now: all, the confirmed lists, and what a condition leaves out.

«ШНОР» is the confirmed list in force, «школы с признаками необъективности» the schools of which signals are confirmed.
Nobody is ever taken for «all» because a list is empty.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from msoko.core.roadmap import executors
from msoko.core.roadmap.executors import Kind
from msoko.core.roadmap.executors.limits import Limit, limits_of
from msoko.core.vocabulary.russian import counted, nbsp, quote
from msoko.web.analysis.methods import methods_in_force
from msoko.web.analysis.models import Finding
from msoko.web.analysis.queries import findings_of
from msoko.web.analysis.support_page import LISTS
from msoko.web.people.models import Organisation
from msoko.web.roadmap.queries import schools_of

LOW_RESULTS = "low_results."
"""Methods that say of a school that its results are low. Those of LISTS make the list, the others the zone of risk."""
OBJECTIVITY = "objectivity."
FAMILIES = (LOW_RESULTS, OBJECTIVITY)
NOT_HERE: Mapping[Kind, str] = {
    Kind.ALL_SCHOOLS: "в муниципалитете нет открытых школ",
    Kind.LOW_RESULTS: "подтверждённого списка ШНОР пока нет",
    Kind.RISK: "подтверждённых выводов о низких результатах пока нет",
    Kind.OBJECTIVITY: "подтверждённых признаков необъективности пока нет",
}
"""Group → what is said where nobody is in it."""
LISTS_OF_FINDINGS = (Kind.LOW_RESULTS, Kind.RISK, Kind.OBJECTIVITY)
"""Groups whose schools findings name."""
ALL_LEFT_OUT = "условие исключает все школы"


class Named(Protocol):
    """An executor as the document names it."""

    @property
    def words(self) -> str: ...
    @property
    def condition(self) -> str: ...


@dataclass(frozen=True)
class Limited:
    """Schools that a condition leaves; `told`: sentences about what of it only a person can apply; `is_narrowed`: it
    has left somebody out."""

    schools: tuple[int, ...]
    told: tuple[str, ...] = ()
    is_narrowed: bool = False


@dataclass(frozen=True)
class Groups:
    """Open schools of a territory by key, in the order of names: all, the list in force, the zone of risk, those with
    confirmed signals of bias. `names`: school → its short and its full name."""

    schools: tuple[int, ...]
    low_results: tuple[int, ...]
    at_risk: tuple[int, ...]
    doubted: tuple[int, ...]
    names: Mapping[int, tuple[str, str]]
    _limited: dict[tuple[Kind, str, str], Limited] = field(default_factory=dict)

    def of(self, kind: Kind) -> tuple[int, ...] | None:
        """None where the kind is no group of schools."""
        return {
            Kind.ALL_SCHOOLS: self.schools,
            Kind.LOW_RESULTS: self.low_results,
            Kind.RISK: self.at_risk,
            Kind.OBJECTIVITY: self.doubted,
        }.get(kind)

    def of_executor(self, row: Named, kind: Kind) -> Limited:
        """The group without those whom the condition leaves out for certain; read once however many say the same."""
        key = kind, row.words, row.condition
        if key not in self._limited:
            self._limited[key] = self._limit(row, self.of(kind) or ())
        return self._limited[key]

    def _limit(self, row: Named, group: tuple[int, ...]) -> Limited:
        left, told = group, []
        limits = limits_of(row.condition)
        for limit in limits:
            out, problems = self._left_out(limit)
            left = tuple(school for school in left if school not in out)
            told += problems
        told += filter(None, (_told(limit, len(left)) for limit in limits))
        sentences = [nbsp(f"{quote(row.words)}: {one}.") for one in told] if left else []
        return Limited(left, tuple(sentences), len(left) < len(group))

    def _left_out(self, limit: Limit) -> tuple[set[int], list[str]]:
        """Whom the condition leaves out for certain, and what is said of the others that it names."""
        out: set[int] = set()
        problems = []
        for one in limit.excepted:
            found = self.of(one.kind) if one.kind is not Kind.NAMED else self._named(one)
            if one.kind is not Kind.NAMED:
                out |= set(found or ())
                problems += [] if found else [f"условие {quote(limit.words)} никого не исключает: {NOT_HERE[one.kind]}"]
            elif found and len(found) == 1:
                out |= set(found)
            else:
                why = "подходит нескольким школам" if found else "не подходит ни одной открытой школе муниципалитета"
                problems.append(f"название {quote(one.name)} {why}, по нему никто не исключён")
        return out, problems

    def _named(self, executor: executors.Executor) -> tuple[int, ...]:
        for place in (0, 1):
            found = executors.match_organisation(executor, {key: names[place] for key, names in self.names.items()})
            if found:
                return found
        return ()


def _told(limit: Limit, schools: int) -> str:
    """What is said of a condition where so many schools are left; '' where it is fulfilled for certain."""
    least = limit.least_of(schools)
    if least is not None and least > schools:
        return f"условие {quote(limit.words)} не выполнить: в группе {counted(schools, 'школа', 'школы', 'школ')}"
    if limit.excepted or least == schools or schools == 1:
        return ""
    return f"поручение получают все; условие {quote(limit.words)} система не проверяет, лишние поручения отмените"


def groups_of(territory: Organisation) -> Groups:
    """Two queries, however many schools."""
    rows = schools_of(territory).order_by("sort_key", "pk").values_list("pk", "name", "full_name")
    names = {pk: (short, full or short) for pk, short, full in rows}
    said = findings_of(methods_of_lists(), territory).values_list("organisation", "method", "year", "state")
    found = list(said.order_by().distinct())

    def named_by(prefixes: tuple[str, ...]) -> tuple[int, ...]:
        said = ((school, year, state) for school, method, year, state in found if method.startswith(prefixes))
        on_list = listed(said)
        return tuple(key for key in names if key in on_list)

    return Groups(tuple(names), named_by(LISTS), named_by((LOW_RESULTS,)), named_by((OBJECTIVITY,)), names)


def methods_of_lists() -> list[str]:
    """Methods whose findings say which schools are in a group."""
    return [method.name for method in methods_in_force() if method.name.startswith(FAMILIES)]


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
