"""Rows of a text file that go over several physical lines, because a cell had an end of line in it."""

from collections.abc import Sequence
from dataclasses import replace

from msoko.core.roadmap.reading.cleaning import is_only_signs
from msoko.core.roadmap.reading.headers import Role, role_of
from msoko.core.roadmap.reading.lines import Line
from msoko.core.roadmap.reading.sentences import begins_in_the_middle, glued_number, number_of

MOST_LINES = 12  # of one row

Whole = tuple[Line, tuple[int, ...]]


def whole_rows(lines: Sequence[Line]) -> list[Whole]:
    """Each line with the numbers of all lines that went into it. Rows of DOCX and PDF are whole as they come.

    A row with too few cells goes on in the lines that follow at once if together they make exactly the cells that the
    header above has; a line without tabulators that begins in the middle of a sentence belongs to the cell above it.
    """
    whole: list[Whole] = []
    width, at = 0, 0
    while at < len(lines):
        line = lines[at]
        count = _lines_of_one_row(lines, at, width) if line.table is None else 1
        if line.table is None and _names_columns(line):
            width = len(line.cells)
        if count == 1 and whole and _ends_the_last_cell(whole[-1], line, width):
            whole[-1] = _together([whole[-1][0], line], (*whole[-1][1], line.number))
        else:
            taken = lines[at : at + count]
            whole.append(_together(taken, tuple(one.number for one in taken)))
        at += count
    return whole


def _names_columns(line: Line) -> bool:
    roles = {role_of(cell) for cell in line.cells} if len(line.cells) > 2 else set()
    return Role.TITLE in roles and bool(roles & {Role.DEADLINE, Role.EXECUTORS})


def _lines_of_one_row(lines: Sequence[Line], at: int, width: int) -> int:
    cells = len(lines[at].cells)
    if not 1 < cells < width:
        return 1
    for count in range(2, min(MOST_LINES, len(lines) - at) + 1):
        above, below = lines[at + count - 2], lines[at + count - 1]
        if below.table is not None or below.number != above.number + 1 or _begins_a_row(below):
            return 1
        cells += len(below.cells) - 1
        if cells == width:
            return count
        if cells > width:
            return 1
    return 1


def _begins_a_row(line: Line) -> bool:
    first = line.cells[0].strip()
    if all(is_only_signs(cell) for cell in line.cells):
        return True
    return number_of(first) is not None or (len(line.cells) > 1 and not first) or glued_number(first) is not None


def _ends_the_last_cell(above: Whole, line: Line, width: int) -> bool:
    row, numbers = above
    follows = row.table is None and line.table is None and line.number == numbers[-1] + 1
    return (
        follows and len(row.cells) == width > 2 and len(line.cells) == 1 and begins_in_the_middle(line.cells[0].strip())
    )


def _together(lines: Sequence[Line], numbers: tuple[int, ...]) -> Whole:
    cells = list(lines[0].cells)
    for line in lines[1:]:
        cells[-1] = f"{cells[-1]}\n{line.cells[0]}"
        cells += line.cells[1:]
    return replace(lines[0], cells=tuple(cells)), numbers
