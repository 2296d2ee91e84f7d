"""Any spreadsheet or delimited text → sheets of plain cells. Nothing is judged, no formula or macro is ever run."""

import csv
import io
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from msoko.core.collection.containers import (
    MOST_CELLS,
    SAVE_AS_XLSX,
    ZIP,
    Container,
    UnreadableFile,
    kind_of,
    refuse_vast_sheets,
)
from msoko.core.collection.other_process import sheets_of_workbook
from msoko.core.vocabulary.cells import text
from msoko.core.vocabulary.words import normal

__all__ = ["Rows", "Sheet", "Texts", "UnreadableFile", "Workbook", "columns", "open_workbook", "texts"]

Rows = list[list[Any]]
MOST_BYTES = 200 * 2**20
HEADER_WITHIN_ROWS = 30  # forms of ФИС ОКО put titles, organisations and levels above the header
HEADER_WITHIN_COLUMNS = 500
DELIMITERS = (";", "\t", ",")
CONTROL_SIGNS = dict.fromkeys([*range(9), *range(14, 32)])


@dataclass
class Sheet:
    """One sheet. `rows` are read when first asked for; all are equally long and begin at the sheet's first row."""

    name: str
    read_rows: Callable[[], Rows] = field(repr=False)

    @cached_property
    def rows(self) -> Rows:
        return self.read_rows()

    @cached_property
    def first_words(self) -> list[set[str]]:
        """The normal forms of the cells of each row among which a header is looked for."""
        return [{normal(text(cell)) for cell in row[:HEADER_WITHIN_COLUMNS]} for row in self.rows[:HEADER_WITHIN_ROWS]]


@dataclass
class Workbook:
    name: str
    sheets: list[Sheet]


def open_workbook(data: bytes | Path, name: str = "") -> Workbook:
    """The workbook in the bytes or at the path; what it is is told by its content, not by its name.

    Raises UnreadableFile (with a Russian message and advice) for anything that is not a table.
    """
    if isinstance(data, Path):
        name = name or data.name
        data = _bytes_of(data)
    if len(data) > MOST_BYTES:
        raise UnreadableFile("Файл слишком велик.", "Разделите его на части: по одной процедуре в файле.", "too_large")
    kind = kind_of(data)
    if kind is Container.ARCHIVE:
        raise UnreadableFile("Это архив, а не таблица.", "Распакуйте его или загрузите как архив.", "is_archive")
    return Workbook(name, [_sheet_of_text(data, name)] if kind is Container.TEXT else _sheets_of_workbook(data))


def _bytes_of(path: Path) -> bytes:
    if not path.is_file():
        raise UnreadableFile(f"Файла «{path.name}» нет.", "Проверьте путь к файлу.", "no_such_file")
    return path.read_bytes()


def _sheets_of_workbook(data: bytes) -> list[Sheet]:
    if data.startswith(ZIP):
        refuse_vast_sheets(data)
    sheets = sheets_of_workbook(data)
    if not sheets:
        raise UnreadableFile("В книге нет листов с таблицами.", SAVE_AS_XLSX)
    return [Sheet(name, lambda rows=rows: rows) for name, rows in sheets]  # type: ignore[misc]


def _sheet_of_text(data: bytes, name: str) -> Sheet:
    said = _decoded(data)
    return Sheet(Path(name).stem or "csv", lambda: _rows_of_text(said))


def _decoded(data: bytes) -> str:
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        said = data.decode(encoding)
    except UnicodeDecodeError:
        said = _decoded_cp1251(data)
    if said.translate(CONTROL_SIGNS) != said:
        raise UnreadableFile("Это не таблица и не текст.", "Нужна таблица: XLSX, XLS, ODS или CSV.")
    return said


def _decoded_cp1251(data: bytes) -> str:
    try:
        return data.decode("cp1251")
    except UnicodeDecodeError as problem:
        advice = "Сохраните CSV в кодировке UTF-8 или как книгу XLSX."
        raise UnreadableFile("Кодировка текста не распознана.", advice) from problem


def _rows_of_text(said: str) -> Rows:
    try:
        rows: Rows = [list(row) for row in csv.reader(io.StringIO(said), delimiter=delimiter_of(said))]
    except csv.Error as problem:
        raise UnreadableFile("Текст не разбирается на столбцы.", SAVE_AS_XLSX) from problem
    width = max(map(len, rows), default=0)
    if width * len(rows) > MOST_CELLS:
        raise UnreadableFile("Таблица слишком велика.", "Разделите файл на части.", "too_large")
    return [row + [""] * (width - len(row)) for row in rows]


def delimiter_of(said: str) -> str:
    """The sign that parts columns in most of the first lines; «;» where none of the three is there."""
    counts: Counter[str] = Counter()
    for line in said[:20_000].splitlines()[:30]:
        outside_quotes = "".join(line.split('"')[::2])
        counts.update({sign: outside_quotes.count(sign) for sign in DELIMITERS})
    # A decimal comma or a comma in a title must not outweigh the others: they come first where they occur.
    likely = [sign for sign in DELIMITERS[:2] if counts[sign]]
    return max(likely or [","], key=lambda sign: counts[sign])


class Texts(dict[object, str]):
    """Cell → its text, each distinct cell computed once; a column is then one call of map."""

    def __missing__(self, cell: object) -> str:
        said = self[cell] = text(cell)
        return said


def texts(column: tuple[object, ...], memo: Texts) -> list[str]:
    """The column as texts. Whole columns at once: a function call a cell would cost more than reading the file."""
    if bool in set(map(type, column)):  # True and 1 are one key of a dictionary
        return [text(cell) for cell in column]
    return list(map(memo.__getitem__, column))


def columns(rows: Rows) -> list[tuple[object, ...]]:
    """Rows turned into columns."""
    return list(zip(*rows, strict=True))
