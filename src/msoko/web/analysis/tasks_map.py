"""The heat map of «Задания»: organisations × tasks, the difference to the territory in percentage points."""

from dataclasses import replace

from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.charts import items_heatmap
from msoko.documents.charts.chart import Chart
from msoko.web.analysis.tasks_page import MUNICIPALITIES, REGION, ROWS, TasksPage
from msoko.web.analysis.tasks_solved import Line, Solved
from msoko.web.analysis.tasks_words import ZONES

TITLE = "Карта заданий"


def of_page(page: TasksPage) -> Chart | None:
    """None where no row has participants enough."""
    rows = page.shown_lines
    if not rows:
        return None
    items = _items(page)
    whole = [replace(_row(line, items, own=True), is_whole=True) for line in page.whole_line]
    schools = whole + [_row(line, items, own=line.key == page.territory.pk) for line in rows]
    return items_heatmap.chart(items, schools, _territory_name(page), f"{TITLE}: {page.title}", ROWS[page.rows_are])


def _territory_name(page: TasksPage) -> str:
    """A word rather than a name: it stands at the left of a narrow row."""
    if page.reference is None:
        return "Свой муниципалитет"
    return "Регион" if page.rows_are == MUNICIPALITIES or page.reference_kind == REGION else "Муниципалитет"


def _items(page: TasksPage) -> list[items_heatmap.Item]:
    """Of the whole work: an item that one of the rows was not given has its column all the same."""
    reference = {item["number"]: item for item in page.reference.statistic["items"]} if page.reference else {}
    numbers = dict.fromkeys([*reference, *(number for line in page.shown_lines for number in line.tasks)])
    levels = {item["number"]: item["level"] for item in page.items}
    return [
        items_heatmap.Item(
            number,
            reference[number]["level"] if number in reference else levels.get(number, ""),
            _known(reference[number]["facility"]) if number in reference else Unknown.MISSING,
            ZONES.get(reference[number]["zone"], "") if number in reference else "",
        )
        for number in numbers
    ]


def _known(value: float | None) -> float | Unknown:
    return Unknown.MISSING if value is None else value


def _row(line: Line, items: list[items_heatmap.Item], own: bool) -> items_heatmap.School:
    cells = {item.number: _cell(line.task(item.number)) for item in items}
    return items_heatmap.School(line.name, line.n, cells, own, line.is_few)


def _cell(one: Solved) -> items_heatmap.Difference | Unknown:
    if one.difference is None:
        return Unknown.MISSING
    return items_heatmap.Difference(one.difference, one.is_sure)
