"""Protocols of ЕГЭ and ОГЭ: one or more blocks a sheet, each with its title, header, rows and a row of means.

No personal column leaves this module: only the columns that the source names are read, a cell that does not look like
what its column holds is dropped, and complaints never quote a cell in which a name could stand. Whose row it is goes
out as an identity that `collection.read` hashes or forgets.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from msoko.core.collection.complaints import Complaints, Place
from msoko.core.collection.grid import Sheet, Workbook
from msoko.core.collection.identity import identity_columns
from msoko.core.collection.names import subject_in
from msoko.core.collection.naming import Content, name_procedure
from msoko.core.collection.personal import personal_columns, tell_dropped
from msoko.core.collection.readers._protocol_rows import Block, participants_of
from msoko.core.collection.readers._tables import Row, columns_of, is_header, plain, rows_of
from msoko.core.collection.reading import Grain, Hints, Reading
from msoko.core.collection.recognition import sheets_of
from msoko.core.definitions.kinds import Source
from msoko.core.definitions.loading import Definitions
from msoko.core.vocabulary.russian import quote, short_date
from msoko.core.vocabulary.statuses import Level

TITLE = re.compile(
    r"(?P<code>\d{1,2})\s*[-–—]\s*(?P<subject>\D.*?)\s+(?P<year>20\d\d)[.\-](?P<month>\d\d)[.\-](?P<day>\d\d)\b.*"
)
REGION = re.compile(r"(?P<code>\d{2})\s*[-–—]\s*(?P<name>\D+)")


@dataclass(frozen=True)
class Title:
    code: str
    subject: str
    day: date


def read(workbook: Workbook, source: Source, hints: Hints, definitions: Definitions) -> list[Reading]:
    """One Reading a block. Raises nothing: a block without a title has a naming with what is missing."""
    blocks = [block for found in sheets_of(workbook, source) for block in _blocks(found.sheet, source)]
    readings = [_read(block, source, hints, definitions) for block in blocks]
    return _told_apart(readings, [block.title for block in blocks])


def _blocks(sheet: Sheet, source: Source) -> Iterator["Found"]:
    """Header rows with the rows below them; a header without a title of its own continues the block above."""
    open_block: Found | None = None
    title, region = None, ""
    for row in rows_of(sheet):
        if is_header(row, source):
            if open_block is None or title not in (None, open_block.title):
                if open_block:
                    yield open_block
                columns, identity = columns_of(row.cells, source), identity_columns(row.cells, source)
                open_block = Found(Block(sheet.name, row, columns, [], identity), title, region)
            title = None
            continue
        line = " ".join(row.filled)
        title = title_of(line) or title
        region = _region_of(line) or region
        if open_block and title is None and not row.is_blank and not _is_heading(row):
            open_block.block.rows.append(row)
    if open_block:
        yield open_block


@dataclass
class Found:
    block: Block
    title: Title | None
    region: str


def title_of(line: str) -> Title | None:
    """«01 - Русский язык 2025.05.30» taken apart; None for any other line and for a day that the calendar lacks."""
    found = TITLE.fullmatch(line)
    if not found:
        return None
    try:
        day = date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
    return Title(found["code"].zfill(2), found["subject"], day)


def _region_of(line: str) -> str:
    found = REGION.fullmatch(line)
    return found["name"].strip() if found else ""


def _is_heading(row: Row) -> bool:
    """«Протокол проверки результатов», «20 - …»: a line of text and no row of the table."""
    return len(row.filled) == 1 and bool(re.search("[А-Яа-яЁё]{4}", row.filled[0])) and not _is_mean(row)


def _is_mean(row: Row) -> bool:
    return plain(row.filled[0]).startswith("средн")


def _read(found: Found, source: Source, hints: Hints, definitions: Definitions) -> Reading:
    complaints = Complaints()
    content = _content(found, source, definitions, complaints)
    naming = name_procedure(source, hints, definitions, complaints, content)
    headers = found.block.header.cells
    dropped = [headers[index] for index in personal_columns(headers, source)]
    tell_dropped(dropped, complaints, source)
    read_rows = participants_of(found.block, found.region, complaints)
    marked = source.options.get("marked_subjects")
    if source.options.get("result") == "printed_mark" or (isinstance(marked, list) and naming.subject in marked):
        read_rows.pupils.printed_mark = read_rows.results
    else:
        read_rows.pupils.test_score = read_rows.results
    title = f"{found.title.subject}, {short_date(found.title.day)}" if found.title else ""
    return Reading(
        source.slug, Grain.PUPILS, naming, complaints.all(), dropped, read_rows.schools, read_rows.pupils, title=title
    )


def _content(found: Found, source: Source, definitions: Definitions, complaints: Complaints) -> Content:
    """The edition year is the calendar year of the exam; the grade is that of the examination."""
    grade = source.options.get("grade")
    grade = grade if isinstance(grade, int) else None
    if found.title is None:
        return Content(grade=grade)
    subject = subject_in(found.title.subject, definitions)
    _compare_with_code(found, source, subject, complaints)
    return Content(found.title.day.year, grade, subject)


def _compare_with_code(found: Found, source: Source, subject: str | None, complaints: Complaints) -> None:
    """Codes of subjects were reused over the years: the name is believed, and the difference told."""
    codes = source.options.get("subject_codes")
    usual = codes.get(found.title.code) if isinstance(codes, dict) and found.title else None
    if found.title and subject and usual and usual != subject:
        complaints.add(
            Level.WARNING,
            "subject_code_differs",
            f"Код {found.title.code} обычно значит другой предмет; взято название: {quote(found.title.subject)}.",
            "Проверьте, тот ли это предмет.",
            Place(found.block.sheet, found.block.header.number, "", f"{found.title.code} - {found.title.subject}"),
        )


def _told_apart(readings: list[Reading], titles: list[Title | None]) -> list[Reading]:
    """A subject that occurs on two days of a file is two procedures: the day tells them apart."""
    days: dict[str | None, set[date]] = {}
    for reading, title in zip(readings, titles, strict=True):
        if title:
            days.setdefault(reading.naming.subject, set()).add(title.day)
    for reading, title in zip(readings, titles, strict=True):
        if title and len(days[reading.naming.subject]) > 1:
            reading.naming = replace(reading.naming, label=short_date(title.day))
    return readings
