"""Pupil-level ВПР files of every layout: recognised, named, read, or refused with a reason."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msoko.core.collection import Refused, judge
from msoko.core.collection.reading import Origin
from msoko.core.definitions.loading import Definitions
from tests.core.collection.made_up import (
    CELLS,
    END_F1,
    HEADER_2022,
    HEADER_F1,
    HISTORY_5,
    SCORES,
    TEXTBOOKS,
    codes,
    complaint,
    counts,
    file_2020,
    file_2021,
    file_f1,
    judged,
    pupil_2020,
    pupil_2021,
    pupil_2022,
    pupil_f1,
    reading,
    readings,
    row_of,
    xlsx,
)


def test_a_file_of_2020_is_a_work_of_the_folder_and_pupils_a_grade_higher() -> None:
    found = reading(xlsx(Sheet1=file_2020(pupil_2020(SCORES, ["", "", ""]))), "5/История.xlsx")
    assert (found.source, found.naming.year, found.naming.origins["year"]) == ("vpr_pupils/2020", 2020, Origin.CONTENT)
    assert (found.naming.grade, found.naming.pupils_grade, found.naming.academic_year) == (5, 6, 2020)
    assert [(school.key, school.municipality_code) for school in found.schools] == [("sch990001", "reg99_m004")]
    assert row_of(judge(found, Definitions.load()))["class_name"] == "А"


def test_a_login_is_one_school_in_any_case() -> None:
    rows = [pupil_2021(SCORES, login="SCH990001"), pupil_2021(SCORES, code="2", login="sch990001 ")]
    assert [school.key for school in reading(xlsx(Sheet=file_2021(rows))).schools] == ["sch990001"]


def test_empty_rows_and_totals_are_skipped_and_counted() -> None:
    rows = [
        pupil_2021(SCORES),
        [],
        ["Итого", "", "", "", "", "", "", "", 10],
        ["", "Средние", "", "", "", "", "", "", 10],
    ]
    found = reading(xlsx(Sheet=file_2021(rows)))
    assert found.pupils is not None
    assert len(found.pupils) == 1
    assert complaint(found, "rows_skipped").count == 3


def test_a_row_without_a_school_is_told_and_left_out() -> None:
    found = reading(xlsx(Sheet=file_2021([pupil_2021(SCORES), pupil_2021(SCORES, login="")])))
    assert found.pupils is not None
    assert found.pupils.row_numbers == [2]
    assert complaint(found, "row_without_school").places[0].row == 3


def test_personal_columns_are_dropped_and_named() -> None:
    header, *rows = file_2021([pupil_2021(SCORES)])
    extra = ["ФИО участника", "Фамилия", "Паспорт серия", "СНИЛС", "Дата рождения", "E-mail", "Телефон родителя"]
    secret = [f"тайна {n}" for n in range(len(extra))]
    found = reading(xlsx(Sheet=[[*extra, *header], *([*secret, *row] for row in rows)]))
    assert found.dropped_columns == extra
    assert complaint(found, "personal_columns_dropped").level == "PASS"
    assert "тайна" not in repr(found)
    assert counts(judge(found, Definitions.load())) == {"valid": 1}


def test_moving_columns_changes_nothing() -> None:
    grid = file_2021([[*pupil_2021(SCORES), ""], [*pupil_2021([1] * 8, code="50002"), "1"]])
    order = list(range(len(grid[0])))
    random.Random(5).shuffle(order)
    moved = [[row[place] for place in order] for row in grid]
    straight, shuffled = judged(grid), judged(moved)
    assert shuffled.table.equals(straight.table)
    assert codes(shuffled) == codes(straight)


def test_a_file_of_2022_says_year_grade_subject_and_schools_itself() -> None:
    grid = [HEADER_2022, pupil_2022([1, 1, 1])]
    found = reading(xlsx(Классы=TEXTBOOKS, Протокол=grid), "безымянный.xlsx")
    naming = found.naming
    assert (naming.year, naming.grade, naming.subject, naming.academic_year) == (2022, 5, "history", 2021)
    assert set(naming.origins.values()) == {Origin.CONTENT}
    (school,) = found.schools
    assert (school.key, school.name, school.municipality) == ("edu990001", 'МКОУ "СОШ № 1"', "Приречный район")
    assert (school.municipality_code, school.region) == ("reg99_m019", "Край")
    assessed = judge(found, Definitions.load())
    assert [(item.number, item.maximum) for item in assessed.items] == [("1К1", 2), ("2(1)", 1), ("10", 3)]


def test_uploads_of_two_years_leave_the_year_to_the_name() -> None:
    rows = [pupil_2022([1, 1, 1]), pupil_2022([1, 1, 1], "16.03.2023 04:26:15", code=50002)]
    found = reading(xlsx(Классы=TEXTBOOKS, Протокол=[HEADER_2022, *rows]), "ВПР 2023.xlsx")
    assert (found.naming.year, found.naming.origins["year"]) == (2023, Origin.FILE_NAME)


def test_an_upload_after_new_year_is_of_the_work_of_the_autumn_before() -> None:
    rows = [pupil_2022([1, 1, 1], "28.12.2022 04:26:15"), pupil_2022([1, 1, 1], "17.01.2023 04:26:15", code=50002)]
    for protocol in (rows, rows[1:]):
        naming = reading(xlsx(Классы=TEXTBOOKS, Протокол=[HEADER_2022, *protocol]), "безымянный.xlsx").naming
        assert (naming.year, naming.academic_year, naming.pupils_grade) == (2022, 2022, 6)


def test_form_one_is_read_with_its_title_levels_and_marks() -> None:
    found = reading(
        xlsx(Лист=file_f1(pupil_f1("50001", [2, 3, 1], "5"), pupil_f1("50002", [0, 1, "X"], "2", ""))), "x.xlsx"
    )
    assert (found.naming.year, found.naming.grade, found.naming.subject) == (2023, 5, "russian")
    assert found.pupils is not None
    assert found.pupils.login == ["edu990001"] * 2
    assert [(i.number, i.maximum, i.level) for i in found.pupils.item_headers] == [
        ("1", 2, "Б"),
        ("2К1", 3, "П"),
        ("9.1", 1, "Б"),
    ]
    assert judge(found, Definitions.load()).table["printed_mark"].to_pylist() == [5, 2]
    assert "declared_count_differs" not in codes(found)


def test_form_one_with_fewer_rows_than_declared_is_told() -> None:
    found = reading(xlsx(Лист=file_f1(pupil_f1("50001", [2, 3, 1], "5"), declared=17)), "x.xlsx")
    assert "17" in complaint(found, "declared_count_differs").message


def test_a_printed_mark_that_the_scale_does_not_give_is_told() -> None:
    items = [f"{n} ({most}б)" for n, most in enumerate(HISTORY_5, 1)]
    above = [["ВПР 2021 История 5 класс"], ["СОШ (edu990001) | Кол-во участников: 2"]]
    rows = [pupil_f1("50001", HISTORY_5, "5"), pupil_f1("50002", HISTORY_5, "3")]
    assessed = judge(reading(xlsx(Лист=[*above, [*HEADER_F1, *items, *END_F1], *rows]), "x.xlsx"), Definitions.load())
    assert assessed.scale is not None
    assert complaint(assessed, "mark_differs_from_scale").places[0].row == 5


def test_a_file_in_text_reads_as_the_workbook_does() -> None:
    grid = file_2021([[*pupil_2021(SCORES), ""]])
    said = "\r\n".join(";".join(str(cell) for cell in row) for row in grid)
    for data in (said.encode("cp1251"), said.encode("utf-8-sig")):
        assessed = judge(reading(data, "История, 5 класс. ВПР 2021.csv"), Definitions.load())
        assert assessed.table.equals(judged(grid).table)


def test_a_file_of_headers_alone_has_no_rows_and_breaks_nothing() -> None:
    assert counts(judged(file_2021([]))) == {}


def test_an_unknown_form_is_refused_with_the_nearest_sources_and_what_they_lack() -> None:
    with pytest.raises(Refused) as refused:
        readings(xlsx(Лист=[["Логин школы", "Пол", "Класс", "Вариант"], ["a", "м", "5", 1]]))
    (fail,) = refused.value.complaints
    assert (fail.level, fail.code) == ("FAIL", "unrecognised")
    assert "выгрузка 2021" in fail.message
    assert "всего баллов" in fail.message


def test_a_header_below_the_thirtieth_row_is_not_looked_for() -> None:
    grid = file_2021([pupil_2021(SCORES)])
    assert reading(xlsx(Лист=[[]] * 29 + list(grid))).source == "vpr_pupils/2021"
    with pytest.raises(Refused):
        readings(xlsx(Лист=[[]] * 30 + list(grid)))


@settings(deadline=None, max_examples=80)
@given(st.lists(st.lists(CELLS, max_size=8), max_size=8))
def test_a_grid_of_random_cells_is_refused_and_never_breaks(rows: list[list[object]]) -> None:
    with pytest.raises(Refused) as refused:
        readings(xlsx(Sheet=rows))
    assert {one.level for one in refused.value.complaints} == {"FAIL"}


@settings(deadline=None, max_examples=80)
@given(st.binary(max_size=2000))
def test_random_bytes_are_refused_and_never_break(data: bytes) -> None:
    with pytest.raises(Refused) as refused:
        readings(data)
    assert refused.value.complaints[0].advice
