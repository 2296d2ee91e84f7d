"""The random-intercept model against a slow twin that writes the likelihood down with whole matrices."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from msoko.core.analysis.multilevel import Fit, random_intercept


def drawn(seed, groups=12, columns=2, between=0.3, within=0.1, most=4):
    """Parallels of random groups: y, variances by sampling, codes, x."""
    random = np.random.default_rng(seed)
    sizes = random.integers(1, most + 1, groups)
    group = np.repeat(np.arange(groups), sizes)
    x = np.column_stack([np.ones(groups), random.normal(size=(groups, columns - 1))])
    sampling = 0.8 / random.integers(5, 100, len(group))
    y = (x @ np.arange(1, columns + 1.0) + random.normal(0, between, groups))[group]
    return y + random.normal(0, np.sqrt(within**2 + sampling)), sampling, group, x


def deviance(variances, y, sampling, group, x):
    """−2·log of the restricted likelihood with the covariance matrix of all parallels, as textbooks write it."""
    between, within = variances
    rows = x[group]
    covariance = np.diag(sampling + within) + between * (group[:, None] == group[None, :])
    inverse = np.linalg.inv(covariance)
    information = rows.T @ inverse @ rows
    beta = np.linalg.solve(information, rows.T @ inverse @ y)
    residual = y - rows @ beta
    return np.linalg.slogdet(covariance)[1] + residual @ inverse @ residual + np.linalg.slogdet(information)[1]


def slowly(y, sampling, group, x):
    """The least deviance over a grid and from its best point downhill."""
    unit = np.var(y)
    grid = [(a * unit, b * unit) for a in (0, 0.1, 0.3, 0.6, 1) for b in (0, 0.05, 0.2, 0.5)]
    best = min(grid, key=lambda point: deviance(point, y, sampling, group, x))
    found = minimize(
        lambda roots: deviance(roots**2, y, sampling, group, x),
        np.sqrt(best) + 0.01,
        method="Nelder-Mead",
        options={"xatol": 1e-7, "fatol": 1e-10, "maxiter": 2000},
    )
    return found.x**2, found.fun


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_the_variances_are_those_of_the_greatest_likelihood(seed):
    data = drawn(seed)
    fit = random_intercept(*data)
    (between, within), least = slowly(*data)
    assert deviance((fit.between, fit.within), *data) == pytest.approx(least, abs=2e-5)
    assert (fit.between, fit.within) == pytest.approx((between, within), abs=5e-3)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_a_school_is_expected_to_do_what_the_others_say(seed):
    """Leaving a group out and fitting the others anew, with the variances kept, gives the same expectation."""
    y, sampling, group, x = drawn(seed)
    fit = random_intercept(y, sampling, group, x)
    for left_out in range(len(x)):
        kept = group != left_out
        rows = x[group[kept]]
        same = group[kept][:, None] == group[kept][None, :]
        inverse = np.linalg.inv(np.diag(sampling[kept] + fit.within) + fit.between * same)
        covariance = np.linalg.inv(rows.T @ inverse @ rows)
        beta = covariance @ rows.T @ inverse @ y[kept]
        assert fit.expected[left_out] == pytest.approx(x[left_out] @ beta)
        assert fit.expected_error[left_out] == pytest.approx(x[left_out] @ covariance @ x[left_out])


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_the_shrunken_effect_is_the_best_prediction(seed):
    """u = τ² Z'V⁻¹(y − Xβ), written with whole matrices; so is the variance of its error."""
    y, sampling, group, x = drawn(seed, between=0.5)
    fit = random_intercept(y, sampling, group, x)
    rows, belongs = x[group], (group[:, None] == np.arange(len(x))[None, :]).astype(float)
    inverse = np.linalg.inv(np.diag(sampling + fit.within) + fit.between * belongs @ belongs.T)
    of_beta = np.linalg.inv(rows.T @ inverse @ rows)
    projection = inverse - inverse @ rows @ of_beta @ rows.T @ inverse
    assert fit.shrunken == pytest.approx(fit.between * belongs.T @ projection @ y, abs=1e-9)
    error = fit.between * np.eye(len(x)) - fit.between**2 * belongs.T @ projection @ belongs
    assert fit.shrunken_error == pytest.approx(np.diag(error), abs=1e-9)


def test_parallels_of_one_each_leave_no_variance_within():
    y, sampling, group, x = drawn(3, most=1)
    assert random_intercept(y, sampling, group, x).within == 0


def test_schools_that_are_all_alike_have_no_effect():
    group, x = np.repeat(np.arange(6), 2), np.ones((6, 1))
    fit = random_intercept(np.full(12, 0.4), np.full(12, 0.01), group, x)
    assert (fit.between, fit.within) == pytest.approx((0, 0), abs=1e-6)
    assert fit.difference == pytest.approx(np.zeros(6), abs=1e-9)


def test_a_school_like_no_other_has_no_expectation():
    y, sampling, group, x = drawn(5)
    alone = np.column_stack([x, np.arange(len(x)) == 0])
    fit = random_intercept(y, sampling, group, alone)
    assert np.isnan(fit.expected[0])
    assert np.isfinite(fit.expected[1:]).all()


@pytest.mark.parametrize(
    ("groups", "columns", "why"), [(3, 2, "cannot bear"), (4, 3, "cannot bear")], ids=["three", "four"]
)
def test_too_few_schools_are_refused(groups, columns, why):
    with pytest.raises(ValueError, match=why):
        random_intercept(*drawn(1, groups, columns))


def test_columns_that_say_the_same_are_refused():
    y, sampling, group, x = drawn(1)
    with pytest.raises(ValueError, match="cannot bear"):
        random_intercept(y, sampling, group, np.column_stack([x, x[:, 1]]))


def test_a_result_without_error_of_sampling_is_refused():
    y, sampling, group, x = drawn(1)
    with pytest.raises(ValueError, match="positive"):
        random_intercept(y, sampling * 0, group, x)


def test_seven_hundred_schools_take_milliseconds():
    from time import perf_counter

    data = drawn(1, groups=700, columns=5, most=8)
    start = perf_counter()
    assert isinstance(random_intercept(*data), Fit)
    assert perf_counter() - start < 1
