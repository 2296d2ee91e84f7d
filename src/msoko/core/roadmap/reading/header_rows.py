"""Finds the rows that name the columns of a roadmap, over one to three rows."""

import re
from collections.abc import Iterable, Sequence

from msoko.core.roadmap.reading.guessing import guessed, holds_what_it_names, settled
from msoko.core.roadmap.reading.headers import Column, Header, Role, mentions, role_of
from msoko.core.roadmap.reading.like_deadlines import like_a_deadline
from msoko.core.roadmap.reading.like_executors import like_executors
from msoko.core.roadmap.reading.rows import Row, counts_columns
from msoko.core.roadmap.reading.sentences import begins_in_the_middle, number_of

LONGEST_CELL = 110  # letters: a longer cell is a sentence, not the header of a column
LONGEST_SUBHEADER = 45
MOST_ROWS = 3
FEWEST_KNOWN = 2  # kinds of columns that words must tell before the others may be guessed
LOOKED_AT = 40  # rows below a header that are enough to see what a column holds
_SENTENCES = re.compile(r"[а-яё]{3}[.!?]\s+[А-ЯЁ]")
_SMALL_BEGINNING = re.compile(r"[а-яё(/]|п\s?/\s?п", re.IGNORECASE)


def header_at(rows: Sequence[Row], at: int) -> tuple[Header, int] | None:
    """The header that begins with this row and how many rows it takes; None where no header begins."""
    if not _may_be_header(rows[at]):
        return None
    named: tuple[Header, int] | None = None
    plain = _columns_of(rows[at : at + 1])
    for count in range(1, min(MOST_ROWS, len(rows) - at) + 1):
        taken = rows[at : at + count]
        if count > 1 and not _goes_on_naming(taken[-1], taken[0], plain):
            break
        plain = _columns_of(taken)
        if len(_kinds_told(plain)) < FEWEST_KNOWN:
            continue
        below = rows[at + count : at + count + LOOKED_AT]
        header = settled(guessed(plain, below), below)
        if header.is_complete and holds_what_it_names(header, below):
            named = header, count
    return named


def _kinds_told(header: Header) -> set[Role]:
    """The kinds of columns of which the words say at least something."""
    mentioned = {
        role
        for column in header.columns
        for role in (Role.DEADLINE, Role.EXECUTORS)
        if column.role is Role.OTHER and mentions(column.name, role)
    }
    return {column.role for column in header.columns} - {Role.OTHER} | mentioned


def header_again(rows: Sequence[Row], at: int, known: Header) -> int:
    """How many rows repeat a header that is known, 0 for none. What follows them may be the rest of a broken row."""
    wanted = [_compact(column.name) for column in known.columns]
    for count in range(1, min(MOST_ROWS, len(rows) - at) + 1):
        if any(len(cell) > LONGEST_CELL for cell in rows[at + count - 1].cells):
            return 0
        if [_compact(name) for name, _ in _named_columns(rows[at : at + count])] == wanted:
            return count
    return 0


def _compact(name: str) -> str:
    return "".join(name.lower().split())


def header_by_content(rows: Sequence[Row]) -> tuple[Header, int] | None:
    """The columns of a table whose header is lost or strange, where deadlines and executors are plain to see.

    With the header comes how many rows it takes: one that does not look like the rest only names the columns.
    """
    width = max((len(row.cells) for row in rows), default=0)
    alike = [row for row in rows if len(row.cells) == width]
    if width < 3 or len(alike) < 3 or names_other_things(rows[0]):
        return None
    header = guessed(Header(tuple(Column(Role.OTHER, "", place) for place in range(width)), by_words=False), alike)
    if not (header.is_complete and header.has(Role.DEADLINE) and header.has(Role.EXECUTORS)):
        return None
    header = _with_a_result(header)
    if holds_what_it_names(header, rows[:1]):
        return header, 0
    names = _columns_of(rows[:1]).columns
    named = tuple(Column(one.role, name.name, one.start) for one, name in zip(header.columns, names, strict=False))
    return (Header(named, by_words=False, is_guessed=True), 1) if len(named) == width else None


def _with_a_result(header: Header) -> Header:
    """Of the columns that are left the first one to the right of the title says what comes of it."""
    title = header.places(Role.TITLE)[0]
    roles = [column.role for column in header.columns]
    left = [place for place in header.places(Role.OTHER) if place > title]
    if left:
        roles[left[0]] = Role.RESULT
    return header.told_apart(roles)


def names_other_things(row: Row) -> bool:
    """A header whose words are known and that is none of a roadmap: «Показатель | Единица измерения | Срок»."""
    roles = [role_of(row.cells[place]) for place in row.filled]
    known = sum(role is not None for role in roles)
    return _may_be_header(row) and known >= len(roles) - 1 and Role.TITLE not in roles


def _may_be_header(row: Row) -> bool:
    said = [row.cells[place] for place in row.filled]
    if len(said) < 2 or any(len(cell) > LONGEST_CELL or _SENTENCES.search(cell) or number_of(cell) for cell in said):
        return False
    roles = [role_of(cell) for cell in said]
    if Role.DEADLINE not in roles and sum(like_a_deadline(cell) >= 0.6 for cell in said) == 1:
        return False  # an activity: it has a deadline and no word for it; more of them are columns of months
    if sum(map(begins_in_the_middle, said)) * 2 >= len(said) and max(map(len, said)) > LONGEST_SUBHEADER:
        return False  # the rest of a row that a page broke
    return any(role in (Role.TITLE, Role.DEADLINE, Role.EXECUTORS, Role.NUMBER) for role in roles)


def _goes_on_naming(row: Row, first: Row, header: Header) -> bool:
    """Whether the row below goes on with the header: «п/п | | реализации», «| | начало | окончание |»."""
    said = [row.cells[place] for place in row.filled]
    if row.table != first.table or not said or counts_columns(row) or any(number_of(cell) for cell in said):
        return False
    if any(len(cell) > LONGEST_SUBHEADER for cell in said):
        return False
    if all(_SMALL_BEGINNING.match(cell) and not cell[0].isupper() for cell in said):
        return True
    if len(said) < 2 or (not header.is_complete and _columns_of([row]).is_complete):
        return False
    plain = [cell for cell in said if role_of(cell) is None]
    if any(like_a_deadline(cell) >= 0.6 for cell in plain) and any(like_executors(cell) >= 0.6 for cell in plain):
        return False  # the first activity, though its title is empty
    below = {_role_above(row, place, header) for place in row.filled}
    return not below & {Role.TITLE, Role.NUMBER} and (header.is_complete or _may_be_header(row))


def _role_above(row: Row, place: int, header: Header) -> Role:
    """What the column is for in which the cell stands."""
    begins = row.starts[place] if row.starts else place
    return next((column.role for column in reversed(header.columns) if column.start <= begins), Role.OTHER)


def _columns_of(rows: Sequence[Row]) -> Header:
    return Header(tuple(Column(role_of(name) or Role.OTHER, name, start) for name, start in _named_columns(rows)))


def _named_columns(rows: Sequence[Row]) -> list[tuple[str, int]]:
    """Names of columns and where they begin, without empty ones at the end."""
    by_grid = all(row.starts for row in rows)
    if by_grid:
        starts = sorted({start for row in rows for start in row.starts})
    else:
        starts = list(range(max(len(row.cells) for row in rows)))
    names = _names([[_cell_at(row, start, by_grid) for start in starts] for row in rows])
    while names and not names[-1]:
        names.pop()
    return list(zip(names, starts, strict=False))


def _cell_at(row: Row, start: int, by_grid: bool) -> str:
    """The words over a column; a cell that spans several stands over each of them."""
    if not by_grid:
        return row.cells[start].replace("\n", " ") if start < len(row.cells) else ""
    place = max((k for k, begin in enumerate(row.starts) if begin <= start), default=None)
    return "" if place is None else row.cells[place].replace("\n", " ")


def _names(rows: Sequence[Sequence[str]]) -> list[str]:
    """A header beside empty cells spreads over those that the next row names: «Срок | » over «начало | конец»."""
    names = [""] * len(rows[0])
    for depth, row in enumerate(rows):
        spread = ""
        for place, cell in enumerate(row):
            spread = cell or spread
            below = any(other[place] for other in rows[depth + 1 :])
            said = cell or (spread if below and not names[place] else "")
            names[place] = " ".join(_unique([names[place], said]))
    return names


def _unique(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(word for word in words if word))
