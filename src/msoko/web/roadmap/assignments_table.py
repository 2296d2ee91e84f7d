"""Assignments as a table to take away: with the last report of each."""

from datetime import date

from django.db.models import QuerySet

from msoko.core.vocabulary.russian import quote
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.tables import Cell, Column, Row, Table
from msoko.web.people.models import Organisation
from msoko.web.roadmap.doing_words import badge_of, handed_in_words
from msoko.web.roadmap.models import Activity, Assignment, Body, Report

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

FIELDS = ("body", "due", "state", "reason")
NOT_TOLD: dict[str, Cell] = dict.fromkeys(("done", "participants", "done_on"), Unknown.NOT_APPLICABLE)


def table_of(assignments: QuerySet[Assignment], today: date, title: str) -> Table:
    """All rows in the order of the query. Four queries, however many rows; an activity is read once, not once a row."""
    found = list(assignments.values_list("pk", "occurrence__activity", "organisation", *FIELDS))
    activities = Activity.objects.select_related("section", "roadmap__programme").filter(
        pk__in=assignments.order_by().values("occurrence__activity")
    )
    organisations = Organisation.objects.filter(pk__in=assignments.order_by().values("organisation"))
    of_activity = {one.pk: _of_activity(one) for one in activities}
    names = dict(organisations.values_list("pk", "name"))
    told = _told_of(assignments)
    rows = []
    for pk, activity, organisation, *fields in found:
        own = _of_assignment(Assignment(**dict(zip(FIELDS, fields, strict=True))), today)
        place: dict[str, Cell] = {"organisation": names[organisation]}
        rows.append(Row({**of_activity[activity], **place, **own, **told.get(pk, NOT_TOLD)}))
    return Table(title, COLUMNS, rows)


def _of_activity(activity: Activity) -> dict[str, Cell]:
    return {
        "activity": activity.title,
        "number": activity.number or Unknown.NOT_APPLICABLE,
        "section": activity.section.title or Unknown.NOT_APPLICABLE,
        "roadmap": activity.roadmap.title,
        "programme": activity.roadmap.programme.title,
        "hand_in": handed_in_words(activity.evidence),
    }


def _of_assignment(assignment: Assignment, today: date) -> dict[str, Cell]:
    return {
        "body": Body(assignment.body).label,
        "due": assignment.due,
        "state": badge_of(assignment, today).words,
        "reason": assignment.reason or Unknown.NOT_APPLICABLE,
    }


def _told_of(assignments: QuerySet[Assignment]) -> dict[int, dict[str, Cell]]:
    """Assignment → what its last report says."""
    reports = Report.objects.filter(assignment__in=assignments.order_by().values("pk")).order_by("reported_at", "pk")
    return {
        key: {
            "done": done,
            "participants": Unknown.MISSING if participants is None else participants,
            "done_on": done_on or Unknown.MISSING,
        }
        for key, done, participants, done_on in reports.values_list("assignment", "done", "participants", "done_on")
    }


def title_of(place: str) -> str:
    return f"Поручения: {quote(place)}" if place else "Поручения"
