"""An inflated mean that does not go away: in the same work year after year, or in most works of one year.

Who is above the region is decided by the published marker (see inflated_mean); here it is only asked how often.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from msoko.core.analysis.choosing import chosen
from msoko.core.analysis.headings import nothing_asked
from msoko.core.analysis.methods.objectivity import inflated_mean
from msoko.core.analysis.methods.objectivity._published import Judged, points
from msoko.core.analysis.methods.objectivity._published_sureness import Sureness, reason
from msoko.core.analysis.outcome import NotComputed, OfProcedure, Outcome, Result, Told, Verdict
from msoko.core.analysis.panel import Panel, Procedure
from msoko.core.analysis.parameters import Parameters
from msoko.core.analysis.phrases import joined, of_work
from msoko.core.vocabulary.russian import NBSP, counted, number

YEARS = 3
"""How far back the panel reaches; it is the `years` of the definition."""
MOST_NAMED = 2
"""Works named with all their years; a strong school has a dozen, and nobody reads them."""
SURE = (Verdict.ROBUST, Verdict.LIKELY)


@dataclass(frozen=True)
class _Work:
    """One work marked this year at one school, with the same work of the years before as long as it was marked too."""

    results: tuple[Result, ...]

    @property
    def years(self) -> int:
        return len(self.results)

    def is_sure(self, sureness: Sureness) -> bool:
        """Every year large, of participants enough and not as other schools often are."""
        return all(
            result.verdict in SURE
            and result.statistic["effect"] >= sureness.large
            and result.statistic["n"] >= sureness.robust_n
            for result in self.results
        )


@dataclass(frozen=True)
class _Rule:
    years: int
    most: float
    least_works: int
    sureness: Sureness

    @classmethod
    def of(cls, parameters: Parameters) -> "_Rule":
        sureness = Sureness.of(parameters)
        return cls(parameters["consecutive"], parameters["most"], parameters["least_works"], sureness)

    def repeated(self, works: Sequence[_Work]) -> list[_Work]:
        return [work for work in works if work.years >= self.years]

    def is_in_most(self, works: Sequence[_Work], judged: int) -> bool:
        return judged >= self.least_works and 100 * len(works) >= self.most * judged


def compute(panel: Panel, parameters: Parameters) -> Outcome:
    """A finding a school. No interval: it is a count of works and years; each has its own in inflated_mean."""
    rule, mean_rule = _Rule.of(parameters), inflated_mean.Rule.of(parameters)
    procedures = chosen(panel.asked(), parameters["procedures"])
    now = [inflated_mean.judge(panel, procedure, mean_rule) for procedure in procedures]
    before = {one.key: _years_before(panel, one, mean_rule) for one in procedures}
    works = _works_by_school(now, before)
    judged = _judged(now)
    results = [_result(school, works[school], judged[school], rule) for school in sorted(works)]
    listed = [result for result in results if result is not None]
    marked = {result.organisation for result in listed}
    return Outcome(
        results=tuple(listed),
        procedures=tuple(_of_procedure(one, marked) for one in now if one.is_computed),
        not_computed=(*nothing_asked(panel, procedures), *_not_computed(panel, now, before)),
    )


def _years_before(panel: Panel, procedure: Procedure, rule: inflated_mean.Rule) -> list[Judged]:
    """The same work of the years before, the nearest first, as far as the system has them without a gap."""
    found = []
    for back in range(1, YEARS):
        earlier = panel.same_work(procedure, procedure.year - back)
        if earlier is None:
            break
        found.append(inflated_mean.judge(panel, earlier, rule))
    return found


def _works_by_school(now: Sequence[Judged], before: Mapping[int, Sequence[Judged]]) -> dict[int, list[_Work]]:
    works: dict[int, list[_Work]] = {}
    for judged in now:
        earlier = [{one.organisation: one for one in year.results} for year in before[judged.procedure.key]]
        for result in judged.results:
            run = [result]
            for year in earlier:
                if result.organisation not in year:
                    break
                run.append(year[result.organisation])
            works.setdefault(result.organisation, []).append(_Work(tuple(run)))
    return works


def _judged(now: Sequence[Judged]) -> dict[int, int]:
    """School → how many works of the year could be judged."""
    found: dict[int, int] = {}
    for judged in now:
        for school in judged.eligible:
            found[school] = found.get(school, 0) + 1
    return found


def _of_procedure(judged: Judged, marked: set[int]) -> OfProcedure:
    flagged = tuple(school for school in judged.flagged if school in marked)
    return OfProcedure(judged.procedure.key, len(judged.eligible), flagged, judged.reference)


def _not_computed(panel: Panel, now: Sequence[Judged], before: Mapping[int, Sequence[Judged]]) -> list[NotComputed]:
    said = [reason for one in now for reason in one.not_computed]
    for one in now:
        if one.is_computed and not before[one.procedure.key]:
            year = f"той же работы за{NBSP}{panel.year - 1}{NBSP}год в{NBSP}системе нет: повтор не проверяется"
            said.append(NotComputed(None, year, one.procedure.key))
    return said


def _result(school: int, works: Sequence[_Work], judged: int, rule: _Rule) -> Result | None:
    repeated, in_most = rule.repeated(works), rule.is_in_most(works, judged)
    if not repeated and not in_most:
        return None
    return Result(
        organisation=school,
        statistic={
            "year": works[0].results[0].statistic["year"],
            "works": [_told(work) for work in works],
            "repeated": [_told(work) for work in repeated],
            "marked": len(works),
            "judged": judged,
            "in_most": in_most,
        },
        verdict=_verdict(works, repeated, rule.sureness),
        inputs=tuple(dict.fromkeys(each for work in works for result in work.results for each in result.inputs)),
        strength=sum(work.years * max(work.results[0].statistic["effect"], 0.0) for work in works),
    )


def _told(work: _Work) -> dict[str, Any]:
    newest = work.results[0].statistic
    names = ("procedure", "kind", "subject", "name", "by", "grade", "year")
    years = [
        {name: result.statistic[name] for name in ("year", "n", "difference", "effect")} for result in work.results
    ]
    return {**{name: newest[name] for name in names}, "years": years}


def _verdict(works: Sequence[_Work], repeated: Sequence[_Work], sureness: Sureness) -> Verdict:
    """устойчиво: a work repeated, large and unusual every time; вероятно: one work now is unusual."""
    now = [work.results[0].verdict for work in works]
    if any(work.is_sure(sureness) for work in repeated):
        return Verdict.ROBUST
    if any(verdict in SURE for verdict in now):
        return Verdict.LIKELY
    return Verdict.FEW_DATA if all(verdict is Verdict.FEW_DATA for verdict in now) else Verdict.DOUBTFUL


def sentence(told: Told) -> str:
    """«Средний балл выше регионального 2 года подряд по математике в 4 классе (2024 г. на 3,1 балла, …) …»."""
    said: dict[str, Any] = dict(told.statistic)
    parts = []
    if said["repeated"]:
        named = joined([_with_years(one) for one in said["repeated"]], MOST_NAMED)
        parts.append(f"несколько лет подряд: {named}")
    if said["in_most"]:
        works = counted(said["judged"], "работы", "работ", "работ")
        named = "" if said["repeated"] else f": {joined(_named(said['works']), MOST_NAMED)}"
        parts.append(f"в{NBSP}{said['year']}{NBSP}г. в{NBSP}{number(said['marked'])} из{NBSP}{works}{named}")
    return (
        f"Средний балл выше регионального {'; '.join(parts)}. Сильная школа выглядит так{NBSP}же."
        f"{reason(told, 'часть работ за эти годы')}"
    )


def _named(works: Sequence[Mapping[str, Any]]) -> list[str]:
    return [f"{of_work(one)} на{NBSP}{points(one['years'][0]['difference'])}" for one in works]


def _with_years(one: Mapping[str, Any]) -> str:
    years = [f"{year['year']}{NBSP}г. на{NBSP}{points(year['difference'])}" for year in reversed(one["years"])]
    return f"{of_work(one)} ({', '.join(years)})"
