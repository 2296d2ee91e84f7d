"""K of every school of the region in the pair of works, against the borders of the usual."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from msoko.core.vocabulary.russian import NBSP, capitalised
from msoko.documents.charts import signal_years
from msoko.documents.charts.chart import Chart
from msoko.documents.tables import Table
from msoko.web.analysis.gathering import SCHOOL_KINDS
from msoko.web.analysis.pictures._reading import Reading
from msoko.web.analysis.pictures._strength import Strength
from msoko.web.analysis.support_pictures import MOST_NUMBERS
from msoko.web.monitoring.models import Value

NAMELESS = "другая школа"
Earned = Mapping[int, tuple[float, int]]
"""School → per cent of the maximum, participants."""


def draw(reading: Reading) -> dict[str, Chart]:
    """Schools out of the reader's sight are dots without names, and are not in the numbers of the picture."""
    said = reading.statistic
    before, after = _earned(said["earlier"]["procedure"], reading), _earned(said["procedure"], reading)
    names = dict(reading.sight.organisations.schools().values_list("pk", "name"))
    points = [
        signal_years.Point(
            names.get(key, NAMELESS),
            before[key][0] / after[key][0],
            _least(before, after, key),
            key == reading.school.pk,
        )
        for key in sorted(before.keys() & after.keys())
        if after[key][0] > 0
    ]
    heading = (
        f"{capitalised(said['name'])}: {said['earlier']['grade']}{NBSP}класс {said['earlier']['year']}{NBSP}г. →"
        f" {said['grade']}{NBSP}класс {said['year']}{NBSP}г."
    )
    strip = signal_years.Strip(heading, points, said["low_fence"], said["high_fence"])
    return {"years": _of_the_seen(signal_years.chart([strip]))} if points else {}


def _earned(procedure: int, reading: Reading) -> Earned:
    """Of all schools of the region: the borders were computed of all of them."""
    values = Value.objects.filter(procedure=procedure, score=reading.score, whole=True)
    here = values.filter(organisation__kind__in=SCHOOL_KINDS, organisation__region=reading.school.region_id)
    rows = here.order_by().values_list("organisation", "mean_percent", "participants")
    return {key: (percent, n) for key, percent, n in rows if n and percent is not None}


def _least(before: Earned, after: Earned, key: int) -> int:
    return min(before[key][1], after[key][1])


def _of_the_seen(chart: Chart) -> Chart:
    """Numbers of schools in sight; of a whole region only of those outside the usual, and of the finding's own."""
    table = chart.data_table
    rows = [row for row in table.lines if row.cells["name"] != NAMELESS]
    if len(rows) > MOST_NUMBERS:
        rows = [row for row in rows if row.tone == "own" or row.cells["side"] != signal_years.USUAL]
    return replace(chart, data_table=Table(table.title, table.columns, rows, table.caption, table.note))


def strength(parameters: Mapping[str, Any]) -> Strength:
    return Strength("На сколько межквартильных размахов за порогом")
