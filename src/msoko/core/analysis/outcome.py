"""What a method of analysis answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from msoko.core.analysis.panel import Input


class Verdict(StrEnum):
    """How sure a finding is. Never a verdict on people: a person confirms or dismisses the finding."""

    ROBUST = "robust"
    LIKELY = "likely"
    FEW_DATA = "few_data"
    DOUBTFUL = "doubtful"  # a rule marks the school, but it would rather not be so of the true shares

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS = {
    Verdict.ROBUST: "устойчиво",
    Verdict.LIKELY: "вероятно",
    Verdict.FEW_DATA: "мало данных",
    Verdict.DOUBTFUL: "спорно",
}


@dataclass(frozen=True)
class Result:
    """What is said of one organisation: a finding where there is a verdict, a figure where there is none.

    `statistic` holds plain numbers and words that JSON can keep; sentences and pictures are made from it alone.
    `interval` is of the statistic's main number, in its unit. `about` tells results of one organisation apart: a
    procedure, a class; '' where there is but one. The larger the `strength`, the more striking.
    """

    organisation: int
    statistic: Mapping[str, Any]
    verdict: Verdict | None = None
    interval: tuple[float, float] | None = None
    inputs: tuple[Input, ...] = ()
    about: str = ""
    strength: float = 0.0


class Told(Protocol):
    """What a sentence is made from: a result, or a finding that has been stored."""

    @property
    def statistic(self) -> Mapping[str, Any]: ...
    @property
    def verdict(self) -> Verdict | None: ...
    @property
    def interval(self) -> tuple[float, float] | None: ...


@dataclass(frozen=True)
class OfProcedure:
    """How a procedure came out: how many schools could be judged, which of them the rule marks, against what."""

    procedure: int
    eligible: int
    flagged: tuple[int, ...]
    reference: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class NotComputed:
    """An organisation (None: all of them) of which nothing could be said, and why, in Russian."""

    organisation: int | None
    reason: str
    procedure: int | None = None


@dataclass(frozen=True)
class Outcome:
    """`few_data`: what the rule would say if it asked for fewer participants; its results have that verdict.

    `territory`: figures of the territory as a whole, such as an index.
    """

    results: tuple[Result, ...] = ()
    procedures: tuple[OfProcedure, ...] = ()
    not_computed: tuple[NotComputed, ...] = ()
    few_data: tuple[Result, ...] = ()
    territory: Mapping[str, Any] = field(default_factory=dict)
