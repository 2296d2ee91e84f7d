"""The work that speaks loudest, its schools in the funnel of chance."""

from msoko.documents.charts.chart import Chart
from msoko.web.analysis.pictures._reading import Reading
from msoko.web.analysis.pictures.low_results import _funnel


def draw(reading: Reading) -> dict[str, Chart]:
    """Low works stand in the order in which they tell."""
    return _funnel.of_work(reading, reading.statistic["low"][0])
