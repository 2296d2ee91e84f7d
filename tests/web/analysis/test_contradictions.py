"""Contradictions in accepted tables: found by the worker, kept, and shown to those who may see all their files."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from msoko.core.collection.reading import Hints
from msoko.web.analysis import due
from msoko.web.analysis.models import Contradiction, TableCheck
from msoko.web.analysis.services import check_tables_due, checking_tables
from msoko.web.analysis.services.checking_tables import claim_table_check
from msoko.web.collection.models import Batch
from msoko.web.collection.services import accept, read_received, receive, withdraw
from msoko.web.people.models import Organisation
from tests.core.collection.readers.books import xlsx
from tests.core.collection.readers.test_district_summary import form
from tests.web.analysis.lists import Region, client_of, region_of, words
from tests.web.analysis.schools import school

pytestmark = pytest.mark.django_db

PAGE = reverse("analysis:contradictions")
ONE, TWO = "sch990001", "sch990002"
SUM = {"participants": "41", "two": 1, "three": 9, "four": 20, "five": 10}
ROUNDED = {"subject": "русский язык", "participants": "37", "failed": "5", "failed_percent": "13,6"}
SENTENCE = "отметок «2»–«5» вместе 1 + 9 + 20 + 10 = 40, а указано 41 участник: на 1 меньше."


@pytest.fixture
def region() -> Region:
    return region_of({ONE: "Школа 1", TWO: "Школа 2"})


def handed_in(territory: Organisation | None, *rows: dict[str, object], name: str = "Сводка.xlsx") -> Batch:
    """A summary accepted within the territory."""
    (received,) = receive([xlsx(form(*rows))], name, Hints(), None, territory)
    (batch,) = read_received(received)
    return accept(batch, None, create_missing=True)


def said(client: Client, query: str = "") -> str:
    answer = client.get(f"{PAGE}{query}")
    assert answer.status_code == 200
    return words(answer)


# ---- finding


def test_what_accepted_tables_say_against_themselves_is_found_once(region):
    batch = handed_in(region.home, SUM)
    assert check_tables_due() == 1
    (found,) = Contradiction.objects.all()
    assert (found.rule, found.severity) == ("parts_sum", "firm")
    assert [place["batch"] for place in found.places] == [batch.pk] * 5
    assert list(found.batches.all()) == [batch]
    assert check_tables_due() == 0


def test_a_withdrawn_table_contradicts_nothing(region):
    batch = handed_in(region.home, SUM)
    check_tables_due()
    withdraw(batch, None, "прислан исправленный")
    assert check_tables_due() == 1
    assert Contradiction.objects.count() == 0


def test_changed_rules_are_asked_again(region, monkeypatch):
    handed_in(region.home, SUM)
    check_tables_due()
    monkeypatch.setattr(checking_tables, "_fingerprint_of_rules", lambda: "other")
    assert check_tables_due() == 1
    assert Contradiction.objects.count() == 1


def test_two_files_of_one_number_are_both_named(region):
    batches = [handed_in(region.home, {"participants": n}, name=f"Сводка {n}.xlsx") for n in (40, 44)]
    check_tables_due()
    (found,) = Contradiction.objects.all()
    assert (found.rule, found.severity) == ("two_tables", "suspicious")
    assert [place["batch"] for place in found.places] == [batch.pk for batch in batches]


def test_files_of_one_name_are_told_apart_by_their_cells(region):
    batches = [
        handed_in(region.home, {"participants": n}, SUM | {"year": year}) for n, year in ((40, 2023), (40, 2022))
    ]
    check_tables_due()
    found = Contradiction.objects.filter(rule="parts_sum")
    assert [one.places[0]["batch"] for one in found] == [batch.pk for batch in batches]


def test_only_one_worker_checks_and_the_dead_are_replaced(region):
    handed_in(region.home, SUM)
    check = claim_table_check()
    assert check is not None
    assert claim_table_check() is None
    TableCheck.objects.update(claimed_at=timezone.now() - timedelta(minutes=6))
    assert claim_table_check() is not None
    checking_tables.check_tables(check)  # the dead one comes to life: its claim is another's by now
    assert TableCheck.objects.get().state == TableCheck.State.CHECKING
    assert Contradiction.objects.count() == 0


def test_tables_are_not_checked_while_files_are_being_read(region):
    handed_in(region.home, SUM)
    receive([xlsx(form(ROUNDED))], "Другая.xlsx", Hints(), None, region.home)
    assert claim_table_check() is None
    assert check_tables_due() == 0


def test_the_worker_does_it_when_nothing_else_is_due(region):
    handed_in(region.home, SUM)
    while due.do_one():
        pass
    assert Contradiction.objects.count() == 1


def test_a_fault_is_logged_and_the_worker_lives_on(region, monkeypatch, caplog):
    def fault(check: TableCheck) -> None:
        raise FileNotFoundError("facts")

    handed_in(region.home, SUM)
    monkeypatch.setattr(due, "check_tables", fault)
    while due.do_one():
        pass
    assert "could not be checked" in caplog.text
    assert TableCheck.objects.get().state == TableCheck.State.CHECKING


# ---- the page


@pytest.fixture
def department(region: Region) -> Client:
    handed_in(region.home, SUM, ROUNDED)
    check_tables_due()
    return client_of("department", region.home)


def test_a_contradiction_stands_with_its_severity_arithmetic_and_places(department):
    text = said(department)
    assert SENTENCE in text
    assert "числа не сходятся" in text
    assert "1 + 9 + 20 + 10 = 40" in text
    assert "строка 2 (математика, ОГЭ): «Участников» — 41; «Отметка 2» — 1;" in text
    assert f'<a href="{reverse("collection:batch", args=[Batch.objects.get().pk])}">Сводка.xlsx</a>' in text
    assert "Числа не сходятся — 1, повод проверить — 1, округление — 1." in text


def test_the_list_is_narrowed_by_severity(department):
    assert SENTENCE in said(department, "?severity=firm")
    rounding = said(department, "?severity=rounding")
    assert SENTENCE not in rounding
    assert "5 не сдавших из 37" in rounding
    assert "допуск ±0,05" in rounding
    assert SENTENCE in said(department, "?severity=nonsense")


def test_the_list_is_narrowed_by_file(department, region):
    other = handed_in(region.home, ROUNDED | {"year": "2019"}, name="Другая.xlsx")
    check_tables_due()
    text = said(department, f"?batch={other.pk}")
    assert SENTENCE not in text
    assert "Показан один файл:" in text
    assert SENTENCE in said(department, "?batch=99999")


def test_it_is_taken_away_whole(department):
    answer = department.get(f"{PAGE}?format=csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:6] == ["Насколько твёрдо", "Что не сходится", "Указано", "По пересчёту", "Допуск", "Счёт"]
    assert [row[0] for row in rows[1:]] == ["числа не сходятся", "повод проверить", "округление"]
    assert rows[1][6].replace("\u00a0", " ").startswith("Сводка.xlsx, лист «Сводка», строка 2")
    assert department.get(f"{PAGE}?format=xlsx&severity=firm").headers["Content-Disposition"].endswith(".xlsx")


def test_the_data_page_and_the_file_lead_here(department):
    assert ">Противоречия: 3</a>" in words(department.get(reverse("collection:data")))
    batch = Batch.objects.get()
    assert f'href="{PAGE}?batch={batch.pk}"' in words(department.get(reverse("collection:batch", args=[batch.pk])))
    assert '<a class="nav-link" href="/data/" aria-current="page">' in said(department)


def test_a_file_without_contradictions_has_no_such_link(region):
    batch = handed_in(region.home, {"participants": "40"})
    check_tables_due()
    client = client_of("department", region.home)
    assert "Противоречия" not in words(client.get(reverse("collection:batch", args=[batch.pk])))
    assert "Противоречий не найдено: проверена 1 таблица." in said(client)


def test_tables_that_are_not_checked_yet_are_told(department, region):
    assert "проверяются заново" not in said(department)
    handed_in(region.home, ROUNDED, name="Новая.xlsx")
    assert "проверяются заново" in said(department)


def test_without_any_table_the_page_says_what_will_be_here(region):
    text = said(client_of("department", region.home))
    assert "Здесь будут противоречия в сводных таблицах" in text
    assert reverse("collection:data") in text


# ---- who sees what


def test_a_department_sees_its_own_tables_and_a_school_its_own(region):
    handed_in(school(ONE), SUM, name="Школьная.xlsx")
    handed_in(region.other, SUM | {"year": "2019"}, name="Чужая.xlsx")
    check_tables_due()
    assert SENTENCE in said(client_of("school", school(ONE), "one@people.example"))
    assert "Здесь будут" in said(client_of("school", school(TWO), "two@people.example"))
    home = said(client_of("department", region.home))
    assert "Школьная.xlsx" in home
    assert "Чужая.xlsx" not in home
    assert "Чужая.xlsx" in said(client_of("region", region.region))


def test_a_school_does_not_learn_another_s_number_from_a_contradiction_between_them(region):
    for login, n in ((ONE, 40), (TWO, 44)):
        handed_in(school(login), {"participants": n}, name=f"{login}.xlsx")
    check_tables_due()
    assert Contradiction.objects.get().rule == "two_tables"
    text = said(client_of("school", school(ONE)))
    assert f"{TWO}.xlsx" not in text
    assert "Противоречий не найдено" in text
    assert f"{TWO}.xlsx" in said(client_of("department", region.home))


def test_what_came_by_the_shell_is_the_administrator_s(region):
    handed_in(None, SUM)
    check_tables_due()
    assert "Здесь будут" in said(client_of("department", region.home))
    country = region.region.parent
    assert SENTENCE in said(client_of("admin", country))


# ---- how much it asks of the database


def test_the_number_of_queries_does_not_depend_on_the_number_of_contradictions(region):
    client, counted = client_of("department", region.home), []
    for size in (3, 18, 60):
        handed_in(region.home, *(SUM | {"municipality": f"Район {size}-{n}"} for n in range(size)), name=f"{size}.xlsx")
        check_tables_due()
        assert Contradiction.objects.count() >= size
        with CaptureQueriesContext(connection) as captured:
            said(client)
        counted.append(len(captured))
    assert len(set(counted)) == 1
