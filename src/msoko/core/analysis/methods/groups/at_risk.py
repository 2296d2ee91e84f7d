"""Pupils who did not pass a mandatory subject or passed it by no more than a margin: how many, never who.

Who they are, by code, `codes_at_risk` tells to the page of their own school and to nobody else. Who failed two subjects
at once is counted by `two_marks`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from msoko.core.analysis.choosing import chosen
from msoko.core.analysis.headings import nothing_asked, place_of
from msoko.core.analysis.outcome import NotComputed, OfProcedure, Outcome, Result, Told
from msoko.core.analysis.panel import NO_MARKS, Group, NoReference, Panel, Procedure, Pupils
from msoko.core.analysis.parameters import Parameters
from msoko.core.analysis.phrases import of_work
from msoko.core.analysis.rates import Plain, share_of, share_told
from msoko.core.monitoring.marking import mark_by
from msoko.core.monitoring.tally import Tally
from msoko.core.vocabulary.russian import NBSP, capitalised, counted, number, share_in_words
from msoko.core.vocabulary.shares import Share

NO_SCALE = "у границы — не посчитано: шкала не известна, отметки взяты из файла"
NO_SCORES = "у границы — не посчитано: распределения баллов нет"
BY_TOTAL_ONLY = "у границы — не посчитано: отметка зависит не только от суммы баллов, а отметок участников нет"
TEST_SCORES_ARE_NOT_HERE = "список участников по кодам есть только для работ с первичным баллом, на ЕГЭ балл тестовый"
NO_MARK_AT_ALL = "нет ни одной отметки"


def compute(panel: Panel, parameters: Parameters) -> Outcome:
    """One figure a school and work; its interval is that of the share at risk, per cent."""
    asked = chosen(chosen(panel.asked(), parameters["procedures"]), parameters["subjects"])
    results: list[Result] = []
    not_computed = nothing_asked(panel, asked)
    procedures: list[OfProcedure] = []
    for procedure in asked:
        margin = int(parameters["margin_test" if procedure.is_exam else "margin"])
        before = len(results)
        for school, group in panel.each_school(procedure):
            failed = group.failed(procedure)
            if isinstance(failed, str) or not failed.n:
                reason = failed if isinstance(failed, str) else NO_MARK_AT_ALL
                not_computed.append(NotComputed(school.key, reason, procedure.key))
            else:
                results.append(_result(procedure, group, failed, margin))
        reference = _reference(procedure, panel.reference(procedure), margin)
        procedures.append(OfProcedure(procedure.key, len(results) - before, (), reference))
    return Outcome(tuple(results), tuple(procedures), tuple(not_computed))


def _reference(procedure: Procedure, region: Group | NoReference, margin: int) -> dict[str, Any]:
    """The region's own shares, where they are known."""
    failed = region.failed(procedure) if isinstance(region, Group) else region.reason
    if isinstance(failed, str):
        return {"why_not": failed}
    return _shares(procedure, region, failed, margin) if isinstance(region, Group) and failed.n else {}


def _result(procedure: Procedure, group: Group, failed: Share, margin: int) -> Result:
    shares = _shares(procedure, group, failed, margin)
    at_risk = shares["at_risk"]
    return Result(
        organisation=group.organisation,
        statistic={**procedure.told(), **_border(procedure, margin), **shares},
        interval=(at_risk["low"], at_risk["high"]),
        inputs=(group.input,),
        about=place_of(procedure),
        strength=at_risk["low"] / 100,
    )


def _border(procedure: Procedure, margin: int) -> Plain:
    """The scores that count as near the border, both inclusive; None where no border is known."""
    first = _first_that_passes(procedure)
    return {"near_from": first, "near_to": None if first is None else first + margin - 1}


def _shares(procedure: Procedure, group: Group, failed: Share, margin: int) -> Plain:
    near = _near(procedure, group, margin)
    why_not = near if isinstance(near, str) else None
    # Counts of a table are restored from rounded per cents: near the border are never more than there are who passed.
    close = 0 if isinstance(near, str) else min(near, failed.n - failed.k)
    return {
        "failed": share_told(failed),
        "near": None if why_not else share_told(Share(close, failed.n)),
        "at_risk": share_told(Share(failed.k + close, failed.n)),
        "why_not_near": why_not,
    }


def _near(procedure: Procedure, group: Group, margin: int) -> int | str:
    """Those who passed with one of the `margin` lowest scores that can pass, or why they are not known."""
    first = _first_that_passes(procedure)
    if first is None:
        return NO_SCALE
    if procedure.scale is not None and procedure.scale.conditions:
        return _near_with_conditions(procedure, group.tally, range(first, first + margin))
    if group.histogram is None:
        return NO_SCORES
    return sum(n for score, n in group.histogram.items() if first <= score < first + margin)


def _first_that_passes(procedure: Procedure) -> int | None:
    if procedure.is_exam:
        return procedure.minimum
    return procedure.scale.bounds[0] + 1 if procedure.scale else None


def _near_with_conditions(procedure: Procedure, tally: Tally | None, scores: range) -> int | str:
    """Where the scale asks for more than the total, who failed all the same is not counted twice."""
    if tally is None:
        return BY_TOTAL_ONLY
    close = Tally(cells={cell: n for cell, n in tally.cells.items() if cell.score in scores})
    marked = mark_by(close, procedure.scale)
    return sum(marked.marks[mark] for mark in (3, 4, 5)) if marked else 0


@dataclass(frozen=True, order=True)
class Coded:
    """A participant by class and code, with the score."""

    class_name: str
    code: str
    score: int


def codes_at_risk(pupils: Pupils, procedure: Procedure, organisation: int, margin: int) -> tuple[Coded, ...] | str:
    """The participants of one school who are at risk by their score, for that school alone; or why nobody can say.

    What a scale asks beside the total is not looked at: who failed by that alone is in the figure, and not here.
    """
    first = _first_that_passes(procedure)
    if procedure.is_exam or first is None:
        return TEST_SCORES_ARE_NOT_HERE if procedure.is_exam else NO_MARKS
    return coded(pupils, organisation, low=0, high=first + margin - 1)


def coded(pupils: Pupils, organisation: int, low: int, high: int) -> tuple[Coded, ...]:
    """Participants of the school with scores from `low` to `high`, by class and code."""
    here = (pupils.organisation == organisation) & (pupils.total >= low) & (pupils.total <= high)
    rows = np.flatnonzero(here).tolist()
    found = (Coded(str(pupils.class_name[row]), str(pupils.code[row]), int(pupils.total[row])) for row in rows)
    return tuple(sorted(found))


def sentence(told: Told) -> str:
    """«По математике в 5 классе в зоне риска 22 % (9 из 41; 12–37 %): не справились 5, у самой границы (…) — 4.»"""
    statistic = told.statistic
    at_risk = share_in_words(share_of(statistic["at_risk"]))
    head = f"{capitalised(of_work(statistic))} в{NBSP}зоне риска {at_risk}"
    if not statistic["at_risk"]["k"]:
        return f"{head}."
    return f"{head}: {_parts(statistic)}."


def _parts(statistic: Mapping[str, Any]) -> str:
    failed = f"не{NBSP}справились{NBSP}{number(statistic['failed']['k'])}"
    if statistic["near"] is None:
        return f"{failed}; {statistic['why_not_near']}"
    low, high = statistic["near_from"], statistic["near_to"]
    scores = counted(high, "балл", "балла", "баллов")
    if low < high:
        scores = f"{number(low)}–{scores}"
    return f"{failed}, у{NBSP}самой границы ({scores}){NBSP}— {number(statistic['near']['k'])}"
