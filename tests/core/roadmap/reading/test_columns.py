"""Which column is which: by the words of headers, by content where words do not tell."""

import pytest

from msoko.core.roadmap.reading.headers import Role, role_of
from tests.core.roadmap.reading.drawn import codes, core, read, the_only, titles


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("№ п /п", Role.NUMBER),
        ("Наименование мероприятия", Role.TITLE),
        ("Содержание деятельности", Role.TITLE),
        ("Что делаем", Role.TITLE),
        ("Ср оки выпол нения", Role.DEADLINE),
        ("Дата проведения мероприятия", Role.DEADLINE),
        ("Когда", Role.DEADLINE),
        ("Cpoки", Role.DEADLINE),  # typed with Latin letters
        ("до 1 числа каждого месяца", None),
        ("Ответст вен ные", Role.EXECUTORS),
        ("Кто отвечает", Role.EXECUTORS),
        ("Ответственные за результат", Role.EXECUTORS),
        ("Ожидаемый результат", Role.RESULT),
        ("Результат мероприятия", Role.RESULT),
        ("Показатель результативности", Role.INDICATOR),
        ("Целевой показатель", Role.INDICATOR),
        ("Форма отчётности/документ", Role.DOCUMENT),
        ("Направление деятельности", Role.SECTION),
        ("Отметка об исполнении", Role.OTHER),
        ("Участники/целевая аудитория", Role.OTHER),
        ("Наименование ОО", Role.OTHER),
        ("Информация о ходе работ", Role.TITLE),
        ("Срок, ответственный", Role.BOTH),
        ("2025", None),
    ],
)
def test_the_first_known_word_of_a_header_says_what_the_column_is(name, role):
    assert role_of(name) is role


def test_columns_may_stand_in_any_order():
    straight = read("""
        Дорожная карта «Чтение»
        | № | Мероприятия | Сроки | Ответственные | Результат |
        | 1 | Неделя чтения | апрель | Библиотекари школ | Отчёт |
    """)
    mixed = read("""
        Дорожная карта «Чтение»
        | Когда | Ожидаемый результат | № п/п | Кто отвечает | Содержание работы |
        | апрель | Отчёт | 1 | Библиотекари школ | Неделя чтения |
    """)
    assert core(the_only(straight)) == core(the_only(mixed))
    assert the_only(straight).confidence == the_only(mixed).confidence >= 0.95


def test_a_header_may_take_two_rows():
    parsed = read("""
        План-график
        | № | Мероприятия | Срок | Ответственные | Ожидаемые |
        | п/п |  | проведения | лица | результаты |
        | 1 | Смотр кабинетов | май | Завуч | Приказ |
    """)
    assert core(the_only(parsed)) == (None, "1", "Смотр кабинетов", "май", ("Завуч",), "Приказ", None)


def test_a_header_over_two_columns_spreads_and_beginning_and_end_make_a_period():
    parsed = read("""
        План-график
        | № | Мероприятия | Срок | | Ответственные | |
        | | | начало | окончание | район | школа |
        | 1 | Обучение команд | 01.09.2025 | 01.12.2025 | РМК | Директор |
    """)
    activity = the_only(parsed)
    assert activity.deadline == "01.09.2025 – 01.12.2025"
    assert activity.executors == ("РМК", "Директор")


def test_the_row_that_numbers_the_columns_and_repeated_headers_are_no_activities():
    parsed = read("""
        План мероприятий
        | № | Мероприятие | Срок | Исполнитель |
        | 1 | 2 | 3 | 4 |
        | 1 | Сбор лидеров | март | РМК |
        | № | Мероприятие | Срок | Исполнитель |
        | 2 | Слёт отрядов | апрель | РМК |
    """)
    assert titles(parsed) == ["Сбор лидеров", "Слёт отрядов"]
    assert parsed.complaints == ()


def test_a_row_after_a_repeated_header_goes_on_with_the_activity_above():
    parsed = read("""
        План мероприятий
        | № | Мероприятие | Срок | Исполнитель |
        | 1 | Сбор лидеров школьных | март | РМК |
        | № | Мероприятие | Срок | Исполнитель |
        | | отрядов и их наставников | | |
    """)
    assert titles(parsed) == ["Сбор лидеров школьных отрядов и их наставников"]


def test_what_no_column_is_for_stays_beside_the_activity():
    parsed = read("""
        План мероприятий
        | Мероприятие | Участники | Срок | Исполнитель | Отметка об исполнении |
        | Сбор лидеров | 7–9 классы | март | РМК | проведён |
    """)
    assert the_only(parsed).other == (("Участники", "7–9 классы"), ("Отметка об исполнении", "проведён"))


def test_result_and_indicator_are_two_things_and_a_document_is_a_result_where_there_is_no_other():
    both = read("""
        План мероприятий
        | Мероприятие | Срок | Исполнитель | Ожидаемый результат | Индикатор | Форма отчёта |
        | Сбор лидеров | март | РМК | Создан совет | 12 школ | Протокол |
    """)
    activity = the_only(both)
    assert (activity.result, activity.indicator) == ("Создан совет", "12 школ")
    assert activity.other == (("Форма отчёта", "Протокол"),)
    alone = read("""
        План мероприятий
        | Мероприятие | Срок | Исполнитель | Форма отчёта |
        | Сбор лидеров | март | РМК | Протокол |
    """)
    assert (the_only(alone).result, the_only(alone).other) == ("Протокол", ())


def test_one_cell_for_deadline_and_executors_is_parted_by_content():
    parsed = read("""
        План мероприятий
        | № | Мероприятие | Срок, ответственный |
        | 1 | Сбор лидеров | до 15 мая, УО, РМК |
    """)
    activity = the_only(parsed)
    assert (activity.deadline, activity.executors) == ("до 15 мая", ("УО", "РМК"))
    assert 0.85 < activity.confidence < 0.95


def test_executors_that_slipped_into_the_cell_of_the_deadline_are_taken_out():
    parsed = read("""
        План мероприятий
        | № | Мероприятие | Срок | Исполнитель |
        | 1 | Сбор лидеров | октябрь, РМК | |
    """)
    activity = the_only(parsed)
    assert (activity.deadline, activity.executors) == ("октябрь", ("РМК",))
    assert "Срок и исполнитель стояли в одной ячейке и разделены по содержанию." in activity.doubts


def test_a_column_that_only_mentions_time_serves_where_no_other_does():
    parsed = read("""
        План мероприятий
        | Мероприятие | Место и сроки | Участники |
        | Сбор лидеров | 12 мая, лагерь | Директора школ |
        | Слёт отрядов | июнь | Вожатые |
    """)
    assert [activity.deadline for activity in parsed.activities] == ["12 мая, лагерь", "июнь"]
    assert parsed.activities[1].executors == ("Вожатые",)


def test_columns_of_months_are_deadlines_where_they_are_marked():
    parsed = read("""
        План-график
        | № | Мероприятие | Ответственный | сентябрь | октябрь | ноябрь |
        | 1 | Сбор лидеров | РМК | + | | |
        | 2 | Слёт отрядов | УО | | + | + |
    """)
    assert [activity.deadline for activity in parsed.activities] == ["сентябрь", "октябрь, ноябрь"]


def test_money_by_years_is_no_deadline():
    parsed = read("""
        Перечень мероприятий программы
        | № | Мероприятие | Срок | Объём финансирования, тыс. руб. | | Исполнитель |
        | | | | 2025 | 2026 | |
        | 1 | Закупка глобусов | 2025–2026 | 40 | 60 | УО |
        | | Итого | | 40 | 60 | |
    """)
    assert the_only(parsed).deadline == "2025–2026"
    assert codes(parsed) == ["total"]


def test_a_header_of_unknown_words_is_told_by_what_stands_below():
    parsed = read("""
        Наши дела на год
        | Дела по порядку | К какому числу | На ком лежит |
        | Собрать команду наставников района | до 1 октября | Директор школы |
        | Обойти семьи будущих первоклассников | август | Учителя начальных классов |
        | Пересмотреть расписание кружков | сентябрь | Заместитель директора |
    """)
    assert titles(parsed)[0] == "Собрать команду наставников района"
    assert len(parsed.activities) == 3
    assert all(0.6 < activity.confidence < 0.9 for activity in parsed.activities)


def test_a_table_without_a_header_is_told_by_content_and_doubted():
    parsed = read("""
        Наши дела на год
        | 1 | Собрать команду наставников района | до 1 октября | Список команды | Директор школы |
        | 2 | Обойти семьи будущих первоклассников | август | Сведения о детях | Учителя |
        | 3 | Пересмотреть расписание кружков | сентябрь | Расписание | Заместитель директора |
    """)
    assert [activity.number for activity in parsed.activities] == ["1", "2", "3"]
    assert [activity.deadline for activity in parsed.activities] == ["до 1 октября", "август", "сентябрь"]
    assert parsed.activities[0].result == "Список команды"
    assert all(activity.confidence < 0.9 for activity in parsed.activities)


@pytest.mark.parametrize(
    "row",
    [
        "| 2 | Слёт отрядов района | РМК | апрель | Протокол |",
        "| 2 | апрель | Слёт отрядов района | РМК | Протокол |",
        "| 2 | Слёт отрядов района | | апрель | РМК |",
    ],
)
def test_cells_that_stand_under_a_wrong_header_are_put_right_and_doubted(row):
    parsed = read(f"""
        План мероприятий
        | № | Мероприятие | Срок | Исполнитель | Результат |
        | 1 | Сбор лидеров школ | март | Управление образования | Приказ |
        {row}
    """)
    activity = parsed.activities[1]
    assert (activity.title, activity.deadline, activity.executors) == ("Слёт отрядов района", "апрель", ("РМК",))
    assert activity.confidence < 0.9
    assert "cells_shifted" in codes(parsed)


def test_a_column_of_directions_gives_the_headings_and_a_merged_cell_holds_on():
    parsed = read("""
        Комплекс мер
        | Направление | Мероприятия | Сроки | Исполнители |
        | Кадры | Школа завуча | март | РМК |
        | ^ | Школа наставника | апрель | РМК |
        | Дети | Турнир чтецов | май | Школы |
    """)
    assert [activity.section for activity in parsed.activities] == ["Кадры", "Кадры", "Дети"]


def test_a_purpose_of_each_row_is_no_heading():
    parsed = read("""
        План мероприятий
        | № | Мероприятие | Цель | Срок | Исполнитель |
        | 1 | Школа завуча | Обмен опытом | март | РМК |
        | 2 | Турнир чтецов | Поиск талантов | май | Школы |
    """)
    assert [activity.section for activity in parsed.activities] == [None, None]
    assert parsed.activities[0].other == (("Цель", "Обмен опытом"),)
