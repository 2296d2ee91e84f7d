"""How well a score finds what was planted; arrays of one value a school or class."""

from math import ceil

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def auc(scores: Floats, planted: Flags) -> float:
    """P(a planted one scores higher than another), ties count half; shapes (N,).

    The Mann–Whitney statistic over its greatest value. Raises ValueError where all or none are planted or a score is
    not a number: such a share does not exist.
    """
    _are_sound(scores, planted)
    ones = int(planted.sum())
    zeros = len(planted) - ones
    if not ones or not zeros:
        raise ValueError("an area under the curve needs planted ones and others")
    ranks = rankdata(scores)
    return float((ranks[planted].sum() - ones * (ones + 1) / 2) / (ones * zeros))


def precision_at(scores: Floats, planted: Flags, share: float = 0.05) -> float:
    """Share of planted ones among the highest `share` of scores, rounded up; ties keep the order of the array.

    Raises ValueError for an empty array, a share outside 0…1 or a score that is not a number.
    """
    _are_sound(scores, planted)
    if not len(scores) or not 0 < share <= 1:
        raise ValueError(f"no {share} of {len(scores)}")
    first = np.argsort(-scores, kind="stable")[: ceil(share * len(scores))]
    return float(planted[first].mean())


def _are_sound(scores: Floats, planted: Flags) -> None:
    if scores.shape != planted.shape:
        raise ValueError(f"{scores.shape} scores for {planted.shape}")
    if np.isnan(scores).any():
        raise ValueError("a score is not a number")
