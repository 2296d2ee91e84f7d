"""Executors as a screen tells them: whom the document names and who that is in the system now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from msoko.core.roadmap.executors import Kind
from msoko.core.vocabulary.russian import NBSP, counted, nbsp
from msoko.web.people.models import Organisation
from msoko.web.people.sight import Sight
from msoko.web.roadmap.models import Executor, Programme
from msoko.web.roadmap.resolving import NOT_HERE
from msoko.web.roadmap.school_groups import ALL_LEFT_OUT, LISTS_OF_FINDINGS, Groups, groups_of

KINDS: Mapping[str, str] = {
    Kind.ALL_SCHOOLS: "все школы",
    Kind.LOW_RESULTS: f"школы с{NBSP}низкими результатами (ШНОР)",
    Kind.RISK: "школы зоны риска",
    Kind.OBJECTIVITY: f"школы с{NBSP}признаками необъективности",
    Kind.DEPARTMENT: "управление образования",
    Kind.METHODIST: "методическая служба",
    Kind.ASSOCIATIONS: "методические объединения",
    Kind.CURATORS: "кураторы",
    Kind.COORDINATOR: "муниципальный координатор",
    Kind.LEADER_SCHOOLS: "школы-лидеры",
    Kind.PRESCHOOLS: "детские сады",
    Kind.EXTRA_SCHOOLS: "дополнительное образование",
    Kind.NAMED: "названные школы",
    Kind.EXTERNAL: f"кто-то вне{NBSP}системы",
    Kind.PERSON: "человек по имени",
    Kind.UNKNOWN: f"не{NBSP}понято, кто",
}
"""Kind of executor → the word for it on a screen."""
SHORT: Mapping[str, str] = {
    Kind.LOW_RESULTS: "ШНОР",
    Kind.RISK: "зона риска",
    Kind.OBJECTIVITY: "признаки необъективности подтверждены",
}
GROUPS = (Kind.ALL_SCHOOLS, *LISTS_OF_FINDINGS)
INSTEAD = f"поручение за{NBSP}управлением образования"


@dataclass(frozen=True, slots=True)
class ToldExecutor:
    """`words` of the document; `meaning` in the system; an unresolved one leaves the work with the department."""

    words: str
    meaning: str
    is_resolved: bool = True


class Named(NamedTuple):
    """What is told of an executor, without the rest of its record: a roadmap names hundreds of them."""

    words: str
    kind: str
    condition: str
    organisation: Organisation | None


@dataclass(frozen=True)
class Tellers:
    """Says who executors are in one programme. `groups` are None where the reader does not see the whole territory:
    who is on a list is not for the schools to read."""

    programme: Programme
    groups: Groups | None

    @classmethod
    def of(cls, programme: Programme, sight: Sight) -> "Tellers":
        organisation = programme.organisation
        sees_all = not organisation.is_school and (sight.sees_everything or sight.sees(organisation))
        return cls(programme, groups_of(organisation) if sees_all else None)

    def told(self, executors: Iterable[Executor | Named]) -> list[ToldExecutor]:
        """In the order of the document. A school's own programme is done by the school, whoever of it is named."""
        if self.programme.organisation.is_school:
            words = ", ".join(dict.fromkeys(one.words for one in executors))
            return [ToldExecutor(words, "школа")]
        return [self._told(one) for one in executors] or [ToldExecutor("", f"не{NBSP}назван: {INSTEAD}", False)]

    def _told(self, one: Executor | Named) -> ToldExecutor:
        if one.kind in GROUPS and one.organisation is None:
            return self._group(one, Kind(one.kind))
        if one.organisation is not None:
            organisation = one.organisation.merged_into or one.organisation
            return ToldExecutor(one.words, *_named(organisation, self.programme.organisation))
        if one.kind in NOT_HERE:
            return ToldExecutor(one.words, nbsp(f"{NOT_HERE[Kind(one.kind)]}, {INSTEAD}"), False)
        return ToldExecutor(one.words, KINDS.get(one.kind, KINDS[Kind.UNKNOWN]), one.kind in KINDS)

    def _group(self, one: Executor | Named, kind: Kind) -> ToldExecutor:
        if self.groups is None:
            return ToldExecutor(one.words, KINDS[kind])
        limited = self.groups.of_executor(one, kind)
        n = len(limited.schools)
        if not n:
            why = ALL_LEFT_OUT if limited.is_narrowed else NOT_HERE[kind]
            return ToldExecutor(one.words, nbsp(f"{why}, {INSTEAD}"), False)
        without = f" без{NBSP}исключённых" if limited.is_narrowed else ""
        if kind is Kind.ALL_SCHOOLS:
            return ToldExecutor(one.words, f"{KINDS[kind]}{without}{NBSP}({n})")
        return ToldExecutor(one.words, nbsp(f"{SHORT[kind]}{without}: {counted(n, 'школа', 'школы', 'школ')} сейчас"))


def told_in(roadmap: int, activities: Iterable[int], tellers: Tellers) -> dict[int, list[ToldExecutor]]:
    """Activity → its executors in words, for the given keys of one roadmap. Two queries, however many there are."""
    executors = Executor.objects.filter(activity__roadmap=roadmap)
    fields = ("activity", "words", "kind", "condition", "organisation")
    rows = executors.order_by("activity", "order", "pk").values_list(*fields)
    places = Organisation.objects.filter(pk__in=executors.exclude(organisation=None).order_by().values("organisation"))
    known = {one.pk: one for one in places.select_related("merged_into")}
    named: dict[int, tuple[Named, ...]] = dict.fromkeys(activities, ())
    for activity, words, kind, condition, organisation in rows:
        named[activity] = (*named.get(activity, ()), Named(words, kind, condition, known.get(organisation)))
    tell = cache(tellers.told)  # the same few executors stand in most activities
    return {activity: tell(found) for activity, found in named.items()}


def _named(organisation: Organisation, territory: Organisation) -> tuple[str, bool]:
    if organisation.pk == territory.pk:
        return KINDS[Kind.DEPARTMENT], True
    if not (organisation.is_school and territory.holds(organisation)):
        return nbsp(f"{NOT_HERE[Kind.NAMED]}, {INSTEAD}"), False
    return (organisation.name, True) if organisation.is_open else (f"школа закрыта, {INSTEAD}", False)
