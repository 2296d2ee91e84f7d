"""How far a school stands out among the schools it is compared with, and how sure a marker therefore is.

With enough participants every good school differs from the region, so «differs from the region» marks hundreds of
schools. What makes a difference remarkable is that schools seldom differ so much: values of schools vary by sampling
(known variance) and by what schools are (variance between them, estimated with the tails drawn in, so that a tenth of
distorted schools does not hide itself).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr

from msoko.core.analysis.methods.objectivity._spread import between_variance
from msoko.core.analysis.outcome import Told, Verdict
from msoko.core.analysis.parameters import Parameters
from msoko.core.vocabulary.russian import NBSP, number

LEAST_SCHOOLS = 10
"""Of fewer schools nobody can tell how much honest ones differ."""
LEAST_TOLD = 1e-4
"""No tail of a law fitted to some hundred schools is known further than to one of ten thousand."""


@dataclass(frozen=True)
class Spread:
    """How honest schools vary: `centre` and standard deviation `between` them, beyond sampling, of `schools` values."""

    schools: int
    centre: float
    between: float

    @classmethod
    def of(cls, values: Sequence[float], variances: Sequence[float]) -> "Spread | None":
        """None of fewer than LEAST_SCHOOLS. `variances` (above 0) are those of sampling."""
        if len(values) < LEAST_SCHOOLS:
            return None
        centre = float(np.median(values))
        between = between_variance(np.asarray(values, dtype=float) - centre, np.asarray(variances, dtype=float))
        return cls(len(values), centre, float(np.sqrt(between)))

    def told(self) -> dict[str, Any]:
        return {"schools": self.schools, "centre": self.centre, "between": self.between}


@dataclass(frozen=True)
class Standing:
    """`p`: the share of schools expected to be as far out; `corrected` for looking at all of them (S. Holm, 1979)."""

    p: float | None = None
    corrected: float | None = None

    def told(self) -> dict[str, Any]:
        return {"p": self.p, "corrected": self.corrected}


def standings(
    spread: Spread | None, values: Sequence[float], variances: Sequence[float], two_sided: bool = False
) -> list[Standing]:
    """How far above the centre each value is, or how far from it where `two_sided`; nothing known without a spread."""
    if spread is None or not len(values):
        return [Standing()] * len(values)
    scale = np.sqrt(spread.between**2 + np.asarray(variances, dtype=float))
    z = (np.asarray(values, dtype=float) - spread.centre) / scale
    p = 2 * stdtr(spread.schools - 1, -np.abs(z)) if two_sided else stdtr(spread.schools - 1, -z)
    return [Standing(*pair) for pair in zip(p.tolist(), holm(p).tolist(), strict=True)]


def holm(p: NDArray[np.float64]) -> NDArray[np.float64]:
    """p-values corrected for their number; S. Holm, Scandinavian Journal of Statistics 6 (1979), 65–70."""
    order = np.argsort(p, kind="stable")
    raised = np.maximum.accumulate((len(p) - np.arange(len(p))) * p[order])
    corrected = np.empty(len(p))
    corrected[order] = np.minimum(raised, 1)
    return corrected


@dataclass(frozen=True)
class Sureness:
    """When a marked school is called what; the numbers are parameters of every marker."""

    enough_n: int
    robust_n: int
    unusual: float
    robust: float
    large: float

    @classmethod
    def of(cls, parameters: Parameters) -> "Sureness":
        names = ("enough_n", "robust_n", "unusual", "robust", "large")
        return cls(*(parameters[name] for name in names))

    def verdict(self, n: int, effect: float, standing: Standing) -> Verdict:
        """мало данных – few participants; спорно – schools often differ so; устойчиво – large, of participants enough
        that it is no matter of one class, and hardly by chance."""
        if n < self.enough_n:
            return Verdict.FEW_DATA
        if standing.p is None or standing.corrected is None:
            return Verdict.LIKELY
        if standing.p >= self.unusual:
            return Verdict.DOUBTFUL
        is_robust = n >= self.robust_n and standing.corrected < self.robust and effect >= self.large
        return Verdict.ROBUST if is_robust else Verdict.LIKELY


def rarity(told: Told) -> str:
    """«Такое ожидается примерно у одной школы из 400.» with a blank before it; '' where it is not known.

    Of few participants no such thing can be said: that alone is said.
    """
    p = told.statistic["p"]
    if told.verdict is Verdict.FEW_DATA:
        return " Участников мало: могло выйти и случайно."
    if p is None:
        return ""
    if p < LEAST_TOLD:
        return f" Такое ожидается реже, чем у{NBSP}одной школы из{NBSP}{number(round(1 / LEAST_TOLD))}."
    one_of = _two_digits(1 / p)
    if p < 0.05:
        return f" Такое ожидается примерно у{NBSP}одной школы из{NBSP}{number(one_of)}."
    often = f"примерно у{NBSP}каждой {one_of}-й школы" if one_of > 1 else f"у{NBSP}большинства школ"
    return f" Такое бывает {often}."


def reason(told: Told, what: str) -> str:
    """«Это повод проверить часть работ.» with a blank before it; `what` is in the accusative."""
    if told.verdict is Verdict.DOUBTFUL:
        return f" Одного этого мало: проверить {what} стоит, если есть и{NBSP}другие признаки."
    return f" Это повод проверить {what}."


def _two_digits(value: float) -> int:
    digits = len(str(int(value))) - 2
    return int(round(value, -digits)) if digits > 0 else round(value)
