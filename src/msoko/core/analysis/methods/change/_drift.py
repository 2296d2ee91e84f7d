"""How schools change anyway: the lowest rise and the highest fall the next year, whatever anybody does."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
MAD_TO_SD = 1.4826
"""The median absolute deviation of normal numbers times this is their standard deviation."""


@dataclass(frozen=True)
class Drift:
    """`anyway`: the change that other schools with such a result the year before had on average, by school.

    `unusual`: how many usual fluctuations the school's change differs from that; a usual fluctuation takes in chance
    and how schools of the territory change. `place` is the school's part of the order of results the year before, 0 the
    lowest, 1 the highest. All NaN where fewer than the least number of schools are known.
    """

    anyway: Numbers
    unusual: Numbers
    place: Numbers


def drift(before: Numbers, now: Numbers, sampling: Numbers, least_schools: int) -> Drift:
    """By the line of `now` on `before`, both as differences from the region; `sampling` are variances by chance."""
    count = len(before)
    spread = before - before.mean()
    if count < least_schools or spread @ spread < 1e-9:
        unknown = np.full(count, np.nan)
        return Drift(unknown, unknown, unknown)
    slope = float(spread @ now / (spread @ spread))
    residual = now - now.mean() - slope * spread
    # The line of the others: a school that soars must not pull towards itself what it is held against.
    free = 1 - 1 / count - spread**2 / (spread @ spread)
    alone = free < 1e-9
    free = np.where(alone, np.nan, free)
    from_others = residual / free
    usual = np.sqrt((_between(residual, sampling) + sampling) / free)
    place = np.argsort(np.argsort(before, kind="stable"), kind="stable") / (count - 1)
    return Drift(now - from_others - before, from_others / usual, place)


def _between(residual: Numbers, sampling: Numbers) -> float:
    """What the spread of changes has over chance. By medians: one school that soars must not hide itself."""
    spread = MAD_TO_SD * float(np.median(np.abs(residual - np.median(residual))))
    return max(0.0, spread**2 - float(np.median(sampling)))
