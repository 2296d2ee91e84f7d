"""Which mark a participant is counted with."""

from msoko.core.definitions.kinds import Condition, Scale
from msoko.core.monitoring.marking import mark_by
from msoko.core.monitoring.tally import Cell, Tally

BOUNDS = (7, 14, 21, 31)
PLAIN = Scale("oge", 2025, "mathematics", 9, BOUNDS, "official", "приказ")
GEOMETRY = Condition("геометрия", ("15", "16"), 2, 3)
CONDITIONED = Scale("oge", 2025, "mathematics", 9, BOUNDS, "official", "приказ", conditions=(GEOMETRY,))


def marks(scale: Scale | None, *cells: Cell) -> dict[int, int] | None:
    marking = mark_by(Tally(cells=dict.fromkeys(cells, 1)), scale)
    return None if marking is None else {mark: n for mark, n in marking.marks.items() if n}


def test_the_scale_goes_before_the_printed_mark() -> None:
    assert marks(PLAIN, Cell(10, None, 2)) == {3: 1}


def test_a_scale_with_conditions_on_items_leaves_the_word_to_the_printed_mark() -> None:
    """Ten points without geometry are a «2», which the total alone cannot tell."""
    assert marks(CONDITIONED, Cell(10, None, 2)) == {2: 1}


def test_without_a_printed_mark_such_a_scale_goes_by_the_total() -> None:
    assert marks(CONDITIONED, Cell(10)) == {3: 1}


def test_without_a_scale_the_printed_mark_counts_and_with_neither_there_are_none() -> None:
    assert marks(None, Cell(10, None, 5)) == {5: 1}
    assert marks(None, Cell(10)) is None
