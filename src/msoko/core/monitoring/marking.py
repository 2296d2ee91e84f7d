"""From scores to marks, and marks against the journal."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from msoko.core.definitions.kinds import Scale
from msoko.core.monitoring.tally import Cell, Tally
from msoko.core.vocabulary.shares import Share

MARKS = (2, 3, 4, 5)
SOU_WEIGHTS = {5: 100, 4: 64, 3: 36, 2: 16}
SOU_NOT_ASSESSED = 7
"""Weight of a pupil who was not assessed: 7 or 8 are in use, 7 more widely."""


class MarksFrom(StrEnum):
    SCALE = "scale"
    PRINTED = "printed"
    AGGREGATE = "aggregate"


@dataclass(frozen=True)
class Marking:
    """`marks`: participants by mark, every mark 2…5 present. `unmarked`: those whose score or print gives no mark.

    `pairs`: (mark, journal mark) → participants with both. `disagree`: those whose printed mark is not the scale's.
    """

    source: MarksFrom
    marks: dict[int, int]
    unmarked: int
    pairs: dict[tuple[int, int], int]
    disagree: int = 0

    @property
    def marked(self) -> int:
        return sum(self.marks.values())


@dataclass(frozen=True)
class JournalComparison:
    """Participants whose mark is below, equal to and above the journal mark.

    `matrix` holds all sixteen (mark, journal mark) → participants; None where only an aggregate table is known.
    """

    lowered: int
    confirmed: int
    raised: int
    matrix: dict[tuple[int, int], int] | None = None

    @property
    def n(self) -> int:
        """How many could be compared."""
        return self.lowered + self.confirmed + self.raised

    @property
    def shares(self) -> dict[str, Share]:
        return {name: Share(getattr(self, name), self.n) for name in ("lowered", "confirmed", "raised")}


def _mark_of(cell: Cell, scale: Scale | None) -> int | None:
    """By the scale; by the print where there is no scale, or where the scale asks for more than the total tells."""
    if scale is None or (scale.conditions and cell.printed_mark in MARKS):
        return cell.printed_mark
    return scale.mark(cell.score)


def mark_by(tally: Tally, scale: Scale | None) -> Marking | None:
    """The scale's marks; without a scale the printed ones; None where there is neither."""
    printed_somewhere = any(cell.printed_mark in MARKS for cell in tally.cells)
    if scale is None and not printed_somewhere:
        return None
    marks = dict.fromkeys(MARKS, 0)
    pairs: dict[tuple[int, int], int] = {}
    unmarked = disagree = 0
    for cell, n in tally.cells.items():
        mark = _mark_of(cell, scale)
        if mark not in MARKS:
            unmarked += n
            continue
        marks[mark] += n
        if cell.journal_mark in MARKS:
            pairs[mark, cell.journal_mark] = pairs.get((mark, cell.journal_mark), 0) + n
        if cell.printed_mark not in (None, mark):
            disagree += n
    return Marking(MarksFrom.SCALE if scale else MarksFrom.PRINTED, marks, unmarked, pairs, disagree)


def compare_with_journal(pairs: Mapping[tuple[int, int], int]) -> JournalComparison:
    """From (mark, journal mark) → participants."""
    return JournalComparison(
        lowered=sum(n for (mark, journal), n in pairs.items() if mark < journal),
        confirmed=sum(n for (mark, journal), n in pairs.items() if mark == journal),
        raised=sum(n for (mark, journal), n in pairs.items() if mark > journal),
        matrix={(mark, journal): pairs.get((mark, journal), 0) for mark in MARKS for journal in MARKS},
    )


def pass_rate(marks: Mapping[int, int]) -> Share:
    """Успеваемость: marks 3, 4 and 5 of all marks."""
    return Share(sum(marks[mark] for mark in (3, 4, 5)), sum(marks.values()))


def quality_rate(marks: Mapping[int, int]) -> Share:
    """Качество обученности: marks 4 and 5 of all marks."""
    return Share(marks[4] + marks[5], sum(marks.values()))


def mean_mark(marks: Mapping[int, int]) -> float:
    """Raises ZeroDivisionError where there are no marks."""
    return sum(mark * n for mark, n in marks.items()) / sum(marks.values())


def sou(marks: Mapping[int, int], not_assessed: int = 0, weight: int = SOU_NOT_ASSESSED) -> float:
    """СОУ, per cent: (100·n5 + 64·n4 + 36·n3 + 16·n2 + weight·not_assessed) / n. Raises ZeroDivisionError for n = 0."""
    points = sum(SOU_WEIGHTS[mark] * n for mark, n in marks.items()) + weight * not_assessed
    return points / (sum(marks.values()) + not_assessed)
