"""Patterns over tags: «n=(num|ord) kvartal» finds a numbered quarter among tokens, `n` is its number.

A pattern is a regular expression whose letters are tags. Each tag is one sign of a text that stands for the tokens, so
that a place in that text is the number of a token.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from msoko.core.roadmap.deadlines.calendar import Calendar
from msoko.core.roadmap.deadlines.tokens import ALL_TAGS, Token, Tokens

FIRST_SIGN = 0xE000  # a block of Unicode that no alphabet uses
SIGN_OF = {tag: chr(FIRST_SIGN + place) for place, tag in enumerate(sorted(ALL_TAGS))}
PART = re.compile(r"(?:([a-z]\w*)=)?\((?!\?)|([a-z]\w*)=([a-z_]+)|([a-z_]+)|\s+")
Built = TypeVar("Built")

NUMBER = "(num|ord)"
COUNT = "(num|ord|count)"
MONTH = "(month|gen|abbr)"
GENITIVE = "(gen|abbr)"
NUMBERED = "(kvartal|half|term|trimester)"
ALSO = "(comma|and|comma and)"


@dataclass(frozen=True)
class Line:
    """The tokens of a text, as tokens and as signs, and the calendar by which it is read.

    `read_before` keeps what was found at a place: every condition and label asks again where the next phrase begins.
    """

    tokens: Tokens
    signs: str
    calendar: Calendar
    read_before: dict[int, Any] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, tokens: Tokens, calendar: Calendar) -> "Line":
        return cls(tokens, "".join(SIGN_OF[token.tag] for token in tokens.tokens), calendar)

    def __len__(self) -> int:
        return len(self.signs)

    def tag(self, place: int) -> str:
        return self.tokens.tokens[place].tag

    def text(self, first: int, last: int) -> str:
        return self.tokens.text(first, last)


def compiled(source: str) -> "re.Pattern[str]":
    """Raises KeyError for a word that is no tag."""
    return re.compile(PART.sub(_part, source))


def _part(found: "re.Match[str]") -> str:
    group, name, named_tag, tag = found.groups()
    if named_tag:
        return f"(?P<{name}>{SIGN_OF[named_tag]})"
    if tag:
        return SIGN_OF[tag]
    if found.group().isspace():
        return ""
    return f"(?P<{group}>" if group else "(?:"


@dataclass(frozen=True)
class Found:
    """Where a pattern was found; `found["n"]` are the tokens of its part n."""

    line: Line
    match: "re.Match[str]"

    def __getitem__(self, part: str) -> tuple[Token, ...]:
        first, last = self.match.span(part)
        return self.line.tokens.tokens[first:last]

    def has(self, part: str) -> bool:
        """Whether the pattern has the part and it took a token."""
        return part in self.match.re.groupindex and self.match.start(part) < self.match.end(part)

    def value(self, part: str) -> int:
        """Of the first token of a part that is there."""
        return self[part][0].value

    def tag(self, part: str) -> str:
        return self[part][0].tag

    def values(self, part: str, *tags: str) -> tuple[int, ...]:
        """Of all tokens of a part that have one of the tags."""
        return tuple(token.value for token in self[part] if token.tag in tags)

    @property
    def text(self) -> str:
        return self.line.text(self.match.start(), self.match.end())


@dataclass(frozen=True)
class Rule(Generic[Built]):
    """A pattern and what is built of it. `build` answers None where the values do not fit: the rule was not meant."""

    pattern: "re.Pattern[str]"
    build: Callable[[Found], Built | None]


def rule(source: str, build: Callable[[Found], Built | None]) -> Rule[Built]:
    return Rule(compiled(source), build)


def longest(rules: "tuple[Rule[Built], ...]", line: Line, place: int) -> tuple[Built, int] | None:
    """What the rule builds that takes most tokens from the place on, and the place behind it; of equals the first."""
    best: tuple[Built, int] | None = None
    for one in rules:
        match = one.pattern.match(line.signs, place)
        if match is None or match.end() == place or (best is not None and match.end() <= best[1]):
            continue
        if (built := one.build(Found(line, match))) is not None:
            best = built, match.end()
    return best
