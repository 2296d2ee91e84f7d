"""Full answers of the class by task against what a class of its level has."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from msoko.documents.charts import items_facility
from msoko.documents.charts.chart import Chart
from msoko.documents.charts.items_facility import Task
from msoko.web.analysis.pictures._reading import Reading, of_work, strongest
from msoko.web.analysis.pictures._strength import Strength, magnitude
from msoko.web.analysis.pictures.objectivity._classes import MOST_NAMED, difference, in_words, item_number

TITLE = "Полные ответы: задания, где их больше ожидаемого, — первые"


def draw(reading: Reading) -> dict[str, Chart]:
    work = strongest(reading.statistic["works"], "evidence")
    page = reading.page(work["procedure"]) if work else None
    if work is None or page is None:
        return {}
    rows = [
        Task(item_number(page, place), full, work["n"], None, expected)
        for place, (full, expected) in enumerate(zip(work["full"], work["expected"], strict=True), 1)
    ]
    rows.sort(key=difference, reverse=True)
    chart = items_facility.chart(
        rows,
        hardest_first=False,
        own_name=str(reading.statistic["class"]),
        territory_name="ожидалось у класса такого уровня",
        title=TITLE,
        value_name="Доля ответов с полным баллом, %",
    )
    said = f"{TITLE}. {reading.statistic['class']}: {in_words(rows[:MOST_NAMED], 'против ожидаемых')}."
    return {"tasks": of_work(replace(chart, alt=said), page.procedure)}


def strength(parameters: Mapping[str, Any]) -> Strength:
    """The verdicts begin at odds, the strength is their decimal logarithm."""
    likely, robust = magnitude(parameters.get("likely")), magnitude(parameters.get("robust"))
    return Strength("Во сколько раз правка правдоподобнее: 1 — в 10 раз, 2 — в 100, 3 — в 1 000", likely, robust)
