"""Text files: encodings, tabulators, rows over several physical lines."""

import pytest

from msoko.core.roadmap.reading.lines import Line
from msoko.core.roadmap.reading.parse import parse
from msoko.core.roadmap.reading.text import lines_of_text
from msoko.core.roadmap.reading.unreadable import UnreadableDocument
from tests.core.roadmap.reading.drawn import core, read_text, titles

SAID = "План мероприятий\r\n\r\n№\tМероприятие\tСрок\tИсполнитель\r\n1\tНеделя чтения\tмарт\tРМК\r\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "koi8-r", "cp866"]
)
def test_every_encoding_that_is_met_gives_the_same_lines(encoding):
    sign = "N" if encoding in ("koi8-r", "cp866") else "№"
    lines = lines_of_text(SAID.replace("№", sign).encode(encoding))
    assert lines == (
        Line(1, ("План мероприятий",)),
        Line(3, (sign, "Мероприятие", "Срок", "Исполнитель")),
        Line(4, ("1", "Неделя чтения", "март", "РМК")),
    )


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(UnreadableDocument, match="не текстовый файл"):
        lines_of_text(bytes(range(256)) * 20)


def test_lines_are_numbered_as_an_editor_numbers_them():
    assert [line.number for line in lines_of_text(b"a\n\n\nb\rc\r\nd")] == [1, 4, 5, 6]


def test_a_row_that_goes_over_several_lines_is_one():
    parsed = read_text("""
План мероприятий
№|Мероприятие|Срок|Исполнитель|Результат
1.|Неделя
чтения|март
2026 г.|РМК|Отчёт,
фотографии
2.|Турнир чтецов|май|Школы|Приказ
    """)
    assert core(parsed.activities[0])[1:6] == ("1", "Неделя чтения", "март 2026 г.", ("РМК",), "Отчёт, фотографии")
    assert parsed.activities[0].lines == (3, 4, 5, 6)
    assert titles(parsed) == ["Неделя чтения", "Турнир чтецов"]


def test_lines_of_signs_part_nothing():
    parsed = read_text("""
План мероприятий
№|Мероприятие|Срок|Исполнитель
---|---|---|---
1.|Неделя чтения для|март|РМК

---|---|---|---
|всей семьи||
    """)
    assert titles(parsed) == ["Неделя чтения для всей семьи"]


def test_bars_part_cells_where_a_file_has_no_tabulators():
    lines = lines_of_text("План\n| Мероприятие | Срок | Кто |\n| Сбор | май | УО |\n| Слёт |  | РМК |".encode())
    assert [line.cells for line in lines] == [
        ("План",),
        ("Мероприятие", "Срок", "Кто"),
        ("Сбор", "май", "УО"),
        ("Слёт", "", "РМК"),
    ]


def test_no_lines_are_no_roadmap():
    assert [one.code for one in parse([]).complaints] == ["no_roadmap"]
