"""Every school's result against what its conditions let expect."""

from collections.abc import Mapping
from typing import Any

from msoko.documents.charts import expected_actual
from msoko.documents.charts.chart import Chart
from msoko.web.analysis.models import Figure
from msoko.web.analysis.pictures._reading import Reading
from msoko.web.monitoring.procedure_page import FEW

EXPECTATION = "context.expectation"
UNITS = {"percent": ("Средний процент от\u00a0максимума", "%")}


def schools(reading: Reading, resilient: bool) -> dict[str, Chart]:
    """Schools of the municipality that the reader sees; `resilient`: whether the finding's own is called so."""
    figures = Figure.objects.filter(
        method=EXPECTATION, year=reading.finding.year, organisation__in=reading.neighbours, about=""
    )
    said = {one.organisation_id: one.statistic for one in figures.order_by("pk")} | {
        reading.school.pk: reading.statistic
    }
    value_name, unit = UNITS.get(str(reading.statistic.get("unit")), ("Результат", ""))
    points = [_point(key, one, reading, resilient) for key, one in said.items() if one.get("expected") is not None]
    return {"expected": expected_actual.chart(points, value_name, unit)}


def _point(key: int, said: Mapping[str, Any], reading: Reading, resilient: bool) -> expected_actual.School:
    """`low` and `high` of the statistic bound the difference to the expectation."""
    own = key == reading.school.pk
    name = reading.school.name if own else reading.neighbours[key].name
    return expected_actual.School(
        name,
        said["expected"],
        said["actual"],
        said["expected"] + said["low"],
        said["expected"] + said["high"],
        said["pupils"],
        resilient=own and resilient,
        small=said["pupils"] < FEW,
        own=own,
    )
