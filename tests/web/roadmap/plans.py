"""A roadmap in force with people who read it, for the tests of its screens."""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from msoko.web.people.models import Role, User
from msoko.web.roadmap.models import Activity, Programme, Roadmap
from tests.web.roadmap.making import Place, activity, assigned, client_of, person, place, programme, section

YEARLY = (("2026-09-01", "2026-09-30"), ("2027-09-01", "2027-09-30"))
PAST = ("2026-06-01", "2026-06-30")


@dataclass(frozen=True)
class Plan:
    """`everywhere` is due in June and given to all schools, `yearly` in September, `undated` and `strange` have no
    dates, `external` has an executor who is not in the system."""

    place: Place
    programme: Programme
    roadmap: Roadmap
    everywhere: Activity
    yearly: Activity
    undated: Activity
    strange: Activity
    external: Activity
    department: User
    director: User


def plan(schools: int = 3, state: str = Programme.State.APPROVED) -> Plan:
    here = place(schools)
    made = programme(here.municipality, state=state)
    first, second = section(made, "Учителя"), section(made, "Школы")
    rows = {
        "everywhere": activity(made, "Провести педсовет", windows=[PAST], within=first, number="1.1",
                               executors=[("all_schools", "Руководители ОО")], deadline="июнь 2026"),
        "yearly": activity(made, "Собрать отчёты", windows=YEARLY, within=first, executors=["department"],
                           deadline="ежегодно, сентябрь", deadline_kind="recurring"),
        "undated": activity(made, "Съездить на семинар", windows=[], within=second, deadline="по плану",
                            deadline_kind="by_schedule", condition="по плану УО"),
        "strange": activity(made, "Обсудить итоги", windows=[], within=second, deadline="вскоре", deadline_kind=""),
        "external": activity(made, "Прочесть лекцию", within=second, executors=[("external", "Областной институт")],
                             executors_words="Областной институт"),
    }  # fmt: skip
    if state == Programme.State.APPROVED:
        assigned(made)
    people = {
        "department": person(Role.DEPARTMENT, here.municipality),
        "director": person(Role.SCHOOL, here.schools[0]),
    }
    return Plan(here, made, Roadmap.objects.get(programme=made), **rows, **people)


def opened(user: User | Client, name: str, *args: object, status: int = 200, **query: object) -> Any:
    """The answer, its words in `.words` with plain spaces."""
    client = user if isinstance(user, Client) else client_of(user)
    answer = client.get(reverse(f"roadmap:{name}", args=args), query)
    assert answer.status_code == status, (name, answer.status_code)
    answer.words = answer.content.decode().replace("\u00a0", " ").replace("&nbsp;", " ")
    return answer


def queries_of(client: Client, name: str, *args: object, **query: object) -> int:
    with CaptureQueriesContext(connection) as captured:
        opened(client, name, *args, **query)
    return len(captured)
