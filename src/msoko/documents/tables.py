"""One definition of a table for the page, the document and the spreadsheet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from msoko.core.vocabulary import russian
from msoko.core.vocabulary.shares import Share
from msoko.core.vocabulary.unknowns import Unknown

Kind = Literal["text", "count", "number", "percent", "share", "badge", "link", "date"]
Align = Literal["left", "right", "center"]
Tone = Literal["", "pale", "own", "total", "section"]

TEXT_KINDS = frozenset({"text", "badge", "link"})


@dataclass(frozen=True, slots=True)
class Text:
    """Words with a way to where they come from. `tone` is a hint for the page (a badge's look), never the meaning."""

    text: str
    href: str = ""
    tone: str = ""

    def __str__(self) -> str:
        return self.text


Cell = str | int | float | date | Share | Text | Unknown


@dataclass(frozen=True, slots=True)
class Column:
    """`unit` stands in the header, not in the cells. `digits` are the decimals shown; spreadsheets keep all."""

    key: str
    title: str
    unit: str = ""
    kind: Kind = "text"
    digits: int | None = None
    align: Align | None = None

    @property
    def header(self) -> str:
        """«Средний балл, %»."""
        return f"{self.title}, {self.unit}" if self.unit else self.title

    @property
    def side(self) -> Align:
        """Words stand on the left, numbers on the right, unless the column says otherwise."""
        return self.align or ("left" if self.kind in TEXT_KINDS else "right")

    @property
    def decimals(self) -> int:
        """Decimals shown: as said, else one for a number and none for the rest."""
        return self.digits if self.digits is not None else int(self.kind == "number")


@dataclass(frozen=True, slots=True)
class Row:
    """Cells by the keys of their columns. Tone: pale (few participants), own (the reader's organisation), total, or
    section: its words stand in the first cell and are shown across the whole row.
    """

    cells: Mapping[str, Cell]
    tone: Tone = ""


@dataclass(frozen=True)
class Table:
    """Raises ValueError where a row's keys are not exactly the columns', so that no cell is empty by accident."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Row | Mapping[str, Cell]]
    caption: str = ""
    note: str = ""
    lines: tuple[Row, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        lines = tuple(row if isinstance(row, Row) else Row(row) for row in self.rows)
        keys = {column.key for column in self.columns}
        if len(keys) != len(self.columns):
            raise ValueError(f"table «{self.title}»: two columns have one key")
        for number, line in enumerate(lines, 1):
            if line.cells.keys() != keys:
                raise ValueError(
                    f"table «{self.title}», row {number}: keys {sorted(set(line.cells) ^ keys)} do not match"
                )
        object.__setattr__(self, "lines", lines)

    def formatted_rows(self) -> list[list[str]]:
        """The cells as texts, row by row, in the order of the columns."""
        return [[formatted(line.cells[column.key], column) for column in self.columns] for line in self.lines]


def formatted(cell: Cell, column: Column) -> str:
    """The cell as a reader sees it. Raises TypeError for None: a missing value says which unknown it is."""
    if isinstance(cell, Unknown):
        return cell.sign
    if isinstance(cell, Share):
        return russian.share_in_words(cell)
    if isinstance(cell, Text | str):
        return russian.nbsp(str(cell))
    if isinstance(cell, date):
        return russian.short_date(cell)
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        raise TypeError(f"column {column.key!r} cannot show {cell!r}")
    if column.kind == "percent" and not column.unit:
        return russian.percent(cell, column.decimals)
    return russian.number(cell, column.decimals)


PARTS_OF_A_SHARE = (
    ("", ", %", "percent"),
    ("_k", ": число", "count"),
    ("_n", ": из", "count"),
    ("_low", ": от, %", "percent"),
    ("_high", ": до, %", "percent"),
)
"""A spreadsheet computes on, so there a share stands in five columns of numbers, not in one sentence."""


def spread(table: Table) -> Table:
    """The table with every share column laid out in its five numeric columns (per cent, k, n, bounds)."""
    columns = [part for column in table.columns for part in _columns_of(column)]
    rows = [Row(dict(_cells_of(line, table.columns)), line.tone) for line in table.lines]
    return Table(table.title, columns, rows, table.caption, table.note)


def _columns_of(column: Column) -> list[Column]:
    if column.kind != "share":
        return [column]
    return [
        Column(column.key + suffix, column.title + words, kind=kind, digits=1 if kind == "percent" else 0)  # type: ignore[arg-type]
        for suffix, words, kind in PARTS_OF_A_SHARE
    ]


def _cells_of(line: Row, columns: Iterable[Column]) -> Iterable[tuple[str, Cell]]:
    for column in columns:
        cell = line.cells[column.key]
        if column.kind == "share":
            values = _values_of(cell)
            yield from ((column.key + part[0], value) for part, value in zip(PARTS_OF_A_SHARE, values, strict=True))
        else:
            yield column.key, cell


def _values_of(cell: Cell) -> tuple[Cell, ...]:
    if isinstance(cell, Unknown):
        return (cell,) * 5
    if not isinstance(cell, Share):
        raise TypeError(f"a share column holds {cell!r}")
    bounds = cell.interval
    low, high = (bounds, bounds) if isinstance(bounds, Unknown) else bounds
    return cell.percent, cell.k, cell.n, low, high
