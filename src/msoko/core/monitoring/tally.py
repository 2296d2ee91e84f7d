"""Sufficient statistics of a group of participants: whole numbers that add up from class to country.

Everything that is shown at any level is computed from the sum of tallies, so a ratio is always a ratio of sums.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple, Self, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from msoko.core.facts.summary import Summary
from msoko.core.vocabulary.statuses import RowStatus, ScoreBasis

Key = TypeVar("Key", bound=Hashable)
Other = TypeVar("Other", bound=Hashable)
ClassKey = tuple[str, str]
"""(login, class_name)"""


class Cell(NamedTuple):
    """What a participant is counted by: the score and the marks that the file prints beside it (None = none)."""

    score: int
    journal_mark: int | None = None
    printed_mark: int | None = None


class ItemTally(NamedTuple):
    """Of one item: how many attempted it and did not, Σ score, Σ score², Σ score·total. Not attempted brings 0."""

    attempted: int
    not_attempted: int
    total: int
    squares: int
    with_score: int

    def plus(self, other: "ItemTally") -> "ItemTally":
        a, n, t, s, w = other
        return ItemTally(
            self.attempted + a, self.not_attempted + n, self.total + t, self.squares + s, self.with_score + w
        )


@dataclass(frozen=True)
class Tally:
    """`statuses`: rows by status. `cells`: participants of one score basis by score and marks. `items`: by item.

    A commutative monoid under `+` with `Tally()` as its zero; no count is ever 0, so equal tallies compare equal.
    """

    statuses: Mapping[str, int] = field(default_factory=dict)
    cells: Mapping[Cell, int] = field(default_factory=dict)
    items: Mapping[int, ItemTally] = field(default_factory=dict)

    def __add__(self, other: "Tally") -> "Tally":
        return add_up([self, other])

    @cached_property
    def histogram(self) -> dict[int, int]:
        """Score → participants, ascending."""
        return _counted(self.cells, lambda cell: cell.score)

    @cached_property
    def journal(self) -> dict[tuple[int, int], int]:
        """(score, journal mark) → participants, of those who have a journal mark."""
        with_mark = {cell: n for cell, n in self.cells.items() if cell.journal_mark is not None}
        return _counted(with_mark, lambda cell: (cell.score, cell.journal_mark))

    @cached_property
    def participants(self) -> int:
        """Those in the population of the score; absent ones are never among them."""
        return sum(self.cells.values())

    @cached_property
    def total(self) -> int:
        return sum(score * n for score, n in self.histogram.items())

    @cached_property
    def squares(self) -> int:
        return sum(score * score * n for score, n in self.histogram.items())

    @property
    def absent(self) -> int:
        return self.statuses.get(RowStatus.ABSENT, 0)

    def as_plain(self) -> dict[str, Any]:
        """Lists and numbers only, for JSON; `from_plain` brings it back."""
        return {
            "statuses": dict(self.statuses),
            "cells": [[*cell, n] for cell, n in self.cells.items()],
            "items": [[number, *item] for number, item in self.items.items()],
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Self:
        return cls(
            statuses=dict(plain["statuses"]),
            cells={Cell(*cell): n for *cell, n in plain["cells"]},
            items={number: ItemTally(*item) for number, *item in plain["items"]},
        )


def _counted(cells: Mapping[Cell, int], key_of: Callable[[Cell], Any]) -> dict[Any, int]:
    counted: dict[Any, int] = {}
    for cell, n in cells.items():
        counted[key_of(cell)] = counted.get(key_of(cell), 0) + n
    return dict(sorted(counted.items()))


def add_up(tallies: Iterable[Tally]) -> Tally:
    """The sum of many at once; adding them one by one would copy the growing sum every time."""
    members = list(tallies)
    if len(members) == 1:
        return members[0]
    statuses: dict[str, int] = {}
    cells: dict[Cell, int] = {}
    items: dict[int, ItemTally] = {}
    for tally in members:
        for status, n in tally.statuses.items():
            statuses[status] = statuses.get(status, 0) + n
        for cell, n in tally.cells.items():
            cells[cell] = cells.get(cell, 0) + n
        for number, item in tally.items.items():
            known = items.get(number)
            items[number] = known.plus(item) if known else item
    return Tally(statuses, cells, items)


def tallies(summary: Summary, basis: ScoreBasis | str) -> dict[ClassKey, Tally]:
    """Every class of a batch by (login, class_name), those where everybody was absent included."""
    found: dict[ClassKey, Tally] = {}
    alike: dict[Cell, Cell] = {}  # one object for equal cells: thousands of classes share a few dozen
    for login, class_name, status, n in _rows(summary.counts):
        _of(found, login, class_name).statuses[status] = n  # type: ignore[index]
    for login, class_name, _, *marks, n in _rows(_only(summary.scores, basis)):
        cell = Cell._make(marks)
        _of(found, login, class_name).cells[alike.setdefault(cell, cell)] = n  # type: ignore[index]
    for login, class_name, _, number, *sums in _rows(_only(summary.items, basis)):
        _of(found, login, class_name).items[number] = ItemTally._make(sums)  # type: ignore[index]
    return found


def _of(found: dict[ClassKey, Tally], login: str, class_name: str) -> Tally:
    known = found.get((login, class_name))
    if known is None:
        known = found[login, class_name] = Tally({}, {}, {})
    return known


def _rows(table: pa.Table) -> Iterable[tuple[Any, ...]]:
    return zip(*(_values(column) for column in table.columns), strict=True)


def _values(column: pa.ChunkedArray) -> list[Any]:
    """NumPy makes Python integers several times faster than Arrow does, but knows no nulls."""
    plain = pa.types.is_integer(column.type) and not column.null_count
    return column.to_numpy().tolist() if plain else column.to_pylist()


def _only(table: pa.Table, basis: ScoreBasis | str) -> pa.Table:
    return table.filter(pc.equal(table["basis"], str(basis)))


def roll_up(parts: Mapping[Key, Tally], key_of: Callable[[Key], Other | None]) -> dict[Other, Tally]:
    """Adds up what has the same key one level higher; a part whose key is None belongs nowhere there and is left out.

    Roll up level by level (classes → schools → municipalities): each step then adds only what the last one left.
    """
    groups: dict[Other, list[Tally]] = {}
    for key, tally in parts.items():
        higher = key_of(key)
        if higher is not None:
            groups.setdefault(higher, []).append(tally)
    return {higher: add_up(members) for higher, members in groups.items()}


def latest_speaks(batches: Iterable[Mapping[tuple[Key, str], Tally]]) -> dict[tuple[Key, str], Tally]:
    """What counts of several batches, the one accepted last given first: (school, class) → tally.

    A batch is silent about a school of whose classes a later one speaks, so that a class which the newer file no
    longer has does not linger. Batches of different classes stand beside one another: a school may send a file a class.
    """
    spoken: dict[tuple[Key, str], Tally] = {}
    said: dict[Key, set[str]] = {}
    for batch in batches:
        classes: dict[Key, set[str]] = {}
        for school, name in batch:
            classes.setdefault(school, set()).add(name)
        heard = {school for school, names in classes.items() if are_different_classes(names, said.get(school, set()))}
        spoken |= {place: tally for place, tally in batch.items() if place[0] in heard}
        for school in heard:
            said.setdefault(school, set()).update(classes[school])
    return spoken


def are_different_classes(names: set[str], others: set[str]) -> bool:
    """Can rows of these classes of a school stand beside those? A file without class labels is of the whole school."""
    return not names or not others or not ("" in names | others or names & others)
