"""The hand-made list of contradictions of five real programmes against what the rules find in their tables.

The list and the tables are those of `gold/` beside the real files. Every contradiction that tables alone can show has
a test of its id; of the others it is said why a table cannot show them.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from msoko.core.analysis.contradictions import Contradiction, Severity, StatedTable, find
from msoko.core.analysis.contradictions.from_json import tables_of_json
from msoko.core.analysis.contradictions.from_sheets import tables_of_text
from msoko.core.definitions.loading import Definitions
from msoko.core.vocabulary.russian import number

PROSE = "одно из чисел или само утверждение стоит в тексте, а не в таблице"
NOT_NUMBERS = "сроки, номера, названия или содержание строк, а не числа таблиц"
FOUND = {
    *("000-03", "000-05", "000-07", "000-08", "000-09", "000-10", "000-12", "000-16"),
    *("001-03", "001-06", "001-07", "001-08", "001-09", "001-10", "001-14"),
}
LEFT = {
    PROSE: {
        *("000-01", "000-02", "000-04", "000-06", "000-11", "000-13", "000-14", "000-17", "000-18", "000-19", "000-20"),
        *("000-21", "000-22", "001-01", "001-02", "001-11", "001-12", "001-13", "001-16", "001-18", "002-12", "003-01"),
        *("003-05", "003-06"),
    },
    "не сказано, из каких чисел считается показатель: пересчитать нечего": {"000-15"},
    NOT_NUMBERS: {
        *("000-23", "000-24", "000-25", "000-26", "000-27", "001-04", "001-05", "001-15", "001-17", "001-19"),
        *("002-01", "002-02", "002-03", "002-04", "002-05", "002-06", "002-07", "002-08", "002-09", "002-10", "002-11"),
        *("002-13", "003-02", "003-03", "003-04", "003-07", "003-08"),
        *("004-01", "004-02", "004-03", "004-04", "004-05"),
    },
}


@pytest.fixture(scope="module")
def gold(real_files: Path) -> str:
    return (real_files / "gold" / "tables.json").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def tables(gold: str) -> list[StatedTable]:
    return tables_of_json(gold, "gold", Definitions.load())


@pytest.fixture(scope="module")
def found(tables: list[StatedTable]) -> list[Contradiction]:
    return find(tables)


def of_rule(found: Sequence[Contradiction], document: str, rule: str, *labels: str) -> list[Contradiction]:
    """What the rule says of the document in whose places all the labels stand."""
    return [
        one
        for one in found
        if one.rule == rule
        and {place.document for place in one.places} == {document}
        and all(any(label in place.label for place in one.places) for label in labels)
    ]


def the_only(found: Sequence[Contradiction]) -> Contradiction:
    (one,) = found
    assert len(one.places) > 1
    return one


def columns_of(one: Contradiction) -> set[str]:
    return {place.column for place in one.places}


def test_every_id_of_the_list_is_either_found_or_left_with_a_reason(gold: str) -> None:
    ids = [one["id"] for one in json.loads(gold)["inconsistencies"]]
    left = [one for group in LEFT.values() for one in group]
    assert sorted([*FOUND, *left]) == sorted(ids)


def test_000_03_two_subjects_have_the_same_means(found: list[Contradiction]) -> None:
    one = the_only(of_rule(found, "000", "same_rows", "Русский язык", "Обществознание"))
    assert one.severity is Severity.SUSPICIOUS


def test_000_05_literature_was_chosen_by_fewer_than_were_marked(found: list[Contradiction]) -> None:
    one = the_only(of_rule(found, "000", "two_tables", "Литература"))
    assert one.severity is Severity.FIRM
    assert len({place.table for place in one.places}) == 2


def test_000_07_mathematics_and_russian_have_different_totals(found: list[Contradiction]) -> None:
    one = the_only(of_rule(found, "000", "obligatory_subjects", "Математика", "Русский язык"))
    assert one.severity is Severity.SUSPICIOUS
    assert int(one.stated) - int(one.recomputed) == 1


def test_000_08_a_per_cent_of_mathematics_is_not_that_of_its_count(found: list[Contradiction]) -> None:
    one = the_only(of_rule(found, "000", "percent_of_count", "Математика"))
    assert one.severity is Severity.FIRM
    assert one.places[0].column == "p4"
    assert of_rule(found, "000", "percents_sum", "Математика")


def test_000_09_four_per_cents_are_rounded_so_that_they_make_100(found: list[Contradiction]) -> None:
    rounding = [one for one in of_rule(found, "000", "percent_of_count") if one.severity is Severity.ROUNDING]
    where = {(one.places[0].label, one.places[0].column) for one in rounding}
    assert where == {("Физика", "p5"), ("Химия", "p4"), ("Информатика и ИКТ", "p4"), ("География", "p3")}


def test_000_10_the_share_of_english_is_cut_off(found: list[Contradiction]) -> None:
    one = the_only(of_rule(found, "000", "common_denominator"))
    assert (one.severity, one.places[0].label) == (Severity.ROUNDING, "Английский язык")


def test_000_12_three_shares_of_chemistry_make_101(found: list[Contradiction]) -> None:
    """Rounding can do that, so that it is not called firm; but no other row of the table is off."""
    one = the_only(of_rule(found, "000", "percents_sum", "Химия, 11"))
    assert one.severity is Severity.SUSPICIOUS
    assert int(one.stated) == int(one.recomputed) + 1


def test_000_16_categories_of_teachers_as_people_and_as_per_cents(found: list[Contradiction]) -> None:
    for measure in ("первая категория", "высшая категория"):
        one = the_only([one for one in of_rule(found, "000", "two_units") if measure in one.places[0].label])
        assert one.severity is Severity.FIRM


def test_001_03_three_years_are_the_same(found: list[Contradiction]) -> None:
    one = the_only(of_rule(found, "001", "same_years"))
    assert one.severity is Severity.SUSPICIOUS
    assert len({place.label for place in one.places}) == 3
    assert len(columns_of(one)) == 3


def test_001_06_fewer_sat_the_obligatory_subject_than_graduated(found: list[Contradiction]) -> None:
    assert the_only(_graduates(found, "ОГЭ", "2018")).severity is Severity.SUSPICIOUS


def test_001_07_more_sat_russian_than_graduated_and_in_another_year_far_fewer(found: list[Contradiction]) -> None:
    """ЕГЭ is open to graduates of earlier years: it is not called firm."""
    more, fewer = the_only(_graduates(found, "ЕГЭ", "2018")), the_only(_graduates(found, "ЕГЭ", "2020"))
    assert (more.severity, fewer.severity) == (Severity.SUSPICIOUS, Severity.SUSPICIOUS)
    assert int(more.stated) > int(more.recomputed)
    assert int(fewer.stated) < int(fewer.recomputed)


def _graduates(found: list[Contradiction], exam: str, year: str) -> list[Contradiction]:
    return [one for one in of_rule(found, "001", "graduates") if exam in one.sentence and year in one.sentence]


def test_001_08_more_subjects_of_choice_were_sat_than_two_each(found: list[Contradiction]) -> None:
    one = the_only([one for one in of_rule(found, "001", "electives") if "2019" in one.sentence])
    assert one.severity is Severity.FIRM
    grown = the_only(of_rule(found, "001", "growth"))
    assert "История с XX" in grown.places[0].label


def test_001_09_fewer_subjects_of_choice_were_sat_than_two_each(found: list[Contradiction]) -> None:
    one = the_only([one for one in of_rule(found, "001", "electives") if "2018" in one.sentence])
    assert one.severity is Severity.SUSPICIOUS


def test_001_10_both_levels_of_mathematics_are_more_than_sat_russian(found: list[Contradiction]) -> None:
    one = the_only(of_rule(found, "001", "maths_levels"))
    assert one.severity is Severity.SUSPICIOUS
    assert columns_of(one) == {"participants_2018"}


def test_001_14_means_are_rounded_to_whole_marks(found: list[Contradiction]) -> None:
    one = the_only([one for one in of_rule(found, "001", "whole_means") if "avg_2018" in columns_of(one)])
    assert one.severity is Severity.SUSPICIOUS
    assert columns_of(one) == {"avg_2018", "avg_2019"}


def test_firm_contradictions_are_those_of_the_list_and_no_others(found: list[Contradiction]) -> None:
    firm = [(one.places[0].document, one.rule) for one in found if one.severity is Severity.FIRM]
    assert sorted(firm) == [
        ("000", "percent_of_count"),  # 000-08
        ("000", "two_tables"),  # 000-05
        ("000", "two_units"),  # 000-16
        ("000", "two_units"),  # 000-16
        ("001", "electives"),  # 001-08
    ]


def test_000_06_would_be_found_if_the_number_of_the_text_stood_in_a_table(gold: str, tables: list[StatedTable]) -> None:
    told = next(one["text"] for one in json.loads(gold)["inconsistencies"] if one["id"] == "000-06")
    sat = re.search(r"Сдали ОГЭ (\d+)", told)
    assert sat
    exams = {
        "title": "Количество участников ОГЭ",
        "document": "000",
        "year": 2022,
        "rows": [{"grade": 9, "n": int(sat[1])}],
    }
    added = tables_of_json(json.dumps({"tables": [exams]}, ensure_ascii=False), "gold", Definitions.load())
    shares = [table for table in tables if table.is_choice]
    one = the_only(
        [one for one in find([*shares, *added]) if one.severity is Severity.SUSPICIOUS and "названо" in one.sentence]
    )
    assert one.stated == sat[1]
    assert one.recomputed == number(_marks_of_russian(gold))


def _marks_of_russian(gold: str) -> int:
    marks = next(table for table in json.loads(gold)["tables"] if table["id"] == "000-oge-marks")
    row = next(row for row in marks["rows"] if row["subject"] == "Русский язык")
    return sum(row[f"n{mark}"] for mark in (2, 3, 4, 5))


def test_the_same_is_found_in_the_documents_as_they_came(real_files: Path, found: list[Contradiction]) -> None:
    """Tables are recognised among the text by their Russian headers; sums are those of the tables made by hand."""
    definitions = Definitions.load()
    seeds = [sorted((real_files / "seeds").glob(f"{name}_*.txt"))[0] for name in ("000", "001")]
    typed = [replace(table, scope=file.name) for file in seeds for table in _tables_of(file, definitions)]
    in_documents = {(one.rule, one.stated, one.recomputed) for one in find(typed)}
    wanted = ("two_tables", "percent_of_count", "obligatory_subjects", "electives", "same_rows", "common_denominator")
    assert {(one.rule, one.stated, one.recomputed) for one in found if one.rule in wanted} <= in_documents


def _tables_of(file: Path, definitions: Definitions) -> list[StatedTable]:
    return tables_of_text(file.read_text(encoding="utf-8"), definitions, file.name)
