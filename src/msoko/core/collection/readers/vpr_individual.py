"""ВПР, форма Ф1 «Индивидуальные результаты»: a school's download, its title and organisation above the header."""

import re

from msoko.core.collection.complaints import Complaints
from msoko.core.collection.grid import Workbook
from msoko.core.collection.naming import Content, name_procedure
from msoko.core.collection.readers._pupils import Table, claims_of, pupils_of
from msoko.core.collection.reading import Grain, Hints, Pupils, Reading
from msoko.core.collection.recognition import Found, sheets_of
from msoko.core.definitions.kinds import Source, Subject
from msoko.core.definitions.loading import Definitions
from msoko.core.vocabulary.cells import says_absent, text
from msoko.core.vocabulary.russian import counted
from msoko.core.vocabulary.statuses import Level

TITLE = re.compile(r"ВПР\W+(?P<year>20\d\d)\W+(?P<subject>\D+?)\W+(?P<grade>\d{1,2})\W*класс", re.IGNORECASE)
ORGANISATION = re.compile(r"^(?P<name>.*?)\s*\((?P<login>[a-z]{2,6}\d{4,8})\)", re.IGNORECASE)
DECLARED = re.compile(r"Кол-во участников\s*:?\s*(?P<count>\d{1,6})", re.IGNORECASE)


def read(workbook: Workbook, source: Source, hints: Hints, definitions: Definitions) -> list[Reading]:
    """One reading a sheet."""
    return [_read_sheet(found, source, hints, definitions) for found in sheets_of(workbook, source)]


def _read_sheet(found: Found, source: Source, hints: Hints, definitions: Definitions) -> Reading:
    complaints = Complaints()
    table = Table(found, source, complaints)
    above = [text(cell) for row in found.sheet.rows[: found.header] for cell in row if text(cell)]
    title = next((match for match in map(TITLE.search, above) if match), None)
    organisation = next((match for match in map(ORGANISATION.search, above) if match), None)
    naming = name_procedure(source, hints, definitions, complaints, _content(title, definitions))
    pupils = pupils_of(table, organisation["login"].lower() if organisation else "")
    _compare_with_declared(pupils, above, complaints)
    return Reading(
        source=source.slug,
        grain=Grain.PUPILS,
        naming=naming,
        complaints=complaints.all(),
        dropped_columns=table.dropped,
        schools=claims_of(pupils, table),
        pupils=pupils,
        title=title[0] if title else source.title,
    )


def _content(title: re.Match[str] | None, definitions: Definitions) -> Content:
    if title is None:
        return Content()
    subject = definitions.subject_by(title["subject"])
    slug = subject.slug if isinstance(subject, Subject) else None
    return Content(year=int(title["year"]), grade=int(title["grade"]), subject=slug)


def _compare_with_declared(pupils: Pupils, above: list[str], complaints: Complaints) -> None:
    declared = next((int(match["count"]) for match in map(DECLARED.search, above) if match), None)
    present = sum(not says_absent(variant) for variant in pupils.variant)
    if declared is not None and declared not in (len(pupils), present):
        said = counted(declared, "участник", "участника", "участников")
        message = f"Над таблицей указано: {said}, а строк с участниками — {len(pupils)}."
        complaints.add(Level.WARNING, "declared_count_differs", message, "Проверьте, вся ли таблица выгружена.")
