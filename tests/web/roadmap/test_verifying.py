"""The queue of verification: whose reports stand in it, accepted several at once, returned one by one."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from msoko.web.people import services as people
from msoko.web.people.models import Role, User
from msoko.web.roadmap.models import Assignment, Evidence, Programme, Report
from msoko.web.roadmap.services.executing import report, return_
from tests.web.roadmap.making import Place, activity, assigned, client_of, more_schools, person, place, programme

pytestmark = pytest.mark.django_db
State = Assignment.State
QUEUE, ACT = "roadmap:verifying", "roadmap:verifying_act"
DONE = "Провели семинар для учителей."


@pytest.fixture
def here() -> Place:
    return place()


@pytest.fixture
def department(here: Place) -> Client:
    return client_of(person(Role.DEPARTMENT, here.municipality))


def plan(here: Place, title: str = "Семинар", **more: object) -> list[Assignment]:
    today = timezone.localdate()
    year = timedelta(days=400)
    made = programme(here.municipality, f"Программа: {title}", begins=today - year, ends=today + year)
    activity(made, title, windows=[(str(today - timedelta(5)), str(today + timedelta(5)))], **more)
    return assigned(made, today)


def director_of(assignment: Assignment) -> User:
    return person(Role.SCHOOL, assignment.organisation, f"{assignment.pk}@people.example")


def handed_in(*assignments: Assignment, done: str = DONE) -> list[Report]:
    return [report(one, director_of(one), done=done, participants=12) for one in assignments]


def text(answer: object) -> str:
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ").replace("&nbsp;", " ")


def queue(client: Client) -> str:
    return text(client.get(reverse(QUEUE)))


def states() -> list[str]:
    return sorted(Assignment.objects.values_list("state", flat=True))


def test_a_report_stands_with_its_text_numbers_evidence_and_who_handed_it_in(here: Place, department: Client) -> None:
    first = plan(here)[0]
    who = director_of(first)
    Evidence.objects.create(
        assignment=first, kind="link", about="программа", name="Сайт", url="https://a.example/1", added_by=who
    )
    numbers = [{"name": "обучено", "value": 12.5, "unit": "чел."}]
    report(first, who, done=DONE, participants=24, numbers=numbers)
    page = queue(department)
    assert DONE in page
    assert "участников: 24" in page
    assert "обучено: 12,5 чел." in page
    assert 'href="https://a.example/1" rel="noopener noreferrer nofollow"' in page
    assert who.full_name in page


def test_several_are_accepted_at_once(here: Place, department: Client) -> None:
    reports = handed_in(*plan(here)[:2])
    said = {"accept": "ticked", "chosen": [one.pk for one in reports]}
    assert "Принято 2." in text(department.post(reverse(ACT), said, follow=True))
    assert states() == ["accepted", "accepted", "planned"]


def test_what_was_added_after_the_queue_was_opened_is_not_accepted_with_the_rest(
    here: Place, department: Client
) -> None:
    reports = handed_in(*plan(here)[:2])
    chosen = re.findall(r'name="chosen" value="([\d-]+)"', queue(department))
    Evidence.objects.create(assignment=reports[0].assignment, kind="link", name="x", url="https://a.example",
                            added_by=reports[0].reported_by)  # fmt: skip
    page = text(department.post(reverse(ACT), {"accept": "ticked", "chosen": chosen}, follow=True))
    assert "Принято 1; не принято 1" in page
    assert "приложили ещё подтверждения" in page
    assert sorted(states()) == ["accepted", "planned", "reported"]


def test_one_is_returned_with_its_reason_and_reasons_typed_beside_others_stay(here: Place, department: Client) -> None:
    first, second = handed_in(*plan(here)[:2])
    said = {
        "return": first.pk,
        f"reason-{first.pk}": "Нет списка",
        f"reason-{second.pk}": "Почему только десять человек?",
    }
    page = text(department.post(reverse(ACT), said, follow=True))
    assert "Возвращено: МБОУ «СОШ № 1»" in page
    assert "Почему только десять человек?" in page
    assert Assignment.objects.get(pk=first.assignment_id).reason == "Нет списка"


def test_without_a_reason_nothing_is_returned_and_the_page_says_where(here: Place, department: Client) -> None:
    first, second = handed_in(*plan(here)[:2])
    said = {"return": first.pk, f"reason-{first.pk}": " — ", f"reason-{second.pk}": "Уточните"}
    page = text(department.post(reverse(ACT), said))
    assert f'id="error-{first.pk}"' in page
    assert "Уточните" in page
    assert states() == ["planned", "reported", "reported"]


def test_nothing_ticked_is_said_and_what_was_typed_stays(here: Place, department: Client) -> None:
    (first,) = handed_in(plan(here)[0])
    page = text(department.post(reverse(ACT), {"accept": "ticked", f"reason-{first.pk}": "Мало участников"}))
    assert "Отметьте отчёты" in page
    assert "Мало участников" in page


def test_a_report_that_lacks_something_cannot_be_ticked_and_the_others_are_accepted(
    here: Place, department: Client
) -> None:
    first, second = plan(here)[:2]
    done = handed_in(first, second)
    first.occurrence.activity.evidence = ["приказ"]
    type(first.occurrence.activity).objects.filter(pk=first.occurrence.activity_id).update(evidence=["приказ"])
    Evidence.objects.create(assignment=second, kind="link", about="Приказ", name="x", url="https://a.example",
                            added_by=done[1].reported_by)  # fmt: skip
    assert "Принять нельзя, не хватает: нет подтверждения: «приказ»" in queue(department)
    said = {"accept": "ticked", "chosen": [one.pk for one in done]}
    page = text(department.post(reverse(ACT), said, follow=True))
    assert "Принято 1; не принято 1: Принять нельзя. Не хватает: нет подтверждения: «приказ»." in page


def test_the_second_report_tells_why_the_first_came_back(here: Place, department: Client) -> None:
    first = plan(here)[0]
    who = director_of(first)
    return_(report(first, who, done=DONE), person(Role.METHODIST, here.municipality), "Где список?")
    first.refresh_from_db()
    report(first, who, done="Провели, список приложен.")
    page = queue(department)
    assert "Раньше возвращали: <bdi>Где список?" in page
    assert "Провели, список приложен." in page
    assert page.count('class="waiting"') == 1


def test_the_one_that_waits_longer_stands_first(here: Place, department: Client) -> None:
    rows = plan(here)
    handed_in(rows[1], done="Раньше сдано.")
    handed_in(rows[0], done="Позже сдано.")
    page = queue(department)
    assert page.index("Раньше сдано.") < page.index("Позже сдано.")


# ---- whose


def test_nobody_finds_his_own_report_here(here: Place) -> None:
    own = next(one for one in plan(here, executors=["department"]))
    who = person(Role.DEPARTMENT, here.municipality)
    report(own, who, done=DONE)
    assert "Проверять нечего" in queue(client_of(who))
    colleague = person(Role.DEPARTMENT, here.municipality, "colleague@people.example")
    assert DONE in queue(client_of(colleague))


def test_a_methodist_who_works_in_the_school_does_not_verify_it(here: Place) -> None:
    handed_in(plan(here)[0])
    user = person(Role.METHODIST, here.municipality)
    people.give_role(user, Role.SCHOOL, here.schools[0], None)
    assert "Проверять нечего" in queue(client_of(user))


def test_a_curator_of_a_school_verifies_it_alone(here: Place) -> None:
    rows = plan(here)
    handed_in(rows[0], done="Первая школа.")
    handed_in(rows[1], done="Вторая школа.")
    page = queue(client_of(person(Role.CURATOR, here.schools[1])))
    assert "Вторая школа." in page
    assert "Первая школа." not in page


@pytest.mark.parametrize("role", [Role.SCHOOL, Role.REGION, Role.PUBLIC])
def test_who_verifies_nothing_is_told_so_and_may_not_order(here: Place, role: str) -> None:
    (done,) = handed_in(plan(here)[0])
    at = {Role.SCHOOL: here.schools[0], Role.REGION: here.region, Role.PUBLIC: here.municipality}[role]
    client = client_of(person(role, at))
    page = queue(client)
    assert "Отчёты проверяют другие" in page
    assert DONE not in page
    assert client.post(reverse(ACT), {"accept": done.pk}).status_code == 403
    assert states() == ["planned", "planned", "reported"]


def test_a_report_of_another_municipality_is_as_good_as_gone(here: Place, department: Client) -> None:
    today = timezone.localdate()
    theirs = programme(here.neighbour, begins=today - timedelta(400), ends=today + timedelta(400))
    activity(theirs, windows=[(str(today - timedelta(5)), str(today))], executors=[here.foreign])
    (done,) = handed_in(*assigned(theirs, today))
    assert DONE not in queue(department)
    for said in ({"accept": done.pk}, {"return": done.pk, f"reason-{done.pk}": "Нет списка"}):
        assert "Этого поручения больше нет" in text(department.post(reverse(ACT), said))
    assert states() == ["reported"]


def test_a_report_of_an_edition_no_longer_in_force_does_not_wait(here: Place, department: Client) -> None:
    handed_in(plan(here)[0])
    Programme.objects.update(state=Programme.State.CLOSED)
    assert "Проверять нечего" in queue(department)


def test_orders_are_not_given_by_opening_an_address(department: Client) -> None:
    assert department.get(reverse(ACT)).status_code == 405


@pytest.mark.parametrize("said", [{"accept": "x"}, {"accept": "9" * 30}, {"return": "-1"}, {"chosen": "', 1"}])
def test_a_senseless_order_changes_nothing(here: Place, department: Client, said: dict[str, str]) -> None:
    handed_in(plan(here)[0])
    assert department.post(reverse(ACT), said).status_code == 200
    assert states() == ["planned", "planned", "reported"]


def test_queries_do_not_depend_on_the_number_of_reports(here: Place, department: Client) -> None:
    counts = []
    for schools in (3, 28):
        more_schools(3, schools)
        for one in handed_in(*plan(here, f"Дело {schools}")):
            Evidence.objects.create(assignment=one.assignment, kind="link", about="приказ", name="x",
                                    url="https://a.example", added_by=one.reported_by)  # fmt: skip
        with CaptureQueriesContext(connection) as seen:
            queue(department)
        counts.append(len(seen))
    assert counts[0] == counts[1]
