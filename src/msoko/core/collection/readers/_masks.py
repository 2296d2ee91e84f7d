"""Answers in the protocols of state examinations: masks of short answers, scores of long ones."""

import re
from dataclasses import dataclass

SHORT = re.compile(r"[-+\d\u2212–—]*")
LONG = re.compile(r"(?P<score>\d{1,2}|[-XxХх\u2212–—])\s*\((?P<maximum>\d{1,2})\)\s*")
NONE = "-\u2212–—XxХх"


@dataclass(frozen=True)
class Answer:
    """The score as text ('' = not attempted) and the maximum where the file tells it."""

    score: str
    maximum: int | None


def short_answers(said: str) -> list[Answer] | None:
    """`+++2-+` → one answer a sign: + is 1 of 1, − is 0, a digit is the score; None for other signs."""
    bare = said.replace(" ", "")
    if not SHORT.fullmatch(bare):
        return None
    return [_short(sign) for sign in bare]


def _short(sign: str) -> Answer:
    if sign == "+":
        return Answer("1", 1)
    return Answer(sign, None) if sign.isdigit() else Answer("0", None)


def long_answers(said: str) -> list[Answer] | None:
    """`1(2)2(3)` → score and maximum of each; None where the text is anything else or a score is above its maximum."""
    parts = list(LONG.finditer(said))
    if "".join(part[0] for part in parts) != said:
        return None
    answers = [Answer("" if part["score"] in NONE else str(int(part["score"])), int(part["maximum"])) for part in parts]
    fits = all(int(answer.score or 0) <= (answer.maximum or 0) for answer in answers)
    return answers if fits else None


def maximum_of(column: list[Answer]) -> int | None:
    """The maximum of an item over all participants: what the file says; 1 where only + and − occur; else unknown.

    A digit of a mask is a score, and the best score seen need not be the best possible.
    """
    said = {answer.maximum for answer in column if answer.maximum is not None}
    if len(said) != 1:
        return max(said, default=None)
    if said == {1} and any(answer.maximum is None and answer.score not in ("0", "") for answer in column):
        return None
    return said.pop()
