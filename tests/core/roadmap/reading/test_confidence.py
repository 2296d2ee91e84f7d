"""How sure the reader is, why not more, and what it complains about."""

import pytest

from tests.core.roadmap.reading.drawn import codes, read, the_only

CLEAN = "| 1 | Неделя чтения | март | РМК | Отчёт |"


def read_row(row):
    return read(f"""
        План мероприятий
        | № | Мероприятие | Срок | Исполнитель | Результат |
        {row}
    """)


def test_a_row_without_a_doubt_is_sure():
    activity = the_only(read_row(CLEAN))
    assert activity.confidence >= 0.95
    assert activity.doubts == ()


@pytest.mark.parametrize(
    ("row", "code", "doubt"),
    [
        ("| 1 | Неделя чтения | | РМК | Отчёт |", "deadline_empty", "Срок не указан."),
        ("| 1 | Неделя чтения | — | РМК | Отчёт |", "deadline_empty", "Срок не указан."),
        ("| 1 | Неделя чтения | март | | Отчёт |", "executors_empty", "Исполнитель не указан."),
        (
            "| 1 | Неделя чтения | Зал заседаний | РМК | Отчёт |",
            "deadline_strange",
            "В колонке срока стоит то, что на срок не похоже.",
        ),
        (
            "| 1 | Неделя чтения | Директор школы | РМК | Отчёт |",
            "deadline_names_people",
            "В колонке срока, похоже, исполнитель.",
        ),
        (
            "| 1 | Неделя чтения | март | ежегодно в мае | Отчёт |",
            "executors_are_time",
            "В колонке исполнителей, похоже, срок.",
        ),
    ],
)
def test_what_is_missing_or_strange_is_doubted_and_complained_of(row, code, doubt):
    parsed = read_row(row)
    activity = the_only(parsed)
    assert activity.confidence < 0.9
    assert doubt in activity.doubts
    (complaint,) = parsed.complaints
    assert (complaint.code, complaint.line) == (code, 3)
    assert complaint.advice


@pytest.mark.parametrize(
    ("title", "doubt"),
    [
        ("Неделя чтения, посвящённая памяти и", "Название обрывается."),
        ("Неделя чтения (для всех", "Название обрывается."),
        ("и другие встречи", "Название начинается с середины."),
        ("ЕГЭ", "Название слишком короткое."),
    ],
)
def test_a_title_that_is_not_whole_is_doubted(title, doubt):
    activity = the_only(read_row(f"| 1 | {title} | март | РМК | Отчёт |"))
    assert activity.doubts == (doubt,)
    assert activity.confidence < 0.8


def test_names_of_people_alone_are_executors_where_the_column_says_so():
    assert the_only(read_row("| 1 | Неделя чтения | март | Анна Павловна, Соколов | Отчёт |")).doubts == ()


def test_a_damaged_row_is_much_less_sure_than_a_clean_one():
    parsed = read(f"""
        План мероприятий
        | № | Мероприятие | Срок | Исполнитель | Результат |
        {CLEAN}
        | 2 | района» | | | |
        | 3 | Турнир чтецов | май | Школы | Отчёт |
    """)
    confidences = [activity.confidence for activity in parsed.activities]
    assert confidences[1] < 0.6
    assert min(confidences[0], confidences[2]) >= 0.95


def test_a_table_without_a_column_is_complained_of_once():
    parsed = read("""
        План мероприятий
        | № | Мероприятие | Срок |
        | 1 | Неделя чтения | март |
        | 2 | Турнир чтецов | май |
    """)
    assert codes(parsed) == ["column_missing"]
    assert all(activity.confidence >= 0.9 for activity in parsed.activities)


def test_complaints_name_line_page_and_words():
    (complaint,) = read_row("| 1 | Неделя чтения | | РМК | Отчёт |").complaints
    said = complaint.as_json()
    assert said["line"] == 3
    assert said["words"] == "1 Неделя чтения"
    assert str(said["message"]).startswith("Срок не указан. ")
