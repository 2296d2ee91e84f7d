"""Groups of schools by the number of subjects in which their mean is below the mean of the municipality.

The seed that uses the rule takes every difference for real. Beside its number stands how many of the differences are
clear: the whole 95 % interval of the school's mean lies below.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from msoko.core.analysis.choosing import chosen
from msoko.core.analysis.methods.low_results._lowness import NO_PROCEDURES, WROTE_NOTHING
from msoko.core.analysis.methods.low_results._words import as_sentence
from msoko.core.analysis.outcome import NotComputed, OfProcedure, Outcome, Result, Told
from msoko.core.analysis.panel import Group, Panel, Procedure, School
from msoko.core.analysis.parameters import Parameters
from msoko.core.analysis.phrases import MOST_NAMED, of_work
from msoko.core.monitoring.exam_scores import PERFECT
from msoko.core.monitoring.intervals import mean_interval
from msoko.core.vocabulary.procedures import kind_name
from msoko.core.vocabulary.russian import counted, join_with_and, number

NO_MUNICIPALITY = "муниципалитет школы не указан: сравнивать не с чем"
NO_MEAN = "среднего балла по муниципалитету нет"
ALONE = "в муниципалитете эту работу писала только эта школа: сравнивать не с кем"


@dataclass(frozen=True)
class Compared:
    """A school's mean against that of its municipality; `interval` is None for one participant and where all agree."""

    school: School
    procedure: Procedure
    group: Group
    district: Group
    mean: float
    district_mean: float
    interval: tuple[float, float] | None

    @property
    def is_below(self) -> bool:
        return self.mean < self.district_mean

    @property
    def is_clearly_below(self) -> bool:
        return self.interval is not None and self.interval[1] < self.district_mean

    @property
    def is_clearly_not_below(self) -> bool:
        return self.interval is not None and self.interval[0] >= self.district_mean

    @property
    def distance(self) -> float:
        """The difference in the municipality's standard deviations: works of different length can be put in order."""
        return (self.mean - self.district_mean) / (self.district.sd or 1.0)

    def told(self) -> dict[str, Any]:
        return {
            **self.procedure.told(),
            "n": self.group.n,
            "mean": self.mean,
            "interval": list(self.interval) if self.interval else None,
            "district_n": self.district.n,
            "district_mean": self.district_mean,
            "below": self.is_below,
            "clearly": self.is_clearly_below,
        }


def compute(panel: Panel, parameters: Parameters) -> Outcome:
    """A figure a school: its group, and from how many to how many subjects it may be by the intervals."""
    procedures = chosen(panel.asked(), parameters["procedures"])
    compared: dict[int, list[Compared]] = {}
    not_computed: list[NotComputed] = []
    for procedure in procedures:
        for school, group in panel.each_school(procedure):
            one = _compare(panel, procedure, school, group, parameters["min_n"])
            if isinstance(one, Compared):
                compared.setdefault(school.key, []).append(one)
            else:
                not_computed.append(NotComputed(school.key, one, procedure.key))
    results = tuple(_result(key, compared[key]) for key in sorted(compared))
    return Outcome(
        results=results,
        procedures=tuple(_of_procedure(procedure, compared) for procedure in procedures),
        not_computed=(*not_computed, *_silent(panel, procedures)),
        territory={"groups": _sizes(panel, results)},
    )


def _compare(panel: Panel, procedure: Procedure, school: School, group: Group, min_n: int) -> Compared | str:
    """The comparison, or why there is none."""
    if not group.n or group.mean is None:
        return group.why_no_mean()
    if group.n < min_n:
        return f"писали меньше {counted(min_n, 'участника', 'участников', 'участников')}"
    if school.municipality is None:
        return NO_MUNICIPALITY
    district = panel.municipalities.get(procedure.key, {}).get(school.municipality)
    if district is None or district.mean is None:
        return NO_MEAN
    if district.n == group.n:
        return ALONE
    return Compared(school, procedure, group, district, group.mean, district.mean, _interval(procedure, group))


def _interval(procedure: Procedure, group: Group) -> tuple[float, float] | None:
    if group.mean is None or not group.sd or not group.n or group.n < 2:
        return None
    return mean_interval(group.mean, group.sd, group.n, PERFECT if procedure.is_exam else procedure.maximum)


def _result(school: int, subjects: Sequence[Compared]) -> Result:
    in_order = sorted(subjects, key=lambda one: (not one.is_clearly_below, one.distance))
    below, clearly = sum(one.is_below for one in subjects), sum(one.is_clearly_below for one in subjects)
    return Result(
        organisation=school,
        statistic={
            "group": below,
            "clearly": clearly,
            "of": len(subjects),
            "subjects": [one.told() for one in in_order],
        },
        interval=(clearly, len(subjects) - sum(one.is_clearly_not_below for one in subjects)),
        inputs=tuple(each for one in subjects for each in (one.group.input, one.district.input)),
        strength=below + clearly / (len(subjects) + 1),
    )


def _of_procedure(procedure: Procedure, compared: Mapping[int, Sequence[Compared]]) -> OfProcedure:
    here = [one for subjects in compared.values() for one in subjects if one.procedure.key == procedure.key]
    districts = {one.district.organisation: one.district for one in here}
    means = [{"municipality": key, "n": one.n, "mean": one.mean} for key, one in sorted(districts.items())]
    below = tuple(sorted(one.school.key for one in here if one.is_below))
    return OfProcedure(procedure.key, len(here), below, {"municipalities": means})


def _silent(panel: Panel, procedures: Sequence[Procedure]) -> Iterable[NotComputed]:
    """Schools that wrote none of the works; where there are no such works, one word for all."""
    if not procedures:
        return [NotComputed(None, NO_PROCEDURES)]
    wrote = {key for procedure in procedures for key in panel.groups(procedure)}
    return [NotComputed(key, WROTE_NOTHING) for key in sorted(panel.organisations) if key not in wrote]


def _sizes(panel: Panel, results: Iterable[Result]) -> list[dict[str, Any]]:
    """How many schools of each municipality are in each group."""
    sizes = Counter((panel.organisations[one.organisation].municipality, one.statistic["group"]) for one in results)
    ordered = sorted(sizes.items(), key=lambda item: (item[0][0] or 0, item[0][1]))
    return [{"municipality": where, "group": group, "schools": count} for (where, group), count in ordered]


def sentence(told: Told) -> str:
    """«Группа 2: на ЕГЭ средний балл ниже, чем по муниципалитету, по 2 предметам из 11 — …; с учётом …»"""
    subjects, below = told.statistic["subjects"], told.statistic["group"]
    exam = _common_exam(subjects)
    where = f"на {kind_name(exam)} " if exam else ""
    head = f"группа {number(below)}: {where}средний балл"
    if not below:
        return as_sentence(f"{head} не ниже, чем по муниципалитету, {_at_all(subjects)}")
    worse = [_against(one, bool(exam)) for one in subjects if one["below"]]
    return as_sentence(
        f"{head} ниже, чем по муниципалитету, {_how_many(below, subjects)} — {_named(worse)}",
        _how_clear(told.statistic["clearly"], below),
    )


def _common_exam(subjects: Sequence[Mapping[str, Any]]) -> str:
    kinds = {one["kind"] for one in subjects}
    (only,) = kinds if len(kinds) == 1 else ("",)
    return only if only in ("oge", "ege", "gve") else ""


def _are_subjects(works: Sequence[Mapping[str, Any]]) -> bool:
    """Whether every work is a subject of its own; else they are counted as works."""
    return len({one["subject"] for one in works}) == len(works)


def _how_many(below: int, works: Sequence[Mapping[str, Any]]) -> str:
    """«по 2 предметам из 11», «по обеим работам»."""
    if below == len(works):
        return _at_all(works)
    return f"по {counted(below, *_forms(works))} из {number(len(works))}"


def _at_all(works: Sequence[Mapping[str, Any]]) -> str:
    one, many, _ = _forms(works)
    if len(works) > 2:
        return f"по всем {counted(len(works), one, many, many)}"
    single, both = ("единственному", "обоим") if _are_subjects(works) else ("единственной", "обеим")
    return f"по {single} {one}" if len(works) == 1 else f"по {both} {many}"


def _forms(works: Sequence[Mapping[str, Any]]) -> tuple[str, str, str]:
    return ("предмету", "предметам", "предметам") if _are_subjects(works) else ("работе", "работам", "работам")


def _against(one: Mapping[str, Any], exam_is_named: bool) -> str:
    what = one["by"] if exam_is_named else of_work(one)
    return f"{what} ({number(one['mean'], 1)} против {number(one['district_mean'], 1)})"


def _named(parts: Sequence[str]) -> str:
    """The first of them; the rest are counted."""
    if len(parts) <= MOST_NAMED:
        return join_with_and(list(parts))
    return f"{', '.join(parts[:MOST_NAMED])} и ещё по {number(len(parts) - MOST_NAMED)}"


def _how_clear(clearly: int, below: int) -> str:
    if clearly == below:
        return "с учётом числа участников отставание явное" + (" во всех" if below > 1 else "")
    if not clearly:
        return "с учётом числа участников явного отставания нет"
    return f"с учётом числа участников отставание явное по {number(clearly)} из них"
