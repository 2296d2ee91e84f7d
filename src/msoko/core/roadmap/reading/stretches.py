"""The document cut into stretches: paragraphs, then rows under one header (or under none)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from msoko.core.roadmap.reading.columns import placed_rows
from msoko.core.roadmap.reading.header_rows import header_again, header_at, names_other_things
from msoko.core.roadmap.reading.headers import Header, Role, role_of
from msoko.core.roadmap.reading.like_deadlines import like_a_deadline
from msoko.core.roadmap.reading.like_executors import like_executors
from msoko.core.roadmap.reading.row_kinds import Cells
from msoko.core.roadmap.reading.rows import Prose, Row
from msoko.core.roadmap.reading.sentences import begins_in_the_middle
from msoko.core.roadmap.reading.titles import is_page_number

FAR = 3  # paragraphs between two tables from which on the second must be plainly a part of the first
_FIGURE = re.compile(r"[-–—+]?\s?\d[\d\s.,/%()«»-]*(?:%|б\.|чел\.?|шт\.?)?")


@dataclass
class Stretch:
    """`above` are rows of the table over its header: a title inside the table."""

    prose: list[Prose] = field(default_factory=list)
    above: list[Row] = field(default_factory=list)
    header: Header | None = None
    rows: list[Row] = field(default_factory=list)
    table: int | None = None


def stretches_of(items: Sequence[Row | Prose]) -> Iterator[Stretch]:
    """All items in their order, page numbers left out. A last stretch may hold paragraphs only."""
    prose: list[Prose] = []
    for run in _runs(items):
        if isinstance(run, Prose):
            prose.append(run)
            continue
        for stretch in _by_headers(run):
            stretch.prose, prose = prose, []
            yield stretch
    if prose:
        yield Stretch(prose)


def _runs(items: Sequence[Row | Prose]) -> Iterator[list[Row] | Prose]:
    """Paragraphs, and rows of one table with nothing between them."""
    run: list[Row] = []
    for item in items:
        if isinstance(item, Prose):
            if is_page_number(item.text):
                continue
            if run:
                yield run
            run = []
            yield item
        else:
            if run and item.table != run[-1].table:
                yield run
                run = []
            run.append(item)
    if run:
        yield run


def _by_headers(rows: list[Row]) -> Iterator[Stretch]:
    stretch, at = Stretch(table=rows[0].table), 0
    while at < len(rows):
        found = _header_in(rows, at, stretch.header)
        if found:
            above = _title_above(stretch) if stretch.header is None else []
            if stretch.rows:
                yield stretch
            stretch = Stretch(above=above, header=found[0], table=rows[0].table)
            at += found[1]
        elif stretch.header and _begins_another_table(stretch.header, rows[at]):
            yield stretch
            stretch = Stretch(rows=[rows[at]], table=rows[0].table)
            at += 1
        elif stretch.header and rows[at].table is None and rows[at].after_gap and is_statistics(_fragment(rows, at)):
            yield stretch
            stretch = Stretch(table=None)
        else:
            stretch.rows.append(rows[at])
            at += 1
    if stretch.rows or stretch.header:
        yield stretch


def _header_in(rows: Sequence[Row], at: int, current: Header | None) -> tuple[Header, int] | None:
    """Inside a table a row is taken for a header only when its words leave no doubt: activities have such words too."""
    if current is None:
        return header_at(rows, at)
    if again := header_again(rows, at, current):
        return current, again
    found = header_at(rows, at)
    if found is None:
        return None
    header, wanted = found[0], {role for role in (Role.TITLE, Role.DEADLINE, Role.EXECUTORS) if current.has(role)}
    is_plain = header.by_words and (header.is_like(current) or all(header.has(role) for role in wanted))
    return found if is_plain else None


def _begins_another_table(header: Header, row: Row) -> bool:
    """«№ | Показатель | 2025»: the number of the row is the name of a column of numbers."""
    return any(role_of(row.cells[k]) is Role.NUMBER for k in header.places(Role.NUMBER) if k < len(row.cells))


def _title_above(stretch: Stretch) -> list[Row]:
    """Takes the rows with one cell right above the header from the stretch."""
    above: list[Row] = []
    while stretch.rows and len(stretch.rows[-1].filled) == 1:
        above.insert(0, stretch.rows.pop())
    return above


def _fragment(rows: Sequence[Row], at: int) -> list[Row]:
    """The rows up to the next gap."""
    end = next((k for k in range(at + 1, len(rows)) if rows[k].after_gap), len(rows))
    return list(rows[at:end])


def is_statistics(rows: Sequence[Row]) -> bool:
    """Mostly figures beside the first cell of each row."""
    cells = [row.cells[place] for row in rows for place in row.filled[1:]]
    return len(cells) > 1 and sum(bool(_FIGURE.fullmatch(cell)) for cell in cells) > len(cells) / 2


def belongs_to(header: Header, stretch: Stretch) -> bool:
    """Whether rows without a header go on with the table above: enough of them are activities under its columns."""
    rows = stretch.rows
    if not rows or is_statistics(rows) or names_other_things(rows[0]):
        return False
    cells = [Cells(header, placed) for placed in placed_rows(header, rows, None)]
    full = sum(_is_activity(one) for one in cells)
    if not stretch.prose and len(rows) <= 2 and not full:
        return abs(len(rows[0].cells) - len(header.columns)) <= 2 and _is_a_part(cells[0])
    if not stretch.prose and full and any(len(row.cells) == len(header.columns) for row in rows):
        return True
    far = len(stretch.prose) >= FAR
    return full > 0 and full >= len(rows) * (0.6 if far else 0.4)


def _is_activity(cells: Cells) -> bool:
    if not cells.title or len(cells.rest) < 2:
        return False
    time, people = like_a_deadline(cells.deadline) >= 0.5, like_executors(cells.executors) >= 0.5
    return (time and people) or (cells.counted is not None and (time or people))


def _is_a_part(cells: Cells) -> bool:
    """A row that nothing parts from the table above: the end of an activity, its number and title, its deadline."""
    first = next(iter(cells.rest.values()), "")
    return cells.counted is not None or begins_in_the_middle(first) or like_a_deadline(first) >= 0.5
