"""What of a school its expected result may depend on, and how much of it a sample of schools can bear."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray

from msoko.core.analysis.methods.context._passports import AREAS, TYPES
from msoko.core.analysis.panel import School
from msoko.core.vocabulary.russian import counted

COVARIATES = {
    "index": "индекс условий",
    "area": "местность",
    "size": "размер школы",
    "type": "тип школы",
}
LEAST_ALIKE = 3
"""Schools of one type from which on the type can be expected something of: of one or two nothing is learnt."""
ALL_ALIKE = "у всех школ одинаково"
SAYS_NOTHING_NEW = "повторяет уже учтённое"


@dataclass(frozen=True)
class Described:
    """A school with its conditions; `pupils` None where the passport does not tell."""

    school: School
    index: float
    pupils: float | None


def lacks(schools: Sequence[Described], covariates: Sequence[str]) -> dict[int, str]:
    """School → why it cannot be compared by these covariates, for those that cannot.

    A covariate that most schools lack is nobody's fault: it is left out of the model instead.
    """
    needed = [key for key in covariates if _is_known_to_most(schools, key)]
    types = Counter(one.school.school_type for one in schools)
    found = {one.school.key: _lacks(one, needed, types) for one in schools}
    return {key: reason for key, reason in found.items() if reason}


def _lacks(one: Described, needed: Sequence[str], types: Mapping[str, int]) -> str:
    for key in needed:
        if not _is_known(one, key):
            return f"не указано: {COVARIATES[key]}"
    alike = types[one.school.school_type]
    if "type" not in needed or alike >= LEAST_ALIKE:
        return ""
    kind = TYPES.get(one.school.school_type, one.school.school_type)
    return f"школ такого типа ({kind}) с результатами и паспортом всего {alike}: сравнивать не с чем"


def _is_known(one: Described, key: str) -> bool:
    known = {
        "index": True,
        "area": bool(one.school.area),
        "size": bool(one.pupils),
        "type": bool(one.school.school_type),
    }
    return known[key]


def _is_known_to_most(schools: Sequence[Described], key: str) -> bool:
    return 2 * sum(_is_known(one, key) for one in schools) >= len(schools)


@dataclass(frozen=True)
class Design:
    """The matrix of the model: the intercept and the columns of `used`, by school. `dropped`: name → why."""

    matrix: NDArray[np.float64]
    columns: tuple[str, ...]
    used: tuple[str, ...]
    dropped: Mapping[str, str]


def design(schools: Sequence[Described], covariates: Sequence[str], schools_per_coefficient: int) -> Design:
    """Covariates are taken in their order as long as there are schools enough; the last ones are given up first."""
    limit = len(schools) // schools_per_coefficient
    matrix = np.ones((len(schools), 1))
    columns, used, dropped = ["intercept"], [], {}
    for key in covariates:
        named = _COLUMNS[key](schools) if _is_known_to_most(schools, key) else {}
        reason = _why_not(matrix, named, limit, _is_known_to_most(schools, key), len(schools))
        if reason:
            dropped[key] = reason
            continue
        matrix = np.column_stack([matrix, *named.values()])
        columns += named
        used.append(key)
    return Design(matrix, tuple(columns), tuple(used), dropped)


def _why_not(matrix: NDArray[np.float64], named: Mapping[str, Any], limit: int, is_known: bool, schools: int) -> str:
    if not is_known:
        return "у большинства школ не указано"
    if not named:
        return ALL_ALIKE
    wider = np.column_stack([matrix, *named.values()])
    if wider.shape[1] - 1 > limit:
        bear = counted(limit, "коэффициент", "коэффициента", "коэффициентов")
        return f"по {counted(schools, 'школе', 'школам', 'школам')} можно оценить не больше чем {bear}"
    return "" if np.linalg.matrix_rank(wider) == wider.shape[1] else SAYS_NOTHING_NEW


def _index(schools: Sequence[Described]) -> dict[str, list[float]]:
    return _varying({"index": [one.index for one in schools]})


def _area(schools: Sequence[Described]) -> dict[str, list[float]]:
    """The commonest area is what the others differ from."""
    return _differing("area", [one.school.area for one in schools], AREAS)


def _size(schools: Sequence[Described]) -> dict[str, list[float]]:
    """Natural logarithm: from 50 to 100 pupils a school changes as much as from 500 to 1 000."""
    return _varying({"size": [log(one.pupils or 1) for one in schools]})


def _type(schools: Sequence[Described]) -> dict[str, list[float]]:
    return _differing("type", [one.school.school_type for one in schools], TYPES)


def _differing(key: str, words: Sequence[str], order: Mapping[str, str]) -> dict[str, list[float]]:
    counts = Counter(words)
    common = max(counts, key=lambda word: (counts[word], word))
    others = sorted((word for word in counts if word != common), key=lambda word: (word not in order, word))
    return {f"{key}: {order.get(other, other)}": [float(word == other) for word in words] for other in others}


def _varying(column: dict[str, list[float]]) -> dict[str, list[float]]:
    (values,) = column.values()
    return column if max(values) - min(values) > 1e-9 else {}


_COLUMNS: Mapping[str, Callable[[Sequence[Described]], dict[str, list[float]]]] = {
    "index": _index,
    "area": _area,
    "size": _size,
    "type": _type,
}
