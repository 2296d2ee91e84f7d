"""«Поддержка»: the list of schools with low results, what stands beside it, what another number would change."""

import csv
import io
import re

import pytest
from django.test import Client
from django.urls import reverse

from msoko.web.analysis.models import Calculation, Figure, MethodRun
from msoko.web.analysis.queries import is_behind
from msoko.web.analysis.services import set_parameters
from msoko.web.analysis.support_page import OFFICIAL
from msoko.web.collection.models import Procedure
from msoko.web.definitions import definitions
from tests.web.analysis.lists import YEAR, Region, client_of, finding_of, region_of, sit, words
from tests.web.analysis.schools import DISTRICT, calculated, school

pytestmark = pytest.mark.django_db

WEAK, SMALL, GOOD, CHANCE, FOREIGN = "sch990001", "sch990002", "sch990003", "sch990004", "sch990009"
LONG = "Муниципальное казённое общеобразовательное учреждение «Верхнереченская средняя школа имени П. И. Заречного»"
SAT = {WEAK: (40, 30), SMALL: (6, 5), GOOD: (40, 2), CHANCE: (12, 4), FOREIGN: (40, 28)}


@pytest.fixture
def region() -> Region:
    return region_of(
        {WEAK: "Слабая школа", SMALL: LONG, GOOD: "Хорошая школа", CHANCE: "Школа случая"}, {FOREIGN: "Чужая школа"}
    )


@pytest.fixture
def sat(region: Region) -> Region:
    sit(SAT)
    return region


@pytest.fixture
def department(sat: Region) -> Client:
    return client_of("department", sat.home)


def support(client: Client, query: str = "") -> str:
    answer = client.get(f"{reverse('analysis:support')}{query}")
    assert answer.status_code == 200
    return words(answer)


def listed(client: Client, query: str = "") -> list[str]:
    """Names in the list, in its order."""
    answer = client.get(f"{reverse('analysis:support')}{query}")
    return [line.school.name for line in answer.context["page"].listed]


def test_the_list_names_its_schools_with_the_verdict_and_the_stored_sentence(department):
    said = support(department)
    assert listed(department) == ["Слабая школа"]
    assert f"В списке {YEAR} года 1 школа: устойчиво — 1. Решения ждёт 1." in said
    assert "badge-steady" in said
    assert words_of(finding_of(WEAK).sentence) in said
    assert "Хорошая школа" not in " ".join(listed(department))


def words_of(sentence: str) -> str:
    return " ".join(sentence.replace("\u00a0", " ").replace("\u202f", " ").split())


def test_the_rule_stands_first_with_its_source_and_parameters(department):
    said, method = support(department), definitions().methods["low_results.posterior"]
    assert words_of(method.source.document) in said
    assert "Порог доли не справившихся — <strong>30 %</strong>" in said.replace("</span>", "")
    assert reverse("analysis:method", args=[method.name]) in said


def test_the_official_rule_s_answer_stands_beside(department):
    """Four of twelve are thirty-three per cent: the rule marks the school, chance explains it."""
    page = department.get(reverse("analysis:support")).context["page"]
    line = next(line for line in page.lines if line.school.name == "Школа случая")
    assert line.verdict is None
    assert line.finding == finding_of(CHANCE, "low_results.share_30")
    said = support(department)
    assert "Правило «доля не справившихся» — 2 школы: в обоих — 1 и только там — 1." in said
    assert "вывода нет" in said


def test_fewer_participants_add_the_school_that_is_stored_with_few_data(department):
    assert 'При <a href="/support/?min_n=5">n ≥ 5</a> добавится 1 школа' in support(department)
    assert listed(department, "?min_n=5") == ["Слабая школа", LONG]
    said = support(department, "?min_n=5")
    assert "Сейчас n ≥ <strong>5</strong> (в правиле — 10," in said
    assert "мало данных — 1" in said
    assert "badge-few" in said


def test_more_participants_than_anybody_has_empty_the_list(department):
    """The works have 22 participants at most."""
    sit({WEAK: (22, 20), GOOD: (22, 1)})
    assert listed(department) == ["Слабая школа"]
    assert listed(department, "?min_n=30") == []
    assert f"В списке {YEAR} года ни одной школы." in support(department, "?min_n=30")


@pytest.mark.parametrize("nonsense", ["?min_n=", "?min_n=x", "?min_n=-3", "?procedure=999", "?min_n=99999999999"])
def test_a_senseless_address_shows_the_list_as_it_is(department, nonsense):
    assert listed(department, nonsense) == ["Слабая школа"]


@pytest.mark.parametrize(("number", "is_refused"), [("0", 1), ("1", 0), ("30", 0), ("31", 1), ("999", 1), ("abc", 1)])
def test_a_number_that_the_slider_lacks_is_refused_aloud(department, number, is_refused):
    said = support(department, f"?min_n={number}")
    assert ("Наименьшее число участников — от 1 до 30. Показано по правилу." in said) == bool(is_refused)


def test_the_slider_goes_as_far_as_the_rule_itself(department, sat):
    set_parameters(definitions().methods["low_results.posterior"], sat.home, {"min_n": 40}, "Приказ № 1", None)
    calculated()
    assert "от 1 до 40" in support(department, "?min_n=41")
    assert "от 1 до" not in support(department, "?min_n=40")


def test_a_year_of_which_nothing_was_handed_in_is_not_awaited(department, sat):
    said = support(department, "?year=1999")
    assert "За 1999 год протоколов нет" in said
    assert "считаются" not in said
    assert not is_behind(sat.home, 1999)
    Calculation.objects.all().delete()
    assert (is_behind(sat.home, 1999), is_behind(sat.home, YEAR), is_behind(sat.home, None)) == (False, True, True)


def test_a_year_whose_values_wait_is_awaited_and_another_is_not(department, sat):
    Procedure.objects.filter(year=YEAR).update(values_state=Procedure.Values.STALE)
    assert (is_behind(sat.home, YEAR), is_behind(sat.home, 1999)) == (True, False)


def test_the_slider_gets_the_list_alone(department):
    part = {"HX-Request": "true", "HX-Target": "support"}
    answer = department.get(f"{reverse('analysis:support')}?min_n=5", headers=part)
    assert 'id="support"' in answer.content.decode()
    assert 'id="support-headline"' in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_a_region_sees_all_its_municipalities_and_a_department_its_own(sat, department):
    ministry = client_of("region", sat.region)
    assert set(listed(ministry)) == {"Слабая школа", "Чужая школа"}
    assert DISTRICT in support(ministry)
    assert "Чужая школа" not in support(department)
    assert listed(ministry, f"?territory={sat.home.pk}") == ["Слабая школа"]


def test_a_school_has_no_list_and_no_way_to_it(sat):
    director = client_of("school", school(WEAK))
    assert director.get(reverse("analysis:support")).status_code == 403
    assert reverse("analysis:support") not in words(director.get(reverse("cycles:overview")))


@pytest.mark.parametrize("role", ["methodist", "curator", "region"])
def test_who_reads_the_list_without_deciding_gets_no_buttons(sat, role):
    reader = client_of(role, sat.region if role == "region" else sat.home)
    assert listed(reader)[0] == "Слабая школа"
    assert "Подтвердить" not in support(reader)


def test_who_came_and_who_left_since_last_year_is_told_by_name(region):
    sit({GOOD: (40, 30), WEAK: (40, 30), CHANCE: (40, 30)}, YEAR - 1)
    sit({GOOD: (40, 1), WEAK: (40, 30), SMALL: (40, 35)})
    reader = client_of("department", region.home)
    page = reader.get(reverse("analysis:support")).context["page"]
    assert [one.name for one in page.change.came] == [LONG]
    assert [one.name for one in page.change.left] == ["Хорошая школа"]
    assert [one.name for one in page.change.unknown] == ["Школа случая"]
    said = support(reader)
    assert f"По сравнению с {YEAR - 1} годом вошла 1 школа, вышла 1 школа и о 1 данных больше нет." in said
    assert "Были в списке, теперь данных нет" in said
    assert "Список по годам" in said


def test_without_the_year_before_nothing_is_compared(department):
    assert f"Сравнить с {YEAR - 1} годом нельзя" in support(department)


def test_the_year_of_the_address_is_shown(region):
    sit({GOOD: (40, 30)}, YEAR - 1)
    sit({WEAK: (40, 30)})
    reader = client_of("department", region.home)
    assert listed(reader, f"?year={YEAR - 1}") == ["Хорошая школа"]
    assert listed(reader) == ["Слабая школа"]


def test_the_official_list_stands_beside_with_the_agreement(sat, department):
    official(WEAK, GOOD, FOREIGN)
    said = support(department)
    assert f"Официальный перечень {YEAR} года — 2 школы: в обоих — 1 и только там — 1." in said
    assert "Хорошая школа: сказано в перечне." in said
    lines = {line.school.name: bool(line.official) for line in department.get("/support/").context["page"].lines}
    assert lines == {"Слабая школа": True, "Хорошая школа": True, "Школа случая": False}
    assert "Школа не найдена: «Другая школа»" in said


def test_an_official_list_of_another_municipality_says_nothing_here(sat, department):
    official(FOREIGN)
    assert "Официальный перечень" not in support(department)
    assert "Официальный перечень" in support(client_of("region", sat.region))


def official(*logins: str) -> None:
    """An official list of the year that has these schools and one that nobody knows."""
    run = MethodRun.objects.get(method=OFFICIAL, calculation__year=YEAR)
    run.of_territory = {"listed": len(logins), "unknown": 1}
    run.not_computed = [{"organisation": None, "procedure": None, "reason": "школа не найдена: «Другая школа»"}]
    run.save()
    for login in logins:
        one = school(login)
        Figure.objects.create(
            method=OFFICIAL, year=YEAR, organisation=one, run=run, sentence=f"{one.name}: сказано в перечне."
        )


def test_without_an_official_list_nothing_is_said_of_it(department):
    assert "Официальный перечень" not in support(department)


def test_schools_of_which_the_list_says_nothing_are_named_with_the_reason(department):
    said = support(department)
    assert "О ком список не говорит: 1 школа" in said
    assert "больше всего — 6 участников" in said


def test_the_picture_shows_the_procedure_asked_for(department):
    page = department.get(reverse("analysis:support")).context["page"]
    first, second = page.procedures
    for procedure in (first, second):
        answer = department.get(f"{reverse('analysis:support')}?procedure={procedure.pk}")
        assert answer.context["page"].procedure == procedure
        assert "Серое поле" in answer.content.decode()


@pytest.mark.parametrize("name", ["funnel", "years"])
def test_pictures_are_taken_away(region, name):
    sit(SAT, YEAR - 1)
    sit(SAT)
    answer = client_of("department", region.home).get(f"/support/?picture={name}&format=svg")
    assert answer.headers["Content-Type"] == "image/svg+xml"


def test_the_list_is_taken_away_with_decisions(department):
    answer = department.get(f"{reverse('analysis:support')}?format=csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:3] == ["Школа", "Вывод", "Почему"]
    assert rows[0][-4:] == ["Решение", "Причина", "Кто решил", "Когда"]
    assert rows[1][:2] == ["Слабая школа", "устойчиво"]
    assert rows[1][-4] == "новый"
    assert department.get("/support/?format=xlsx").headers["Content-Disposition"].endswith(".xlsx")
    assert department.get("/support/?format=csv&table=unknown").status_code == 200
    assert department.get("/support/?format=csv&table=nonsense").status_code == 404


def test_an_order_of_the_address_is_kept(department):
    names = re.compile(r'<th scope="row">.*?data-panel>([^<]+)<')
    ordered = names.findall(support(department, "?list-sort=school"))
    assert ordered == ["Слабая школа", "Школа случая"]
    assert names.findall(support(department, "?list-sort=-school")) == ordered[::-1]


def test_before_any_protocol_the_page_says_what_will_be_here(region):
    said = support(client_of("department", region.home))
    assert "Здесь будет список школ с низкими результатами" in said
    assert reverse("collection:data") in said


def test_values_without_findings_are_said_to_be_counted_yet(sat):
    Calculation.objects.all().delete()
    assert "Выводы ещё считаются" in support(client_of("department", sat.home))


def test_changed_parameters_are_told_as_being_counted(sat, department):
    assert "считаются заново" not in support(department)
    set_parameters(definitions().methods["low_results.posterior"], sat.home, {"min_n": 5}, "приказ № 1", None)
    assert "считаются заново" in support(department)
    state = f"{reverse('analysis:findings_state')}?territory={sat.home.pk}&year={YEAR}"
    assert "считаются заново" in words(department.get(state))
    calculated()
    assert department.get(state).headers["HX-Refresh"] == "true"
    assert "считаются заново" not in support(department)


def test_own_parameters_of_a_municipality_are_marked_and_told_to_the_region(sat, department):
    set_parameters(definitions().methods["low_results.posterior"], sat.home, {"min_n": 5}, "приказ № 1", None)
    calculated()
    assert listed(department) == ["Слабая школа", LONG]
    assert "своё значение" in support(department)
    assert f"Свои значения у муниципалитетов: {DISTRICT}." in support(client_of("region", sat.region))


def test_a_failed_method_keeps_the_old_list_and_says_so(department):
    MethodRun.objects.filter(method="low_results.posterior").update(failure="ZeroDivisionError")
    said = support(department)
    assert "Методика в этот раз не посчиталась" in said
    assert listed(department) == ["Слабая школа"]


def test_a_year_without_the_list_s_procedures_says_so(sat, department):
    MethodRun.objects.filter(method="low_results.posterior").update(procedures=[])
    assert "нет ни одной процедуры из тех, что учитывает правило" in support(department, f"?year={YEAR}")


def test_a_long_name_is_shown_whole(department):
    assert LONG in support(department, "?min_n=1")
