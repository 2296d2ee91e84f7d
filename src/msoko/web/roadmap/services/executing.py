"""Execution of assignments: taken in hand, reported, accepted or returned by somebody who is not the executor.

A state changes only from the one in which the person saw it: a second tab of a browser gets a reason, never a second
report. Nothing that was handed in is ever thrown away: reports, returns and postponements stay as history.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from django.db import transaction
from django.utils import timezone

from msoko.core.vocabulary.russian import NBSP, short_date
from msoko.web.people.models import User
from msoko.web.roadmap.execution_rights import Hands
from msoko.web.roadmap.lacking import HandedIn, says_something
from msoko.web.roadmap.models import Assignment, Body, Postponement, Report, Verification
from msoko.web.roadmap.report_values import BadValue, Values, checked, text
from msoko.web.roadmap.services.carrying_out import CHANGED, CannotExecute, Outcome, change, examined, the_only
from msoko.web.roadmap.services.report_drafts import drop_drafts

State = Assignment.State
LONGEST_REASON = 2000
LONGEST_WORDS = 300
FURTHEST = 366  # days after a programme's end: a date beyond is a slip of the pen
NOT_REPORTED = f"Отчёт не{NBSP}сдан."
NOT_ACCEPTED = "Принять нельзя."
MORE_EVIDENCE = (
    f"Пока страница была открыта, к{NBSP}отчёту приложили ещё подтверждения. Посмотрите их и{NBSP}примите отчёт снова."
)
OTHER_EDITION = f"Эта редакция программы больше не{NBSP}действует: возобновить поручение в{NBSP}ней нельзя."
BY_ITSELF_ONLY = f"Отметить несколько сразу можно только поручения управления; школа отчитывается по{NBSP}каждому."


# ---- the executor


@transaction.atomic
def start(assignment: Assignment, who: User) -> Assignment:
    """The executor takes it in hand. Raises CannotExecute."""
    outcomes = examined([assignment], who, (State.PLANNED, State.POSTPONED), _executes)
    change(outcomes, who, "execution_started", {}, state=State.IN_PROGRESS)
    return the_only(outcomes)


@transaction.atomic
def report(
    assignment: Assignment,
    who: User,
    *,
    done: str,
    participants: int | None = None,
    numbers: Sequence[Mapping[str, Any]] = (),
    done_on: date | None = None,
) -> Report:
    """The executor hands in a report: it waits for verification. `numbers`: {"name", "value", "unit"} each.

    Raises CannotExecute, with the list of what lacks where the text or required evidence is missing.
    """
    values = _values(done, participants, numbers, done_on)
    outcomes, reports = _report([assignment], who, values)
    the_only(outcomes)
    return reports[0]


@transaction.atomic
def report_many(
    assignments: Collection[Assignment], who: User, *, done: str, done_on: date | None = None
) -> list[Outcome]:
    """One text for several assignments of the department (or of the service for which it acts).

    Raises CannotExecute for what is wrong with the text or the date; nothing is done then.
    """
    return _report(assignments, who, _values(done, None, (), done_on), _of_no_school)[0]


def _values(done: str, participants: int | None, numbers: Sequence[Mapping[str, Any]], done_on: date | None) -> Values:
    try:
        return checked(done, participants, numbers, done_on, timezone.localdate())
    except BadValue as problem:
        raise CannotExecute(str(problem)) from problem


def _report(
    assignments: Collection[Assignment], who: User, values: Values, *more: Any
) -> tuple[list[Outcome], list[Report]]:
    handed_in = HandedIn(one.pk for one in assignments)

    def lacks_nothing(row: Assignment, hands: Hands) -> CannotExecute | None:
        absent = handed_in.missing(row, values.done)
        return CannotExecute(NOT_REPORTED, absent) if absent else None

    outcomes = examined(assignments, who, Assignment.OPEN, _executes, *more, lacks_nothing)
    done = change(outcomes, who, "execution_reported", {}, state=State.REPORTED, reason="")
    reports = Report.objects.bulk_create(
        Report(
            assignment=one,
            reported_by=who,
            done=values.done,
            participants=values.participants,
            numbers=values.numbers,
            done_on=values.done_on,
        )
        for one in done
    )
    drop_drafts(done)
    return outcomes, reports


def _executes(row: Assignment, hands: Hands) -> str:
    return hands.why_not_execute(row)


def _of_no_school(row: Assignment, hands: Hands) -> str:
    return BY_ITSELF_ONLY if row.body == Body.SCHOOL else ""


# ---- the verifier


@transaction.atomic
def accept(report: Report, who: User, seen: str = "") -> Assignment:
    """Somebody who is not the executor accepts a report; what it lacks is asked again. `seen` (HandedIn.seen) is what
    he was shown: what was added since is not accepted unseen. Raises CannotExecute."""
    return the_only(_verify([report], who, is_accepted=True, shown={report.pk: seen}))


@transaction.atomic
def accept_many(
    reports: Collection[Report], who: User, shown: Mapping[int, str] = MappingProxyType({})
) -> list[Outcome]:
    """Each by itself: one that lacks something does not hold up the others. `shown`: report → what was seen of it."""
    return _verify(reports, who, is_accepted=True, shown=shown)


@transaction.atomic
def return_(report: Report, who: User, reason: str) -> Assignment:
    """Back to the executor, with the reason. The report stays as history. Raises CannotExecute."""
    said = _said(reason, "Причина возврата", "Напишите, чего не хватает: исполнитель увидит эти слова.")
    return the_only(_verify([report], who, is_accepted=False, reason=said))


def _verify(
    reports: Collection[Report],
    who: User,
    *,
    is_accepted: bool,
    reason: str = "",
    shown: Mapping[int, str] = MappingProxyType({}),
) -> list[Outcome]:
    asked = {one.assignment_id: one for one in reports}
    seen = [Assignment(pk=key, state=State.REPORTED) for key in asked]
    handed_in = HandedIn(asked)

    def verifies(row: Assignment, hands: Hands) -> str:
        return hands.why_not_verify(row, handed_in.reporters(row))

    def is_as_it_was_seen(row: Assignment, hands: Hands) -> str:
        report = asked[row.pk]
        if not handed_in.is_waiting(report):
            return CHANGED
        return "" if (shown.get(report.pk) or handed_in.seen(report)) == handed_in.seen(report) else MORE_EVIDENCE

    def lacks_nothing(row: Assignment, hands: Hands) -> CannotExecute | None:
        absent = handed_in.missing(row) if is_accepted else []
        return CannotExecute(NOT_ACCEPTED, absent) if absent else None

    outcomes = examined(seen, who, (State.REPORTED,), verifies, is_as_it_was_seen, lacks_nothing)
    state, action = (State.ACCEPTED, "accepted") if is_accepted else (State.RETURNED, "returned")
    done = change(outcomes, who, f"execution_{action}", {"reason": reason}, state=state, reason=reason)
    Verification.objects.bulk_create(
        Verification(report=asked[one.pk], is_accepted=is_accepted, reason=reason, verified_by=who) for one in done
    )
    return outcomes


def _said(words: str, field: str, otherwise: str, longest: int = LONGEST_REASON) -> str:
    """What has to be said in words. Raises CannotExecute with `otherwise` where it is not."""
    try:
        said = text(words, longest, field)
    except BadValue as problem:
        raise CannotExecute(str(problem)) from problem
    if not says_something(said):
        raise CannotExecute(otherwise)
    return said


# ---- who is in charge of the programme


@transaction.atomic
def postpone(assignments: Collection[Assignment], who: User, due: date, reason: str, allowed_by: str) -> list[Outcome]:
    """Move the due date of what is not done: a later day, the reason and who allowed it are required.

    Overdue assignments are no longer so until the new date has passed. Raises CannotExecute for a missing reason.
    """
    why = _said(reason, "Причина переноса", "Назовите причину переноса: без неё перенос не\u00a0объяснить.")
    allowed = _said(allowed_by, "Кто разрешил", "Напишите, кто разрешил перенос: должность или приказ.", LONGEST_WORDS)

    def is_later(row: Assignment, hands: Hands) -> str:
        ends = row.occurrence.activity.roadmap.programme.ends
        if due <= row.due:
            return f"Новый срок {short_date(due)} не{NBSP}позже нынешнего, {short_date(row.due)}."
        if (due - ends).days > FURTHEST:
            return f"Новый срок {short_date(due)} намного позже окончания программы, {short_date(ends)}: проверьте год."
        return ""

    outcomes = examined(assignments, who, Assignment.OPEN, _is_in_charge, is_later)
    moving = [one.assignment for one in outcomes if one.is_done]
    Postponement.objects.bulk_create(
        Postponement(assignment=one, was_due=one.due, due=due, reason=why, allowed_by=allowed, who=who)
        for one in moving
    )
    details = {"due": due, "reason": why, "allowed_by": allowed}
    change(outcomes, who, "assignment_postponed", details,
           state=State.POSTPONED, due=due, reason=why, overdue_noticed_at=None)  # fmt: skip
    return outcomes


@transaction.atomic
def cancel(assignments: Collection[Assignment], who: User, reason: str) -> list[Outcome]:
    """What is not done need not be done any more. Raises CannotExecute without a reason."""
    why = _said(reason, "Причина отмены", "Назовите причину отмены: исполнитель увидит эти слова.")
    outcomes = examined(assignments, who, Assignment.OPEN, _is_in_charge)
    change(outcomes, who, "assignment_cancelled", {"reason": why}, state=State.CANCELLED, reason=why)
    return outcomes


@transaction.atomic
def reopen(assignments: Collection[Assignment], who: User, reason: str) -> list[Outcome]:
    """What was cancelled or is not tracked is planned again by who is in charge, what was accepted by mistake is
    returned to the executor by who may verify it. Raises CannotExecute without a reason."""
    why = _said(reason, "Причина", "Назовите причину: по истории должно быть видно, почему поручение возобновлено.")
    handed_in = HandedIn(one.pk for one in assignments)

    def may(row: Assignment, hands: Hands) -> str:
        if row.state == State.ACCEPTED:
            return hands.why_not_verify(row, handed_in.reporters(row))
        return _is_in_charge(row, hands)

    outcomes = examined(assignments, who, (*Assignment.ENDED, State.UNTRACKED), may, _is_in_force)
    not_owed = [one for one in outcomes if one.assignment.state in Assignment.NOT_OWED]
    accepted = [one for one in outcomes if one.assignment.state == State.ACCEPTED]
    change(not_owed, who, "assignment_reopened", {"reason": why},
           state=State.PLANNED, reason=why, overdue_noticed_at=None)  # fmt: skip
    change(accepted, who, "assignment_reopened", {"reason": why}, state=State.RETURNED, reason=why)
    return outcomes


def _is_in_charge(row: Assignment, hands: Hands) -> str:
    return hands.why_not_in_charge(row)


def _is_in_force(row: Assignment, hands: Hands) -> str:
    return "" if row.occurrence.activity.roadmap.programme.is_live else OTHER_EDITION
