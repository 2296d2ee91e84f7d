"""What every order about assignments has in common: rows locked, rights, the state in which they were seen.

An order concerns many assignments at once. Each is done whole or refused with its reason, and the others are not the
worse for it. Queries do not depend on their number.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from msoko.core.vocabulary.russian import NBSP, quote
from msoko.web.people.models import User
from msoko.web.people.services import audit_each
from msoko.web.people.sight import sight_of
from msoko.web.roadmap.execution_rights import Hands, hands_of
from msoko.web.roadmap.models import Assignment

GONE = "Этого поручения больше нет: план изменился. Обновите страницу."
CHANGED = f"Пока страница была открыта, поручение изменилось. Обновите её и{NBSP}посмотрите, что с{NBSP}ним теперь."


class CannotExecute(Exception):
    """Why not, in Russian; `lacks` lists what is missing."""

    def __init__(self, reason: str, lacks: Sequence[str] = ()) -> None:
        self.reason = reason
        self.lacks = tuple(lacks)
        super().__init__(f"{reason} Не{NBSP}хватает: {'; '.join(lacks)}." if lacks else reason)


@dataclass(frozen=True)
class Outcome:
    """An assignment as it is now, and why nothing was done with it, where the order was refused.

    `seen` is the copy that the order was given with.
    """

    assignment: Assignment
    seen: Assignment
    refused: CannotExecute | None = None

    @property
    def is_done(self) -> bool:
        return self.refused is None


WhyNot = Callable[[Assignment, Hands], "str | CannotExecute | None"]
"""Of a locked row and of who orders: why the order can't be carried out; '' or None where it can."""


def examined(assignments: Iterable[Assignment], who: User, states: Collection[str], *whys: WhyNot) -> list[Outcome]:
    """Each assignment once, locked and examined: whether it is there; the first reason, which says whether the person
    may; the state; the other reasons in their order. Call it in a transaction."""
    asked = {one.pk: one for one in assignments}
    rows = locked(asked)
    hands = hands_of(sight_of(who), rows.values())
    return [
        Outcome(rows.get(key, seen), seen, _refusal(seen, rows.get(key), hands, states, whys))
        for key, seen in asked.items()
    ]


def locked(keys: Iterable[int]) -> dict[int, Assignment]:
    """The rows as they are now, in one order for all, so that two who lock the same do not wait for each other."""
    near = ("organisation", "occurrence__activity__roadmap__programme__organisation")
    rows = Assignment.objects.select_for_update(of=("self",)).select_related(*near).filter(pk__in=list(keys))
    return {one.pk: one for one in rows.order_by("pk")}


def _refusal(
    seen: Assignment, row: Assignment | None, hands: Hands, states: Collection[str], whys: Sequence[WhyNot]
) -> CannotExecute | None:
    if row is None:
        return CannotExecute(GONE)
    may, *others = whys
    for ask in (may, lambda row, hands: _wrong_state(seen, row, states), *others):
        why = ask(row, hands)
        if why:
            return CannotExecute(why) if isinstance(why, str) else why
    return None


def _wrong_state(seen: Assignment, row: Assignment, states: Collection[str]) -> str:
    if row.state != seen.state or (seen.state_at is not None and row.state_at != seen.state_at):
        return CHANGED
    if row.state in states:
        return ""
    return f"Сейчас этого сделать нельзя: состояние поручения{NBSP}— {quote(row.get_state_display())}."


def change(
    outcomes: Iterable[Outcome], who: User, action: str, details: Mapping[str, Any], **fields: Any
) -> list[Assignment]:
    """Write the fields into all that were not refused, also into the copies that the order was given with; an audit
    entry each. Returns those that were changed."""
    done = [one for one in outcomes if one.is_done]
    if not done:
        return []
    fields |= {"state_at": timezone.now()}
    Assignment.objects.filter(pk__in=[one.assignment.pk for one in done]).update(**fields)
    for one in done:
        for name, value in fields.items():
            setattr(one.assignment, name, value)
            setattr(one.seen, name, value)
    audit_each(who, action, [(one.assignment, one.assignment.organisation, details) for one in done])
    return [one.assignment for one in done]


def the_only(outcomes: Sequence[Outcome]) -> Assignment:
    """Of an order about one assignment. Raises CannotExecute where it was refused."""
    (outcome,) = outcomes
    if outcome.refused is not None:
        raise outcome.refused
    return outcome.assignment
