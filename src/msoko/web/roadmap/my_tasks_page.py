"""«Мои задачи»: what a person has to do, the most urgent first; or what a school has, as its department reads it."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from msoko.core.vocabulary.russian import NBSP, counted
from msoko.web.people.models import Organisation, Role
from msoko.web.people.sight import Sight
from msoko.web.roadmap.doing_queries import IN_FORCE, to_verify
from msoko.web.roadmap.doing_words import (
    ASSIGNMENTS,
    BADGES,
    Badge,
    due_in_words,
    executor_in_words,
    handed_in_words,
    is_overdue,
    verifier_in_words,
)
from msoko.web.roadmap.models import Assignment, Body
from msoko.web.roadmap.queries import BODY_OF_ROLE, own_assignments

NEAR_DAYS = timedelta(days=30)
MOST_SHOWN = 20
"""Of a group; the rest is in the list of all assignments, to which a link leads."""
MOST_BEHIND = 5
"""Of what asks nothing of the reader any more."""
NEAR = ("organisation", "occurrence__activity__roadmap__programme")
SHOWN_FIELDS = ("occurrence__activity__title", "occurrence__activity__evidence", "organisation__name",
                "occurrence__activity__roadmap__programme__title", "body", "due", "state", "reason")  # fmt: skip
State = Assignment.State
STILL = [one for one in Assignment.OPEN if one != State.RETURNED]


@dataclass(frozen=True)
class Task:
    """A row. `is_mine`: the reader may report it; `whose` is named where he acts for more than one."""

    assignment: Assignment
    today: date
    is_mine: bool
    names_executor: bool

    @property
    def title(self) -> str:
        return self.assignment.occurrence.activity.title

    @property
    def due(self) -> str:
        return due_in_words(self.assignment, self.today)

    @property
    def is_overdue(self) -> bool:
        return is_overdue(self.assignment, self.today)

    @property
    def badge(self) -> Badge | None:
        """What the group does not say already; `badge_of` would call most of what has passed «просрочено»."""
        state = State(self.assignment.state)
        if state in (State.IN_PROGRESS, State.POSTPONED) or (state == State.RETURNED and self.is_overdue):
            return Badge(BADGES[state], state.label)
        return None

    @property
    def hand_in(self) -> str:
        return handed_in_words(self.assignment.occurrence.activity.evidence)

    @property
    def programme(self) -> str:
        return self.assignment.occurrence.activity.roadmap.programme.title

    @property
    def verifier(self) -> str:
        return verifier_in_words(self.assignment)

    @property
    def whose(self) -> str:
        return executor_in_words(self.assignment) if self.names_executor else ""

    @property
    def reason(self) -> str:
        """Why it was returned or postponed."""
        return self.assignment.reason if self.assignment.state in (State.RETURNED, State.POSTPONED) else ""

    @property
    def button(self) -> str:
        if not self.is_mine or not self.assignment.is_open:
            return "Открыть"
        return "Исправить" if self.assignment.state == State.RETURNED else "Отчитаться"

    @cached_property
    def address(self) -> str:
        address = reverse("roadmap:assignment", args=[self.assignment.pk])
        return address if self.button == "Открыть" else f"{address}#report"


@dataclass(frozen=True)
class Group:
    """`others`: how many are not shown; `address` is of the list that has them all."""

    key: str
    title: str
    tasks: list[Task]
    count: int
    address: str

    @property
    def others(self) -> int:
        return self.count - len(self.tasks)


class Wanted(NamedTuple):
    """A group before it is read."""

    title: str
    of: Q
    most: int = MOST_SHOWN
    order: tuple[str, ...] = ("due", "organisation__sort_key", "pk")


@dataclass(frozen=True)
class TasksPage:
    """Of the reader on one day. `is_territory_asked`: the address names a territory, a school's list is read then."""

    sight: Sight
    today: date
    is_territory_asked: bool = False

    @cached_property
    def school(self) -> Organisation | None:
        """The school whose list is read by somebody who does not work in it; None where the list is the reader's."""
        looked_at = self.sight.territory
        if not self.is_territory_asked or looked_at is None or not looked_at.is_school:
            return None
        works_there = any(
            one.role == Role.SCHOOL and one.organisation.holds(looked_at) for one in self.sight.memberships
        )
        return None if works_there or not self.sight.sees(looked_at) else looked_at

    @property
    def has_tasks_at_all(self) -> bool:
        """An observer or a region's reader executes nothing, whatever there is."""
        return self.school is not None or any(one.role in BODY_OF_ROLE for one in self.sight.memberships)

    @cached_property
    def all(self) -> QuerySet[Assignment]:
        if self.school is not None:
            return Assignment.objects.filter(organisation=self.school, body=Body.SCHOOL)
        return own_assignments(self.sight)

    @cached_property
    def groups(self) -> list[Group]:
        """Those that have anything; one query for all their counts, one for the rows of each."""
        wanted = self._wanted()
        counts = self.all.aggregate(**{key: Count("pk", filter=one.of) for key, one in wanted.items()})
        return [self._group(key, one, counts[key]) for key, one in wanted.items() if counts[key]]

    def _wanted(self) -> dict[str, Wanted]:
        soon = self.today + NEAR_DAYS
        near, later = Q(due__range=(self.today, soon)), Q(due__gt=soon)
        still, late = Q(state__in=STILL), Q(state__in=Assignment.OPEN, due__lt=self.today)
        returned = Q(state=State.RETURNED, due__gte=self.today)
        newest = ("-due", "-pk")
        return {
            "overdue": Wanted("Просрочено", late & IN_FORCE),
            "returned": Wanted("Возвращено", returned & IN_FORCE),
            "soon": Wanted(f"Ближайшие 30{NBSP}дней", still & near & IN_FORCE),
            "later": Wanted("Позже", still & later & IN_FORCE),
            "reported": Wanted("Сдано, ждёт проверки", Q(state=State.REPORTED) & IN_FORCE, MOST_BEHIND),
            "accepted": Wanted("Сделано", Q(state=State.ACCEPTED), MOST_BEHIND, newest),
        }

    def _group(self, key: str, wanted: Wanted, count: int) -> Group:
        found = self.all.filter(wanted.of).select_related(*NEAR).only(*SHOWN_FIELDS).order_by(*wanted.order)
        tasks = [Task(one, self.today, self.school is None, self.names_executor) for one in found[: wanted.most]]
        return Group(key, wanted.title, tasks, count, self._list_of(key))

    def _list_of(self, key: str) -> str:
        states = {"overdue": "overdue", "returned": "returned", "reported": "reported", "accepted": "accepted"}
        of = self.school or self.sight.territory
        only = f"&organisation={of.pk}" if of is not None and of.is_school else ""
        return f"{reverse('roadmap:assignments')}?state={states.get(key, 'open')}{only}"

    @cached_property
    def names_executor(self) -> bool:
        """Are the tasks of several executors: bodies, or organisations, a school with its branch?"""
        if self.school is not None:
            return False
        return len(self.all.order_by().values_list("organisation", "body").distinct()[:2]) > 1

    @cached_property
    def waiting_for_me(self) -> int:
        """Reports of others that the reader may verify."""
        return 0 if self.school is not None else to_verify(self.sight).count()

    def in_words(self) -> str:
        """«Просрочено 2 поручения, возвращено 1. В ближайшие 30 дней — 3.»"""
        counts = {group.key: group.count for group in self.groups}
        late = counts.get("overdue", 0)
        said = [f"Просрочено {counted(late, *ASSIGNMENTS)}." if late else "Просроченного нет."]
        if counts.get("returned"):
            said.append(f"Возвращено с{NBSP}замечаниями{NBSP}— {counts['returned']}.")
        if counts.get("soon"):
            near = counted(counts["soon"], "поручения", "поручений", "поручений")
            said.append(f"Срок в{NBSP}ближайшие 30{NBSP}дней{NBSP}— у{NBSP}{near}.")
        return " ".join(said)
