"""Works of the school: what was expected of each and what came out."""

from collections.abc import Mapping
from typing import Any

from msoko.documents.charts import expected_actual
from msoko.documents.charts.chart import Chart
from msoko.web.analysis.pictures._reading import Reading, school_values
from msoko.web.analysis.pictures._strength import Strength, deviations
from msoko.web.monitoring.models import Value
from msoko.web.monitoring.procedure_page import FEW


def draw(reading: Reading) -> dict[str, Chart]:
    works = [work for work in reading.statistic["works"] if work["maximum"]]
    keys = [work["procedure"] for work in works]
    values = {one.procedure_id: one for one in school_values(keys, reading.score, [reading.school.pk])}
    points = [_point(work, values[work["procedure"]]) for work in works if work["procedure"] in values]
    chart = expected_actual.chart(
        points, title="Ожидаемый и\u00a0фактический результат по\u00a0работам", who=("работа", "работы", "работ")
    )
    return {"works": chart} if points else {}


def _point(work: Mapping[str, Any], value: Value) -> expected_actual.School:
    """In per cent of the work's maximum."""
    scale = 100 / work["maximum"]
    mean = work["mean"]
    low = value.mean_low if value.mean_low is not None else mean
    high = value.mean_high if value.mean_high is not None else mean
    return expected_actual.School(
        f"{work['name']}, {work['grade']}\u00a0кл.",
        work["expected"] * scale,
        mean * scale,
        low * scale,
        high * scale,
        work["n"],
        small=work["n"] < FEW,
    )


def strength(parameters: Mapping[str, Any]) -> Strength:
    likely, robust = deviations(parameters.get("likely")), deviations(parameters.get("robust"))
    return Strength("На сколько стандартных отклонений выше ожидаемого", likely, robust)
