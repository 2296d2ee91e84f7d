"""Widths of columns on a sheet that lies: words stay whole, and room goes where there is much to read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msoko.documents.rendering.layout import widths
from msoko.documents.tables import Column, Row, Table

REPORT = "МБОУ СОШ: провели педагогический совет и утвердили порядок (приказ)"
REPORTS = "\n".join([REPORT] * 6)
COLUMNS = tuple(
    Column(key, title)
    for key, title in (("number", "№"), ("title", "Мероприятие"), ("executors", "Исполнители"), ("what", "Что сделано"))
)
CELL = st.text("абв гд", max_size=300)


def table(*rows: tuple[str, ...]) -> Table:
    keys = [column.key for column in COLUMNS]
    return Table("Мероприятия", COLUMNS, [Row(dict(zip(keys, row, strict=True))) for row in rows])


def test_reports_of_many_lines_have_the_widest_column() -> None:
    found = widths(table(("1.1", "Провести педагогический совет", "Общеобразовательные организации", REPORTS)), True)
    assert found[3] > 0.5
    assert found[0] < 0.06


def test_where_titles_are_what_there_is_to_read_they_have_it() -> None:
    title = "Разобрать с руководителями методических объединений задания, в которых ошибались чаще всего"
    found = widths(table(*[(str(number), title, "Школы", "") for number in range(9)]), True)
    assert max(found) == found[1]


def test_a_long_word_stays_whole_beside_long_reports() -> None:
    word = "общеобразовательные"
    found = widths(table(("1", word, word, REPORTS)), True)
    assert min(found[1], found[2]) > len(word) / 120


def test_a_table_without_rows_has_widths() -> None:
    assert sum(widths(table(), True)) == pytest.approx(1)


@given(st.lists(st.tuples(CELL, CELL, CELL, CELL), max_size=8))
@settings(deadline=None, max_examples=40)
def test_widths_are_parts_of_the_whole(rows: list[tuple[str, ...]]) -> None:
    found = widths(table(*rows), True)
    assert sum(found) == pytest.approx(1)
    assert min(found) > 0
