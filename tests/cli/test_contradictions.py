"""`msoko contradictions`: over files that are not accepted, and over all that is."""

import json
from pathlib import Path

import pytest

from msoko.core.collection.layouts import template
from msoko.core.definitions.loading import Definitions
from tests.cli.conftest import Call
from tests.core.collection.readers.books import xlsx
from tests.core.collection.readers.test_district_summary import form

KEYS = {"rule", "severity", "places", "stated", "recomputed", "tolerance", "arithmetic", "sentence"}
PLACE = {"document", "table", "sheet", "row", "label", "column", "value", "year"}
WRONG = {"title": "Доля сдавших ЕГЭ", "document": "справка", "rows": [{"subject": "Физика", "n": 20, "fail_pct": 12.0}]}


def written(folder: Path, name: str, said: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(said.encode() if isinstance(said, str) else said)
    return path


@pytest.fixture
def summary(tmp_path: Path) -> Path:
    rows = ({"participants": "41", "two": 1, "three": 9, "four": 20, "five": 10}, {"year": "2024", "failed": "44"})
    return written(tmp_path, "сводка.xlsx", xlsx(form(*rows)))


def test_tables_of_json_are_checked_and_told_with_every_key(msoko: Call, tmp_path: Path) -> None:
    file = written(tmp_path, "таблицы.json", json.dumps({"tables": [WRONG]}, ensure_ascii=False))
    answer = msoko("contradictions", file, "--json")
    assert answer.code == 0
    (found,) = answer.data["contradictions"]
    assert set(found) == KEYS
    assert (found["rule"], found["severity"]) == ("percent_possible", "firm")
    assert [set(place) for place in found["places"]] == [PLACE, PLACE]
    assert [place["column"] for place in found["places"]] == ["fail_pct", "n"]


def test_a_file_in_the_form_of_the_system_is_read_without_accepting(msoko: Call, summary: Path) -> None:
    found = msoko("contradictions", summary, "--json").data["contradictions"]
    assert {one["rule"] for one in found} == {"parts_sum", "part_above_whole"}
    assert {place["row"] for one in found for place in one["places"]} == {2, 3}
    assert msoko("contradictions", "--json").data == {"tables": 0, "contradictions": [], "not_read": []}


def test_a_sheet_of_no_known_form_is_read_by_its_headers(msoko: Call, tmp_path: Path) -> None:
    rows = [["Результаты ОГЭ в 2024 году"], ["Школа", "Сдавали", "«2»", "«3»", "«4»", "«5»"]]
    rows += [["СОШ № 1", 20, 1, 9, 8, 2], ["СОШ № 2", 10, 0, 4, 4, 2], ["Итого", 31, 1, 13, 12, 4]]
    found = msoko("contradictions", written(tmp_path, "своя.xlsx", xlsx(rows)), "--json").data["contradictions"]
    assert {(one["rule"], one["severity"]) for one in found} == {("total_row", "firm"), ("parts_sum", "firm")}


def test_accepted_batches_are_checked_and_a_year_may_be_chosen(msoko: Call, summary: Path) -> None:
    assert msoko("import", summary, "--accept").code == 0
    rules = {
        year: [one["rule"] for one in msoko("contradictions", *year, "--json").data["contradictions"]]
        for year in ((), ("--year", "2024"), ("--year", "2025"), ("--year", "2023"))
    }
    assert rules == {
        (): ["parts_sum", "part_above_whole"],
        ("--year", "2024"): ["part_above_whole"],
        ("--year", "2025"): ["parts_sum"],
        ("--year", "2023"): [],
    }


def test_a_withdrawn_batch_contradicts_nothing(msoko: Call, summary: Path) -> None:
    from msoko.web.collection.models import Batch
    from msoko.web.collection.services import withdraw

    msoko("import", summary, "--accept")
    withdraw(Batch.objects.get(), None, "проверка")
    assert msoko("contradictions", "--json").data["contradictions"] == []


def test_a_file_that_cannot_be_read_is_refused_by_name_and_the_others_are_checked(
    msoko: Call, summary: Path, tmp_path: Path
) -> None:
    odd = written(tmp_path, "слова.txt", "Здесь нет таблиц.\n")
    answer = msoko("contradictions", summary, odd, "--json")
    assert answer.code == 1
    assert len(answer.data["contradictions"]) == 2
    assert answer.data["not_read"] == [{"file": str(odd), "reason": "в файле нет таблиц с числами"}]
    assert "слова.txt" in answer.err


@pytest.mark.parametrize("words", [("нет.json",), ("--set", "growth_factor"), ("--set", "нет=1")])
def test_a_wrong_call_is_told_as_such(msoko: Call, words: tuple[str, ...]) -> None:
    assert msoko("contradictions", *words, "--json").code == 2


def test_a_parameter_may_be_set_for_one_run(msoko: Call, tmp_path: Path) -> None:
    table = {"title": "Участники", "rows": [{"measure": "Участники олимпиады", "2023": 100, "2024": 420}]}
    file = written(tmp_path, "таблицы.json", json.dumps({"tables": [table]}))
    grown = [
        msoko("contradictions", file, *more, "--json").data["contradictions"]
        for more in ((), ("--set", "growth_factor=5"))
    ]
    assert [[one["rule"] for one in found] for found in grown] == [["growth"], []]


def test_a_person_reads_sentences_and_places(msoko: Call, summary: Path) -> None:
    said = msoko("contradictions", summary).out
    assert said.startswith("числа не сходятся\tМатематика, ОГЭ, 2025")
    assert "Участников = 41" in said


def test_the_empty_form_has_nothing_to_check(msoko: Call, tmp_path: Path) -> None:
    empty = written(tmp_path, "форма.xlsx", template(Definitions.load().layouts["district_summary"]))
    answer = msoko("contradictions", empty, "--json")
    assert (answer.code, answer.data["contradictions"]) == (1, [])
