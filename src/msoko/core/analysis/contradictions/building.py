"""From a grid of cells with headers to a `StatedTable`: what the columns mean, what the rows are about."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from msoko.core.analysis.contradictions.about import About, about, names_a_school
from msoko.core.analysis.contradictions.columns import columns_of, heading_of
from msoko.core.analysis.contradictions.grid import MOSTLY, Grid, cell_at, cells_of, is_numeric, tidied
from msoko.core.analysis.contradictions.headings import Heading, read_heading
from msoko.core.analysis.contradictions.labels import Labels, rows_of
from msoko.core.analysis.contradictions.numbers import decimals, typed
from msoko.core.analysis.contradictions.roles import Kind, Role
from msoko.core.analysis.contradictions.tables import Column, StatedTable
from msoko.core.collection.personal import PERSONAL
from msoko.core.definitions.loading import Ambiguous, Definitions
from msoko.core.vocabulary.cells import text
from msoko.core.vocabulary.words import normal


def build(grid: Grid, definitions: Definitions) -> StatedTable | None:
    """The table of the grid; None where no column of it holds numbers."""
    grid = tidied(grid)
    known = _known(grid)
    headings = [heading_of(grid, index) for index in range(len(grid.headers))]
    labels = _labels(grid, headings, definitions)
    numeric = [index for index in range(len(headings)) if index not in labels.used and is_numeric(grid, index)]
    if not numeric:
        return None
    columns = columns_of(grid, headings, numeric, labels, known, definitions)
    grade, year = (_the_only({getattr(column, name) for column in columns}) for name in ("grade", "year"))
    columns = [_of_table(column, grade, year) for column in columns]
    shares = _are_shares_of_one(grid, columns, numeric)
    cells = [
        {
            column.key: _scaled(typed(cell_at(row, index)), shares and column.kind is Kind.PERCENT)
            for column, index in zip(columns, numeric, strict=True)
        }
        for _, row in grid.rows
    ]
    rows = rows_of(grid.rows, cells, labels, definitions)
    return StatedTable(
        title=grid.title,
        document=grid.document,
        scope=grid.scope,
        columns=tuple(columns),
        rows=tuple(rows),
        rows_are=labels.rows_are,
        sheet=grid.sheet,
        procedure=grid.procedure or known.procedure,
        grade=grid.grade or grade or known.grade,
        year=grid.year or year or known.year,
        is_choice=known.is_choice or any(about(header).is_choice for header in grid.headers),
    )


def _the_only(named: set[int | None]) -> int | None:
    """The one grade or year that headers name: where no other is named, all the table is of it."""
    known = named - {None}
    return known.pop() if len(known) == 1 else None


def _of_table(column: Column, grade: int | None, year: int | None) -> Column:
    return replace(
        column,
        grade=None if grade is not None else column.grade,
        year=None if year is not None else column.year,
    )


def _known(grid: Grid) -> About:
    """By the title; an exam that it does not name may stand in the prose beside the table."""
    known = about(grid.title)
    if known.procedure or grid.procedure or not grid.beside:
        return known
    near = about(grid.beside)
    return replace(known, procedure=near.procedure, grade=known.grade or near.grade)


def _labels(grid: Grid, headings: Sequence[Heading], definitions: Definitions) -> Labels:
    """Which columns say what a row is about: by their headers, and the first column of words by its content."""
    found: dict[Role, int] = {}
    ignored = set()
    for index, heading in enumerate(headings):
        if heading.role is Role.IGNORED or _is_running_number(grid, index) or _names_people(grid, index):
            ignored.add(index)
        elif heading.role is not None and heading.role.kind is Kind.LABEL and not _holds_numbers(grid, index, heading):
            found.setdefault(heading.role, index)
    if not {Role.SUBJECT, Role.SCHOOL, Role.MEASURE} & set(found):
        taken = ignored | set(found.values())
        words = next((i for i in range(len(headings)) if i not in taken and not is_numeric(grid, i)), None)
        if words is not None:
            found[_role_of_words(grid, words, definitions)] = words
    return Labels(found, frozenset(ignored | set(found.values())))


def _names_people(grid: Grid, index: int) -> bool:
    """A column of names is no label: a summary needs none, and none is ever shown."""
    return PERSONAL.search(normal(grid.headers[index])) is not None and not is_numeric(grid, index)


def _holds_numbers(grid: Grid, index: int, heading: Heading) -> bool:
    """«Район» over numbers is no name of a district but its figures."""
    return heading.role not in (Role.GRADE, Role.YEAR, Role.CLASS) and is_numeric(grid, index)


def _is_running_number(grid: Grid, index: int) -> bool:
    if index or read_heading(grid.headers[index]).role not in (None, Role.PARTICIPANTS):
        return False
    values = [typed(cell) for cell in cells_of(grid, index)]
    return len(values) > 1 and values == [Decimal(n) for n in range(1, len(values) + 1)]


def _role_of_words(grid: Grid, index: int, definitions: Definitions) -> Role:
    cells = [text(cell) for cell in cells_of(grid, index)]
    subjects = sum(_is_subject(cell, definitions) for cell in cells)
    if subjects >= MOSTLY * len(cells):
        return Role.SUBJECT
    schools = sum(names_a_school(cell) for cell in cells)
    return Role.SCHOOL if schools >= MOSTLY * len(cells) else Role.MEASURE


def _is_subject(said: str, definitions: Definitions) -> bool:
    found = definitions.subject_by(said)
    return found is not None and not isinstance(found, Ambiguous)


def _are_shares_of_one(grid: Grid, columns: Sequence[Column], numeric: Sequence[int]) -> bool:
    """A spreadsheet keeps what it shows as «28,5 %» as 0.285: no per cent of the table is above one then."""
    indexes = [index for column, index in zip(columns, numeric, strict=True) if column.kind is Kind.PERCENT]
    cells = [cell for index in indexes for cell in cells_of(grid, index)]
    values = [value for cell in cells if (value := typed(cell))]
    are_of_a_spreadsheet = all(isinstance(cell, float | int) for cell in cells)
    are_small = are_of_a_spreadsheet and len(values) > 1 and all(0 < value <= 1 for value in values)
    return are_small and sum(decimals(value) > 1 for value in values) * 2 >= len(values)


def _scaled(value: Decimal | None, is_share: bool) -> Decimal | None:
    if value is None or not is_share:
        return value
    digits = max(decimals(value) - 2, 0)
    return (value * 100).quantize(Decimal(1).scaleb(-digits))
