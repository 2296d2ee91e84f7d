"""«Поддержка (ШНОР)»: who is on the list, by which rule, how sure; what changed since last year."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse

from msoko.core.analysis.outcome import Verdict
from msoko.core.definitions.kinds import Method
from msoko.core.vocabulary.russian import NBSP, counted, join_with_and, number, plural
from msoko.web.analysis.list_years import Change, ListYears
from msoko.web.analysis.methods import methods_in_force
from msoko.web.analysis.models import Figure, Finding, MethodRun
from msoko.web.analysis.not_computed import Silence, silences
from msoko.web.analysis.parameter_words import InForce, in_force
from msoko.web.analysis.queries import (
    Place,
    School,
    figures_of,
    findings_of,
    is_behind,
    places_on,
    procedures_named,
    runs_of,
    schools_below,
)
from msoko.web.collection.models import Procedure
from msoko.web.monitoring.titles import title_of
from msoko.web.people.models import Kind, Organisation
from msoko.web.people.sight import Sight

LISTS = ("low_results.posterior", "low_results.share_30", "low_results.three_years")
"""Methods that make a list of schools with low results. The first that is in force leads, the others stand beside."""
OFFICIAL = "official.low_results_list"

ASKED_ABOUT = ("threshold", "min_n", "least_procedures", "repeated", "procedures")
"""Parameters that stand beside the list; the others are a click away."""
STEPS = (1, 3, 5, 10, 15, 20, 30)
"""Least numbers of participants that people name; what each would change is said beside the slider."""
HIGHEST = STEPS[-1]
LONGEST_NUMBER = 10
SURENESS = (*Verdict, None)
"""The order of the list: the surest first, last those of whom only the rule beside or the official list speaks."""
SCHOOL_WORDS = ("школа", "школы", "школ")


@dataclass(frozen=True)
class Line:
    """A school of the list. `finding` is what a person decides about: the leading method's, else the rule's beside.

    `official` is the school's line in the official list, None where it has none.
    """

    school: School
    finding: Finding | None
    leads: bool
    beside: Mapping[str, Finding]
    official: Figure | None

    @cached_property
    def address(self) -> str:
        if self.finding is None:
            return reverse("analysis:school", args=[self.school.pk])
        return reverse("analysis:finding", args=[self.finding.pk])

    @property
    def verdict(self) -> Verdict | None:
        return Verdict(self.finding.verdict) if self.finding and self.leads else None

    @property
    def sentence(self) -> str:
        told = self.finding or self.official
        return told.sentence if told else ""


@dataclass(frozen=True)
class SupportPage:
    """`said_min_n` and `asked_procedure` are what the address asks for, '' and None where it does not."""

    sight: Sight
    territory: Organisation
    said_min_n: str = ""
    asked_procedure: int | None = None

    # ---- the rule

    @cached_property
    def methods(self) -> list[Method]:
        known = {method.name: method for method in methods_in_force()}
        return [known[name] for name in LISTS if name in known]

    @property
    def leading(self) -> Method:
        return self.methods[0]

    @property
    def others(self) -> list[Method]:
        return self.methods[1:]

    @cached_property
    def _runs(self) -> list[MethodRun]:
        """Of all years: the choice of years and the list over the years need them."""
        return list(runs_of(self._names, self.territory).defer("not_computed"))

    @property
    def _names(self) -> list[str]:
        return [method.name for method in self.methods]

    @cached_property
    def years(self) -> list[int]:
        """Years in which the list's procedures were sat, the newest first."""
        return sorted({run.calculation.year for run in self._runs if run.procedures}, reverse=True)

    @property
    def year(self) -> int | None:
        return self.sight.year or next(iter(self.years), None)

    @cached_property
    def _runs_of_year(self) -> list[MethodRun]:
        return list(runs_of([*self._names, OFFICIAL], self.territory).filter(calculation__year=self.year or 0))

    def run_of(self, method: Method) -> MethodRun | None:
        """How the method came out in the year: with the municipality's own parameters where it has set any."""
        mine = [run for run in self._runs_of_year if run.method == method.name]
        return mine[-1] if mine and not self.looks_at_several else next(iter(mine), None)

    @property
    def looks_at_several(self) -> bool:
        return self.territory.kind in (Kind.COUNTRY, Kind.REGION)

    @cached_property
    def run(self) -> MethodRun | None:
        return self.run_of(self.leading)

    @property
    def failures(self) -> list[MethodRun]:
        return [run for run in self._runs_of_year if run.failure]

    @cached_property
    def _parameters(self) -> list[InForce]:
        return in_force(self.leading, self.territory)

    @property
    def parameters(self) -> list[InForce]:
        """Those that everybody asks about, and all that somebody has set."""
        return [one for one in self._parameters if one.is_own or one.parameter.key in ASKED_ABOUT]

    @property
    def other_parameters(self) -> int:
        return len(self._parameters) - len(self.parameters)

    @property
    def own_parameters_of_others(self) -> list[str]:
        """Municipalities below that have set values of their own, where the whole region is looked at."""
        if not self.looks_at_several:
            return []
        runs = [run for run in self._runs_of_year if run.method == self.leading.name]
        return [run.territory.name for run in runs if run.territory is not None]

    @property
    def counts_procedures(self) -> bool:
        return self.run is not None and bool(self.run.procedures)

    @cached_property
    def is_behind(self) -> bool:
        return is_behind(self.territory, self.year)

    # ---- the least number of participants

    @cached_property
    def own_min_n(self) -> int | None:
        said: Any = self.run.parameters.get("min_n") if self.run else None
        return said if isinstance(said, int) else None

    @cached_property
    def asked_min_n(self) -> int | None:
        """None where the address asks for none, and where it asks for what the slider does not have."""
        is_number = self.said_min_n.isdecimal() and len(self.said_min_n) < LONGEST_NUMBER
        return int(self.said_min_n) if is_number and 1 <= int(self.said_min_n) <= self.highest_min_n else None

    @property
    def is_min_n_refused(self) -> bool:
        return bool(self.said_min_n) and self.asked_min_n is None

    @property
    def min_n(self) -> int | None:
        return self.asked_min_n if self.asked_min_n is not None else self.own_min_n

    @property
    def highest_min_n(self) -> int:
        return max(HIGHEST, self.own_min_n or 0)

    @cached_property
    def places(self) -> list[Place]:
        """The leading list in all years."""
        return places_on(self.leading.name, self.territory)

    def steps(self) -> list[tuple[int, str]]:
        """What another number would change: (n, «добавятся 2 школы»); the nearest one each way, and the least."""
        if self.min_n is None:
            return []
        now = self._length(self.min_n)
        lower = [n for n in reversed(STEPS) if n < self.min_n and self._length(n) > now]
        higher = [n for n in STEPS if n > self.min_n and self._length(n) < now]
        least = [n for n in lower[-1:] if self._length(n) > self._length(lower[0])]
        return [(n, _change_in_words(self._length(n) - now)) for n in (*lower[:1], *least, *higher[:1])]

    def _length(self, min_n: int) -> int:
        return sum(place.is_listed(min_n) for place in self.places if place.year == self.year)

    # ---- the list

    @cached_property
    def schools(self) -> dict[int, School]:
        return schools_below(self.territory)

    @cached_property
    def _findings(self) -> list[Finding]:
        found = findings_of(self._names, self.territory).filter(year=self.year or 0)
        return list(found.select_related("decided_by").defer("inputs").order_by("-strength", "pk"))

    @cached_property
    def _official(self) -> dict[int, Figure] | None:
        """School → its line in the official list of the year; None where there is no such list.

        A list of one municipality says nothing of the schools of another.
        """
        if not any(run.method == OFFICIAL and run.of_territory for run in self._runs_of_year):
            return None
        around = self.territory.region or self.territory
        figures = figures_of(OFFICIAL, around, self.year or 0).select_related("organisation")
        known = {one.organisation_id: one for one in figures}
        places = {one.organisation.municipality_id for one in known.values()}
        of_another = len(places) == 1 and not any(key in self.schools for key in known)
        return None if of_another else known

    def official_strangers(self) -> list[str]:
        """Schools of the official list that nobody in the register is, by name."""
        runs = [run for run in self._runs_of_year if run.method == OFFICIAL and run.of_territory]
        return [one["reason"] for run in runs for one in run.not_computed]

    @property
    def has_official_list(self) -> bool:
        return self._official is not None

    @cached_property
    def lines(self) -> list[Line]:
        """The list: the leading method's schools, then those that only the rule beside or the official list has."""
        ours = self._listed(self.leading)
        beside = {method.name: self._listed(method) for method in self.others}
        keys = dict.fromkeys([*ours, *(key for found in beside.values() for key in found), *(self._official or ())])
        lines = [self._line(key, ours.get(key), beside) for key in keys if key in self.schools]
        return sorted(lines, key=lambda line: SURENESS.index(line.verdict))

    def _listed(self, method: Method) -> dict[int, Finding]:
        """School → its most striking finding of the method that holds for the least number of participants."""
        listed: dict[int, Finding] = {}
        for finding in self._findings:
            if finding.method == method.name and place_of(finding).is_listed(self.asked_min_n):
                listed.setdefault(finding.organisation_id, finding)
        return listed

    def _line(self, key: int, ours: Finding | None, beside: Mapping[str, Mapping[int, Finding]]) -> Line:
        others = {name: found[key] for name, found in beside.items() if key in found}
        finding = ours or next(iter(others.values()), None)
        official = self._official.get(key) if self._official is not None else None
        return Line(self.schools[key], finding, ours is not None, others, official)

    @cached_property
    def listed(self) -> list[Line]:
        """The schools of the leading list alone."""
        return [line for line in self.lines if line.leads]

    # ---- what is said first

    def sentences(self) -> list[str]:
        return [sentence for sentence in (self._how_many(), self._what_changed()) if sentence]

    def agreements(self) -> list[str]:
        """How the list agrees with the rules beside and with the official list of the year."""
        ours = {line.school.pk for line in self.listed}
        said = [
            _agreement(f"Правило «{short_title(method)}»", ours, self._schools_beside(method))
            for method in self.others
            if self.run_of(method)
        ]
        if self._official is not None:
            theirs = {key for key in self._official if key in self.schools}
            said.append(_agreement(f"Официальный перечень {self.year}{NBSP}года", ours, theirs))
        return said

    def _schools_beside(self, method: Method) -> set[int]:
        return {line.school.pk for line in self.lines if method.name in line.beside}

    def _how_many(self) -> str:
        if not self.listed:
            return f"В{NBSP}списке {self.year}{NBSP}года ни{NBSP}одной школы."
        verdicts = Counter(line.verdict for line in self.listed)
        parts = [f"{one.words}{NBSP}— {number(verdicts[one])}" for one in Verdict if verdicts[one]]
        waiting = sum(line.finding is not None and line.finding.state == Finding.State.NEW for line in self.listed)
        wait = plural(waiting, "ждёт", "ждут", "ждут")
        decisions = f"Решения {wait}{NBSP}{number(waiting)}." if waiting else "Решения приняты по всем."
        schools = counted(len(self.listed), *SCHOOL_WORDS)
        return f"В{NBSP}списке {self.year}{NBSP}года {schools}: {', '.join(parts)}. {decisions}"

    @cached_property
    def years_of_list(self) -> ListYears:
        counted_by_year = {
            run.calculation.year: [one["procedure"] for one in run.procedures]
            for run in self._runs
            if run.method == self.leading.name and run.territory_id is None
        }
        return ListYears(self.places, counted_by_year, self.schools, self.min_n, self.asked_min_n)

    @property
    def change(self) -> Change | None:
        """Against the year before; None where there is nothing to compare with."""
        return self.years_of_list.changes.get(self.year or 0)

    def _what_changed(self) -> str:
        return self.years_of_list.change_in_words(self.year) if self.year else ""

    # ---- of whom nothing can be said

    @cached_property
    def not_computed(self) -> list[Silence]:
        """Of the leading method."""
        runs = [run for run in self._runs_of_year if run.method == self.leading.name]
        return silences(runs, self.run, self.schools)

    @property
    def silent_about(self) -> int:
        """Schools with at least one procedure of which nothing can be said."""
        if any(one.school is None for one in self.not_computed):
            return len(self.schools)
        return len({one.school.pk for one in self.not_computed if one.school})

    # ---- the picture of one procedure

    @cached_property
    def procedures(self) -> list[Procedure]:
        """Those of which the list could judge at least one school."""
        return procedures_named(one["procedure"] for one in self.run.procedures if one["eligible"]) if self.run else []

    @property
    def titled_procedures(self) -> list[tuple[Procedure, str]]:
        return [(one, title_of(one)) for one in self.procedures]

    @cached_property
    def procedure(self) -> Procedure | None:
        """The one asked for, else the one that is low in the most schools of the territory."""
        asked = next((one for one in self.procedures if one.pk == self.asked_procedure), None)
        if asked is not None or self.run is None:
            return asked
        low = {one["procedure"]: sum(key in self.schools for key in one["flagged"]) for one in self.run.procedures}
        return max(self.procedures, key=lambda one: low[one.pk], default=None)


def short_title(method: Method) -> str:
    """«Низкие результаты — три года подряд» → «три года подряд»: the page says the first half by itself."""
    return method.title.partition(" — ")[2] or method.title


def place_of(finding: Finding) -> Place:
    return Place(finding.organisation_id, finding.year, finding.verdict, finding.statistic.get("reach"))


def _change_in_words(difference: int) -> str:
    """«добавятся 2 школы», «уйдёт 1 школа»."""
    schools = counted(abs(difference), *SCHOOL_WORDS)
    one = abs(difference) % 10 == 1 and abs(difference) % 100 != 11
    if difference > 0:
        return f"{'добавится' if one else 'добавятся'} {schools}"
    return f"{'уйдёт' if one else 'уйдут'} {schools}"


def _agreement(whose: str, ours: set[int], theirs: set[int]) -> str:
    """«… — 5 школ: в обоих — 3, только там — 2, только у нас — 1.»"""
    if not theirs:
        return f"{whose} не{NBSP}называет ни{NBSP}одной школы территории."
    parts = {"в обоих": ours & theirs, "только там": theirs - ours, "только в нашем": ours - theirs}
    said = [f"{words}{NBSP}— {number(len(schools))}" for words, schools in parts.items() if schools]
    return f"{whose}{NBSP}— {counted(len(theirs), *SCHOOL_WORDS)}: {join_with_and(said)}."
