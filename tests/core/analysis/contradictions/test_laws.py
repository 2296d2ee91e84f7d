"""Laws: a table that follows from real marks is never called firmly wrong; a slip in it always is found."""

from fractions import Fraction
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from msoko.core.analysis.contradictions import Contradiction, Severity, find
from msoko.core.analysis.contradictions.grid import Grid
from tests.core.analysis.contradictions.reports import report
from tests.core.analysis.contradictions.typed_tables import (
    DIALECTS,
    MARKS,
    SCHOOLS,
    SUBJECTS,
    Marked,
    Typist,
    built,
    marked,
    marks_table,
    typists,
    with_cell,
)

dialects = st.integers(0, len(DIALECTS) - 1)
PARTICIPANTS, FIRST_COUNT, FIRST_PERCENT, PASS, QUALITY, MEAN = 1, 2, 6, 10, 11, 12
"""Columns of the table of marks, from 0."""


def firm(found: list[Contradiction]) -> list[str]:
    return [one.sentence for one in found if one.severity is Severity.FIRM]


def found_at(grid: Grid, row: int, column: int) -> list[Contradiction]:
    """What is not mere rounding and names the cell."""
    label, header = str(grid.rows[row][1][0]), grid.headers[column]
    return [
        one
        for one in find([built(grid)])
        if one.severity is not Severity.ROUNDING
        and any(place.label == label and place.column == header for place in one.places)
    ]


@settings(max_examples=80, deadline=None)
@given(marked(), typists, dialects)
def test_a_table_that_follows_from_marks_has_no_firm_contradiction(
    rows: list[Marked], typist: Typist, dialect: int
) -> None:
    assert firm(find([built(marks_table(rows, typist, dialect))])) == []


@settings(max_examples=80, deadline=None)
@given(marked(SCHOOLS), typists, dialects)
def test_a_table_of_schools_with_its_total_has_no_firm_contradiction(
    rows: list[Marked], typist: Typist, dialect: int
) -> None:
    grid = marks_table(rows, typist, dialect, first="Школа", total="Итого по району")
    assert firm(find([built(grid)])) == []


@settings(max_examples=80, deadline=None)
@given(marked(), typists, dialects, st.data())
def test_a_slip_in_a_count_is_found_at_its_place(
    rows: list[Marked], typist: Typist, dialect: int, data: st.DataObject
) -> None:
    """Marks and participants must agree to one."""
    grid = marks_table(rows, typist, dialect)
    row = data.draw(st.integers(0, len(rows) - 1))
    column = data.draw(st.integers(PARTICIPANTS, FIRST_COUNT + len(MARKS) - 1))
    slip = data.draw(st.integers(1, 30))
    wrong = with_cell(grid, row, column, str(int(str(grid.rows[row][1][column])) + slip))
    assert any(one.severity is Severity.FIRM for one in found_at(wrong, row, column))


@settings(max_examples=80, deadline=None)
@given(marked(), typists, dialects, st.data())
def test_a_slip_in_a_per_cent_is_found_at_its_place(
    rows: list[Marked], typist: Typist, dialect: int, data: st.DataObject
) -> None:
    """Two units of the last digit are no rounding, whatever the typist's habit."""
    grid = marks_table(rows, typist, dialect)
    row = data.draw(st.integers(0, len(rows) - 1))
    column = data.draw(st.integers(FIRST_PERCENT, QUALITY))
    right = Fraction(str(grid.rows[row][1][column]).replace(",", "."))
    wrong_value = right + Fraction(data.draw(st.integers(2, 40)), 10**typist.digits)
    wrong = with_cell(grid, row, column, Typist(typist.digits).number(wrong_value))
    assume(sum(_numbers(wrong, row, FIRST_PERCENT, PASS)) != 100)  # by chance the slip may be what adjusting would do
    assert any(one.severity is Severity.FIRM for one in found_at(wrong, row, column))


def _numbers(grid: Grid, row: int, first: int, end: int) -> list[Fraction]:
    return [Fraction(str(cell).replace(",", ".")) for cell in grid.rows[row][1][first:end]]


@settings(max_examples=60, deadline=None)
@given(marked(), typists, dialects, st.data())
def test_a_slip_in_a_mean_is_found_at_its_place(
    rows: list[Marked], typist: Typist, dialect: int, data: st.DataObject
) -> None:
    grid = marks_table(rows, typist, dialect)
    row = data.draw(st.integers(0, len(rows) - 1))
    right = Fraction(str(grid.rows[row][1][MEAN]).replace(",", "."))
    digits = max(typist.digits, 1)
    slip = Fraction(data.draw(st.integers(2, 10)), 10**digits) * (1 if right < 4 else -1)
    wrong = with_cell(grid, row, MEAN, Typist(digits).number(right + slip))
    assert any(one.severity is Severity.FIRM for one in found_at(wrong, row, MEAN))


@settings(max_examples=60, deadline=None)
@given(marked(SCHOOLS), typists, st.data())
def test_a_slip_in_a_total_is_found_at_its_place(rows: list[Marked], typist: Typist, data: st.DataObject) -> None:
    grid = marks_table(rows, typist, first="Школа", total="Итого")
    column = data.draw(st.integers(PARTICIPANTS, FIRST_COUNT + len(MARKS) - 1))
    slip = data.draw(st.integers(1, 30))
    wrong = with_cell(grid, len(rows), column, str(int(str(grid.rows[-1][1][column])) + slip))
    rules = {one.rule for one in found_at(wrong, len(rows), column) if one.severity is Severity.FIRM}
    assert "total_row" in rules


counts_of_choice = st.lists(st.integers(20, 300), min_size=6, max_size=len(SUBJECTS), unique=True)


@settings(max_examples=60, deadline=None)
@given(counts_of_choice, st.integers(300, 700), typists)
def test_shares_of_one_whole_have_no_firm_contradiction(counts: list[int], whole: int, typist: Typist) -> None:
    assert firm(find([built(_choice(counts, whole, typist))])) == []


@settings(max_examples=60, deadline=None)
@given(counts_of_choice, st.integers(300, 700), st.integers(1, 2), st.integers(25, 90), st.data())
def test_a_slip_in_a_share_of_one_whole_is_found_at_its_place(
    counts: list[int], whole: int, digits: int, slip: int, data: st.DataObject
) -> None:
    """The whole stands nowhere in the table: the other rows betray it, though not to one. The slip is in per cent."""
    typist = Typist(digits)
    row = data.draw(st.integers(0, len(counts) - 1))
    grid = _choice(counts, whole, typist)
    wrong = typist.number(Fraction((100 + slip) * counts[row], whole))
    assert any(one.severity is Severity.FIRM for one in found_at(with_cell(grid, row, 2, wrong), row, 2))


def _choice(counts: list[int], whole: int, typist: Typist) -> Grid:
    rows = [
        (number, [name, str(count), typist.number(Fraction(100 * count, whole))])
        for number, (name, count) in enumerate(zip(SUBJECTS, counts, strict=False), 2)
    ]
    return Grid("Выбор предметов ЕГЭ", ["Предмет", "Сдавали", "Доля, %"], rows, "справка", "справка")


@settings(max_examples=60, deadline=None)
@given(marked(), typists, typists)
def test_two_tables_of_one_document_agree_when_both_follow_from_the_same_marks(
    rows: list[Marked], one: Typist, other: Typist
) -> None:
    about = {"year": 2024, "grade": 8}
    tables = [built(marks_table(rows, one, 0, **about)), built(marks_table(rows, other, 2, title="ВПР, свод", **about))]
    assert firm(find(tables)) == []


@settings(max_examples=60, deadline=None)
@given(marked(), typists, st.data())
def test_a_slip_in_one_of_two_tables_names_both(rows: list[Marked], typist: Typist, data: st.DataObject) -> None:
    about = {"year": 2024, "grade": 8}
    right = marks_table(rows, typist, **about)
    row = data.draw(st.integers(0, len(rows) - 1))
    n = str(rows[row].n + data.draw(st.integers(1, 50)))
    other = Grid(
        "ВПР, участие", ["Предмет", "Участников"], [(2, [rows[row].name, n])], "справка", "справка", year=2024, grade=8
    )
    found = [one for one in find([built(right), built(other)]) if one.rule == "two_tables"]
    assert [{place.table for place in one.places} for one in found] == [{"ВПР, результаты", "ВПР, участие"}]
    assert found[0].severity is Severity.FIRM


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False), typists)
def test_a_report_whose_pupils_were_counted_has_no_firm_contradiction(random: Random, typist: Typist) -> None:
    assert firm(find([built(grid) for grid in report(random, typist).grids])) == []
