"""Workbooks built in tests, and what reading them gives."""

import csv
import io
from collections.abc import Sequence

import xlsxwriter
from hypothesis import settings
from hypothesis import strategies as st

from msoko.core import collection
from msoko.core.collection.complaints import Complaint
from msoko.core.collection.reading import Hints, Reading
from msoko.core.definitions.loading import Definitions

Rows = Sequence[Sequence[object]]
DEFINITIONS = Definitions.load()
# A workbook is written and read for each example: slower than a pure function, and the machine may be busy.
patient = settings(deadline=None, max_examples=60)
NOISE = st.one_of(
    st.none(),
    st.integers(-5, 10**9),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(codec="cp1251", exclude_characters="\x00", exclude_categories=("Cc",)), max_size=12),
    st.sampled_from(
        ["X", "—", "12,5 %", "итого", "Средние", "sch990001", "МБОУ «Школа»", "+++2-+", "1(2)2(3)", "не явился"]
    ),
)


def xlsx(*sheets: Rows) -> bytes:
    """A workbook with the rows of each sheet, numbers as numbers and everything else as text."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    for rows in sheets:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, int | float):
                    sheet.write_number(number, column, cell)
                elif cell is not None:
                    sheet.write_string(number, column, str(cell))
    book.close()
    return out.getvalue()


def csv_1251(rows: Rows) -> bytes:
    """The rows as regional programs write them: cp1251, semicolons, decimal commas."""
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([["" if cell is None else cell for cell in row] for row in rows])
    return out.getvalue().encode("cp1251")


def read(data: bytes, name: str = "файл.xlsx", hints: Hints | None = None) -> list[Reading]:
    return collection.read(data, name, hints or Hints(), DEFINITIONS)


def read_one(*sheets: Rows, hints: Hints | None = None) -> Reading:
    """The only reading of a workbook with these sheets."""
    (reading,) = read(xlsx(*sheets), hints=hints)
    return reading


def complaint(reading: Reading, code: str) -> Complaint:
    """The complaint of that code; fails where there is none, and says which there are."""
    found = {complaint.code: complaint for complaint in reading.complaints}
    assert code in found, sorted(found)
    return found[code]


def codes(reading: Reading) -> list[str]:
    """Codes of all complaints above PASS."""
    return [complaint.code for complaint in reading.complaints if complaint.level != "PASS"]


def says_where_and_what(found: Complaint) -> bool:
    """A complaint of a cell names sheet, row, what is wrong and what to do."""
    place = found.places[0]
    return bool(place.sheet and place.row and found.message.endswith(".") and found.advice.endswith("."))


def with_noise(rows: Rows, noise: Sequence[tuple[int, int, object]]) -> list[list[object]]:
    """The rows with some cells replaced: (row, column, cell), counted round the table's edges."""
    changed = [list(row) for row in rows]
    for row, column, cell in noise:
        cells = changed[row % len(changed)]
        if cells:
            cells[column % len(cells)] = cell
    return changed


def noises(first_row: int, rows: int, columns: int) -> st.SearchStrategy[list[tuple[int, int, object]]]:
    """Some cells of the rows below the header, each with noise in it."""
    return st.lists(
        st.tuples(st.integers(first_row, first_row + rows - 1), st.integers(0, columns - 1), NOISE), max_size=12
    )
