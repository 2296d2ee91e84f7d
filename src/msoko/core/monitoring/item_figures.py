"""Figures of the items of a work, from integer sums."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

from msoko.core.monitoring.tally import ItemTally, Tally
from msoko.core.vocabulary.shares import Share, wilson

FEWEST_FOR_CORRELATION = 3
"""Two points always lie on a line: their correlation says nothing."""

NOBODY = "нет участников"
NO_MAXIMUM = "максимальный балл за задание не указан"
TOO_FEW = "нужно не менее трёх участников"
NOT_EVERYBODY = "задание было не у всех участников"
ALL_ALIKE = "все получили за задание одинаковый балл"
REST_ALIKE = "за остальные задания все получили одинаково"
NO_ITEMS = "баллы за задания не загружены"
ONE_ITEM = "задание одно"
TOTALS_ALIKE = "у всех одинаковый первичный балл"
NOT_THE_SUM = "итог не равен сумме баллов за задания"


class ItemFigures(NamedTuple):
    """`facility`: earned of possible, per cent. `discrimination`: correlation of the item with the rest of the work.

    `mean` is the mean score, not attempted counted as 0. What is None has its reason in `not_computed`.
    """

    number: int
    n: int
    maximum: int | None
    mean: float | None
    facility: float | None
    not_attempted: Share
    discrimination: float | None
    not_computed: dict[str, str]

    @property
    def bounds(self) -> tuple[float, float] | None:
        """A 95 % interval of the facility, in per cent, that is never too narrow.

        Of all scores with one mean those at the two ends vary most, so the interval of a share holds for any maximum.
        """
        if self.facility is None or not self.n:
            return None
        earned = self.facility / 100 * self.n
        return wilson(min(earned, self.n), self.n)


def describe_items(tally: Tally, maxima: Mapping[int, int | None]) -> tuple[ItemFigures, ...]:
    """One entry an item, by number. `maxima`: item number → maximum, None or absent where unknown."""
    sums = _Sums(tally.participants, tally.total, tally.squares)
    return tuple(_item(number, item, maxima.get(number), sums) for number, item in sorted(tally.items.items()))


def alpha(tally: Tally) -> float | str:
    """Cronbach's alpha, or the reason why there is none: k/(k−1) · (1 − Σ item variances / variance of totals)."""
    sums = _Sums(tally.participants, tally.total, tally.squares)
    reason = _why_no_alpha(tally, sums)
    if reason:
        return reason
    spreads = sum(sums.n * item.squares - item.total**2 for item in tally.items.values())
    k = len(tally.items)
    return k / (k - 1) * (1 - spreads / sums.spread)


@dataclass(frozen=True)
class _Sums:
    """n, Σ total and Σ total² of the participants."""

    n: int
    total: int
    squares: int

    @property
    def spread(self) -> int:
        """n² × variance, whole: it is exactly 0 where all totals are alike."""
        return self.n * self.squares - self.total**2


def _why_no_alpha(tally: Tally, sums: _Sums) -> str:
    items = tally.items.values()
    if not items:
        return NO_ITEMS
    if len(items) < 2:
        return ONE_ITEM
    if any(item.attempted + item.not_attempted != sums.n for item in items):
        return NOT_EVERYBODY
    if sums.n < FEWEST_FOR_CORRELATION:
        return TOO_FEW
    if sum(item.total for item in items) != sums.total or sum(item.with_score for item in items) != sums.squares:
        return NOT_THE_SUM
    return "" if sums.spread else TOTALS_ALIKE


def _item(number: int, item: ItemTally, maximum: int | None, sums: _Sums) -> ItemFigures:
    n = item.attempted + item.not_attempted
    discrimination, reason = _discrimination(item, sums)
    not_computed = {"discrimination": reason} if reason else {}
    if not n:
        not_computed |= {"mean": NOBODY, "facility": NOBODY}
    elif not maximum:
        not_computed["facility"] = NO_MAXIMUM
    return ItemFigures(
        number=number,
        n=n,
        maximum=maximum,
        mean=item.total / n if n else None,
        facility=100 * item.total / (n * maximum) if n and maximum else None,
        not_attempted=Share(item.not_attempted, n),
        discrimination=discrimination,
        not_computed=not_computed,
    )


def _discrimination(item: ItemTally, sums: _Sums) -> tuple[float | None, str]:
    """Corrected item–total correlation: against the total without the item, which would correlate with itself."""
    n = sums.n
    if item.attempted + item.not_attempted != n:
        return None, NOT_EVERYBODY
    if n < FEWEST_FOR_CORRELATION:
        return None, TOO_FEW
    of_item = n * item.squares - item.total**2
    common = n * item.with_score - item.total * sums.total
    of_rest = sums.spread + of_item - 2 * common
    if of_item == 0 or of_rest == 0:
        return None, ALL_ALIKE if of_item == 0 else REST_ALIKE
    return (common - of_item) / (sqrt(of_item) * sqrt(of_rest)), ""
