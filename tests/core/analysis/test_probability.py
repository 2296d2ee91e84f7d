"""Small laws of probability against plain integration and against counting out every case."""

import itertools
from math import prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from msoko.core.analysis.methods.low_results._lowness import chance_of_list
from msoko.core.analysis.probability import JEFFREYS, at_least_so_many, probability_at_least

chances = st.floats(0, 1)


def integrated(k, n, share, a, b):
    """P(true share ≥ share) by summing the density over a fine grid, away from the ends where it may be infinite."""
    grid = (np.arange(400_000) + 0.5) / 400_000
    log_density = (a + k - 1) * np.log(grid) + (b + n - k - 1) * np.log(1 - grid)
    density = np.exp(log_density - log_density.max())
    return density[grid >= share].sum() / density.sum()


@given(n=st.integers(0, 60), part=st.floats(0, 1), share=st.floats(0.05, 0.95), weight=st.floats(1, 30))
def test_the_posterior_is_that_of_plain_integration(n, part, share, weight):
    k = round(n * part)
    a, b = 0.2 * weight + 0.5, 0.8 * weight + 0.5
    assert probability_at_least(k, n, share, a, b) == pytest.approx(integrated(k, n, share, a, b), abs=1e-4)


def test_jeffreys_prior_knows_nothing_of_either_side():
    assert probability_at_least(0, 0, 0.5) == pytest.approx(0.5)
    assert probability_at_least(5, 10, 0.5) == pytest.approx(0.5)
    assert probability_at_least(3, 10, 0.3) == pytest.approx(integrated(3, 10, 0.3, JEFFREYS, JEFFREYS), abs=1e-3)


def test_every_share_is_at_least_nothing_and_hardly_more_than_everything():
    assert probability_at_least(0, 10, 0.0) == 1
    assert probability_at_least(10, 10, 1.0) == 0


@given(n=st.integers(1, 80), share=st.floats(0.05, 0.95))
def test_the_more_fail_the_likelier_the_share_is_high(n, share):
    said = [probability_at_least(k, n, share) for k in range(n + 1)]
    assert said == sorted(said)


@pytest.mark.parametrize("case", [(-1, 10, 0.5, 0.5), (11, 10, 0.5, 0.5), (1, 10, 0, 0.5), (1, 10, 0.5, -1)])
def test_what_is_no_share_is_refused(case):
    k, n, a, b = case
    with pytest.raises(ValueError, match="is no share"):
        probability_at_least(k, n, 0.3, a, b)


@given(probabilities=st.lists(chances, max_size=7), least=st.integers(0, 8))
def test_at_least_so_many_is_the_sum_over_all_cases(probabilities, least):
    total = sum(
        prod(p if happened else 1 - p for p, happened in zip(probabilities, case, strict=True))
        for case in itertools.product((True, False), repeat=len(probabilities))
        if sum(case) >= least
    )
    assert at_least_so_many(probabilities, least) == pytest.approx(total, abs=1e-9)


@given(pairs=st.lists(st.tuples(chances, chances), max_size=4), least=st.integers(1, 4))
def test_the_chance_of_the_list_is_the_sum_over_all_cases(pairs, least):
    """Each work: low this year or not, low the year before or not."""
    total = 0.0
    flat = [p for pair in pairs for p in pair]
    for case in itertools.product((True, False), repeat=len(flat)):
        now, before = case[::2], case[1::2]
        if sum(now) >= least or any(a and b for a, b in zip(now, before, strict=True)):
            total += prod(p if happened else 1 - p for p, happened in zip(flat, case, strict=True))
    now, before = (np.array([pair[i] for pair in pairs]) for i in (0, 1))
    assert float(chance_of_list(now, before, least)) == pytest.approx(total, abs=1e-9)


@given(drawn=st.lists(st.tuples(chances, chances, chances), min_size=1, max_size=5), least=st.integers(1, 3))
def test_many_places_at_once_are_each_by_itself(drawn, least):
    now = np.array(drawn)
    together = chance_of_list(now, now[::-1], least)
    apart = [float(chance_of_list(now[:, i], now[::-1, i], least)) for i in range(3)]
    assert together == pytest.approx(apart)


def test_more_low_works_than_were_sat_are_asked_for_without_counting_up_to_them():
    now, before = np.array([0.4, 0.9, 0.2]), np.array([0.5, 0.1, 0.3])
    assert chance_of_list(now, before, 10**15) == chance_of_list(now, before, 4)
