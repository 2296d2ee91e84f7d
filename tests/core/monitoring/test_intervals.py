from statistics import pvariance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msoko.core.monitoring.intervals import MANY, mean_interval, student_95
from msoko.core.monitoring.item_figures import ItemFigures
from msoko.core.vocabulary.shares import Z_95, Share, wilson


@pytest.mark.parametrize(
    ("freedom", "tabulated"),
    [(1, 12.7062), (2, 4.3027), (3, 3.1824), (4, 2.7764), (9, 2.2622), (10, 2.2281), (30, 2.0423), (120, 1.9799)],
)
def test_quantiles_are_those_of_the_printed_tables(freedom, tabulated):
    assert student_95(freedom) == pytest.approx(tabulated, abs=5e-5)


def test_the_expansion_takes_over_without_a_step():
    before, at, after = (student_95(freedom) for freedom in (MANY - 1, MANY, MANY + 1))
    assert before > at > after
    assert before - at == pytest.approx(at - after, rel=0.02)


def test_with_many_participants_the_quantile_is_the_normal_one():
    assert student_95(10_000_000) == pytest.approx(1.959964, abs=1e-6)


def test_no_freedom_has_no_quantile():
    with pytest.raises(ValueError, match="at least one"):
        student_95(0)


def test_an_interval_is_cut_where_no_mean_can_lie():
    assert mean_interval(19.0, 3.0, 3, possible=20)[1] == 20.0
    assert mean_interval(1.0, 3.0, 3) == pytest.approx((0.0, 8.4524), abs=1e-4)


@given(st.integers(1, 5).flatmap(lambda most: st.tuples(st.just(most), st.lists(st.integers(0, most), min_size=2))))
def test_an_item_has_bounds_around_its_facility_and_of_one_point_those_of_a_share(item):
    most, scores = item
    n, facility = len(scores), 100 * sum(scores) / len(scores) / most
    low, high = ItemFigures(1, n, most, sum(scores) / n, facility, Share(0, n), None, {}).bounds
    assert low - 1e-9 <= facility <= high + 1e-9
    if most == 1:
        assert (low, high) == pytest.approx(wilson(sum(scores), n))
    # Never narrower than the plain interval drawn to one half as Wilson's is.
    plain = 100 * Z_95 * (pvariance(scores) / n) ** 0.5 / most
    assert high - low >= 2 * plain * n / (n + Z_95**2) - 1e-6
