"""«Задания»: which tasks of a work failed, where, and what the association of teachers should talk about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from msoko.core.analysis.headings import place_of
from msoko.core.analysis.outcome import Verdict
from msoko.core.vocabulary.russian import NBSP, capitalised, counted, nbsp
from msoko.documents.charts.items_heatmap import MOST_SCHOOLS
from msoko.web.analysis.models import Figure, Finding, MethodRun
from msoko.web.analysis.page_frame import finding_address
from msoko.web.analysis.queries import School, figures_of, findings_of, is_behind, runs_of
from msoko.web.analysis.tasks_solved import Line, furthest_behind_first, line_of
from msoko.web.collection.models import Procedure
from msoko.web.monitoring.models import Value
from msoko.web.monitoring.titles import title_of
from msoko.web.people.models import Kind, Organisation
from msoko.web.people.sight import Sight

FIGURES, TERRITORY, FAILING, CONTENT = "items.figures", "items.territory", "items.failing", "items.content"
SCHOOLS, MUNICIPALITIES = "schools", "municipalities"
BEHIND, NAME = "behind", "name"
ROWS = {
    SCHOOLS: ("школа", "школы", "школ"),
    MUNICIPALITIES: ("муниципалитет", "муниципалитета", "муниципалитетов"),
}
REGION = "region"
"""`territory` of a figure that was compared with the region, not with the school's municipality."""


@dataclass(frozen=True)
class FoundTasks:
    """A finding as a row of a list with decisions."""

    finding: Finding

    @property
    def school(self) -> School:
        one = self.finding.organisation
        return School(one.pk, one.name, one.municipality.name if one.municipality else "", one.municipality_id)

    @property
    def address(self) -> str:
        return finding_address(self.finding.pk)

    @property
    def sentence(self) -> str:
        return self.finding.sentence


@dataclass(frozen=True)
class TasksPage:
    """`asked_*` is what the address asks for: a procedure's key, SCHOOLS or MUNICIPALITIES, BEHIND or NAME."""

    sight: Sight
    territory: Organisation
    asked_procedure: int | None = None
    asked_rows: str = ""
    asked_order: str = ""

    # ---- which work

    @cached_property
    def _known(self) -> list[Procedure]:
        """Works of all years in which the territory has results."""
        values = Value.objects.filter(organisation=self.territory, whole=True, score="items")
        found = Procedure.objects.filter(pk__in=values.values("procedure")).defer("items", "description")
        return list(found.order_by("kind", "grade", "subject", "label", "pk"))

    @property
    def years(self) -> list[int]:
        return sorted({one.year for one in self._known}, reverse=True)

    @cached_property
    def year(self) -> int | None:
        """The year asked for, else that of the work asked for, else the newest."""
        asked = next((one.year for one in self._known if one.pk == self.asked_procedure), None)
        return self.sight.year or asked or next(iter(self.years), None)

    @property
    def procedures(self) -> list[Procedure]:
        return [one for one in self._known if one.year == self.year]

    @property
    def titled_procedures(self) -> list[tuple[int, str]]:
        return [(one.pk, title_of(one)) for one in self.procedures]

    @cached_property
    def procedure(self) -> Procedure | None:
        """The one asked for, else the one whose tasks failed most."""
        asked = next((one for one in self.procedures if one.pk == self.asked_procedure), None)
        return asked or max(self.procedures, key=lambda one: self._strengths.get(place_of(one), -1.0), default=None)

    @cached_property
    def _strengths(self) -> dict[str, float]:
        method = FIGURES if self.of_school else TERRITORY
        found = Figure.objects.filter(method=method, year=self.year or 0, organisation=self.territory)
        return dict(found.values_list("about", "strength"))

    @property
    def title(self) -> str:
        return title_of(self.procedure) if self.procedure else ""

    @property
    def _about(self) -> str:
        return place_of(self.procedure) if self.procedure else "—"

    @property
    def of_school(self) -> bool:
        return self.territory.is_school

    @property
    def is_behind(self) -> bool:
        return is_behind(self.territory, self.year)

    # ---- figures

    def _figures(self, method: str) -> QuerySet[Figure]:
        return figures_of(method, self.territory, self.year or 0).filter(about=self._about)

    @cached_property
    def _of_territories(self) -> dict[int, Figure]:
        """Territory → its figure: of the one looked at and those above it."""
        wanted = (self.territory.pk, self.territory.municipality_id, self.territory.region_id)
        found = Figure.objects.filter(method=TERRITORY, year=self.year or 0, about=self._about)
        return {one.organisation_id: one for one in found.filter(organisation__in=[pk for pk in wanted if pk])}

    @cached_property
    def _of_municipalities(self) -> list[Figure]:
        """Figures of a region's municipalities, by name."""
        if self.territory.kind != Kind.REGION:
            return []
        found = self._figures(TERRITORY).filter(organisation__kind=Kind.MUNICIPALITY).select_related("organisation")
        return list(found.order_by("organisation__is_placeholder", "organisation__sort_key", "organisation"))

    @cached_property
    def own(self) -> Figure | None:
        """The figure of what is looked at; of a region with one municipality, that municipality's."""
        if self.of_school:
            return self._figures(FIGURES).filter(organisation=self.territory).first()
        alone = self._of_municipalities[0] if len(self._of_municipalities) == 1 else None
        return self._of_territories.get(self.territory.pk) or alone

    @cached_property
    def schools(self) -> list[Line]:
        """Schools below the territory that have participants enough, by name."""
        found = self._figures(FIGURES).order_by("organisation__sort_key", "organisation")
        rows = found.values_list("organisation", "organisation__name", "statistic")
        return [line_of(*row) for row in rows]

    @cached_property
    def municipalities(self) -> list[Line]:
        """Municipalities of a region against the region; none where there is nothing to compare them with."""
        region = self._of_territories.get(self.territory.pk)
        if region is None:
            return []
        whole = facility_of(region)
        return [_line(one, whole) for one in self._of_municipalities]

    @property
    def items(self) -> Sequence[Mapping[str, Any]]:
        """Every task as the figure of what is looked at tells it, in the order of the work."""
        return self.own.statistic["items"] if self.own else ()

    @property
    def are_levels_described(self) -> bool:
        return any(item["level"] for item in self.items)

    # ---- rows of the map

    @property
    def offers_rows(self) -> bool:
        """Whether there is a choice between schools and municipalities."""
        return len(self.municipalities) > 1

    @property
    def rows_are(self) -> str:
        """Of a region the municipalities are shown first: hundreds of schools cannot be taken in."""
        if not self.offers_rows:
            return SCHOOLS
        return self.asked_rows if self.asked_rows in ROWS else MUNICIPALITIES

    @property
    def order(self) -> str:
        return self.asked_order if self.asked_order in (BEHIND, NAME) else BEHIND

    @cached_property
    def lines(self) -> list[Line]:
        """All rows, by name."""
        return self.schools if self.rows_are == SCHOOLS else self.municipalities

    @cached_property
    def shown_lines(self) -> list[Line]:
        """The furthest behind where there are too many for a picture; in the order asked for."""
        furthest = furthest_behind_first(self.lines)[: MOST_SCHOOLS - len(self.whole_line)]
        if self.order == BEHIND:
            return furthest
        chosen = {one.key for one in furthest}
        return [one for one in self.lines if one.key in chosen]

    @cached_property
    def whole_line(self) -> list[Line]:
        """A municipality against the region, above its schools, where the schools are compared with the region."""
        is_compared = self.territory.kind == Kind.MUNICIPALITY and self.reference_kind == REGION
        if not is_compared or self.own is None or self.reference is None:
            return []
        return [line_of(self.territory.pk, self.territory.name, self.own.statistic, facility_of(self.reference))]

    @property
    def left_out(self) -> str:
        """Which rows the map has, where it has not all."""
        shown, everybody = len(self.shown_lines), len(self.lines)
        if shown == everybody:
            return ""
        of_all = counted(everybody, *ROWS[self.rows_are])
        return (
            f"Показаны {shown} с{NBSP}самым большим отставанием; всего {of_all}. Остальные{NBSP}— в{NBSP}таблице ниже."
        )

    # ---- what the rows are compared with

    @cached_property
    def reference_kind(self) -> str:
        """REGION or «municipality»; '' where nothing is compared."""
        if self.rows_are == MUNICIPALITIES:
            return REGION
        found = self._figures(FIGURES).values_list("statistic__territory", flat=True).first()
        return str(found or "")

    @property
    def reference(self) -> Figure | None:
        """The figure of what all rows are compared with; None where each has a municipality of its own."""
        place = self.territory
        if self.reference_kind == REGION:
            return self._of_territories.get(place.region_id or place.pk)
        if place.kind == Kind.REGION:
            return self.own
        return self._of_territories.get(place.municipality_id or place.pk)

    # ---- findings, content, and what is not known

    @cached_property
    def findings(self) -> list[FoundTasks]:
        """Tasks that failed beyond chance, the surest and most striking first."""
        found = findings_of([FAILING], self.territory).filter(year=self.year or 0, about=self._about)
        read = found.select_related("organisation__municipality", "decided_by").defer("inputs", "statistic")
        ordered = sorted(read, key=lambda one: (list(Verdict).index(Verdict(one.verdict)), -one.strength, one.pk))
        return [FoundTasks(one) for one in ordered]

    @cached_property
    def content(self) -> list[tuple[int, dict[str, Any]]]:
        """School → its content elements and planned outcomes."""
        return list(self._figures(CONTENT).values_list("organisation", "statistic"))

    @cached_property
    def _runs(self) -> dict[str, MethodRun]:
        """How the methods came out in the year, with the municipality's own parameters where it has set any."""
        runs = runs_of([FIGURES, TERRITORY, FAILING, CONTENT], self.territory).filter(calculation__year=self.year or 0)
        common = self.territory.kind in (Kind.REGION, Kind.COUNTRY)
        return {run.method: run for run in runs.defer("procedures") if run.territory_id is None or not common}

    @property
    def failures(self) -> list[MethodRun]:
        return [run for run in self._runs.values() if run.failure]

    def why_not(self, method: str) -> str:
        """Why the work could not be looked at by the method at all; '' where it could or the method has not run."""
        return next((reason for key, reason in self._reasons(method) if key is None), "")

    @property
    def why_nothing(self) -> str:
        """Why the tasks of the work cannot be looked at at all, or not of this school, as a sentence."""
        own = next((reason for key, reason in self._reasons(FIGURES) if key == self.territory.pk), "")
        reason = self.why_not(FIGURES) or self.why_not(TERRITORY) or own
        return f"{capitalised(reason)}." if reason else ""

    @property
    def why_no_content(self) -> str:
        reason = self.why_not(CONTENT) or "участников недостаточно"
        return f"Темы и{NBSP}умения не{NBSP}разбираются: {nbsp(reason)}."

    def _reasons(self, method: str) -> list[tuple[int | None, str]]:
        run, procedure = self._runs.get(method), self.procedure
        if run is None or procedure is None:
            return []
        here = [one for one in run.not_computed if one["procedure"] in (procedure.pk, None)]
        return [(one["organisation"], one["reason"]) for one in here]

    @cached_property
    def not_computed(self) -> list[tuple[Organisation, str]]:
        """Rows of which the map says nothing, by name, and why."""
        method = TERRITORY if self.rows_are == MUNICIPALITIES else FIGURES
        reasons = {key: reason for key, reason in self._reasons(method) if key is not None}
        kinds = (Kind.MUNICIPALITY,) if self.rows_are == MUNICIPALITIES else (Kind.SCHOOL, Kind.BRANCH)
        here = Organisation.objects.within(self.territory).filter(pk__in=list(reasons), kind__in=kinds)
        return [(one, reasons[one.pk]) for one in here.order_by("sort_key", "pk")]


def facility_of(figure: Figure) -> dict[str, float | None]:
    """Number of the task → per cent."""
    return {item["number"]: item["facility"] for item in figure.statistic["items"]}


def _line(figure: Figure, whole: Mapping[str, float | None]) -> Line:
    return line_of(figure.organisation_id, figure.organisation.name, figure.statistic, whole)
