"""Shares of absent schools against the number of those who should have sat."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from msoko.core.analysis.outcome import Verdict
from msoko.core.vocabulary.shares import Share
from msoko.documents.charts import funnel
from msoko.documents.charts.chart import Chart
from msoko.web.analysis.pictures._reading import Reading, school_values
from msoko.web.analysis.pictures._strength import Strength
from msoko.web.monitoring.models import Value


def draw(reading: Reading) -> dict[str, Chart]:
    procedures = [work["procedure"] for work in reading.statistic["works"]]
    shares = _absent(school_values(procedures, reading.score, reading.neighbours))
    here = Value.objects.filter(
        procedure__in=procedures, score=reading.score, whole=True, organisation=reading.territory
    )
    whole = _absent(here.only("organisation", "participants", "absent"))
    if reading.territory is None or reading.territory.pk not in whole or reading.school.pk not in shares:
        return {}
    verdicts = {reading.school.pk: Verdict(reading.finding.verdict)}
    points = [
        funnel.School(school.name, shares[key], verdicts.get(key), key == reading.school.pk)
        for key, school in reading.neighbours.items()
        if key in shares
    ]
    return {
        "absent": funnel.chart(
            points,
            whole[reading.territory.pk],
            reading.territory_name,
            value_name="Доля отсутствовавших",
            title="Отсутствовали на\u00a0работах года",
        )
    }


def _absent(values: Iterable[Value]) -> dict[int, Share]:
    """Organisation → absent of all who should have sat, over the works together; only where both are known."""
    absent: dict[int, int] = defaultdict(int)
    listed: dict[int, int] = defaultdict(int)
    for one in values:
        if one.absent is not None and one.participants is not None:
            absent[one.organisation_id] += one.absent
            listed[one.organisation_id] += one.absent + one.participants
    return {key: Share(absent[key], n) for key, n in listed.items()}


def strength(parameters: Mapping[str, Any]) -> Strength:
    return Strength("Насколько отсутствующих больше, а слабых меньше ожидаемого")
