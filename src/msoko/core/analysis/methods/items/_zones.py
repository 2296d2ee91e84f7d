"""Zones of mastery of an item by its level, and how much a group of some size can tell."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from msoko.core.analysis.parameters import Parameters
from msoko.core.definitions.kinds import WorkItem

SUFFICIENT, BETWEEN, INSUFFICIENT = "sufficient", "between", "insufficient"
ZONE_IN_WORDS = {SUFFICIENT: "достаточно", BETWEEN: "зона между", INSUFFICIENT: "недостаточно"}
BASIC = "Б"
LEVELS_IN_WORDS = {BASIC: "базовый", "П": "повышенный", "В": "высокий"}

FEW, APPROXIMATE, INFORMATIVE = "few", "approximate", "informative"
"""How much n participants tell: shares only; approximately how they are distributed; how they are distributed."""


@dataclass(frozen=True)
class Zones:
    """Per cents from which an item of a level is mastered enough, and below which it is not."""

    basic_enough: float
    basic_not_enough: float
    higher_enough: float
    higher_not_enough: float

    @classmethod
    def of(cls, parameters: Parameters) -> "Zones":
        return cls(
            parameters["basic_sufficient"],
            parameters["basic_insufficient"],
            parameters["higher_sufficient"],
            parameters["higher_insufficient"],
        )

    def enough(self, item: WorkItem) -> float:
        """NaN for an item whose level nobody has described: it has no zone."""
        return self._by_level(item, self.basic_enough, self.higher_enough)

    def not_enough(self, item: WorkItem) -> float:
        return self._by_level(item, self.basic_not_enough, self.higher_not_enough)

    def _by_level(self, item: WorkItem, basic: float, higher: float) -> float:
        if item.level not in LEVELS_IN_WORDS:
            return float("nan")
        return basic if item.level == BASIC else higher

    def zones(self, items: Sequence[WorkItem], facility: NDArray[np.float64]) -> list[list[str | None]]:
        """(groups, items) of per cents → the zone of each, None where the level or the facility is not known."""
        enough = facility >= np.array([self.enough(item) for item in items])
        too_low = facility < np.array([self.not_enough(item) for item in items])
        has_zone = np.isfinite(facility) & np.array([item.level in LEVELS_IN_WORDS for item in items], bool)
        code = np.where(has_zone, np.where(enough, 1, np.where(too_low, 3, 2)), 0)
        names = (None, SUFFICIENT, BETWEEN, INSUFFICIENT)
        return [[names[number] for number in row] for row in code.tolist()]


def reliability(n: int, parameters: Parameters) -> str:
    """FEW, APPROXIMATE or INFORMATIVE."""
    if n < parameters["approximate_from"]:
        return FEW
    return APPROXIMATE if n < parameters["informative_from"] else INFORMATIVE
