"""Dots along a line, heaped so that none hides another."""

from collections import defaultdict
from collections.abc import Sequence

DOT = 11.0
"""Pixels between the middles of dots that stand beside or above each other."""


def steps(parts: Sequence[float], width: float) -> list[int]:
    """The step of the line on which each dot stands; `parts` of the line, 0–1, `width` in pixels."""
    count = max(1, round(width / DOT))
    return [round(part * count) for part in parts]


def storeys(parts: Sequence[float], width: float) -> list[int]:
    """In which row above (positive) or below the line each dot stands.

    Dots of one step are laid 0, 1, −1, 2, −2, … in the order given.
    """
    taken: dict[int, int] = defaultdict(int)
    found = []
    for step in steps(parts, width):
        order = taken[step]
        found.append((order + 1) // 2 * (1 if order % 2 else -1))
        taken[step] += 1
    return found
