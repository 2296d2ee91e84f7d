import pytest
from hypothesis import given

from tests.core.collection.readers.books import codes, complaint, noises, patient, read, read_one, with_noise, xlsx

TITLE = ["ВПР 2021. 5 класс. Математика. Выполнение заданий"]
BY_ITEM = [
    TITLE,
    ["Номер задания", "Блок", "Макс балл", "Приозёрная область, %", "Приречный район, %", "МБОУ СОШ (sch990001), %"],
    [None, None, None, "1000 уч.", "50 уч.", "10 уч."],
    [1, "Числа", 1, "70,5", 60, 50],
    ["2К1", "Письмо", 2, 80, 75, "—"],
]
OUTCOMES = [
    ["ВПР 2021. 5 класс. Математика"],
    ["Достижение планируемых результатов"],
    ["Блоки ПООП: выпускник научится или получит возможность научиться", "Макс балл", "Приозёрная область", "РФ"],
    ["1. Развитие представлений о числе", 1, "70,5", "71,25"],
    ["Раздел без чисел"],
    ["10.2. Решать задачи в три действия", 2, "40,5", "41,25"],
]
BY_GROUP = [
    TITLE,
    ["Группы участников", "Кол-во участников", 1, 2, "3.1"],
    [None, "Макс. балл", 1, 1, 2],
    ["Приречный район", 50, 70, 60, 50],
    ["МБОУ СОШ (sch990001)", 10, 80, 70, 60],
]


def test_the_form_by_item_gives_a_row_an_item_and_group():
    reading = read_one(BY_ITEM)
    assert [(row["level"], row["item"], row["percent"], row["n"]) for row in reading.rows] == [
        ("region", "1", 70.5, 1000),
        ("municipality", "1", 60.0, 50),
        ("school", "1", 50.0, 10),
        ("region", "2К1", 80.0, 1000),
        ("municipality", "2К1", 75.0, 50),
    ]
    assert (reading.rows[3]["block"], reading.rows[3]["maximum"], reading.rows[3]["row"]) == ("Письмо", 2, 5)
    assert [school.key for school in reading.schools] == ["sch990001"]
    assert codes(reading) == []


def test_planned_outcomes_take_the_item_from_the_beginning_of_the_text():
    reading = read_one(OUTCOMES)
    assert reading.source == "fis_oko_outcomes/2021"
    assert [(row["item"], row["block"]) for row in reading.rows[::2]] == [
        ("1", "Развитие представлений о числе"),
        ("10.2", "Решать задачи в три действия"),
    ]
    assert [row["level"] for row in reading.rows[:2]] == ["region", "sample"]


def test_the_form_by_group_takes_maxima_from_their_own_row():
    reading = read_one(BY_GROUP)
    assert [(row["item"], row["maximum"], row["percent"]) for row in reading.rows[3:]] == [
        ("1", 1, 80),
        ("2", 1, 70),
        ("3.1", 2, 60),
    ]
    assert codes(reading) == []


def test_a_header_with_task_and_block_is_known_too():
    rows = [TITLE, ["Задание", *BY_ITEM[1][1:]], *BY_ITEM[2:]]
    assert len(read_one(rows).rows) == 5


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ([1, "Числа", 1, 170, 60, 50], "unreadable_percent", "Приозёрная область, %"),
        ([1, "Числа", "один", 70, 60, 50], "unreadable_maximum", "Макс балл"),
        ([None, 1, "Числа", 1, 60, 50], "unreadable_maximum", "Макс балл"),
    ],
)
def test_a_bad_cell_is_told_with_its_column(row, code, column):
    place = complaint(read_one([*BY_ITEM[:3], row]), code).places[0]
    assert (place.row, place.column) == (4, column)


def test_a_row_that_lost_its_number_is_told():
    assert complaint(read_one([*BY_ITEM[:3], ["Числа", None, 1, 60, 50, 40]]), "no_item").places[0].row == 4


@patient
@given(noises(2, 3, 6))
def test_noise_in_the_form_by_item_never_stops_the_file(noise):
    for reading in read(xlsx(with_noise(BY_ITEM, noise))):
        assert all(0 <= row["percent"] <= 100 for row in reading.rows)


@patient
@given(noises(2, 3, 5))
def test_noise_in_the_form_by_group_never_stops_the_file(noise):
    for reading in read(xlsx(with_noise(BY_GROUP, noise))):
        assert all(0 <= row["percent"] <= 100 for row in reading.rows)


def test_a_municipality_that_is_not_the_mean_of_its_schools_is_told():
    schools = [["МБОУ СОШ (sch990001)", 30, 80, 70, 60], ["МКОУ ООШ (sch990002)", 20, 55, 45, 35]]
    assert "mean_of_parts_differs" not in codes(read_one([*BY_GROUP[:4], *schools]))
    wrong = [*BY_GROUP[:3], ["Приречный район", 50, 80, 60, 50]]
    found = complaint(read_one([*wrong, *schools]), "mean_of_parts_differs")
    assert (found.places[0].row, found.places[0].value, found.count) == (4, "Приречный район", 1)
    assert "70,0" in found.message
