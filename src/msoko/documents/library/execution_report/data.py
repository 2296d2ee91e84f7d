"""What the report is made from: counts of assignments by state and what people have written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Tally:
    """Numbers of assignments, each in exactly one part.

    Open is what still needs something of its executor: `overdue` past the due date, whether it was returned or never
    reported; with a date to come `returned` where a report came back, else `ahead`. Of what is not tracked and of what
    was cancelled nothing is owed.
    """

    accepted: int = 0
    reported: int = 0
    returned: int = 0
    overdue: int = 0
    ahead: int = 0
    untracked: int = 0
    cancelled: int = 0

    @property
    def total(self) -> int:
        """All that is owed."""
        return self.accepted + self.reported + self.returned + self.overdue + self.ahead


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
class Untracked:
    """One due date of an activity of which no report is asked for, and of how many assignments."""

    activity: str
    due: date
    count: int
    reason: str


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
    untracked: Sequence[Untracked] = ()
    moved: Sequence[Moved] = ()
    demonstration: bool = False
