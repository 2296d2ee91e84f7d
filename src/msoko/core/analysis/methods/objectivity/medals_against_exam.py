"""Medals «За особые успехи в учении» against examinations: holders who did not have 70 points in all of theirs.

A school is marked where at least `least` per cent of its holders are unconfirmed; how unusual that is follows from the
share of unconfirmed holders in the other schools of the territory in the same year.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
from scipy.special import bdtrc

from msoko.core.analysis.forms import Row, academic_year, by_school, count_in, newest, of_the_year, strangers
from msoko.core.analysis.methods.objectivity._published_sureness import Standing, Sureness, holm, reason
from msoko.core.analysis.outcome import NotComputed, Outcome, Result, Told, Verdict
from msoko.core.analysis.panel import Panel
from msoko.core.analysis.parameters import Parameters
from msoko.core.vocabulary.russian import NBSP, counted, number, share_in_words
from msoko.core.vocabulary.shares import Share, wilson
from msoko.core.vocabulary.unknowns import Unknown

FORM = "medals"
FORM_TITLE = "медали"
GRADE = 11
NO_FORM = "сведений о медалях за этот учебный год в системе нет"
NOT_FILLED = "в форме «Медали» не заполнено или скрыто число медалистов либо подтвердивших"
NO_MEDALS = "медалистов нет"
MORE_CONFIRMED = "в форме «Медали» подтвердивших больше, чем медалистов"


@dataclass(frozen=True)
class _Case:
    """One school: `unconfirmed` of its holders, and the row they stand in."""

    school: int
    unconfirmed: Share
    row: Row

    def is_marked(self, least: float) -> bool:
        return self.unconfirmed.k > 0 and 100 * self.unconfirmed.k >= least * self.unconfirmed.n


def compute(panel: Panel, parameters: Parameters) -> Outcome:
    """A finding a school; its interval is of the share of unconfirmed holders, per cent."""
    if panel.grade not in (None, GRADE):
        return Outcome()
    rows = of_the_year(panel, FORM)
    if not rows:
        return Outcome(not_computed=(NotComputed(None, NO_FORM),))
    cases, unknown = _cases(panel, rows)
    sureness, least = Sureness.of(parameters), parameters["least"]
    stand = _standings(cases)
    marked = [(case, one) for case, one in zip(cases, stand, strict=True) if case.is_marked(least)]
    pooled, year = _pooled(cases), academic_year(panel)
    return Outcome(
        results=tuple(_result(case, pooled, standing, sureness, year) for case, standing in marked),
        not_computed=(*unknown, *strangers(rows, FORM_TITLE)),
        territory={"k": pooled.k, "n": pooled.n, "schools": len(cases)},
    )


def _cases(panel: Panel, rows: Sequence[Row]) -> tuple[list[_Case], list[NotComputed]]:
    cases, unknown = [], []
    for school, (row, *_) in by_school(panel, newest(rows)).items():
        share = _unconfirmed(row)
        if isinstance(share, str):
            unknown.append(NotComputed(school, share))
        else:
            cases.append(_Case(school, share, row))
    return cases, unknown


def _unconfirmed(row: Row) -> Share | str:
    """A degree that does not apply brings no holders; one that is not filled in leaves their number unknown."""
    first, second, confirmed = (count_in(row.get(key)) for key in ("first_degree", "second_degree", "all_exams_high"))
    second = 0 if second is Unknown.NOT_APPLICABLE else second
    if isinstance(first, Unknown) or isinstance(second, Unknown):
        return NOT_FILLED
    holders = first + second
    if holders == 0:
        return NO_MEDALS
    if isinstance(confirmed, Unknown):
        return NOT_FILLED
    return Share(holders - confirmed, holders) if confirmed <= holders else MORE_CONFIRMED


def _pooled(cases: Sequence[_Case]) -> Share:
    return Share(sum(case.unconfirmed.k for case in cases), sum(case.unconfirmed.n for case in cases))


def _standings(cases: Sequence[_Case]) -> list[Standing]:
    """The chance of as many unconfirmed, were the school like the others together (binomial); nothing of one school."""
    if len(cases) < 2:
        return [Standing()] * len(cases)
    pooled = _pooled(cases)
    p = np.array([bdtrc(case.unconfirmed.k - 1, case.unconfirmed.n, _share_of_others(case, pooled)) for case in cases])
    p = np.where([case.unconfirmed.k > 0 for case in cases], p, 1.0)
    return [Standing(*pair) for pair in zip(p.tolist(), holm(p).tolist(), strict=True)]


def _share_of_others(case: _Case, pooled: Share) -> float:
    """A little towards a half, for none of few is no proof of never."""
    return (pooled.k - case.unconfirmed.k + 0.5) / (pooled.n - case.unconfirmed.n + 1)


def _result(case: _Case, pooled: Share, standing: Standing, sureness: Sureness, year: str) -> Result:
    share, others = case.unconfirmed, _share_of_others(case, pooled)
    effect = 100 * share.k / share.n
    return Result(
        organisation=case.school,
        statistic={
            "academic_year": year,
            "k": share.k,
            "n": share.n,
            "graduates": _known(case.row, "graduates"),
            "deprived": _known(case.row, "deprived"),
            "others_k": pooled.k - share.k,
            "others_n": pooled.n - share.n,
            **standing.told(),
        },
        verdict=sureness.verdict(share.n, effect, standing),
        interval=wilson(share.k, share.n),
        strength=(share.k - share.n * others) / sqrt(share.n * others * (1 - others)),
    )


def _known(row: Row, column: str) -> int | None:
    count = count_in(row.get(column))
    return None if isinstance(count, Unknown) else count


def sentence(told: Told) -> str:
    """«Медали в 2025/26 учебном году у 5 выпускников из 22; 70 баллов во всех ЕГЭ не набрали 60 % (3 из 5; …) …»."""
    said: dict[str, Any] = dict(told.statistic)
    of = f" из{NBSP}{number(said['graduates'])}" if said["graduates"] is not None else ""
    others = Share(said["others_k"], said["others_n"])
    usual = f", в{NBSP}остальных школах{NBSP}— у{NBSP}{share_in_words(others)}" if others.n else ""
    few = f" Медалистов мало: могло выйти и{NBSP}случайно." if told.verdict is Verdict.FEW_DATA else ""
    holders = counted(said["n"], "выпускника", "выпускников", "выпускников")
    return (
        f"Медали в{NBSP}{said['academic_year']} учебном году{NBSP}— у{NBSP}{holders}{of}. Хотя бы на{NBSP}одном "
        f"ЕГЭ меньше 70{NBSP}баллов у{NBSP}{share_in_words(Share(said['k'], said['n']))} из{NBSP}них{usual}."
        f"{few}{reason(told, 'годовые отметки медалистов')}"
    )
