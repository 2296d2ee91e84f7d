import pytest
from hypothesis import given

from tests.core.collection.readers.books import codes, complaint, noises, patient, read, read_one, with_noise, xlsx

HEADER = ["Код ОО", "ОО", "Предмет", "Сдавали", "Не сдали", "80–99", "100", "Средний балл"]
CLEAN = [
    ["Результаты ЕГЭ 2025 года"],
    HEADER,
    [990101, "МБОУ СОШ № 1", "Русский язык", 20, 1, 4, 1, "65,5"],
    [990102, "МКОУ СОШ № 2", "Русский язык", 10, 0, 1, None, "59,5"],
    [None, "Итого", "Русский язык", 30, 1, 5, 1, "63,5"],
    [990101, "МБОУ СОШ № 1", "Физика", 3, 0, 0, 0, 55],
]


def test_each_subject_is_a_procedure_with_a_row_a_school():
    russian, physics = read(xlsx(CLEAN))
    assert (russian.naming.procedure, russian.naming.year, russian.naming.grade) == ("ege", 2025, 11)
    assert (russian.naming.subject, physics.naming.subject) == ("russian", "physics")
    assert [row["level"] for row in russian.rows] == ["school", "school", "municipality"]
    assert {"key": "oo:990101", "n": 20, "failed": 1, "high": 4, "hundred": 1, "mean": 65.5}.items() <= russian.rows[
        0
    ].items()
    assert russian.rows[1]["hundred"] is None
    assert codes(russian) == codes(physics) == []


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ([20, 21, 0, 0, 50], "failed_above_n", "Не сдали"),
        ([20, 0, 21, 0, 50], "high_above_n", "80–99"),
        ([20, 10, 9, 2, 50], "parts_above_n", "Сдавали"),
        ([20, 0, 0, 0, 101], "mean_out_of_range", "Средний балл"),
        ([20, "два", 0, 0, 50], "unreadable_count", "Не сдали"),
        (["—", 1, 0, 0, 50], "unreadable_count", "Сдавали"),
    ],
)
def test_what_cannot_be_is_told_with_its_place(cells, code, column):
    reading = read_one([CLEAN[0], HEADER, [990101, "МБОУ СОШ № 1", "Физика", *cells]])
    place = complaint(reading, code).places[0]
    assert (place.sheet, place.row, place.column) == ("Sheet1", 3, column)


def test_a_district_that_is_not_the_sum_of_its_schools_is_told():
    reading = read_one([*CLEAN[:4], [None, "Итого", "Русский язык", 31, 1, 5, 1, "64,5"]])
    assert {"sum_differs_n", "mean_differs"} <= set(codes(reading))
    assert "30" in complaint(reading, "sum_differs_n").message


@patient
@given(noises(2, 4, 8))
def test_noise_in_cells_never_stops_the_file(noise):
    for reading in read(xlsx(with_noise(CLEAN, noise))):
        assert all(row["mean"] is None or 0 <= row["mean"] <= 100 for row in reading.rows)
