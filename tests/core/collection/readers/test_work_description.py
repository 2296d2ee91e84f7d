"""The form «Описание работы» comes back as it was filled in; what cannot be used is named with its place."""

import io

import openpyxl
import pytest

from msoko.core.collection.describing import items_of_rows
from msoko.core.collection.layouts import template
from msoko.core.collection.reading import Grain
from msoko.core.collection.recognition import Refused
from msoko.core.definitions.kinds import WorkItem
from tests.core.collection.readers.books import DEFINITIONS, read, read_one, xlsx

LAYOUT = DEFINITIONS.layouts["work_description"]
HEADER = [column.title for column in LAYOUT.columns]
MATHS = ["ВПР", "математика", 5, 2025, ""]


def row(*item: object, work: list[object] = MATHS) -> list[object]:
    return [*work, *item]


FRACTIONS = row("9(1)", 2, "П", "2.3", "Дроби", "Находит часть числа")


def complaint_of(reading, code):
    return next(one for one in reading.complaints if one.code == code)


def test_a_row_describes_an_item():
    reading = read_one([HEADER, FRACTIONS, row(2, 1, "базовый", "", "Проценты", "")])
    assert reading.grain == Grain.RECORDS
    naming = reading.naming
    assert (naming.procedure, naming.subject, naming.grade, naming.year) == ("vpr", "mathematics", 5, 2025)
    assert items_of_rows(reading.rows) == (
        WorkItem("9(1)", 2, "П", "2.3 Дроби", "Находит часть числа"),
        WorkItem("2", 1, "Б", "Проценты", ""),
    )
    assert not reading.complaints


def test_the_empty_form_filled_in_is_read_back():
    book = openpyxl.load_workbook(io.BytesIO(template(LAYOUT)))
    book[LAYOUT.sheet].append(FRACTIONS)
    out = io.BytesIO()
    book.save(out)
    (reading,) = read(out.getvalue())
    assert items_of_rows(reading.rows)[0].planned_outcome == "Находит часть числа"


def test_a_file_of_several_works_is_a_reading_a_work():
    russian = ["ВПР", "русский язык", 4, 2025, ""]
    wave = ["ОГЭ", "математика", 9, 2025, "30.05.2025"]
    rows = [row("1", 1, work=work) for work in (MATHS, russian, wave)]
    readings = read(xlsx([HEADER, *rows, row("2", 1)]))
    assert [(one.naming.subject, len(one.rows), one.naming.label) for one in readings] == [
        ("mathematics", 2, ""),
        ("russian", 1, ""),
        ("mathematics", 1, "30.05.2025"),
    ]


@pytest.mark.parametrize(
    ("bad", "code", "column"),
    [
        (row("1–3", 1), "bad_item", "Номер задания"),
        (row("1", 0), "bad_maximum", "Максимальный балл"),
        (row("1", 1, work=["ВПР", "волшебство", 5, 2025, ""]), "unknown_subject", "Предмет"),
        (row("1", 1, work=["ВПР", "математика", 5, 25, ""]), "bad_year", "Год"),
        (row("1", 1, "трудный"), "bad_level", "Уровень"),
        (row("1", 1, "", "", "д" * 900, ""), "long_text", "Элемент содержания"),
        (row("1", 1, work=["зачёт", "математика", 5, 2025, ""]), "bad_procedure", "Процедура"),
        (row("9.1", 2, "П", "2.3", "Иное", "Находит часть числа"), "item_twice", "Номер задания"),
    ],
)
def test_what_cannot_be_used_is_named_with_its_place(bad, code, column):
    complaint = complaint_of(read_one([HEADER, FRACTIONS, bad]), code)
    place = complaint.places[0]
    assert (place.row, place.column) == (3, column)
    assert place.value
    assert complaint.advice


def test_of_an_item_twice_the_first_is_kept():
    reading = read_one([HEADER, FRACTIONS, row("9.1", 2, "Б", "", "Иное", "")])
    assert [item.content_element for item in items_of_rows(reading.rows)] == ["2.3 Дроби"]


def test_a_file_without_one_usable_row_is_refused():
    reading = read_one([HEADER, row("нет", 1)])
    assert complaint_of(reading, "no_work").level == "FAIL"
    assert complaint_of(reading, "bad_item").places[0].row == 2


def test_an_empty_form_is_refused():
    with pytest.raises(Refused):
        read(template(LAYOUT))


def test_signs_of_nothing_are_no_element_and_no_label():
    reading = read_one([HEADER, row("1", 1, "Б", "—", "—", "н/д", work=["ВПР", "математика", 5, 2025, "—"])])
    assert items_of_rows(reading.rows) == (WorkItem("1", 1, "Б"),)
    assert reading.naming.label == ""


def test_a_file_in_which_every_row_is_a_work_is_refused():
    rows = [row("1", 1, work=["ВПР", "математика", 5, 2025, f"задание {n}"]) for n in range(300)]
    assert complaint_of(read_one([HEADER, *rows]), "too_many_works").level == "FAIL"
