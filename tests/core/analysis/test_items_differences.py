"""The difference of a part from its whole, against its law written out for single numbers."""

from math import isclose, isnan, nan, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from msoko.core.analysis.differences import from_whole, wilson_of_many
from msoko.core.vocabulary.shares import Z_95, wilson

shares = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(st.lists(shares, min_size=1, max_size=8), st.floats(0.5, 5))
def test_bounds_of_many_are_the_bounds_of_each(pairs, z):
    low, high = wilson_of_many([k for k, _ in pairs], [n for _, n in pairs], z)
    for place, (k, n) in enumerate(pairs):
        assert (low[place], high[place]) == pytest.approx(wilson(k, n, z), abs=1e-9)


def test_a_share_of_nobody_has_no_bounds():
    low, high = wilson_of_many([0, 0], [0, 4])
    assert (isnan(low[0]), isnan(high[0]), low[1]) == (True, True, 0.0)


@given(shares, shares, st.floats(0.5, 4))
def test_a_part_is_compared_with_the_others_and_the_difference_weighted(part, others, z):
    (k, n), (k2, n2) = part, others
    found = from_whole(k, n, k + k2, n + n2, z)
    p, p2 = 100 * k / n, 100 * k2 / n2
    (low, high), (low2, high2) = wilson(k, n, z), wilson(k2, n2, z)
    weight = n2 / (n + n2)
    assert isclose(found.points, 100 * k / n - 100 * (k + k2) / (n + n2), abs_tol=1e-9)
    assert isclose(found.low, weight * (p - p2 - sqrt((p - low) ** 2 + (high2 - p2) ** 2)), abs_tol=1e-9)
    assert isclose(found.high, weight * (p - p2 + sqrt((high - p) ** 2 + (p2 - low2) ** 2)), abs_tol=1e-9)


@given(shares, shares, st.floats(1.0, 3.0))
def test_asking_for_more_certainty_only_widens(part, others, z):
    (k, n), (k2, n2) = part, others
    narrow, wide = (from_whole(k, n, k + k2, n + n2, each) for each in (z, z + 0.5))
    assert wide.low <= narrow.low <= narrow.points <= narrow.high <= wide.high


@pytest.mark.parametrize(
    ("k", "n", "whole_k", "whole_n"),
    [
        (3, 10, 3, 10),  # the part is all there is
        (0, 0, 5, 10),  # nobody
        (7, 10, 5, 20),  # more earned than in the whole
        (3, 10, 14, 20),  # the others would have earned more than possible
        (nan, 10, 5, 20),
    ],
)
def test_what_cannot_be_a_part_of_its_whole_has_no_difference(k, n, whole_k, whole_n):
    found = from_whole(k, n, whole_k, whole_n)
    assert np.isnan([found.points, found.low, found.high]).all()


def test_the_interval_covers_the_truth_as_often_as_it_says():
    """A part of 25 of a whole of 500 with the same true share: the interval misses zero in at most 5 of 100 cases."""
    drawn = np.random.default_rng(7)
    misses = {}
    for share in (0.1, 0.5, 0.85):
        k, others = drawn.binomial(25, share, 20_000), drawn.binomial(475, share, 20_000)
        found = from_whole(k, 25, k + others, 500)
        misses[share] = float(np.mean((found.low > 0) | (found.high < 0)))
    assert all(0.02 < missed < 0.06 for missed in misses.values()), misses
    assert pytest.approx(1.96, abs=1e-3) == Z_95
