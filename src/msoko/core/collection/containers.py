"""What a file really is, told by its bytes, and whether it is safe to unpack: an upload is not to be trusted."""

import io
import lzma
import re
import zipfile
import zlib
from enum import Enum
from xml.parsers.expat import ExpatError, ParserCreate

import numpy as np

MOST_UNPACKED = 600 * 2**20  # bytes; a region's protocol of 30,000 rows unpacks to about 40 MiB
MOST_RATIO = 400  # unpacked : packed; sheets of repeated cells reach 60, bombs begin at 1,000
RATIO_MATTERS_FROM = 20 * 2**20  # bytes unpacked; below it any ratio is harmless
MOST_PARTS = 5_000
MOST_CELLS = 10_000_000  # the rectangle of one sheet; calamine holds every cell of it, empty or not

OLE = bytes.fromhex("D0CF11E0A1B11AE1")
ZIP = b"PK\x03\x04"


BROKEN_STREAM = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, EOFError, OSError, RuntimeError)


class UnreadableFile(Exception):
    """The file cannot be read as a table. `message` says why, `advice` what to do; both in Russian."""

    def __init__(self, message: str, advice: str, code: str = "unreadable_file") -> None:
        super().__init__(f"{message} {advice}")
        self.message, self.advice, self.code = message, advice, code


class Container(Enum):
    SPREADSHEET = "spreadsheet"  # xlsx, xlsm, xls, ods
    TEXT = "text"  # csv, tsv
    ARCHIVE = "archive"  # a zip with files in it


SAVE_AS_XLSX = "Откройте файл в программе, в которой он сделан, и сохраните как «Книга Excel (.xlsx)»."
UPLOAD_AGAIN = "Скачайте или выгрузите файл заново."
OTHER_KINDS = (
    (b"%PDF", "документ PDF, а не таблица"),
    (b"\x89PNG", "изображение, а не таблица"),
    (b"\xff\xd8\xff", "изображение, а не таблица"),
    (b"Rar!", "архив RAR"),
    (b"7z\xbc\xaf", "архив 7z"),
    (b"\x1f\x8b", "архив GZIP"),
    (b"{\\rtf", "документ RTF, а не таблица"),
    (b"MZ", "программа, а не таблица"),
)


def kind_of(data: bytes) -> Container:
    """What the bytes are, whatever the file's name says. Raises UnreadableFile where no reader can help."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise UnreadableFile("Файл пустой.", UPLOAD_AGAIN, "empty_file")
    if data.startswith(ZIP):
        return _kind_of_zip(data)
    if data.startswith(OLE):
        return _kind_of_ole(data)
    for start, what in OTHER_KINDS:
        if data.startswith(start):
            raise UnreadableFile(f"Это {what}.", "Нужна таблица: XLSX, XLS, ODS или CSV.")
    start_of_text = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start_of_text.startswith((b"<html", b"<!doctype", b"<?xml", b"<table")):
        raise UnreadableFile("Это веб-страница или XML, сохранённые под видом таблицы.", SAVE_AS_XLSX)
    return Container.TEXT


def _kind_of_ole(data: bytes) -> Container:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise password_needed()
    if "WordDocument".encode("utf-16-le") in data:
        raise UnreadableFile("Это документ Word, а не таблица.", "Нужна таблица: XLSX, XLS, ODS или CSV.")
    if not any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")):
        raise UnreadableFile("Файл повреждён или это не книга Excel.", UPLOAD_AGAIN)
    return Container.SPREADSHEET


def password_needed() -> UnreadableFile:
    advice = "Откройте файл в Excel, снимите пароль («Файл» → «Сведения» → «Защита книги») и загрузите снова."
    return UnreadableFile("Файл закрыт паролем.", advice, "password_needed")


def _kind_of_zip(data: bytes) -> Container:
    names = set(safe_zip(data).namelist())
    if "xl/workbook.xml" in names:
        return Container.SPREADSHEET
    if "xl/workbook.bin" in names:
        raise UnreadableFile("Это двоичная книга Excel (.xlsb).", SAVE_AS_XLSX)
    if "word/document.xml" in names or "ppt/presentation.xml" in names:
        raise UnreadableFile(
            "Это документ Word или презентация, а не таблица.", "Нужна таблица: XLSX, XLS, ODS или CSV."
        )
    if {"content.xml", "mimetype"} <= names or {"content.xml", "META-INF/manifest.xml"} <= names:
        return Container.SPREADSHEET
    return Container.ARCHIVE


def safe_zip(data: bytes) -> zipfile.ZipFile:
    """The zip, once it is known to unpack to a bearable size. Raises UnreadableFile for bombs and broken ones."""
    try:
        packed = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError) as problem:
        raise UnreadableFile("Файл повреждён: он обрывается или испорчен.", UPLOAD_AGAIN) from problem
    parts = packed.infolist()
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED:
        raise _bomb()
    for part in parts:
        if part.file_size > RATIO_MATTERS_FROM and part.file_size > MOST_RATIO * max(part.compress_size, 1):
            raise _bomb()
        if part.flag_bits & 1:
            raise password_needed()
    return packed


def _bomb() -> UnreadableFile:
    message = "Файл распаковывается в непомерно большой объём и не открыт ради безопасности."
    return UnreadableFile(message, "Разделите его на части или сохраните заново без лишних листов.", "too_large")


def unpacked_part(packed: zipfile.ZipFile, name: str) -> bytes:
    """One part, never longer than the zip declares (a bomb may lie about its size; then the CRC fails)."""
    info = packed.getinfo(name)
    try:
        with packed.open(info) as stream:
            return stream.read(info.file_size)
    except BROKEN_STREAM as problem:
        raise UnreadableFile("Файл повреждён: он обрывается или испорчен.", UPLOAD_AGAIN) from problem


ADDRESS = re.compile(rb"""\br\s*=\s*["']([A-Za-z]*)(\d+)["']""")
FILTER_VALUE = re.compile(rb"""<filter val="[^"<>]*"/>""")
PIECE = 2**20  # bytes looked at in one go: what fits the processor's cache


def refuse_vast_sheets(data: bytes) -> None:
    """Raises UnreadableFile where a sheet's cells stand so far apart that its rectangle would not fit in memory.

    Of OpenDocument the text is looked through as well, for a broken one is read for ever.
    """
    packed = safe_zip(data)
    for name in packed.namelist():
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            _refuse_vast_xlsx(unpacked_part(packed, name))
        elif name == "content.xml":
            _refuse_vast_ods(unpacked_part(packed, name))


def _refuse_vast_xlsx(xml: bytes) -> None:
    if xml.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableFile("Файл записан в необычной кодировке.", SAVE_AS_XLSX)
    # A filter by logins lists values that look like addresses: «sch220150».
    if not _has_far_address(xml) or not _has_far_address(FILTER_VALUE.sub(b"", xml)):
        return
    last_row, last_column = 1, 1
    for letters, digits in ADDRESS.findall(xml):
        last_row = max(last_row, int(digits[:12]))
        last_column = max(last_column, _column_number(letters[:6]))
    if last_row * last_column > MOST_CELLS:
        raise _bomb()


def _has_far_address(xml: bytes) -> bool:
    """Whether anything looks like a cell right of column CZ or a row from 100,000 on, wherever it stands.

    A sheet of two cells, A1 and XFD1048576, weighs 300 bytes and would take hundreds of gigabytes. Reading every
    address takes as long as reading the sheet, so usual sheets are cleared by their bytes first.
    """
    pieces = (xml[start : start + PIECE + 8] for start in range(0, len(xml), PIECE))
    return any(_may_have_far_address(np.frombuffer(piece, np.uint8)) for piece in pieces if len(piece) >= 8)


def _may_have_far_address(signs: np.ndarray) -> bool:
    letters = ((signs | 32) - 97) < 26
    digits = (signs - 48) < 10
    quotes = (signs == 34) | (signs == 39)
    beyond_c = letters & ((signs & 31) > 3)
    before_digit = letters[:-1] & digits[1:]
    two_letters = quotes[:-3] & beyond_c[1:-2] & before_digit[2:]
    three_letters = quotes[:-4] & letters[1:-3] & letters[2:-2] & before_digit[3:]
    six_digits = digits[:-6] & digits[1:-5] & digits[2:-4] & digits[3:-3] & digits[4:-2] & digits[5:-1] & quotes[6:]
    return bool(two_letters.any() or three_letters.any() or six_digits.any())


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


ODS_ROW = re.compile(rb"<table:table-row\b([^>]*?)(?:/>|>(.*?)</table:table-row>)", re.DOTALL)
ODS_CELL = re.compile(
    rb"<table:(?:covered-)?table-cell\b([^>]*?)(?:/>|>(.*?)</table:(?:covered-)?table-cell>)", re.DOTALL
)
ODS_ROWS_REPEATED = re.compile(rb"""number-rows-repeated\s*=\s*["'](\d{1,9})""")
ODS_COLUMNS_REPEATED = re.compile(rb"""number-columns-repeated\s*=\s*["'](\d{1,9})""")


def _refuse_vast_ods(xml: bytes) -> None:
    try:
        ParserCreate().Parse(xml, True)
    except (ExpatError, LookupError, ValueError) as problem:  # calamine waits for ever for the end of such a file
        raise UnreadableFile("Файл повреждён: он обрывается или испорчен.", UPLOAD_AGAIN) from problem
    rows, last_row, widest = 0, 1, 1
    for attributes, inside in ODS_ROW.findall(xml):
        rows += _repeated(ODS_ROWS_REPEATED, attributes)
        width = _ods_width(inside)
        if width:
            last_row, widest = rows, max(widest, width)
    if last_row * widest > MOST_CELLS:
        raise _bomb()


def _ods_width(row: bytes) -> int:
    """How many columns the row takes up to its last cell with something in it; 0 for an empty row."""
    column = width = 0
    for attributes, inside in ODS_CELL.findall(row):
        column += _repeated(ODS_COLUMNS_REPEATED, attributes)
        if inside or b"value" in attributes:
            width = column
    return width


def _repeated(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    found = pattern.search(attributes)
    return int(found[1]) if found else 1
