"""Rows of pupil-level ВПР files with every kind of dirt: each gets a status, nothing stops the file."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msoko.core.collection import judge
from msoko.core.definitions.loading import Definitions
from msoko.core.facts.schema import pupil_schema
from tests.core.collection.made_up import (
    CELLS,
    SCORES,
    codes,
    complaint,
    counts,
    file_2020,
    file_2021,
    judged,
    one,
    pupil_2020,
    pupil_2021,
    reading,
    row_of,
    xlsx,
)


def test_a_clean_row_is_valid_and_says_all_it_knows() -> None:
    assessed = one()
    assert counts(assessed) == {"valid": 1}
    row = row_of(assessed)
    expected = {
        "login": "sch990001",
        "code": "50001",
        "class_name": "А",
        "sex": "м",
        "journal_mark": 4,
        "row_number": 2,
    }
    assert expected.items() <= row.items()
    assert (row["printed_total"], row["items_total"], row["in_printed"], row["in_items"]) == (10, 10, True, True)
    assert [row[f"item_{n}"] for n in range(1, 9)] == SCORES
    assert codes(assessed) == {"maxima_by_work"}


def test_the_table_has_the_columns_of_the_schema_of_facts() -> None:
    table = one().table
    schema = pupil_schema(8)
    assert table.schema.names == schema.names
    assert table.schema.types == schema.types


@pytest.mark.parametrize("cell", ["X", "x", "Х", "х", " X", "-", "–", "—", "не пройд.", "Не пройдено", "", None])
def test_what_was_not_attempted_brings_nothing_and_is_not_zero(cell: object) -> None:
    assessed = one([cell, *SCORES[1:]], total=8)
    row = row_of(assessed)
    assert row["item_1"] is None
    assert (row["items_total"], row["in_items"]) == (8, True)


@pytest.mark.parametrize("cell", [2, 2.0, "2", "2.0", "2,0", " 2\u00a0"])
def test_a_score_is_the_same_however_it_is_written(cell: object) -> None:
    assert row_of(one([cell, *SCORES[1:]]))["item_1"] == 2


@pytest.mark.parametrize("cell", ["-1", "H", "?", "ж", "отсутствовал", "1.5", True, "9" * 5000])
def test_an_unreadable_score_leaves_the_row_out_of_item_scores_only(cell: object) -> None:
    assessed = one([cell, *SCORES[1:]], total=8)
    row = row_of(assessed)
    assert (row["item_1"], row["in_items"], row["in_printed"]) == (None, False, True)
    told = complaint(assessed, "unreadable_item")
    assert (told.level, told.count, told.places[0].row, told.places[0].column) == ("WARNING", 1, 2, "балл за 1")
    assert told.advice


def test_a_score_above_its_maximum_leaves_the_row_out_of_item_scores() -> None:
    assessed = one([3, *SCORES[1:]], total=11)
    assert not row_of(assessed)["in_items"]
    assert complaint(assessed, "item_above_max").places[0].value == "3"


def test_a_row_of_blank_items_is_left_out_of_item_scores_but_one_of_crosses_is_not() -> None:
    blank, crosses = one([None] * 8, total=4), one(["X"] * 8, total=0)
    assert not row_of(blank)["in_items"]
    assert row_of(crosses)["in_items"]


@pytest.mark.parametrize("total", ["", None, "нет", "-3", "7,5"])
def test_without_a_total_the_row_counts_by_its_items(total: object) -> None:
    assessed = one(total=total)
    row = row_of(assessed)
    assert counts(assessed) == {"no_total": 1}
    assert (row["in_printed"], row["in_items"], row["printed_total"]) == (False, True, None)
    assert complaint(assessed, "no_total").count == 1


def test_a_total_above_the_maximum_is_not_printed_score() -> None:
    assessed = one(total=16)
    assert counts(assessed) == {"total_above_max": 1}
    assert "15" in complaint(assessed, "total_above_max").message


def test_an_enormous_total_breaks_nothing() -> None:
    assert counts(one(total=10**15)) == {"total_above_max": 1}


@pytest.mark.parametrize("variant", ["отсутствовал", "Отсутствовала", " отсутств."])
def test_the_absent_are_no_zeros(variant: str) -> None:
    assessed = one([None] * 8, variant=variant, total=0)
    row = row_of(assessed)
    assert counts(assessed) == {"absent": 1}
    assert (row["in_printed"], row["in_items"], row["items_total"]) == (False, False, None)


def test_absent_with_scores_is_told() -> None:
    assert complaint(one(variant="отсутствовал"), "absent_with_scores").count == 1


@pytest.mark.parametrize("variant", ["0", "", "Var1"])
def test_a_strange_variant_is_told_and_the_row_stays(variant: str) -> None:
    assessed = one(variant=variant)
    assert counts(assessed) == {"valid": 1}
    assert "unknown_variant" in codes(assessed)


@pytest.mark.parametrize(
    ("first", "second", "status"),
    [
        ("отсутствовал", "отсутствовал", "absent"),
        ("отсутствовал", "", "absent"),
        ("", "отсутствовал", "absent"),
        ("1", "отсутствовал", "part_absent"),
        ("отсутствовал", "2", "part_absent"),
        ("1", "2", "valid"),
        ("", "", "valid"),
    ],
)
def test_two_parts_of_a_work_give_one_status(first: str, second: str, status: str) -> None:
    row = pupil_2020(SCORES, ["", "", ""], **{"var-1": first, "var-2": second})
    assessed = judge(reading(xlsx(Sheet1=file_2020(row)), "2020/5/История.xlsx"), Definitions.load())
    assert counts(assessed) == {status: 1}


def test_in_2020_cells_right_of_the_textbook_are_told_and_are_no_items() -> None:
    rows = [pupil_2020(SCORES, ["", "1", ""]), pupil_2020(SCORES, ["", "", ""], code="60002")]
    assessed = judge(reading(xlsx(Sheet1=file_2020(*rows)), "5/История.xlsx"), Definitions.load())
    assert len(assessed.items) == 8
    assert complaint(assessed, "cells_outside_columns").count == 1


def test_in_2021_a_score_in_the_place_of_the_textbook_is_told_and_a_title_is_not() -> None:
    rows = [
        [*pupil_2021(SCORES), "1"],
        [*pupil_2021(SCORES, code="2"), "X"],
        [*pupil_2021(SCORES, code="3"), "История"],
    ]
    assert complaint(judged(file_2021(rows)), "cells_outside_columns").count == 2


def test_a_cell_under_no_header_is_told() -> None:
    assert complaint(judged(file_2021([[*pupil_2021(SCORES), "", "2"]])), "cells_outside_columns").count == 1


def test_a_sum_that_does_not_match_is_told_with_both_numbers() -> None:
    assessed = one(total=9)
    assert assessed.sum_mismatch == 1
    assert complaint(assessed, "sum_mismatch").places[0].value == "9 ≠ 10"


@pytest.mark.parametrize("mark", ["нет отметки", ""])
def test_no_journal_mark_is_told_apart_from_an_odd_one(mark: str) -> None:
    assessed = judged(file_2021([pupil_2021(SCORES, journal=mark), pupil_2021(SCORES, code="2", journal="4")]))
    assert row_of(assessed)["journal_mark"] is None
    assert complaint(assessed, "journal_mark_missing").count == 1


def test_a_file_without_any_journal_mark_says_so_once() -> None:
    assert {"no_journal_marks"} == {code for code in codes(one(journal="")) if "journal" in code}


@pytest.mark.parametrize("mark", ["1", "8", "ж", "*", "3.5"])
def test_a_journal_mark_outside_two_to_five_is_odd(mark: str) -> None:
    assert "journal_mark_odd" in codes(one(journal=mark))


def test_odd_sex_and_class_are_told() -> None:
    assessed = one(sex="4", class_label="общеобразовательный")
    assert {"sex_odd", "class_odd"} <= codes(assessed)
    assert row_of(assessed)["sex"] == ""


@pytest.mark.parametrize("label", ["5А", "5a", "а", "5 «А»", "А класс"])
def test_labels_of_one_class_become_one(label: str) -> None:
    assert row_of(one(class_label=label))["class_name"] == "А"


@pytest.mark.parametrize("label", ["нет", "НЕТ", "", "5"])
def test_the_only_class_of_a_grade_has_no_letter(label: str) -> None:
    assert row_of(one(class_label=label))["class_name"] == ""


def test_repeated_codes_are_told_within_a_school_only() -> None:
    rows = [pupil_2021(SCORES), pupil_2021(SCORES), pupil_2021(SCORES, login="sch990002")]
    assessed = judged(file_2021(rows))
    assert counts(assessed) == {"valid": 3}
    told = complaint(assessed, "duplicate_code")
    assert (told.count, told.places[0].row) == (1, 3)


def test_codes_of_another_grade_are_told() -> None:
    assessed = judged(file_2021([pupil_2021(SCORES, code=f"6000{n}") for n in range(5)]))
    assert "6" in complaint(assessed, "grade_by_codes_differs").message


@settings(deadline=None, max_examples=120)
@given(st.lists(st.lists(CELLS, min_size=18, max_size=20), max_size=6))
def test_whatever_the_cells_are_nothing_breaks_and_statuses_add_up_to_rows(rows: list[list[object]]) -> None:
    grid = file_2021([["sch990001", *row[1:]] for row in rows])
    found = reading(xlsx(Sheet=grid))
    assessed = judge(found, Definitions.load())
    assert sum(assessed.counts.values()) == assessed.table.num_rows == len(rows)
    assert all(row["status"] == "valid" for row in assessed.table.to_pylist() if row["in_printed"])
    assert not [one for one in assessed.complaints if one.level == "FAIL"]
