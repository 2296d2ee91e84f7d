"""How organisations solved the tasks of one work beside what they are compared with: read from stored figures."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

ONLY_SHARES = "few"
"""`reliability` of a figure whose participants are so few that it tells shares and nothing more."""

Item = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Solved:
    """A task in per cent of its maximum with its interval, and the same task in the territory; None is not known."""

    facility: float | None
    low: float | None
    high: float | None
    territory: float | None

    @property
    def difference(self) -> float | None:
        """Percentage points."""
        if self.facility is None or self.territory is None:
            return None
        return self.facility - self.territory

    @property
    def is_surely_below(self) -> bool:
        """The whole interval is below the territory."""
        return self.high is not None and self.territory is not None and self.high < self.territory

    @property
    def is_surely_above(self) -> bool:
        return self.low is not None and self.territory is not None and self.low > self.territory

    @property
    def is_sure(self) -> bool:
        return self.is_surely_below or self.is_surely_above


NOT_SOLVED = Solved(None, None, None, None)


@dataclass(frozen=True)
class Line:
    """An organisation and its tasks by number. `is_few`: so few participants that only shares are told of them."""

    key: int
    name: str
    n: int
    is_few: bool
    tasks: Mapping[str, Solved]

    def task(self, number: str) -> Solved:
        return self.tasks.get(number, NOT_SOLVED)

    @cached_property
    def mean_difference(self) -> float | None:
        """Over the tasks that can be compared, percentage points; None where there are none."""
        known = [one.difference for one in self.tasks.values() if one.difference is not None]
        return sum(known) / len(known) if known else None


def line_of(
    key: int, name: str, statistic: Mapping[str, Any], territory: Mapping[str, float | None] | None = None
) -> Line:
    """`territory`: number of the task → per cent of what the organisation is compared with; without it the statistic
    itself has it task by task (items.figures)."""
    return Line(
        key=key,
        name=name,
        n=statistic["n"],
        is_few=statistic["reliability"] == ONLY_SHARES,
        tasks={item["number"]: _solved(item, territory) for item in statistic["items"]},
    )


def _solved(item: Item, territory: Mapping[str, float | None] | None) -> Solved:
    other = item["territory"] if territory is None else territory.get(item["number"])
    return Solved(item["facility"], item["low"], item["high"], other)


def furthest_behind_first(lines: Iterable[Line]) -> list[Line]:
    """Those that cannot be compared come last."""
    return sorted(lines, key=lambda one: (one.mean_difference is None, one.mean_difference or 0.0))


def weak_in(number: str, limit: float, lines: Sequence[Line]) -> list[tuple[Line, float]]:
    """Lines that solved the task below the limit, with their per cents, the lowest first."""
    solved = ((one, one.task(number).facility) for one in lines)
    weak = [(one, facility) for one, facility in solved if facility is not None and facility < limit]
    return sorted(weak, key=lambda pair: pair[1])
