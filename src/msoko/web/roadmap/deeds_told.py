"""What came of an order about many assignments, item by item: «Принято 5; не принято 1: …»."""

from collections.abc import Sequence
from dataclasses import dataclass

from msoko.core.vocabulary.russian import NBSP, number, quote, short_date
from msoko.web.roadmap.doing_words import executor_in_words
from msoko.web.roadmap.models import Assignment
from msoko.web.roadmap.services.carrying_out import GONE, Outcome

LONGEST_TITLE = 90
MOST_NAMED = 8
"""Of one reason; the others are a number."""


@dataclass(frozen=True)
class Verb:
    """«Принято», «не принято»."""

    done: str
    refused: str


ACCEPTED = Verb("Принято", f"не{NBSP}принято")
POSTPONED = Verb("Перенесено", f"не{NBSP}перенесено")
CANCELLED = Verb("Отменено", f"не{NBSP}отменено")
REPORTED = Verb("Сдано отчётов", f"не{NBSP}сдано")


@dataclass(frozen=True)
class Told:
    """`done` is how many; `sentence` says both numbers, `refusals` why not and what, a reason a sentence."""

    done: int
    sentence: str
    refusals: list[str]


def told(outcomes: Sequence[Outcome], verb: Verb, gone: int = 0) -> Told:
    """`gone`: chosen, but no longer there."""
    reasons: dict[str, list[str]] = {}
    for one in outcomes:
        if one.refused is not None:
            reasons.setdefault(str(one.refused), []).append(_named(one.assignment))
    done = sum(one.is_done for one in outcomes)
    refused = len(outcomes) - done + gone
    sentence = f"{verb.done} {number(done)}"
    sentence += f"; {verb.refused} {number(refused)}:" if refused else "."
    refusals = [f"{reason} {_enumerated(names)}" for reason, names in reasons.items()]
    return Told(done, sentence, refusals + ([f"{GONE} Таких{NBSP}— {number(gone)}."] if gone else []))


def _enumerated(names: list[str]) -> str:
    others = len(names) - MOST_NAMED
    said = "; ".join(names[:MOST_NAMED])
    return f"{said} и{NBSP}ещё {number(others)}." if others > 0 else f"{said}."


def _named(assignment: Assignment) -> str:
    """«„Провести семинар“, МБОУ «СОШ № 1», 30.09.2026»."""
    title = " ".join(assignment.occurrence.activity.title.split())
    shown = title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1].rstrip()}…"
    return f"{quote(shown)}, {executor_in_words(assignment)}, {short_date(assignment.due)}"
