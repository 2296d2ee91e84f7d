"""Journal marks against scores: the published marker, a negative correlation of ranks between the two.

The correlation is of average ranks (`tie_corrected`), or by the published formula 1 − 6Σd²/(n(n² − 1)), which differs
where there are ties and sometimes in sign. A school compares with itself: no region is needed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from msoko.core.analysis.choosing import chosen
from msoko.core.analysis.headings import nothing_asked, of_participants, place_of
from msoko.core.analysis.methods.objectivity._published import (
    Judged,
    as_outcome,
)
from msoko.core.analysis.methods.objectivity._published_ranks import (
    LEAST_N,
    RankCorrelation,
    as_normal,
    interval_of,
    variance_of_normal,
)
from msoko.core.analysis.methods.objectivity._published_sureness import (
    Spread,
    Standing,
    Sureness,
    rarity,
    reason,
    standings,
)
from msoko.core.analysis.outcome import NotComputed, Outcome, Result, Told, Verdict
from msoko.core.analysis.panel import NO_SCORES, NOBODY, Group, Panel, Procedure
from msoko.core.analysis.parameters import Parameters
from msoko.core.analysis.phrases import of_work
from msoko.core.monitoring.marking import MARKS
from msoko.core.vocabulary.russian import NBSP, capitalised, interval, number

NEGATIVE = -1e-12
"""Nearer to zero a correlation of ranks is zero that was computed in another order."""
PUBLISHED = "published"
NO_JOURNAL = "в протоколе нет отметок по журналу"
CONSTANT = "у всех одна отметка по журналу или один балл: связь не определена"


@dataclass(frozen=True)
class Rule:
    formula: str
    min_n: int
    sureness: Sureness

    @classmethod
    def of(cls, parameters: Parameters) -> "Rule":
        return cls(parameters["formula"], max(parameters["min_n"], LEAST_N), Sureness.of(parameters))


@dataclass(frozen=True)
class _Case:
    """One school: how many have which score and journal mark, and how the two go together."""

    group: Group
    pairs: Mapping[tuple[int, int], int]
    n: int
    r: float


def compute(panel: Panel, parameters: Parameters) -> Outcome:
    """A finding a school and procedure; its interval is of the correlation, −1…1."""
    rule = Rule.of(parameters)
    procedures = chosen(panel.asked(), parameters["procedures"])
    return as_outcome((judge(panel, one, rule) for one in procedures), *nothing_asked(panel, procedures))


def judge(panel: Panel, procedure: Procedure, rule: Rule) -> Judged:
    """All schools of one procedure."""
    cases, unknown, constant = [], [], 0
    for school, group in panel.each_school(procedure):
        case = _case(group, rule)
        if isinstance(case, str):
            unknown.append(NotComputed(school.key, case, procedure.key))
            constant += case == CONSTANT
        else:
            cases.append(case)
    if not cases and NO_JOURNAL in (reasons := {one.reason for one in unknown}) and reasons <= {NO_JOURNAL, NOBODY}:
        return Judged.nobody(procedure, NO_JOURNAL)
    asked = [case for case in cases if case.n >= rule.min_n]
    smaller = [case for case in cases if case.n < rule.min_n]
    spread = _spread(asked)
    telling = _Told(procedure, rule, spread, _typical(asked) if spread else None)
    return Judged(
        procedure,
        eligible=frozenset(case.group.organisation for case in asked),
        results=tuple(telling.results(asked)),
        few=tuple(telling.results(smaller)),
        not_computed=(
            *unknown,
            *(NotComputed(one.group.organisation, _too_few(one.n, rule), procedure.key) for one in smaller),
        ),
        reference={
            "schools_min_n": len(asked) + constant,
            "constant": constant,
            "median": _typical(asked),
            "min": min((case.r for case in asked), default=None),
        },
    )


def _too_few(n: int, rule: Rule) -> str:
    return f"с{NBSP}отметкой по журналу {of_participants(n)}, нужно не{NBSP}меньше{NBSP}{rule.min_n}"


def _case(group: Group, rule: Rule) -> _Case | str:
    if group.tally is None:
        return NO_SCORES if group.n else NOBODY
    pairs = {(score, mark): n for (score, mark), n in group.tally.journal.items() if mark in MARKS}
    if not pairs:
        return NO_JOURNAL if group.tally.participants else NOBODY
    found = RankCorrelation.of(pairs)
    if found.n < LEAST_N:
        return _too_few(found.n, rule)
    r = found.published if rule.formula == PUBLISHED else found.tie_corrected
    if r is None:
        return CONSTANT if found.n >= rule.min_n else _too_few(found.n, rule)
    return _Case(group, pairs, found.n, r)


def _typical(cases: Sequence[_Case]) -> float | None:
    return median(case.r for case in cases) if cases else None


def _spread(cases: Sequence[_Case]) -> Spread | None:
    return Spread.of([-as_normal(case.r) for case in cases], [variance_of_normal(case.n) for case in cases])


@dataclass(frozen=True)
class _Told:
    """Findings of one procedure."""

    procedure: Procedure
    rule: Rule
    spread: Spread | None
    typical: float | None

    def results(self, cases: Sequence[_Case]) -> list[Result]:
        against = [-as_normal(case.r) for case in cases]
        stand = standings(self.spread, against, [variance_of_normal(case.n) for case in cases])
        return [self._result(case, one) for case, one in zip(cases, stand, strict=True) if case.r < NEGATIVE]

    def _result(self, case: _Case, standing: Standing) -> Result:
        return Result(
            organisation=case.group.organisation,
            statistic={
                **self.procedure.told(),
                "n": case.n,
                "r": case.r,
                "formula": self.rule.formula,
                "typical": self.typical,
                "maximum": self.procedure.maximum,
                "cells": [[score, mark, n] for (score, mark), n in case.pairs.items()],
                **standing.told(),
            },
            verdict=self._verdict(case, standing),
            interval=interval_of(case.r, case.n),
            inputs=(case.group.input,),
            about=place_of(self.procedure),
            strength=-case.r,
        )

    def _verdict(self, case: _Case, standing: Standing) -> Verdict:
        few = case.n < self.rule.min_n
        return Verdict.FEW_DATA if few else self.rule.sureness.verdict(case.n, -case.r, standing)


def by_journal_mark(cells: Sequence[Sequence[int]]) -> dict[int, tuple[int, float]]:
    """Journal mark → how many have it and their mean score; `cells` are (score, mark, participants)."""
    found = {}
    for mark in MARKS:
        n = sum(k for _, one, k in cells if one == mark)
        if n:
            found[mark] = n, sum(score * k for score, one, k in cells if one == mark) / n
    return found


def sentence(told: Told) -> str:
    """«По математике в 5 классе баллы идут вразрез с журналом. Средний балл по отметкам в нём: «3» — 8,5 …»."""
    said: dict[str, Any] = dict(told.statistic)
    means = [
        f"«{mark}»{NBSP}— {number(mean, 1)}{NBSP}({n}{NBSP}чел.)"
        for mark, (n, mean) in by_journal_mark(said["cells"]).items()
    ]
    bounds = f"; {interval(*told.interval, 2, '')}" if told.interval else ""
    usual = f", обычно в{NBSP}школах {number(said['typical'], 2)}" if said["typical"] is not None else ""
    return (
        f"{capitalised(of_work(said))} баллы идут вразрез с{NBSP}журналом. Средний балл по{NBSP}отметкам в{NBSP}нём: "
        f"{', '.join(means)}. Связь {number(said['r'], 2)} ({of_participants(said['n'])}{bounds}){usual}."
        f"{rarity(told)}{reason(told, 'журнал и работы')}"
    )
