"""Tasks of the work, the school against the territory."""

from msoko.documents.charts.chart import Chart
from msoko.web.analysis.pictures._reading import Reading, of_work
from msoko.web.monitoring import pictures


def draw(reading: Reading) -> dict[str, Chart]:
    page = reading.page(reading.statistic["procedure"])
    chart = pictures.items(page) if page else None
    return {"tasks": of_work(chart, page.procedure)} if page and chart else {}
