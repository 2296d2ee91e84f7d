"""Columns, headings and sections as departments word them, where the usual words are missing."""

from tests.core.roadmap.reading.drawn import core, read, the_only, titles


def test_a_column_of_steps_only_counts():
    parsed = read("""
        План мероприятий
        | Шаг | Что нужно сделать | К какому сроку | Кто делает | Что считаем результатом |
        | 1 | Собрать заявки | май | РМК | Список |
        | 2 | Выбрать место | июнь | школы | Приказ |
    """)
    assert core(parsed.activities[1]) == (None, "2", "Выбрать место", "июнь", ("школы",), "Приказ", None)


def test_the_term_of_a_report_is_not_that_of_the_activity():
    parsed = read("""
        План мероприятий
        | № | Мероприятие | Срок исполнения | Ответственный | Срок представления отчёта |
        | 1 | Сбор лидеров | март | РМК | до 25 декабря |
    """)
    activity = the_only(parsed)
    assert activity.deadline == "март"
    assert activity.other == (("Срок представления отчёта", "до 25 декабря"),)


def test_a_column_that_nothing_names_but_is_merged_over_rows_holds_sections():
    parsed = read("""
        План мероприятий
        | | № | Мероприятие | Срок | Исполнитель |
        | Походы | 1 | Сбор лидеров | март | РМК |
        | ^ | 2 | Слёт отрядов | май | РМК |
        | Музеи | 3 | Смотр находок | июнь | школы |
        | ^ | 4 | Выставка | июль | школы |
    """)
    assert [one.section for one in parsed.activities] == ["Походы", "Походы", "Музеи", "Музеи"]


def test_executors_of_a_heading_are_those_of_its_activities_where_no_column_names_them():
    parsed = read("""
        План мероприятий
        | № | Мероприятие | Срок |
        | Походы (ответственный: РМК, школы) |
        | 1 | Сбор лидеров | март |
    """)
    assert the_only(parsed).executors == ("РМК", "школы")
    assert the_only(parsed).confidence < 0.95


def test_a_row_that_only_says_the_term_gives_it_without_its_label():
    parsed = read("""
        План мероприятий
        | № | Мероприятие | Исполнитель |
        | Срок: до 1 октября 2031 г. |
        | 1 | Сбор лидеров | РМК |
    """)
    assert the_only(parsed).deadline == "до 1 октября 2031 г."


def test_levels_that_stood_under_one_section_stand_under_the_next():
    parsed = read("""
        План мероприятий
        | № | Мероприятие | Срок | Исполнитель |
        | Походы |
        | В районе |
        | 1 | Сбор лидеров | март | РМК |
        | В школах |
        | 2 | Слёт отрядов | май | школы |
        | Музеи |
        | В районе |
        | 3 | Смотр находок | июнь | РМК |
        | В школах |
        | 4 | Выставка | июль | школы |
    """)
    assert [one.section for one in parsed.activities] == [
        "Походы / В районе",
        "Походы / В школах",
        "Музеи / В районе",
        "Музеи / В школах",
    ]


def test_items_numbered_by_letters_stand_under_the_numbered_heading():
    parsed = read("""
        План мероприятий
        | № | Мероприятие | Срок | Исполнитель |
        | 1. | Провести совещания: | | |
        | а) | Совещание завучей | март | РМК |
        | б) | Совещание директоров | май | РМК |
    """)
    assert {one.section for one in parsed.activities} == {"Провести совещания:"}
    assert [one.number for one in parsed.activities] == ["а", "б"]


def test_what_says_that_the_table_goes_on_is_no_section():
    parsed = read("""
        Дорожная карта «Чтение»
        | № | Мероприятие | Срок | Исполнитель |
        | 1 | Сбор лидеров | март | РМК |
        Продолжение таблицы
        | 2 | Слёт отрядов | май | РМК |
    """)
    assert titles(parsed) == ["Сбор лидеров", "Слёт отрядов"]
    assert {one.section for one in parsed.activities} == {None}


def test_a_kind_of_activities_over_a_table_is_a_section_of_the_roadmap_above():
    parsed = read("""
        Дорожная карта «Чтение»
        Организационные мероприятия
        | № | Мероприятие | Срок | Исполнитель |
        | 1 | Сбор лидеров | март | РМК |
        2. Методические и кадровые мероприятия
        | № | Мероприятие | Срок | Исполнитель |
        | 1 | Слёт отрядов | май | РМК |
    """)
    assert [roadmap.title for roadmap in parsed.roadmaps] == ["Дорожная карта «Чтение»"]
    assert [one.section for one in parsed.activities] == [
        "Организационные мероприятия",
        "Методические и кадровые мероприятия",
    ]


def test_an_activity_about_those_who_sign_is_no_signature():
    parsed = read("""
        План мероприятий
        | Мероприятие | Срок | Исполнитель |
        | Сбор лидеров | март | РМК |
        | Совещание заместителей директоров | май | Петрова А. Н. |
    """)
    assert titles(parsed) == ["Сбор лидеров", "Совещание заместителей директоров"]
