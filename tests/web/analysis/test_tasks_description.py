"""From a file that describes a work to zones, content elements and planned outcomes on «Задания»."""

import io

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from msoko.core.collection.describing import items_of_rows
from msoko.web.analysis.models import Figure
from msoko.web.collection.models import Procedure
from msoko.web.collection.services import withdraw
from tests.core.collection.readers.books import read
from tests.web.analysis.lists import Region, client_of, region_of, sit, words
from tests.web.analysis.schools import calculated, school
from tests.web.collection.descriptions import FRACTIONS, PERCENTS, SOLIDS, description, f1
from tests.web.collection.orders import taken

pytestmark = pytest.mark.django_db

WEAK, GOOD, FOREIGN = "sch990001", "sch990003", "sch990009"
SAT = {WEAK: (40, 30), GOOD: (60, 2), FOREIGN: (40, 14)}
TASKS = reverse("analysis:tasks")
TERRITORY_OF_PERCENTS = 100 * (10 + 58 + 26) / 140
"""Of the second item: everybody has two points of two, or none."""


@pytest.fixture
def region() -> Region:
    region = region_of({WEAK: "Слабая школа", GOOD: "Хорошая школа"}, {FOREIGN: "Чужая школа"})
    sit(SAT)
    return region


@pytest.fixture
def maths(region: Region) -> Procedure:
    return Procedure.objects.get(subject="mathematics")


@pytest.fixture
def department(region: Region) -> Client:
    return client_of("department", region.home)


def said(client: Client, procedure: Procedure) -> str:
    answer = client.get(f"{TASKS}?procedure={procedure.pk}")
    assert answer.status_code == 200
    return words(answer)


def content_of(login: str, procedure: Procedure) -> dict[str, dict]:
    """Element or outcome → its figures at the school; {} where there are none."""
    about = f"{procedure.kind}/{procedure.subject}/{procedure.grade}"
    figure = Figure.objects.filter(method="items.content", organisation=school(login), about=about).first()
    return {one["name"]: one for kind in ("elements", "outcomes") for one in figure.statistic[kind]} if figure else {}


def test_a_description_gives_elements_outcomes_and_zones(department: Client, maths: Procedure) -> None:
    assert content_of(WEAK, maths) == {}
    taken(description(FRACTIONS, PERCENTS, SOLIDS), "Описание.xlsx")
    calculated()
    percents = content_of(WEAK, maths)["Проценты"]
    assert (percents["facility"], percents["items"]) == (25.0, ["2"])
    assert percents["low"] < 25 < percents["high"] < percents["territory"]
    assert percents["territory"] == pytest.approx(TERRITORY_OF_PERCENTS, abs=0.01)
    page = said(department, maths)
    assert "Базовые задания" in page
    assert "Находит процент числа" in page
    assert "Известны уровни всех заданий, элементы содержания 2 заданий из 3" in page
    assert "Зон освоения нет" not in page


def test_levels_of_f1_alone_give_zones(department: Client, maths: Procedure) -> None:
    taken(f1("sch990007", ["Б", "Б", "П"]), "Ф1.xlsx")
    calculated()
    page = said(department, maths)
    assert "Базовые задания" in page
    assert "Повышенный и высокий уровень" in page
    assert "элементы содержания и планируемые результаты не описаны" in page.lower()


def test_when_the_description_is_withdrawn_its_figures_go(maths: Procedure) -> None:
    batch = taken(description(FRACTIONS, PERCENTS), "Описание.xlsx")
    calculated()
    assert content_of(WEAK, maths)
    withdraw(batch, None, "не та работа")
    calculated()
    assert content_of(WEAK, maths) == {}


def test_a_page_without_a_description_says_what_to_load(department: Client, maths: Procedure) -> None:
    page = said(department, maths)
    assert "Что загрузить" in page
    assert "Скачайте форму «Описание работы»" in page
    assert f'href="{reverse("collection:data")}"' in page


def test_who_may_not_hand_in_is_told_who_does(region: Region, maths: Procedure) -> None:
    page = said(client_of("curator", region.home), maths)
    assert "передайте управлению образования" in page


def test_the_form_of_the_page_has_the_items_in_it_and_comes_back(department: Client, maths: Procedure) -> None:
    taken(description(FRACTIONS), "Описание.xlsx")
    answer = department.get(f"{TASKS}?procedure={maths.pk}&table=form&format=xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    sheet = book.worksheets[0]
    assert sheet.max_row == 4
    sheet.cell(3, 8).value = "П"
    out = io.BytesIO()
    book.save(out)
    (reading,) = read(out.getvalue())
    assert (reading.naming.subject, reading.naming.year, reading.naming.grade) == ("mathematics", 2022, 5)
    assert [(item.number, item.level, item.maximum) for item in items_of_rows(reading.rows)] == [
        ("1", "Б", 1),
        ("2", "П", 2),
        ("3", "", 3),
    ]
    taken(out.getvalue(), "Поправка.xlsx")
    maths.refresh_from_db()
    assert [item["level"] for item in maths.items] == ["Б", "П", ""]
    assert maths.items[0]["content_element"] == "1.1 Дроби"


def test_the_page_says_where_the_description_comes_from(department: Client, maths: Procedure) -> None:
    batch = taken(description(FRACTIONS, ("9", 1, "Б", "", "", "")), "Описание.xlsx")
    calculated()
    page = said(department, maths)
    assert "Описание работы (принято" in page
    assert "В работе нет задания 9" in page
    assert reverse("collection:batch", args=[batch.pk]) not in page  # came by the shell: the administrator's


def test_the_number_of_queries_does_not_grow_with_the_files(department: Client, maths: Procedure) -> None:
    counts = []
    for number in range(2):
        for level in ("Б", "П", "В"):
            row = (f"{number + 1}", number + 1, level, "", f"Элемент {level}{number}", "")
            taken(description(row), f"Описание {number}{level}.xlsx")
        calculated()
        with CaptureQueriesContext(connection) as queries:
            said(department, maths)
        counts.append(len(queries))
    assert counts[0] == counts[1]
