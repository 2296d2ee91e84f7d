"""One table definition serves the page and the spreadsheet."""

import csv
import io
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msoko.core.vocabulary.shares import Share
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.spreadsheets import FORMULA_STARTS, to_csv, to_xlsx
from msoko.documents.tables import Column, Row, Table, Text, formatted, spread

SCHOOLS = Table(
    "Школы: 5 класс",
    [
        Column("name", "Школа"),
        Column("n", "Участников", kind="count"),
        Column("mean", "Средний балл", unit="балл", kind="number"),
        Column("quality", "Качество", kind="share"),
        Column("day", "Принят", kind="date"),
    ],
    [
        Row({"name": "Школа № 3", "n": 1234, "mean": 10.25, "quality": Share(19, 56), "day": date(2024, 11, 2)}, "own"),
        {
            "name": "Лицей",
            "n": 0,
            "mean": Unknown.NOT_APPLICABLE,
            "quality": Unknown.SUPPRESSED,
            "day": Unknown.MISSING,
        },
    ],
    note="Курсивом — малые.",
)


def sheet_of(*tables):
    return openpyxl.load_workbook(io.BytesIO(to_xlsx(tables, created=datetime(2024, 1, 1))))


def csv_rows(table):
    return list(csv.reader(io.StringIO(to_csv(table).decode("utf-8-sig")), delimiter=";"))


def test_cells_are_shown_the_russian_way():
    first, second = SCHOOLS.formatted_rows()
    assert [text.replace("\u00a0", " ") for text in first] == [
        "Школа № 3",
        "1\u202f234",
        "10,3",
        "34 % (19 из 56; 23–47 %)",
        "02.11.2024",
    ]
    assert [text.replace("\u00a0", " ") for text in second] == ["Лицей", "0", "—", "•", "нет данных"]


def test_the_unit_stands_in_the_header_and_not_twice():
    with_unit = Column("p", "Доля", unit="%", kind="percent")
    assert with_unit.header == "Доля, %"
    assert formatted(34.4, with_unit) == "34"
    assert formatted(34.4, Column("p", "Доля", kind="percent")) == "34\u00a0%"


@pytest.mark.parametrize("cell", [None, True, b"x"])
def test_a_cell_that_says_nothing_is_refused(cell):
    with pytest.raises(TypeError):
        formatted(cell, Column("n", "Участников", kind="count"))


def test_a_row_with_a_forgotten_cell_is_refused():
    with pytest.raises(ValueError, match=r"row 1.*\['n'\]"):
        Table("Т", [Column("name", "Школа"), Column("n", "n")], [{"name": "x"}])


def test_columns_with_one_key_are_refused():
    with pytest.raises(ValueError, match="one key"):
        Table("Т", [Column("n", "а"), Column("n", "б")], [])


def test_a_workbook_holds_numbers_and_not_their_pictures():
    sheet = sheet_of(SCHOOLS).worksheets[0]
    header, first, second = sheet.iter_rows(values_only=True)
    assert header[:4] == ("Школа", "Участников", "Средний балл, балл", "Качество, %")
    assert first[:3] == ("Школа № 3", 1234, 10.25)
    assert first[3] == pytest.approx(100 * 19 / 56)
    assert first[4:6] == (19, 56)
    assert first[8] == datetime(2024, 11, 2)
    assert second == ("Лицей", 0, "—", "•", "•", "•", "•", "•", "нет данных")


def test_the_header_is_frozen_and_filtered_and_the_notes_have_their_sheet():
    book = sheet_of(SCHOOLS, SCHOOLS)
    assert book.sheetnames == ["Школы  5 класс", "Школы  5 класс 2", "О таблицах"]
    assert book.worksheets[0].freeze_panes == "B2"
    assert book.worksheets[0].auto_filter.ref == "A1:I3"
    assert book.worksheets[-1]["C2"].value == "Курсивом — малые."


NASTY = st.one_of(
    st.sampled_from(FORMULA_STARTS).flatmap(lambda start: st.text(max_size=8).map(lambda rest: start + rest)),
    st.sampled_from(["=СУММ(A1:A9)", "{=A1}", "http://x.example", "0123", "1e5", "'=1", '=HYPERLINK("http://x";"y")']),
).filter(lambda text: text.isprintable())


@settings(deadline=None, max_examples=30)
@given(NASTY)
def test_no_text_becomes_a_formula_a_number_or_a_link_in_a_workbook(text):
    cell = sheet_of(Table("Т", [Column("a", "А")], [{"a": Text(text, href="/x")}])).worksheets[0]["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


@given(st.sampled_from(FORMULA_STARTS), st.text(alphabet="СУМ(A1);\"'\n ", max_size=10))
def test_no_text_becomes_a_formula_in_csv(start, rest):
    value = csv_rows(Table("Т", [Column("a", "А")], [{"a": start + rest}]))[1][0]
    assert value == "'" + start + rest


def test_csv_has_a_decimal_comma_and_leaves_negative_numbers_alone():
    table = Table("Т", [Column("a", "А"), Column("b", "Б", kind="number")], [{"a": "−x", "b": -1234.5}])
    assert csv_rows(table) == [["А", "Б"], ["−x", "-1234,5"]]
    assert to_csv(table).startswith(b"\xef\xbb\xbf")


def test_csv_keeps_the_four_states_apart():
    assert [row[2:4] for row in csv_rows(SCHOOLS)[1:]] == [["10,25", "33,92857142857143"], ["—", "•"]]
    assert csv_rows(SCHOOLS)[2][1] == "0"


@settings(deadline=None, max_examples=30)
@given(st.lists(st.text(max_size=50), min_size=1, max_size=5))
def test_any_titles_make_a_workbook_that_opens(titles):
    tables = [Table(title, [Column("a", "А")], [{"a": 1}]) for title in titles]
    book = sheet_of(*tables)
    assert len(book.sheetnames) == len(titles) + 1


def test_a_share_of_nobody_spreads_into_counts_and_not_applicable():
    line = spread(Table("Т", [Column("q", "К", kind="share")], [{"q": Share(0, 0)}])).lines[0]
    assert list(line.cells.values()) == [Unknown.NOT_APPLICABLE, 0, 0, Unknown.NOT_APPLICABLE, Unknown.NOT_APPLICABLE]
