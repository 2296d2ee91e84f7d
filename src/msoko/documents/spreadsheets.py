"""Tables as files for a spreadsheet program: XLSX with typed numbers, CSV as Russian Excel opens it."""

import csv
import io
import re
from collections.abc import Sequence
from datetime import date, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from msoko.core.vocabulary.russian import NBSP
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.tables import Cell, Column, Row, Table, spread

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A cell that begins so is run as a formula by spreadsheet programs (OWASP, CSV Injection)."""
SHEET_OF_NOTES = "О таблицах"
WIDEST, NARROWEST = 60, 8
LONGEST_CELL = 32_767
"""Signs that a cell of XLSX holds."""
CUT = "… (ячейка не держит больше: весь текст — на странице и в CSV)"


def to_csv(table: Table) -> bytes:
    """UTF-8 with BOM, «;», decimal comma, CRLF; text that a program would run as a formula gets an apostrophe.

    Numbers stand whole and without thousands spaces; a share takes five columns (see `tables.spread`).
    """
    flat = spread(table)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([_harmless(column.header) for column in flat.columns])
    for line in flat.lines:
        writer.writerow([_csv_cell(line.cells[column.key]) for column in flat.columns])
    return out.getvalue().encode("utf-8-sig")


def _harmless(text: str) -> str:
    return "'" + text if text.startswith(FORMULA_STARTS) else text


def _csv_cell(cell: Cell) -> str:
    if isinstance(cell, Unknown):
        return cell.sign.replace(NBSP, " ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int | float):
        return repr(cell).replace(".", ",")
    return _harmless(str(cell))


def to_xlsx(tables: Sequence[Table], created: datetime | None = None) -> bytes:
    """A workbook: a sheet a table (header frozen and filtered, numbers typed), and a last sheet with titles and notes.

    No string ever becomes a formula, a number or a link. `created` goes into the properties (default: now).
    """
    out = io.BytesIO()
    never = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, {"in_memory": True, "nan_inf_to_errors": False, **never})
    book.set_properties({"created": created} if created else {})
    looks = _Looks(book)
    names = _sheet_names([table.title for table in tables])
    for name, table in zip(names, tables, strict=True):
        _write_sheet(book.add_worksheet(name), spread(table), looks)
    _write_notes(book.add_worksheet(SHEET_OF_NOTES), names, tables, looks)
    book.close()
    return out.getvalue()


class _Looks:
    """Cell formats, made once a workbook."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}
        self._cells: dict[tuple[Column, str, type], Format] = {}
        self.header = self.of(bold=True, text_wrap=True, valign="top", bottom=1, bg_color="#F3F4F6")
        self.wrapped = self.of(text_wrap=True, valign="top")

    def of(self, **properties: object) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]

    def cell(self, column: Column, line: Row, cell: Cell) -> Format:
        key = (column, line.tone, type(cell))
        if key not in self._cells:
            self._cells[key] = self._cell(column, line, cell)
        return self._cells[key]

    def _cell(self, column: Column, line: Row, cell: Cell) -> Format:
        properties: dict[str, object] = {"align": column.side, "valign": "top"}
        if isinstance(cell, Unknown) or line.tone == "pale":
            properties["font_color"] = "#6B7280"
        if line.tone in ("own", "total", "section"):
            properties["bold"] = True
        if isinstance(cell, date):
            properties["num_format"] = "dd.mm.yyyy"
        elif isinstance(cell, int | float):
            properties["num_format"] = "#,##0" + ("." + "0" * column.decimals if column.decimals else "")
        elif not isinstance(cell, Unknown):
            properties["text_wrap"] = True
        return self.of(**properties)


def _sheet_names(titles: Sequence[str]) -> list[str]:
    names: list[str] = []
    taken = {SHEET_OF_NOTES.lower()}
    for title in titles:
        clean = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", title).strip(" '")
        clean = _at_most_31(clean).strip(" '") or "Таблица"
        name, number = clean, 2
        while name.lower() in taken:
            tail = f" {number}"
            name, number = _at_most_31(clean, len(tail)) + tail, number + 1
        taken.add(name.lower())
        names.append(name)
    return names


def _at_most_31(name: str, less: int = 0) -> str:
    """Excel's limit counts UTF-16 units: a letter outside the first plane is two of them."""
    return name.encode("utf-16-le", "ignore")[: 2 * (31 - less)].decode("utf-16-le", "ignore")


def _write_sheet(sheet: Worksheet, table: Table, looks: _Looks) -> None:
    for x, column in enumerate(table.columns):
        sheet.write_string(0, x, column.header, looks.header)
        sheet.set_column(x, x, _width(table, column))
    for y, line in enumerate(table.lines, 1):
        for x, column in enumerate(table.columns):
            cell = line.cells[column.key]
            _write_cell(sheet, y, x, cell, looks.cell(column, line, cell))
    sheet.freeze_panes(1, 1 if table.columns[0].side == "left" else 0)
    sheet.autofilter(0, 0, len(table.lines), len(table.columns) - 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


def _write_cell(sheet: Worksheet, y: int, x: int, cell: Cell, look: Format) -> None:
    if isinstance(cell, date):
        sheet.write_datetime(y, x, cell, look)
    elif isinstance(cell, int | float):
        sheet.write_number(y, x, cell, look)
    else:
        sheet.write_string(y, x, str(cell).replace(NBSP, " ") if isinstance(cell, Unknown) else _held(str(cell)), look)


def _held(text: str) -> str:
    """The text, or as much of it as a cell holds, and that it goes on: the writer would cut it without a word."""
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - len(CUT)] + CUT


def _width(table: Table, column: Column) -> float:
    longest_word = max(map(len, column.header.split()), default=0)
    longest = max((len(str(line.cells[column.key])) for line in table.lines), default=0)
    return min(WIDEST, max(NARROWEST, longest_word + 3, longest + 2 if column.side == "left" else 0))


def _write_notes(sheet: Worksheet, names: Sequence[str], tables: Sequence[Table], looks: _Looks) -> None:
    for x, (title, width) in enumerate((("Лист", 32), ("Таблица", 60), ("Пояснение", 80))):
        sheet.set_column(x, x, width)
        sheet.write_string(0, x, title, looks.header)
    for y, (name, table) in enumerate(zip(names, tables, strict=True), 1):
        note = "\n".join(filter(None, (table.caption, table.note)))
        for x, text in enumerate((name, table.title, note)):
            sheet.write_string(y, x, text, looks.wrapped)
