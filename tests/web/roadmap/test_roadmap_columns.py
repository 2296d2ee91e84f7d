"""Columns of a roadmap's table: chosen in the address, kept for the next visit, followed by the file."""

import csv
import io
import re

import pytest
from django.test import Client

from tests.web.roadmap.making import activity, client_of
from tests.web.roadmap.plans import Plan, opened, plan, queries_of

pytestmark = pytest.mark.django_db
USUAL = ["№", "Мероприятие", "Срок", "Исполнители", "Исполнение"]


@pytest.fixture
def here() -> Plan:
    return plan()


@pytest.fixture
def client(here: Plan) -> Client:
    return client_of(here.department)


def heads(client: Client, here: Plan, **query: object) -> list[str]:
    words = opened(client, "roadmap", here.roadmap.pk, **query).words
    return re.findall(r'<th scope="col">([^<]+)</th>', words)


def heads_of_file(client: Client, here: Plan, **query: object) -> list[str]:
    answer = client.get(f"/roadmaps/{here.roadmap.pk}/", {"format": "csv", **query})
    return next(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_without_a_choice_the_usual_columns_stand(here: Plan, client: Client) -> None:
    assert heads(client, here) == USUAL
    assert heads(client, here, show="nonsense") == USUAL


def test_chosen_columns_stand_in_the_order_of_the_table_and_the_title_always(here: Plan, client: Client) -> None:
    here.yearly.result, here.yearly.evidence = "Сводный отчёт", ["приказ", "справка"]
    here.yearly.save()
    assert heads(client, here, show=["evidence", "result"]) == [
        "Мероприятие",
        "Ожидаемый результат",
        "Что представить",
    ]
    words = opened(client, "roadmap", here.roadmap.pk).words
    assert "Сводный отчёт" in words
    assert "приказ и справка" in words


def test_a_choice_is_kept_for_the_next_visit_of_this_person(here: Plan, client: Client) -> None:
    chosen = heads(client, here, show=["number", "level"])
    assert heads(client, here) == chosen == ["№", "Мероприятие", "Уровень"]
    assert heads(client_of(here.director), here)[:2] == USUAL[:2]
    assert heads(client, here, show="") == USUAL
    assert heads(client, here) == USUAL


def test_the_file_holds_what_was_chosen_and_everything_where_nothing_was(here: Plan, client: Client) -> None:
    whole = heads_of_file(client, here)
    assert {"Показатель", "Кто это в\u00a0системе", "Просрочено", "Что представить"} <= set(whole)
    assert heads_of_file(client, here, show="deadline") == [
        "Раздел", "Мероприятие", "Срок", "Даты", "Следующий срок",
    ]  # fmt: skip
    assert heads_of_file(client, here, show="") == whole


def test_a_choice_survives_a_filter(here: Plan, client: Client) -> None:
    words = opened(client, "roadmap", here.roadmap.pk, show=["", "level"], state="needs_dates").words
    assert 'data-kept name="show" value="level"' in words
    assert 'data-kept name="state" value="needs_dates"' in words


def test_columns_ask_nothing_for_each_row(here: Plan, client: Client) -> None:
    every = ["result", "indicator", "evidence", "addressees", "level"]
    heads(client, here, columns=every)
    few = queries_of(client, "roadmap", here.roadmap.pk)
    for number in range(20):
        activity(here.programme, f"Ещё {number}", within=here.yearly.section)
    assert queries_of(client, "roadmap", here.roadmap.pk) == few
