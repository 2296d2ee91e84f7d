"""Activities that stand in no table: items of a list with labels, and cards."""

import pytest

from msoko.core.roadmap.reading.parse import parse
from msoko.core.roadmap.reading.pdf import lines_of_pdf
from tests.core.roadmap.reading.documents import pdf_of
from tests.core.roadmap.reading.drawn import codes, core, read, titles

FIRST = (None, "1", "Смотр школьных музеев", "до 20 мая 2031 г.", ("РМК", "директора школ"), None, None)
SECOND = (None, "2", "Слёт юных краеведов", "июнь", ("Петрова А. Н.",), None, None)


@pytest.mark.parametrize(
    "picture",
    [
        """
        1. Смотр школьных музеев. Срок: до 20 мая 2031 г. Ответственные: РМК, директора школ.
        2. Слёт юных краеведов. Срок: июнь. Ответственный: Петрова А. Н.
        """,
        """
        1) Смотр школьных музеев (срок – до 20 мая 2031 г.; ответственные – РМК, директора школ);
        2) Слёт юных краеведов (срок – июнь; ответственный – Петрова А. Н.).
        """,
        """
        1) Смотр школьных музеев, срок: до 20 мая 2031 г., отв.: РМК, директора школ;
        2) Слёт юных краеведов, срок: июнь, отв.: Петрова А. Н.;
        """,
        """
        1. Смотр школьных музеев
        Срок исполнения: до 20 мая 2031 г.
        Исполнители: РМК, директора школ
        2. Слёт юных краеведов
        Срок исполнения: июнь
        Исполнители: Петрова А. Н.
        """,
        """
        1. Смотр школьных музеев в срок до 20 мая 2031 г. Ответственные: РМК, директора школ.
        2. Слёт юных краеведов. Срок: июнь. Ответственный: Петрова А. Н.
        """,
        """
        Мероприятие 1
        | Мероприятие | Смотр школьных музеев |
        | Срок | до 20 мая 2031 г. |
        | Ответственные | РМК, директора школ |
        Мероприятие 2
        | Мероприятие | Слёт юных краеведов |
        | Срок | июнь |
        | Ответственные | Петрова А. Н. |
        """,
    ],
    ids=["sentences", "brackets", "commas", "lines", "within the title", "cards"],
)
def test_labels_say_what_columns_would(picture: str):
    parsed = read(f"Дорожная карта «Музей в школе»\n{picture}")
    assert [core(activity) for activity in parsed.activities] == [FIRST, SECOND]
    assert [roadmap.title for roadmap in parsed.roadmaps] == ["Дорожная карта «Музей в школе»"]


def test_headings_between_items_are_sections_and_a_result_is_one():
    parsed = read("""
        План мероприятий «Лето»
        Работа с родителями
        1. Собрание. Срок: май. Ответственный: директор. Ожидаемый результат: протокол.
        Работа с учениками
        2. Сбор лидеров. Срок: июнь. Ответственный: РМК. Результат: создан совет.
    """)
    assert [(one.section, one.result) for one in parsed.activities] == [
        ("Работа с родителями", "протокол"),
        ("Работа с учениками", "создан совет"),
    ]


def test_a_list_is_less_sure_than_a_table():
    parsed = read("""
        1. Собрание. Срок: май. Ответственный: директор.
        2. Сбор лидеров. Срок: июнь. Ответственный: РМК.
    """)
    assert {one.confidence for one in parsed.activities} == {0.83}


def test_points_of_an_order_beside_a_table_are_no_activities():
    parsed = read("""
        1. Собрать отчёты. Срок: май. Ответственный: Петрова А. Н.
        2. Назначить кураторов. Срок: июнь. Ответственный: Петрова А. Н.
        План мероприятий
        | № | Мероприятие | Срок | Исполнитель |
        | 1 | Слёт отрядов | апрель | РМК |
    """)
    assert titles(parsed) == ["Слёт отрядов"]


def test_one_label_in_a_text_makes_no_roadmap():
    parsed = read("""
        О проведении конкурса
        Положение о конкурсе рассылается школам. Срок: до 1 мая.
        Ответственный: Петрова А. Н., методист.
    """)
    assert parsed.activities == ()
    assert codes(parsed) == ["no_roadmap"]


def test_labels_that_the_lines_of_a_pdf_have_joined_to_a_title_are_still_labels():
    items = [
        f"{n}. Обзорная лекция для наставников школы номер {n}\nСроки: ежемесячно\nИсполнители: РМК" for n in (1, 2)
    ]
    parsed = parse(lines_of_pdf(pdf_of("План мероприятий", *items)))
    assert [(one.title, one.deadline, one.executors) for one in parsed.activities] == [
        (f"Обзорная лекция для наставников школы номер {n}", "ежемесячно", ("РМК",)) for n in (1, 2)
    ]
