"""«Задания»: what should be talked about, the map of schools and tasks, and what a school's own people see of it."""

import csv
import io
import re

import pytest
from django.test import Client
from django.urls import reverse

from msoko.web.analysis import tasks_map, tasks_page
from msoko.web.analysis.models import Calculation, Figure, MethodRun
from msoko.web.analysis.tasks_page import TasksPage
from msoko.web.collection.models import Procedure
from msoko.web.people.models import Kind, Organisation
from tests.web.analysis.lists import YEAR, Region, client_of, region_of, sit, words
from tests.web.analysis.schools import DISTRICT, NEIGHBOUR, calculated, school

pytestmark = pytest.mark.django_db

WEAK, SMALL, GOOD, FOREIGN = "sch990001", "sch990002", "sch990003", "sch990009"
SAT = {WEAK: (40, 30), SMALL: (6, 5), GOOD: (60, 2), FOREIGN: (40, 14)}
NAMES = {WEAK: "Слабая школа", SMALL: "Малая школа", GOOD: "Хорошая школа", FOREIGN: "Чужая школа"}
TASKS = reverse("analysis:tasks")


@pytest.fixture
def region() -> Region:
    home = {login: NAMES[login] for login in (WEAK, SMALL, GOOD)}
    return region_of(home, {FOREIGN: NAMES[FOREIGN]})


@pytest.fixture
def sat(region: Region) -> Region:
    sit(SAT)
    return region


@pytest.fixture
def department(sat: Region) -> Client:
    return client_of("department", sat.home)


def page_of(client: Client, query: str = "") -> TasksPage:
    answer = client.get(f"{TASKS}{query}")
    assert answer.status_code == 200
    page: TasksPage = answer.context["page"]
    return page


def said(client: Client, query: str = "") -> str:
    answer = client.get(f"{TASKS}{query}")
    assert answer.status_code == 200
    return words(answer)


def rows_of(client: Client, query: str) -> list[list[str]]:
    answer = client.get(f"{TASKS}{query}&format=csv")
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def describe(**of_item: object) -> None:
    """Every task of every work gets the same description, and all is computed anew."""
    for one in Procedure.objects.all():
        one.items = [item | of_item for item in one.items]
        one.save()
    Calculation.objects.update(inputs="")
    calculated()


# ---- what to talk about


def test_tasks_to_talk_about_stand_in_the_order_of_the_method_with_their_grounds_and_schools(department):
    text, page = said(department), page_of(department)
    assert [one["number"] for one in page.items] == ["1", "2", "3"]
    assert page.own.statistic["discuss"] == ["1", "3", "2"]
    assert "На методическом объединении стоит обсудить 3 задания из 3: № 1, 3 и 2." in text
    assert "<strong>№ 1 — 0 % (0–4 %).</strong> Выполнение ниже 57 %; ниже границы в 2 школах из 2." in text
    assert "Школы ниже границы: Слабая школа — 0 % и Хорошая школа — 0 %." in text


def test_the_stored_sentence_is_there_for_the_agenda(department):
    page = page_of(department)
    sentence = " ".join(page.own.sentence.replace("\u00a0", " ").replace("\u202f", " ").split())
    assert sentence.startswith("На заседании РМО по математике обсудить")
    assert sentence in said(department)


def test_a_school_below_the_border_is_named_with_its_per_cent(region):
    sit({WEAK: (40, 30), GOOD: (40, 12)})
    text = said(client_of("department", region.home))
    assert "<strong>№ 2 — 48 % (37–58 %).</strong>" in text
    assert "Школы ниже границы: Слабая школа — 25 %." in text


def test_levels_that_nobody_described_are_said_to_be_missing(department):
    text = said(department)
    assert "уровни заданий этой работы (базовый, повышенный, высокий) в системе не описаны" in text
    assert "Граница 57 % взята условно." in text


def test_zones_follow_the_described_levels(department):
    describe(level="Б")
    text = said(department)
    assert "Базовые задания: достаточно — 1, между — 0, недостаточно — 2 (1, 3)." in text
    assert "освоено недостаточно: граница — 57 %" in text.lower()
    assert "не описаны" not in text.partition("Содержание</h2>")[0]


def test_content_that_nobody_described_is_said_to_be_missing(department):
    assert "Темы и умения не разбираются: элементы содержания и планируемые результаты заданий не описаны." in said(
        department
    )


def test_content_elements_stand_with_the_number_of_schools_that_lag(department):
    describe(content_element="Дроби", planned_outcome="Сравнивать дроби")
    rows = rows_of(department, "?table=content")
    of_territory = ["По территории, %", "Интервал по\u00a0территории"]
    assert rows[0] == ["Название", "Что", "Задания", *of_territory, "Школ уверенно ниже", "Из школ"]
    assert rows[1][4] != "нет данных"
    assert [row[:3] for row in rows[1:]] == [
        ["Дроби", "Элемент содержания", "1, 2, 3"],
        ["Сравнивать дроби", "Планируемый результат", "1, 2, 3"],
    ]
    assert "Темы и умения не разбираются" not in said(department)


def test_of_a_school_its_own_content_stands_beside_the_territory(sat):
    describe(content_element="Дроби")
    rows = rows_of(client_of("school", school(WEAK)), "?table=content")
    assert rows[0][3:] == ["Выполнение, %", "Интервал", "По территории, %", "Разница, п. п."]
    assert len(rows) == 2


# ---- the map


def test_rows_are_schools_with_participants_enough_and_the_municipality_against_the_region(department):
    page = page_of(department)
    assert [line.name for line in page.shown_lines] == ["Слабая школа", "Хорошая школа"]
    assert [line.name for line in page.whole_line] == [DISTRICT]
    weak = page.shown_lines[0].task("2")
    assert weak.facility == 25.0
    assert weak.is_surely_below
    assert weak.difference == pytest.approx(25 - page.reference.statistic["items"][1]["facility"])
    assert "О ком карта не говорит: 1 школа" in said(department)


def test_the_picture_marks_what_is_more_than_chance(department):
    picture = tasks_map.of_page(page_of(department))
    cells = {row.cells["name"]: row.cells for row in picture.data_table.lines}
    assert cells["Регион, %"]["item_2"] == pytest.approx(65.07, abs=0.01)
    assert "2\u00a0школы, 3\u00a0задания" in picture.alt
    assert "больше случайного: 2 (1)" in picture.alt  # the second task is surely below in one school
    assert "Зона" not in cells


def test_the_number_of_cells_that_chance_alone_would_mark_is_said(department):
    assert "Больше случайного отличаются 2 из 6 клеток; по одной случайности отличалось бы меньше одной." in said(
        department
    )


def test_rows_by_the_alphabet_on_demand(department):
    names = [line.name for line in page_of(department, "?order=name").shown_lines]
    assert names == ["Слабая школа", "Хорошая школа"]
    behind = [line.name for line in page_of(department, "?order=behind").shown_lines]
    assert behind[0] == "Слабая школа"


def test_a_region_sees_municipalities_first_and_schools_on_demand(sat):
    ministry = client_of("region", sat.region)
    page = page_of(ministry)
    assert [line.name for line in page.shown_lines] == [NEIGHBOUR, DISTRICT]
    assert "Муниципалитеты ниже границы:" in said(ministry)
    schools = page_of(ministry, "?rows=schools")
    assert [line.name for line in schools.shown_lines] == ["Слабая школа", "Чужая школа", "Хорошая школа"]


def test_of_too_many_rows_the_furthest_behind_are_drawn_and_the_page_says_so(sat, monkeypatch):
    monkeypatch.setattr(tasks_page, "MOST_SCHOOLS", 2)
    ministry = client_of("region", sat.region)
    page = page_of(ministry, "?rows=schools&order=name")
    assert [line.name for line in page.shown_lines] == ["Слабая школа", "Чужая школа"]
    assert "Показаны 2 с самым большим отставанием; всего 3 школы. Остальные — в таблице ниже." in said(
        ministry, "?rows=schools"
    )
    assert "Во всех строках, и непоказанных, больше случайного отличаются" in said(ministry, "?rows=schools")
    assert len(rows_of(ministry, "?rows=schools&table=rows")) == 4


def test_without_a_region_schools_are_compared_with_their_municipality(region):
    sit({WEAK: (40, 30), GOOD: (40, 2)})
    page = page_of(client_of("department", region.home))
    assert page.whole_line == []
    assert page.reference == page.own
    picture = tasks_map.of_page(page)
    assert picture.data_table.lines[0].cells["name"] == "Муниципалитет, %"


def test_a_region_with_one_municipality_shows_its_schools(region):
    sit({WEAK: (40, 30), GOOD: (40, 2)})
    page = page_of(client_of("region", region.region))
    assert [line.name for line in page.shown_lines] == ["Слабая школа", "Хорошая школа"]
    assert page.own.organisation.name == DISTRICT
    assert not page.offers_rows


# ---- a school


@pytest.mark.parametrize("login", [WEAK, GOOD])
def test_a_school_sees_its_own_row_and_no_other(sat, login):
    director = client_of("school", school(login))
    text, page = said(director), page_of(director)
    assert [line.name for line in page.shown_lines] == [NAMES[login]]
    for other in set(NAMES) - {login}:
        assert NAMES[other] not in text
        for table in ("rows", "findings", "items", "unknown"):
            assert NAMES[other] not in str(rows_of(director, f"?table={table}"))
    assert page.own.sentence.startswith("По математике")


@pytest.mark.parametrize("query", ["?territory={}", "?territory={}&table=rows&format=csv"])
def test_a_school_does_not_find_the_tasks_of_another(sat, query):
    director = client_of("school", school(GOOD))
    for other in (school(WEAK), sat.home, sat.region):
        assert director.get(f"{TASKS}{query.format(other.pk)}").status_code == 404


def test_a_school_with_few_participants_is_told_why_it_has_no_row(sat):
    text = said(client_of("school", school(SMALL)))
    assert "Задания разбираются, если участников не меньше 10, а здесь 6 участников." in text


# ---- findings


def test_findings_about_the_work_stand_with_buttons_for_the_department_alone(department, sat):
    text = said(department)
    assert "У 1 школы задания не получились сверх случайного, устойчиво — ни у одной." in text
    assert "Подтвердить отмеченные" in text
    reader = said(client_of("methodist", sat.home))
    assert "Слабая школа" in reader
    assert "Подтвердить" not in reader


def test_the_page_of_a_finding_leads_back_to_the_tasks(department):
    line = page_of(department).findings[0]
    assert f'<a href="{TASKS}?year={YEAR}">Задания</a>' in words(department.get(line.address))


def test_findings_of_another_work_are_not_shown(department):
    first, second = (page_of(department, f"?procedure={one}") for one in _procedures())
    assert {one.finding.about for one in first.findings} != {one.finding.about for one in second.findings}


def _procedures() -> list[int]:
    return list(Procedure.objects.order_by("subject").values_list("pk", flat=True))


def test_the_list_is_taken_away_with_decisions(department):
    rows = rows_of(department, "?table=findings")
    assert rows[0][:3] == ["Школа", "Вывод", "Почему"]
    assert [row[:2] for row in rows[1:]] == [["Слабая школа", "вероятно"], ["Малая школа", "мало данных"]]
    assert department.get(f"{TASKS}?format=xlsx&table=rows").headers["Content-Disposition"].endswith(".xlsx")
    assert department.get(f"{TASKS}?format=csv&table=nonsense").status_code == 404


@pytest.mark.parametrize(("form", "kind"), [("svg", "image/svg+xml"), ("png", "image/png")])
def test_the_map_is_taken_away(department, form, kind):
    assert department.get(f"{TASKS}?picture=map&format={form}").headers["Content-Type"] == kind


# ---- which work


def test_the_work_and_the_year_of_the_address_are_shown(region):
    sit(SAT, YEAR - 1)
    sit(SAT)
    client = client_of("department", region.home)
    assert page_of(client).year == YEAR
    assert page_of(client, f"?year={YEAR - 1}").procedure.year == YEAR - 1
    old = Procedure.objects.filter(year=YEAR - 1).order_by("-subject")[0]
    assert page_of(client, f"?procedure={old.pk}").procedure == old


@pytest.mark.parametrize("nonsense", ["?procedure=x", "?procedure=999", "?rows=x&order=y", "?procedure=99999999999"])
def test_a_senseless_address_shows_what_there_is(department, nonsense):
    assert page_of(department, nonsense).procedure == page_of(department).procedure


def test_the_page_is_found_from_results_and_from_the_work(department):
    assert re.search(rf'href="{TASKS}[^"]*"', words(department.get(reverse("monitoring:results"))))
    work = page_of(department).procedure
    items = words(department.get(reverse("monitoring:procedure", args=[work.pk, "items"])))
    assert f"procedure={work.pk}&amp;year={YEAR}" in items
    assert '<a class="nav-link" href="/results/" aria-current="page">' in said(department)


# ---- nothing to show


def test_before_any_protocol_the_page_says_what_will_be_here(region):
    text = said(client_of("department", region.home))
    assert "Здесь будут задания проверочных работ" in text
    assert reverse("collection:data") in text


def test_a_year_without_works_asks_for_another(department):
    assert "За этот год работ нет" in said(department, f"?year={YEAR - 7}")


def test_values_without_figures_are_said_to_be_counted_yet(sat, department):
    Figure.objects.all().delete()
    Calculation.objects.all().delete()
    assert "Задания ещё считаются" in said(department)


def test_a_work_that_cannot_be_looked_at_says_why(sat, department):
    Figure.objects.all().delete()
    MethodRun.objects.filter(method="items.figures").update(
        not_computed=[{"organisation": None, "procedure": _procedures()[0], "reason": "баллы за задания не известны"}]
    )
    assert "Баллы за задания не известны." in said(department, f"?procedure={_procedures()[0]}")


def test_whoever_looks_at_the_country_is_asked_for_a_region(sat):
    country = Organisation.objects.get(kind=Kind.COUNTRY)
    admin = client_of("admin", country)
    assert "Выберите регион или муниципалитет" in said(admin, f"?territory={country.pk}")


def test_a_failed_method_keeps_the_old_figures_and_says_so(department):
    MethodRun.objects.filter(method="items.figures").update(failure="ZeroDivisionError")
    text = said(department)
    assert "Методика в этот раз не посчиталась" in text
    assert "Слабая школа" in text
