"""The page of one signal: its list with decisions, its picture, what it does not say."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from msoko.core.analysis.outcome import Verdict
from msoko.web.analysis import false_alarms, signal_page
from msoko.web.analysis.models import Calculation, Finding, MethodRun
from msoko.web.analysis.services import confirm, dismiss, set_parameters
from msoko.web.definitions import definitions
from tests.web.analysis.lists import YEAR, Region, client_of, region_of, words
from tests.web.analysis.schools import DISTRICT, NEIGHBOUR, school
from tests.web.analysis.signals import (
    BUNCHING,
    MISMATCH,
    PERSON_FIT,
    WORK,
    finding_by,
    finding_of_class,
    run_of,
)

pytestmark = pytest.mark.django_db

A, B, C, FOREIGN = "sch990001", "sch990002", "sch990003", "sch990009"
SURE, LIKELY, DOUBTFUL = Verdict.ROBUST, Verdict.LIKELY, Verdict.DOUBTFUL
PARAMETERS = {"likely": 0.01, "robust": 0.001}


@pytest.fixture
def region() -> Region:
    return region_of({A: "Школа А", B: "Школа Б", C: "Школа В"}, {FOREIGN: "Чужая школа"})


@pytest.fixture
def bunching(region: Region) -> MethodRun:
    return run_of(BUNCHING, region.region)


@pytest.fixture
def department(region: Region) -> Client:
    return client_of("department", region.home)


def address(method: str = BUNCHING, query: str = "") -> str:
    return f"{reverse('analysis:signal', args=[method])}{query}"


def page_of(client: Client, method: str = BUNCHING, query: str = "") -> str:
    answer = client.get(address(method, query))
    assert answer.status_code == 200
    return words(answer)


def listed(client: Client, method: str = BUNCHING, query: str = "") -> list[str]:
    return [line.school.name for line in client.get(address(method, query)).context["page"].lines]


def rows(client: Client, method: str = BUNCHING, query: str = "?format=csv") -> list[list[str]]:
    answer = client.get(address(method, query))
    assert answer.status_code == 200
    text = answer.content.decode("utf-8-sig").replace("\u00a0", " ")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_the_page_tells_what_the_signal_sees_and_does_not_see_and_what_to_check(bunching, department):
    finding_by(bunching, school(A), SURE)
    said, method = page_of(department), definitions().methods[BUNCHING]
    for text in (method.tells, method.does_not_tell, method.rule, method.source.document, *method.to_check):
        assert " ".join(text.split()) in said
    assert "Сигнал — повод проверить, а не нарушение." in said


def test_the_surest_stand_first_and_of_equally_sure_ones_the_strongest(bunching, department):
    for login, verdict, strength in ((A, LIKELY, 9), (B, SURE, 2), (C, LIKELY, 10)):
        finding_by(bunching, school(login), verdict, strength=strength)
    assert listed(department) == ["Школа Б", "Школа В", "Школа А"]
    said = page_of(department)
    assert f"За {YEAR} год 3 вывода по 3 школам: «устойчиво» — 1 и «вероятно» — 2." in said
    assert f"О школе {school(B).pk}." in said


def test_a_class_and_a_work_are_told_under_the_school_s_name(region, department):
    finding_of_class(run_of(PERSON_FIT, region.region), school(A), "5А")
    finding_by(
        run_of(MISMATCH, region.region), school(A), LIKELY, statistic={**WORK, "n": 30}, about="vpr/mathematics/5"
    )
    assert ">5А класс<" in page_of(department, PERSON_FIT)
    assert f"ВПР · математика · 5 класс · {YEAR}" in page_of(department, MISMATCH)


def test_verdict_and_state_of_the_address_choose(bunching, department):
    finding_by(bunching, school(A), SURE)
    confirm(finding_by(bunching, school(B), LIKELY), None)
    dismiss(finding_by(bunching, school(C), LIKELY), None, "проверено")
    assert listed(department, query="?verdict=likely") == ["Школа Б", "Школа В"]
    assert listed(department, query="?verdict=likely&state=dismissed") == ["Школа В"]
    assert listed(department, query="?state=new") == ["Школа А"]
    assert "Таких выводов нет" in page_of(department, query="?verdict=few_data")
    assert [row[0] for row in rows(department, query="?format=csv&state=confirmed")] == ["Школа", "Школа Б"]


@pytest.mark.parametrize("nonsense", ["?verdict=nonsense", "?state=x", "?verdict="])
def test_a_senseless_word_of_the_address_chooses_nothing(bunching, department, nonsense):
    finding_by(bunching, school(A), SURE)
    assert listed(department, query=nonsense) == ["Школа А"]


def test_a_filter_is_offered_where_the_list_is_long_or_cut(bunching, department):
    finding_by(bunching, school(A), SURE)
    assert 'name="verdict"' not in page_of(department)
    assert 'name="verdict"' in page_of(department, query="?verdict=likely")


def test_a_department_decides_from_the_list_and_comes_back_to_it(bunching, region, department):
    one = finding_by(bunching, school(A), SURE)
    assert f'value="{one.pk}-{one.version_shown}"' in page_of(department)
    post = {"confirm": f"{one.pk}-new", "back": address(query="?verdict=robust")}
    answer = department.post(f"{reverse('analysis:decide')}?territory={region.home.pk}", post)
    assert answer.headers["Location"] == address(query="?verdict=robust")
    one.refresh_from_db()
    assert one.state == Finding.State.CONFIRMED
    assert "подтверждён" in page_of(department)


@pytest.mark.parametrize("role", ["methodist", "curator", "region"])
def test_who_reads_without_deciding_gets_no_buttons(bunching, region, role):
    finding_by(bunching, school(A), SURE)
    reader = client_of(role, region.region if role == "region" else region.home)
    assert listed(reader) == ["Школа А"]
    assert "Подтвердить" not in page_of(reader)


def test_a_school_has_no_list_of_others(bunching, region):
    assert client_of("school", school(A)).get(address()).status_code == 403


def test_a_region_sees_in_which_municipality_a_school_is(bunching, region):
    finding_by(bunching, school(A), SURE)
    finding_by(bunching, school(FOREIGN), SURE)
    said = page_of(client_of("region", region.region))
    assert DISTRICT in said
    assert NEIGHBOUR in said


def test_the_list_is_taken_away_with_what_was_decided_and_why(bunching, department):
    dismiss(finding_by(bunching, school(A), SURE), None, "Работы перепроверены")
    head, line = rows(department)
    assert head[:5] == ["Школа", "О чём", "Вывод", "Почему", "Участников"]
    assert line[:5] == ["Школа А", "все работы года", "устойчиво", f"О школе {school(A).pk}.", "40"]
    assert line[5:7] == ["снят", "Работы перепроверены"]
    assert department.get(address(query="?format=xlsx")).headers["Content-Disposition"].endswith(".xlsx")


def test_a_region_takes_the_municipality_away_too(bunching, region):
    finding_by(bunching, school(A), SURE)
    assert rows(client_of("region", region.region))[1][1] == DISTRICT


def test_a_finding_without_a_number_of_participants_says_so(bunching, department):
    finding_by(bunching, school(A), SURE, statistic={})
    assert rows(department)[1][4] == "нет данных"


def test_an_order_of_the_address_is_kept(bunching, department):
    for login in (A, B):
        finding_by(bunching, school(login), SURE)
    said = page_of(department, query="?list-sort=-school")
    assert said.index("Школа Б") < said.index("Школа А")


# ---- the picture


def test_the_picture_shows_everybody_by_strength_with_the_lines_of_the_verdicts(region, department):
    run = run_of(PERSON_FIT, region.region, parameters=PARAMETERS)
    finding_of_class(run, school(A), "5А", SURE, strength=4.5)
    finding_of_class(run, school(B), "6Б", strength=2.5)
    chart = department.get(address(PERSON_FIT)).context["strengths"]
    assert [row.cells["name"].replace("\u00a0", " ") for row in chart.data_table.lines] == [
        "Школа А, 5А класс",
        "Школа Б, 6Б класс",
    ]
    assert "«вероятно» — с 2,3; «устойчиво» — с 3,1" in chart.alt.replace("\u00a0", " ")


def test_works_of_one_school_are_told_apart_in_the_picture(region, department):
    run = run_of(MISMATCH, region.region, parameters=PARAMETERS)
    for grade in (4, 5):
        finding_by(
            run, school(A), LIKELY, statistic={**WORK, "grade": grade, "n": 30}, about=f"vpr/mathematics/{grade}"
        )
    chart = department.get(address(MISMATCH)).context["strengths"]
    assert {row.cells["name"] for row in chart.data_table.lines} == {"Школа А, математика 4", "Школа А, математика 5"}


@pytest.mark.parametrize("form", ["png", "svg"])
def test_the_picture_can_be_taken_away(bunching, department, form):
    finding_by(bunching, school(A), SURE)
    answer = department.get(address(query=f"?picture=strengths&format={form}"))
    assert answer.headers["Content-Type"].startswith("image/")
    assert len(answer.content) > 500


def test_without_findings_there_is_no_picture(bunching, department):
    assert f"За {YEAR} год сигнала нет ни у одной школы." in page_of(department)
    assert department.get(address(query="?picture=strengths&format=svg")).status_code == 404


# ---- what it does not say, and when


def test_whom_the_signal_says_nothing_of_is_named_with_the_reason(region, department):
    mute = [
        {"organisation": school(A).pk, "reason": "участник один", "procedure": 1},
        {"organisation": school(FOREIGN).pk, "reason": "чужая причина", "procedure": 1},
        {"organisation": None, "reason": "нет ориентира", "procedure": 2},
    ]
    run_of(BUNCHING, region.region, not_computed=mute)
    said = page_of(department)
    assert "Участник один" in said
    assert "Нет ориентира" in said
    assert "чужая причина" not in said.lower()
    assert rows(department, query="?table=unknown&format=csv")[1][:2] == ["Школа А", "Участник один"]
    assert department.get(address(query="?table=nonsense&format=csv")).status_code == 404


def test_schools_of_a_municipality_with_parameters_of_its_own_are_spoken_of_by_its_run(region):
    run_of(BUNCHING, region.region, not_computed=[{"organisation": school(A).pk, "reason": "общая", "procedure": 1}])
    own = [{"organisation": school(A).pk, "reason": "своя", "procedure": 1}]
    run_of(BUNCHING, region.region, territory=region.home, not_computed=own)
    ministry = client_of("region", region.region)
    assert [one.reason for one in ministry.get(address()).context["page"].silences] == ["своя"]


def test_how_often_the_signal_errs_is_told_by_verdict_and_equal_answers_once(bunching, department, monkeypatch):
    said = {SURE: "Редко.", LIKELY: "Чаще.", DOUBTFUL: "Чаще."}
    monkeypatch.setattr(signal_page, "sentence_of", lambda _, verdict, __: said[verdict])
    page = department.get(address()).context["page"]
    assert [text for _, text in page.false_alarms] == ["Редко.", "Чаще."]
    monkeypatch.setattr(signal_page, "sentence_of", lambda *_: "")
    assert "Как часто сигнал ошибается" not in page_of(department)


def test_parameters_stand_with_those_that_are_one_s_own(bunching, region, department):
    assert "Наименьшее число участников — <strong>20</strong>" in page_of(department)
    set_parameters(definitions().methods[BUNCHING], region.home, {"min_n": 30}, "приказ № 1", None)
    said = page_of(department)
    assert "Наименьшее число участников — <strong>30</strong>" in said
    assert "своё значение" in said


def test_a_signal_with_nothing_to_count_says_so_and_why(region, department):
    reason = {"organisation": None, "reason": "нет ориентира", "procedure": 2}
    run_of(BUNCHING, region.region, procedures=[], not_computed=[reason])
    said = page_of(department)
    assert "Считать пока нечего" in said
    assert "Нет ориентира" in said


def test_a_year_in_which_it_was_not_computed_says_so(bunching, department):
    assert "За этот год сигнала нет" in page_of(department, query="?year=1999")


def test_what_is_older_than_its_data_is_said_to_be_counted_anew(bunching, department):
    Calculation.objects.update(inputs="older")
    assert "считаются заново" in page_of(department)


def test_a_failed_signal_says_so(bunching, department):
    finding_by(bunching, school(A), SURE)
    MethodRun.objects.update(failure="ZeroDivisionError", parameters={})
    assert "Сигнал в этот раз не посчитался" in page_of(department)
    assert listed(department) == ["Школа А"]


@pytest.mark.parametrize("name", ["no.such", "low_results.share_30", "objectivity.territory_index"])
def test_what_is_no_signal_has_no_page(bunching, department, name):
    assert department.get(address(name)).status_code == 404


# ---- pictures on the page of a finding


def test_the_page_of_a_finding_has_its_pictures_and_they_can_be_taken_away(bunching, department):
    steps = [[-2, 3, 5.0], [-1, 2, 5.0], [0, 11, 6.0], [1, 4, 4.0]]
    one = finding_by(bunching, school(A), SURE, statistic={"steps": steps, "works": []})
    said = words(department.get(reverse("analysis:finding", args=[one.pk])))
    assert "Все границы отметок вместе" in said
    for name in ("borders", "first"):
        for form in ("png", "svg"):
            picture = f"{reverse('analysis:finding_picture', args=[one.pk, name])}?format={form}"
            assert department.get(picture).headers["Content-Type"].startswith("image/")
    assert department.get(reverse("analysis:finding_picture", args=[one.pk, "nonsense"])).status_code == 404


def test_the_page_of_a_finding_says_how_often_such_a_signal_errs(bunching, department, monkeypatch):
    one = finding_by(bunching, school(A), SURE, statistic={"works": []})
    monkeypatch.setattr(false_alarms, "false_alarm_in_words", lambda method, verdict, _: f"{method} {verdict.words}")
    assert "Objectivity.bunching устойчиво." in words(department.get(reverse("analysis:finding", args=[one.pk])))
