"""Scores of the class against those of the territory."""

from msoko.documents.charts import score_histogram
from msoko.documents.charts.chart import Chart
from msoko.web.analysis.pictures._reading import Reading, of_work
from msoko.web.analysis.pictures.objectivity._classes import loudest_page, strength

__all__ = ["draw", "strength"]


def draw(reading: Reading) -> dict[str, Chart]:
    page = loudest_page(reading)
    value = reading.class_value(page) if page else None
    figures = page.figures_for(value) if page else None
    if page is None or figures is None or not figures.histogram or page.maximum is None:
        return {}
    reference = page.reference_figures
    chart = score_histogram.chart(
        figures.histogram,
        reference.histogram if reference else None,
        page.maximum,
        page.borders,
        own_name=str(reading.statistic["class"]),
        territory_name=page.reference.organisation.name if page.reference else "",
    )
    return {"scores": of_work(chart, page.procedure)}
