"""What pictures are drawn from: a finding, and stored values that its reader may see."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from msoko.documents.charts.chart import Chart
from msoko.web.analysis.gathering import SCHOOL_KINDS, score_basis
from msoko.web.analysis.models import Finding
from msoko.web.analysis.queries import School
from msoko.web.collection.models import Procedure
from msoko.web.monitoring.models import Value
from msoko.web.monitoring.procedure_page import ProcedurePage
from msoko.web.monitoring.titles import title_of
from msoko.web.people.models import Organisation
from msoko.web.people.sight import Sight


@dataclass(frozen=True)
class Reading:
    """Everything is read when first asked for, once; the number of queries does not depend on the number of schools."""

    finding: Finding
    sight: Sight

    @property
    def statistic(self) -> Mapping[str, Any]:
        return self.finding.statistic

    @property
    def school(self) -> Organisation:
        return self.finding.organisation

    @property
    def score(self) -> str:
        return str(self.parameters.get("score", "items"))

    @property
    def parameters(self) -> Mapping[str, Any]:
        return self.finding.run.parameters if self.finding.run else {}

    def page(self, procedure: int) -> ProcedurePage | None:
        """The procedure seen from the school; None where it is gone."""
        known = Procedure.objects.filter(pk=procedure).first()
        if known is None:
            return None
        return ProcedurePage(known, self.school, score_basis(known, self.score))

    @cached_property
    def neighbours(self) -> dict[int, School]:
        """Schools of the school's municipality that the reader sees, itself among them; by name."""
        near = self.sight.organisations.schools().filter(municipality=self.school.municipality_id)
        found = near.order_by("sort_key", "pk").values_list("pk", "name", "municipality__name", "municipality")
        return {row[0]: School(*row) for row in found}

    @cached_property
    def territory(self) -> Organisation | None:
        """What the school is shown against: its municipality, else its region."""
        return self.school.municipality or self.school.region

    @property
    def territory_name(self) -> str:
        return self.territory.name if self.territory else "Территория"

    def class_value(self, page: ProcedurePage) -> Value | None:
        """The stored value of the class that the finding is about."""
        grade = str(page.procedure.pupils_grade or page.procedure.grade)
        name = str(self.statistic["class"]).removeprefix(grade)
        here = Value.objects.filter(procedure=page.procedure, organisation=self.school, score=page.score)
        return here.filter(whole=False, class_name=name).first()


def school_values(procedures: Collection[int], score: str, schools: Collection[int]) -> list[Value]:
    """Values of whole schools without their tallies."""
    found = Value.objects.filter(procedure__in=procedures, score=score, whole=True, organisation__in=schools)
    return list(found.filter(organisation__kind__in=SCHOOL_KINDS).defer("tally", "not_computed").order_by("pk"))


def of_work(chart: Chart, procedure: Procedure) -> Chart:
    """The picture with the work it is of in its title."""
    return replace(chart, title=f"{chart.title}: {title_of(procedure)}")


def strongest(works: Collection[Mapping[str, Any]], key: str) -> Mapping[str, Any] | None:
    """The work with the largest number under the key."""
    return max(works, key=lambda one: float(one[key]), default=None)
