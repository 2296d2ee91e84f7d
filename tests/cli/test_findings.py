"""`msoko findings` and `msoko methods`: the stable contract of their answers."""

import pytest

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


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--set", "min_n"), "не «имя=значение»"),
        (("--set", "min_n=много"), "нужно: целое число"),
        (("--set", "foo=1"), "нет параметра «foo»"),
        (("--set", "procedures=vpr/астрология"), "не известен"),
        (("--set", "score=both"), "items, printed"),
        (("--organisation", "Нигде"), "не известна"),
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
