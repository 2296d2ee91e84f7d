"""Figures of test scores (ЕГЭ): below the minimum, high, and the highest possible."""

from dataclasses import dataclass, field

from msoko.core.monitoring.describing import NOBODY
from msoko.core.monitoring.tally import Tally
from msoko.core.vocabulary.shares import Share

NO_MINIMUM = "минимальный балл не указан"
HIGH_FROM = 81
"""Bound of a high score in one of the seeds; district summaries count 80–99: a parameter wherever it is used."""
PERFECT = 100
"""The highest test score of an examination, whatever the maximum of its work."""


@dataclass(frozen=True)
class ExamFigures:
    """Shares among the participants with a test score; None has its reason in `not_computed`."""

    below_minimum: Share | None
    high: Share | None
    perfect: Share | None
    not_computed: dict[str, str] = field(default_factory=dict)


def share_between(tally: Tally, low: int, high: int) -> Share:
    """Participants whose score is from `low` to `high`, both inclusive, of all participants of the tally."""
    return Share(sum(n for score, n in tally.histogram.items() if low <= score <= high), tally.participants)


def describe_exam(
    tally: Tally, minimum: int | None, high_from: int = HIGH_FROM, high_to: int = PERFECT, perfect: int = PERFECT
) -> ExamFigures:
    """Figures of a tally of the basis `test`. Below the minimum means strictly below it."""
    if tally.participants == 0:
        return ExamFigures(None, None, None, dict.fromkeys(("below_minimum", "high", "perfect"), NOBODY))
    return ExamFigures(
        below_minimum=None if minimum is None else share_between(tally, 0, minimum - 1),
        high=share_between(tally, high_from, high_to),
        perfect=share_between(tally, perfect, perfect),
        not_computed={"below_minimum": NO_MINIMUM} if minimum is None else {},
    )
