"""From a grid of cells with headers to a `StatedTable`: what the columns mean, what the rows are about."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from msoko.core.analysis.contradictions.about import OF_FINAL_EXAMS, About, about, names_a_school
from msoko.core.analysis.contradictions.headings import Heading, read_heading
from msoko.core.analysis.contradictions.labels import Labels, rows_of
from msoko.core.analysis.contradictions.numbers import decimals, is_whole, typed
from msoko.core.analysis.contradictions.roles import (
    COUNT_OF,
    MARK_COUNTS,
    OUTCOMES,
    PERCENT_OF,
    Kind,
    Role,
    in_unit,
)
from msoko.core.analysis.contradictions.tables import Column, StatedTable
from msoko.core.definitions.loading import Ambiguous, Definitions
from msoko.core.vocabulary.cells import text
from msoko.core.vocabulary.words import normal

PAIR = re.compile(r"\s*(\d+)\s*[/(;]\s*(\d+(?:[.,]\d+)?)\s*%\s*\)?\s*")
MOSTLY = 0.6
NEAR_HUNDRED = 3  # a sum of per cents strays by less: how counts are told from per cents, not whether they are right
HIGHEST_MARK = 5
RATES = re.compile(r"успева|успеш|\bуспев|качеств|pass|quality")


@dataclass(frozen=True)
class Grid:
    """Cells as they stand. `rows`: (number in the sheet or None, cells by column). What is known besides the words of
    the title – `procedure`, `grade`, `year` – goes before them; `roles` by header goes before the words of headers.
    """

    title: str
    headers: Sequence[str]
    rows: Sequence[tuple[int | None, Sequence[object]]]
    document: str = ""
    scope: str = ""
    sheet: str = ""
    procedure: str = ""
    grade: int | None = None
    year: int | None = None
    roles: Mapping[str, Role] = field(default_factory=dict)
    beside: str = ""  # prose beside the table: it may name the exam, but the years in it are of anything


def build(grid: Grid, definitions: Definitions) -> StatedTable | None:
    """The table of the grid; None where no column of it holds numbers."""
    grid = _with_pairs_parted(grid)
    known = _known(grid)
    headings = [_heading(grid, index) for index in range(len(grid.headers))]
    labels = _labels(grid, headings, definitions)
    numeric = [index for index in range(len(headings)) if index not in labels.used and _is_numeric(grid, index)]
    if not numeric:
        return None
    columns = _columns(grid, headings, numeric, labels, known)
    shares = _are_shares_of_one(grid, columns, numeric)
    cells = [
        {
            column.key: _scaled(typed(_cell(row, index)), shares and column.kind is Kind.PERCENT)
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
        grade=grid.grade or known.grade,
        year=grid.year or known.year,
        is_choice=known.is_choice or any(about(header).is_choice for header in grid.headers),
    )


def _known(grid: Grid) -> About:
    """By the title; an exam that it does not name may stand in the prose beside the table."""
    known = about(grid.title)
    if known.procedure or grid.procedure or not grid.beside:
        return known
    near = about(grid.beside)
    return replace(known, procedure=near.procedure, grade=known.grade or near.grade)


def _cell(row: Sequence[object], index: int) -> object:
    return row[index] if index < len(row) else None


def _column_cells(grid: Grid, index: int) -> list[object]:
    found = [_cell(row, index) for _, row in grid.rows]
    return [cell for cell in found if text(cell)]


def _with_pairs_parted(grid: Grid) -> Grid:
    """«4/1%» is a count and a per cent: a column of such cells becomes two."""
    headers: list[str] = []
    rows: list[list[object]] = [[] for _ in grid.rows]
    for index, header in enumerate(grid.headers):
        cells = _column_cells(grid, index)
        parted = [PAIR.fullmatch(text(cell)) for cell in cells]
        if cells and sum(map(bool, parted)) >= MOSTLY * len(cells):
            bare = header.replace("%", "").strip(" (),")
            headers += [f"{bare}, кол-во", f"{bare}, %"]
            for row, (_, said) in zip(rows, grid.rows, strict=True):
                pair = PAIR.fullmatch(text(_cell(said, index)))
                row += [pair[1], f"{pair[2]}%"] if pair else [None, None]
        else:
            headers.append(header)
            for row, (_, said) in zip(rows, grid.rows, strict=True):
                row.append(_cell(said, index))
    return replace(
        grid, headers=headers, rows=[(number, row) for (number, _), row in zip(grid.rows, rows, strict=True)]
    )


def _heading(grid: Grid, index: int) -> Heading:
    header = grid.headers[index]
    heading = read_heading(header)
    given = grid.roles.get(header)
    if given is None:
        return heading
    count = COUNT_OF.get(given, given)
    return replace(heading, role=count, is_percent=given in COUNT_OF or None)


def _is_numeric(grid: Grid, index: int) -> bool:
    cells = _column_cells(grid, index)
    numbers = sum(typed(cell) is not None for cell in cells)
    return bool(numbers) and numbers >= MOSTLY * len(cells)


def _labels(grid: Grid, headings: Sequence[Heading], definitions: Definitions) -> Labels:
    """Which columns say what a row is about: by their headers, and the first column of words by its content."""
    found: dict[Role, int] = {}
    ignored = set()
    for index, heading in enumerate(headings):
        if heading.role is Role.IGNORED or _is_running_number(grid, index):
            ignored.add(index)
        elif heading.role is not None and heading.role.kind is Kind.LABEL:
            found.setdefault(heading.role, index)
    if not {Role.SUBJECT, Role.SCHOOL, Role.MEASURE} & set(found):
        taken = ignored | set(found.values())
        words = next((i for i in range(len(headings)) if i not in taken and not _is_numeric(grid, i)), None)
        if words is not None:
            found[_role_of_words(grid, words, definitions)] = words
    return Labels(found, frozenset(ignored | set(found.values())))


def _is_running_number(grid: Grid, index: int) -> bool:
    if index or read_heading(grid.headers[index]).role not in (None, Role.PARTICIPANTS):
        return False
    values = [typed(cell) for cell in _column_cells(grid, index)]
    return len(values) > 1 and values == [Decimal(n) for n in range(1, len(values) + 1)]


def _role_of_words(grid: Grid, index: int, definitions: Definitions) -> Role:
    cells = [text(cell) for cell in _column_cells(grid, index)]
    subjects = sum(_is_subject(cell, definitions) for cell in cells)
    if subjects >= MOSTLY * len(cells):
        return Role.SUBJECT
    schools = sum(names_a_school(cell) for cell in cells)
    return Role.SCHOOL if schools >= MOSTLY * len(cells) else Role.MEASURE


def _is_subject(said: str, definitions: Definitions) -> bool:
    found = definitions.subject_by(said)
    return found is not None and not isinstance(found, Ambiguous)


def _columns(
    grid: Grid, headings: Sequence[Heading], numeric: Sequence[int], labels: Labels, known: About
) -> list[Column]:
    of_title = read_heading(grid.title)
    columns = [_column(grid, headings[index], index, labels, of_title) for index in numeric]
    columns = _in_their_units(grid, columns, numeric, headings)
    columns = _as_participants(grid, columns, labels, known)
    columns = [_of_marks(grid, column, index, known) for column, index in zip(columns, numeric, strict=True)]
    return _told_apart(columns, headings, numeric)


def _column(grid: Grid, heading: Heading, index: int, labels: Labels, of_title: Heading) -> Column:
    header = grid.headers[index]
    role = heading.role
    if role is None:
        role = _role_of_bare(grid, index, heading, labels, of_title)
    return Column(
        key=f"{index}:{header}",
        title=header,
        role=role,
        year=heading.year,
        grade=heading.grade,
        territory=heading.territory,
    )


def _role_of_bare(grid: Grid, index: int, heading: Heading, labels: Labels, of_title: Heading) -> Role:
    """A header that is but a year, a territory or unknown words: rows of measures tell, else the title."""
    is_bare = heading.year is not None or heading.grade is not None or not heading.rest or heading.territory
    if labels.rows_are is Role.MEASURE and is_bare:
        return Role.VALUE
    said = of_title.role
    if said is not None and said.kind is not Kind.LABEL and (is_bare or heading.rest.count(" ") == 0):
        return in_unit(said, bool(of_title.is_percent)) if is_bare else _plain(grid, index)
    return Role.VALUE if labels.rows_are is Role.MEASURE and len(labels.used) == 1 else _plain(grid, index)


def _plain(grid: Grid, index: int) -> Role:
    cells = _column_cells(grid, index)
    if any("%" in text(cell) for cell in cells):
        return Role.PERCENT
    values = [typed(cell) for cell in cells]
    return Role.COUNT if all(value is None or is_whole(value) for value in values) else Role.OTHER


def _in_their_units(
    grid: Grid, columns: list[Column], numeric: Sequence[int], headings: Sequence[Heading]
) -> list[Column]:
    """Roles that come as counts and per cents: what the header says, else what the cells say, else what they sum to."""
    undecided = []
    decided = {}
    for column, index in zip(columns, numeric, strict=True):
        said = headings[index].is_percent if headings[index].role is not None else None
        if column.role in PERCENT_OF and said is not None:
            decided[_place(column), column.role] = said
        else:
            undecided.append((column, index))
    found = []
    for column, index in zip(columns, numeric, strict=True):
        if column.role not in PERCENT_OF or headings[index].role is None:
            found.append(column)
            continue
        is_percent = headings[index].is_percent
        if is_percent is None:
            other = decided.get((_place(column), column.role))
            is_percent = not other if other is not None else _cells_are_percents(grid, undecided, column, index)
        found.append(replace(column, role=in_unit(column.role, is_percent)))
    return found


def _place(column: Column) -> tuple[int | None, int | None, str]:
    return column.year, column.grade, column.territory


def _cells_are_percents(grid: Grid, undecided: Sequence[tuple[Column, int]], column: Column, index: int) -> bool:
    """Of columns whose headers do not tell: signs of per cent, fractions, or whole numbers that make 100."""
    family = next((roles for roles in (MARK_COUNTS, OUTCOMES) if column.role in roles), None)
    beside = {other.role: where for other, where in undecided if _place(other) == _place(column)}
    members = [index] if family is None else [beside[role] for role in family if role in beside]
    cells = [cell for member in members for cell in _column_cells(grid, member)]
    if any("%" in text(cell) for cell in cells):
        return True
    values = [value for cell in cells if (value := typed(cell)) is not None]
    if any(not is_whole(value) for value in values):
        return True
    if family is None:
        return bool(RATES.search(normal(grid.headers[index]))) and all(value <= 100 for value in values)
    return _make_hundred(grid, members, beside.get(Role.PARTICIPANTS))


def _make_hundred(grid: Grid, members: Sequence[int], participants: int | None) -> bool:
    """Whether whole numbers of a family are per cents: most rows make about 100 and not the participants beside."""
    hundreds = rows = 0
    for _, row in grid.rows:
        values = [value for member in members if (value := typed(_cell(row, member))) is not None]
        n = typed(_cell(row, participants)) if participants is not None else None
        if values:
            rows += 1
            total = sum(values, Decimal())
            hundreds += abs(total - 100) <= NEAR_HUNDRED and (n is None or total != n)
    return rows > 0 and hundreds > rows / 2


def _as_participants(grid: Grid, columns: list[Column], labels: Labels, known: About) -> list[Column]:
    """In a table of exams by subject the one bare count is that of participants."""
    counts = [column for column in columns if column.role is Role.COUNT]
    has_whole = any(column.role in (Role.PARTICIPANTS, Role.PUPILS) for column in columns)
    of_exams = known.is_choice or known.procedure or OF_FINAL_EXAMS.search(normal(grid.title))
    if has_whole or labels.rows_are is not Role.SUBJECT or not of_exams:
        return columns
    alone = Counter((column.year, column.territory) for column in counts)
    return [
        replace(column, role=Role.PARTICIPANTS)
        if column.role is Role.COUNT and alone[column.year, column.territory] == 1
        else column
        for column in columns
    ]


def _of_marks(grid: Grid, column: Column, index: int, known: About) -> Column:
    """A mean that nowhere exceeds 5 is one of marks, except on ЕГЭ, which is scored up to 100."""
    if column.role is not Role.MEAN or (grid.procedure or known.procedure) == "ege":
        return column
    values = [value for cell in _column_cells(grid, index) if (value := typed(cell)) is not None]
    return replace(column, role=Role.MEAN_MARK) if all(value <= HIGHEST_MARK for value in values) else column


def _told_apart(columns: list[Column], headings: Sequence[Heading], numeric: Sequence[int]) -> list[Column]:
    """Two columns of one role about the same thing are counts of different things: their words tell them apart."""
    by_role: dict[object, list[int]] = {}
    for position, column in enumerate(columns):
        by_role.setdefault((column.role, _place(column)), []).append(position)
    found = list(columns)
    for position, column in enumerate(columns):
        rest = headings[numeric[position]].rest
        found[position] = replace(column, measure=rest)
        same = by_role[column.role, _place(column)]
        bare = [other for other in same if not headings[numeric[other]].rest]
        if len(same) > 1 and column.role not in (Role.VALUE, Role.SCORE_PERCENT) and bare != [position]:
            found[position] = replace(found[position], role=_of_kind(column.role))
    return found


def _of_kind(role: Role) -> Role:
    return {Kind.COUNT: Role.COUNT, Kind.PERCENT: Role.PERCENT}.get(role.kind, Role.OTHER)


def _are_shares_of_one(grid: Grid, columns: Sequence[Column], numeric: Sequence[int]) -> bool:
    """A spreadsheet keeps what it shows as «28,5 %» as 0.285: no per cent of the table is above one then."""
    indexes = [index for column, index in zip(columns, numeric, strict=True) if column.kind is Kind.PERCENT]
    cells = [cell for index in indexes for cell in _column_cells(grid, index)]
    values = [value for cell in cells if (value := typed(cell))]
    are_of_a_spreadsheet = all(isinstance(cell, float | int) for cell in cells)
    are_small = are_of_a_spreadsheet and len(values) > 1 and all(0 < value <= 1 for value in values)
    return are_small and sum(decimals(value) > 1 for value in values) * 2 >= len(values)


def _scaled(value: Decimal | None, is_share: bool) -> Decimal | None:
    if value is None or not is_share:
        return value
    digits = max(decimals(value) - 2, 0)
    return (value * 100).quantize(Decimal(1).scaleb(-digits))
