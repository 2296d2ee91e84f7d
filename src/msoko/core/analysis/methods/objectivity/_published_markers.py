"""The published markers of a year together: which of them each school has, and which could not be judged.

Inflated mean in every chosen procedure; mismatch with the journal in those of ВПР, for examinations print no journal
marks; drop and rise of a cohort in those of ВПР after grade 4, the first grade that writes ВПР.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from msoko.core.analysis.choosing import ANY, chosen
from msoko.core.analysis.methods.objectivity import cohort_change, inflated_mean, journal_mismatch
from msoko.core.analysis.methods.objectivity._published import NO_PROCEDURE, Judged
from msoko.core.analysis.methods.objectivity._published_sureness import Sureness
from msoko.core.analysis.outcome import NotComputed, OfProcedure, Result
from msoko.core.analysis.panel import Panel, Procedure
from msoko.core.analysis.parameters import Parameters
from msoko.core.analysis.phrases import of_work
from msoko.core.vocabulary.procedures import kind_name
from msoko.core.vocabulary.russian import NBSP, quote

VPR = "vpr"
FIRST_GRADE = 4
"""The first grade that writes ВПР: before it there is no work to compare a cohort with."""
MEAN, JOURNAL, DROP, RISE = "mean", "journal", cohort_change.DROP, cohort_change.RISE
TITLES = {
    MEAN: "завышенный средний балл",
    JOURNAL: "расхождение с журналом",
    DROP: "резкое падение",
    RISE: "резкий рост",
}
UNASKED = Sureness(enough_n=1, robust_n=1, unusual=1.0, robust=0.0, large=0.0)
"""Where markers are only counted nobody asks how sure they are."""


@dataclass(frozen=True)
class Marker:
    """One marker of one school. `code`: «РУ4», a cohort's after its later work."""

    kind: str
    code: str
    result: Result

    def told(self) -> dict[str, Any]:
        statistic = self.result.statistic
        work = {name: statistic[name] for name in ("procedure", "kind", "subject", "name", "by", "grade", "year")}
        return {"marker": self.kind, "code": self.code, "verdict": str(self.result.verdict), **work}


@dataclass(frozen=True)
class OneMarker:
    """One marker in one procedure, over all schools; a drop and a rise are two markers of one computation."""

    kind: str
    judged: Judged

    @property
    def procedure(self) -> Procedure:
        return self.judged.procedure

    @property
    def code(self) -> str:
        return code_of(self.procedure)

    @property
    def title(self) -> str:
        """«завышенный средний балл по математике в 4 классе»."""
        return f"{TITLES[self.kind]} {of_work(self.procedure.told())}"

    @property
    def results(self) -> tuple[Result, ...]:
        if self.kind not in (DROP, RISE):
            return self.judged.results
        return tuple(one for one in self.judged.results if one.statistic["direction"] == self.kind)


@dataclass(frozen=True)
class Markers:
    """All markers of a year. `missing`: chosen procedures that the system does not have, in words."""

    markers: tuple[OneMarker, ...]
    missing: tuple[str, ...]

    @property
    def computed(self) -> tuple[OneMarker, ...]:
        return tuple(one for one in self.markers if one.judged.is_computed)

    @property
    def not_computed(self) -> tuple[NotComputed, ...]:
        """What could be said of no school: the procedure's absence, or the marker's reason."""
        return (*(NotComputed(None, reason) for reason in self.missing), *self._of_markers())

    def _of_markers(self) -> Iterator[NotComputed]:
        for one in self.markers:
            if not one.judged.is_computed and one.kind != RISE:  # said once of a drop and a rise
                title = f"резкое изменение {of_work(one.procedure.told())}" if one.kind == DROP else one.title
                for reason in one.judged.not_computed:
                    yield NotComputed(None, f"{title}: {reason.reason}", one.procedure.key)

    @cached_property
    def of_school(self) -> dict[int, tuple[Marker, ...]]:
        """School → its markers; only schools that have one."""
        found: dict[int, list[Marker]] = {}
        for one in self.computed:
            for result in one.results:
                found.setdefault(result.organisation, []).append(Marker(one.kind, one.code, result))
        return {school: tuple(markers) for school, markers in sorted(found.items())}

    @cached_property
    def judged(self) -> dict[int, int]:
        """School → how many markers could be judged of it; only schools of which one could."""
        found: dict[int, int] = {}
        for one in self.computed:
            for school in one.judged.eligible:
                found[school] = found.get(school, 0) + 1
        return dict(sorted(found.items()))

    def of_procedures(self) -> tuple[OfProcedure, ...]:
        """A procedure with any marker computed: who could be judged by one of them, who has one."""
        found = []
        for key in dict.fromkeys(one.procedure.key for one in self.computed):
            here = [one for one in self.computed if one.procedure.key == key]
            eligible = set().union(*(one.judged.eligible for one in here))
            flagged = {result.organisation for one in here for result in one.results}
            counts = {one.kind: len(one.results) for one in here}
            found.append(OfProcedure(key, len(eligible), tuple(sorted(flagged)), counts))
        return tuple(found)

    def summary(self) -> list[dict[str, Any]]:
        """Marker by marker: its code, how many schools could be judged and have it."""
        return [
            {
                "marker": one.kind,
                "code": one.code,
                "procedure": one.procedure.key,
                "title": one.title,
                "judged": len(one.judged.eligible),
                "marked": len(one.results),
            }
            for one in self.computed
        ]


def code_of(procedure: Procedure) -> str:
    """«РУ4», of an examination «ОГЭ РУ»."""
    code = procedure.code or procedure.subject_name
    return f"{code}{procedure.grade}" if procedure.kind == VPR else f"{kind_name(procedure.kind)}{NBSP}{code}"


def markers_of(panel: Panel, parameters: Parameters, sure: tuple[Sureness, Sureness] = (UNASKED, UNASKED)) -> Markers:
    """The markers of the panel's year; `sure`: of means and of the journal."""
    procedures = chosen(panel.asked(), parameters["procedures"])
    return Markers(tuple(_each(panel, procedures, parameters, *sure)), tuple(_missing(panel, parameters)))


def _each(
    panel: Panel, procedures: Sequence[Procedure], parameters: Parameters, of_mean: Sureness, of_journal: Sureness
) -> Iterator[OneMarker]:
    means = inflated_mean.Rule(parameters["z"], parameters["min_n_mean"], of_mean)
    journals = journal_mismatch.Rule(parameters["formula"], parameters["min_n_journal"], of_journal)
    cohorts = cohort_change.Rule(parameters["fence"], parameters["min_n_cohort"], of_mean.enough_n, of_mean.robust_n)
    works = [one for one in procedures if one.kind == VPR]
    yield from (OneMarker(MEAN, inflated_mean.judge(panel, one, means)) for one in procedures)
    yield from (OneMarker(JOURNAL, journal_mismatch.judge(panel, one, journals)) for one in works)
    changes = [cohort_change.judge(panel, one, cohorts) for one in works if one.grade > FIRST_GRADE]
    yield from (OneMarker(kind, judged) for judged in changes for kind in (RISE, DROP))


def _missing(panel: Panel, parameters: Parameters) -> Iterator[str]:
    """Words for procedures that the year does not have; of a part asked about nothing is missing."""
    if panel.grade is not None or panel.subject is not None:
        return
    for word in parameters["procedures"]:
        if word != ANY and not chosen(panel.of_year(panel.year), [word]):
            yield f"{quote(word)}: {NO_PROCEDURE}"
