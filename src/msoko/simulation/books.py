"""Sheets of plain cells and how they become a workbook that is the same byte for byte every time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import xlsxwriter

Cell = str | int | float | None
Row = Sequence[Cell]
# The creation date is written into the file; a moving date would make every run differ.
CREATED = datetime(2026, 8, 1, 12, 0, 0)


@dataclass(frozen=True)
class Sheet:
    """A sheet's name and its rows, titles and headers included."""

    name: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class Book:
    """A workbook to be: path below the folder, what it is (in Russian), how many participants' rows it carries."""

    path: str
    what: str
    participants: int
    sheets: tuple[Sheet, ...]


def _write_sheet(target, sheet: Sheet) -> None:
    write_text, write_number = target.write_string, target.write_number
    for r, row in enumerate(sheet.rows):
        for c, cell in enumerate(row):
            if isinstance(cell, str):
                if cell:
                    write_text(r, c, cell)
            elif cell is not None:
                write_number(r, c, cell)


def write_book(folder: Path, book: Book) -> Path:
    """Write one workbook below ``folder``; an existing file of that name is replaced."""
    path = folder / book.path
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as workbook:
        workbook.set_properties({"created": CREATED})
        for sheet in book.sheets:
            _write_sheet(workbook.add_worksheet(sheet.name), sheet)
    return path
