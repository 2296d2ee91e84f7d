"""The plain figures of every work in every school, with their intervals; nothing is judged."""

from collections.abc import Mapping
from typing import Any

from msoko.core.analysis.choosing import chosen
from msoko.core.analysis.headings import nothing_asked, place_of
from msoko.core.analysis.outcome import NotComputed, OfProcedure, Outcome, Result, Told
from msoko.core.analysis.panel import NO_MARKS, NO_N, NOBODY, Group, NoReference, Panel, Procedure
from msoko.core.analysis.parameters import Parameters
from msoko.core.analysis.phrases import of_work
from msoko.core.analysis.rates import rates_in_words, rates_told, share_of, share_told
from msoko.core.monitoring.describing import ALL_ALIKE, NO_JOURNAL, ONE_PARTICIPANT
from msoko.core.monitoring.exam_scores import PERFECT
from msoko.core.monitoring.intervals import mean_interval
from msoko.core.vocabulary.russian import NBSP, capitalised, counted, interval, number, percent, plural, share_in_words
from msoko.core.vocabulary.shares import Share

NO_MARKS_IN_EXAM = "на ЕГЭ отметок нет, его показатели считает методика exams.indicators"
NO_MEAN = "в сводной таблице среднего балла нет"
NO_SPREAD = "в сводной таблице разброса баллов нет"
JOURNAL = ("lowered", "confirmed", "raised")


def compute(panel: Panel, parameters: Parameters) -> Outcome:
    """One figure a school and work; its interval is that of the mean score, in points."""
    asked = chosen(panel.asked(), parameters["procedures"])
    results: list[Result] = []
    not_computed = nothing_asked(panel, asked)
    procedures: list[OfProcedure] = []
    weight = int(parameters["sou_not_assessed"])
    for procedure in asked:
        before = len(results)
        for school, group in panel.each_school(procedure):
            if group.n:
                results.append(_result(procedure, group, weight))
            else:
                not_computed.append(NotComputed(school.key, NO_N if group.n is None else NOBODY, procedure.key))
        reference = _reference(panel.reference(procedure))
        procedures.append(OfProcedure(procedure.key, len(results) - before, (), reference))
    return Outcome(tuple(results), tuple(procedures), tuple(not_computed))


def _reference(region: Group | NoReference) -> dict[str, Any]:
    if isinstance(region, NoReference):
        return {"why_not": region.reason}
    return {"n": region.n, "mean": region.mean, "sd": region.sd, "mean_percent": region.mean_percent}


def _result(procedure: Procedure, group: Group, weight: int) -> Result:
    why: dict[str, str] = {}
    bounds = _mean_bounds(procedure, group, why)
    return Result(
        organisation=group.organisation,
        statistic={
            **procedure.told(),
            "n": group.n,
            "absent": group.absent,
            "mean": group.mean,
            "sd": group.sd,
            "mean_percent": group.mean_percent,
            **_rates(procedure, group, weight, why),
            "journal": _journal(group, why),
            "from_table": group.is_aggregate,
            "why": why,
        },
        interval=bounds,
        inputs=(group.input,),
        about=place_of(procedure),
        strength=group.mean_percent or 0.0,
    )


def _mean_bounds(procedure: Procedure, group: Group, why: dict[str, str]) -> tuple[float, float] | None:
    """The interval of the mean, and in `why` the reason where there is none."""
    if group.mean is None:
        why["mean"] = NO_MEAN
        return None
    n = group.n or 0
    if n < 2:
        why["mean_interval"] = ONE_PARTICIPANT
    elif group.sd is None:
        why["mean_interval"] = NO_SPREAD
    elif group.sd == 0:
        why["mean_interval"] = ALL_ALIKE
    else:
        return mean_interval(group.mean, group.sd, n, PERFECT if procedure.is_exam else procedure.maximum)
    return None


def _rates(procedure: Procedure, group: Group, weight: int, why: dict[str, str]) -> dict[str, Any]:
    marks = group.marks
    if marks is None or not any(marks.values()):
        why["marks"] = NO_MARKS_IN_EXAM if procedure.is_exam else NO_MARKS
        return dict.fromkeys(("marks", "pass_rate", "quality_rate", "mean_mark", "sou", "not_assessed"))
    # A scale gives every score a mark; where marks are those of the file, who has none was not assessed.
    printed = procedure.scale is None and not group.is_aggregate
    return rates_told(marks, (group.n or 0) - sum(marks.values()) if printed else 0, weight)


def _journal(group: Group, why: dict[str, str]) -> dict[str, Any] | None:
    if group.journal is None or not sum(group.journal):
        why["journal"] = NO_JOURNAL
        return None
    whole = sum(group.journal)
    return {name: share_told(Share(k, whole)) for name, k in zip(JOURNAL, group.journal, strict=True)}


def sentence(told: Told) -> str:
    """«По математике в 5 классе: 41 участник, отсутствовали 3; средний балл — 11,2 (9,8–12,6), 56 % от максимума; …»"""
    statistic = told.statistic
    parts = [_who(statistic), _mean(told), _marks(statistic), _against_journal(statistic)]
    return f"{capitalised(of_work(statistic))}: {'; '.join(filter(None, parts))}."


def _who(statistic: Mapping[str, Any]) -> str:
    sat = counted(statistic["n"], "участник", "участника", "участников")
    absent = statistic["absent"]
    if not absent:
        return sat
    return f"{sat}, {plural(absent, 'отсутствовал', 'отсутствовали', 'отсутствовали')}{NBSP}{number(absent)}"


def _mean(told: Told) -> str:
    mean, of_maximum = told.statistic["mean"], told.statistic["mean_percent"]
    if mean is None:
        return ""
    bounds = f" ({interval(*told.interval, 1, '')})" if told.interval else ""
    part = f", {percent(of_maximum)} от{NBSP}максимума" if of_maximum is not None else ""
    return f"средний балл{NBSP}— {number(mean, 1)}{bounds}{part}"


def _marks(statistic: Mapping[str, Any]) -> str:
    return rates_in_words(statistic) if statistic["marks"] else ""


def _against_journal(statistic: Mapping[str, Any]) -> str:
    journal = statistic["journal"]
    if not journal:
        return ""
    lowered = share_in_words(share_of(journal["lowered"]))
    return f"отметка ниже журнальной{NBSP}— {lowered}"
