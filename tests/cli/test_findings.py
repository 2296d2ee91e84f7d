"""`msoko findings` and `msoko methods`: the stable contract of their answers."""

import pytest

from msoko.web.people.models import Kind
from msoko.web.people.services.tree import ensure_territory, transplant
from tests.cli.conftest import Call
from tests.web.analysis.schools import DISTRICT, GOOD, LOW, MATHS_4, MATHS_5, OTHER, district, pupils, school, written

SHARE_30 = ("findings", "--method", "low_results.share_30", "--year", "2022", "--json")
ANY = ("--set", "procedures=any")
ANSWER = {"method", "version", "parameters", "procedures", "findings", "few_data", "not_computed"}
FINDING = {"organisation", "about", "verdict", "statistic", "interval", "inputs", "sentence"}


@pytest.fixture
def low(msoko: Call) -> Call:
    """A low school, a good one, and one of eight participants of the neighbouring municipality."""
    district()
    for name in (MATHS_4, MATHS_5):
        written(name, pupils(LOW, 12, 8), pupils(GOOD, 1, 19), pupils(OTHER, 6, 2))
    return msoko


def logins(told: list[dict]) -> list[str]:
    return [login for one in told for login in one["organisation"]["logins"]]


def test_the_answer_has_every_key_of_the_contract(low: Call) -> None:
    said = low(*SHARE_30, *ANY).data
    assert said.keys() >= ANSWER
    assert [set(one) for one in said["procedures"]] == [{"procedure", "eligible", "flagged", "reference"}] * 2
    (finding,) = said["findings"]
    assert set(finding) == FINDING
    assert finding["verdict"] == "устойчиво"
    assert finding["organisation"] == school(LOW).as_json()
    assert finding["interval"][0] < 60 < finding["interval"][1]
    assert {one["procedure"] for one in finding["inputs"]} == {one["procedure"]["id"] for one in said["procedures"]}


def test_the_rule_counts_what_it_is_told_to_count(low: Call) -> None:
    at_ten, at_five = (low(*SHARE_30, *ANY, "--set", f"min_n={n}").data for n in (10, 5))
    assert (logins(at_ten["findings"]), logins(at_ten["few_data"])) == ([LOW], [OTHER])
    assert (sorted(logins(at_five["findings"])), at_five["few_data"]) == ([LOW, OTHER], [])
    assert [one["eligible"] for one in at_ten["procedures"]] == [2, 2]
    assert [one["eligible"] for one in at_five["procedures"]] == [3, 3]
    assert logins(at_ten["not_computed"]) == [OTHER]
    assert "8\u00a0участников" in at_ten["not_computed"][0]["reason"]


def test_by_default_only_the_procedures_of_the_definition_count(low: Call) -> None:
    said = low(*SHARE_30).data
    assert [one["procedure"]["grade"] for one in said["procedures"]] == [5]
    assert said["findings"] == []


def test_grade_subject_and_organisation_narrow_the_answer(low: Call) -> None:
    assert [one["procedure"]["grade"] for one in low(*SHARE_30, *ANY, "--grade", "4").data["procedures"]] == [4]
    assert low(*SHARE_30, *ANY, "--subject", "русский").data["procedures"] == []
    for here, there in ((DISTRICT, "город Заречный"), (LOW, OTHER), (school(LOW).pk, school(OTHER).pk)):
        assert logins(low(*SHARE_30, *ANY, "--set", "min_n=5", "--organisation", here).data["findings"]) == [LOW]
        assert logins(low(*SHARE_30, *ANY, "--set", "min_n=5", "--organisation", there).data["findings"]) == [OTHER]


def test_an_empty_home_and_a_question_about_nothing_get_a_reason(msoko: Call) -> None:
    nothing = msoko(*SHARE_30).data
    assert [one["reason"] for one in nothing["not_computed"]] == ["в системе нет ни одной школы"]
    district()
    written(MATHS_5, pupils(LOW, 12, 8), pupils(GOOD, 1, 19))
    of_eleven = ("findings", "--method", "objectivity.bunching", "--year", "2022", "--grade", "11", "--json")
    said = msoko(*of_eleven).data
    assert (said["findings"], said["procedures"]) == ([], [])
    assert [one["reason"] for one in said["not_computed"]] == [
        "за 2022\u00a0г. в\u00a0системе нет того, о\u00a0чём спрошено и\u00a0что считает методика"
    ]


def test_a_school_of_no_region_is_answered_of(msoko: Call) -> None:
    district()
    moved = school(LOW)
    moved.parent = ensure_territory(Kind.MUNICIPALITY, "Отдельный район")
    transplant([moved])
    for name in (MATHS_4, MATHS_5):
        written(name, pupils(LOW, 12, 8), pupils(GOOD, 1, 19))
    for asked in ((), ("--organisation", LOW), ("--organisation", "Отдельный район"), ("--organisation", "Россия")):
        assert logins(msoko(*SHARE_30, *ANY, *asked).data["findings"]) == [LOW]
    assert logins(msoko(*SHARE_30, *ANY, "--organisation", GOOD).data["findings"]) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--set", "min_n"), "не «имя=значение»"),
        (("--set", "min_n=много"), "нужно: целое число"),
        (("--set", "foo=1"), "нет параметра «foo»"),
        (("--set", "procedures=vpr/астрология"), "не известен"),
        (("--set", "score=both"), "items, printed"),
        (("--organisation", "Нигде"), "не известна"),
        (("--organisation", ""), "не известна"),
        (("--subject", "астрология"), "Неизвестный предмет"),
    ],
)
def test_a_wrong_word_is_told_and_nothing_is_answered(low: Call, words: tuple[str, ...], said: str) -> None:
    answer = low(*SHARE_30, *words)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err


def test_an_unknown_method_is_told_with_those_that_are_there(msoko: Call) -> None:
    answer = msoko("findings", "--method", "low_results.guess", "--year", "2022", "--json")
    assert answer.code == 2
    assert "low_results.share_30" in answer.err


def test_a_year_without_results_gives_an_empty_answer_and_no_error(low: Call) -> None:
    said = low("findings", "--method", "low_results.share_30", "--year", "1999", "--json").data
    assert (said["procedures"], said["findings"]) == ([], [])


def test_without_json_a_person_reads_schools_verdicts_and_sentences(low: Call) -> None:
    answer = low(*SHARE_30[:-1], *ANY)
    assert "Школа 1\tустойчиво\tНе справились 60\u00a0%" in answer.out


def test_every_method_is_listed_with_its_source_and_parameters(msoko: Call) -> None:
    methods = {one["method"]: one for one in msoko("methods", "--json").data["methods"]}
    share_30 = methods["low_results.share_30"]
    assert share_30["source"]["scope"] == "regional"
    parameters = {one["name"]: one["value"] for one in share_30["parameters"]}
    assert (parameters["threshold"], parameters["min_n"], parameters["score"]) == (30, 10, "items")
    assert all(one["does_not_tell"] and one["rule"] for one in methods.values())


def test_a_value_of_the_folder_that_cannot_be_is_told_where_methods_are_listed(msoko: Call, settings, tmp_path) -> None:
    settings.DEFINITIONS_FOLDER = tmp_path
    path = tmp_path / "method_settings" / "low_results" / "share_30.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("set: {min_n: -5}\nwhy: Проверка.\nsource: Тест.\n", encoding="utf-8")
    answer = msoko("methods", "--json")
    assert answer.code == 1
    assert "нужно число от 1, а сказано «-5»" in answer.err
