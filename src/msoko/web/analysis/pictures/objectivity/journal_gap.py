"""Lowered, confirmed and raised marks against the territories, then journal mark by mark of the work."""

from collections.abc import Mapping
from typing import Any

from msoko.documents.charts.chart import Chart
from msoko.web.analysis.pictures._reading import Reading, of_work
from msoko.web.analysis.pictures._strength import Strength
from msoko.web.monitoring import pictures


def draw(reading: Reading) -> dict[str, Chart]:
    page = reading.page(reading.statistic["procedure"])
    if page is None:
        return {}
    found = {"journal": pictures.journal(page), "matrix": pictures.matrix(page)}
    return {name: of_work(chart, page.procedure) for name, chart in found.items() if chart is not None}


def strength(parameters: Mapping[str, Any]) -> Strength:
    return Strength("На сколько стандартных отклонений дальше обычного")
