"""The list of all assignments: whose, filters of the address, orders about many, files to take away."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from msoko.web.people.models import Role
from msoko.web.roadmap.models import Assignment, Programme, Report
from msoko.web.roadmap.services.executing import report
from tests.web.roadmap.making import (
    Place,
    activity,
    assigned,
    client_of,
    more_schools,
    person,
    place,
    programme,
    section,
)

pytestmark = pytest.mark.django_db
State = Assignment.State
LIST, ACT = "roadmap:assignments", "roadmap:assignments_act"
YEAR = timedelta(days=400)


@pytest.fixture
def here() -> Place:
    return place()


@pytest.fixture
def department(here: Place) -> Client:
    return client_of(person(Role.DEPARTMENT, here.municipality))


def plan(here: Place, title: str = "Семинар", days: int = 5, within: str = "", **more: object) -> Programme:
    """A programme with one activity for all schools, due in so many days, given out."""
    today = timezone.localdate()
    made = programme(here.municipality, f"Программа: {title}", begins=today - YEAR, ends=today + YEAR)
    due = today + timedelta(days=days)
    window = (str(min(due, today) - timedelta(days=5)), str(due))
    activity(made, title, windows=[window], within=section(made, within), **more)
    assigned(made, today)
    return made


def text(answer: object) -> str:
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ").replace("&nbsp;", " ")


def rows(client: Client, **query: object) -> list[tuple[str, str]]:
    """Activity and organisation of every row, as the file of the list has them."""
    answer = client.get(reverse(LIST), {**query, "format": "csv"})
    assert answer.status_code == 200
    found = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    return [(row["Мероприятие"], row["Организация"].replace("\u00a0", " ")) for row in found]


def of_first(here: Place) -> Assignment:
    return Assignment.objects.get(organisation=here.schools[0])


def act(client: Client, deed: str, *chosen: Assignment, **said: str) -> str:
    ticks = [f"{one.pk}-{one.version}" for one in chosen]
    return text(client.post(reverse(ACT), {"deed": deed, "chosen": ticks, **said}, follow=True))


def handed_in(here: Place, *numbers: int) -> list[Assignment]:
    """Schools of these places have reported."""
    done = []
    for number in numbers:
        own = Assignment.objects.get(organisation=here.schools[number])
        report(own, person(Role.SCHOOL, here.schools[number]), done="Провели.")
        done.append(own)
    return done


# ---- who sees what


def test_a_department_sees_its_schools_and_a_school_only_itself(here: Place, department: Client) -> None:
    plan(here)
    assert len(rows(department)) == 3
    assert rows(client_of(person(Role.SCHOOL, here.schools[1]))) == [("Семинар", "МБОУ «СОШ № 2»")]


def test_a_neighbour_sees_nothing_of_it(here: Place) -> None:
    plan(here)
    assert rows(client_of(person(Role.DEPARTMENT, here.neighbour))) == []


def test_a_region_reads_and_is_offered_no_deeds(here: Place) -> None:
    made = plan(here)
    client = client_of(person(Role.REGION, here.region))
    page = text(client.get(reverse(LIST), {"programme": made.pk}))
    assert "СОШ № 1" in page
    assert 'name="deed"' not in page
    own = of_first(here)
    assert client.post(reverse(ACT), {"deed": "cancel", "chosen": f"{own.pk}-planned"}).status_code == 403


def test_an_observer_may_not_open_the_list(here: Place) -> None:
    plan(here)
    assert client_of(person(Role.PUBLIC, here.municipality)).get(reverse(LIST)).status_code == 403


def test_orders_are_not_given_by_opening_an_address(department: Client) -> None:
    assert department.get(reverse(ACT)).status_code == 405


@pytest.mark.parametrize("name", ["organisation", "programme", "roadmap", "activity"])
def test_a_filter_by_what_is_out_of_sight_is_not_found(here: Place, department: Client, name: str) -> None:
    theirs = programme(here.neighbour, begins=date(2026, 1, 1))
    made = activity(theirs, executors=[here.foreign])
    keys = {
        "organisation": here.foreign.pk, "programme": theirs.pk, "roadmap": made.roadmap_id, "activity": made.pk,
    }  # fmt: skip
    assert department.get(reverse(LIST), {name: keys[name]}).status_code == 404


# ---- filters and order


def test_the_filters_of_the_address(here: Place, department: Client) -> None:
    late, ahead = plan(here, "Просроченное", -3, within="Первый раздел"), plan(here, "Близкое", 5)
    own = Assignment.objects.get(organisation=here.schools[0], occurrence__activity__title="Близкое")
    Assignment.objects.filter(pk=own.pk).update(state=State.ACCEPTED)
    first, card = "МБОУ «СОШ № 1»", late.roadmaps.get()
    wanted = {
        (("state", "overdue"),): 3,
        (("state", "open"),): 5,
        (("state", "ahead"),): 2,
        (("state", "accepted"),): 1,
        (("organisation", here.schools[0].pk),): 2,
        (("programme", ahead.pk),): 3,
        (("roadmap", card.pk),): 3,
        (("activity", card.activities.get().pk), ("state", "planned")): 3,
        (("programme", late.pk), ("section", card.sections.get(title="Первый раздел").pk)): 3,
        (("since", timezone.localdate().isoformat()),): 3,
        (("until", timezone.localdate().strftime("%d.%m.%Y")),): 3,
    }
    assert {query: len(rows(department, **dict(query))) for query in wanted} == wanted
    assert {school for _, school in rows(department, organisation=here.schools[0].pk)} == {first}


@pytest.mark.parametrize(
    "query",
    [
        *({"state": "нет"}, {"since": "32.13.2026"}, {"page": "-5"}, {"page": "9" * 30}),
        *({"organisation": "1 OR 1"}, {"sort": "password"}, {"section": "999999"}),
    ],
)
def test_what_the_address_says_wrong_is_not_counted(here: Place, department: Client, query: dict[str, str]) -> None:
    plan(here)
    assert "Найдено 3 поручения" in text(department.get(reverse(LIST), query))


def test_a_wrong_date_of_the_filter_is_said_and_stays(here: Place, department: Client) -> None:
    plan(here)
    page = text(department.get(reverse(LIST), {"since": "вчера"}))
    assert "Такой даты нет: она не учтена." in page
    assert 'value="вчера"' in page


def test_the_order_comes_from_the_address(here: Place, department: Client) -> None:
    plan(here)
    names = ["МБОУ «СОШ № 1»", "МБОУ «СОШ № 2»", "МБОУ «СОШ № 3»"]
    assert [school for _, school in rows(department, sort="organisation")] == names
    assert [school for _, school in rows(department, sort="-organisation")] == names[::-1]
    page = text(department.get(reverse(LIST), {"sort": "-organisation"}))
    assert page.index("«СОШ № 3»</td>") < page.index("«СОШ № 1»</td>")


def test_a_superseded_edition_is_shown_only_where_it_is_asked_for(here: Place, department: Client) -> None:
    made = plan(here)
    Programme.objects.filter(pk=made.pk).update(state=Programme.State.SUPERSEDED)
    assert rows(department) == []
    assert len(rows(department, programme=made.pk)) == 3


def test_nothing_found_says_why_and_offers_a_way_out(here: Place, department: Client) -> None:
    assert "Поручений пока нет" in text(department.get(reverse(LIST)))
    plan(here)
    assert "По этому отбору ничего нет" in text(department.get(reverse(LIST), {"state": "cancelled"}))


def test_a_long_list_has_pages_of_a_hundred(here: Place, department: Client) -> None:
    more_schools(3, 120)
    plan(here)
    first, second = (text(department.get(reverse(LIST), {"page": number})) for number in (1, 2))
    assert (first.count('name="chosen"'), second.count('name="chosen"')) == (100, 20)
    assert "Найдено 120 поручений, показаны 101–120." in second


def test_the_file_says_what_was_done(here: Place, department: Client) -> None:
    plan(here, evidence=["приказ"])
    own = of_first(here)
    Report.objects.create(
        assignment=own, done="=Провели", participants=12, reported_by=person(Role.SCHOOL, here.schools[0])
    )
    answer = department.get(reverse(LIST), {"format": "csv", "organisation": here.schools[0].pk})
    told = next(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert told["Участников"] == "12"
    assert told["Что сдать"] == "приказ"
    assert not told["Что сделано"].startswith("=")
    xlsx = department.get(reverse(LIST), {"format": "xlsx"})
    assert xlsx.content.startswith(b"PK")


# ---- orders about many


def test_what_was_accepted_and_what_not_is_told_item_by_item(here: Place, department: Client) -> None:
    plan(here)
    done = handed_in(here, 0, 1)
    page = act(department, "accept", *done, Assignment.objects.get(organisation=here.schools[2]))
    assert "Принято 2; не принято 1: Отчёта, который ждёт проверки, нет: «Семинар», МБОУ «СОШ № 3»" in page
    assert sorted(Assignment.objects.values_list("state", flat=True)) == ["accepted", "accepted", "planned"]


def test_a_due_date_of_many_is_moved_with_the_reason_and_who_allowed_it(here: Place, department: Client) -> None:
    plan(here)
    later = timezone.localdate() + timedelta(days=40)
    said = {"postpone-due": str(later), "postpone-reason": "Карантин", "postpone-allowed_by": "Начальник управления"}
    page = act(department, "postpone", *Assignment.objects.all(), **said)
    assert "Перенесено 3." in page
    assert set(Assignment.objects.values_list("due", flat=True)) == {later}


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ({"postpone-reason": "Карантин у двух классов", "postpone-allowed_by": "Начальник"}, "Назовите новый срок."),
        ({"postpone-due": "31.02.2027", "postpone-reason": "Карантин у двух классов"}, "Такой даты нет."),
        ({"postpone-due": "2030-01-01", "postpone-reason": "Карантин у двух классов"}, "кто разрешил"),
        (
            {
                "postpone-due": "2020-01-01",
                "postpone-reason": "Карантин у двух классов",
                "postpone-allowed_by": "я и ты",
            },
            "уже прошёл",
        ),
    ],
)
def test_of_a_refused_order_nothing_typed_is_lost(
    here: Place, department: Client, said: dict[str, str], complaint: str
) -> None:
    plan(here)
    own = of_first(here)
    page = act(department, "postpone", own, **said)
    assert complaint in page
    assert "Карантин у двух классов" in page
    assert f'value="{own.pk}-{own.version}" checked' in page
    assert of_first(here).due == own.due


def test_without_a_tick_nothing_is_done_and_what_was_typed_stays(here: Place, department: Client) -> None:
    plan(here)
    page = act(department, "cancel", **{"cancel-reason": "Больше не нужно"})
    assert "Отметьте поручения" in page
    assert "Больше не нужно" in page


def test_many_are_cancelled_with_a_reason(here: Place, department: Client) -> None:
    plan(here)
    assert "Отменено 3." in act(department, "cancel", *Assignment.objects.all(), **{"cancel-reason": "Не нужно"})
    assert set(Assignment.objects.values_list("state", flat=True)) == {"cancelled"}


def test_one_text_reports_several_assignments_of_the_department_and_of_no_school(
    here: Place, department: Client
) -> None:
    plan(here, executors=["department", "all_schools"])
    page = act(department, "together", *Assignment.objects.all(), **{"together-done": "Издали приказ."})
    assert "Сдано отчётов 1; не сдано 3:" in page
    assert Assignment.objects.get(state=State.REPORTED).body == "department"


def test_what_changed_meanwhile_is_not_touched(here: Place, department: Client) -> None:
    plan(here)
    own = of_first(here)
    Assignment.objects.filter(pk=own.pk).update(state=State.IN_PROGRESS)
    page = act(department, "cancel", own, **{"cancel-reason": "Не нужно"})
    assert "Отменено 0; не отменено 1: Пока страница была открыта, поручение изменилось." in page
    assert "Не нужно" in page


def test_an_assignment_of_another_municipality_is_as_good_as_gone(here: Place, department: Client) -> None:
    plan(here)
    theirs = programme(here.neighbour, begins=date(2026, 1, 1))
    activity(theirs, executors=[here.foreign])
    (foreign,) = assigned(theirs)
    page = act(department, "cancel", foreign, **{"cancel-reason": "Не нужно"})
    assert "Этого поручения больше нет" in page
    assert Assignment.objects.get(pk=foreign.pk).state == foreign.state


def test_everything_found_is_only_what_the_person_has_seen(here: Place, department: Client) -> None:
    made = plan(here)
    address = f"{reverse(ACT)}?programme={made.pk}"
    said = {"deed": "cancel", "cancel-reason": "Не нужно"}
    assert "список изменился" in text(department.post(address, {**said, "everything": "2"}, follow=True))
    assert "Отменено 3." in text(department.post(address, {**said, "everything": "3"}, follow=True))


def test_a_school_gives_no_orders(here: Place) -> None:
    plan(here)
    client = client_of(person(Role.SCHOOL, here.schools[0]))
    assert 'name="deed"' not in text(client.get(reverse(LIST)))
    tick = f"{of_first(here).pk}-planned"
    assert client.post(reverse(ACT), {"deed": "cancel", "chosen": tick}).status_code == 403


# ---- speed


def test_queries_do_not_depend_on_the_number_of_rows(here: Place, department: Client) -> None:
    counts = []
    for schools in (3, 60):
        more_schools(3, schools)
        plan(here, f"Дело {schools}", within=f"Раздел {schools}")
        plan(here, f"Другое {schools}")
        pages = [({}, LIST), ({"format": "csv"}, LIST), ({"state": "open", "sort": "organisation"}, LIST)]
        counts.append([_queries(department, name, query) for query, name in pages])
    assert counts[0] == counts[1]


def test_an_order_about_many_asks_as_often_as_one_about_few(here: Place, department: Client) -> None:
    counts = []
    for schools in (3, 60):
        more_schools(3, schools)
        made = plan(here, f"Дело {schools}")
        ticks = [f"{one.pk}-{one.state}" for one in Assignment.objects.filter(
            occurrence__activity__roadmap__programme=made)]  # fmt: skip
        with CaptureQueriesContext(connection) as seen:
            department.post(reverse(ACT), {"deed": "cancel", "chosen": ticks, "cancel-reason": "Не нужно"})
        counts.append(len(seen))
    assert counts[0] == counts[1]


def _queries(client: Client, name: str, query: dict[str, str]) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(reverse(name), query).status_code == 200
    return len(seen)
