"""What pictures of findings about classes have in common: the work that speaks loudest, the class in it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from msoko.core.monitoring.item_figures import ItemFigures
from msoko.core.vocabulary.russian import NBSP, join_with_and, percent
from msoko.documents.charts import items_facility
from msoko.documents.charts.chart import Chart
from msoko.documents.charts.items_facility import Task
from msoko.web.analysis.pictures._reading import Reading, of_work, strongest
from msoko.web.analysis.pictures._strength import Strength, deviations
from msoko.web.monitoring.procedure_page import ProcedurePage

STANDARD = "На сколько стандартных отклонений сильнее обычного"
EASY_FIRST = f"Задания от{NBSP}лёгких к{NBSP}трудным"
MOST_NAMED = 3
"""Tasks that a sentence bears."""


def strength(parameters: Mapping[str, Any]) -> Strength:
    """The verdicts of these methods follow from one-sided probabilities of the standardised strength."""
    return Strength(STANDARD, deviations(parameters.get("likely")), deviations(parameters.get("robust")))


def loudest_page(reading: Reading) -> ProcedurePage | None:
    """The work in which the class stands out most."""
    work = strongest(reading.statistic["works"], "z")
    return reading.page(work["procedure"]) if work else None


def tasks(reading: Reading) -> dict[str, Chart]:
    """Tasks of the work from the easy to the hard by the territory, the class against it."""
    page = loudest_page(reading)
    value = reading.class_value(page) if page else None
    if page is None or value is None or page.compared_items is None:
        return {}
    compared, of_territory = page.compared_items
    figures = page.figures_for(value)
    known = [one for one in (figures.items if figures else None) or () if _is_drawn(one, of_territory)]
    rows = [_task(one, of_territory[one.number], page) for one in known]
    chart = items_facility.chart(
        sorted(rows, key=lambda row: -(row.territory_percent or 0)),
        hardest_first=False,
        own_name=str(reading.statistic["class"]),
        territory_name=compared.organisation.name,
        title=EASY_FIRST,
    )
    said = (
        f"{EASY_FIRST}, {reading.statistic['class']}. {_apart(rows, 'Выше территории', 1)} {_apart(rows, 'Ниже', -1)}"
    )
    return {"tasks": of_work(replace(chart, alt=said.strip()), page.procedure)} if rows else {}


def _apart(rows: Sequence[Task], words: str, side: int) -> str:
    """The tasks furthest from the territory on this side; '' where there is none."""
    there = [row for row in rows if side * difference(row) > 0]
    there.sort(key=lambda row: -side * difference(row))
    return f"{words}: {in_words(there[:MOST_NAMED])}." if there else ""


def difference(row: Task) -> float:
    return row.percent - (row.territory_percent or 0.0)


def in_words(rows: Sequence[Task], against: str = "против") -> str:
    """«14 (86 % против 59 %) и 9 (81 % против 56 %)»."""
    return join_with_and(
        [f"{row.number} ({percent(row.percent)} {against} {percent(row.territory_percent or 0.0)})" for row in rows]
    )


def _is_drawn(one: ItemFigures, of_territory: Mapping[int, ItemFigures]) -> bool:
    return one.facility is not None and one.number in of_territory and of_territory[one.number].facility is not None


def _task(one: ItemFigures, there: ItemFigures, page: ProcedurePage) -> Task:
    return Task(item_number(page, one.number), one.facility or 0.0, one.n, None, there.facility)


def item_number(page: ProcedurePage, place: int) -> str:
    """As the work itself numbers the task that stands at this place, from 1."""
    items = page.procedure.items
    return str((items[place - 1].get("number") if place <= len(items) else "") or place)
