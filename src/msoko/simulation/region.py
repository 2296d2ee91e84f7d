"""The rest of the region: some 620 schools that never appear as pupils, only as sums of the same model.

Everyone's total and journal mark are independent given ability, so the joint table of a whole region is an integral
over ability and one multinomial draw; no pupil has to be made.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from msoko.simulation.difficulty import score_distribution, writers
from msoko.simulation.randomness import stream
from msoko.simulation.sittings import JOURNAL_ABILITY, JOURNAL_CUTS, JOURNAL_NOISE, SPREAD_OF_THE_DAY, District, Sitting
from msoko.simulation.works import Work

SCHOOLS_IN_REGION = 640
# Schools differ in leniency; for the region as a whole this is noise on top of the teacher's own.
SPREAD_OF_LENIENCY = 0.25
GRID = np.linspace(-4.5, 4.5, 91)


@dataclass(frozen=True, eq=False)
class Together:
    """Counts of one territory: ``table[score, journal]``; journal column 0 is «no mark», columns 1…4 are marks 2…5."""

    name: str
    table: NDArray[np.int64]

    @property
    def count(self) -> int:
        """How many wrote the work."""
        return int(self.table.sum())

    def by_score(self) -> NDArray[np.int64]:
        """Participants by total score 0…maximum."""
        return self.table.sum(axis=1)

    def by_mark(self, work: Work) -> NDArray[np.int64]:
        """Participants by mark 2…5; shape (4,)."""
        return np.array([self.by_score()[low:high].sum() for low, high in _bands(work)])

    def against_journal(self, work: Work) -> tuple[int, int, int]:
        """Lowered, confirmed, raised: the work's mark below, equal to, above the journal's, where there is one."""
        matrix = np.array([self.table[low:high, 1:].sum(axis=0) for low, high in _bands(work)])
        return int(np.triu(matrix, 1).sum()), int(np.trace(matrix)), int(np.tril(matrix, -1).sum())


def _bands(work: Work) -> list[tuple[int, int]]:
    return list(pairwise((0, *(border + 1 for border in work.borders), work.maximum + 1)))


def _journal_given_ability() -> NDArray[np.float64]:
    """P(no mark, 2, 3, 4, 5 | ability) on the grid; shape (len(GRID), 5)."""
    spread = (JOURNAL_NOISE**2 + SPREAD_OF_LENIENCY**2 + (JOURNAL_ABILITY * SPREAD_OF_THE_DAY) ** 2) ** 0.5
    normal = NormalDist(0, spread)
    below = np.array([[normal.cdf(cut - JOURNAL_ABILITY * ability) for cut in JOURNAL_CUTS] for ability in GRID])
    edges = np.hstack([np.zeros((len(GRID), 1)), below, np.ones((len(GRID), 1))])
    return np.hstack([np.full((len(GRID), 1), 0.01), 0.99 * np.diff(edges, axis=1)])


@cache
def expected_table(work: Work) -> NDArray[np.float64]:
    """P(total, journal mark) in the region; shape (maximum + 1, 5), sums to 1."""
    mean, spread = writers(work)
    weight = np.exp(-(((GRID - mean) / spread) ** 2) / 2)
    table = (score_distribution(work, GRID) * (weight / weight.sum())[:, None]).T @ _journal_given_ability()
    return table / table.sum()


def counted(sitting: Sitting) -> NDArray[np.int64]:
    """The same table counted from pupils."""
    table = np.zeros((sitting.work.maximum + 1, 5), dtype=np.int64)
    journal = np.where(sitting.journal > 0, sitting.journal - 1, 0)
    np.add.at(table, (sitting.total[sitting.present], journal[sitting.present]), 1)
    return table


def region_table(district: District, sitting: Sitting) -> NDArray[np.int64]:
    """The region with the district in it: everybody else is drawn at once."""
    here = counted(sitting)
    others = max(0, SCHOOLS_IN_REGION - len(district.schools))
    count = round(here.sum() * others / len(district.schools))
    lot = stream(district.seed, "region", sitting.work.code, sitting.year)
    drawn = lot.multinomial(count, expected_table(sitting.work).ravel())
    return here + drawn.reshape(here.shape)
