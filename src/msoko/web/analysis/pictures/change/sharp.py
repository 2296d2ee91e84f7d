"""The work over the years, the territory beside it."""

from msoko.documents.charts.chart import Chart
from msoko.web.analysis.pictures._reading import Reading, of_work
from msoko.web.monitoring import pictures


def draw(reading: Reading) -> dict[str, Chart]:
    page = reading.page(reading.statistic["work"]["procedure"])
    chart = pictures.years(page) if page else None
    return {"years": of_work(chart, page.procedure)} if page and chart else {}
