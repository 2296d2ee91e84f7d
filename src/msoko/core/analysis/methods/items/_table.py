"""Sums of every item over many groups of one work, and each school beside the territory it belongs to.

The laws are those of core.monitoring.item_figures, over arrays: a region has hundreds of schools and a work dozens of
items. Tests hold the two together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from msoko.core.analysis.differences import Difference, from_whole, wilson_of_many
from msoko.core.analysis.panel import Group, NoReference, Panel, Procedure, School
from msoko.core.analysis.territories import territories_of
from msoko.core.definitions.kinds import WorkItem
from msoko.core.monitoring.item_figures import FEWEST_FOR_CORRELATION
from msoko.core.monitoring.tally import ItemTally
from msoko.core.vocabulary.shares import Z_95

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

TEST_SCORE = "результаты ЕГЭ взяты по тестовому баллу, а выполнение заданий по нему не считается"
NOBODY_GAVE = ItemTally(0, 0, 0, 0, 0)


@dataclass(frozen=True)
class Table:
    """`sums` int64 (groups, items, 5): the numbers of ItemTally. `scores` int64 (groups, 3): n, Σ score, Σ score².

    `items` describes the columns; a maximum that is not known is NaN in `maxima`, and so is all that needs it.
    """

    items: tuple[WorkItem, ...]
    sums: Whole
    scores: Whole

    @cached_property
    def maxima(self) -> Floats:
        return np.array([item.maximum or np.nan for item in self.items], np.float64)

    @cached_property
    def given(self) -> Whole:
        """How many had the item, attempted or not; (groups, items)."""
        return self.sums[..., 0] + self.sums[..., 1]

    @cached_property
    def earned(self) -> Floats:
        """Σ score in units of the item's maximum: between 0 and `given`; (groups, items)."""
        return self.sums[..., 2] / self.maxima

    @cached_property
    def facility(self) -> Floats:
        """Earned of possible, per cent; (groups, items). Divided once, so that sixty per cent are exactly 60."""
        return _divided(100 * self.sums[..., 2], self.given * self.maxima)

    @cached_property
    def omitted(self) -> Floats:
        """Not attempted, per cent of those who had the item; (groups, items)."""
        return _divided(100 * self.sums[..., 1], self.given)

    @cached_property
    def discrimination(self) -> Floats:
        """Correlation of the item with the rest of the work; (groups, items)."""
        n, total, squares = (self.scores[:, [place]] for place in range(3))
        own_total, own_squares, with_score = (self.sums[..., place] for place in (2, 3, 4))
        of_item = n * own_squares - own_total**2
        common = n * with_score - own_total * total
        of_rest = n * squares - total**2 + of_item - 2 * common
        sound = (self.given == n) & (n >= FEWEST_FOR_CORRELATION) & (of_item > 0) & (of_rest > 0)
        with np.errstate(invalid="ignore", divide="ignore"):
            found = (common - of_item) / (np.sqrt(of_item) * np.sqrt(of_rest))
        return np.where(sound, found, np.nan)

    def bounds(self, z: float = Z_95) -> tuple[Floats, Floats]:
        """The interval of the facility that is never too narrow, see ItemFigures.bounds; (groups, items) each."""
        return wilson_of_many(self.earned, self.given, z)

    def rows(self, chosen: Sequence[int]) -> "Table":
        return Table(self.items, self.sums[list(chosen)], self.scores[list(chosen)])


def _divided(above: Whole, below: Whole | Floats) -> Floats:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(above / below, np.float64)


def table_of(procedure: Procedure, groups: Sequence[Group]) -> Table:
    """The items of groups that all have a tally; an item that a group was not given has zeros there."""
    tallies = [group.tally for group in groups if group.tally is not None]
    known = {number for tally in tallies for number in tally.items} | set(range(1, len(procedure.items) + 1))
    numbers = sorted(known)
    sums = [[tally.items.get(number, NOBODY_GAVE) for number in numbers] for tally in tallies]
    scores = [(tally.participants, tally.total, tally.squares) for tally in tallies]
    return Table(
        items=tuple(described(procedure, number) for number in numbers),
        sums=np.array(sums, np.int64).reshape(len(tallies), len(numbers), len(NOBODY_GAVE)),
        scores=np.array(scores, np.int64).reshape(len(tallies), 3),
    )


def described(procedure: Procedure, number: int) -> WorkItem:
    """What is known of the item in that column of the protocol, counted from 1."""
    if number <= len(procedure.items):
        item = procedure.items[number - 1]
        return item if item.number else WorkItem(str(number), item.maximum, item.level)
    return WorkItem(str(number), None)


@dataclass(frozen=True)
class Territory:
    """What schools are compared with: the region where its items are known, else the school's municipality."""

    kind: str
    group: Group


def has_items(group: Group | NoReference | None) -> bool:
    return isinstance(group, Group) and group.tally is not None and bool(group.tally.items)


def territory_of(panel: Panel, procedure: Procedure, school: School) -> Territory | None:
    known = (Territory(kind, group) for kind, group in territories_of(panel, procedure, school) if has_items(group))
    return next(known, None)


@dataclass(frozen=True)
class Beside:
    """Schools of one work and the territory of each, row by row; `territories` has None where there is none.

    `whole` has the same shape as `own`; rows without a territory are empty there, and every difference is NaN.
    """

    procedure: Procedure
    schools: tuple[School, ...]
    groups: tuple[Group, ...]
    territories: tuple[Territory | None, ...]
    own: Table
    whole: Table

    @cached_property
    def territory_facility(self) -> Floats:
        return self.whole.facility

    def difference(self, z: float = Z_95) -> Difference:
        """The school's facility less its territory's; (schools, items)."""
        return from_whole(self.own.earned, self.own.given, self.whole.earned, self.whole.given, z)


def beside(panel: Panel, procedure: Procedure, chosen: Sequence[tuple[School, Group]]) -> Beside:
    """The chosen schools, which all have items, beside their territories."""
    schools, groups = tuple(school for school, _ in chosen), tuple(group for _, group in chosen)
    territories = tuple(territory_of(panel, procedure, school) for school in schools)
    wholes = {one.group.organisation: one.group for one in territories if one}
    # All in one table, so that an item that only some were given has its column everywhere.
    table = table_of(procedure, [*groups, *wholes.values()])
    place = {organisation: len(groups) + row for row, organisation in enumerate(wholes)}
    nothing = Table(
        table.items,
        np.concatenate([table.sums, np.zeros((1, *table.sums.shape[1:]), np.int64)]),
        np.concatenate([table.scores, np.zeros((1, 3), np.int64)]),
    )
    rows = [place[one.group.organisation] if one else len(table.scores) for one in territories]
    return Beside(procedure, schools, groups, territories, table.rows(range(len(groups))), nothing.rows(rows))
