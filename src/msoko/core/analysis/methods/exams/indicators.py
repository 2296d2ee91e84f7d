"""ЕГЭ and ОГЭ of a school beside its territory: who did not pass, high scores, hundred points, marks, quality."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from msoko.core.analysis.choosing import chosen
from msoko.core.analysis.differences import from_whole
from msoko.core.analysis.headings import headed, nothing_asked, place_of
from msoko.core.analysis.outcome import NotComputed, OfProcedure, Outcome, Result, Told
from msoko.core.analysis.panel import NO_MARKS, NO_SCORES, NOBODY, Group, Panel, Procedure, School
from msoko.core.analysis.parameters import Parameters
from msoko.core.analysis.rates import Plain, share_of, share_told
from msoko.core.analysis.territories import BY_TERRITORY, REGION, territories_of
from msoko.core.monitoring.exam_scores import PERFECT as MOST_POINTS
from msoko.core.monitoring.exam_scores import describe_exam
from msoko.core.monitoring.intervals import mean_interval
from msoko.core.monitoring.marking import mean_mark, pass_rate, quality_rate
from msoko.core.vocabulary.russian import NBSP, capitalised, interval, number, percent, share_in_words
from msoko.core.vocabulary.shares import Share

NO_TEST_SCORES = "тестовых баллов нет: экзамен оценивается отметкой или протокол их не содержит"
ABOVE, BELOW, ALIKE, FEW = "above", "below", "alike", "few"
FAILED, PASSED, GOOD, HIGH, PERFECT = "failed", "pass_rate", "quality_rate", "high", "perfect"
OF_SHARE = {
    FAILED: "доля не справившихся",
    PASSED: "успеваемость",
    GOOD: "качество",
    HIGH: "доля высоких баллов",
    PERFECT: "доля стобалльных работ",
}
NOT_SAID = (PASSED, PERFECT)
"""Успеваемость is the rest of those who failed, one of the two is enough; a hundred points are one person's."""
Shares = Mapping[str, Share]


@dataclass(frozen=True)
class _Sat:
    """What a school and its territory have of each indicator; `reasons` tells why others are missing."""

    school: School
    group: Group
    shares: Shares
    reasons: Mapping[str, str]
    territory: tuple[str, Group, Shares] | None


def compute(panel: Panel, parameters: Parameters) -> Outcome:
    """One figure a school and exam; its interval is that of the share who did not pass, else of the high scores."""
    asked = chosen(panel.asked(), parameters["procedures"])
    results: list[Result] = []
    not_computed = nothing_asked(panel, asked)
    procedures: list[OfProcedure] = []
    for procedure in asked:
        if procedure.is_exam and not panel.groups(procedure):
            not_computed.append(NotComputed(None, NO_TEST_SCORES, procedure.key))
            continue
        work = _Work(panel, procedure, parameters)
        here = list(work.results())
        results += here
        not_computed += work.not_computed
        worse = tuple(one.organisation for one in here if _is_worse(one.statistic))
        procedures.append(OfProcedure(procedure.key, len(here), worse, work.reference()))
    return Outcome(tuple(results), tuple(procedures), tuple(not_computed))


def _is_worse(statistic: Mapping[str, Any]) -> bool:
    failed = statistic[FAILED]
    return bool(failed) and failed["against"] == ABOVE


class _Work:
    """One exam: the schools that sat it, each beside its territory."""

    def __init__(self, panel: Panel, procedure: Procedure, parameters: Parameters) -> None:
        self._panel, self._procedure, self._parameters = panel, procedure, parameters
        self.not_computed: list[NotComputed] = []
        self._of_territory: dict[int, Shares | str] = {}
        self._sat = list(self._those_who_sat())

    def _those_who_sat(self) -> Iterator[_Sat]:
        for school, group in self._panel.each_school(self._procedure):
            found = self._shares(group)
            if isinstance(found, str):
                self.not_computed.append(NotComputed(school.key, found, self._procedure.key))
            else:
                yield _Sat(school, group, *found, self._territory(school))

    def _shares(self, group: Group) -> tuple[Shares, Mapping[str, str]] | str:
        """The indicators of a group and the reasons of those it lacks; or why it has none at all."""
        if self._procedure.is_exam:
            return self._of_test_scores(group)
        if group.marks is None:
            return NO_MARKS if group.n else NOBODY
        if not any(group.marks.values()):
            return NO_MARKS
        passed = pass_rate(group.marks)
        return {FAILED: passed.rest(), PASSED: passed, GOOD: quality_rate(group.marks)}, {}

    def _of_test_scores(self, group: Group) -> tuple[Shares, Mapping[str, str]] | str:
        if group.tally is None:
            return NO_SCORES
        bounds = int(self._parameters["high_from"]), int(self._parameters["high_to"])
        figures = describe_exam(group.tally, self._procedure.minimum, *bounds)
        if figures.high is None:
            return NOBODY
        found = {FAILED: figures.below_minimum, HIGH: figures.high, PERFECT: figures.perfect}
        reasons = {} if figures.below_minimum else {FAILED: figures.not_computed["below_minimum"]}
        return {name: share for name, share in found.items() if share is not None}, reasons

    def _territory(self, school: School) -> tuple[str, Group, Shares] | None:
        """The region where its indicators are known, else the school's municipality."""
        for kind, group in territories_of(self._panel, self._procedure, school):
            if group.organisation not in self._of_territory:
                found = self._shares(group)
                self._of_territory[group.organisation] = found if isinstance(found, str) else found[0]
            shares = self._of_territory[group.organisation]
            if not isinstance(shares, str):
                return kind, group, shares
        return None

    def reference(self) -> Plain:
        """The region's own shares where the schools are compared with it."""
        first = next((one.territory for one in self._sat if one.territory), None)
        if first is None or first[0] != REGION:
            return {}
        return {name: share_told(share) for name, share in first[2].items()}

    def results(self) -> Iterator[Result]:
        names = sorted({name for one in self._sat for name in one.shares})
        told = {name: _beside(self._sat, name, self._parameters["min_n"]) for name in names}
        for place, one in enumerate(self._sat):
            yield self._result(one, {name: of_name[place] for name, of_name in told.items()})

    def _result(self, one: _Sat, shares: Mapping[str, Plain | None]) -> Result:
        main = shares.get(FAILED) or shares.get(HIGH) or {}
        territory = one.territory
        return Result(
            organisation=one.school.key,
            statistic={
                **self._procedure.told(),
                "n": one.group.n,
                **self._of_kind(one),
                **{name: shares.get(name) for name in OF_SHARE},
                "why": dict(one.reasons),
                "territory": territory[0] if territory else None,
                "territory_n": territory[1].n if territory else None,
            },
            interval=(main["low"], main["high"]),
            inputs=(one.group.input, *([territory[1].input] if territory else [])),
            about=place_of(self._procedure),
            strength=main["low"] / 100,
        )

    def _of_kind(self, one: _Sat) -> Plain:
        if self._procedure.is_exam:
            bounds = {name: int(self._parameters[name]) for name in ("high_from", "high_to")}
            mean = {"mean": one.group.mean, "mean_interval": _mean_interval(one.group)}
            return {**mean, "minimum": self._procedure.minimum, **bounds}
        marks = one.group.marks or {}
        return {"marks": {str(mark): n for mark, n in marks.items()}, "mean_mark": mean_mark(marks)}


def _mean_interval(group: Group) -> list[float] | None:
    """None for one participant, and where all have the same score."""
    if group.mean is None or not group.sd or not group.n or group.n < 2:
        return None
    return list(mean_interval(group.mean, group.sd, group.n, MOST_POINTS))


def _beside(sat: Sequence[_Sat], name: str, min_n: int) -> list[Plain | None]:
    """One indicator of every school with its territory's, and whether it is more, less or alike beyond chance."""
    own = [one.shares.get(name) for one in sat]
    theirs = [one.territory[2].get(name) if one.territory else None for one in sat]
    difference = from_whole(*_numbers(own), *_numbers(theirs))
    numbers = zip(difference.points.tolist(), difference.low.tolist(), difference.high.tolist(), strict=True)
    return [_told(*each, min_n) for each in zip(own, theirs, numbers, strict=True)]


def _numbers(shares: Sequence[Share | None]) -> tuple[list[float], list[float]]:
    """All k and all n; NaN where a share is not known."""
    return [one.k if one else np.nan for one in shares], [one.n if one else np.nan for one in shares]


def _told(own: Share | None, theirs: Share | None, difference: tuple[float, float, float], min_n: int) -> Plain | None:
    told = share_told(own) if own else None
    if own is None or told is None:
        return None
    territory = share_told(theirs) if theirs else None
    points, low, high = difference
    if points != points:
        return {**told, "territory": territory, "difference": None, "against": None}
    against = FEW if own.n < min_n else ABOVE if low > 0 else BELOW if high < 0 else ALIKE
    return {**told, "territory": territory, "difference": [points, low, high], "against": against}


def sentence(told: Told) -> str:
    """«По русскому языку (ЕГЭ, 24 участника): средний балл — 62,3; ниже минимума (36) — 4 % (…), … По региону …»"""
    statistic = told.statistic
    said = _exam(statistic) if statistic[HIGH] else _marks(statistic)
    return f"{headed(statistic)}: {'; '.join(said)}. {_against(statistic)}"


def _exam(statistic: Mapping[str, Any]) -> list[str]:
    parts = [_mean(statistic)] if statistic["mean"] is not None else []
    if statistic[FAILED]:
        below = share_in_words(share_of(statistic[FAILED]))
        parts.append(f"ниже минимума ({number(statistic['minimum'])}){NBSP}— {below}")
    else:
        parts.append(f"доля ниже минимума не{NBSP}посчитана: {statistic['why'][FAILED]}")
    high = f"{number(statistic['high_from'])}–{number(statistic['high_to'])}"
    parts.append(f"высокие баллы ({high}){NBSP}— {share_in_words(share_of(statistic[HIGH]))}")
    perfect = statistic[PERFECT]["k"]
    return [*parts, f"100{NBSP}баллов{NBSP}— {number(perfect)}" if perfect else "стобалльных работ нет"]


def _mean(statistic: Mapping[str, Any]) -> str:
    bounds = statistic["mean_interval"]
    shown = f" ({interval(bounds[0], bounds[1], 1, '')})" if bounds else ""
    return f"средний балл{NBSP}— {number(statistic['mean'], 1)}{shown}"


def _marks(statistic: Mapping[str, Any]) -> list[str]:
    named = {FAILED: f"не{NBSP}справились", PASSED: "успеваемость", GOOD: "качество"}
    parts = [f"{words}{NBSP}— {share_in_words(share_of(statistic[name]))}" for name, words in named.items()]
    return [*parts, f"средняя отметка{NBSP}— {number(statistic['mean_mark'], 2)}"]


def _against(statistic: Mapping[str, Any]) -> str:
    if statistic["territory"] is None:
        return f"Сравнить не{NBSP}с{NBSP}чем: результатов региона и{NBSP}муниципалитета в{NBSP}системе нет."
    where = BY_TERRITORY[statistic["territory"]]
    known = {name: statistic[name] for name in OF_SHARE if statistic[name] and statistic[name]["against"]}
    if not known:
        return f"Сравнить не{NBSP}с{NBSP}кем: других школ в{NBSP}этом экзамене нет."
    if any(one["against"] == FEW for one in known.values()):
        return "Участников мало, чтобы сравнивать."
    apart = [(name, one) for name, one in known.items() if one["against"] != ALIKE and name not in NOT_SAID]
    if not apart:
        return f"Отличий от{NBSP}того, что {where}, сверх случайных нет."
    said = [f"{OF_SHARE[name]}{NBSP}— {_how(one)} ({percent(one['territory']['percent'])})" for name, one in apart[1:]]
    name, one = apart[0]
    first = f"{capitalised(OF_SHARE[name])} {_how(one)}, чем {where} ({percent(one['territory']['percent'])})"
    return f"{', '.join([first, *said])}."


def _how(one: Mapping[str, Any]) -> str:
    return "выше" if one["against"] == ABOVE else "ниже"
