"""Means of schools in the work with their intervals, the region's line among them."""

from collections.abc import Mapping
from typing import Any

from msoko.documents.charts import schools_interval
from msoko.documents.charts.chart import Chart
from msoko.web.analysis.pictures._reading import Reading, of_work, school_values
from msoko.web.analysis.pictures._strength import Strength
from msoko.web.monitoring.models import Value
from msoko.web.monitoring.procedure_page import FEW

MOST_SCHOOLS = 40
"""A longer picture is not looked at: of more schools those with the highest means are drawn."""


def draw(reading: Reading) -> dict[str, Chart]:
    said = reading.statistic
    page = reading.page(said["procedure"])
    if page is None:
        return {}
    values = school_values([page.procedure.pk], page.score, reading.neighbours)
    known = [one for one in values if None not in (one.mean, one.mean_low, one.mean_high)]
    known.sort(key=lambda one: (one.organisation_id != reading.school.pk, -(one.mean or 0)))
    region = reading.school.region
    chart = schools_interval.chart(
        [_line(one, reading) for one in known[:MOST_SCHOOLS]],
        [(region.name if region else "Регион", said["region"]["mean"])],
        unit="",
        title="Средний балл школ",
        value_name="Средний балл",
        digits=1,
    )
    return {"schools": of_work(chart, page.procedure)} if known else {}


def _line(one: Value, reading: Reading) -> schools_interval.Line:
    n = one.participants or 0
    name, own = reading.neighbours[one.organisation_id].name, one.organisation_id == reading.school.pk
    return schools_interval.Line(name, one.mean or 0, one.mean_low or 0, one.mean_high or 0, n, n < FEW, own)


def strength(parameters: Mapping[str, Any]) -> Strength:
    return Strength("На сколько стандартных отклонений интервал школы выше интервала региона")
