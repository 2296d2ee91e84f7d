"""Cells of PDF tables: who stands in them one below the other, and rows that a page has cut in strange places."""

import pytest

from msoko.core.roadmap.reading.lines import Line
from msoko.core.roadmap.reading.parse import parse
from msoko.core.roadmap.reading.pdf import lines_of_pdf
from tests.core.roadmap.reading.documents import Table, pdf_of
from tests.core.roadmap.reading.drawn import the_only, titles

HEADER = ("№", "Мероприятие", "Срок", "Исполнители")


@pytest.mark.parametrize(
    "executors",
    [
        ("Управление образования", "Петрова А. Н."),
        ("директора школ", "РМК", "методисты ИМЦ"),
        ("Отдел общего образования", "Руководители РМО"),
        ("педагоги-психологи", "Управление образования", "МБУ ДО «Центр «Радуга»"),
    ],
)
def test_executors_one_below_the_other_in_a_narrow_cell_are_several(executors: tuple[str, ...]):
    table = Table([HEADER, ["1", "Сбор лидеров", "март", "\n".join(executors)]], widths=(1, 6, 2, 2.6))
    assert the_only(parse(lines_of_pdf(pdf_of("План мероприятий", table)))).executors == executors


@pytest.mark.parametrize(
    "executor",
    ["Руководители образовательных организаций", "Управление образования и РМК", "Специалисты управления образования"],
)
def test_one_that_takes_several_lines_stays_one(executor: str):
    table = Table([HEADER, ["1", "Сбор лидеров", "март", executor]], widths=(1, 6, 2, 2.6))
    assert the_only(parse(lines_of_pdf(pdf_of("План мероприятий", table)))).executors == (executor,)


def test_a_deadline_and_executors_of_one_cell_are_parted_where_only_a_line_ends():
    rows = [("№", "Мероприятие", "Сроки, ответственные"), ["1", "Сбор лидеров", "1 раз в квартал\nдиректора школ, РМК"]]
    activity = the_only(parse(lines_of_pdf(pdf_of("План мероприятий", Table(rows, widths=(1, 8, 2.2))))))
    assert (activity.deadline, activity.executors) == ("1 раз в квартал", ("директора школ", "РМК"))


def pages(*rows: tuple[str, ...]) -> list[Line]:
    """Rows of one table, the last of them on the next page."""
    last = len(rows)
    return [Line(n, row, 1, tuple(range(len(row))), page=1 + (n == last)) for n, row in enumerate(rows, start=1)]


def test_a_title_goes_on_over_the_page_with_the_name_of_what_is_done():
    first, cut = ("1", "Сбор лидеров", "март", "РМК"), ("2", "Семинар по теме", "май", "РМК")
    parsed = parse(pages(HEADER, first, cut, ("", "«Поход без слёз»", "", "")))
    assert titles(parsed) == ["Сбор лидеров", "Семинар по теме «Поход без слёз»"]


def test_a_number_that_a_narrow_column_cut_over_the_page_is_whole():
    first, cut = ("2.3", "Сбор лидеров", "март", "РМК"), ("2.", "Смотр школьных", "май", "РМК")
    parsed = parse(pages(HEADER, first, cut, ("4", "музеев", "", "")))
    assert titles(parsed) == ["Сбор лидеров", "Смотр школьных музеев"]
    assert [one.number for one in parsed.activities] == ["2.3", "2.4"]


def test_an_organisation_that_the_page_parted_from_its_people_is_theirs():
    parsed = parse(
        pages(HEADER, ("1", "Сбор лидеров и их", "март", "Руководители"), ("", "наставников", "", "ОО, РМК"))
    )
    assert the_only(parsed).executors == ("Руководители ОО", "РМК")
