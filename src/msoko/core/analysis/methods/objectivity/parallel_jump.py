"""A jump of results from one grade to the next in the same year, within a school: a local marker of the seeds.

The two parallels are different children in different works, so the jump itself says nothing; what is unusual is a jump
quite unlike that of the other schools of the territory between the same two works.
"""

from collections.abc import Mapping
from dataclasses import replace
from math import sqrt
from typing import Any

from msoko.core.analysis.choosing import chosen
from msoko.core.analysis.headings import nothing_asked, of_participants, place_of
from msoko.core.analysis.methods.objectivity._published import (
    Judged,
    as_outcome,
)
from msoko.core.analysis.methods.objectivity._published_gaps import (
    ABOVE,
    GapRule,
    Value,
    difference_of_shares,
    judge_values,
    variance_of_share,
)
from msoko.core.analysis.methods.objectivity._published_sureness import rarity, reason
from msoko.core.analysis.outcome import NotComputed, Outcome, Told
from msoko.core.analysis.panel import NO_MARKS, NOBODY, Group, Panel, Procedure
from msoko.core.analysis.parameters import Parameters
from msoko.core.monitoring.marking import quality_rate
from msoko.core.vocabulary.russian import NBSP, capitalised, percent, share_in_words, signed
from msoko.core.vocabulary.shares import Z_95, Share

NOT_BOTH = "школа писала только одну из двух работ"
NO_SPREAD = "средний балл или разброс не определён"
QUALITY = "quality"
WORDS = {QUALITY: "«4» и «5»", "mean_percent": "выполнение работы"}


def compute(panel: Panel, parameters: Parameters) -> Outcome:
    """A finding a school and pair of works, told of the higher grade; its interval is of the difference to the usual
    jump, points."""
    rule = GapRule.of(parameters)
    works = [one for one in chosen(panel.asked(), parameters["procedures"]) if not one.is_exam]
    judged = (judge(panel, one, parameters["value"], rule) for one in works)
    return as_outcome(judged, *nothing_asked(panel, works))


def lower_parallel(panel: Panel, procedure: Procedure) -> Procedure | None:
    """The work of the same kind and subject that the grade before wrote in the same year."""
    wanted = replace(procedure, grade=procedure.grade - 1).work
    found = [
        one
        for one in panel.of_year(procedure.year)
        if one.work == wanted and one.academic_year == procedure.academic_year
    ]
    return found[0] if found else None


def judge(panel: Panel, upper: Procedure, value: str, rule: GapRule) -> Judged:
    """All schools of one pair of parallels."""
    lower = lower_parallel(panel, upper)
    if lower is None:
        return Judged.nobody(upper, f"работы за{NBSP}{upper.grade - 1}{NBSP}класс в{NBSP}этом году в{NBSP}системе нет")
    below, above = panel.groups(lower), panel.groups(upper)
    values, unknown = [], []
    for key in sorted({*below, *above} & set(panel.organisations)):
        found = _value(lower, upper, below.get(key), above.get(key), value)
        if isinstance(found, str):
            unknown.append(NotComputed(key, found, upper.key))
        else:
            values.append(found)
    return judge_values(upper, values, unknown, rule, place_of(upper))


def _value(lower: Procedure, upper: Procedure, below: Group | None, above: Group | None, value: str) -> Value | str:
    if below is None or above is None or not below.n or not above.n:
        return NOBODY if not (below and below.n) and not (above and above.n) else NOT_BOTH
    found = _jump_of_quality(below, above) if value == QUALITY else _jump_of_means(lower, upper, below, above)
    if isinstance(found, str):
        return found
    before, after, bounds, variance = found
    return Value(
        school=above.organisation,
        n=min(below.n, above.n),
        value=after - before,
        bounds=bounds,
        score=after - before,
        variance=variance,
        statistic={
            **upper.told(),
            "lower_grade": lower.grade,
            "of": value,
            "before": before,
            "after": after,
            "n_before": below.n,
            "n_after": above.n,
            "good": _good(below, above) if value == QUALITY else None,
        },
        inputs=(below.input, above.input),
    )


Jump = tuple[float, float, tuple[float, float], float]
"""Per cent in the lower and in the upper grade, bounds of the jump, variance of it."""


def _jump_of_quality(below: Group, above: Group) -> Jump | str:
    if below.marks is None or above.marks is None:
        return NO_MARKS
    before, after = quality_rate(below.marks), quality_rate(above.marks)
    if not before.n or not after.n:
        return NO_MARKS
    variance = variance_of_share(before) + variance_of_share(after)
    return _percent(before), _percent(after), difference_of_shares(after, before), variance


def _good(below: Group, above: Group) -> list[list[int]]:
    """How many have «4» and «5» of how many with a mark, in the lower and in the upper grade."""
    shares = [quality_rate(group.marks or {}) for group in (below, above)]
    return [[share.k, share.n] for share in shares]


def _percent(share: Share) -> float:
    return 100 * share.k / share.n


def _jump_of_means(lower: Procedure, upper: Procedure, below: Group, above: Group) -> Jump | str:
    variance = 0.0
    for procedure, group in ((lower, below), (upper, above)):
        if not procedure.maximum or group.mean_percent is None or group.sd is None or not group.n:
            return NO_SPREAD
        variance += (100 * group.sd / procedure.maximum) ** 2 / group.n
    before, after = below.mean_percent, above.mean_percent
    if before is None or after is None or not variance:
        return NO_SPREAD
    half = Z_95 * sqrt(variance)
    return before, after, (after - before - half, after - before + half), variance


def sentence(told: Told) -> str:
    """«По математике «4» и «5» в 4 классе — 38 % (16 из 41; …), в 5 классе — 81 % (…). Скачок вверх: +43 п. п. …»."""
    said: dict[str, Any] = dict(told.statistic)
    how = "вверх" if said["side"] == ABOVE else "вниз"
    before, after = _both(said)
    return (
        f"{capitalised(said['by'])} {WORDS[said['of']]} в{NBSP}{said['lower_grade']}{NBSP}классе{NBSP}— {before}, "
        f"в{NBSP}{said['grade']}{NBSP}классе{NBSP}— {after}. Скачок {how}: {signed(said['value'])}{NBSP}п.{NBSP}п., "
        f"обычно между этими работами {signed(said['usual'])}{NBSP}п.{NBSP}п.{rarity(told)}{reason(told, 'обе работы')}"
    )


def _both(said: Mapping[str, Any]) -> list[str]:
    """The two results: shares with their intervals, or means of participants."""
    if said["good"] is not None:
        return [share_in_words(Share(k, n)) for k, n in said["good"]]
    pairs = (("before", "n_before"), ("after", "n_after"))
    return [f"{percent(said[value])} ({of_participants(said[n])})" for value, n in pairs]
