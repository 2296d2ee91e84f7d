"""Tables that are no roadmaps give no activities."""

import pytest

from tests.core.roadmap.reading.drawn import codes, read, read_text, titles

PASSPORT = """
    | Наименование программы | Чтение для всех |
    | Сроки реализации | 2026–2028 годы |
    | Основные мероприятия | Недели чтения, турниры, слёты |
    | Исполнители | Управление образования, школы |
"""
STATISTICS = """
    | Предмет | Участников | Средний балл | Не сдали, % |
    | Физика | 41 | 52,5 | 4,9 |
    | Химия | 17 | 60 | 0 |
"""
SCHOOLS = """
    | № | Наименование ОО | ФИО директора | Телефон |
    | 1 | МБОУ «Заречная школа» | Орлова А.А. | 2-11-33 |
    | 2 | МБОУ «Горная школа» | Стрижов Б.Б. | 2-11-44 |
"""
INDICATORS = """
    | № | Наименование показателя | Единица измерения | Срок | Ответственный |
    | 1 | Доля читающих семей | % | 2026 год | УО |
    | 2 | Число клубов | шт. | 2027 год | РМК |
    | 3 | Охват школьников | % | 2028 год | РМК |
"""
STAGES = """
    | Этап | Сроки | Содержание |
    | Подготовка | осень 2026 | Опрос семей, создание клубов |
    | Работа | 2027 год | Недели чтения |
    | Итоги | май 2028 | Отчёт |
"""
RISKS = """
    | Риск | Меры по снижению | Ответственный |
    | Мало книг | Закупка, сбор пожертвований | Управление образования |
    | Нет желающих | Разъяснение пользы чтения | Школы |
"""
FUNCTIONS = """
    | Участник | Функции |
    | Управление образования | Ежегодно собирает сведения |
    | РМК | Учит библиотекарей |
"""
EXAMS = """
    | Предмет | Класс | Дата проведения | Ответственный |
    | Физика | 7 | 14.04.2026 | Орлова А.А. |
    | Химия | 8 | 16.04.2026 | Стрижов Б.Б. |
"""
SIGNATURES = "| Начальник управления | О.О. Соколова |"
ALL = (PASSPORT, STATISTICS, SCHOOLS, INDICATORS, STAGES, RISKS, FUNCTIONS, EXAMS, SIGNATURES)


@pytest.mark.parametrize("table", ALL)
def test_no_activity_is_invented_from(table):
    parsed = read(f"Сведения о районе\n{table}")
    assert parsed.activities == ()
    assert "no_roadmap" in codes(parsed)


@pytest.mark.parametrize("table", ALL)
def test_beside_a_roadmap_they_add_nothing(table):
    parsed = read(f"""
        Сведения
        {table}
        Дорожная карта «Чтение»
        | № | Мероприятие | Срок | Исполнитель |
        | 1 | Неделя чтения | март | РМК |
        Дополнительно
        {table}
    """)
    assert titles(parsed) == ["Неделя чтения"]


def test_statistics_right_below_a_roadmap_of_a_text_file_are_not_its_rows():
    parsed = read_text("""
План мероприятий
№|Мероприятие|Срок|Исполнитель
1|Неделя чтения|март|РМК

Предмет|Участников|Средний балл|Не сдали
Физика|41|52,5|4,9
Химия|17|60|0
    """)
    assert titles(parsed) == ["Неделя чтения"]


def test_another_header_within_the_table_ends_the_roadmap():
    parsed = read("""
        План мероприятий
        | № | Мероприятие | Срок | Исполнитель |
        | 1 | Неделя чтения | март | РМК |
        | № | Показатель | 2026 | 2027 |
        | 1 | Читателей | 140 | 150 |
    """)
    assert titles(parsed) == ["Неделя чтения"]


def test_an_activity_whose_words_are_those_of_a_header_is_no_header():
    parsed = read("""
        План мероприятий
        | Мероприятие | Срок | Исполнитель |
        | Неделя чтения | март | РМК |
        | Обмен опытом школ-лидеров | до 1 числа каждого месяца | Координатор проекта |
        | Мероприятия ко Дню учителя | октябрь | Ответственные за досуг |
        | Турнир чтецов | май | Школы |
    """)
    assert len(parsed.activities) == 4


def test_totals_notes_and_signatures_of_the_table_are_named_and_not_taken():
    parsed = read("""
        План мероприятий
        | № | Мероприятие | Срок | Исполнитель |
        | 1 | Неделя чтения | март | РМК |
        | | Всего: 1 мероприятие | | |
        | Примечание. Сроки уточняются приказом. |
        | | Начальник отдела | | С.С. Соколов |
    """)
    assert titles(parsed) == ["Неделя чтения"]
    assert codes(parsed) == ["total", "note", "signature"]


def test_a_table_that_is_called_a_plan_and_cannot_be_read_is_complained_of():
    parsed = read("""
        План-график экзаменов
        | Предмет | Класс | Кабинет |
        | Физика | 7 | 12 |
        | Химия | 8 | 14 |
    """)
    assert codes(parsed) == ["no_roadmap", "table_unknown"]
    assert "План-график экзаменов" in parsed.complaints[1].message


def test_an_empty_form_has_no_activities():
    parsed = read("""
        План мероприятий
        | № | Мероприятие | Срок | Исполнитель |
        | 1 | | | |
    """)
    assert parsed.roadmaps == ()
    assert codes(parsed) == ["no_roadmap", "row_lost"]


@pytest.mark.parametrize("row", ["Начальник отдела | ______ | | | Б.Б. Стрижов", "| Директор центра | | | Орлова А.А."])
def test_a_signature_in_the_last_row_of_a_roadmap_is_no_activity(row):
    parsed = read(
        f"""
        Дорожная карта по чтению
        | № | Мероприятие | Срок | Исполнитель | Результат |
        | 1 | Слёт читающих семей района | май | РМК | Отчёт |
        | 2 | Турнир знатоков сказок | июнь | Школы | Протокол |
        | {row} |
        """
    )
    assert titles(parsed) == ["Слёт читающих семей района", "Турнир знатоков сказок"]
    assert "signature" in codes(parsed)
