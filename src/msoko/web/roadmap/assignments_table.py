"""Assignments as a table to take away: with the last report of each."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet

from msoko.core.vocabulary.russian import quote
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.tables import Cell, Column, Row, Table
from msoko.web.roadmap.doing_queries import NEAR
from msoko.web.roadmap.doing_words import badge_of, handed_in_words
from msoko.web.roadmap.models import Assignment, Body, Report

COLUMNS = (
    Column("activity", "Мероприятие"),
    Column("number", "№"),
    Column("section", "Раздел"),
    Column("roadmap", "Дорожная карта"),
    Column("programme", "Программа"),
    Column("organisation", "Организация"),
    Column("body", "Кто исполняет"),
    Column("due", "Срок", kind="date"),
    Column("state", "Состояние"),
    Column("reason", "Причина"),
    Column("hand_in", "Что сдать"),
    Column("done", "Что сделано"),
    Column("participants", "Участников", kind="count"),
    Column("done_on", "Когда сделано", kind="date"),
)


def table_of(assignments: QuerySet[Assignment], today: date, title: str) -> Table:
    """All rows in the order of the query. Two queries, however many rows."""
    reports = _last_reports(assignments)
    rows = list(_rows(assignments.select_related(*NEAR), reports, today))
    return Table(title, COLUMNS, rows)


def _last_reports(assignments: QuerySet[Assignment]) -> dict[int, Report]:
    found = Report.objects.filter(assignment__in=assignments.order_by().values("pk")).order_by("reported_at", "pk")
    return {one.assignment_id: one for one in found}


def _rows(assignments: QuerySet[Assignment], reports: dict[int, Report], today: date) -> Iterator[Row]:
    for one in assignments:
        activity, report = one.occurrence.activity, reports.get(one.pk)
        cells: dict[str, Cell] = {
            "activity": activity.title,
            "number": activity.number or Unknown.NOT_APPLICABLE,
            "section": activity.section.title or Unknown.NOT_APPLICABLE,
            "roadmap": activity.roadmap.title,
            "programme": activity.roadmap.programme.title,
            "organisation": one.organisation.name,
            "body": Body(one.body).label,
            "due": one.due,
            "state": badge_of(one, today).words,
            "reason": one.reason or Unknown.NOT_APPLICABLE,
            "hand_in": handed_in_words(activity.evidence),
            **_told(report),
        }
        yield Row(cells)


def _told(report: Report | None) -> dict[str, Cell]:
    if report is None:
        return dict.fromkeys(("done", "participants", "done_on"), Unknown.NOT_APPLICABLE)
    return {
        "done": report.done,
        "participants": Unknown.MISSING if report.participants is None else report.participants,
        "done_on": report.done_on or Unknown.MISSING,
    }


def title_of(place: str) -> str:
    return f"Поручения: {quote(place)}" if place else "Поручения"
