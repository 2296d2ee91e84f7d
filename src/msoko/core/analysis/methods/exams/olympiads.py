"""The olympiad by stage: how many took part, how many won or took prizes, per hundred pupils where these are known."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from msoko.core.analysis.forms import (
    Row,
    academic_year,
    asked,
    by,
    by_school,
    count_in,
    newest,
    of_the_year,
    strangers,
    text_in,
)
from msoko.core.analysis.outcome import NotComputed, Outcome, Result, Told
from msoko.core.analysis.panel import Panel
from msoko.core.analysis.parameters import Parameters
from msoko.core.analysis.rates import Plain, share_of, share_told
from msoko.core.vocabulary.russian import NBSP, capitalised, counted, number, share_in_words
from msoko.core.vocabulary.shares import Share
from msoko.core.vocabulary.unknowns import Unknown

FORM, TITLE, PASSPORT = "olympiads", "олимпиада", "social_passport"
NO_FORMS = "сведений об олимпиаде за этот учебный год в системе нет"
NO_PUPILS = f"на{NBSP}100 обучающихся не{NBSP}посчитано: социального паспорта школы за{NBSP}этот год нет"
OF_ONE_GRADE = f"на{NBSP}100 обучающихся не{NBSP}посчитано: сколько обучающихся в{NBSP}параллели, не{NBSP}известно"
STAGES = ("школьный", "муниципальный", "региональный", "заключительный")
COUNTS = {"participants": "участников", "winners": "победителей", "prize_winners": "призёров"}


@dataclass(frozen=True)
class _Subject:
    """One subject of a stage in one school, all grades together."""

    name: str
    participants: int
    winners: int
    prize_winners: int

    @property
    def awarded(self) -> int:
        return self.winners + self.prize_winners


def compute(panel: Panel, parameters: Parameters) -> Outcome:
    """One figure a school and stage; its interval is that of the share of winners and prize-winners, per cent.

    `territory`: stage → the same sums over all schools that told of it.
    """
    rows = asked(panel, of_the_year(panel, FORM))
    not_computed = strangers(rows, TITLE)
    pupils = _pupils(panel)
    results: list[Result] = []
    for school, own in by_school(panel, newest(rows, "stage", "subject", "grade")).items():
        for (stage,), of_stage in sorted(by(own, "stage").items(), key=lambda pair: _order(pair[0][0])):
            subjects = []
            for (_,), of_subject in by(of_stage, "subject").items():
                said = _subject(of_subject)
                if isinstance(said, str):
                    not_computed.append(NotComputed(school, f"{stage} этап: {said}"))
                else:
                    subjects.append(said)
            if subjects:
                results.append(_result(panel, school, stage, subjects, pupils.get(school)))
    if not rows:
        not_computed.append(NotComputed(None, NO_FORMS))
    return Outcome(tuple(results), not_computed=tuple(not_computed), territory=_together(results))


def _order(stage: str) -> int:
    return STAGES.index(stage) if stage in STAGES else len(STAGES)


def _pupils(panel: Panel) -> dict[int, int]:
    """School → its pupils by the social passport of the year; one without the number is left out."""
    newest_first = newest(of_the_year(panel, PASSPORT))
    said = {school: count_in(rows[0].get("pupils")) for school, rows in by_school(panel, newest_first).items()}
    return {school: n for school, n in said.items() if not isinstance(n, Unknown) and n}


def _subject(rows: Sequence[Row]) -> _Subject | str:
    """Sums over the grades; a row without a grade is of all of them together and speaks alone."""
    name = text_in(rows[0].get("subject"))
    together = [row for row in rows if not text_in(row.get("grade"))]
    sums = dict.fromkeys(COUNTS, 0)
    for row in together or rows:
        for column, word in COUNTS.items():
            n = count_in(row.get(column))
            if isinstance(n, Unknown):
                return f"{name}, число {word} не{NBSP}известно"
            sums[column] += n
    found = _Subject(name, **sums)
    if found.awarded > found.participants:
        return f"{name}, победителей и{NBSP}призёров больше, чем участников"
    return found


def _result(panel: Panel, school: int, stage: str, subjects: Sequence[_Subject], pupils: int | None) -> Result:
    sums = _sums(subjects)
    awarded = share_told(Share(sums["winners"] + sums["prize_winners"], sums["participants"]))
    per_hundred = None if pupils is None or panel.grade is not None else 100 * sums["participants"] / pupils
    return Result(
        organisation=school,
        statistic={
            "stage": stage,
            "academic_year": academic_year(panel),
            **sums,
            "awarded": awarded,
            "subjects": [dict(vars(one)) for one in subjects],
            "pupils": pupils,
            "per_hundred": per_hundred,
            "why_not_per_hundred": _why_not(panel, per_hundred),
        },
        interval=(awarded["low"], awarded["high"]) if awarded else None,
        about=f"olympiad/{stage}",
        strength=float(sums["winners"] + sums["prize_winners"]),
    )


def _sums(parts: Sequence[Any]) -> dict[str, int]:
    return {column: sum(getattr(one, column) for one in parts) for column in COUNTS}


def _why_not(panel: Panel, per_hundred: float | None) -> str | None:
    if per_hundred is not None:
        return None
    return NO_PUPILS if panel.grade is None else OF_ONE_GRADE


def _together(results: Sequence[Result]) -> Plain:
    """Stage → schools, participants, winners, prize-winners and the share of the last two."""
    found: Plain = {}
    for stage in dict.fromkeys(one.statistic["stage"] for one in results):
        of_stage = [one.statistic for one in results if one.statistic["stage"] == stage]
        sums = {column: sum(one[column] for one in of_stage) for column in COUNTS}
        share = share_told(Share(sums["winners"] + sums["prize_winners"], sums["participants"]))
        found[stage] = {"schools": len(of_stage), **sums, "awarded": share}
    return found


def sentence(told: Told) -> str:
    """«Муниципальный этап олимпиады 2025/26 учебного года: 14 участий по 5 предметам; победителей и призёров — …»"""
    statistic = told.statistic
    parts = [_took_part(statistic), *_awarded(statistic), *_per_hundred(statistic)]
    stage = f"{capitalised(statistic['stage'])} этап олимпиады {statistic['academic_year']} учебного года"
    return f"{stage}: {'; '.join(parts)}."


def _took_part(statistic: Mapping[str, Any]) -> str:
    if not statistic["participants"]:
        return "участников не было"
    took_part = counted(statistic["participants"], "участие", "участия", "участий")
    subjects = counted(len(statistic["subjects"]), "предмету", "предметам", "предметам")
    return f"{took_part} по{NBSP}{subjects}"


def _awarded(statistic: Mapping[str, Any]) -> Iterator[str]:
    if statistic["awarded"]:
        winners = f", из{NBSP}них победителей{NBSP}{number(statistic['winners'])}" if statistic["winners"] else ""
        yield f"победителей и{NBSP}призёров{NBSP}— {share_in_words(share_of(statistic['awarded']))}{winners}"


def _per_hundred(statistic: Mapping[str, Any]) -> Iterator[str]:
    per_hundred = statistic["per_hundred"]
    if per_hundred is not None:
        yield f"на{NBSP}100 обучающихся{NBSP}— {counted(per_hundred, 'участие', 'участия', 'участий', 1)}"
