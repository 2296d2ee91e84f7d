from hypothesis import given

from tests.core.collection.readers.books import codes, complaint, noises, patient, read, read_one, with_noise, xlsx

TITLE = ["ВПР 2021. 5 класс. Математика. Сравнение отметок с отметками по журналу"]
LONG = [
    TITLE,
    ["Группы участников", "Кол-во участников", "%"],
    ["Приречный район"],
    ["Понизили (Отметка < Отметка по журналу) %", 10, 25],
    ["Подтвердили (Отметка = Отметке по журналу) %", 28, 70],
    ["Повысили (Отметка > Отметка по журналу) %", 2, 5],
    ["Всего", 40, 100],
    ["МБОУ СОШ (sch990001)"],
    ["Понизили", 5, "25,0"],
    ["Подтвердили", 14, "70,0"],
    ["Повысили", 1, "5,0"],
    ["Всего", 20, 100],
]
WIDE = [
    TITLE,
    ["Группы участников", "Кол-во участников", "Понизили", None, "Подтвердили", None, "Повысили", None],
    [None, None, "Кол-во", "%", "Кол-во", "%", "Кол-во", "%"],
    ["Приречный район", 40, 10, 25, 28, 70, 2, 5],
    ["МБОУ СОШ (sch990001)", 20, 5, 25, 14, 70, 1, 5],
]
SCHOOL = {"n": 20, "lowered": 5, "confirmed": 14, "raised": 1}
SHARES = {"percent_lowered": 25.0, "percent_confirmed": 70.0, "percent_raised": 5.0}


def test_the_long_form_gives_a_row_a_group():
    reading = read_one(LONG)
    assert [row["level"] for row in reading.rows] == ["municipality", "school"]
    assert (SCHOOL | SHARES).items() <= reading.rows[1].items()
    assert codes(reading) == []


def test_the_wide_form_gives_the_same():
    reading = read_one(WIDE)
    assert (SCHOOL | SHARES).items() <= reading.rows[1].items()
    assert codes(reading) == []


def test_per_cents_alone_bring_the_numbers_back_where_they_are_certain():
    header = ["Группы участников", "Кол-во участников", "Понизили, %", "Подтвердили, %", "Повысили, %"]
    reading = read_one([TITLE, header, ["МБОУ СОШ (sch990001)", 20, 25, 70, 5]])
    assert (SCHOOL | SHARES).items() <= reading.rows[0].items()


def test_numbers_that_do_not_make_the_participants_are_told():
    rows = [*LONG[:9], ["Подтвердили", 12, "60,0"], *LONG[10:]]
    assert complaint(read_one(rows), "counts_not_n").places[0].row == 8


def test_a_per_cent_that_is_not_that_of_its_number_is_told():
    rows = [*LONG[:8], ["Понизили", 5, "35,0"], ["Подтвердили", 14, "60,0"], *LONG[10:]]
    assert complaint(read_one(rows), "percent_not_of_count").places[0].row == 9


def test_a_group_with_one_outcome_lacking_is_left_out_and_told():
    reading = read_one([*LONG[:8], *LONG[9:]])
    assert [row["level"] for row in reading.rows] == ["municipality"]
    assert "outcome_missing" in codes(reading)


def test_an_unreadable_cell_is_told_with_sheet_row_column_and_value():
    rows = [*LONG[:8], ["Понизили", "пять", "25,0"], *LONG[9:]]
    place = complaint(read_one(rows), "unreadable_count").places[0]
    assert (place.sheet, place.row, place.column, place.value) == ("Sheet1", 9, "Кол-во участников", "пять")


@patient
@given(noises(2, 10, 3))
def test_noise_in_the_long_form_never_stops_the_file(noise):
    assert all(len(reading.rows) <= 10 for reading in read(xlsx(with_noise(LONG, noise))))


@patient
@given(noises(2, 3, 8))
def test_noise_in_the_wide_form_never_stops_the_file(noise):
    assert all(len(reading.rows) <= 3 for reading in read(xlsx(with_noise(WIDE, noise))))
