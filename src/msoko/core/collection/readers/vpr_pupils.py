"""ВПР, pupil level: the exports of 2020, 2021 and 2022."""

import re

from msoko.core.collection.complaints import Complaints
from msoko.core.collection.grid import Texts, Workbook, texts
from msoko.core.collection.naming import Content, name_procedure
from msoko.core.collection.readers._pupils import Table, claims_of, pupils_of
from msoko.core.collection.reading import Grain, Hints, Reading
from msoko.core.collection.recognition import Found, header_row, sheets_of
from msoko.core.definitions.kinds import Source, Subject
from msoko.core.definitions.loading import Definitions
from msoko.core.vocabulary.words import normal

DATE = re.compile(
    r"\b(?:\d{1,2}\.(?P<month>\d{1,2})\.(?P<year>20\d\d)|(?P<iso_year>20\d\d)-(?P<iso_month>\d\d)-\d\d)\b"
)
FIRST_MONTH_OF_WORKS = 3


def read(workbook: Workbook, source: Source, hints: Hints, definitions: Definitions) -> list[Reading]:
    """One reading a sheet of results."""
    return [_read_sheet(found, workbook, source, hints, definitions) for found in sheets_of(workbook, source)]


def _read_sheet(found: Found, workbook: Workbook, source: Source, hints: Hints, definitions: Definitions) -> Reading:
    complaints = Complaints()
    table = Table(found, source, complaints)
    year, month = _when(table)
    subject, grade = _by_textbooks(workbook, source, definitions)
    content = Content(year=year, grade=grade, subject=subject, month=month)
    naming = name_procedure(source, hints, definitions, complaints, content)
    pupils = pupils_of(table)
    return Reading(
        source=source.slug,
        grain=Grain.PUPILS,
        naming=naming,
        complaints=complaints.all(),
        dropped_columns=table.dropped,
        schools=claims_of(pupils, table, _municipality_codes(table)),
        pupils=pupils,
        title=source.title,
    )


def _when(table: Table) -> tuple[int | None, int | None]:
    """Year and month of the sitting by its upload, else the year of the newest group; None where rows do not agree."""
    uploaded = table.named("uploaded")
    if uploaded is None:
        return _newest_group(table), None
    sittings = {_sitting(match) for match in map(DATE.search, set(uploaded)) if match}
    years = {year for year, _ in sittings}
    return (years.pop(), max(month for _, month in sittings)) if len(years) == 1 else (None, None)


def _sitting(uploaded: re.Match[str]) -> tuple[int, int]:
    """Year and month of the sitting at the latest: what is uploaded before March was sat before the new year."""
    year, month = int(uploaded["year"] or uploaded["iso_year"]), int(uploaded["month"] or uploaded["iso_month"])
    return (year, month) if month >= FIRST_MONTH_OF_WORKS else (year - 1, 12)


def _newest_group(table: Table) -> int | None:
    options = _option(table.source, "year_column")
    column = table.headed(options["header"]) if options else None
    newest = {max(map(int, found)) for said in set(column or []) if (found := re.findall(options["pattern"], said))}
    return newest.pop() if len(newest) == 1 else None


def _municipality_codes(table: Table) -> dict[str, str]:
    """login → «reg22_m004» from the groups of the school, where they name exactly one."""
    options = _option(table.source, "municipality_code")
    column = table.headed(options["header"]) if options else None
    login = table.named("login")
    if column is None or login is None:
        return {}
    codes = {}
    for said, school in set(zip(column, login, strict=True)):
        found = set(re.findall(options["pattern"], said))
        if len(found) == 1:
            region, municipality = found.pop()
            codes[school.lower()] = f"reg{region}_{municipality}"
    return codes


def _by_textbooks(workbook: Workbook, source: Source, definitions: Definitions) -> tuple[str | None, int | None]:
    """Subject and grade by the textbooks that classes chose from the list of the work, where all name the same."""
    options = _option(source, "textbooks")
    sheet = next((sheet for sheet in workbook.sheets if options and sheet.name == options["sheet"]), None)
    header = header_row(sheet, [options["header"]]) if sheet else None
    if sheet is None or header is None:
        return None, None
    column = [normal(str(cell)) for cell in sheet.rows[header]].index(normal(options["header"]))
    said = set(texts(tuple(row[column] for row in sheet.rows[header + 1 :]), Texts()))
    named = {match.groups() for match in (re.match(options["pattern"], one) for one in said) if match}
    if len(named) != 1:
        return None, None
    code, grade = named.pop()
    subject = definitions.subject_named(code)
    return (subject.slug, int(grade)) if isinstance(subject, Subject) else (None, None)


def _option(source: Source, name: str) -> dict[str, str]:
    value = source.options.get(name)
    return value if isinstance(value, dict) else {}
