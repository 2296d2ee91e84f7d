"""What has happened to an assignment, the last first: told from the audit, reports and postponements."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from msoko.core.vocabulary.russian import NBSP, quote
from msoko.web.people.models import AuditEntry
from msoko.web.people.words import ACTIONS
from msoko.web.roadmap.doing_words import day_in_words
from msoko.web.roadmap.models import Assignment, Evidence, Postponement, Report

TOLD_OTHERWISE = frozenset({"execution_reported", "execution_accepted", "execution_returned", "assignment_postponed"})
"""Deeds that have records of their own, which say more."""
BY_ITSELF = "система"


@dataclass(frozen=True)
class Event:
    """`name` is for the look; `words` say what happened, `notes` the reason, the text, who allowed it."""

    at: datetime
    name: str
    words: str
    who: str
    notes: list[str]


def story_of(assignment: Assignment) -> list[Event]:
    """Four queries."""
    events = [*_told_by_audit(assignment), *_reports(assignment), *_moved(assignment), *_evidence(assignment)]
    return sorted(events, key=lambda one: one.at, reverse=True)


def _told_by_audit(assignment: Assignment) -> Iterator[Event]:
    entries = AuditEntry.objects.filter(subject_type="roadmap.assignment", subject_id=str(assignment.pk))
    for one in entries.exclude(action__in=TOLD_OTHERWISE).select_related("who"):
        if one.action.startswith("evidence_"):
            continue
        reason = str(one.details.get("reason", ""))
        name = one.action.rpartition("_")[2]
        yield Event(one.at, name, ACTIONS.get(one.action, one.action), _person(one.who), [reason] if reason else [])


def _reports(assignment: Assignment) -> Iterator[Event]:
    found = Report.objects.filter(assignment=assignment)
    for one in found.select_related("reported_by", "verification__verified_by"):
        yield Event(one.reported_at, "reported", "Сдан отчёт", _person(one.reported_by), [one.done])
        verification = getattr(one, "verification", None)
        if verification is not None:
            name, words = ("accepted", "Отчёт принят") if verification.is_accepted else ("returned", "Отчёт возвращён")
            reason = [verification.reason] if verification.reason else []
            yield Event(verification.verified_at, name, words, _person(verification.verified_by), reason)


def _moved(assignment: Assignment) -> Iterator[Event]:
    for one in Postponement.objects.filter(assignment=assignment).select_related("who"):
        was, now = day_in_words(one.was_due, one.due), day_in_words(one.due, one.was_due)
        moved = f"Срок перенесён с{NBSP}{was} на{NBSP}{now}"
        yield Event(one.at, "postponed", moved, _person(one.who), [one.reason, f"Разрешил: {one.allowed_by}"])


def _evidence(assignment: Assignment) -> Iterator[Event]:
    for one in Evidence.objects.filter(assignment=assignment).select_related("added_by"):
        who, what = _person(one.added_by), f"{quote(one.name)}{f', {one.about}' if one.about else ''}"
        yield Event(one.added_at, "evidence", f"Приложено: {what}", who, [])
        if one.withdrawn_at is not None:
            yield Event(one.withdrawn_at, "withdrawn", f"Отозвано: {what}", "", [])


def _person(user: object) -> str:
    return BY_ITSELF if user is None else str(user)
