"""«Мои задачи»: whose they are, in which group each stands, what a row says."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from msoko.web.people import services
from msoko.web.people.models import Role
from msoko.web.people.sight import sight_of
from msoko.web.roadmap.doing_words import due_in_words
from msoko.web.roadmap.models import Assignment, Programme
from msoko.web.roadmap.my_tasks_page import TasksPage
from msoko.web.roadmap.services.executing import report, return_
from tests.web.roadmap.making import Place, activity, assigned, client_of, more_schools, person, place, programme

pytestmark = pytest.mark.django_db
State = Assignment.State
ADDRESS = "roadmap:my_tasks"


@pytest.fixture
def here() -> Place:
    return place()


def around(days: int) -> tuple[str, str]:
    """A window that has begun and ends so many days from today."""
    today = timezone.localdate()
    due = today + timedelta(days=days)
    return (str(min(due, today) - timedelta(days=5)), str(due))


def plan(here: Place, title: str, days: int, **more: object) -> Programme:
    """A programme with one activity for all schools, due in so many days, given out."""
    today = timezone.localdate()
    year = timedelta(400)
    made = programme(here.municipality, f"Программа: {title}", begins=today - year, ends=today + year)
    activity(made, title, windows=[around(days)], **more)
    assigned(made, today)
    return made


def opened(client: Client, **query: object) -> str:
    answer = client.get(reverse(ADDRESS), query)
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ").replace("&nbsp;", " ")


def groups_of(user: object, today: date | None = None) -> dict[str, list[str]]:
    page = TasksPage(sight_of(user), today or timezone.localdate())
    return {group.key: [task.title for task in group.tasks] for group in page.groups}


def director_of_first(here: Place) -> object:
    return person(Role.SCHOOL, here.schools[0])


# ---- groups


def test_tasks_stand_by_urgency(here: Place) -> None:
    for title, days in (("Просроченное", -3), ("Близкое", 10), ("Далёкое", 60)):
        plan(here, title, days)
    assert groups_of(director_of_first(here)) == {
        "overdue": ["Просроченное"], "soon": ["Близкое"], "later": ["Далёкое"],
    }  # fmt: skip


@pytest.mark.parametrize(("days", "group"), [(-1, "overdue"), (0, "soon"), (30, "soon"), (31, "later")])
def test_the_edges_of_the_groups(here: Place, days: int, group: str) -> None:
    plan(here, "На краю", days)
    assert groups_of(director_of_first(here)) == {group: ["На краю"]}


def test_a_returned_report_stands_in_its_group_with_the_reason(here: Place) -> None:
    plan(here, "Возвращаемое", 5)
    director, department = director_of_first(here), person(Role.DEPARTMENT, here.municipality)
    own = Assignment.objects.get(organisation=here.schools[0])
    return_(report(own, director, done="Провели."), department, "Нет списка участников")
    assert groups_of(director) == {"returned": ["Возвращаемое"]}
    page = opened(client_of(director))
    assert "Вернули: <bdi>Нет списка участников" in page
    assert "Исправить" in page


def test_what_is_handed_in_waits_and_what_is_accepted_is_done(here: Place) -> None:
    plan(here, "Сданное", 5)
    plan(here, "Принятое", 5)
    director = director_of_first(here)
    for one in Assignment.objects.filter(organisation=here.schools[0]):
        report(one, director, done="Провели.")
    accepted = Assignment.objects.filter(organisation=here.schools[0], occurrence__activity__title="Принятое")
    accepted.update(state=State.ACCEPTED)
    assert groups_of(director) == {"reported": ["Сданное"], "accepted": ["Принятое"]}


def test_what_was_cancelled_is_no_task(here: Place) -> None:
    plan(here, "Отменённое", 5)
    Assignment.objects.update(state=State.CANCELLED)
    assert groups_of(director_of_first(here)) == {}


def test_a_programme_no_longer_in_force_asks_for_nothing(here: Place) -> None:
    made = plan(here, "Прежнее", -3)
    Programme.objects.filter(pk=made.pk).update(state=Programme.State.CLOSED)
    assert groups_of(director_of_first(here)) == {}


# ---- rows


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "до 15 сентября, сегодня"),
        (1, "до 16 сентября, завтра"),
        (2, "до 17 сентября, осталось 2 дня"),
        (21, "до 6 октября, остался 21 день"),
        (-1, "до 14 сентября, просрочено на 1 день"),
        (-15, "до 31 августа, просрочено на 15 дней"),
        (200, "до 3 апреля 2027 г., осталось 200 дней"),
    ],
)
def test_the_due_date_is_said_in_words(days: int, words: str) -> None:
    today = date(2026, 9, 15)
    told = due_in_words(Assignment(due=today + timedelta(days=days)), today)
    assert told.replace("\u00a0", " ") == words


def test_a_row_says_what_to_hand_in_from_which_programme_and_who_verifies(here: Place) -> None:
    plan(here, "Провести семинар", 4, evidence=["приказ", "справка"])
    page = opened(client_of(director_of_first(here)))
    assert "Сдать: приказ и справка · проверяет управление образования, методист или куратор" in page
    assert "Программа: Провести семинар" in page
    assert "осталось 4 дня" in page
    assert page.count(">Отчитаться<") == 1


def test_what_people_typed_is_shown_as_text(here: Place) -> None:
    plan(here, "<script>alert(1)</script>", 4, evidence=["<b>приказ</b>"])
    page = opened(client_of(director_of_first(here)))
    assert "<script>alert" not in page
    assert "<b>приказ" not in page


def test_of_a_long_group_the_first_are_shown_and_a_way_to_the_rest(here: Place) -> None:
    today = timezone.localdate()
    made = programme(here.municipality, begins=today - timedelta(400), ends=today + timedelta(400))
    for number in range(25):
        activity(made, f"Дело {number}", windows=[around(5)])
    assigned(made, today)
    page = opened(client_of(director_of_first(here)))
    assert page.count('class="task"') == 20
    assert "И ещё 5 поручений" in page


def test_of_what_is_done_the_newest_are_shown_and_all_of_it_is_counted(here: Place) -> None:
    for days in range(1, 8):
        plan(here, f"Дело {days}", -days)
    Assignment.objects.update(state=State.ACCEPTED)
    page = opened(client_of(director_of_first(here)))
    assert [name in page for name in ("Дело 1<", "Дело 5<", "Дело 6<")] == [True, True, False]
    assert "И ещё 2 поручения" in page


def test_without_tasks_the_page_says_what_will_be_here(here: Place) -> None:
    assert "Задач пока нет" in opened(client_of(director_of_first(here)))


# ---- whose


def test_a_person_with_several_bodies_sees_them_all_and_which_is_which(here: Place) -> None:
    plan(here, "Для методистов", 5, executors=["methodist", "department"])
    user = person(Role.METHODIST, here.municipality)
    assert groups_of(user) == {"soon": ["Для методистов"]}
    services.give_role(user, Role.DEPARTMENT, here.municipality, None)
    assert groups_of(user) == {"soon": ["Для методистов"] * 2}
    page = opened(client_of(user))
    assert "Приречный район: методическая служба" in page
    assert "Приречный район: управление образования" in page


def test_a_department_does_what_is_given_to_a_service_without_people(here: Place) -> None:
    plan(here, "Для методистов", 5, executors=["methodist"])
    user = person(Role.DEPARTMENT, here.municipality)
    assert groups_of(user) == {"soon": ["Для методистов"]}
    assert ">Отчитаться<" in opened(client_of(user))
    person(Role.METHODIST, here.municipality)
    assert groups_of(user) == {}


def test_a_director_has_the_tasks_of_a_branch_too(here: Place) -> None:
    rows = [{"short_name": "Филиал в Сосновке", "kind": "филиал", "municipality": here.municipality.name,
             "parent": here.schools[0].name, "logins": ["sch990101"]}]  # fmt: skip
    services.import_register(rows)
    plan(here, "Филиалу и школе", 5)
    assert groups_of(director_of_first(here)) == {"soon": ["Филиалу и школе"] * 2}


def test_a_school_does_not_see_another_school(here: Place) -> None:
    plan(here, "Первой школе", 5, executors=[here.schools[0]])
    assert groups_of(person(Role.SCHOOL, here.schools[1])) == {}


def test_a_department_reads_the_list_of_a_school_and_reports_nothing_in_it(here: Place) -> None:
    plan(here, "Школьное", 5)
    page = opened(client_of(person(Role.DEPARTMENT, here.municipality)), territory=here.schools[0].pk)
    assert "Задачи школы" in page
    assert "Школьное" in page
    assert ">Отчитаться<" not in page


def test_a_list_of_a_school_out_of_sight_is_not_found(here: Place) -> None:
    client = client_of(person(Role.DEPARTMENT, here.municipality))
    assert client.get(reverse(ADDRESS), {"territory": here.foreign.pk}).status_code == 404
    director = client_of(director_of_first(here))
    assert director.get(reverse(ADDRESS), {"territory": here.schools[1].pk}).status_code == 404


def test_a_region_reads_a_school_and_has_no_tasks_of_its_own(here: Place) -> None:
    plan(here, "Школьное", 5)
    client = client_of(person(Role.REGION, here.region))
    assert "Вам ничего не поручают" in opened(client)
    page = opened(client, territory=here.schools[0].pk)
    assert "Школьное" in page
    assert ">Отчитаться<" not in page


def test_an_observer_sees_nothing(here: Place) -> None:
    plan(here, "Школьное", 5)
    page = opened(client_of(person(Role.PUBLIC, here.municipality)))
    assert "Школьное" not in page
    assert "Вам ничего не поручают" in page


# ---- speed


def test_the_number_of_queries_does_not_depend_on_the_number_of_tasks_and_schools(here: Place) -> None:
    director = client_of(director_of_first(here))
    department = client_of(person(Role.DEPARTMENT, here.municipality))
    counts = []
    for schools, activities in ((3, 3), (60, 40)):
        more_schools(3, schools)
        for number in range(activities):
            plan(here, f"Дело {schools} {number}", 5, executors=["all_schools", "department"])
        counts.append((queries(director), queries(department)))
    assert counts[0] == counts[1]


def queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as seen:
        opened(client)
    return len(seen)
