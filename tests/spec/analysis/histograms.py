"""Participants of one school by score, as rows of a table of one school."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def histogram_of(scores: Sequence[int], maximum: int = 20) -> NDArray[np.int64]:
    """Shape (1, maximum + 1)."""
    return np.bincount(scores, minlength=maximum + 1)[None, :]
