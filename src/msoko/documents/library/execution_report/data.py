"""What the report is made from: counts of assignments by state and what people have written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

STATES = ("accepted", "reported", "in_progress", "returned", "planned", "postponed", "cancelled")


@dataclass(frozen=True)
class Tally:
    """Assignments by state; `overdue` of them are open past their due date, `ahead` are open with a date to come."""

    by_state: Mapping[str, int] = field(default_factory=dict)
    overdue: int = 0
    ahead: int = 0

    @property
    def total(self) -> int:
        """All that stand: a cancelled one is not owed."""
        return sum(n for state, n in self.by_state.items() if state != "cancelled")

    def of(self, state: str) -> int:
        return self.by_state.get(state, 0)


@dataclass(frozen=True)
class ActivityLine:
    """`reports`: (executor, what was done, evidence in words). `undated`: why there are no dates, or ''."""

    section: str
    number: str
    title: str
    deadline: str
    executors: str
    tally: Tally
    participants: int | None = None
    reports: Sequence[tuple[str, str, str]] = ()
    undated: str = ""


@dataclass(frozen=True)
class Late:
    """One due date of an activity that has passed, and who has not handed in."""

    executors: Sequence[str]
    activity: str
    due: date


@dataclass(frozen=True)
class Moved:
    """A due date that was moved, or an assignment that was cancelled (`due` None)."""

    executor: str
    activity: str
    was_due: date
    due: date | None
    allowed_by: str
    reason: str


@dataclass(frozen=True)
class ReportData:
    title: str
    organisation: str
    order_words: str
    begins: date
    ends: date
    today: date
    activities: Sequence[ActivityLine]
    executors: Sequence[tuple[str, Tally]]
    late: Sequence[Late] = ()
    moved: Sequence[Moved] = ()
    demonstration: bool = False
