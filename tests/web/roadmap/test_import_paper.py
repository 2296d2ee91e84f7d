"""The document beside its rows: which lines are shown, and that nothing of a document is taken for a page."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from msoko.web.roadmap.import_paper import LETTERS_ON_A_PAGE, MOST_LINES, Paper, owners_of, part_of
from msoko.web.roadmap.models import ImportedRow


def line(number: int, *cells: str, table: int | None = None, page: int | None = None) -> dict:
    return {"number": number, "page": page, "cells": list(cells), "table": table}


def drawn(*lines: dict, rows: tuple[ImportedRow, ...] = (), **more: object) -> str:
    return str(Paper(owners_of(rows), **more).drawn(list(lines)))


def test_lines_are_found_by_their_numbers_which_may_have_gaps():
    lines = [line(number, "слово") for number in range(1, 400, 2)]
    part = part_of(lines, 101, 105)
    assert [one["number"] for one in part.lines] == list(range(95, 118, 2))
    assert (part.above, part.below) == (1, 119)


def test_the_ends_of_a_document_lead_nowhere():
    lines = [line(number, "слово") for number in range(1, 5)]
    assert part_of(lines, 1, 4) == part_of(lines, 2, 3)
    assert part_of(lines, 1, 4).above is part_of(lines, 1, 4).below is None
    assert part_of([], 1, 1).lines == []


def test_a_page_never_holds_more_lines_or_letters_than_it_can():
    many = [line(number, "слово") for number in range(1, 5000)]
    assert len(part_of(many, 1, 5000).lines) == MOST_LINES
    assert part_of(many, 1, 5000).below == MOST_LINES + 1
    long = [line(number, *["а" * 99_999] * 90) for number in range(1, 90)]
    assert 0 < len(part_of(long, 1, 90).lines) < 10
    assert len(drawn(*part_of(long, 1, 90).lines)) < 2 * LETTERS_ON_A_PAGE


def test_rows_of_a_table_are_a_table_and_a_new_page_is_marked():
    text = drawn(line(1, "Приказ", page=1), line(2, "№", "Срок", table=0, page=1), line(3, "1", "май", table=0, page=2))
    assert text.count("<table") == 2
    assert re.findall(r'id="page-(\d)"', text) == ["1", "2"]
    assert text.index("page-2") < text.index("line-3")


def test_lines_of_one_row_stand_together_under_the_first_of_them():
    row = ImportedRow(pk=7, source=[2, 3])
    text = drawn(*(line(number, "а", "б", table=0) for number in range(1, 5)), rows=(row,))
    assert text.count("<tbody") == 3
    assert re.findall(r'id="(from-\d)"', text) == ["from-2"]
    assert text.count('href="#row-7"') == 2


def test_a_line_of_two_rows_leads_to_the_one_that_begins_there():
    first, second = ImportedRow(pk=1, source=[1, 2]), ImportedRow(pk=2, source=[2])
    owners = owners_of([first, second])
    assert (owners[1], owners[2]) == (first, second)


def test_a_line_that_became_no_row_can_become_one_only_where_that_is_allowed():
    assert 'href="/add/?line=1"' in drawn(line(1, "слово"), add="/add/")
    assert "href" not in drawn(line(1, "слово"))


@given(st.lists(st.text(max_size=40), min_size=1, max_size=3))
def test_every_word_of_a_document_is_text(cells):
    shown = re.findall(r"<td>(.*?)</td>", drawn(line(1, *cells, "конец", table=0)), re.DOTALL)
    assert all("<" not in cell.replace("<br>", "") for cell in shown)
    assert [unescape(cell.replace("<br>", "\n")) for cell in shown] == [*cells, "конец"]
