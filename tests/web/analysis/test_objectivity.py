"""«Объективность»: signals one by one, whom each marks, what could not be computed, the official list beside."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from msoko.core.analysis.outcome import Verdict
from msoko.web.analysis import false_alarms, objectivity_page
from msoko.web.analysis.models import Calculation, Figure, Finding, MethodRun
from msoko.web.analysis.official_beside import METHOD as OFFICIAL
from msoko.web.analysis.services import dismiss
from msoko.web.analysis.signal_cards import signals_in_force
from msoko.web.people.models import User
from tests.web.analysis.lists import YEAR, Region, client_of, region_of, sit, words
from tests.web.analysis.schools import school
from tests.web.analysis.signals import BUNCHING, MISMATCH, PERSON_FIT, finding_by, finding_of_class, run_of

pytestmark = pytest.mark.django_db

A, B, C, D, FOREIGN = "sch990001", "sch990002", "sch990003", "sch990004", "sch990009"
INDEX = "objectivity.territory_index"
SURE, LIKELY, DOUBTFUL, FEW = Verdict.ROBUST, Verdict.LIKELY, Verdict.DOUBTFUL, Verdict.FEW_DATA


@pytest.fixture
def region() -> Region:
    return region_of({A: "Школа А", B: "Школа Б", C: "Школа В", D: "Школа Г"}, {FOREIGN: "Чужая школа"})


@pytest.fixture
def bunching(region: Region) -> MethodRun:
    return run_of(BUNCHING, region.region)


@pytest.fixture
def department(region: Region) -> Client:
    return client_of("department", region.home)


def page_of(client: Client, query: str = "") -> str:
    answer = client.get(f"{reverse('analysis:objectivity')}{query}")
    assert answer.status_code == 200
    return words(answer)


def told(client: Client, query: str = ""):
    return client.get(f"{reverse('analysis:objectivity')}{query}").context["page"]


def card(client: Client, method: str = BUNCHING):
    return next(one for one in told(client).cards if one.method.name == method)


def test_the_page_begins_with_what_a_signal_is(bunching, department):
    said = page_of(department)
    assert said.index("Сигнал — повод проверить, а не нарушение.") < said.index("Скопление у границ отметок")


def test_sentences_count_schools_not_findings(bunching, region, department):
    fit = run_of(PERSON_FIT, region.region)
    finding_by(bunching, school(A), SURE)
    finding_of_class(fit, school(A), "5А")
    finding_of_class(fit, school(A), "5Б")
    finding_of_class(fit, school(B), "5А")
    finding_by(bunching, school(C), DOUBTFUL)
    said = page_of(department)
    assert f"За {YEAR} год сигналы есть у 2 из 4 школ, устойчивые — у 1." in said
    assert "Решения ждут 4 сигнала." in said


def test_what_was_decided_is_no_longer_waited_for(bunching, department):
    dismiss(finding_by(bunching, school(A), SURE), None, "проверено")
    finding_by(bunching, school(B), LIKELY)
    assert "Решения ждёт 1 из 2 сигналов." in page_of(department)
    dismiss(Finding.objects.get(organisation=school(B)), None, "проверено")
    assert "Решения приняты по всем сигналам." in page_of(department)


def test_where_nobody_is_marked_the_page_says_so(bunching, department):
    said = page_of(department)
    assert f"За {YEAR} год сигналов нет ни у одной из 4 школ." in said
    assert "Устойчивых и вероятных нет" in said


def test_a_card_shows_the_surest_three_schools_and_how_many_more_there_are(bunching, department):
    for login, verdict, strength in ((A, LIKELY, 9), (B, SURE, 5), (C, LIKELY, 7), (D, LIKELY, 8)):
        finding_by(bunching, school(login), verdict, strength=strength)
    shown = card(department)
    assert [one.school.name for one in shown.shown] == ["Школа Б", "Школа А", "Школа Г"]
    said = page_of(department)
    assert "И ещё 1 школа" in said
    assert f"О школе {school(B).pk}." in said
    assert reverse("analysis:finding", args=[Finding.objects.get(organisation=school(B)).pk]) in said


def test_verdicts_are_counted_by_schools_each_by_its_surest(bunching, region, department):
    mismatch = run_of(MISMATCH, region.region)
    for about, verdict in (("vpr/russian/4", DOUBTFUL), ("vpr/mathematics/4", LIKELY)):
        finding_by(mismatch, school(A), verdict, about=about)
    finding_by(mismatch, school(B), FEW)
    finding_by(mismatch, school(C), DOUBTFUL)
    counts = [(verdict, n) for verdict, _, n in card(department, MISMATCH).counts]
    assert [(verdict, n.replace("\u00a0", " ")) for verdict, n in counts] == [
        (LIKELY, "1 школа"),
        (DOUBTFUL, "1 школа"),
        (FEW, "1 школа"),
    ]
    assert [one.school.name for one in card(department, MISMATCH).shown] == ["Школа А"]


def test_our_signals_come_first_and_of_them_those_that_mark_surely(region, department):
    for name in (MISMATCH, PERSON_FIT, BUNCHING):
        run = run_of(name, region.region)
        finding_by(run, school(A), SURE if name != PERSON_FIT else LIKELY)
    assert [one.method.name for one in told(department).cards] == [BUNCHING, PERSON_FIT, MISMATCH]


def test_schools_with_a_sure_signal_are_named_first_with_all_their_signals(bunching, region, department):
    finding_by(bunching, school(A), LIKELY, strength=9)
    finding_by(bunching, school(B), SURE)
    finding_of_class(run_of(PERSON_FIT, region.region), school(B), "5А")
    finding_by(run_of(MISMATCH, region.region), school(B), DOUBTFUL)
    first = told(department).first
    assert [one.school.name for one in first] == ["Школа Б"]
    assert [title for _, title, _ in first[0].signals] == [
        "Скопление у границ отметок",
        "Необычные сочетания ответов в классе",
    ]
    assert "С кого начать" in page_of(department)


def test_a_sure_signal_of_ours_comes_before_a_stronger_published_one(bunching, region, department):
    finding_by(run_of(MISMATCH, region.region), school(A), SURE, strength=9)
    finding_by(bunching, school(B), SURE, strength=1)
    assert [one.school.name for one in told(department).first] == ["Школа Б", "Школа А"]


def test_of_many_schools_with_sure_signals_five_are_named(bunching, region, department, monkeypatch):
    for login in (A, B, C, D):
        finding_by(bunching, school(login), SURE)
    monkeypatch.setattr(objectivity_page, "MOST_FIRST", 3)
    assert "Устойчивые сигналы есть ещё у 1 школы" in page_of(department)


def test_without_a_sure_signal_nobody_is_put_first(bunching, department):
    finding_by(bunching, school(A), LIKELY)
    assert "С кого начать" not in page_of(department)


def test_only_a_sure_school_has_its_picture_on_the_card(bunching, department):
    finding_by(bunching, school(A), LIKELY)
    assert card(department).pictured is None
    sure = finding_by(bunching, school(B), SURE)
    assert reverse("analysis:finding_picture", args=[sure.pk, "first"]) in page_of(department)


def test_a_signal_that_could_not_be_computed_is_named_with_the_reason(bunching, region, department):
    reason = "нет регионального ориентира: в системе результаты одного муниципалитета"
    run_of(
        MISMATCH, region.region, procedures=[], not_computed=[{"organisation": None, "reason": reason, "procedure": 1}]
    )
    run_of(PERSON_FIT, region.region, procedures=[])
    silent = {method.name: reasons for method, reasons in told(department).not_computed}
    assert silent[MISMATCH] == [reason]
    assert silent[PERSON_FIT] == ["работ, которые он учитывает, за этот год в системе нет"]
    assert silent["objectivity.residual"] == ["ещё не посчитан"]
    assert {BUNCHING, *silent} == {method.name for method in signals_in_force()}
    assert "Нет регионального ориентира" in page_of(department)


def test_a_part_that_could_not_be_computed_is_told_on_the_card(region, department):
    some = [{"organisation": None, "reason": "нет ориентира", "procedure": key} for key in (7, 8)]
    one = [{"organisation": school(A).pk, "reason": "мало участников", "procedure": 1}]
    run_of(BUNCHING, region.region, not_computed=[*some, *one])
    assert card(department).silent_in_words.replace("\u00a0", " ") == "Не посчитано по 2 работам"
    assert card(department).silent_reasons == ["нет ориентира"]


def test_a_failed_signal_keeps_its_findings_and_says_so(bunching, department):
    finding_by(bunching, school(A), SURE)
    MethodRun.objects.update(failure="ZeroDivisionError", parameters={})
    said = page_of(department)
    assert "Один из сигналов в этот раз не посчитался" in said
    assert "Школа А" in said
    assert "ZeroDivisionError" not in said


def test_the_index_of_the_territory_is_told_with_n_and_interval(bunching, region, department):
    sentence = "Индекс объективности 65 (41–83) из 100."
    Figure.objects.create(method=INDEX, year=YEAR, organisation=region.home, sentence=sentence)
    Figure.objects.create(method=INDEX, year=YEAR, organisation=region.other, sentence="Чужой индекс.")
    said = page_of(department)
    assert sentence in said
    assert "Чужой индекс" not in said


def test_without_the_index_its_reason_stands(bunching, region, department):
    reason = {"organisation": region.home.pk, "reason": "ни один маркер не посчитан", "procedure": None}
    run_of(INDEX, region.region, not_computed=[reason])
    assert "Индекс объективности территории не посчитан: ни один маркер не посчитан." in page_of(department)


def test_how_often_a_signal_errs_stands_on_its_card_where_it_was_measured(bunching, department, monkeypatch):
    finding_by(bunching, school(A), SURE)
    said = "на честных данных такой сигнал даёт 1 школа из 60"
    monkeypatch.setattr(false_alarms, "false_alarm_in_words", lambda *_: said)
    assert "На честных данных такой сигнал даёт 1 школа из 60." in page_of(department)


@pytest.mark.parametrize("problem", [None, FileNotFoundError])
def test_where_nothing_was_measured_nothing_is_said_of_errors(bunching, department, monkeypatch, problem):
    def nothing(*_: object) -> None:
        if problem:
            raise problem

    finding_by(bunching, school(A), SURE)
    monkeypatch.setattr(false_alarms, "false_alarm_in_words", nothing)
    assert "честных данных" not in page_of(department)


def test_the_newest_year_is_shown_and_any_other_by_its_address(region, department):
    finding_by(run_of(BUNCHING, region.region, YEAR - 1), school(A), SURE)
    finding_by(run_of(BUNCHING, region.region), school(B), SURE)
    assert [one.school.name for one in card(department).shown] == ["Школа Б"]
    assert f"За {YEAR - 1} год сигналы есть у 1 из 4 школ" in page_of(department, f"?year={YEAR - 1}")
    assert "За 1999 год протоколов нет" in page_of(department, "?year=1999")
    assert "считаются" not in page_of(department, "?year=1999")


def test_a_department_sees_its_schools_and_a_region_all(bunching, region, department):
    finding_by(bunching, school(A), SURE)
    finding_by(bunching, school(FOREIGN), SURE)
    assert "Чужая школа" not in page_of(department)
    ministry = client_of("region", region.region)
    assert "Чужая школа" in page_of(ministry)
    assert "Чужая школа" not in page_of(ministry, f"?territory={region.home.pk}")


@pytest.mark.parametrize("role", ["school", "public"])
def test_a_school_and_an_observer_have_no_such_page_and_no_way_to_it(bunching, region, role):
    client = client_of(role, school(A) if role == "school" else region.home)
    assert client.get(reverse("analysis:objectivity")).status_code == 403
    assert reverse("analysis:objectivity") not in words(client.get(reverse("cycles:overview")))


def test_a_municipality_with_parameters_of_its_own_is_told_by_its_own_run(bunching, region, department):
    own = run_of(BUNCHING, region.region, territory=region.home, procedures=[])
    assert told(department).runs.speaking(BUNCHING) == own
    assert told(client_of("region", region.region)).runs.speaking(BUNCHING) == bunching


def test_old_findings_are_not_on_the_page(bunching, department):
    finding_by(bunching, school(A), SURE, superseded_at="2026-01-01T00:00Z")
    assert "нет ни у одной" in page_of(department)


# ---- the official list


def official(login: str, **said: object) -> None:
    told = {"listed": True, "official": [], "ours": {}, "judged": ["РУ4"], "both": [], **said}
    Figure.objects.create(method=OFFICIAL, year=YEAR, organisation=school(login), statistic=told)


def test_the_official_list_stands_beside_with_the_agreement(bunching, region, department):
    official(A, official=["РУ4", "МА5"], ours={"РУ4": ["mean"]}, both=["РУ4"])
    official(B, official=["МА4"])
    official(C, listed=False, ours={"РУ5": ["journal"]})
    official(FOREIGN, official=["РУ4"])
    reason = {"organisation": None, "reason": "школы «Неведомая» нет в реестре", "procedure": None}
    run_of(OFFICIAL, region.region, not_computed=[reason])
    said = page_of(department)
    counts = "и в перечне, и по формулам — у 1 школы; только в перечне — у 1 школы; только по формулам — у 1 школы"
    assert f"Маркеры {YEAR} года: {counts}." in said
    assert "«Неведомая» нет в реестре" in said
    assert "Чужая школа" not in said


def test_the_official_list_can_be_taken_away(bunching, department):
    official(A, official=["РУ4"], ours={"РУ4": ["mean"]}, both=["РУ4"])
    official(B, judged=[])
    answer = department.get(f"{reverse('analysis:objectivity')}?table=official&format=csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[1] == ["Школа А", "РУ4", "РУ4", "1\u00a0из\u00a01"] or rows[1] == [
        "Школа А",
        "РУ4",
        "РУ4",
        "1 из\u00a01",
    ]
    assert rows[2][1:3] == ["без маркеров", "не посчитано"]


def test_a_list_without_markers_says_so(bunching, department):
    official(A)
    assert f"Маркеров за {YEAR} год нет ни в перечне, ни по формулам." in page_of(department)


def test_a_signal_that_marks_doubtfully_alone_has_no_card_but_its_counts(bunching, department):
    finding_by(bunching, school(A), DOUBTFUL)
    assert told(department).telling == []
    assert [one.method.name for one in told(department).quiet] == [BUNCHING]
    assert "спорно" in page_of(department)


def test_without_an_official_list_there_is_nothing_of_it(bunching, department):
    official(A, listed=False, ours={"РУ4": ["mean"]})
    assert "Официальный перечень" not in page_of(department)
    assert department.get(f"{reverse('analysis:objectivity')}?table=official&format=csv").status_code == 404


# ---- before there is anything


def test_before_any_protocol_the_page_says_what_will_be_here(region, department):
    said = page_of(department)
    assert "Здесь будут сигналы по результатам школ" in said
    assert reverse("collection:data") in said


def test_an_administrator_of_an_empty_system_gets_the_next_step(db):
    client = Client()
    client.force_login(User.objects.create_superuser("admin@people.example", "длинный-пароль-7"))
    said = page_of(client)
    assert "Здесь будут сигналы" in said
    assert reverse("people:organisations") in said


def test_values_without_findings_are_said_to_be_counted_yet(region, department):
    sit({A: (20, 0)})
    Calculation.objects.all().delete()
    assert "Сигналы ещё считаются" in page_of(department)


def test_what_is_older_than_its_data_is_said_to_be_counted_anew(bunching, department):
    assert "считаются заново" not in page_of(department)
    Calculation.objects.update(inputs="older")
    assert "считаются заново" in page_of(department)
