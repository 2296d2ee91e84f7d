"""Puts the cells of rows under the columns of the header: by grid, by place, or by what the cells look like."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, combinations, groupby, pairwise

from msoko.core.roadmap.reading.headers import Header, Role
from msoko.core.roadmap.reading.like_deadlines import like_a_deadline
from msoko.core.roadmap.reading.like_executors import like_executors
from msoko.core.roadmap.reading.rows import Row
from msoko.core.roadmap.reading.sentences import begins_in_the_middle, number_of

SHARING = 1.5  # what two filled cells under one column cost
STRAYING = 0.2  # what each column costs that lies between a cell and where it would stand by its place alone
MOST_COLUMNS = 24  # a table with more is none that people read; every order of its cells would take hours to try
PLAINLY = 0.9
SHORT = 12  # letters
SHORT_LIST = 40  # letters: a longer text that begins as executors do may as well be a title or a result
GAIN = 1.5  # how much better another order must fit before a row is called shifted
_OWN = (Role.NUMBER, Role.TITLE, Role.SECTION)  # columns that make a row a row of its own


@dataclass
class Placed:
    """A row whose cells stand under columns: `texts` by the place of the column, only filled ones.

    `shared` are the columns whose text is that of a cell above, merged downwards; `merged` those of titles and numbers
    of which the row has none of its own, because it is a part of the row above.
    """

    row: Row
    texts: dict[int, str]
    shared: frozenset[int] = frozenset()
    merged: frozenset[int] = frozenset()
    is_shifted: bool = False
    by_content: bool = False  # the row has another width than the header
    spans: bool = False  # one cell over all columns, but for that of the number


def placed_rows(header: Header, rows: Sequence[Row], header_table: int | None) -> Iterator[Placed]:
    """All rows in their order. Rows of one width on one page are placed alike, then each is corrected by content."""
    above: dict[int, str] = {}
    for row, places, by_content in _with_places(header, rows, header_table):
        texts = _gathered(header, row, places)
        merged = frozenset(_named(header, places[place]) for place in row.merged if place < len(places)) - texts.keys()
        above = texts | {place: above[place] for place in sorted(merged) if place in above}
        shared = {place for place in merged & above.keys() if header.columns[place].role not in _OWN}
        told = texts | {place: above[place] for place in sorted(shared)}
        placed = Placed(row, told, frozenset(shared), merged - shared, False, by_content, _spans(header, row))
        yield placed if placed.spans else _corrected(header, placed)


def _with_places(
    header: Header, rows: Sequence[Row], header_table: int | None
) -> Iterator[tuple[Row, Sequence[int], bool]]:
    """Each row with the columns of its cells, and whether these were told by what the cells look like."""
    fragments = accumulate(int(row.after_gap and row.table is None) for row in rows)
    numbered = zip(rows, fragments, strict=True)
    for (by_grid, width, _), run in groupby(
        numbered, lambda one: (_has_grid(one[0], header_table), len(one[0].cells), (one[0].page, one[1]))
    ):
        together = [row for row, _ in run]
        as_they_stand = all(len(_trimmed(row, header)) == len(header.columns) for row in together)
        by_content = not (by_grid or as_they_stand)
        places = _places_by_content(header, together, width) if by_content else list(range(width))
        for row in together:
            own = _own_places(header, row, places) if by_content and len(together) > 1 else places
            yield row, _by_grid(header, row) if by_grid else own, by_content


def _has_grid(row: Row, header_table: int | None) -> bool:
    return bool(row.starts) and row.table is not None and row.table == header_table


def _trimmed(row: Row, header: Header) -> list[str]:
    """The cells without empty ones at the end that no column has."""
    cells = list(row.cells)
    while len(cells) > len(header.columns) and not cells[-1]:
        cells.pop()
    return cells


def _by_grid(header: Header, row: Row) -> list[int]:
    """As many cells as columns are one each, whatever the grid says: pages of one table may lie a little apart."""
    if len(row.cells) == len(header.columns):
        return list(range(len(row.cells)))
    starts = [column.start for column in header.columns]
    return [max((place for place, start in enumerate(starts) if start <= begin), default=0) for begin in row.starts]


def _corrected(header: Header, placed: Placed) -> Placed:
    better = _in_better_order(header, placed.texts)
    return placed if better is None else replace(placed, texts=better, shared=frozenset(), is_shifted=True)


def _gathered(header: Header, row: Row, places: Sequence[int]) -> dict[int, str]:
    """Cells under one column are joined; a column without a name belongs to that on its left."""
    texts: dict[int, str] = {}
    for cell, place in zip(row.cells, places, strict=False):
        if cell:
            own = _named(header, place)
            texts[own] = f"{texts[own]} {cell}" if own in texts else cell
    return texts


def _named(header: Header, place: int) -> int:
    while place > 0 and not header.columns[place].name and header.columns[place].role is Role.OTHER:
        place -= 1
    return place


def _spans(header: Header, row: Row) -> bool:
    """One cell over (nearly) all columns of a table that tells of merged cells, or the same words in every cell."""
    said = [row.cells[place] for place in row.filled]
    wide = len(header.columns) > 2
    if wide and len(said) > 2 and len({"".join(cell.split()) for cell in said}) == 1:
        return True
    if row.table is None or not said or len(said) > 2:
        return False
    before_last = all(number_of(cell) for cell in said[:-1])
    return wide and before_last and row.filled[-1] == len(row.cells) - 1 <= 1


def fit(role: Role, cell: str) -> float:
    """How well a cell stands under a column of the role, from about −3 to 2."""
    if role is Role.NUMBER:
        return 2.0 if number_of(cell) else -3.0
    time, people = like_a_deadline(cell), like_executors(cell)
    if role in (Role.DEADLINE, Role.EXECUTORS) and max(time, people) < 0.3 and len(cell) <= SHORT:
        return 0.0  # «в», «г.», «(по», a surname: nothing can be told of it
    if role is Role.DEADLINE:
        return 3 * time - (2.0 if people >= 0.6 and time < 0.3 else 1.0)
    if role is Role.EXECUTORS:
        return 3 * people - (2.0 if time >= 0.6 and people < 0.3 else 1.0)
    if number_of(cell):
        return -3.0 if role is Role.TITLE else -0.5
    if time >= 0.7:
        return -2.0
    if people >= 0.7:
        return -1.0 if len(cell) < SHORT_LIST else 0.3
    return 1.0 if role is Role.TITLE and len(cell) > 14 and not begins_in_the_middle(cell) else 0.7


def _places_by_content(header: Header, rows: Sequence[Row], width: int) -> list[int]:
    """For rows of another width than the header: the order stays, each cell goes under the column that suits it."""
    if max(width, len(header.columns)) > MOST_COLUMNS:
        return [min(place, len(header.columns) - 1) for place in range(width)]
    filled = [place for place in range(width) if any(row.cells[place] for row in rows)]
    held = {place: [row.cells[place] for row in rows if row.cells[place]] for place in filled}
    scores = {place: [_mean_fit(column.role, held[place]) for column in header.columns] for place in filled}
    shared = {
        (left, right): SHARING * sum(bool(row.cells[left] and row.cells[right]) for row in rows) / len(rows)
        for left, right in pairwise(filled)
    }
    chosen = dict(zip(filled, _best_order(filled, scores, shared, len(header.columns), width), strict=True))
    places, last = [], 0
    for place in range(width):
        last = chosen.get(place, last)
        places.append(last)
    return places


def _own_places(header: Header, row: Row, places: list[int]) -> list[int]:
    """Of pages with as many cells the columns may lie otherwise: a whole row that does not suit is placed by itself."""
    own = _places_by_content(header, [row], len(row.cells))
    texts = _gathered(header, row, own)
    is_better = _sum_of_fits(header, texts) >= _sum_of_fits(header, _gathered(header, row, places)) + GAIN
    return own if is_better and _is_whole(header, texts) else places


def _is_whole(header: Header, texts: dict[int, str]) -> bool:
    """A deadline that looks like one and people; of a part of a row little can be told."""
    wanted = ((Role.DEADLINE, like_a_deadline), (Role.EXECUTORS, like_executors))
    return all(any(looks(texts.get(place, "")) >= 0.5 for place in header.places(role)) for role, looks in wanted)


def _mean_fit(role: Role, cells: Sequence[str]) -> float:
    return sum(fit(role, cell) for cell in cells) / len(cells)


def _best_order(
    filled: Sequence[int],
    scores: dict[int, list[float]],
    shared: dict[tuple[int, int], float],
    columns: int,
    width: int,
) -> list[int]:
    """Columns for the filled places, never going back, with the best sum of fits (dynamic programming)."""
    best: list[list[float]] = []
    came: list[list[int]] = []
    stretch = (columns - 1) / max(1, width - 1)
    for step, place in enumerate(filled):
        row, back = [], []
        for column in range(columns):
            before, origin = 0.0, -1
            if step:
                cost = shared[filled[step - 1], place]
                options = [(best[-1][k] - (cost if k == column else 0), k) for k in range(column + 1)]
                before, origin = max(options)
            row.append(before + scores[place][column] - STRAYING * abs(place * stretch - column))
            back.append(origin)
        best.append(row)
        came.append(back)
    if not best:
        return []
    column = max(range(columns), key=best[-1].__getitem__)
    chosen = [column]
    for back in reversed(came[1:]):
        column = back[column]
        chosen.append(column)
    return chosen[::-1]


def _in_better_order(header: Header, texts: dict[int, str]) -> dict[int, str] | None:
    """Another place for the cells, where a deadline stands under the executors or the other way round."""
    if len(header.columns) > MOST_COLUMNS:
        return None
    counts = any(place in texts for place in header.places(Role.NUMBER))
    if not any(_is_misplaced(header.columns[place].role, text, counts) for place, text in texts.items()):
        return None
    now = _sum_of_fits(header, texts)
    options = [*_swapped(header, texts), *_moved(header, texts)]
    best = max(options, key=lambda option: _sum_of_fits(header, option), default=None)
    return best if best is not None and _sum_of_fits(header, best) >= now + GAIN else None


def _is_misplaced(role: Role, text: str, row_counts: bool) -> bool:
    """A title that looks like a deadline is one only in a row with a number: else it may be the end of a sentence."""
    time, people = like_a_deadline(text), like_executors(text)
    if role is Role.DEADLINE:
        return people >= 0.6 and time < 0.3
    if role is Role.EXECUTORS:
        return time >= 0.6 and people < 0.3
    return role is Role.TITLE and row_counts and (time >= PLAINLY or number_of(text) is not None)


def _sum_of_fits(header: Header, texts: dict[int, str]) -> float:
    return sum(fit(header.columns[place].role, text) for place, text in texts.items())


def _swapped(header: Header, texts: dict[int, str]) -> Iterable[dict[int, str]]:
    movable = [place for role in (Role.TITLE, Role.DEADLINE, Role.EXECUTORS) for place in header.places(role)]
    titles = header.places(Role.TITLE)
    if not any(like_a_deadline(texts.get(place, "")) >= PLAINLY for place in titles):
        movable = [place for place in movable if place not in titles]
    for one, other in combinations(movable, 2):
        swapped = {**texts, one: texts.get(other, ""), other: texts.get(one, "")}
        yield {place: text for place, text in swapped.items() if text}


def _moved(header: Header, texts: dict[int, str]) -> Iterable[dict[int, str]]:
    """All cells from one place on moved by one, where an empty place lets them."""
    places = sorted(texts)
    for first, last in ((i, j) for i in range(len(places)) for j in range(i, len(places))):
        for step in (-1, 1):
            moved = {place + (step if first <= k <= last else 0): texts[place] for k, place in enumerate(places)}
            if len(moved) == len(texts) and all(0 <= place < len(header.columns) for place in moved):
                yield moved
