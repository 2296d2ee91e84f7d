"""What is planted for validation is exactly what is said, and scores of scores are right."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from msoko.core.analysis.validation.injecting import corrected, inflated, lifted, picked, without_weakest
from msoko.core.analysis.validation.scoring import auc, precision_at

TABLE = np.array([[1, 2, 3, 4, 5, 6, 7, 8], [8, 7, 6, 5, 4, 3, 2, 1]])
FIRST = np.array([True, False])


def lot(seed=1):
    return np.random.default_rng(seed)


def test_lifting_with_certainty_empties_the_scores_below_a_border():
    table = lifted(TABLE, [2, 5], FIRST, 2, 1.0, lot())
    assert table.tolist() == [[1, 0, 0, 9, 0, 0, 18, 8], TABLE[1].tolist()]


def test_lifting_moves_about_the_share_it_is_asked_for():
    table = lifted(np.array([[0, 10_000, 0]]), [1], np.array([True]), 1, 0.3, lot())
    assert table[0, 2] == pytest.approx(3000, abs=200)


def test_borders_side_by_side_lift_nobody_twice():
    table = lifted(TABLE, [2, 3], FIRST, 2, 1.0, lot())
    assert table.tolist()[0] == [1, 0, 0, 5, 9, 6, 7, 8]


@given(st.integers(1, 3), st.integers(0, 1000))
def test_lifting_loses_nobody(points, seed):
    table = lifted(TABLE, [1, 4], np.array([True, True]), points, 0.5, lot(seed))
    assert table.sum(axis=1).tolist() == TABLE.sum(axis=1).tolist()
    assert (table >= 0).all()


def test_inflation_moves_everybody_up_to_the_maximum():
    assert inflated(TABLE, FIRST, 2).tolist() == [[0, 0, 1, 2, 3, 4, 5, 21], TABLE[1].tolist()]


def test_the_weakest_leave_and_are_counted_as_absent():
    table, absent = without_weakest(TABLE, np.array([3, 4]), FIRST, 0.15)
    assert table.tolist() == [[0, 0, 1, 4, 5, 6, 7, 8], TABLE[1].tolist()]
    assert absent.tolist() == [3 + 5, 4]


def test_correction_touches_the_tasks_drawn_for_the_class_alone():
    items = np.zeros((40, 10), dtype=np.int64)
    of_class = np.repeat([0, 1], 20)
    table = corrected(items, np.arange(1, 11), of_class, FIRST, 0.4, 1.0, lot())
    touched = np.flatnonzero(table[0])
    assert len(touched) == 4
    assert (table[:20][:, touched] == touched + 1).all()
    assert table.sum() == table[:20][:, touched].sum()


def test_correction_with_chance_a_half_corrects_about_half():
    items = np.zeros((2000, 10), dtype=np.int64)
    table = corrected(items, np.ones(10, dtype=np.int64), np.zeros(2000, np.int64), np.array([True]), 0.4, 0.5, lot())
    assert table.sum() == pytest.approx(2000 * 4 / 2, rel=0.05)


def test_nothing_that_is_passed_in_is_changed():
    table, items = TABLE.copy(), np.zeros((4, 2), dtype=np.int64)
    lifted(table, [2], FIRST, 2, 1.0, lot())
    inflated(table, FIRST, 2)
    without_weakest(table, np.array([0, 0]), FIRST, 0.5)
    corrected(items, np.ones(2, dtype=np.int64), np.array([0, 0, 1, 1]), FIRST, 1.0, 1.0, lot())
    assert table.tolist() == TABLE.tolist()
    assert not items.any()


def test_who_is_picked_is_eligible_and_the_same_for_the_same_seed():
    eligible = np.arange(100) < 50
    one, same = picked(eligible, 0.1, lot(5)), picked(eligible, 0.1, lot(5))
    assert (one == same).all()
    assert one.sum() == 5
    assert not one[50:].any()


# ---- scores


def twin_auc(scores, planted):
    pairs = [
        (a > b) + 0.5 * (a == b)
        for a, is_planted in zip(scores, planted, strict=True)
        if is_planted
        for b, other in zip(scores, planted, strict=True)
        if not other
    ]
    return sum(pairs) / len(pairs)


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=2, max_size=30))
def test_the_area_is_the_share_of_pairs_in_the_right_order(drawn):
    scores, planted = np.array([float(one) for one, _ in drawn]), np.array([flag for _, flag in drawn])
    if planted.all() or not planted.any():
        with pytest.raises(ValueError, match="planted ones and others"):
            auc(scores, planted)
    else:
        assert auc(scores, planted) == pytest.approx(twin_auc(scores, planted))


def test_precision_looks_at_the_highest_part_rounded_up():
    scores = np.array([9.0, 8, 7, 6, 5, 4, 3, 2, 1, 0])
    planted = np.array([True, False, True] + [False] * 7)
    assert precision_at(scores, planted, 0.05) == 1.0
    assert precision_at(scores, planted, 0.15) == 0.5
    assert precision_at(scores, planted, 1.0) == 0.2


def test_a_score_that_is_no_number_is_refused():
    with pytest.raises(ValueError, match="not a number"):
        auc(np.array([1.0, np.nan]), np.array([True, False]))


@pytest.mark.parametrize("share", [0, 1.5])
def test_a_share_that_is_none_is_refused(share):
    with pytest.raises(ValueError, match="no"):
        precision_at(np.array([1.0]), np.array([True]), share)
