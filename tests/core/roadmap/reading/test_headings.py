"""Headings within a table, and which stand under which."""

import pytest

from tests.core.roadmap.reading.drawn import codes, read, read_text, titles


def sections(parsed):
    return [activity.sections for activity in parsed.activities]


@pytest.mark.parametrize(
    "heading", ["Кадры", "1. Кадры", "I. Кадры", "Раздел 1. Кадры", "Кадры | | |", "| Кадры | | ", "1. | Кадры"]
)
def test_a_merged_row_or_a_row_with_one_cell_is_a_heading_without_its_number(heading):
    parsed = read(f"""
        План мероприятий
        | № | Мероприятие | Срок | Исполнитель |
        | {heading} |
        | 1 | Школа завуча | март | РМК |
    """)
    assert sections(parsed) == [("Кадры",)]
    assert parsed.complaints == ()


def test_words_that_say_what_kind_of_heading_it_is_stay():
    parsed = read("""
        План мероприятий
        | № | Мероприятие | Срок | Исполнитель |
        | Направление 2. Кадры |
        | 1 | Школа завуча | март | РМК |
    """)
    assert sections(parsed) == [("Направление 2. Кадры",)]


def test_the_same_words_in_every_cell_are_one_merged_cell():
    parsed = read_text("""
План мероприятий
№|Мероприятие|Срок|Исполнитель
Кадры|Кадры|Кадры|Кадры
1|Школа завуча|март|РМК
    """)
    assert sections(parsed) == [("Кадры",)]


def test_headings_of_other_kinds_stand_under_each_other():
    parsed = read("""
        План мероприятий
        | № | Мероприятие | Срок | Исполнитель |
        | Раздел I. Учёба |
        | 1.1 Учителя |
        | 1 | Школа завуча | март | РМК |
        | 1.2 Ученики |
        | 2 | Турнир чтецов | май | РМК |
        | Раздел II. Досуг |
        | 3 | Поход | июнь | Школы |
    """)
    assert sections(parsed) == [("Учёба", "Учителя"), ("Учёба", "Ученики"), ("Досуг",)]
    assert parsed.activities[0].section == "Учёба / Учителя"


def test_two_headings_one_after_another_nest():
    parsed = read("""
        План мероприятий
        | Мероприятие | Срок | Исполнитель |
        | Учёба | | |
        | Учителя | | |
        | Школа завуча | март | РМК |
        | Ученики | | |
        | Турнир чтецов | май | РМК |
    """)
    assert sections(parsed) == [("Учёба", "Учителя"), ("Учёба", "Ученики")]


def test_a_numbered_row_holds_the_rows_numbered_below_it_and_no_others():
    parsed = read("""
        План мероприятий
        | № | Мероприятие | Срок | Исполнитель |
        | 1 | Школа завуча | март | РМК |
        | 2 | Вечера встреч, в том числе: | | |
        | 2.1 | Вечер физики | май | РМК |
        | 2.2 | Вечер музыки: | | |
        | 2.2.1 | Хоровой вечер | июнь | РМК |
        | 3 | Поход | июнь | Школы |
    """)
    assert sections(parsed) == [
        (),
        ("Вечера встреч, в том числе:",),
        ("Вечера встреч, в том числе:", "Вечер музыки:"),
        (),
    ]


def test_a_numbered_heading_whose_words_are_lost_ends_the_one_before():
    parsed = read("""
        План мероприятий
        | № | Мероприятие | Срок | Исполнитель |
        | 4 | Вечера встреч: | | |
        | 4.1 | Вечера наук: | | |
        | 4.1.1 | Вечер физики | май | РМК |
        | 4.2 | | | |
        | 4.2.1 | Хоровой вечер | июнь | РМК |
    """)
    assert sections(parsed)[1] == ("Вечера встреч:",)


def test_a_numbered_row_between_its_neighbours_is_an_activity_that_lost_its_cells():
    parsed = read("""
        План мероприятий
        | № | Мероприятие | Срок | Исполнитель |
        | 1 | Школа завуча | март | РМК |
        | 2 | Турнир чтецов | | |
        | 3 | Поход | июнь | Школы |
    """)
    assert titles(parsed) == ["Школа завуча", "Турнир чтецов", "Поход"]
    assert parsed.activities[1].confidence < 0.8
    assert codes(parsed) == ["deadline_empty", "executors_empty"]


def test_numbers_that_begin_anew_make_the_row_before_a_heading():
    parsed = read("""
        План мероприятий
        | № | Мероприятие | Срок | Исполнитель |
        | 1 | Учителя | | |
        | 1 | Школа завуча | март | РМК |
        | 2 | Школа наставника | март | РМК |
        | 2 | Ученики | | |
        | 1 | Турнир чтецов | май | РМК |
    """)
    assert sections(parsed) == [("Учителя",), ("Учителя",), ("Ученики",)]


def test_items_of_a_list_with_deadlines_of_their_own_are_activities_under_their_heading():
    parsed = read("""
        План мероприятий
        | № | Мероприятие | Срок | Исполнитель |
        | 1 | Провести встречи: | | |
        | | - с завучами | март | РМК |
        | | - с вожатыми | май | РМК |
        | 2 | Поход | июнь | Школы |
    """)
    assert titles(parsed) == ["- с завучами", "- с вожатыми", "Поход"]
    assert sections(parsed) == [("Провести встречи:",), ("Провести встречи:",), ()]
    assert all(activity.confidence > 0.9 for activity in parsed.activities)


def test_executors_of_a_heading_hold_for_the_rows_below_that_have_none():
    parsed = read("""
        План мероприятий
        | № | Мероприятие | Срок | Исполнитель |
        | 1 | Провести встречи: | | Управление образования |
        | 1.1 | Встреча завучей | март | |
        | 1.2 | Встреча вожатых | май | РМК |
    """)
    assert [activity.executors for activity in parsed.activities] == [("Управление образования",), ("РМК",)]
    assert "Исполнитель взят из строки-заголовка." in parsed.activities[0].doubts


def test_a_heading_repeated_on_the_next_page_is_the_same_heading():
    parsed = read("""
        План мероприятий
        | № | Мероприятие | Срок | Исполнитель |
        | 1. Учителя |
        | 1.1 | Школа завуча | март | РМК |
        | 1. Учителя |
        | 1.2 | Школа наставника | март | РМК |
    """)
    assert sections(parsed) == [("Учителя",), ("Учителя",)]


def test_a_heading_that_goes_on_in_the_next_row_is_one():
    parsed = read_text("""
План мероприятий
№|Мероприятие|Срок|Исполнитель
|Работа с учителями, которые|||

|ведут классы коррекции|||
1|Школа завуча|март|РМК
    """)
    assert sections(parsed) == [("Работа с учителями, которые ведут классы коррекции",)]


def test_a_numbered_heading_in_the_first_cell_goes_on_there():
    parsed = read("""
        План мероприятий
        | № | Мероприятие | Срок | Исполнитель |
        | 1. Работа с учителями, | | | |
        | которые ведут классы коррекции | | | |
        | 1.1 | Школа завуча | март | РМК |
    """)
    assert sections(parsed) == [("Работа с учителями, которые ведут классы коррекции",)]


def test_a_heading_cut_by_the_grid_is_put_together():
    parsed = read_text("""
План мероприятий
№|Мероприятие|Срок|Исполнитель|Результат
|Работа с учител|ями началь|ных классов|
1|Школа завуча|март|РМК|Программа для учителями начальных школ
    """)
    assert sections(parsed) == [("Работа с учителями начальных классов",)]


def test_months_as_headings_are_deadlines_where_no_column_has_them():
    parsed = read("""
        План работы
        | № | Мероприятие | Ответственный |
        | Сентябрь |
        | 1 | День здоровья | Директора школ |
        | Октябрь |
        | 1 | Слёт отрядов | РМК |
    """)
    assert [activity.deadline for activity in parsed.activities] == ["Сентябрь", "Октябрь"]


def test_a_heading_without_activities_is_complained_of():
    parsed = read("""
        План мероприятий
        | № | Мероприятие | Срок | Исполнитель |
        | Учителя |
        | 1 | Школа завуча | март | РМК |
        | Ярмарка вакансий для выпускников |
    """)
    assert codes(parsed) == ["heading_empty"]
    assert parsed.complaints[0].words == "Ярмарка вакансий для выпускников"
    assert parsed.complaints[0].line == 5
