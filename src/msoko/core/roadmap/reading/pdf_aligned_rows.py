"""Where rows begin in a table without ruling lines: by wider gaps, by numbers, or by what stands side by side."""

import re
from collections.abc import Sequence
from itertools import pairwise

from msoko.core.roadmap.reading.headers import Role, names_activities, role_of
from msoko.core.roadmap.reading.like_deadlines import like_a_deadline
from msoko.core.roadmap.reading.pdf_columns import Columns
from msoko.core.roadmap.reading.pdf_joining import is_meant
from msoko.core.roadmap.reading.pdf_signs import TextLine
from msoko.core.roadmap.reading.sentences import begins_in_the_middle, hangs, number_of

WIDER = 0.3  # of the height of a line beyond the usual distance: a gap between rows
USUAL = 0.15  # the quantile of distances that is the one of lines in one cell
PLAINLY = 0.6
NEIGHBOURS = 4  # lines above of which one may reach lower than the last
FEWEST_GAPS = 2
FEWEST_NUMBERS = 1
COHERENT = 0.7  # of the rows must begin with a beginning, else the columns do not stand as they seem to
CENTRED = 6.0  # points by which the middle of a heading may lie beside that of the table
INDENT = 8.0  # points

_A_WORD = re.compile(r"[А-ЯЁ][а-яё]{3,}")  # no abbreviation and no name in quotation marks

Row = list[TextLine]


def rows_of_lines(lines: Sequence[TextLine], columns: Columns) -> list[Row] | None:
    """The lines of each row; None where they do not hold together. The first is a header or the rest of a row."""
    reader = _Reader(lines, columns)
    rows: list[Row] = []
    for at, line in enumerate(lines):
        if not rows or reader.begins_row(at):
            rows.append([])
        rows[-1].append(line)
    return rows if reader.holds_together(rows) else None


class _Reader:
    def __init__(self, lines: Sequence[TextLine], columns: Columns) -> None:
        self._lines = lines
        self._columns = columns
        self._parts = [columns.parts_of(line) for line in lines]
        self._spans = [self._is_heading(at) for at in range(len(lines))]
        roles = [role_of(name.text) for name in columns.names]
        self._title = self._column_of_titles(roles)
        self._number = roles.index(Role.NUMBER) if Role.NUMBER in roles else None
        self._deadline = roles.index(Role.DEADLINE) if Role.DEADLINE in roles else None
        self._counts = sum(self._counted(at) for at in range(len(lines))) >= FEWEST_NUMBERS
        self._gap = self._least_gap()
        self._sides = columns.sides_in(lines)

    def begins_row(self, at: int) -> bool:
        if self._spans[at] or self._spans[at - 1]:
            return not (self._spans[at] and self._spans[at - 1] and self._is_one_heading(at))
        if self._gap is not None:
            return self._distance(at) > self._gap and (self._title in self._parts[at] or self._counted(at))
        return (self._counted(at) or self._is_lone(at)) if self._counts else self._stands_side_by_side(at)

    def holds_together(self, rows: Sequence[Row]) -> bool:
        """Whether the titles of most rows begin with a beginning."""
        firsts = [self._columns.parts_of(row[0]) for row in rows[1:] if not self._columns.crossed_by(row[0])]
        titles = [parts[self._title].text for parts in firsts if self._title in parts]
        begun = sum(not begins_in_the_middle(title) for title in titles)
        return begun >= COHERENT * len(firsts)

    def _least_gap(self) -> float | None:
        """Rows are told by gaps where lines within cells lie closer, and each number has one before it."""
        distances = sorted(distance for at in range(1, len(self._lines)) if (distance := self._distance(at)) > 0)
        if not distances:
            return None
        least = distances[int(USUAL * len(distances))] + WIDER * self._lines[0].height
        begun = [at for at in range(1, len(self._lines)) if self._distance(at) > least]
        counted = [at for at in range(1, len(self._lines)) if self._counted(at) and not self._spans[at - 1]]
        are_apart = sum(at in begun for at in counted) >= COHERENT * len(counted)
        return least if len(begun) >= max(FEWEST_GAPS, COHERENT * len(counted)) and are_apart else None

    def _column_of_titles(self, roles: Sequence[Role | None]) -> int:
        """By its name, else the one with most words."""
        if Role.TITLE in roles:
            return roles.index(Role.TITLE)
        named = [place for place, name in enumerate(self._columns.names) if names_activities(name.text)]
        letters = [
            sum(len(parts[place].text) for parts in self._parts if place in parts) for place in range(len(roles))
        ]
        return named[0] if named else letters.index(max(letters))

    def _distance(self, at: int) -> float:
        """From the lowest line above; lines of cells beside each other need not stand on one height."""
        return self._lines[at].top - max(line.bottom for line in self._lines[max(0, at - NEIGHBOURS) : at])

    def _counted(self, at: int) -> bool:
        if self._number is None or self._number not in self._parts[at] or self._spans[at]:
            return False
        return number_of(self._parts[at][self._number].text) is not None

    def _is_heading(self, at: int) -> bool:
        """One text over several columns, or in the middle of the table and alone."""
        line, parts = self._lines[at], self._parts[at]
        if self._columns.crossed_by(line):
            return len(parts) == 1 or len(self._columns.crossed_by(line)) >= len(parts) - 1
        left, right = self._columns.names[0].left, max(each.right for each in self._lines)
        is_centred = abs((line.left + line.right) - (left + right)) < 2 * CENTRED
        own = self._columns.names[next(iter(parts))].left
        return len(parts) == 1 and is_centred and line.left - own > INDENT

    def _is_one_heading(self, at: int) -> bool:
        above, line = self._lines[at - 1], self._lines[at]
        return begins_in_the_middle(line.text) or hangs(above.text)

    def _is_lone(self, at: int) -> bool:
        """A heading in the column of titles: a number follows it at once, and the title above has ended."""
        own, above = self._parts[at], self._parts[at - 1]
        is_before_number = at + 1 < len(self._lines) and self._counted(at + 1)
        if own.keys() != {self._title} or not is_before_number or not _A_WORD.match(own[self._title].text):
            return False
        return self._title not in above or self._is_meant(self._title, at)

    def _is_meant(self, column: int, at: int) -> bool:
        above, own = self._parts[at - 1][column], self._parts[at][column]
        return not hangs(above.text) and is_meant(above, own, *self._sides[column])

    def _is_another_deadline(self, at: int) -> bool:
        """«март» above «апрель», beside a title that begins with a word: not «1 раз в» above «квартал»."""
        own, above = self._parts[at], self._parts[at - 1]
        if self._deadline is None or not (self._deadline in own and self._deadline in above):
            return False
        both = (above[self._deadline].text, own[self._deadline].text)
        is_time = all(like_a_deadline(text) >= PLAINLY for text in both) and not hangs(both[0])
        return is_time and len(own) > 2 and _A_WORD.match(own[self._title].text) is not None

    def _stands_side_by_side(self, at: int) -> bool:
        """A title that may begin, and beside it what begins too."""
        own, above = self._parts[at], self._parts[at - 1]
        if self._title not in own or len(own) < 2 or begins_in_the_middle(own[self._title].text):
            return False
        if self._title not in above:
            return True
        if hangs(above[self._title].text):
            return False
        if own.keys() - above.keys() or self._is_another_deadline(at):
            return True
        begun = own.keys() & above.keys() & {self._title, self._deadline}
        return any(self._is_meant(column, at) for column in begun)


def heights_of(rows: Sequence[Row]) -> list[float]:
    """Places between rows, with those above the first and below the last."""
    between = [(above[-1].bottom + below[0].top) / 2 for above, below in pairwise(rows)]
    return [rows[0][0].top - 1, *between, rows[-1][-1].bottom + 1]
