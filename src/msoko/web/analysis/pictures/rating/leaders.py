"""Every school's result against what its conditions let expect."""

from msoko.documents.charts.chart import Chart
from msoko.web.analysis.pictures._reading import Reading
from msoko.web.analysis.pictures.context import _expected


def draw(reading: Reading) -> dict[str, Chart]:
    return _expected.schools(reading, resilient=False)
