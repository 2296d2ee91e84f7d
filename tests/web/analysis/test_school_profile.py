"""A school's profile: findings, what can be expected, how similar schools do, and what its own people see."""

import pytest
from django.test import Client
from django.urls import reverse

from msoko.core.vocabulary.unknowns import Unknown
from msoko.web.analysis.models import Figure
from tests.web.analysis.lists import YEAR, Region, client_of, region_of, sit, words
from tests.web.analysis.schools import calculated, school

pytestmark = pytest.mark.django_db
WEAK, GOOD, OTHERS = "sch990001", "sch990003", ("sch990004", "sch990005", "sch990006")


@pytest.fixture
def sat() -> Region:
    region = region_of({WEAK: "Слабая школа", GOOD: "Хорошая школа", **{one: f"Школа {one}" for one in OTHERS}}, {})
    sit({WEAK: (40, 30), GOOD: (40, 2), **dict.fromkeys(OTHERS, (20, 5))})
    calculated()
    return region


def profile(client: Client, login: str = WEAK) -> str:
    answer = client.get(reverse("analysis:school", args=[school(login).pk]))
    assert answer.status_code == 200
    return words(answer)


def expectation(login: str, actual: float, expected: float) -> None:
    """A figure as the method stores it."""
    said = {"actual": actual, "expected": expected, "low": actual - expected - 5, "high": actual - expected + 5}
    Figure.objects.create(
        method="context.expectation",
        year=YEAR,
        organisation=school(login),
        statistic={**said, "pupils": 40},
        sentence=f"Результат {actual} при ожидаемых {expected}.",
    )


def similar(login: str, *others: str) -> None:
    nearest = [{"organisation": school(one).pk, "name": school(one).name, "distance": 0.1} for one in others]
    Figure.objects.create(
        method="context.similar", year=YEAR, organisation=school(login), statistic={"nearest": nearest}, sentence="."
    )


def test_the_profile_says_what_is_found_and_how_sure_it_is(sat: Region) -> None:
    said = profile(client_of("department", sat.home))
    assert "Не справились 75 % (30 из 40;" in said
    assert "устойчиво" in said
    assert "Вывод и сигнал — повод проверить, а не нарушение." in said


def test_a_school_of_which_nothing_is_found_is_told_so(sat: Region) -> None:
    assert "ни одна методика школу не отметила" in profile(client_of("department", sat.home), GOOD)


def test_without_passports_the_expectation_is_named_as_missing(sat: Region) -> None:
    said = profile(client_of("department", sat.home))
    assert "Ожидаемый результат не посчитан: нужны социальные паспорта" in said
    assert "Похожие школы не подобраны: нет социального паспорта." in said


def test_the_department_sees_every_school_against_its_expectation_and_a_school_only_itself(sat: Region) -> None:
    for login in (WEAK, GOOD):
        expectation(login, 40.0, 60.0)
    for role, place, names in (
        ("department", sat.home, {"Слабая школа", "Хорошая школа"}),
        ("school", school(WEAK), {"Слабая школа"}),
    ):
        answer = client_of(role, place).get(reverse("analysis:school", args=[school(WEAK).pk]))
        table = answer.context["expected_picture"].data_table
        assert {row.cells["name"] for row in table.lines} == names


def test_similar_schools_are_told_together_and_never_one_by_one(sat: Region) -> None:
    client, address = client_of("department", sat.home), reverse("analysis:school", args=[school(WEAK).pk])
    similar(WEAK, *OTHERS)
    # Of twenty in each of three schools fifteen have two points of six, and five have none.
    rows = client.get(address).context["results_table"].lines
    assert {round(row.cells["similar"], 6) for row in rows} == {100 * 15 * 2 / (20 * 6)}
    Figure.objects.filter(method="context.similar").delete()
    similar(WEAK, *OTHERS[:2])
    rows = client.get(address).context["results_table"].lines
    assert {row.cells["similar"] for row in rows} == {Unknown.MISSING}


def test_a_school_s_own_people_learn_only_the_names_of_similar_schools(sat: Region) -> None:
    similar(WEAK, *OTHERS)
    said = profile(client_of("school", school(WEAK)))
    assert "Школа sch990004" in said
    assert reverse("analysis:school", args=[school("sch990004").pk]) not in said


def test_a_school_without_results_is_offered_the_next_step(sat: Region) -> None:
    region_of({"sch990077": "Пустая школа"}, {})
    assert "Результатов этой школы нет" in profile(client_of("department", sat.home), "sch990077")


def test_tables_of_the_profile_can_be_taken_away(sat: Region) -> None:
    client, address = client_of("department", sat.home), reverse("analysis:school", args=[school(WEAK).pk])
    assert client.get(address + "?format=csv").status_code == 200
    assert client.get(address + "?format=xlsx&table=results").status_code == 200
    assert client.get(address + "?format=xlsx&table=tasks").status_code in (200, 404)
