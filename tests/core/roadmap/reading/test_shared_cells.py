"""What one cell says for several rows: «-//-», cells left empty, a deadline in the heading."""

import pytest

from tests.core.roadmap.reading.drawn import codes, read


def said(picture: str) -> list[tuple[str | None, tuple[str, ...]]]:
    return [(activity.deadline, activity.executors) for activity in read(picture).activities]


@pytest.mark.parametrize("ditto", ["-//-", "—//—", "- // -", "»", "—«—", "то же", "Те же.", '-"-'])
def test_signs_of_repetition_say_what_the_cell_above_says(ditto: str):
    parsed = said(f"""
        План мероприятий
        | № | Мероприятие | Срок | Исполнитель |
        | 1 | Сбор лидеров | март | РМК |
        | 2 | Слёт отрядов | {ditto} | {ditto} |
        | 3 | Поход | {ditto} | школы |
    """)
    assert parsed == [("март", ("РМК",)), ("март", ("РМК",)), ("март", ("школы",))]


def test_a_dash_repeats_nothing():
    (_, last) = said("""
        План мероприятий
        | № | Мероприятие | Срок | Исполнитель |
        | 1 | Сбор лидеров | март | РМК |
        | 2 | Слёт отрядов | — | - |
    """)
    assert last == (None, ())


MANY = """
    План мероприятий
    | № | Мероприятие | Срок | Исполнитель |
    | 1 | Сбор лидеров | март | РМК |
    | 2 | Слёт отрядов | {0} | школы |
    | 3 | Поход | {0} | РМК |
    | 4 | Смотр музеев | май | школы |
    | 5 | Конкурс стенгазет | {0} | РМК |
    | 6 | Выставка находок | {1} | школы |
"""


def test_cells_left_empty_in_many_rows_mean_what_stands_above_and_are_doubted():
    parsed = read(MANY.format("", "июнь"))
    assert [one.deadline for one in parsed.activities] == ["март", "март", "март", "май", "май", "июнь"]
    sure = [one.confidence for one in parsed.activities]
    assert max(sure[1], sure[2], sure[4]) < min(sure[0], sure[3], sure[5])


def test_where_cells_are_merged_to_say_so_an_empty_one_is_empty():
    parsed = read(MANY.format("^", ""))
    assert [one.deadline for one in parsed.activities] == ["март", "март", "март", "май", "май", None]
    assert codes(parsed) == ["deadline_empty"]


@pytest.mark.parametrize(
    ("heading", "deadline"),
    [
        ("I. Подготовка (сентябрь 2031 г.)", "сентябрь 2031 г."),
        ("Этап 1. Подготовка: сентябрь–октябрь", "сентябрь–октябрь"),
        ("Сентябрь", "сентябрь"),
        ("Подготовка (школы района)", None),
    ],
)
def test_a_heading_gives_the_deadline_where_no_column_does(heading: str, deadline: str | None):
    parsed = read(f"""
        План мероприятий
        | № | Мероприятие | Исполнитель |
        | {heading} |
        | 1 | Сбор лидеров | РМК |
        | 2 | Слёт отрядов | РМК |
    """)
    assert {one.deadline and one.deadline.lower() for one in parsed.activities} == {deadline}
