"""Three things that one work says of each of its classes, all against the territory without a large own school."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from msoko.core.analysis.methods.objectivity._classes import ClassRows, Territory, territories
from msoko.core.analysis.methods.objectivity._spread import Floats

UNUSUAL = 0.1
"""A participant is unusual who fits worse than all but this share of the territory."""
LEAST_VARIANCE = 0.5
"""Squared points: near either end of the scale totals cannot spread, and a class is not accused of that."""
THIRD = 3
"""Easy and hard are the outer thirds of the tasks by how many points the territory got."""


@dataclass(frozen=True)
class Seen:
    """`estimate` and `variance` (C,): larger is more suspicious; `observed` and `expected` (C,): the same in words."""

    estimate: Floats
    variance: Floats
    observed: Floats
    expected: Floats


def person_fit(rows: ClassRows) -> Seen:
    """Class mean of how badly answers fit the total (−l_z of Drasgow, Levine and Williams, 1985), polytomous.

    `observed`: participants as unusual as a tenth of the territory is, `expected`: how many there should be.
    """
    misfit = np.zeros(len(rows.totals))
    unusual = np.zeros(len(rows.totals))
    for classes, reference in territories(rows):
        chosen, judged = reference[rows.of_class], classes[rows.of_class]
        values = _misfit(rows, Territory(rows, chosen), chosen)
        misfit[judged] = values[judged]
        unusual[judged] = values[judged] > np.quantile(values[chosen], 1 - UNUSUAL)
    n = np.maximum(rows.n, 1)
    return Seen(rows.mean_of(misfit), 1 / n, rows.mean_of(unusual) * rows.n, (UNUSUAL * rows.n).astype(float))


def _misfit(rows: ClassRows, territory: Territory, chosen: NDArray[np.bool_]) -> Floats:
    """−l_z of each participant, made standard among those of the territory with about the same total."""
    logs = np.log(np.where(territory.shares > 0, territory.shares, 1.0))
    mean = (territory.shares * logs).sum(axis=(1, 2))
    variance = ((territory.shares * logs**2).sum(axis=2) - (territory.shares * logs).sum(axis=2) ** 2).sum(axis=1)
    tasks = np.arange(rows.items.shape[1])
    likelihood = logs[rows.totals[:, None], tasks, rows.items].sum(axis=1)
    raw = (mean[rows.totals] - likelihood) / np.sqrt(np.maximum(variance[rows.totals], 1e-6))
    return _standard(raw, rows.totals, chosen, len(territory.scores))


def _standard(raw: Floats, totals: NDArray[np.int64], chosen: NDArray[np.bool_], width: int) -> Floats:
    """Less the mean, over the deviation of those chosen, each smoothed over totals."""
    scores = np.arange(width)
    kernel = np.exp(-(((scores[:, None] - scores) / max(1.0, width / 20)) ** 2) / 2)
    n = kernel @ np.bincount(totals[chosen], minlength=width)
    first = kernel @ np.bincount(totals[chosen], raw[chosen], width) / np.maximum(n, 1e-9)
    second = kernel @ np.bincount(totals[chosen], raw[chosen] ** 2, width) / np.maximum(n, 1e-9)
    deviation = np.sqrt(np.maximum(second - first**2, 0.05))
    return np.asarray((raw - first[totals]) / deviation[totals])


def low_variance(rows: ClassRows, least: int) -> Seen:
    """How much narrower totals lie than in a class of the same mean, on the scale of E. Wilson and M. Hilferty (1931).

    The cube root of a ratio of variances is all but normal, even where everybody has the same total (then it is 0).
    `observed` and `expected` are standard deviations in points.
    """
    ratio = np.ones(len(rows.n))
    variance = np.ones(len(rows.n))
    for classes, reference in territories(rows):
        territory = Territory(rows, reference[rows.of_class])
        tabled = np.maximum(territory.at_mean(rows.means, territory.variance_by_level), LEAST_VARIANCE)
        usual = reference & (rows.n >= least)
        within = float(np.median(rows.deviations[usual] ** 2 / tabled[usual])) if usual.any() else 1.0
        variance[classes] = tabled[classes] * max(within, 0.01)
        ratio[classes] = rows.deviations[classes] ** 2 / variance[classes]
    sampling = 2 / (9 * np.maximum(rows.n - 1, 1))
    return Seen(1 - sampling - np.cbrt(ratio), sampling, rows.deviations, np.sqrt(variance))


def item_inversion(rows: ClassRows) -> Seen:
    """Hard tasks better and easy ones worse than in a class of the same mean; shares of the maximum.

    `observed` is the gain in the hard tasks, `expected` (what goes with it) the gain in the easy ones.
    """
    classes_and_kinds = np.zeros((2, len(rows.n)))
    variance = np.full(len(rows.n), np.inf)
    for classes, reference in territories(rows):
        territory = Territory(rows, reference[rows.of_class])
        off = rows.item_shares - territory.at_mean(rows.means, territory.by_level @ territory.expected)
        hard, easy = outer_thirds(territory)
        classes_and_kinds[:, classes] = off[classes][:, hard].mean(axis=1), off[classes][:, easy].mean(axis=1)
        weights = np.zeros(len(rows.maxima))
        weights[hard], weights[easy] = 1 / len(hard), -1 / len(easy)
        sampling = rows.histograms @ (territory.variance @ weights**2)
        variance[classes] = np.maximum(sampling[classes], 1e-9) / np.maximum(rows.n[classes], 1) ** 2
    gains, losses = classes_and_kinds
    return Seen(gains - losses, variance, gains, losses)


def outer_thirds(territory: Territory) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Places of the hardest and of the easiest third of the tasks, one at least of each."""
    facility = territory.histogram @ territory.expected
    order = np.argsort(facility, kind="stable")
    size = max(1, len(order) // THIRD)
    return order[:size], order[-size:]
