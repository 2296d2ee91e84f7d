"""A table as cells and headers, before anything is said of what they mean."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from msoko.core.analysis.contradictions.headings import read_heading
from msoko.core.analysis.contradictions.numbers import typed
from msoko.core.analysis.contradictions.roles import PERCENT_OF, Role
from msoko.core.vocabulary.cells import text
from msoko.core.vocabulary.words import normal

PAIR = re.compile(r"\s*(\d+)\s*[/(;]\s*(\d+(?:[.,]\d+)?)\s*%\s*\)?\s*")
UNIT_ALONE = re.compile(r"(?:в )?(?:%|проценты?|доля(?:, ?%)?|кол-?во|количество|чел\.?|человек)(?: \(\d+\))?")
MOSTLY = 0.6


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


def cell_at(row: Sequence[object], index: int) -> object:
    return row[index] if index < len(row) else None


def cells_of(grid: Grid, index: int) -> list[object]:
    found = [cell_at(row, index) for _, row in grid.rows]
    return [cell for cell in found if text(cell)]


def is_numeric(grid: Grid, index: int) -> bool:
    cells = cells_of(grid, index)
    numbers = sum(typed(cell) is not None for cell in cells)
    return bool(numbers) and numbers >= MOSTLY * len(cells)


def tidied(grid: Grid) -> Grid:
    """The grid with every number in a column of its own and a header over every column."""
    return _with_units_named(with_pairs_parted(grid))


def with_pairs_parted(grid: Grid) -> Grid:
    """«4/1%» is a count and a per cent: a column of such cells becomes two."""
    headers: list[str] = []
    rows: list[list[object]] = [[] for _ in grid.rows]
    for index, header in enumerate(grid.headers):
        cells = cells_of(grid, index)
        parted = [PAIR.fullmatch(text(cell)) for cell in cells]
        if cells and sum(map(bool, parted)) >= MOSTLY * len(cells):
            bare = header.replace("%", "").strip(" (),")
            headers += [f"{bare}, кол-во", f"{bare}, %"]
            for row, (_, said) in zip(rows, grid.rows, strict=True):
                pair = PAIR.fullmatch(text(cell_at(said, index)))
                row += [pair[1], f"{pair[2]}%"] if pair else [None, None]
        else:
            headers.append(header)
            for row, (_, said) in zip(rows, grid.rows, strict=True):
                row.append(cell_at(said, index))
    return replace(
        grid, headers=headers, rows=[(number, row) for (number, _), row in zip(grid.rows, rows, strict=True)]
    )


def _with_units_named(grid: Grid) -> Grid:
    """«Понизили | % | Повысили | %»: a header that is but a unit belongs to the column before it."""
    headers: list[str] = []
    for header in grid.headers:
        before = headers[-1] if headers else ""
        is_alone = UNIT_ALONE.fullmatch(normal(header)) and read_heading(before).role in PERCENT_OF
        headers.append(f"{before}, {header}" if is_alone else header)
    return replace(grid, headers=headers)
