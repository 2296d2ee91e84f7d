"""What has been measured about the signals: definitions/validation/results.json, written by `msoko validate` alone.

Rates only: nothing of the rows they were measured on. Read here, shown on screens and in docs/validation.md.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from msoko.core.definitions.loading import PACKAGE_FOLDER

RESULTS = PACKAGE_FOLDER / "validation" / "results.json"
REAL, SIMULATED, DISTRICTS = "real", "simulated", "districts"
"""Files as they are; invented regions; invented districts of which the region beyond is known as a sum alone."""
FEW_SCHOOLS = 30
"""Fewer schools are a district: signals then take the usual spread between schools, for it cannot be estimated."""
UNTOUCHED = "none"
"""The manipulation of data as they are."""
ALL_SIZES = "all"
MARKED, LIKELY, ROBUST = "marked", "likely", "robust"
LEVELS = (MARKED, LIKELY, ROBUST)
"""The rule marks the school at all; at least «вероятно»; «устойчиво»."""
WHAT_IS_COUNTED = frozenset({"procedures", "score"})
"""Parameters that say what a signal looks at, not how: a rate measured on some works is taken for others, too."""
DIGITS = 4
"""Decimals kept: the fourth of a rate measured on some thousand schools is chance already."""


@dataclass(frozen=True)
class Estimate:
    """A rate 0–1 with the bounds of its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class SourceTold:
    """Data that the signals were tried on: `works` as «РУ4», how many `schools` were judged, and of which `year`."""

    key: str
    year: int
    works: tuple[str, ...]
    schools: int
    repetitions: int


@dataclass(frozen=True)
class Measured:
    """One signal against one manipulation in one source among schools of one size.

    `units` schools or classes a repetition on average, `schools` the same of schools, over `repetitions`. `auc` and
    `precision_5` (share of touched ones among the highest 5 % of scores) are None where nothing was touched, or too
    little of this size. `found`: level → share of touched schools marked; `false_alarm`: level → of untouched ones.
    """

    signal: str
    manipulation: str
    source: str
    size: str
    units: float
    schools: float
    repetitions: int
    auc: Estimate | None = None
    precision_5: Estimate | None = None
    found: Mapping[str, Estimate] = field(default_factory=dict)
    false_alarm: Mapping[str, Estimate] = field(default_factory=dict)


@dataclass(frozen=True)
class Validation:
    """`parameters`: signal → values with which it was measured. `stability`: of lists of low results, as told there."""

    seed: int
    quick: bool
    sources: tuple[SourceTold, ...]
    parameters: Mapping[str, Mapping[str, Any]]
    measured: tuple[Measured, ...]
    stability: Mapping[str, Any] = field(default_factory=dict)

    def of(self, signal: str, manipulation: str, source: str, size: str = ALL_SIZES) -> Measured | None:
        asked = (signal, manipulation, source, size)
        found = (one for one in self.measured if (one.signal, one.manipulation, one.source, one.size) == asked)
        return next(found, None)

    def source(self, key: str) -> SourceTold | None:
        return next((one for one in self.sources if one.key == key), None)

    @property
    def signals(self) -> list[str]:
        return list(self.parameters)

    def honest(self, signal: str, schools: int | None = None) -> Measured | None:
        """The signal where nothing was touched: in a region, or in a district where so few `schools` are compared."""
        source = DISTRICTS if schools is not None and schools < FEW_SCHOOLS else SIMULATED
        return self.of(signal, UNTOUCHED, source)

    def false_alarm(
        self, signal: str, level: str, parameters: Mapping[str, Any] | None = None, schools: int | None = None
    ) -> Estimate | None:
        """Share of honest schools that the signal marks at this level or above; `schools`: how many are compared.

        None where it has not been measured, or `parameters` are other ones than those it was measured with.
        """
        found = self.honest(signal, schools)
        if found is None or (parameters is not None and not self._is_about(signal, parameters)):
            return None
        return found.false_alarm.get(level)

    def _is_about(self, signal: str, parameters: Mapping[str, Any]) -> bool:
        measured = self.parameters[signal]
        return all(measured[key] == parameters.get(key) for key in measured if key not in WHAT_IS_COUNTED)

    def as_plain(self) -> dict[str, Any]:
        """What JSON keeps; `from_plain` brings it back."""
        plain: dict[str, Any] = _rounded(asdict(self))
        return plain

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Validation":
        """Raises KeyError or TypeError for what `as_plain` cannot have written."""
        return cls(
            seed=plain["seed"],
            quick=plain["quick"],
            sources=tuple(SourceTold(**{**one, "works": tuple(one["works"])}) for one in plain["sources"]),
            parameters=plain["parameters"],
            measured=tuple(_measured(one) for one in plain["measured"]),
            stability=plain["stability"],
        )


def _measured(plain: Mapping[str, Any]) -> Measured:
    rates = {key: {level: Estimate(**one) for level, one in plain[key].items()} for key in ("found", "false_alarm")}
    areas = {key: Estimate(**plain[key]) if plain[key] else None for key in ("auc", "precision_5")}
    return Measured(**{**plain, **rates, **areas})


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, DIGITS)
    if isinstance(value, Mapping):
        return {key: _rounded(one) for key, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_rounded(one) for one in value]
    return value


@lru_cache(maxsize=1)
def shipped(path: Path = RESULTS) -> Validation:
    """The results that come with the package. Raises FileNotFoundError where there are none."""
    return Validation.from_plain(json.loads(path.read_text(encoding="utf-8")))


def as_text(validation: Validation) -> str:
    """The file's text: one measurement a line, so that a change of one is seen as one."""
    plain = validation.as_plain()
    lines = [json.dumps(one, ensure_ascii=False) for one in plain.pop("measured")]
    head = json.dumps(plain, ensure_ascii=False, indent=1).removesuffix("\n}")
    return f'{head},\n "measured": [\n  ' + ",\n  ".join(lines) + "\n ]\n}\n"
