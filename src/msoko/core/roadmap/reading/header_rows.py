"""Finds the rows that name the columns, over one to three rows, and guesses by content what words do not tell."""

import re
from collections.abc import Callable, Iterable, Sequence
from statistics import fmean

from msoko.core.roadmap.reading.headers import Column, Header, Role, role_of
from msoko.core.roadmap.reading.like_deadlines import like_a_deadline
from msoko.core.roadmap.reading.like_executors import like_executors
from msoko.core.roadmap.reading.rows import Row, counts_columns
from msoko.core.roadmap.reading.sentences import number_of

LONGEST_CELL = 110  # letters: a longer cell is a sentence, not the header of a column
LONGEST_SUBHEADER = 45
MOST_ROWS = 3
LOOKED_AT = 40  # rows below a header that are enough to see what a column holds
MOSTLY = 0.6  # the share of cells that must look like what the column is then taken for
_LOOKS: dict[Role, Callable[[str], bool]] = {
    Role.NUMBER: lambda cell: number_of(cell) is not None,
    Role.DEADLINE: lambda cell: like_a_deadline(cell) >= 0.5,
    Role.EXECUTORS: lambda cell: like_executors(cell) >= 0.5,
}
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
        header = _with_guesses(plain, rows[at + count : at + count + LOOKED_AT])
        if header.is_complete:
            named = header, count
    return named


def header_by_content(rows: Sequence[Row]) -> Header | None:
    """The columns of a table whose header is lost, where deadlines and executors are plain to see."""
    width = max((len(row.cells) for row in rows), default=0)
    alike = [row for row in rows if len(row.cells) == width]
    if width < 3 or len(alike) < 3:
        return None
    blank = Header(tuple(Column(Role.OTHER, "", place) for place in range(width)), by_words=False)
    header = _with_guesses(blank, alike)
    return header if header.is_complete and header.has(Role.DEADLINE) and header.has(Role.EXECUTORS) else None


def _may_be_header(row: Row) -> bool:
    said = [row.cells[place] for place in row.filled]
    if len(said) < 2 or any(len(cell) > LONGEST_CELL or _SENTENCES.search(cell) or number_of(cell) for cell in said):
        return False
    roles = [role_of(cell) for cell in said]
    if Role.DEADLINE not in roles and any(like_a_deadline(cell) >= 0.6 for cell in said):
        return False  # an activity: it has a deadline and no word for it
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
    below = {_role_above(row, place, header) for place in row.filled}
    return not below & {Role.TITLE, Role.NUMBER} and (header.is_complete or _may_be_header(row))


def _role_above(row: Row, place: int, header: Header) -> Role:
    """What the column is for in which the cell stands."""
    begins = row.starts[place] if row.starts else place
    return next((column.role for column in reversed(header.columns) if column.start <= begins), Role.OTHER)


def _columns_of(rows: Sequence[Row]) -> Header:
    if all(row.starts for row in rows):
        starts = sorted({start for row in rows for start in row.starts})
        names = [" ".join(_unique(_cell_over(row, start) for row in rows)) for start in starts]
    else:
        starts = list(range(max(len(row.cells) for row in rows)))
        names = _names_by_place(rows, len(starts))
    while names and not names[-1]:
        names.pop()
    return Header(
        tuple(Column(role_of(name) or Role.OTHER, name, start) for name, start in zip(names, starts, strict=False))
    )


def _cell_over(row: Row, start: int) -> str:
    place = max((k for k, begin in enumerate(row.starts) if begin <= start), default=None)
    return "" if place is None else row.cells[place].replace("\n", " ")


def _names_by_place(rows: Sequence[Row], width: int) -> list[str]:
    """A header above empty cells spreads over those that the next row names: «Срок | » over «начало | конец»."""
    names = [""] * width
    for depth, row in enumerate(rows):
        spread = ""
        for place in range(width):
            cell = row.cells[place].replace("\n", " ") if place < len(row.cells) else ""
            spread = cell or spread
            below = any(place < len(other.cells) and other.cells[place] for other in rows[depth + 1 :])
            said = cell or (spread if below and not names[place] else "")
            names[place] = " ".join(_unique([names[place], said]))
    return names


def _unique(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(word for word in words if word))


def _with_guesses(header: Header, rows: Sequence[Row]) -> Header:
    """What words did not tell is told by the cells below, where most of them look like one thing."""
    if header.is_complete and header.has(Role.DEADLINE) and header.has(Role.EXECUTORS):
        return header
    width = len(header.columns)
    held = [
        [row.cells[place] for row in rows if len(row.cells) == width and row.cells[place]] for place in range(width)
    ]
    roles = [column.role for column in header.columns]
    unknown = [place for place in range(width) if role_of(header.columns[place].name) is None and held[place]]
    for role, looks_so in _LOOKS.items():
        _guess(roles, role, [(_share(held[place], looks_so), place) for place in unknown])
    if Role.DEADLINE in roles and Role.EXECUTORS in roles and Role.TITLE not in roles:
        _promote_a_title(roles, held)
    return header if roles == [column.role for column in header.columns] else header.with_roles(roles)


def _share(cells: Sequence[str], looks_so: Callable[[str], float]) -> float:
    return fmean(looks_so(cell) for cell in cells)


def _guess(roles: list[Role], role: Role, shares: Sequence[tuple[float, int]]) -> None:
    if role in roles:
        return
    likely = [(share, -place) for share, place in shares if share >= MOSTLY and roles[place] is Role.OTHER]
    if likely:
        roles[-max(likely)[1]] = role


def _promote_a_title(roles: list[Role], held: Sequence[Sequence[str]]) -> None:
    """Of the columns that are left the wordiest one says what is to be done, unless it lists organisations."""
    likely = [
        (fmean(map(len, held[place])), -place)
        for place, role in enumerate(roles)
        if role in (Role.OTHER, Role.SECTION) and held[place] and _share(held[place], like_executors) < 0.5
    ]
    if likely and max(likely)[0] >= 20:
        roles[-max(likely)[1]] = Role.TITLE
