"""What the columns of a typed table mean: by their headers, else by their numbers and the title."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from msoko.core.analysis.contradictions.about import OF_FINAL_EXAMS, About, is_total, names_a_school
from msoko.core.analysis.contradictions.grid import Grid, cell_at, cells_of
from msoko.core.analysis.contradictions.headings import TERRITORIES, Heading, read_heading
from msoko.core.analysis.contradictions.labels import Labels
from msoko.core.analysis.contradictions.numbers import is_whole, typed
from msoko.core.analysis.contradictions.roles import (
    COUNT_OF,
    MARK_COUNTS,
    OUTCOMES,
    PERCENT_OF,
    Kind,
    Role,
    in_unit,
)
from msoko.core.analysis.contradictions.tables import DISTRICT, Column
from msoko.core.definitions.loading import Ambiguous, Definitions
from msoko.core.vocabulary.cells import text
from msoko.core.vocabulary.words import normal

NEAR_HUNDRED = 3  # a sum of per cents strays by less: how counts are told from per cents, not whether they are right
HIGHEST_MARK = 5
RATES = re.compile(r"успева|успеш|\bуспев|качеств|pass|quality")


def heading_of(grid: Grid, index: int) -> Heading:
    """The heading of a column; a role that is given goes before the words."""
    header = grid.headers[index]
    heading = read_heading(header)
    given = grid.roles.get(header)
    if given is None:
        return heading
    count = COUNT_OF.get(given, given)
    return replace(heading, role=count, is_percent=given in COUNT_OF or None)


def columns_of(
    grid: Grid,
    headings: Sequence[Heading],
    numeric: Sequence[int],
    labels: Labels,
    known: About,
    definitions: Definitions,
) -> list[Column]:
    """The numeric columns of the grid, in order."""
    of_title = read_heading(grid.title)
    columns = [_column(grid, headings[index], index, labels, of_title, definitions) for index in numeric]
    columns = _in_their_units(grid, columns, numeric, headings)
    columns = _as_participants(grid, columns, labels, known)
    columns = [_of_marks(grid, column, index, known) for column, index in zip(columns, numeric, strict=True)]
    return _told_apart(columns, headings, numeric)


def _column(
    grid: Grid, heading: Heading, index: int, labels: Labels, of_title: Heading, definitions: Definitions
) -> Column:
    header = grid.headers[index]
    role = heading.role if heading.role is None or heading.role.kind is not Kind.LABEL else None
    subject = _subject_in(header, definitions) if role is None else ""
    entity = normal(header) if role is None and names_a_school(header) else ""
    is_bare = role is None
    if role is None:
        is_about = bool(subject or entity or _is_whole(header))
        role = _role_of_bare(grid, index, heading, labels, of_title, is_about)
    return Column(
        key=f"{index}:{header}",
        title=header,
        role=role,
        year=heading.year,
        grade=heading.grade,
        territory=heading.territory,
        subject=subject,
        entity=entity,
        is_total=is_bare and _is_whole(header),
    )


def _subject_in(header: str, definitions: Definitions) -> str:
    found = definitions.subject_by(header)
    return "" if found is None or isinstance(found, Ambiguous) else found.slug


def _is_whole(header: str) -> bool:
    """«Всего», «Итого», «Район»: the columns beside it are its parts."""
    said = normal(header)
    of_district = next(pattern for territory, pattern in TERRITORIES if territory == DISTRICT)
    return is_total(header) or bool(of_district.fullmatch(said))


def _role_of_bare(grid: Grid, index: int, heading: Heading, labels: Labels, of_title: Heading, is_about: bool) -> Role:
    """A header that is but a year, a place, a subject or unknown words: rows of measures tell, else the title."""
    is_bare = is_about or heading.year is not None or heading.grade is not None or not heading.rest or heading.territory
    if labels.rows_are is Role.MEASURE and is_bare:
        return Role.VALUE
    said = of_title.role
    if said is not None and said.kind is not Kind.LABEL and (is_bare or heading.rest.count(" ") == 0):
        return in_unit(said, bool(of_title.is_percent)) if is_bare else _plain(grid, index)
    return Role.VALUE if labels.rows_are is Role.MEASURE and len(labels.used) == 1 else _plain(grid, index)


def _plain(grid: Grid, index: int) -> Role:
    cells = cells_of(grid, index)
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
            decided[column.about, column.role] = said
        else:
            undecided.append((column, index))
    found = []
    for column, index in zip(columns, numeric, strict=True):
        if column.role not in PERCENT_OF or headings[index].role is None:
            found.append(column)
            continue
        is_percent = headings[index].is_percent
        if is_percent is None:
            other = decided.get((column.about, column.role))
            is_percent = not other if other is not None else _cells_are_percents(grid, undecided, column, index)
        found.append(replace(column, role=in_unit(column.role, is_percent)))
    return found


def _cells_are_percents(grid: Grid, undecided: Sequence[tuple[Column, int]], column: Column, index: int) -> bool:
    """Of columns whose headers do not tell: signs of per cent, fractions, or whole numbers that make 100."""
    family = next((roles for roles in (MARK_COUNTS, OUTCOMES) if column.role in roles), None)
    beside = {other.role: where for other, where in undecided if other.about == column.about}
    members = [index] if family is None else [beside[role] for role in family if role in beside]
    cells = [cell for member in members for cell in cells_of(grid, member)]
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
        values = [value for member in members if (value := typed(cell_at(row, member))) is not None]
        n = typed(cell_at(row, participants)) if participants is not None else None
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
    values = [value for cell in cells_of(grid, index) if (value := typed(cell)) is not None]
    return replace(column, role=Role.MEAN_MARK) if all(value <= HIGHEST_MARK for value in values) else column


def _told_apart(columns: list[Column], headings: Sequence[Heading], numeric: Sequence[int]) -> list[Column]:
    """Two columns of one role about the same thing are counts of different things: their words tell them apart."""
    by_role: dict[object, list[int]] = {}
    for position, column in enumerate(columns):
        by_role.setdefault((column.role, column.about), []).append(position)
    found = list(columns)
    for position, column in enumerate(columns):
        rest = headings[numeric[position]].rest
        found[position] = replace(column, measure=rest)
        same = by_role[column.role, column.about]
        bare = [other for other in same if not headings[numeric[other]].rest]
        if len(same) > 1 and column.role not in (Role.VALUE, Role.SCORE_PERCENT) and bare != [position]:
            found[position] = replace(found[position], role=_of_kind(column.role))
    return found


def _of_kind(role: Role) -> Role:
    return {Kind.COUNT: Role.COUNT, Kind.PERCENT: Role.PERCENT}.get(role.kind, Role.OTHER)
