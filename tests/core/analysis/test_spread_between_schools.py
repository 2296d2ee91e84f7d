"""The spread between honest schools: the yardstick of the signals."""

import random
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from msoko.core.analysis.methods.objectivity._spread import Yardstick, between_variance, chance_of_more


def twin(estimates, variances):
    """Winsorised z-scores one by one, then the estimator of moments."""
    z = sorted(one / variance**0.5 for one, variance in zip(estimates, variances, strict=True))

    def quantile(share):
        place = share * (len(z) - 1)
        low = int(place)
        return z[low] + (place - low) * (z[min(low + 1, len(z) - 1)] - z[low])

    edge = NormalDist().inv_cdf(0.9)
    left = 0.8 - 2 * edge * NormalDist().pdf(edge) + 0.2 * edge**2
    dispersion = sum(min(max(one, quantile(0.1)), quantile(0.9)) ** 2 for one in z) / len(z) / left
    weights = [1 / variance for variance in variances]
    freedom = sum(weights) - sum(weight**2 for weight in weights) / sum(weights)
    return max(0.0, len(z) * (dispersion - 1) / freedom)


pairs = st.lists(st.tuples(st.floats(-3, 3), st.floats(0.01, 4)), min_size=2, max_size=40)


@given(pairs)
def test_the_spread_is_what_the_formula_gives_one_by_one(drawn):
    estimates, variances = (list(part) for part in zip(*drawn, strict=True))
    assert between_variance(np.array(estimates), np.array(variances)) == pytest.approx(
        twin(estimates, variances), rel=1e-6, abs=1e-9
    )


@pytest.mark.parametrize(("least", "largest", "exact_to"), [(0.04, 0.04, 0.05), (0.01, 0.2, 0.12)])
def test_the_true_spread_is_found_again(least, largest, exact_to):
    """With unequal schools a little less is found: the most exact of them are cut as if they were strangers."""
    lot = np.random.default_rng(1)
    variances = lot.uniform(least, largest, 5000)
    estimates = lot.normal(0, np.sqrt(variances + 0.3**2))
    assert between_variance(estimates, variances) ** 0.5 == pytest.approx(0.3, rel=exact_to)


def test_a_tenth_of_cheats_widens_it_little():
    lot = np.random.default_rng(2)
    variances = np.full(2000, 0.04)
    estimates = lot.normal(0, 0.2, 2000)
    estimates[:100] += 5
    assert between_variance(estimates, variances) < 0.15**2


def test_schools_that_differ_by_chance_alone_have_no_spread():
    lot = np.random.default_rng(3)
    assert between_variance(lot.normal(0, 0.2, 2000), np.full(2000, 0.04)) < 0.05**2


@pytest.mark.parametrize("count", [0, 1])
def test_one_school_shows_no_spread(count):
    assert between_variance(np.ones(count), np.ones(count)) == 0


def test_few_schools_take_the_usual_spread():
    lot = random.Random(4)
    estimates = np.array([lot.gauss(0, 1) for _ in range(29)])
    yardstick = Yardstick(usual=0.1, enough=30)
    assert yardstick.variance(estimates, np.full(29, 0.01)) == pytest.approx(0.01)
    assert yardstick.variance(np.append(estimates, 0.0), np.full(30, 0.01)) > 0.1


def test_a_chance_is_never_nought():
    assert chance_of_more(np.array([0.0, 1.6448536269514722, 99.0])).tolist() == pytest.approx([0.5, 0.05, 1e-300])
