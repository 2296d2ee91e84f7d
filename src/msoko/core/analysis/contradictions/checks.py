"""A per cent against the count beside it."""

from dataclasses import dataclass
from fractions import Fraction

from msoko.core.analysis.contradictions.denominators import Pair, other_wholes, wholes_of
from msoko.core.analysis.contradictions.derived import Derived
from msoko.core.analysis.contradictions.numbers import Match, match
from msoko.core.analysis.contradictions.roles import COUNT_OF
from msoko.core.analysis.contradictions.tables import Record, Stated


@dataclass(frozen=True)
class Check:
    """A count, its per cent, and the whole of which the one is nearest to the other."""

    pair: Pair
    whole: Derived
    match: Match

    @property
    def exact(self) -> Fraction:
        return 100 * self.pair.count.exact / self.whole.value


def checked(record: Record, percent: Stated) -> Check | None:
    """The per cent against its count; None where the row states no such count or no whole."""
    count = COUNT_OF.get(percent.role)
    if count is None or record.count(count) is None:
        return None
    pair = Pair(record, record.said[count], percent)
    wholes = [*wholes_of(record, count), *other_wholes(record)]
    return min((Check(pair, whole, _match(pair, whole)) for whole in wholes), key=lambda one: one.match, default=None)


def _match(pair: Pair, whole: Derived) -> Match:
    return match(pair.percent.value, 100 * pair.count.exact / whole.value)
