"""Schools and their parallels: a random-intercept model whose errors of sampling are known.

y of one parallel = x·β of its school + u of the school + e,  u ~ N(0, τ²),  e ~ N(0, σ² + v),
where v is the known variance by sampling. Written by the schools' precision-weighted means the restricted likelihood
(Patterson and Thompson, Biometrika 58 (1971), 545–554) has two unknown variances and no matrix larger than x has
columns, so seven hundred schools take milliseconds.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Fit:
    """`between` is τ², `within` σ²; arrays are by group, in the order of the codes.

    `actual` is the group's weighted mean, `error` its variance. `expected` is what the other groups lead one to expect
    of it (a group does not explain itself), `expected_error` its variance. `leverage` is the group's own weight in
    the fit, 0–1; `coefficients` and their `covariance` are of all groups together.
    """

    between: float
    within: float
    coefficients: Numbers
    covariance: Numbers
    actual: Numbers
    error: Numbers
    expected: Numbers
    expected_error: Numbers
    leverage: Numbers

    @property
    def difference(self) -> Numbers:
        return self.actual - self.expected

    @property
    def difference_error(self) -> Numbers:
        """Variance of the difference as an estimate of the group's own u."""
        return self.error + self.expected_error

    @property
    def shrunken(self) -> Numbers:
        """The best linear unbiased prediction of u."""
        return self.difference * self.between / (self.between + self.difference_error)

    @property
    def shrunken_error(self) -> Numbers:
        return self.between * self.difference_error / (self.between + self.difference_error)


@dataclass(frozen=True)
class _Means:
    """Groups at one value of σ²: their means, the variances of these, and what of −2·log likelihood is within them."""

    mean: Numbers
    error: Numbers
    inside: float


def random_intercept(y: Numbers, sampling: Numbers, group: NDArray[np.int64], x: Numbers) -> Fit:
    """Fits the model by restricted maximum likelihood.

    `y`, `sampling` (variances, all above 0) and `group` (codes 0…J−1, none left out) are by parallel, `x` of shape
    (J, p) is by group and has the column of the intercept in it. Where no group has two parallels σ² cannot be told
    from τ² and is taken as 0. Raises ValueError where J ≤ p + 1, x has not full rank, or a variance is not positive.
    """
    count, columns = x.shape
    if count <= columns + 1 or np.linalg.matrix_rank(x) < columns:
        raise ValueError(f"{count} groups cannot bear {columns} coefficients")
    if not np.all(sampling > 0):
        raise ValueError("every variance by sampling must be positive")
    unit = float(np.var(y)) or 1.0
    several = np.bincount(group, minlength=count).max() > 1

    def deviance(variances: Numbers) -> float:
        between, within = variances * unit
        return _deviance(_means(y, sampling, group, count, within), x, between)

    bounds = [(0, None), (0, None if several else 0)]
    starts = [np.array([share, (1 - share) * several]) for share in (0.2, 0.8)]
    tries = [minimize(deviance, start, method="L-BFGS-B", bounds=bounds, options=PRECISE) for start in starts]
    between, within = np.round(min(tries, key=lambda one: one.fun).x, DIGITS) * unit
    return _fit(_means(y, sampling, group, count, within), x, float(between), float(within))


PRECISE = {"ftol": 1e-13, "gtol": 1e-8}
DIGITS = 5
"""Of the variance of all results: the likelihood is flat at its top, and the sixth digit would differ by machine."""


def _means(y: Numbers, sampling: Numbers, group: NDArray[np.int64], count: int, within: float) -> _Means:
    variance = sampling + within
    weight = np.bincount(group, 1 / variance, minlength=count)
    mean = np.bincount(group, y / variance, minlength=count) / weight
    inside = np.log(variance).sum() + np.log(weight).sum() + ((y - mean[group]) ** 2 / variance).sum()
    return _Means(mean, 1 / weight, float(inside))


def _deviance(means: _Means, x: Numbers, between: float) -> float:
    """−2·log of the restricted likelihood, up to a constant."""
    variance = between + means.error
    information = (x.T / variance) @ x
    residual = means.mean - x @ np.linalg.solve(information, (x.T / variance) @ means.mean)
    return float(
        means.inside
        + np.log(variance).sum()
        + (residual**2 / variance).sum()
        + np.linalg.slogdet(information).logabsdet
    )


def _fit(means: _Means, x: Numbers, between: float, within: float) -> Fit:
    """Leaving a group out needs no second fit: its residual is divided by 1 − leverage (Cook and Weisberg, 1982)."""
    variance = between + means.error
    covariance = np.asarray(np.linalg.inv((x.T / variance) @ x), dtype=np.float64)
    coefficients = covariance @ ((x.T / variance) @ means.mean)
    own = np.einsum("ij,jk,ik->i", x, covariance, x)
    leverage = np.minimum(own / variance, 1.0)
    alone = leverage > 1 - 1e-9  # nobody else is like this group: nothing can be expected of it
    free = np.where(alone, np.nan, 1 - leverage)
    expected = means.mean - (means.mean - x @ coefficients) / free
    return Fit(between, within, coefficients, covariance, means.mean, means.error, expected, own / free, leverage)
