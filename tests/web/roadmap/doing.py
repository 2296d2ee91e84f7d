"""A school with an assignment and everybody around it, for the tests of execution."""

from dataclasses import dataclass
from datetime import date

import pytest

from msoko.web.people.models import Role, User
from msoko.web.roadmap.models import Assignment, Evidence, Programme, Report
from msoko.web.roadmap.services.executing import report
from tests.web.roadmap.making import Place, activity, assigned, person, place, programme

State = Assignment.State
DONE = "Провели семинар, разобрали задания."
LATER = date(2026, 11, 15)


@dataclass(frozen=True)
class Here:
    place: Place
    programme: Programme
    department: User
    colleague: User
    methodist: User
    director: User
    deputy: User

    @property
    def assignment(self) -> Assignment:
        """The first school's."""
        return Assignment.objects.filter(organisation=self.place.schools[0]).order_by("due").first()

    def department_assignments(self, n: int = 2) -> list[Assignment]:
        for _ in range(n):
            activity(self.programme, "Издать приказ", executors=["department"])
        return [one for one in assigned(self.programme) if one.body == "department"]


@pytest.fixture
def here() -> Here:
    where = place()
    plan = programme(where.municipality)
    activity(plan)
    assigned(plan)
    municipality, school = where.municipality, where.schools[0]
    return Here(
        where, plan, person(Role.DEPARTMENT, municipality), person(Role.DEPARTMENT, municipality, "two@people.example"),
        person(Role.METHODIST, municipality), person(Role.SCHOOL, school),
        person(Role.SCHOOL, school, "deputy@people.example"),
    )  # fmt: skip


def state_of(assignment: Assignment) -> str:
    return Assignment.objects.get(pk=assignment.pk).state


def handed_in(here: Here, who: User | None = None) -> Report:
    return report(here.assignment, who or here.director, done=DONE)


def attach(assignment: Assignment, about: str, who: User) -> Evidence:
    return Evidence.objects.create(
        assignment=assignment, kind="link", about=about, name="x", url="https://a.ru", added_by=who
    )
