from hypothesis import given

from tests.core.collection.readers.books import (
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

HEADER = ["Год", "Класс", "Предмет", "Муниципалитет", "Логин", "ОО", "Кол-во участников", 0, 1, 2, 3]
CLEAN = [
    ["Распределение первичных баллов"],
    HEADER,
    [2021, 5, "Математика", None, None, "Вся выборка", 1000, "10,0", "20,0", "30,0", "40,0"],
    [2021, 5, "Математика", "Приречный район", None, None, 30, 10, 20, 30, 40],
    [2021, 5, "Математика", "Приречный район", "sch990001", "МБОУ СОШ № 1", 10, 10, 20, 30, 40],
    [2021, 5, "Математика", "Приречный район", "SCH990002", "МКОУ ООШ № 2", 20, 10, 20, 30, 40],
    [2021, 5, "Русский язык", "Приречный район", "sch990001", "МБОУ СОШ № 1", 10, 50, 50, 0, None],
]


def test_the_rows_name_the_procedures_and_each_has_its_own_maximum():
    mathematics, russian = read(xlsx(CLEAN))
    assert (mathematics.naming.year, mathematics.naming.grade, mathematics.naming.subject) == (2021, 5, "mathematics")
    assert [row["level"] for row in mathematics.rows] == ["sample", "municipality", "school", "school"]
    assert mathematics.rows[3]["key"] == "sch990002"
    assert mathematics.rows[3]["percents"] == [10, 20, 30, 40]
    assert mathematics.rows[3]["counts"] == [2, 4, 6, 8]
    assert (russian.rows[0]["maximum"], russian.rows[0]["percents"]) == (2, [50, 50, 0])
    assert codes(mathematics) == codes(russian) == []


def test_cells_merged_over_rows_hold_for_the_rows_below():
    rows = [HEADER, CLEAN[4], [None, None, None, None, "sch990002", "МКОУ ООШ № 2", 20, 10, 20, 30, 40]]
    reading = read_one(rows)
    assert [row["municipality"] for row in reading.rows] == ["Приречный район"] * 2


def test_the_form_with_groups_takes_the_procedure_from_its_title():
    rows = [["ВПР 2021. 5 класс. Математика"], ["Группы участников", "Кол-во участников", 0, 1, 2]]
    reading = read_one([*rows, ["Приозёрная область", 10, 20, 30, 50], ["МБОУ СОШ (sch990001)", 10, 20, 30, 50]])
    assert (reading.source, reading.naming.subject) == ("fis_oko_scores/groups", "mathematics")
    assert [row["counts"] for row in reading.rows] == [[2, 3, 5]] * 2


def test_a_csv_in_cp1251_with_decimal_commas_reads_the_same():
    assert [len(reading.rows) for reading in read(csv_1251(CLEAN), "scores.csv")] == [4, 1]


def test_parts_are_held_against_wholes_procedure_by_procedure():
    rows = [*CLEAN[:5], [2021, 5, "Математика", "Приречный район", "sch990002", "МКОУ ООШ № 2", 30, 10, 20, 30, 40]]
    assert "parts_not_whole" in codes(read_one(rows))


def test_percents_that_do_not_make_100_are_told_with_row_and_columns():
    rows = [HEADER, [2021, 5, "Математика", "Приречный район", "sch990001", "МБОУ СОШ", 10, 10, 20, 30, 50]]
    place = complaint(read_one(rows), "percents_not_100").places[0]
    assert (place.row, place.column, place.value) == (2, "0 … 3", "110")


def test_an_unknown_subject_is_a_fail_for_its_rows_only():
    rows = [
        *CLEAN[:2],
        CLEAN[4],
        [2021, 5, "Хороведение", "Приречный район", "sch990001", "МБОУ СОШ", 10, 10, 20, 30, 40],
    ]
    good, bad = read(xlsx(rows))
    assert codes(good) == []
    assert complaint(bad, "procedure_unresolved").level == "FAIL"


@patient
@given(noises(2, 5, 11))
def test_noise_in_cells_never_stops_the_file(noise):
    for reading in read(xlsx(with_noise(CLEAN, noise))):
        assert all(len(row["percents"]) == row["maximum"] + 1 for row in reading.rows)
