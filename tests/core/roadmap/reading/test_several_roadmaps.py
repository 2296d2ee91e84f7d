"""Titles of roadmaps, several in one document, tables that go on, prose between."""

import pytest

from msoko.core.roadmap.reading.lines import Line
from msoko.core.roadmap.reading.parse import parse
from tests.core.roadmap.reading.drawn import codes, drawn, read, read_text, titles

ROW = "| 1 | Школа завуча | март | РМК |"
TABLE = f"| № | Мероприятие | Срок | Исполнитель |\n{ROW}"


def names(parsed):
    return [roadmap.title for roadmap in parsed.roadmaps]


@pytest.mark.parametrize(
    ("paragraphs", "title"),
    [
        ("Дорожная карта «Чтение»", "Дорожная карта «Чтение»"),
        ("Дорожная карта\nпо направлению «Чтение»", "Дорожная карта по направлению «Чтение»"),
        ("ДОРОЖНАЯ КАРТА\nПО РАЗВИТИЮ ЧТЕНИЯ\nНА 2026 ГОД", "ДОРОЖНАЯ КАРТА ПО РАЗВИТИЮ ЧТЕНИЯ НА 2026 ГОД"),
        ("План-график\nподготовки школ к зиме", "План-график подготовки школ к зиме"),
        ("**План мероприятий,\nпосвящённых чтению**", "План мероприятий, посвящённых чтению"),
        ("Приложение 2\nк приказу от 01.02.2026 № 7\nКомплекс мер по чтению", "Комплекс мер по чтению"),
        (
            "Муниципальный план поддержки чтения\n(2026–2028 годы)",
            "Муниципальный план поддержки чтения (2026–2028 годы)",
        ),
        ("Направление «Чтение»\nПлан мероприятий", "Направление «Чтение». План мероприятий"),
        ("План мероприятий\nМБОУ «Заречная школа»", "План мероприятий МБОУ «Заречная школа»"),
        ("Итоги подведены в мае. Дорожная карта «Чтение»", "Дорожная карта «Чтение»"),
        ("Организация чтения в летних лагерях", "Организация чтения в летних лагерях"),
    ],
)
def test_the_paragraphs_before_the_table_are_its_title(paragraphs, title):
    assert names(read(f"{paragraphs}\n{TABLE}")) == [title]


def test_the_nearest_title_counts_whatever_is_told_between():
    parsed = read(f"""
        План работы отдела
        Настоящая дорожная карта является частью программы района и направлена на развитие чтения.
        Дорожная карта «Чтение»
        В районе одиннадцать школ, в каждой есть библиотека. Из них две сельские.
        {TABLE}
    """)
    assert names(parsed) == ["Дорожная карта «Чтение»"]


def test_an_order_that_puts_a_roadmap_in_force_is_no_title():
    parsed = read(f"""
        Об утверждении дорожной карты развития чтения
        1. Утвердить дорожную карту развития чтения.
        Дорожная карта
        {TABLE}
    """)
    assert names(parsed) == ["Дорожная карта"]


def test_a_row_over_the_header_may_be_the_title():
    parsed = read(f"""
        Приложение 1
        | План мероприятий по чтению |
        {TABLE}
    """)
    assert names(parsed) == ["План мероприятий по чтению"]


def test_each_title_begins_a_roadmap():
    parsed = read(f"""
        Дорожная карта по направлению «Чтение»
        {TABLE}
        Это направление курирует районная библиотека.
        Дорожная карта по направлению «Счёт»
        | Срок | Мероприятие | Исполнитель |
        | май | Турнир задач | Школы |
    """)
    assert names(parsed) == ["Дорожная карта по направлению «Чтение»", "Дорожная карта по направлению «Счёт»"]
    assert titles(parsed) == ["Школа завуча", "Турнир задач"]


def test_directions_without_a_common_title_are_roadmaps():
    parsed = read(f"Направление 1. Чтение\n{TABLE}\nНаправление 2. Счёт\n{TABLE}")
    assert names(parsed) == ["Направление 1. Чтение", "Направление 2. Счёт"]


def test_numbered_paragraphs_over_tables_are_sections_of_one_roadmap():
    parsed = read(f"Дорожная карта «Учёба»\n1. Чтение\n{TABLE}\n2. Счёт\n{TABLE}")
    assert names(parsed) == ["Дорожная карта «Учёба»"]
    assert [activity.section for activity in parsed.activities] == ["Чтение", "Счёт"]


def test_a_bare_title_does_not_take_the_heading_of_the_first_section():
    parsed = read(f"Дорожная карта\n1. Чтение\n{TABLE}\n2. Счёт\n{TABLE}")
    assert names(parsed) == ["Дорожная карта"]
    assert [activity.section for activity in parsed.activities] == ["Чтение", "Счёт"]


def test_headings_of_a_lower_level_are_sections():
    paragraphs = [("Дорожная карта", 1), ("Чтение", 2)]
    lines = [Line(n, (said,), heading=level) for n, (said, level) in enumerate(paragraphs, start=1)]
    lines += [Line(line.number + 2, line.cells, 1, line.columns) for line in drawn(TABLE)]
    (roadmap,) = parse(lines).roadmaps
    assert roadmap.title == "Дорожная карта"
    assert roadmap.activities[0].section == "Чтение"


@pytest.mark.parametrize("said", ["Цель: развитие чтения", "с. Заречье", "2026 год", "Исполнитель: Орлова А.А."])
def test_what_is_told_of_a_roadmap_is_no_section(said):
    parsed = read(f"Дорожная карта «Учёба»\n{said}\n{TABLE}")
    assert parsed.activities[0].section is None


def test_a_table_with_the_same_title_goes_on():
    parsed = read(f"Дорожная карта «Чтение»\n{TABLE}\nДорожная карта «Чтение»\n{TABLE}")
    assert names(parsed) == ["Дорожная карта «Чтение»"]


def test_a_table_without_a_header_goes_on_with_the_one_above():
    parsed = read("""
        Дорожная карта «Чтение»
        | № | Мероприятие | Срок | Исполнитель |
        | 1 | Неделя чтения в начальной | март | РМК |
        ===
        | | школе и детском саду | | |
        | 2 | Турнир чтецов | май | Школы |
        ===
        | 3 | Слёт юных поэтов | июнь | Районная библиотека |
    """)
    assert titles(parsed) == [
        "Неделя чтения в начальной школе и детском саду",
        "Турнир чтецов",
        "Слёт юных поэтов",
    ]
    assert len(parsed.roadmaps) == 1


def test_a_small_table_right_below_is_the_rest_of_a_row():
    parsed = read("""
        Дорожная карта «Чтение»
        | № | Мероприятие | Срок | Исполнитель | Результат |
        | 1 | Неделя чтения | ежегодно (до | РМК | Отчёт |
        ===
        | | 10 марта) | |
        ===
        | 2 | Вечера встреч: | | |
        ===
        | 2.1 | Вечер поэтов | май | Школы | Отчёт |
        | 3 | Турнир чтецов | май | Школы | Отчёт |
    """)
    assert [(activity.number, activity.deadline, activity.section) for activity in parsed.activities] == [
        ("1", "ежегодно (до 10 марта)", None),
        ("2.1", "май", "Вечера встреч:"),
        ("3", "май", None),
    ]


def test_a_table_that_begins_with_the_rest_of_a_row_has_no_header():
    parsed = read("""
        Дорожная карта «Чтение»
        | № | Мероприятие | Срок | Исполнитель | Результат |
        | 1 | Неделя чтения, посвящённая работе | март | РМК | Справка о |
        ===
        | | объединений, которые собирают читателей всех школ района | | | деятельности клубов | |
        | 2 | Турнир чтецов | май | Школы | Отчёт | |
        | 3 | Слёт юных поэтов | июнь | Библиотеки | Сборник | |
    """)
    assert [activity.result for activity in parsed.activities] == ["Справка о деятельности клубов", "Отчёт", "Сборник"]


def test_page_numbers_between_rows_say_nothing():
    parsed = read_text("""
План мероприятий
№|Мероприятие|Срок|Исполнитель
1|Школа завуча|март|РМК

14

2|Турнир чтецов|май|Школы

Страница 15 из 16

3|Слёт поэтов|июнь|Библиотека
    """)
    assert titles(parsed) == ["Школа завуча", "Турнир чтецов", "Слёт поэтов"]
    assert parsed.complaints == ()


def test_headings_between_rows_of_a_text_file_need_no_tabulators():
    parsed = read_text("""
План мероприятий
№|Мероприятие|Срок|Исполнитель
Раздел 1. Чтение
1|Школа завуча|март|РМК
Раздел 2. Счёт
2|Турнир задач|май|Школы
    """)
    assert [activity.section for activity in parsed.activities] == ["Чтение", "Счёт"]


def test_a_roadmap_without_a_title_is_called_so():
    assert names(read(TABLE)) == ["Дорожная карта без названия"]


def test_an_order_with_numbered_points_before_the_table_is_prose():
    parsed = read_text("""
Приказ
1.|Утвердить план.
2.|Контроль оставляю за собой.
План мероприятий
№|Мероприятие|Срок|Кто отвечает
1|Сбор лидеров|май|УО
    """)
    assert titles(parsed) == ["Сбор лидеров"]
    assert codes(parsed) == []
