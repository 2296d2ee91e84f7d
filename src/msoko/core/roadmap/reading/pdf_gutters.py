"""Tables ruled only between their rows: upright lines are put where no row has letters."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from msoko.core.roadmap.reading.pdf_ruling import Segment, level_lines, upright_lines
from msoko.core.roadmap.reading.pdf_signs import Box, Sign

LEAST_RULES = 4  # a header and two rows; fewer are lines below letterheads
LEAST_GUTTERS = 2  # three columns: a roadmap has them, a heading between two rules has not
NARROWEST = 6.0  # points of a gutter
MOST_RULES = 300  # on one page
ENDS = 4.0  # points by which rules of one table may differ

Band = tuple[float, float]  # top and bottom of a row


def uprights_between(strokes: Sequence[Box], signs: Sequence[Sign]) -> list[Box]:
    """Upright strokes for tables that have none; [] where there are no such tables."""
    uprights = upright_lines(strokes)
    found: list[Box] = []
    for left, right, rules in _stacks(level_lines(strokes)):
        is_ruled = any(left < place < right and start < rules[-1] and rules[0] < end for place, start, end in uprights)
        if not is_ruled:
            found += _uprights(left, right, list(pairwise(rules)), signs)
    return found


def _stacks(level: Sequence[Segment]) -> Iterator[tuple[float, float, list[float]]]:
    """(left, right, places from the top) of lines that begin and end alike."""
    alike = defaultdict(list)
    for place, start, end in level:
        alike[round(start / ENDS), round(end / ENDS)].append((place, start, end))
    for lines in alike.values():
        if LEAST_RULES <= len(lines) <= MOST_RULES:
            yield lines[0][1], lines[0][2], sorted(place for place, _, _ in lines)


def _uprights(left: float, right: float, bands: Sequence[Band], signs: Sequence[Sign]) -> list[Box]:
    taken = np.zeros((len(bands), max(1, int(right - left))), dtype=bool)
    for sign in signs:
        middle = (sign.box[1] + sign.box[3]) / 2
        row = next((number for number, (top, bottom) in enumerate(bands) if top <= middle < bottom), None)
        if row is not None and not sign.text.isspace() and left <= sign.box[0] < right:
            taken[row, max(0, int(sign.box[0] - left)) : int(sign.box[2] - left) + 1] = True
    in_columns = [row for row in taken if _has_gaps(row)]  # the others are merged across, or empty
    free = ~np.any(in_columns, axis=0) if len(in_columns) > 1 else np.zeros(taken.shape[1], dtype=bool)
    gutters = [
        (start, end) for start, end in _stretches(free) if start > 0 and end < len(free) and end - start >= NARROWEST
    ]
    if len(gutters) < LEAST_GUTTERS:
        return []
    sides = [(edge, bands[0][0], edge, bands[-1][1]) for edge in (left, right)]
    merged = {row for row in range(len(bands)) if any(taken[row, start:end].any() for start, end in gutters)}
    places = [left + (start + end) / 2 for start, end in gutters]
    return sides + [
        (place, top, place, bottom) for row, (top, bottom) in enumerate(bands) if row not in merged for place in places
    ]


def _has_gaps(row: np.ndarray) -> bool:
    return any(start > 0 and end < len(row) and end - start >= NARROWEST for start, end in _stretches(~row))


def _stretches(free: np.ndarray) -> list[tuple[int, int]]:
    """Where the row is true without a break: [start, end)."""
    turns = np.flatnonzero(np.diff(np.concatenate(([0], free.astype(np.int8), [0]))))
    return [(int(start), int(end)) for start, end in zip(turns[::2], turns[1::2], strict=True)]
