import pytest

from msoko.core.monitoring.exam_scores import describe_exam, share_between
from msoko.core.monitoring.tally import Cell, Tally

FIVE = Tally(cells={Cell(35): 1, Cell(36): 1, Cell(80): 1, Cell(99): 1, Cell(100): 1})


def test_the_minimum_itself_is_passed():
    assert describe_exam(FIVE, minimum=36).below_minimum.k == 1


@pytest.mark.parametrize(("low", "high", "k"), [(81, 100, 2), (80, 99, 2), (100, 100, 1), (0, 100, 5)])
def test_bounds_of_high_scores_are_parameters(low, high, k):
    assert (share_between(FIVE, low, high).k, describe_exam(FIVE, 36, low, high).high.k) == (k, k)


def test_without_a_minimum_nobody_is_below_it_and_the_reason_is_said():
    figures = describe_exam(FIVE, minimum=None)
    assert (figures.below_minimum, figures.not_computed) == (None, {"below_minimum": "минимальный балл не указан"})


def test_nobody_has_no_shares():
    figures = describe_exam(Tally({"absent": 1}), minimum=36)
    assert (figures.high, set(figures.not_computed)) == (None, {"below_minimum", "high", "perfect"})
