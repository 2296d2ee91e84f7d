"""Tables of a PDF without ruling lines: columns by how words stand, rows by gaps, numbers or beginnings."""

import pytest

from msoko.core.roadmap.reading.parse import parse
from msoko.core.roadmap.reading.parsed import Parsed
from msoko.core.roadmap.reading.pdf import lines_and_complaints_of_pdf, lines_of_pdf
from tests.core.roadmap.reading.documents import Block, Page, Table, pdf_of, typst_pdf
from tests.core.roadmap.reading.drawn import core, titles

NO_LINES = Page(stroke="none")
HEADER = ["№ п/п", "Наименование мероприятия", "Срок исполнения", "Ответственные", "Ожидаемый результат"]
WIDTHS = (1, 6, 3, 3, 3)
OPENING = [
    "1",
    "Опрос родителей о домашних заданиях, их объёме и времени",
    "до 15 октября 2031 г.",
    "РМК, школы",
    "Справка",
]
ROWS = [
    OPENING,
    ["2", "Сбор заявок", "май", "школы района", "Перечень заявок на летнюю смену юных краеведов"],
    ["3", "Встреча кураторов с директорами школ, где много новых", "1 раз в квартал", "Комитет по культуре", "Отчёт"],
]
TITLE = "Дорожная карта «Тихий час»"


def read(*blocks: Block, page: Page = NO_LINES) -> Parsed:
    return parse(lines_of_pdf(pdf_of(*blocks, page=page)))


def told(parsed: Parsed) -> list[tuple[object, ...]]:
    return [core(activity) for activity in parsed.activities]


@pytest.mark.parametrize("columns", [slice(0, None), slice(1, None)], ids=["with numbers", "without numbers"])
def test_it_says_what_the_same_table_with_lines_says(columns: slice):
    table = Table([row[columns] for row in [HEADER, *ROWS]], widths=WIDTHS[columns])
    with_lines, without = read(TITLE, table, page=Page()), read(TITLE, table)
    assert told(without) == told(with_lines)
    assert [roadmap.title for roadmap in without.roadmaps] == [TITLE]


def test_its_rows_are_less_sure_and_the_page_is_complained_about():
    table = Table([HEADER, *ROWS], widths=WIDTHS)
    with_lines, without = read(TITLE, table, page=Page()), read(TITLE, table)
    assert max(one.confidence for one in without.activities) < min(one.confidence for one in with_lines.activities)
    _, complaints = lines_and_complaints_of_pdf(pdf_of(TITLE, table, page=NO_LINES))
    assert [(one.code, one.page) for one in complaints] == [("table_by_alignment", 1)]


def test_a_line_over_several_columns_is_a_heading_and_what_stands_below_the_table_no_row():
    first, second = ["Раздел 1. Работа с родителями и общественностью"], ["Раздел 2. Работа со школами"]
    table = Table([HEADER, first, ROWS[0], second, *ROWS[1:]], widths=WIDTHS)
    parsed = read(TITLE, table, "Отчёты о выполнении мероприятий школы сдают в управление образования каждый июнь.")
    assert [one.section for one in parsed.activities] == [
        "Работа с родителями и общественностью",
        *2 * ["Работа со школами"],
    ]
    assert titles(parsed) == [row[1] for row in ROWS]


@pytest.mark.parametrize("repeats_header", [True, False])
def test_it_goes_on_over_pages(repeats_header: bool):
    title = "Выезд в школу номер {}, чтобы увидеть, как учителя оценивают работы"
    many = [[str(n), title.format(n), "апрель", "РМК", "Справка"] for n in range(1, 41)]
    parsed = read(TITLE, Table([HEADER, *many], widths=WIDTHS, repeats_header=repeats_header))
    assert titles(parsed) == [row[1] for row in many]
    assert {one.page for one in parsed.activities} > {1, 2}
    assert {(one.deadline, one.executors, one.result) for one in parsed.activities} == {("апрель", ("РМК",), "Справка")}


def test_rows_with_no_space_between_them_are_told_by_their_numbers():
    assert told(_tight([HEADER, *ROWS])) == told(read(TITLE, Table([HEADER, *ROWS], widths=WIDTHS), page=Page()))


def test_rows_with_no_space_and_no_numbers_are_told_by_what_begins_beside_what():
    rows = [row[1:] for row in [HEADER, *ROWS]]
    assert titles(_tight(rows)) == [row[1] for row in ROWS]


def test_a_heading_in_the_column_of_titles_stands_alone_though_no_space_parts_it():
    heading = ["", "Работа со школами", "", "", ""]
    parsed = _tight([HEADER, ROWS[1], heading, ROWS[2]])
    assert titles(parsed) == [ROWS[1][1], ROWS[2][1]]
    assert [one.section for one in parsed.activities] == [None, "Работа со школами"]


def _tight(rows: list[list[str]]) -> Parsed:
    """Lines of one cell and lines of two rows lie equally far apart."""
    widths = ", ".join(f"{part}fr" for part in WIDTHS[-len(rows[0]) :])
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    table = f"#table(columns: ({widths}), stroke: none, inset: (x: 5pt, y: 3.25pt), {cells})"
    source = f'#set page(margin: 2cm)\n#set text(font: "PT Sans", size: 10pt, hyphenate: false)\n{TITLE}\n\n{table}'
    return parse(lines_of_pdf(typst_pdf(source)))


def test_cells_that_do_not_hold_together_as_rows_are_refused_with_words():
    """Cells in the middle of their rows, and nothing between rows: which line is of which row, nobody can tell."""
    cells = ", ".join(f"[{cell}]" for row in [HEADER, *3 * ROWS] for cell in row)
    table = (
        f"#table(columns: (1cm, 4cm, 3cm, 3cm, 3cm), align: horizon, stroke: none, inset: (x: 5pt, y: 3.25pt), {cells})"
    )
    pdf = typst_pdf(f'#set text(font: "PT Sans", size: 10pt)\n{table}')
    lines, complaints = lines_and_complaints_of_pdf(pdf)
    assert parse(lines).activities == ()
    assert [one.code for one in complaints] == ["table_without_lines"]


def test_stamps_of_approval_beside_each_other_are_no_table():
    stamps = Table([["СОГЛАСОВАНО", "УТВЕРЖДЕНО", "ПРИНЯТО"], ["Директор РМК", "Начальник", "Совет"]])
    lines = lines_of_pdf(pdf_of(stamps, page=NO_LINES))
    assert all(line.table is None for line in lines)


def test_names_of_columns_that_narrow_columns_break_are_still_names():
    header = ["П/\nП", "ПЛАНИРУЕМЫЕ\nДЕЙСТВИЯ", "ПРИМЕР\nНЫЕ\nСРОКИ", "ОТВЕТСТВ\nЕННЫЕ", "ИСТОЧНИК"]
    rows = [[*row[:4], "бюджет"] for row in ROWS]
    parsed = read(TITLE, Table([header, *rows], widths=WIDTHS))
    assert titles(parsed) == [row[1] for row in ROWS]
    assert [one.deadline for one in parsed.activities] == [row[2] for row in ROWS]


def test_columns_are_told_by_the_next_page_where_the_header_stands_alone_at_the_foot():
    filler = [f"Пункт {n}. Школы района готовят отчёты о своих походах." for n in range(28)]
    parsed = read(*filler, TITLE, Table([HEADER, *ROWS], widths=WIDTHS), page=Page(stroke="none", size=12))
    assert titles(parsed) == [row[1] for row in ROWS]
    assert {one.page for one in parsed.activities} == {2}


def test_a_table_of_indicators_below_is_no_part_of_it():
    indicators = Table(
        [["№", "Показатель", "2031", "2032"], ["1", "Доля школ с музеем", "12", "10"]], widths=(1, 8, 3, 3)
    )
    parsed = read(TITLE, Table([HEADER, *ROWS], widths=WIDTHS), indicators)
    assert titles(parsed) == [row[1] for row in ROWS]
