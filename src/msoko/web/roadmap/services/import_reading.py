"""What reading a document gives, as the records of its review."""

from collections.abc import Iterator
from typing import Any

from msoko.core.roadmap.reading.complaints import Complaint
from msoko.core.roadmap.reading.containers import Document
from msoko.core.roadmap.reading.lines import Line
from msoko.core.roadmap.reading.parsed import ParsedActivity, ParsedRoadmap
from msoko.core.roadmap.reading.passport import PassportField, period_of
from msoko.core.vocabulary.russian import counted, number, quote
from msoko.web.roadmap.models import ImportedRow, RoadmapImport
from msoko.web.roadmap.services.import_texts import FIELDS, LONGEST_TEXT, as_kept, as_line, as_text, too_long

# The longest real document has a hundred activities; of more than this a person can't look at each.
MOST_ROWS = 3000
MOST_COMPLAINTS = 500
NAMES = {
    "roadmap": "Название дорожной карты",
    "section": "Название раздела",
    "number": "Номер",
    "title": "Название мероприятия",
    "deadline": "Срок",
    "executors": "Исполнители",
    "result": "Результат",
    "indicator": "Показатель",
}
CUT_SURENESS = 0.6
"""A row whose words had no room is to be looked at, however surely it was read."""


def fields_of(read: Document) -> dict[str, Any]:
    """Fields of the document: its lines for showing, passport, complaints, title and period as far as it says them."""
    period = period_of(read.passport)
    title = read.passport.get("title")
    return {
        "lines": [_line(line) for line in read.lines],
        "passport": {name: _passport_field(field) for name, field in read.passport.items()},
        "complaints": [_complaint(one) for one in _complaints(read)],
        "begins": period[0] if period else None,
        "ends": period[1] if period else None,
        "title": as_line(title.words)[: RoadmapImport._meta.get_field("title").max_length] if title else "",
    }


def _line(line: Line) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "number": line.number,
        "page": line.page,
        "cells": _said_cells(line),
        "table": line.table,
    }
    return shown | ({"heading": line.heading} if line.heading else {})


def _said_cells(line: Line) -> list[str]:
    """Up to the last one that says something: a text file may end its rows with empty ones."""
    cells = [as_text(cell) for cell in line.cells]
    return cells[: max((place for place, cell in enumerate(cells, start=1) if cell), default=1)]


def _passport_field(field: PassportField) -> dict[str, Any]:
    return {"value": as_text(field.words)[:LONGEST_TEXT], "line": field.line, "confidence": field.confidence}


def _complaints(read: Document) -> Iterator[Complaint]:
    found = len(read.parsed.activities)
    if not found:
        yield Complaint(
            "nothing_found",
            "Мероприятий в документе не найдено: в нём нет таблицы с мероприятиями и сроками.",
            "Проверьте, тот ли это файл, или внесите мероприятия из строк документа вручную.",
        )
    if found > MOST_ROWS:
        message = f"В документе {counted(found, 'мероприятие', 'мероприятия', 'мероприятий')}: взяты первые"
        yield Complaint("too_many", f"{message} {number(MOST_ROWS)}.", "Разделите документ на части.")
    complaints = read.parsed.complaints
    yield from complaints[:MOST_COMPLAINTS]
    if len(complaints) > MOST_COMPLAINTS:
        rest = counted(len(complaints) - MOST_COMPLAINTS, "замечание", "замечания", "замечаний")
        yield Complaint("more", f"И ещё {rest}: их слишком много, чтобы показать каждое.", "Проверьте файл.")


def _complaint(one: Complaint) -> dict[str, Any]:
    said = f"{as_line(one.message)} {quote(as_line(one.words))}" if one.words else as_line(one.message)
    return {"line": one.line, "page": one.page, "text": said, "advice": as_line(one.advice)}


def rows_of(read: Document, document: RoadmapImport) -> list[ImportedRow]:
    """A row an activity, unsaved, in the order of the document."""
    found = [(roadmap, activity) for roadmap in read.parsed.roadmaps for activity in roadmap.activities]
    return [_row(document, order, *pair) for order, pair in enumerate(found[:MOST_ROWS], start=1)]


def _row(document: RoadmapImport, order: int, roadmap: ParsedRoadmap, activity: ParsedActivity) -> ImportedRow:
    said = _said(roadmap, activity)
    cut = [f"{NAMES[name]}: показано начало, полностью — в документе." for name in FIELDS if too_long(name, said[name])]
    others = [
        f"Ещё в строке: {quote(as_line(name) or 'без названия')} — {as_line(text)}" for name, text in activity.other
    ]
    return ImportedRow(
        document=document,
        order=order,
        **{name: as_kept(name, text) for name, text in said.items()},
        confidence=min(activity.confidence, CUT_SURENESS) if cut else activity.confidence,
        doubts=[*map(as_line, activity.doubts), *cut, *others],
        source=list(activity.lines),
    )


def _said(roadmap: ParsedRoadmap, activity: ParsedActivity) -> dict[str, str]:
    return {
        "roadmap": roadmap.title,
        "section": activity.section or "",
        "number": activity.number or "",
        "title": activity.title,
        "deadline": activity.deadline or "",
        "executors": activity.executors_words,
        "result": activity.result or "",
        "indicator": activity.indicator or "",
    }
