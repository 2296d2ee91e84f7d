"""The work that speaks loudest, its schools in the funnel of chance."""

from collections.abc import Mapping
from typing import Any

from msoko.core.analysis.outcome import Verdict
from msoko.documents.charts.chart import Chart
from msoko.web.analysis.pictures._reading import Reading
from msoko.web.analysis.queries import schools_below
from msoko.web.analysis.support_pictures import funnel_of


def of_work(reading: Reading, work: Mapping[str, Any]) -> dict[str, Chart]:
    """Chance is reckoned from all schools of the municipality, drawn are those that the reader sees."""
    page, territory = reading.page(work["procedure"]), reading.territory
    if page is None or territory is None:
        return {}
    chart = funnel_of(
        page.procedure,
        page.score,
        schools_below(territory),
        {reading.school.pk: Verdict(reading.finding.verdict)},
        territory.name,
        reading.parameters.get("threshold"),
        own=reading.school.pk,
        shown=reading.neighbours,
    )
    return {"funnel": chart} if chart else {}
