"""Groups of pupils: counts for all who see the school, codes for the school's own people and for nobody else."""

import csv
import io
from zlib import crc32

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from msoko.web.analysis import groups_page
from msoko.web.analysis.models import Figure
from msoko.web.monitoring.models import EnteredScale
from msoko.web.people import services
from msoko.web.people.models import Kind, Membership, Organisation, User
from msoko.web.people.services import NewSchool
from tests.web.analysis.lists import SUBJECTS, YEAR, Region, client_of, region_of, sit, words
from tests.web.analysis.schools import DISTRICT, school

pytestmark = pytest.mark.django_db

OWN, OTHER, FOREIGN = "sch990001", "sch990002", "sch990003"
SAT = {OWN: (8, 3), OTHER: (100, 10), FOREIGN: (20, 2)}
MATHS = f"{SUBJECTS[0]}, 5 класс, ВПР {YEAR}.xlsx"
"""The protocol, whose name tells which codes its pupils have: see lists.sit."""
FAILED_CODES = [str(crc32(MATHS.encode()) + number) for number in range(3)]
OTHERS_CODE = str(crc32(MATHS.encode()) + 8)
TABLES_OF_CODES = ("codes_at_risk", "codes_of_high")


@pytest.fixture
def region() -> Region:
    return region_of({OWN: "Своя школа", OTHER: "Другая школа"}, {FOREIGN: "Школа соседей"})


@pytest.fixture
def sat(region: Region) -> Region:
    sit(SAT)
    return region


def address(login: str = OWN) -> str:
    return reverse("analysis:school_groups", args=[school(login).pk])


def said(client: Client, query: str = "", login: str = OWN) -> str:
    answer = client.get(address(login) + query)
    assert answer.status_code == 200
    return words(answer)


def rows_of(client: Client, table: str) -> list[list[str]]:
    answer = client.get(f"{address()}?table={table}&format=csv")
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def superuser() -> Client:
    client = Client()
    client.force_login(
        User.objects.create_superuser("root@people.example"), "django.contrib.auth.backends.ModelBackend"
    )
    return client


def others(region: Region) -> dict[str, Client]:
    """All who see the school and are not of it."""
    country = Organisation.objects.get(kind=Kind.COUNTRY)
    return {
        "department": client_of("department", region.home),
        "methodist": client_of("methodist", region.home),
        "curator of the municipality": client_of("curator", region.home),
        "curator of the school": client_of("curator", school(OWN), "curator-of-one@people.example"),
        "region": client_of("region", region.region),
        "admin": client_of("admin", country),
        "superuser": superuser(),
    }


# ---- codes


def test_the_school_itself_reads_the_codes_of_those_at_risk_and_of_the_best(sat):
    director = client_of("school", school(OWN))
    assert "Коды видят только люди вашей школы." in said(director)
    rows = rows_of(director, "codes_at_risk")
    assert rows[0] == ["Код", "Класс", "Балл", "Почему"]
    assert [row[0] for row in rows[1:] if row[3] == "ниже границы"] == FAILED_CODES
    assert {row[3] for row in rows[1:]} == {"ниже границы", "у\u00a0границы"}
    assert len(rows) == 1 + 8  # whoever passed did so with the first score that passes
    assert {row[2] for row in rows_of(director, "codes_of_high")[1:]} == {"2"}
    assert FAILED_CODES[0] in said(director)
    assert OTHERS_CODE not in said(director)


def test_nobody_else_reads_a_code_whatever_they_may_do_besides(sat, monkeypatch):
    def never(*asked: object) -> None:
        raise AssertionError("rows of pupils were read")

    monkeypatch.setattr(groups_page, "pupils_of", never)
    for who, client in others(sat).items():
        text = said(client)
        assert "в зоне риска 100 % (8 из 8;" in text, who
        assert "Коды участников видит только сама школа." in text, who
        assert not [code for code in FAILED_CODES if code in text], who
        for table in TABLES_OF_CODES:
            assert client.get(f"{address()}?table={table}&format=csv").status_code == 404, who
            assert client.get(f"{address()}?table={table}&format=xlsx").status_code == 404, who


def test_another_school_does_not_find_the_page(sat):
    director = client_of("school", school(OTHER))
    assert director.get(address()).status_code == 404
    assert director.get(f"{address()}?table=codes_at_risk&format=csv").status_code == 404


def test_observers_and_people_without_a_role_do_not_open_it(sat):
    nobody = Client()
    nobody.force_login(User.objects.create_user("nobody@people.example"), "django.contrib.auth.backends.ModelBackend")
    assert client_of("public", sat.home).get(address()).status_code in (403, 404)
    assert nobody.get(address()).status_code in (403, 404)
    assert Client().get(address()).status_code == 302


def test_a_person_of_the_school_who_also_works_for_the_department_reads_their_own_school_s_codes_alone(sat):
    both = client_of("school", school(OWN), "both@people.example")
    services.give_role(User.objects.get(email="both@people.example"), "department", sat.home, None)
    assert FAILED_CODES[0] in said(both)
    assert "Коды участников видит только сама школа." in said(both, login=OTHER)


def test_a_role_taken_away_takes_the_codes_along(sat):
    director = client_of("school", school(OWN), "former@people.example")
    Membership.objects.filter(user__email="former@people.example").update(role="curator")
    assert "Коды участников видит только сама школа." in said(director)


def test_a_school_reads_the_codes_of_its_branch_and_the_branch_not_those_of_the_school(sat):
    services.create_schools([NewSchool("sch990077", "Филиал", municipality=DISTRICT)])
    branch, own = school("sch990077"), school(OWN)
    Organisation.objects.filter(pk=branch.pk).update(kind=Kind.BRANCH, parent=own, path=f"{own.path}{branch.pk}/")
    sit({"sch990077": (5, 2), OTHER: (100, 1)}, YEAR - 1)
    of_school, of_branch = client_of("school", own, "a@people.example"), client_of("school", school("sch990077"))
    assert "Коды видят только люди вашей школы." in said(of_school, login="sch990077")
    assert "Коды видят только люди вашей школы." in said(of_branch, login="sch990077")
    assert of_branch.get(address()).status_code == 404


# ---- counts


def test_counts_stand_with_their_intervals_for_every_work(sat):
    client = client_of("department", sat.home)
    rows = rows_of(client, "risk")
    assert rows[0][:3] == ["Работа", "В зоне риска, %", "В зоне риска: число"]
    assert [row[2] for row in rows[1:]] == ["8", "8"]
    assert "3 из 8" in said(client)
    high = rows_of(client, "high")
    assert high[0][-3:] == ["Порог, баллов", "По региону, %", "Сравнение"]
    assert [row[-1] for row in high[1:]] == ["участников мало, чтобы сравнивать"] * 2


def test_what_is_not_counted_is_named(sat):
    text = said(client_of("department", sat.home))
    assert "Что не посчитано" in text
    assert "Нет ни одного ученика, чьи результаты двух работ удалось связать" in text


def test_a_work_may_be_chosen(sat):
    director = client_of("school", school(OWN))
    page = director.get(address()).context["page"]
    keys = [key for key, _ in page.works]
    assert len(keys) == 2
    for key in keys:
        assert director.get(f"{address()}?procedure={key}").context["page"].work == key
    for nonsense in ("?procedure=x", "?procedure=999"):
        assert director.get(address() + nonsense).context["page"].work in keys


def test_fewer_codes_than_were_counted_are_told(sat):
    for one in Figure.objects.filter(method="groups.at_risk", organisation=school(OWN)):
        one.statistic["at_risk"] |= {"k": 9, "n": 9}
        one.save()
    assert "названы не все, кто посчитан выше" in said(client_of("school", school(OWN)))


def test_a_work_without_a_scale_says_why_there_are_no_codes(sat):
    EnteredScale.objects.all().delete()
    assert "Нет отметок: шкала не известна." in said(client_of("school", school(OWN)))


def test_another_year_is_shown_on_demand_and_one_without_groups_says_so(sat):
    sit({OWN: (12, 1), OTHER: (100, 5)}, YEAR - 1)
    client = client_of("department", sat.home)
    assert "8 из 8" in said(client)
    assert "12 из 12" in said(client, f"?year={YEAR - 1}")
    assert "За этот год групп нет" in said(client, f"?year={YEAR - 9}")


def test_before_any_protocol_the_page_says_what_will_be_here(region):
    assert "Здесь будут группы обучающихся" in said(client_of("department", region.home))


def test_a_territory_has_no_such_page(sat):
    client = client_of("department", sat.home)
    assert client.get(reverse("analysis:school_groups", args=[sat.home.pk])).status_code == 404


def test_an_unknown_table_does_not_exist(sat):
    assert client_of("department", sat.home).get(f"{address()}?table=x&format=csv").status_code == 404


def test_the_number_of_queries_does_not_depend_on_the_number_of_schools(region):
    clients = {"department": client_of("department", region.home), "school": client_of("school", school(OWN))}
    counted: dict[str, list[int]] = {}
    for size in (3, 18, 60):
        logins = [f"sch99{2000 + number}" for number in range(size)]
        services.create_schools([NewSchool(login, f"Школа {login}", municipality=DISTRICT) for login in logins])
        sit({OWN: (20, 5), OTHER: (100, 10), FOREIGN: (20, 2), **dict.fromkeys(logins, (4, 1))})
        for who, client in clients.items():
            with CaptureQueriesContext(connection) as captured:
                said(client)
            counted.setdefault(who, []).append(len(captured))
    assert {who: counts for who, counts in counted.items() if len(set(counts)) > 1} == {}
