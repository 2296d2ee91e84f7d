"""What the page of one procedure is made of: one reading, the same for the screen, the exports and the note."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from msoko.core.definitions.kinds import Scale
from msoko.core.monitoring.describing import Figures
from msoko.core.monitoring.exam_scores import PERFECT
from msoko.core.monitoring.item_figures import ItemFigures
from msoko.web.collection.models import Batch, Procedure
from msoko.web.monitoring.describing import figures_of, listed
from msoko.web.monitoring.models import Value
from msoko.web.monitoring.queries import batches_behind
from msoko.web.monitoring.services.scales import scale_of
from msoko.web.people.models import Kind, Organisation

FEW = 10  # below this many participants a group says little of itself: methods.md, «Analysis of groups from n ≥ 10»


@dataclass(frozen=True)
class ProcedurePage:
    """A procedure seen from one organisation, on one score basis. Everything is read when first asked for, once."""

    procedure: Procedure
    organisation: Organisation
    score: str = "items"

    @cached_property
    def scale(self) -> Scale | None:
        return scale_of(self.procedure)

    @cached_property
    def _wholes(self) -> dict[int, Value]:
        """Values of the organisation and of the territories above it: one query."""
        one = self.organisation
        wanted = [pk for pk in (one.pk, one.municipality_id, one.region_id) if pk]
        found = Value.objects.filter(procedure=self.procedure, score=self.score, whole=True, organisation__in=wanted)
        return {value.organisation_id: value for value in found.select_related("organisation")}

    @property
    def maximum(self) -> int | None:
        """The highest possible score of the basis: a test score ends at 100, whatever the work's own maximum is."""
        return PERFECT if self.score == "test" else self.procedure.maximum

    @property
    def own(self) -> Value | None:
        return self._wholes.get(self.organisation.pk)

    @property
    def has_note(self) -> bool:
        """A note is of participants; of a territory known by per cents alone nobody can say how many they were."""
        return self.own is not None and self.own.participants is not None

    @property
    def municipality(self) -> Value | None:
        """The municipality above, where the organisation is a school."""
        return self._wholes.get(self.organisation.municipality_id or 0)

    @property
    def region(self) -> Value | None:
        """The region above, where its rows or its table are in the system and tell more than the municipality's own."""
        value = self._wholes.get(self.organisation.region_id or 0)
        return value if value is not None and value.participants != self._participants_of_municipality else None

    @property
    def _participants_of_municipality(self) -> int | None:
        of = self.own if self.organisation.kind == Kind.MUNICIPALITY else self.municipality
        return of.participants if of else None

    @property
    def reference(self) -> Value | None:
        """What the organisation is compared with: the largest territory above it that is known."""
        return self.region or (self.municipality if self.organisation.is_school else None)

    @cached_property
    def compared_items(self) -> tuple[Value, dict[int, ItemFigures]] | None:
        """The largest territory above that knows scores of tasks, and its tasks by number.

        A region known by its tables of marks alone has none; a school is then compared with its municipality.
        """
        for value in (self.region, self.municipality if self.organisation.is_school else None):
            figures = self.figures_for(value)
            if value is not None and figures is not None and figures.items:
                return value, {item.number: item for item in figures.items}
        return None

    @cached_property
    def figures(self) -> Figures | None:
        return self.figures_for(self.own)

    @cached_property
    def reference_figures(self) -> Figures | None:
        return self.figures_for(self.reference)

    def figures_for(self, value: Value | None) -> Figures | None:
        return figures_of(value, self.procedure, self.scale) if value is not None else None

    @cached_property
    def schools(self) -> list[Value]:
        """Schools below the territory (one query, without tallies); none where the organisation is a school itself."""
        if self.organisation.is_school:
            return []
        return listed(self.procedure, self.score, "school", self.organisation)

    @cached_property
    def municipalities(self) -> list[Value]:
        """Municipalities below a region."""
        if self.organisation.kind not in (Kind.REGION, Kind.COUNTRY):
            return []
        return listed(self.procedure, self.score, "municipality", self.organisation)

    @cached_property
    def classes(self) -> list[Value]:
        if not self.organisation.is_school:
            return []
        return listed(self.procedure, self.score, "class", self.organisation)

    @cached_property
    def classes_of_territory(self) -> list[Value]:
        """Every class of every school below: for the department's eyes, a few hundred rows in a district."""
        if self.organisation.is_school:
            return self.classes
        return listed(self.procedure, self.score, "class", self.organisation)

    @cached_property
    def years(self) -> list[Value]:
        """The same work in all years, of the organisation and of what it is compared with."""
        wanted = [self.organisation.pk, *([self.reference.organisation_id] if self.reference else [])]
        one = self.procedure
        found = Value.objects.filter(
            procedure__kind=one.kind,
            procedure__subject=one.subject,
            procedure__grade=one.grade,
            score=self.score,
            whole=True,
            organisation__in=wanted,
        )
        return list(found.select_related("procedure").defer("tally").order_by("procedure__year", "procedure__label"))

    @cached_property
    def batches(self) -> QuerySet[Batch]:
        if self.own is None:
            return Batch.objects.none()
        return batches_behind(self.own).select_related("upload")

    @property
    def borders(self) -> list[tuple[int, int]] | None:
        """(mark, its highest score)."""
        if self.scale is None or self.score == "test":
            return None
        return list(zip((2, 3, 4, 5), self.scale.bounds, strict=True))

    @property
    def is_stale(self) -> bool:
        return self.procedure.values_state != Procedure.Values.FRESH
