"""Tables of this room: schools, people, the audit."""

from collections.abc import Iterable

from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from msoko.core.vocabulary.russian import NBSP, counted
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.tables import Cell, Column, Row, Table, Text
from msoko.web.people.models import (
    Area,
    AuditEntry,
    Kind,
    Organisation,
    OrganisationQuerySet,
    Role,
    SchoolType,
    Status,
    User,
)
from msoko.web.people.queries import logins_by_school
from msoko.web.people.services.register_report import Outcome
from msoko.web.people.words import action_in_words, details_in_words

SCHOOLS = (
    Column("name", "Школа", kind="link"),
    Column("type", "Тип"),
    Column("municipality", "Муниципалитет"),
    Column("area", "Местность"),
    Column("status", "Состояние"),
    Column("logins", "Логины"),
)
PEOPLE = (
    Column("person", "Человек", kind="link"),
    Column("email", "Почта"),
    Column("roles", "Роли"),
    Column("state", "Состояние"),
)
TRAIL = (
    Column("at", "Когда"),
    Column("who", "Кто"),
    Column("action", "Что сделано"),
    Column("organisation", "Организация"),
    Column("details", "Подробности"),
)
REGISTER = (
    Column("row", "Строка", kind="count"),
    Column("name", "Организация"),
    Column("municipality", "Муниципалитет"),
    Column("logins", "Логины"),
    Column("outcome", "Что будет"),
    Column("changes", "Изменения"),
)
OUTCOMES = {"created": "создать", "changed": "изменить", "unchanged": "без изменений"}
CHANGED_FIELDS = {
    "name": "название",
    "full_name": "полное название",
    "kind": "вид",
    "school_type": "тип",
    "area": "местность",
    "status": "состояние",
    "parent": "место",
    "logins": "логины",
}


def schools_table(schools: OrganisationQuerySet, own: frozenset[int] = frozenset()) -> Table:
    """`own`: ids of the reader's schools, whose rows stand out."""
    logins = logins_by_school(schools)
    rows = [Row(_school(one, logins.get(one.pk, [])), "own" if one.pk in own else "") for one in schools]
    return Table("Школы", SCHOOLS, rows, note=f"Показано: {counted(len(rows), 'школа', 'школы', 'школ')}.")


def _school(school: Organisation, logins: list[str]) -> dict[str, Cell]:
    return {
        "name": Text(school.name, school_address(school)),
        "type": said(school.get_school_type_display() if school.school_type else ""),
        "municipality": said(str(school.municipality or "")),
        "area": said(school.get_area_display() if school.area else ""),
        "status": Status(school.status).label,
        "logins": ", ".join(logins) or Unknown.MISSING,
    }


def said(words: str) -> Cell:
    return words or Unknown.MISSING


def school_address(school: Organisation) -> str:
    """The school's page; it belongs to a room to the right, known here by the name of its address only."""
    try:
        return reverse("analysis:school", args=[school.pk])
    except NoReverseMatch:
        return reverse("people:organisation_edit", args=[school.pk])


def people_table(people: Iterable[User]) -> Table:
    return Table("Люди", PEOPLE, [_person(user) for user in people])


def _person(user: User) -> dict[str, Cell]:
    roles = [f"{Role(one.role).label}{NBSP}· {one.organisation}" for one in user.memberships.all()]
    return {
        "person": Text(str(user), reverse("people:account_edit", args=[user.pk])),
        "email": user.email,
        "roles": "; ".join(roles) or ("все права" if user.is_superuser else "ролей нет"),
        "state": _state(user),
    }


def _state(user: User) -> str:
    if not user.is_active:
        return "закрыта"
    return "приглашён, ещё не входил" if user.last_login is None else "работает"


def trail_table(entries: Iterable[AuditEntry]) -> Table:
    return Table("Журнал действий", TRAIL, [_entry(entry) for entry in entries])


def _entry(entry: AuditEntry) -> dict[str, Cell]:
    return {
        "at": timezone.localtime(entry.at).strftime("%d.%m.%Y %H:%M"),
        "who": str(entry.who) if entry.who else "система",
        "action": action_in_words(entry.action),
        "organisation": str(entry.organisation) if entry.organisation else Unknown.NOT_APPLICABLE,
        "details": details_in_words(entry.details) or Unknown.NOT_APPLICABLE,
    }


CODES = {code: str(label) for words in (Kind, SchoolType, Area, Status) for code, label in words.choices}


def _in_words(value: str) -> str:
    return CODES.get(value, value) or "—"


def register_table(outcomes: Iterable[Outcome]) -> Table:
    """Rows of a register and what they come to; those that change nothing are left to the count above the table."""
    rows = [_outcome(outcome) for outcome in outcomes if outcome.outcome != "unchanged"]
    return Table("Что изменится", REGISTER, rows)


def _outcome(outcome: Outcome) -> dict[str, Cell]:
    changes = [_change(field, *pair) for field, pair in outcome.changes.items()]
    return {
        "row": outcome.line.number,
        "name": outcome.line.name,
        "municipality": outcome.line.municipality or Unknown.MISSING,
        "logins": ", ".join(outcome.line.logins) or Unknown.MISSING,
        "outcome": OUTCOMES[outcome.outcome],
        "changes": "; ".join(changes) or Unknown.NOT_APPLICABLE,
    }


def _change(field: str, before: str, now: str) -> str:
    return f"{CHANGED_FIELDS[field]}: {_in_words(before)} → {_in_words(now)}"
