"""Of how many a per cent may be: wholes that a row states, and a whole that a column of per cents betrays."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from msoko.core.analysis.contradictions.derived import Derived, stated_count, sum_of_marks, sum_of_outcomes
from msoko.core.analysis.contradictions.numbers import Match, match
from msoko.core.analysis.contradictions.parameters import Parameters
from msoko.core.analysis.contradictions.roles import MARK_COUNTS, OUTCOMES, Role
from msoko.core.analysis.contradictions.tables import Record, Stated

WIDEST = Fraction(11, 10)
"""Denominators that agree with a column lie within a tenth of each other; if more would do, the column tells none."""
LARGEST = 10**6


@dataclass(frozen=True)
class Pair:
    """A count and its per cent in one row."""

    record: Record
    count: Stated
    percent: Stated


@dataclass(frozen=True)
class Common:
    """Every denominator from `low` to `high` explains `fitting` of the pairs, and no other explains more."""

    low: int
    high: int
    fitting: int
    of: int

    def match(self, pair: Pair) -> Match:
        """How the pair stands to the denominator that suits it best."""
        share = 100 * pair.count.exact
        return min(match(pair.percent.value, share / n) for n in _tried(self.low, self.high, pair))


def _tried(low: int, high: int, pair: Pair) -> Iterable[int]:
    """The per cent falls as the denominator grows: the ends and the denominator nearest to the per cent suffice."""
    best = round(100 * pair.count.exact / pair.percent.exact) if pair.percent.value else high
    return {low, high, min(max(best, low), high)}


def common_denominator(pairs: Sequence[Pair], parameters: Parameters) -> Common | None:
    """The one whole of which the per cents of a column are taken; None where too few rows agree on any."""
    ranges = [bounds for pair in pairs if (bounds := _denominators_of(pair))]
    if len(ranges) < parameters.common_rows:
        return None
    edges = sorted({low for low, _ in ranges})
    covered = {low: sum(a <= low <= b for a, b in ranges) for low in edges}
    most = max(covered.values())
    low = next(edge for edge in edges if covered[edge] == most)
    high = min(b for a, b in ranges if a <= low <= b)
    is_enough = most >= parameters.common_rows and most >= parameters.common_share * len(pairs)
    if not is_enough or high > low * WIDEST:
        return None
    return Common(low, high, most, len(pairs))


def _denominators_of(pair: Pair) -> tuple[int, int] | None:
    """The wholes of which the count makes the per cent, to its rounding; None where it is no evidence."""
    percent, half = pair.percent.exact, pair.percent.half
    if pair.count.value <= 0 or percent <= half:
        return None
    low = ceil(100 * pair.count.exact / (percent + half))
    high = floor(100 * pair.count.exact / (percent - half))
    return (low, min(high, LARGEST)) if low <= high else None


def wholes_of(record: Record, role: Role) -> list[Derived]:
    """What a count of the role may be a part of: those who took part as stated, then as the parts add up."""
    found = [stated_count(record, Role.PARTICIPANTS)]
    if role in MARK_COUNTS or role in (Role.PASSED, Role.FAILED, Role.QUALITY):
        found.append(sum_of_marks(record))
    if role in OUTCOMES:
        found.append(sum_of_outcomes(record))
    if not any(found):
        found.append(sum_of_marks(record) or sum_of_outcomes(record))
    return [whole for whole in found if whole is not None and whole.value > 0]


def other_wholes(record: Record) -> list[Derived]:
    """Wholes that somebody may have meant instead: all on the list, all graduates."""
    found = [stated_count(record, role) for role in (Role.GRADUATES, Role.PUPILS)]
    return [whole for whole in found if whole is not None and whole.value > 0]
