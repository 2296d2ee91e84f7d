"""What columns are for where their words do not tell, and which of several columns of one kind is meant."""

import re
from collections.abc import Callable, Sequence
from statistics import fmean

from msoko.core.roadmap.reading.headers import Header, Role, mentions, names_activities, role_of
from msoko.core.roadmap.reading.like_deadlines import like_a_deadline
from msoko.core.roadmap.reading.like_executors import like_executors
from msoko.core.roadmap.reading.rows import Row
from msoko.core.roadmap.reading.sentences import number_of

MOSTLY = 0.6  # the share of cells that must look like what the column is then taken for
HARDLY = 0.15
SOME = 0.6  # of the rows have a cell of their own in a column that is merged downwards
FEW = 3  # rows, from which on a share says something
WORDY = 18  # letters of a cell on the average, from which on a column may say what is to be done
_OF_A_REPORT = re.compile(r"отч[её]т|представлен|предоставлен|информаци")
_MARKS = frozenset("+xхvw*✓✔√☑•1")
_LOOKS: dict[Role, Callable[[str], bool]] = {
    Role.NUMBER: lambda cell: number_of(cell) is not None,
    Role.DEADLINE: lambda cell: like_a_deadline(cell) >= 0.5,
    Role.EXECUTORS: lambda cell: like_executors(cell) >= 0.5,
}


def guessed(header: Header, rows: Sequence[Row]) -> Header:
    """Columns whose words are not known take the role that most of their cells look like."""
    held = _held(header, rows)
    roles = [column.role for column in header.columns]
    unknown = [place for place, column in enumerate(header.columns) if held[place] and role_of(column.name) is None]
    for place in unknown:
        if _is_of_a_period(header.columns[place].name, held[place]):
            roles[place] = Role.PERIOD
    for role, looks_so in _LOOKS.items():
        _guess(roles, role, [(_share(held[place], looks_so), place) for place in unknown])
        mentioned = [
            place for place, column in enumerate(header.columns) if held[place] and mentions(column.name, role)
        ]
        _guess(roles, role, [(_share(held[place], looks_so), place) for place in mentioned])
    is_guessed = any(roles[place] is not Role.OTHER for place in unknown)
    if {Role.DEADLINE, Role.EXECUTORS} <= set(roles) and Role.TITLE not in roles:
        _promote_a_title(roles, held, [column.name for column in header.columns])
    if roles == [column.role for column in header.columns]:
        return header
    return header.with_roles(roles, is_guessed)


def settled(header: Header, rows: Sequence[Row]) -> Header:
    """One column of titles; headings only to the left of it; no registers of risks and no lists of stages."""
    roles = [column.role for column in header.columns]
    names = [column.name.lower() for column in header.columns]
    titles = header.places(Role.TITLE)
    if not titles:
        return header
    held = _held(header, rows)
    counting = [place for place in titles if _counts(held[place]) and Role.NUMBER not in roles]
    titles = tuple(place for place in titles if place not in counting) or titles
    title = next((place for place in titles if names_activities(names[place])), titles[0])
    for place, role in enumerate(roles):
        if role is Role.TITLE and place != title:
            roles[place] = Role.NUMBER if place in counting else Role.OTHER
        if role is Role.SECTION and (place > title or _is_of_each_row(names[place], held[place], len(rows))):
            roles[place] = Role.OTHER
        if not names[place] and place < title and 0 < len(held[place]) <= SOME * len(rows):
            roles[place] = Role.SECTION  # a column of directions, merged downwards, that nothing names
    for place in _of_reports(header):
        roles[place] = Role.OTHER
    people = Role.EXECUTORS in roles or Role.BOTH in roles
    if not names_activities(names[title]) and (
        any("риск" in name for name in names[:title]) or (not people and any("этап" in name for name in names))
    ):
        roles[title] = Role.OTHER
    return header if roles == [column.role for column in header.columns] else header.told_apart(roles)


def _counts(cells: Sequence[str]) -> bool:
    """«Шаг»: it could be what is done, and is only its number."""
    return bool(cells) and all(number_of(cell) for cell in cells)


def _of_reports(header: Header) -> list[int]:
    """«Срок представления отчёта» beside «Срок исполнения» is no deadline of the activity."""
    deadlines = header.places(Role.DEADLINE)
    of_reports = [place for place in deadlines if _OF_A_REPORT.search(header.columns[place].name.lower())]
    return of_reports if len(of_reports) < len(deadlines) else []


def holds_what_it_names(header: Header, rows: Sequence[Row]) -> bool:
    """Whether deadlines look like deadlines or executors like executors; words that name all three need no proof."""
    if header.by_words and {Role.TITLE, Role.DEADLINE, Role.EXECUTORS} <= {one.role for one in header.columns}:
        return True
    held = _held(header, rows)
    shares = [
        _share(held[place], looks_so)
        for role, looks_so in _LOOKS.items()
        for place in header.places(role)
        if role is not Role.NUMBER and held[place]
    ]
    if len(header.columns) < 3:
        return header.by_words and any(share >= MOSTLY for share in shares)
    return not shares or any(share > HARDLY for share in shares)


def _held(header: Header, rows: Sequence[Row]) -> list[list[str]]:
    width = len(header.columns)
    alike = [row for row in rows if len(row.cells) == width]
    return [[row.cells[place] for row in alike if row.cells[place]] for place in range(width)]


def _share(cells: Sequence[str], looks_so: Callable[[str], float]) -> float:
    return fmean(looks_so(cell) for cell in cells)


def _guess(roles: list[Role], role: Role, shares: Sequence[tuple[float, int]]) -> None:
    if role in roles:
        return
    likely = [(share, -place) for share, place in shares if share >= MOSTLY and roles[place] is Role.OTHER]
    if likely:
        roles[-max(likely)[1]] = role


def _is_of_a_period(name: str, cells: Sequence[str]) -> bool:
    """A column of a month or a quarter, marked in the rows of what is done then."""
    return like_a_deadline(name) >= 0.6 and all(cell.lower() in _MARKS for cell in cells)


def _promote_a_title(roles: list[Role], held: Sequence[Sequence[str]], names: Sequence[str]) -> None:
    """«Направления, мероприятия», else the wordiest column that is left, unless it lists organisations."""
    likely = [
        (names_activities(names[place]) * 1000 + fmean(map(len, held[place])), -place)
        for place, role in enumerate(roles)
        if role in (Role.OTHER, Role.SECTION) and held[place] and _share(held[place], like_executors) < 0.5
    ]
    if likely and max(likely)[0] >= WORDY:
        roles[-max(likely)[1]] = Role.TITLE


def _is_of_each_row(name: str, cells: Sequence[str], rows: int) -> bool:
    """A purpose that every row has for itself is no heading over several rows."""
    own = any(stem in name for stem in ("цел", "задач", "проблем"))
    return own and len(cells) > FEW and len(set(cells)) == len(cells) >= 0.9 * rows
