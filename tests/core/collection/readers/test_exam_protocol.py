import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msoko.core import collection
from tests.core.collection.readers.books import (
    DEFINITIONS,
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

ABOVE = [["Протокол проверки результатов"], ["20 - Приозёрная область"]]
EGE_HEADER = [
    *("№", "Код ППЭ", "Код ОО", "Класс", "Фамилия", "Имя", "Отчество", "Серия", "Номер", "Вариант", "Код участника"),
    *("Задания с кратким ответом", "Задания с развёрнутым ответом", "Первичный балл", "Итоговый (Тестовый) балл"),
]
PERSON = ["Вымышленникова", "Фантазия", "Придумовна", "9999", "888777"]
EGE_ROWS = [
    [1, 1001, 990101, "11А", *PERSON, 401, "1000000001", "++-2+", "1(2)3(3)", 9, 62],
    [2, 1001, 990101, "11А", *PERSON, 402, "1000000002", "+++1-", "2(2)0(3)", 6, 50],
    [3, 1001, 990102, "11", *PERSON, 401, "1000000003", None, None, "Не явился", None],
    ["Средние", None, None, None, *[None] * 5, None, None, None, None, "7,5", 56],
]
EGE = [*ABOVE, ["01 - Русский язык 2025.05.30"], EGE_HEADER, *EGE_ROWS]
OGE_HEADER = [*EGE_HEADER[:-1], "Оценка"]


def ege(*rows):
    return [*ABOVE, ["01 - Русский язык 2025.05.30"], EGE_HEADER, *rows]


def test_a_block_is_a_procedure_named_by_its_title():
    reading = read_one(EGE)
    naming = reading.naming
    assert (naming.procedure, naming.year, naming.grade, naming.subject) == ("ege", 2025, 11, "russian")
    assert (naming.academic_year, naming.pupils_grade, naming.label) == (2024, 11, "")
    assert reading.title == "Русский язык, 30.05.2025"
    assert codes(reading) == []


def test_participants_come_with_scores_and_schools_by_code():
    reading = read_one(EGE)
    pupils = reading.pupils
    assert pupils.login == ["oo:990101", "oo:990101", "oo:990102"]
    assert pupils.code == ["1000000001", "1000000002", "1000000003"]
    assert pupils.class_label == ["11А", "11А", "11"]
    assert (pupils.total, pupils.test_score, pupils.printed_mark) == (["9", "6", ""], ["62", "50", ""], None)
    assert pupils.variant == ["401", "402", "отсутствовал"]
    assert pupils.row_numbers == [5, 6, 7]
    assert [(s.key, s.region) for s in reading.schools] == [
        ("oo:990101", "Приозёрная область"),
        ("oo:990102", "Приозёрная область"),
    ]


def test_masks_become_items_with_the_maxima_that_the_file_tells():
    pupils = read_one(EGE).pupils
    assert [(item.number, item.maximum) for item in pupils.item_headers] == [
        *(("1", 1), ("2", 1), ("3", 1), ("4", None), ("5", 1)),
        *(("6", 2), ("7", 3)),
    ]
    assert [column[0] for column in pupils.items] == ["1", "1", "0", "2", "1", "1", "3"]
    assert [column[2] for column in pupils.items] == [""] * 7


def test_personal_data_are_dropped_and_that_is_told():
    reading = read_one(EGE)
    assert reading.dropped_columns == ["Фамилия", "Имя", "Отчество", "Серия", "Номер"]
    told = complaint(reading, "personal_columns_dropped")
    assert told.level == "PASS"
    assert "«Фамилия»" in told.message
    assert not any(part in repr(reading) for part in PERSON)


@patient
@given(st.permutations(range(len(EGE_HEADER))), st.integers(0, 14), st.integers(0, 14))
def test_no_name_comes_through_however_a_row_is_mixed_up(order, empty, twice):
    row = [EGE_ROWS[0][i] for i in order]
    row[empty] = row[twice]
    (reading,) = read(xlsx(ege(EGE_ROWS[1], row)))
    assert not any(part in repr(reading) for part in PERSON[:3])


def test_an_oge_protocol_has_marks():
    rows = [[1, 2001, 990101, "9Б", *PERSON, 301, "2000000001", "++-", "2(2)", 4, 3]]
    reading = read_one([*ABOVE, ["02 - Математика 2025.06.03"], OGE_HEADER, *rows])
    assert (reading.naming.procedure, reading.naming.grade, reading.naming.subject) == ("oge", 9, "mathematics")
    assert (reading.pupils.printed_mark, reading.pupils.test_score) == (["3"], None)


def test_blocks_below_each_other_are_procedures_of_their_own():
    second = [*ABOVE, ["02 - Математика профильная 2025.05.27"], EGE_HEADER, EGE_ROWS[0]]
    readings = read(xlsx([*EGE, [], *second], [*EGE[:2], ["03 - Физика 2025.06.02"], *EGE[3:]]))
    assert [(r.naming.subject, len(r.pupils)) for r in readings] == [("russian", 3), ("mathematics", 1), ("physics", 3)]


def test_a_subject_sat_on_two_days_is_told_apart_by_the_day():
    reserve = [["01 - Русский язык 2025.06.20"], EGE_HEADER, EGE_ROWS[1]]
    assert [r.naming.label for r in read(xlsx([*EGE, *reserve]))] == ["30.05.2025", "20.06.2025"]


def test_a_title_and_header_repeated_by_a_page_break_continue_the_block():
    rows = [*EGE[:5], *ABOVE, ["01 - Русский язык 2025.05.30"], EGE_HEADER, *EGE_ROWS[1:]]
    assert len(read_one(rows).pupils) == 3


def test_the_subjects_name_is_believed_and_not_its_code():
    reading = read_one([*ABOVE, ["01 - Физика 2025.06.02"], EGE_HEADER, EGE_ROWS[0]])
    assert reading.naming.subject == "physics"
    assert complaint(reading, "subject_code_differs").level == "WARNING"


def test_printed_means_that_are_not_those_of_the_rows_are_told():
    found = complaint(read_one(ege(*EGE_ROWS[:2], ["Средние", *[None] * 12, "8,5", 56])), "mean_differs")
    assert says_where_and_what(found)
    assert (found.places[0].row, found.places[0].column, found.places[0].value) == (7, "Первичный балл", "8,5")
    assert found.count == 1


@pytest.mark.parametrize("said", ["не явился", "Удалён", "Неявка", None])
def test_who_was_not_there_is_absent(said):
    row = [*EGE_ROWS[0][:-2], said, None]
    pupils = read_one(ege(row)).pupils
    assert (pupils.variant, pupils.total, pupils.test_score) == (["отсутствовал"], [""], [""])


def test_a_shifted_row_keeps_its_place_but_no_scores():
    shifted = [None, *EGE_ROWS[0][:-1]]
    reading = read_one(ege(EGE_ROWS[1], shifted))
    found = complaint(reading, "shifted_row")
    assert (found.places[0].sheet, found.places[0].row) == ("Sheet1", 6)
    assert "личные данные" in found.places[0].value
    assert (reading.pupils.total[1], reading.pupils.code[1]) == ("", "")


def test_answers_that_are_no_mask_are_told_and_the_rest_is_kept():
    row = [*EGE_ROWS[0][:11], "++?2+", "3(2)3(3)", 9, 62]
    reading = read_one(ege(EGE_ROWS[1], row))
    assert {"unreadable_short", "unreadable_long"} <= set(codes(reading))
    assert reading.pupils.total == ["6", "9"]
    assert [column[1] for column in reading.pupils.items] == [""] * 7


def test_a_mask_shorter_than_the_others_is_told():
    reading = read_one(ege(*EGE_ROWS[:2], [*EGE_ROWS[0][:10], "1000000009", "++-2", "1(2)3(3)", 9, 62]))
    found = complaint(reading, "other_length_short")
    assert (found.places[0].row, found.places[0].value) == (7, "++-2")
    assert "5" in found.message


def test_a_code_that_stands_twice_is_told():
    assert complaint(read_one(ege(EGE_ROWS[0], EGE_ROWS[0])), "repeated_code").places[0].row == 6


def test_a_block_without_a_title_says_what_is_lacking():
    found = complaint(read_one([EGE_HEADER, EGE_ROWS[0]]), "procedure_unresolved")
    assert found.level == "FAIL"


def test_a_csv_in_cp1251_reads_the_same():
    (reading,) = read(csv_1251(EGE), "protocol.csv")
    assert reading.pupils.total == ["9", "6", ""]


def test_rows_can_be_judged():
    judged = collection.judge(read_one(EGE), DEFINITIONS)
    assert judged is not None


@patient
@given(noises(4, 4, 15))
def test_noise_in_cells_never_stops_the_file(noise):
    for reading in read(xlsx(with_noise(EGE, noise))):
        assert all(re.fullmatch(r"\d{0,3}(?:[.,]0+)?", total) for total in reading.pupils.total)


def test_basic_mathematics_has_marks_and_no_test_scores():
    title = ["22 - Математика базовая 2025.05.27"]
    row = [1, 1001, 990101, "11А", *PERSON, 401, "1000000001", "++-+-", "", 3, 4]
    pupils = read_one([*ABOVE, title, EGE_HEADER, row]).pupils
    assert (pupils.printed_mark, pupils.test_score) == (["4"], None)


def test_a_form_without_journal_marks_is_told_once_and_not_for_every_row():
    judged = collection.judge(read_one(EGE), DEFINITIONS)
    told = [one for one in judged.complaints if "journal" in one.code]
    assert [(one.code, one.level, one.count) for one in told] == [("no_journal_marks", "PASS", 1)]
