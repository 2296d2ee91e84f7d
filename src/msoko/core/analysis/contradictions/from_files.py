"""Tables of a file that is not accepted: an official form, a form of our own, JSON, or any sheet with numbers."""

from pathlib import Path

from msoko.core.analysis.contradictions.from_facts import About, table_of_facts
from msoko.core.analysis.contradictions.from_json import NotTables, tables_of_json
from msoko.core.analysis.contradictions.from_sheets import tables_of_sheet, tables_of_text
from msoko.core.analysis.contradictions.tables import StatedTable
from msoko.core.collection import Refused, read
from msoko.core.collection.grid import UnreadableFile, open_workbook
from msoko.core.collection.reading import Grain, Hints, Reading
from msoko.core.definitions.loading import Definitions
from msoko.core.facts.schema import aggregate_table, record_table

JSON, TEXT = ".json", ".txt"
UNREADABLE = "файл не открывается"
NO_NUMBERS = "в файле нет таблиц с числами"
PUPILS = "в файле строки участников, а не сводные таблицы"


class NoTables(Exception):
    """Why the file gave no tables, in Russian without a full stop."""


def tables_of_file(path: Path, definitions: Definitions) -> list[StatedTable]:
    """The stated tables of the file. Raises NoTables.

    An official form or a form of our own is read as on import; what is none is read by the words of its headers. All
    sheets of a workbook of the district's own are of one scope, as are files of known forms.
    """
    try:
        tables = _tables(path, definitions)
    except (OSError, UnicodeDecodeError) as problem:
        raise NoTables(UNREADABLE) from problem
    except (NotTables, UnreadableFile) as problem:
        raise NoTables(str(problem).rstrip(".")) from problem
    if not tables:
        raise NoTables(NO_NUMBERS)
    return tables


def _tables(path: Path, definitions: Definitions) -> list[StatedTable]:
    if path.suffix.lower() == JSON:
        return tables_of_json(path.read_text(encoding="utf-8"), path.name, definitions)
    if path.suffix.lower() == TEXT:
        return tables_of_text(path.read_text(encoding="utf-8-sig"), definitions, path.name)
    try:
        readings = read(path, path.name, Hints(str(path)), definitions)
    except Refused:
        return _of_unknown_form(path, definitions)
    if all(reading.grain is Grain.PUPILS for reading in readings):
        raise NoTables(PUPILS)
    return [table for reading in readings if (table := _of_reading(reading, path.name, definitions)) is not None]


def _of_unknown_form(path: Path, definitions: Definitions) -> list[StatedTable]:
    workbook = open_workbook(path, path.name)
    return [
        table for sheet in workbook.sheets for table in tables_of_sheet(sheet.rows, definitions, path.name, sheet.name)
    ]


def _of_reading(reading: Reading, document: str, definitions: Definitions) -> StatedTable | None:
    if reading.grain is Grain.PUPILS or not reading.rows:
        return None
    make = aggregate_table if reading.grain is Grain.AGGREGATES else record_table
    naming = reading.naming
    known = naming if reading.grain is Grain.AGGREGATES else None
    about = About(
        document=document,
        title=reading.title,
        procedure=known.procedure if known else "",
        subject=(known.subject or "") if known else "",
        grade=known.grade if known else None,
        year=known.year if known else None,
    )
    return table_of_facts(make(reading.rows, reading.source), about, definitions)
