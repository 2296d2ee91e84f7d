from hypothesis import given

from msoko.core.vocabulary.unknowns import Unknown
from tests.core.collection.readers.books import (
    DEFINITIONS,
    codes,
    complaint,
    csv_1251,
    noises,
    patient,
    read,
    read_one,
    with_noise,
    xlsx,
)

HEADER = ["Год", "Логин", "Муниципалитет", "ОО", "4 РУ", "4 МА", "5 РУ", "5 МА", "Количество маркеров"]
CLEAN = [
    ["Перечень образовательных организаций с признаками необъективности"],
    HEADER,
    [2021, "SCH990001", "Приречный район", "МБОУ «СОШ № 1»", 1, None, None, 1, 2],
    [None, "sch990002", None, "МКОУ «ООШ № 2»", None, "1", None, None, 1],
    [2020, "sch990001", "Приречный район", "МБОУ «СОШ № 1»", "+", "-", 0, "", "1"],
]


def test_each_year_is_a_list_with_a_row_a_school():
    later, earlier = read(xlsx(CLEAN))
    assert (later.naming.year, earlier.naming.year) == (2021, 2020)
    assert {"key": "sch990001", "ru4": 1, "ma4": 0, "ru5": 0, "ma5": 1, "markers": 2}.items() <= later.rows[0].items()
    assert later.rows[1]["municipality"] == "Приречный район"
    assert codes(later) == codes(earlier) == []


def test_a_csv_in_cp1251_reads_the_same():
    assert [len(reading.rows) for reading in read(csv_1251(CLEAN), "list.csv")] == [2, 1]


def test_a_number_of_markers_that_is_not_that_of_the_cells_is_told():
    reading = read_one([HEADER, [2021, "sch990001", "Приречный район", "МБОУ", 1, None, None, 1, 3]])
    found = complaint(reading, "markers_differ")
    assert (found.places[0].row, found.places[0].column, found.places[0].value) == (2, "Количество маркеров", "3")
    assert "(2)" in found.message
    assert reading.rows[0]["markers"] == 3


def test_a_shifted_row_is_left_out_and_told():
    reading = read_one([HEADER, [2021, "sch990001", "Приречный район", None, "МБОУ", 1, None, None, 1]])
    assert reading.rows == []
    assert complaint(reading, "unreadable_marker").places[0].value == "МБОУ"


@patient
@given(noises(2, 3, 9))
def test_noise_in_cells_never_stops_the_file(noise):
    for reading in read(xlsx(with_noise(CLEAN, noise))):
        assert all(row["ru4"] in (0, 1) for row in reading.rows)


def test_the_official_form_and_our_own_are_recognised_as_themselves():
    own = [column.title for column in DEFINITIONS.layouts["official_objectivity_list"].columns]
    row = [2021, "sch990001", "МБОУ «СОШ № 1»", "Приречный район", 1, 0, 0, 1, 2]
    assert read_one([own, row]).source == "layouts/official_objectivity_list"
    assert {reading.source for reading in read(xlsx(CLEAN))} == {"objectivity_list/2021"}


def test_a_blank_cell_of_our_own_form_is_not_a_zero():
    own = [column.title for column in DEFINITIONS.layouts["official_objectivity_list"].columns]
    reading = read_one([own, [2021, "sch990001", "МБОУ «СОШ № 1»", "Приречный район", 1, 0, None, 1, 3]])
    assert [reading.rows[0][key] for key in ("ru4", "ma4", "ru5", "ma5")] == [1, 0, Unknown.MISSING, 1]
    assert codes(reading) == []
