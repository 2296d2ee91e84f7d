"""All borders together against what was expected, then the work with the most works too many."""

from collections.abc import Mapping
from typing import Any

from msoko.documents.charts import pooled_borders
from msoko.documents.charts.chart import Chart
from msoko.web.analysis.pictures._reading import Reading, of_work
from msoko.web.analysis.pictures._strength import Strength
from msoko.web.monitoring import pictures


def draw(reading: Reading) -> dict[str, Chart]:
    steps = [pooled_borders.Step(*step) for step in reading.statistic.get("steps", ())]
    drawn = {"borders": pooled_borders.chart(steps)} if steps else {}
    work = max(reading.statistic["works"], key=lambda one: float(one["above"] - one["expected"]), default=None)
    page = reading.page(work["procedure"]) if work else None
    histogram = pictures.histogram(page) if page else None
    return drawn | ({"work": of_work(histogram, page.procedure)} if page and histogram else {})


def strength(parameters: Mapping[str, Any]) -> Strength:
    """The verdict asks for a probability and a share of lifted works, too: no line can be drawn."""
    return Strength("Сила свидетельства: 1 — правдоподобнее в 10 раз, 2 — в 100 раз")
