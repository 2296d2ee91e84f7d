"""Tables of any sheet: where they begin, what stands over them, what their columns and rows are."""

from msoko.core.analysis.contradictions import StatedTable, find
from msoko.core.analysis.contradictions.from_sheets import tables_of_sheet, tables_of_text
from msoko.core.analysis.contradictions.roles import Role
from tests.core.analysis.contradictions.typed_tables import DEFINITIONS


def tables(said: str) -> list[StatedTable]:
    return tables_of_text(said, DEFINITIONS, "справка.txt")


def roles(table: StatedTable) -> list[str]:
    return [column.role.value for column in table.columns]


def test_a_header_of_two_rows_is_read_downwards() -> None:
    (table,) = tables(
        "Результаты ЕГЭ\nПредмет\tУчастников\t\tСредний балл\t\n\t2022\t2023\t2022\t2023\nФизика\t20\t21\t50,1\t52\n"
    )
    assert [(column.role.value, column.year) for column in table.columns] == [
        ("participants", 2022),
        ("participants", 2023),
        ("mean", 2022),
        ("mean", 2023),
    ]


def test_a_cell_of_a_count_and_its_per_cent_becomes_two_columns() -> None:
    (table,) = tables("Отметки ОГЭ\nПредмет\t«4»\t«5»\nФизика\t16/80%\t4/ 20%\n")
    assert roles(table) == ["n4", "p4", "n5", "p5"]
    assert [str(value) for value in table.rows[0].cells.values()] == ["16", "80", "4", "20"]


def test_a_header_that_is_but_a_unit_belongs_to_the_column_before_it() -> None:
    (table,) = tables("ВПР и журнал\nПредмет\tПонизили\t%\tПовысили\t%\nФизика\t5\t25\t2\t10\n")
    assert roles(table) == ["lowered", "lowered_percent", "raised", "raised_percent"]


def test_a_line_inside_a_table_is_about_the_rows_below_it() -> None:
    (table,) = tables("ВПР\nПредмет\tПисали\tСправились, %\n5 класс\nМатематика\t50\t90\n6 класс\nМатематика\t40\t80\n")
    assert [(row.subject, row.grade) for row in table.rows] == [("mathematics", 5), ("mathematics", 6)]


def test_a_line_above_a_header_is_the_title_of_the_table_below() -> None:
    first, second = tables("ОГЭ\nПредмет\tСдавали\nФизика\t20\nЕГЭ\nПредмет\tСдавали\nФизика\t12\n")
    assert [(table.title, table.procedure, len(table.rows)) for table in (first, second)] == [
        ("ОГЭ", "oge", 1),
        ("ЕГЭ", "ege", 1),
    ]


def test_prose_above_a_table_tells_the_exam_but_not_the_year() -> None:
    prose = "В 2020 году основные государственные экзамены (ОГЭ) для учеников 9 классов были отменены по всей стране."
    (table,) = tables(f"{prose}\nПредмет\tУчастников\nФизика\t20\n")
    assert (table.title, table.procedure, table.year) == ("без названия, № 1", "oge", None)


def test_columns_may_be_subjects_schools_or_the_district() -> None:
    (by_subject,) = tables("Средний балл ЕГЭ\nШкола\tФизика\tХимия\nСОШ № 1\t50,1\t60\n")
    assert [(column.subject, column.role) for column in by_subject.columns] == [
        ("physics", Role.MEAN),
        ("chemistry", Role.MEAN),
    ]
    (by_school,) = tables(
        "ВПР\nПоказатель\tСОШ № 1\tСОШ № 2\tРайон\nПисали работу\t50\t30\t80\nСправились\t45\t29\t74\n"
    )
    assert [(column.entity, column.is_total) for column in by_school.columns] == [
        ("сош № 1", False),
        ("сош № 2", False),
        ("", True),
    ]
    assert [row.role for row in by_school.rows] == [Role.PARTICIPANTS, Role.PASSED]


def test_whole_numbers_under_marks_are_counts_or_per_cents_by_what_they_make() -> None:
    rows = "Физика\t{n}\t10\t40\t30\t20\nХимия\t{n}\t5\t45\t25\t25\n"
    (percents,) = tables("ОГЭ\nПредмет\tУчастников\t2\t3\t4\t5\n" + rows.format(n=61))
    (counts,) = tables("ОГЭ\nПредмет\tУчастников\t2\t3\t4\t5\n" + rows.format(n=100))
    assert (roles(percents)[1:], roles(counts)[1:]) == (["p2", "p3", "p4", "p5"], ["n2", "n3", "n4", "n5"])


def test_two_kinds_of_history_of_one_table_are_told_apart() -> None:
    (table,) = tables("ОГЭ\nПредмет\tСдавали\nИстория с XX в.\t72\nИстория без XX в.\t38\nФизика\t51\n")
    assert len({row.subject for row in table.rows}) == 3
    assert table.rows[2].subject == "physics"


def test_shares_that_a_spreadsheet_keeps_below_one_are_per_cents() -> None:
    rows = [["ОГЭ"], ["Предмет", "Сдавали", "Успеваемость, %"], ["Физика", 40, 0.975], ["Химия", 40, 0.95]]
    (table,) = tables_of_sheet(rows, DEFINITIONS)
    assert [str(row.cells[table.columns[1].key]) for row in table.rows] == ["97.5", "95"]


def test_a_sheet_of_words_has_no_tables() -> None:
    assert tables("План\n№\tМероприятие\tСрок\n1\tСовещание\tмай\n") == []


def test_names_of_people_are_no_labels_of_rows() -> None:
    (table,) = tables(
        "Итоги\nФ.И.О. учителя\tПредмет\tУчастников\nИванова И. И.\tФизика\t20\nПетров П. П.\tХимия\t12\n"
    )
    assert [row.label for row in table.rows] == ["Физика", "Химия"]


def test_a_list_of_pupils_is_not_a_table_of_schools_that_contradict_themselves() -> None:
    rows = "".join(f"СОШ № 1\t{score}\n" for score in range(50))
    (table,) = tables(f"Результаты\nШкола\tБалл\n{rows}")
    assert find([table]) == []
