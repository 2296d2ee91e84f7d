import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msoko.core.collection.grid import open_workbook
from msoko.core.collection.layouts import EXPLANATIONS, file_name, template
from msoko.core.vocabulary.unknowns import Unknown
from tests.core.collection.readers.books import (
    DEFINITIONS,
    NOISE,
    codes,
    complaint,
    csv_1251,
    patient,
    read,
    read_one,
    says_where_and_what,
    xlsx,
)

LAYOUTS = sorted(DEFINITIONS.layouts)


def form(slug, *changes):
    """A filled form: the header and, for each change, the example row with those columns replaced."""
    columns = DEFINITIONS.layouts[slug].columns
    rows = [[change.get(column.key, column.example) for column in columns] for change in changes or ({},)]
    return [[column.title for column in columns], *rows]


@pytest.mark.parametrize("slug", LAYOUTS)
def test_the_example_of_every_form_reads_without_complaint(slug):
    reading = read_one(form(slug))
    assert (reading.source, reading.grain, len(reading.rows)) == (f"layouts/{slug}", "records", 1)
    assert [(c.code, c.message) for c in reading.complaints] == []


@pytest.mark.parametrize("slug", LAYOUTS)
def test_every_form_reads_from_a_csv_in_cp1251(slug):
    (reading,) = read(csv_1251(form(slug)), "форма.csv")
    assert reading.rows == [row | {"sheet": "форма"} for row in read_one(form(slug)).rows]


@pytest.mark.parametrize("slug", LAYOUTS)
def test_a_template_has_the_header_and_explains_every_column(slug):
    layout = DEFINITIONS.layouts[slug]
    book = open_workbook(template(layout))
    assert [sheet.name for sheet in book.sheets] == [layout.sheet, EXPLANATIONS]
    assert book.sheets[0].rows == [[column.title for column in layout.columns]]
    explained = {row[0]: row for row in book.sheets[1].rows}
    for column in layout.columns:
        assert column.explanation in explained[column.title][3]
        assert explained[column.title][1] == ("да" if column.required else "нет")
        assert explained[column.title][4] == column.example


@pytest.mark.parametrize("slug", LAYOUTS)
def test_our_own_explanations_are_not_taken_for_personal_data(slug):
    explanations = open_workbook(template(DEFINITIONS.layouts[slug])).sheets[1].rows
    (reading,) = read(xlsx(form(slug), explanations), "форма.xlsx")
    assert reading.dropped_columns == []


def test_a_surname_typed_beside_the_explanations_is_still_seen():
    explanations = open_workbook(template(DEFINITIONS.layouts["social_passport"])).sheets[1].rows
    (reading,) = read(xlsx(form("social_passport"), [*explanations, ["Фамилия, имя", "Телефон родителя"]]), "ф.xlsx")
    assert reading.dropped_columns == ["лист № 2: сведения о людях"]


def test_the_same_form_has_the_same_bytes_every_time():
    layout = DEFINITIONS.layouts["staff"]
    assert template(layout) == template(layout)
    assert file_name(layout) == "Кадры школы.xlsx"


def test_values_have_the_type_of_their_column():
    row = read_one(form("organisations", {"logins": "SCH990001; edu990001, 990101"})).rows[0]
    assert row["logins"] == ["sch990001", "edu990001", "oo:990101"]
    row = read_one(form("staff", {"vacancies": "1,5"})).rows[0]
    assert (row["academic_year"], row["teachers"], row["vacancies"]) == (2025, 27, 1.5)
    assert read_one(form("low_results_list")).rows[0]["left_on"] == datetime.date(2025, 12, 31)
    assert read_one(form("olympiads", {"grade": "9 класс"})).rows[0]["grade"] == 9


def test_zero_missing_not_applicable_and_suppressed_stay_apart():
    changes = {"migrants": 0, "foster_care": "", "second_shift": "—", "police_record": "•"}
    row = read_one(form("social_passport", changes)).rows[0]
    assert [row[key] for key in changes] == [0, Unknown.MISSING, Unknown.NOT_APPLICABLE, Unknown.SUPPRESSED]


@pytest.mark.parametrize(
    ("slug", "key", "cell", "wanted"),
    [
        ("social_passport", "migrants", "много", "целое число"),
        ("social_passport", "migrants", -1, "целое число"),
        ("social_passport", "migrants", 2.5, "целое число"),
        ("organisations", "area", "горная", "«городская» и «сельская»"),
        ("low_results_list", "left_on", "31.02.2025", "31.12.2025"),
        ("olympiads", "grade", 13, "от 1 до 12"),
        ("staff", "vacancies", "полторы", "число"),
    ],
)
def test_a_bad_cell_is_missing_and_told(slug, key, cell, wanted):
    reading = read_one(form(slug, {key: cell}))
    found = complaint(reading, f"bad_{key}")
    assert says_where_and_what(found)
    assert (found.places[0].row, found.places[0].value) == (2, str(cell))
    assert wanted in found.advice
    assert reading.rows[0][key] is Unknown.MISSING


def test_a_row_without_what_is_required_is_left_out():
    reading = read_one(form("social_passport", {"pupils": ""}, {"academic_year": "2025/27"}, {}))
    assert len(reading.rows) == 1
    assert complaint(reading, "blank_pupils").places[0].row == 2
    assert complaint(reading, "bad_academic_year").places[0].row == 3


def test_a_part_above_its_whole_is_told():
    found = complaint(read_one(form("social_passport", {"migrants": 400})), "above_migrants")
    assert found.places[0].value == "400"
    assert "«Всего обучающихся»" in found.message


def test_marks_that_do_not_make_the_class_are_told():
    assert "sum_pupils" in codes(read_one(form("journal_marks", {"five": 6})))


def test_the_same_school_twice_is_told_and_the_first_row_kept():
    reading = read_one(form("staff", {}, {"teachers": 99}))
    assert [row["teachers"] for row in reading.rows] == [27]
    assert complaint(reading, "repeated_row").places[0].row == 3


def test_other_headers_of_a_region_are_known():
    rows = [["Краткое название", "Вид", "Полное наименование", "Логин ОО", "Субъект РФ"]]
    rows += [["МБОУ «СОШ»", "Школа", "МБОУ «Средняя школа»", "sch990001", "Приозёрная область"]]
    row = read_one(rows).rows[0]
    assert (row["kind"], row["full_name"], row["region"]) == ("школа", "МБОУ «Средняя школа»", "Приозёрная область")
    assert (row["logins"], row["status"]) == (["sch990001"], "действует")


def test_columns_unknown_to_the_form_are_told_and_personal_ones_dropped():
    header, row = form("staff")
    reading = read_one([[*header, "Телефон директора", "Цвет крыши"], [*row, "+7 000", "красный"]])
    assert reading.dropped_columns == ["Телефон директора"]
    assert "«Цвет крыши»" in complaint(reading, "unknown_columns").message
    assert "+7 000" not in repr(reading)


def test_blank_lines_titles_and_repeated_headers_do_no_harm():
    header, row = form("staff")
    other = [*row[:1], "МКОУ «ООШ № 2»", *row[2:]]
    reading = read_one([["Кадры на 1 сентября"], [], header, row, [], header, other])
    assert [(r["school"], r["row"]) for r in reading.rows] == [("МБОУ «СОШ № 1»", 4), ("МКОУ «ООШ № 2»", 7)]


@patient
@given(st.sampled_from(LAYOUTS), st.lists(st.lists(NOISE, min_size=1, max_size=25), max_size=6))
def test_noise_in_cells_never_stops_the_file(slug, noise):
    required = [column.key for column in DEFINITIONS.layouts[slug].columns if column.required]
    for reading in read(xlsx([*form(slug), *noise])):
        assert all(not isinstance(row[key], Unknown) for row in reading.rows for key in required)
