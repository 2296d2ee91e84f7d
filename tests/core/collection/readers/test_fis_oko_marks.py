from hypothesis import given

from tests.core.collection.readers.books import (
    codes,
    complaint,
    csv_1251,
    noises,
    patient,
    read,
    read_one,
    says_where_and_what,
    with_noise,
    xlsx,
)

HEADER = ["Группы участников", "Кол-во участников", 2, 3, 4, 5]
TITLE = ["ВПР 2021. 5 класс. Математика. Статистика по отметкам"]
CLEAN = [
    TITLE,
    [],
    HEADER,
    ["Вся выборка", 100000, "10,5", "39,5", 30, 20],
    ["Приозёрная область", 1000, "10,00", "40,00", "30,00", "20,00"],
    ["Приречный район", 50, "10", "40", "30", "20"],
    ['МБОУ "СОШ № 1" (sch990001)', 30, "10", "40", "30", "20"],
    ['МКОУ "ООШ № 2" (sch990002)', 20, "10 %", "40 %", "30 %", "20 %"],
]


def test_a_clean_table_is_one_procedure_with_a_row_a_group():
    reading = read_one(CLEAN)
    assert (reading.naming.procedure, reading.naming.year, reading.naming.grade, reading.naming.subject) == (
        ("vpr", 2021, 5, "mathematics")
    )
    assert [row["level"] for row in reading.rows] == ["sample", "region", "municipality", "school", "school"]
    assert reading.rows[3] == {
        **{"level": "school", "key": "sch990001", "name": 'МБОУ "СОШ № 1"', "municipality": "Приречный район"},
        **{"sheet": "Sheet1", "row": 7, "n": 30},
        **{"percent_2": 10.0, "percent_3": 40.0, "percent_4": 30.0, "percent_5": 20.0},
        **{"count_2": 3, "count_3": 12, "count_4": 9, "count_5": 6},
    }
    assert [(s.key, s.municipality, s.region) for s in reading.schools] == [
        ("sch990001", "Приречный район", "Приозёрная область"),
        ("sch990002", "Приречный район", "Приозёрная область"),
    ]
    assert codes(reading) == []


def test_a_csv_in_cp1251_reads_the_same():
    (reading,) = read(csv_1251(CLEAN), "marks.csv")
    assert [row["n"] for row in reading.rows] == [100000, 1000, 50, 30, 20]
    assert reading.naming.subject == "mathematics"


def test_two_titled_tables_of_one_sheet_are_two_procedures():
    second = [["ВПР 2021. 5 класс. Русский язык"], HEADER, ["Приозёрная область", 10, 0, 50, 30, 20]]
    readings = read(xlsx([*CLEAN, [], *second]))
    assert [reading.naming.subject for reading in readings] == ["mathematics", "russian"]
    assert len(readings[1].rows) == 1


def test_a_header_repeated_by_a_page_break_continues_the_table():
    rows = [*CLEAN[:6], HEADER, [], *CLEAN[6:]]
    assert len(read_one(rows).rows) == 5


def test_percents_that_do_not_make_100_are_told_with_their_place():
    rows = [TITLE, HEADER, ["МБОУ СОШ (sch990001)", 1000, "10", "40", "30", "25"]]
    found = complaint(read_one(rows), "percents_not_100")
    assert says_where_and_what(found)
    assert (found.places[0].row, found.places[0].value) == (3, "105")


def test_rounding_to_whole_percents_is_no_error():
    assert codes(read_one([TITLE, HEADER, ["МБОУ СОШ (sch990001)", 7, 14, 29, 29, 29]])) == []


def test_a_percent_that_no_number_of_participants_gives_is_told():
    found = complaint(
        read_one([TITLE, HEADER, ["МБОУ СОШ (sch990001)", 4, "10,00", "40,00", "30,00", "20,00"]]),
        "percent_not_of_count",
    )
    assert (found.places[0].column, found.places[0].value) == ("2", "10,00")


def test_schools_that_do_not_make_their_municipality_are_told():
    rows = [*CLEAN[:5], ["Приречный район", 60, "10", "40", "30", "20"], *CLEAN[6:]]
    found = complaint(read_one(rows), "parts_not_whole")
    assert found.places[0].value == "Приречный район"
    assert "60" in found.message
    assert "50" in found.message


def test_a_schools_own_download_is_not_blamed_for_lacking_the_others():
    assert codes(read_one(CLEAN[:7])) == []


def test_a_shifted_row_is_left_out_and_told():
    rows = [
        TITLE,
        HEADER,
        [None, "МБОУ СОШ (sch990001)", 30, 10, 40, 30, 20],
        ["МБОУ ООШ (sch990002)", "двадцать", 10, 40, 30, 20],
    ]
    reading = read_one(rows)
    assert reading.rows == []
    assert complaint(reading, "no_group").places[0].row == 3
    assert complaint(reading, "unreadable_count").places[0].value == "двадцать"


def test_shares_of_one_become_percents_and_it_is_said():
    reading = read_one([TITLE, HEADER, ["МБОУ СОШ (sch990001)", 10, 0.1, 0.4, 0.3, 0.2]])
    assert [reading.rows[0][f"percent_{mark}"] for mark in (2, 3, 4, 5)] == [10.0, 40.0, 30.0, 20.0]
    assert complaint(reading, "shares_made_percents").level == "PASS"


def test_a_percent_above_100_is_not_read_as_a_number():
    reading = read_one([TITLE, HEADER, ["МБОУ СОШ (sch990001)", 10, 110, 40, 30, 20]])
    assert reading.rows == []
    assert complaint(reading, "unreadable_percent").places[0].column == "2"


def test_a_title_without_a_year_is_a_fail_that_says_what_to_do():
    found = complaint(
        read_one([["5 класс. Математика"], HEADER, ["МБОУ СОШ (sch990001)", 10, 10, 40, 30, 20]]),
        "procedure_unresolved",
    )
    assert found.level == "FAIL"
    assert "--year" in found.advice


@patient
@given(noises(3, 5, 6))
def test_noise_in_cells_never_stops_the_file(noise):
    for reading in read(xlsx(with_noise(CLEAN, noise))):
        assert all(0 <= row[f"percent_{mark}"] <= 100 for row in reading.rows for mark in (2, 3, 4, 5))


def test_an_impossible_number_of_participants_is_told_and_stops_nothing():
    reading = read_one([TITLE, HEADER, ["Приозёрная область", 4e306, "10", "40", "30", "20"]])
    assert reading.rows == []
    assert "unreadable_count" in codes(reading)
