"""What the document of a programme is made from: words as they were signed, nothing computed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Activity:
    number: str
    title: str
    deadline: str
    executors: str
    result: str
    indicator: str = ""


@dataclass(frozen=True)
class Section:
    """`title` is '' where the roadmap has no parts."""

    title: str
    activities: Sequence[Activity]


@dataclass(frozen=True)
class Roadmap:
    title: str
    sections: Sequence[Section]


@dataclass(frozen=True)
class IndicatorLine:
    """`targets`: year → value in words; a year without a value has ''."""

    name: str
    unit: str
    base: str
    targets: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ProgrammeData:
    """`passport`: (name of the field, its lines) in order. `tables`: (title, header, rows) of the passport's tables.

    `order_words` is '' for a draft, which the document says of itself. `swot`: (list, lines).
    """

    title: str
    organisation: str
    begins: date
    ends: date
    edition: int
    order_words: str
    is_draft: bool
    roadmaps: Sequence[Roadmap]
    today: date
    passport: Sequence[tuple[str, Sequence[str]]] = ()
    tables: Sequence[tuple[str, Sequence[str], Sequence[Sequence[str]]]] = ()
    indicators: Sequence[IndicatorLine] = ()
    swot: Sequence[tuple[str, Sequence[str]]] = ()
    principles: Sequence[str] = ()
    changes: Sequence[str] = ()
