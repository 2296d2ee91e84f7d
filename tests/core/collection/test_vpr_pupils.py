"""Pupil-level ВПР files with every kind of dirt: each row gets a status, nothing stops the file."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msoko.core.collection import Assessed, Refused, judge
from msoko.core.collection.reading import Origin
from msoko.core.definitions.loading import Definitions
from msoko.core.facts.schema import pupil_schema
from tests.core.collection.made_up import (
    END_F1,
    HEADER_2020,
    HEADER_F1,
    HISTORY_5,
    codes,
    complaint,
    counts,
    file_2021,
    judged,
    pupil_2021,
    reading,
    readings,
    xlsx,
)

SCORES = [2, 1, 0, 3, 1, 0, 1, 2]
HEADER_2022 = [
    "Пользователь",
    "Регион",
    "Муниципалитет",
    "Школа",
    "Дата загрузки",
    "Код",
    "Вариант",
    "1К1 (2б)",
    "2(1) (1б)",
    "10 (3б)",
    "Наименование класса",
    "Пол",
    "Отметка за предыдущий триместр/ четверть/полугодие",
    "Итого баллов",
]
TEXTBOOKS = [["Пользователь", "Основной учебник по предмету"], ["edu990001", "is5.2 | 1.2 | История 5 класс"]]


def one(items: list[object] = SCORES, **said: object) -> Assessed:
    return judged(file_2021([pupil_2021(items, **said)]))


def row_of(assessed: Assessed, number: int = 0) -> dict[str, object]:
    return assessed.table.to_pylist()[number]


def pupil_2022(items: list[object], uploaded: str = "16.03.2022 04:26:15", **said: object) -> list[object]:
    usual = {"code": 50001, "variant": 1, "class_label": "5А", "sex": "ж", "journal": 4, "total": 3} | said
    school = ["edu990001", "reg990000 | Край", "reg99_m019 | Приречный район", 'edu990001 | МКОУ "СОШ № 1"', uploaded]
    return [*school, usual["code"], usual["variant"], *items, *list(usual.values())[2:]]


def pupil_2020(items: list[object], beyond: list[object], **said: object) -> list[object]:
    usual = {"groups": "VPR_22,reg99_vpr_m004,vpr2019.ma4,vpr2020.is5", "user": "SCH990001", "id": 1, "code": "60001"}
    usual |= {"otc": "5", "gender": "ж", "klass": "6а", "var-1": "1", "var-2": "", "sum": 10} | said
    return [*usual.values(), *items, *beyond]


def file_2020(*rows: list[object], items: int = 8) -> list[list[object]]:
    header = [f"a-{n}-grade" for n in range(1, items + 4)]
    header[items] = "Учебник"
    return [[*HEADER_2020, *header], *rows]


def test_a_clean_row_is_valid_and_says_all_it_knows() -> None:
    assessed = one()
    assert counts(assessed) == {"valid": 1}
    row = row_of(assessed)
    expected = {
        "login": "sch990001",
        "code": "50001",
        "class_name": "А",
        "sex": "м",
        "journal_mark": 4,
        "row_number": 2,
    }
    assert expected.items() <= row.items()
    assert (row["printed_total"], row["items_total"], row["in_printed"], row["in_items"]) == (10, 10, True, True)
    assert [row[f"item_{n}"] for n in range(1, 9)] == SCORES
    assert codes(assessed) == {"maxima_by_work"}


def test_the_table_has_the_columns_of_the_schema_of_facts() -> None:
    table = one().table
    schema = pupil_schema(8)
    assert table.schema.names == schema.names
    assert table.schema.types == schema.types


@pytest.mark.parametrize("cell", ["X", "x", "Х", "х", " X", "-", "–", "—", "не пройд.", "Не пройдено", "", None])
def test_what_was_not_attempted_brings_nothing_and_is_not_zero(cell: object) -> None:
    assessed = one([cell, *SCORES[1:]], total=8)
    row = row_of(assessed)
    assert row["item_1"] is None
    assert (row["items_total"], row["in_items"]) == (8, True)


@pytest.mark.parametrize("cell", [2, 2.0, "2", "2.0", "2,0", " 2\u00a0"])
def test_a_score_is_the_same_however_it_is_written(cell: object) -> None:
    assert row_of(one([cell, *SCORES[1:]]))["item_1"] == 2


@pytest.mark.parametrize("cell", ["-1", "H", "?", "ж", "отсутствовал", "1.5", True, "9" * 5000])
def test_an_unreadable_score_leaves_the_row_out_of_item_scores_only(cell: object) -> None:
    assessed = one([cell, *SCORES[1:]], total=8)
    row = row_of(assessed)
    assert (row["item_1"], row["in_items"], row["in_printed"]) == (None, False, True)
    told = complaint(assessed, "unreadable_item")
    assert (told.level, told.count, told.places[0].row, told.places[0].column) == ("WARNING", 1, 2, "балл за 1")
    assert told.advice


def test_a_score_above_its_maximum_leaves_the_row_out_of_item_scores() -> None:
    assessed = one([3, *SCORES[1:]], total=11)
    assert not row_of(assessed)["in_items"]
    assert complaint(assessed, "item_above_max").places[0].value == "3"


def test_a_row_of_blank_items_is_left_out_of_item_scores_but_one_of_crosses_is_not() -> None:
    blank, crosses = one([None] * 8, total=4), one(["X"] * 8, total=0)
    assert not row_of(blank)["in_items"]
    assert row_of(crosses)["in_items"]


@pytest.mark.parametrize("total", ["", None, "нет", "-3", "7,5"])
def test_without_a_total_the_row_counts_by_its_items(total: object) -> None:
    assessed = one(total=total)
    row = row_of(assessed)
    assert counts(assessed) == {"no_total": 1}
    assert (row["in_printed"], row["in_items"], row["printed_total"]) == (False, True, None)
    assert complaint(assessed, "no_total").count == 1


def test_a_total_above_the_maximum_is_not_printed_score() -> None:
    assessed = one(total=16)
    assert counts(assessed) == {"total_above_max": 1}
    assert "15" in complaint(assessed, "total_above_max").message


def test_an_enormous_total_breaks_nothing() -> None:
    assert counts(one(total=10**15)) == {"total_above_max": 1}


@pytest.mark.parametrize("variant", ["отсутствовал", "Отсутствовала", " отсутств."])
def test_the_absent_are_no_zeros(variant: str) -> None:
    assessed = one([None] * 8, variant=variant, total=0)
    row = row_of(assessed)
    assert counts(assessed) == {"absent": 1}
    assert (row["in_printed"], row["in_items"], row["items_total"]) == (False, False, None)


def test_absent_with_scores_is_told() -> None:
    assert complaint(one(variant="отсутствовал"), "absent_with_scores").count == 1


@pytest.mark.parametrize("variant", ["0", "", "Var1"])
def test_a_strange_variant_is_told_and_the_row_stays(variant: str) -> None:
    assessed = one(variant=variant)
    assert counts(assessed) == {"valid": 1}
    assert "unknown_variant" in codes(assessed)


@pytest.mark.parametrize(
    ("first", "second", "status"),
    [
        ("отсутствовал", "отсутствовал", "absent"),
        ("отсутствовал", "", "absent"),
        ("", "отсутствовал", "absent"),
        ("1", "отсутствовал", "part_absent"),
        ("отсутствовал", "2", "part_absent"),
        ("1", "2", "valid"),
        ("", "", "valid"),
    ],
)
def test_two_parts_of_a_work_give_one_status(first: str, second: str, status: str) -> None:
    row = pupil_2020(SCORES, ["", "", ""], **{"var-1": first, "var-2": second})
    assessed = judge(reading(xlsx(Sheet1=file_2020(row)), "2020/5/История.xlsx"), Definitions.load())
    assert counts(assessed) == {status: 1}


def test_a_file_of_2020_is_a_work_of_the_folder_and_pupils_a_grade_higher() -> None:
    found = reading(xlsx(Sheet1=file_2020(pupil_2020(SCORES, ["", "", ""]))), "5/История.xlsx")
    assert (found.source, found.naming.year, found.naming.origins["year"]) == ("vpr_pupils/2020", 2020, Origin.CONTENT)
    assert (found.naming.grade, found.naming.pupils_grade, found.naming.academic_year) == (5, 6, 2020)
    assert [(school.key, school.municipality_code) for school in found.schools] == [("sch990001", "reg99_m004")]
    assert row_of(judge(found, Definitions.load()))["class_name"] == "А"


def test_in_2020_cells_right_of_the_textbook_are_told_and_are_no_items() -> None:
    rows = [pupil_2020(SCORES, ["", "1", ""]), pupil_2020(SCORES, ["", "", ""], code="60002")]
    assessed = judge(reading(xlsx(Sheet1=file_2020(*rows)), "5/История.xlsx"), Definitions.load())
    assert len(assessed.items) == 8
    assert complaint(assessed, "cells_outside_columns").count == 1


def test_in_2021_a_score_in_the_place_of_the_textbook_is_told_and_a_title_is_not() -> None:
    rows = [
        [*pupil_2021(SCORES), "1"],
        [*pupil_2021(SCORES, code="2"), "X"],
        [*pupil_2021(SCORES, code="3"), "История"],
    ]
    assert complaint(judged(file_2021(rows)), "cells_outside_columns").count == 2


def test_a_cell_under_no_header_is_told() -> None:
    assert complaint(judged(file_2021([[*pupil_2021(SCORES), "", "2"]])), "cells_outside_columns").count == 1


def test_a_sum_that_does_not_match_is_told_with_both_numbers() -> None:
    assessed = one(total=9)
    assert assessed.sum_mismatch == 1
    assert complaint(assessed, "sum_mismatch").places[0].value == "9 ≠ 10"


@pytest.mark.parametrize(("mark", "code"), [("нет отметки", "journal_mark_missing"), ("", "journal_mark_missing")])
def test_no_journal_mark_is_told_apart_from_an_odd_one(mark: str, code: str) -> None:
    assessed = one(journal=mark)
    assert row_of(assessed)["journal_mark"] is None
    assert code in codes(assessed)


@pytest.mark.parametrize("mark", ["1", "8", "ж", "*", "3.5"])
def test_a_journal_mark_outside_two_to_five_is_odd(mark: str) -> None:
    assert "journal_mark_odd" in codes(one(journal=mark))


def test_odd_sex_and_class_are_told() -> None:
    assessed = one(sex="4", class_label="общеобразовательный")
    assert {"sex_odd", "class_odd"} <= codes(assessed)
    assert row_of(assessed)["sex"] == ""


@pytest.mark.parametrize("label", ["5А", "5a", "а", "5 «А»", "А класс"])
def test_labels_of_one_class_become_one(label: str) -> None:
    assert row_of(one(class_label=label))["class_name"] == "А"


@pytest.mark.parametrize("label", ["нет", "НЕТ", "", "5"])
def test_the_only_class_of_a_grade_has_no_letter(label: str) -> None:
    assert row_of(one(class_label=label))["class_name"] == ""


def test_repeated_codes_are_told_within_a_school_only() -> None:
    rows = [pupil_2021(SCORES), pupil_2021(SCORES), pupil_2021(SCORES, login="sch990002")]
    assessed = judged(file_2021(rows))
    assert counts(assessed) == {"valid": 3}
    told = complaint(assessed, "duplicate_code")
    assert (told.count, told.places[0].row) == (1, 3)


def test_codes_of_another_grade_are_told() -> None:
    assessed = judged(file_2021([pupil_2021(SCORES, code=f"6000{n}") for n in range(5)]))
    assert "6" in complaint(assessed, "grade_by_codes_differs").message


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


def file_f1(*rows: list[object], declared: int = 2, title: str = "ВПР 2023 Русский язык 5 класс") -> list[list[object]]:
    above: list[list[object]] = [[title], [f'МБОУ "СОШ № 1" (edu990001) | Кол-во участников: {declared}'], []]
    levels = [None] * 6 + ["Б", "П", "Б"]
    return [*above, levels, [*HEADER_F1, "1 (2б)", "2К1 (3б)", "9.1 (1б)", *END_F1], *rows]


def pupil_f1(code: str, items: list[object], mark: str, login: str = "edu990001") -> list[object]:
    total = sum(item for item in items if isinstance(item, int))
    return [login, "Приречный район", "СОШ № 1", code, "5А", "1", *items, total, mark, "4"]


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


cells = st.one_of(
    st.none(),
    st.integers(-5, 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12),
    st.sampled_from(["X", "отсутствовал", "не пройд.", "м", "5А", "итого", "sch990001", "нет отметки", "—", "4,0"]),
)


@settings(deadline=None, max_examples=120)
@given(st.lists(st.lists(cells, min_size=18, max_size=20), max_size=6))
def test_whatever_the_cells_are_nothing_breaks_and_statuses_add_up_to_rows(rows: list[list[object]]) -> None:
    grid = file_2021([["sch990001", *row[1:]] for row in rows])
    found = reading(xlsx(Sheet=grid))
    assessed = judge(found, Definitions.load())
    assert sum(assessed.counts.values()) == assessed.table.num_rows == len(rows)
    assert all(row["status"] == "valid" for row in assessed.table.to_pylist() if row["in_printed"])
    assert not [one for one in assessed.complaints if one.level == "FAIL"]


@settings(deadline=None, max_examples=80)
@given(st.lists(st.lists(cells, max_size=8), max_size=8))
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
