"""Of how many a per cent may be: wholes that a row states, and a whole that a column of per cents betrays."""

from collections.abc import Sequence
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
MOST_PAIRS = 500  # every pair is tried against every other


@dataclass(frozen=True)
class Pair:
    """A count and its per cent in one row."""

    record: Record
    count: Stated
    percent: Stated


@dataclass(frozen=True)
class Common:
    """Every denominator from `low` to `high` explains `fitting` of the pairs by rounding, and no other explains more.

    `cut`: the denominators that explain most pairs where numbers may have been cut off instead of rounded.
    """

    low: int
    high: int
    fitting: int
    of: int
    cut: tuple[int, int]

    def match(self, pair: Pair) -> Match:
        """How the pair stands to the denominator that suits it best; OFF only if cutting off does not explain it."""
        if self._best(pair, self.low, self.high) is Match.EXACT:
            return Match.EXACT
        return max(Match.CUT, self._best(pair, *self.cut))

    def may_be(self, whole: int) -> bool:
        """Whether the per cents may be taken of this whole, rounded or cut off."""
        return self.low <= whole <= self.high or self.cut[0] <= whole <= self.cut[1]

    def _best(self, pair: Pair, low: int, high: int) -> Match:
        """The per cent falls as the denominator grows: the ends and the one nearest to the per cent suffice."""
        near = round(100 * pair.count.exact / pair.percent.exact) if pair.percent.value else high
        tried = {low, high, min(max(near, low), high)}
        return min(match(pair.percent.value, 100 * pair.count.exact / n) for n in tried)


def common_denominator(pairs: Sequence[Pair], parameters: Parameters) -> Common | None:
    """The one whole of which the per cents of a column are taken; None where too few rows agree on any."""
    pairs = pairs[:MOST_PAIRS]
    rounded = _best_covered(pairs, 1)
    if rounded is None:
        return None
    low, high = rounded
    fitting = [pair for pair in pairs if (bounds := _denominators_of(pair, 1)) and bounds[0] <= low <= bounds[1]]
    told_apart = len({pair.count.value for pair in fitting})
    is_enough = told_apart >= parameters.common_rows and len(fitting) >= parameters.common_share * len(pairs)
    if not is_enough or high > low * WIDEST:
        return None
    return Common(low, high, len(fitting), len(pairs), _best_covered(pairs, 2) or rounded)


def _best_covered(pairs: Sequence[Pair], halves: int) -> tuple[int, int] | None:
    """The denominators in the ranges of most pairs; of several stretches the lowest."""
    ranges = [bounds for pair in pairs if (bounds := _denominators_of(pair, halves))]
    if not ranges:
        return None
    covered = {low: sum(a <= low <= b for a, b in ranges) for low, _ in ranges}
    most = max(covered.values())
    low = min(edge for edge, count in covered.items() if count == most)
    return low, min(b for a, b in ranges if a <= low <= b)


def _denominators_of(pair: Pair, halves: int) -> tuple[int, int] | None:
    """The wholes of which the count makes the per cent to within so many half units; None where it is no evidence."""
    percent, slack = pair.percent.exact, pair.percent.half * halves
    if pair.count.value <= 0 or percent <= slack:
        return None
    low = ceil(100 * pair.count.exact / (percent + slack))
    high = floor(100 * pair.count.exact / (percent - slack))
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
