"""The lowest work of the last year, its schools in the funnel of chance."""

from msoko.documents.charts.chart import Chart
from msoko.web.analysis.pictures._reading import Reading
from msoko.web.analysis.pictures.low_results import _funnel


def draw(reading: Reading) -> dict[str, Chart]:
    low = [work for year in reading.statistic["years"] if year["year"] == reading.finding.year for work in year["low"]]
    lowest = max(low, key=lambda work: work["k"] / work["n"], default=None)
    return _funnel.of_work(reading, lowest) if lowest else {}
