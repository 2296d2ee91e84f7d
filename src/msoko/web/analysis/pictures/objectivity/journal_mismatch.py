"""Journal mark by mark of the work."""

from collections.abc import Mapping
from typing import Any

from msoko.documents.charts.chart import Chart
from msoko.web.analysis.pictures._reading import Reading, of_work
from msoko.web.analysis.pictures._strength import Strength
from msoko.web.monitoring import pictures


def draw(reading: Reading) -> dict[str, Chart]:
    page = reading.page(reading.statistic["procedure"])
    matrix = pictures.matrix(page) if page else None
    return {"matrix": of_work(matrix, page.procedure)} if page and matrix else {}


def strength(parameters: Mapping[str, Any]) -> Strength:
    return Strength("Насколько связь с журналом обратная")
