"""A table arranged by its address: order, chosen columns, pages."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from msoko.core.vocabulary.shares import Share
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.tables import Column, Row, Table
from msoko.web.look.arranging import ROWS_ON_A_PAGE, arranged, asked, natural, page_of

COLUMNS = (Column("school", "Школа"), Column("mean", "Балл", kind="number"), Column("n", "Число", kind="count"))
CELLS = st.one_of(st.integers(-50, 50), st.floats(-50, 50), st.sampled_from(Unknown))


def table(*rows: tuple[str, object, int]) -> Table:
    return Table("Школы", COLUMNS, [dict(zip(("school", "mean", "n"), row, strict=True)) for row in rows])


def names(shown: Table) -> list[str]:
    return [str(row.cells["school"]) for row in shown.lines]


def order(shown: Table, query: str) -> list[str]:
    return names(arranged(shown, asked(QueryDict(query))))


def test_without_a_wish_the_order_is_the_authors():
    assert order(table(("б", 2, 1), ("а", 1, 1)), "") == ["б", "а"]


def test_a_minus_turns_the_order_round():
    schools = table(("а", 1, 1), ("б", 3, 1), ("в", 2, 1))
    assert order(schools, "sort=mean") == ["а", "в", "б"]
    assert order(schools, "sort=-mean") == ["б", "в", "а"]


@pytest.mark.parametrize("query", ["sort=mean", "sort=-mean"])
def test_unknowns_come_last_and_are_never_zero(query):
    schools = table(("нет", Unknown.MISSING, 1), ("ноль", 0, 1), ("минус", -1, 1), ("скрыто", Unknown.SUPPRESSED, 1))
    assert order(schools, query)[2:] == ["нет", "скрыто"]


def test_a_total_stays_at_the_end():
    rows = [Row({"school": "Район", "mean": 0, "n": 9}, "total"), Row({"school": "а", "mean": 1, "n": 1})]
    assert order(Table("Школы", COLUMNS, rows), "sort=mean") == ["а", "Район"]


def test_shares_are_ordered_by_per_cent_and_not_by_count():
    assert order(table(("много", Share(10, 100), 1), ("мало", Share(3, 4), 1)), "sort=-mean") == ["мало", "много"]


def test_numbers_inside_names_are_ordered_as_numbers():
    found = sorted(["Школа № 10", "Школа № 2", "Ёлкинская", "Единая", "Жуковская", "12"], key=natural)
    assert found == ["12", "Единая", "Ёлкинская", "Жуковская", "Школа № 2", "Школа № 10"]


def test_a_column_nobody_knows_changes_nothing():
    assert order(table(("б", 2, 1), ("а", 1, 1)), "sort=password") == ["б", "а"]


def test_chosen_columns_stay_with_the_first_one():
    shown = arranged(table(("а", 1, 5)), asked(QueryDict("columns=n")))
    assert [column.key for column in shown.columns] == ["school", "n"]


def test_parameters_of_another_table_are_not_ours():
    assert asked(QueryDict("schools-sort=mean&sort=n"), "schools").sort == "mean"


@given(st.lists(CELLS, max_size=20), st.booleans())
def test_arranging_loses_no_row(cells, descending):
    rows = [(str(i), cell, 1) for i, cell in enumerate(cells)]
    assert sorted(order(table(*rows), "sort=-mean" if descending else "sort=mean")) == sorted(str(r[0]) for r in rows)


@given(st.integers(0, 350))
def test_pages_hold_every_row_once(count):
    rows = [Row({"n": i}) for i in range(count)]
    pages = page_of(rows, "1")[2]
    found = [row for number in range(1, pages + 1) for row in page_of(rows, str(number))[0]]
    assert found == rows


@pytest.mark.parametrize("page", ["0", "99", "-3", "слово", ""])
def test_a_page_that_does_not_exist_is_the_nearest_one(page):
    rows = [Row({"n": i}) for i in range(ROWS_ON_A_PAGE + 1)]
    assert page_of(rows, page)[1] in {1, 2}


def test_up_to_a_hundred_rows_stand_on_one_page():
    rows = [Row({"n": i}) for i in range(ROWS_ON_A_PAGE)]
    assert page_of(rows, "1") == (rows, 0, 1)
