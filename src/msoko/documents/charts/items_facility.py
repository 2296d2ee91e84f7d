"""How far each task was done: the school's or territory's own bar, the larger territory's tick."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from msoko.core.vocabulary.russian import counted, join_with_and, number, percent
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.charts import look
from msoko.documents.charts.chart import Chart
from msoko.documents.charts.grammar import Rows, Spec, at, layer, layered, legend_of, name, place, quantity
from msoko.documents.tables import Column, Table

TITLE = "Выполнение заданий"
VALUE_NAME = "Процент от максимального балла за задание"


@dataclass(frozen=True)
class Task:
    """`percent`: mean of the task's score in per cent of its maximum; `level` «Б», «П», «В» where known."""

    number: str
    percent: float
    n: int
    level: str | None = None
    territory_percent: float | None = None


def chart(
    rows: Sequence[Task],
    hardest_first: bool = True,
    own_name: str = "Школа",
    territory_name: str = "Территория",
    zones: Mapping[str, tuple[float, float]] | None = None,
    title: str = TITLE,
    value_name: str = VALUE_NAME,
) -> Chart:
    """`zones`: level → bounds in per cent within which tasks of the level are planned to be done (a pale band).

    Without `hardest_first` tasks stand in the order of `rows`. `value_name` is of another share than the facility.
    """
    ordered = sorted(rows, key=lambda row: row.percent) if hardest_first else list(rows)
    return Chart(
        title=title,
        alt=_sentence(rows, title),
        data_table=_table(ordered, own_name, territory_name, title),
        drawing=lambda: _drawing(ordered, own_name, territory_name, zones or {}, value_name),
    )


def _label(task: Task) -> str:
    return f"{task.number} ({task.level})" if task.level else task.number


def _drawing(
    rows: Sequence[Task],
    own_name: str,
    territory_name: str,
    zones: Mapping[str, tuple[float, float]],
    value_name: str,
) -> Spec:
    bars = [{"item": _label(r), "value": r.percent, "who": own_name, "text": number(r.percent)} for r in rows]
    ticks = [
        {"item": _label(r), "value": r.territory_percent, "who": territory_name}
        for r in rows
        if r.territory_percent is not None
    ]
    bands = [
        {"item": _label(row), "low": zones[row.level][0], "high": zones[row.level][1]}
        for row in rows
        if row.level and row.level in zones
    ]
    y = place("item", title="Задание", axis={"ticks": False, "domain": False}, scale={"paddingInner": 0.45})
    x = quantity("value", title=value_name, scale={"domain": [0, 100]})
    fill = legend_of("who", [own_name], [look.OWN]) if ticks else {"value": look.OWN}
    layers = [_bands(bands, y)] if bands else []
    layers.append(layer(bars, "bar", {}, x=x, y=y, fill=fill))
    if ticks:
        layers.append(_ticks(ticks, x, y, territory_name))
    right = {"align": "right"}
    layers.append(layer(bars, "text", right, x=at(look.WIDTH + 30), y=y, text=name("text")))
    return layered(layers, look.WIDTH, 22 * len(rows))


def _bands(bands: Rows, y: Spec) -> Spec:
    return layer(
        bands, "bar", {"color": look.GRID, "height": {"band": 1.3}}, x=quantity("low"), x2={"field": "high"}, y=y
    )


def _ticks(ticks: Rows, x: Spec, y: Spec, territory_name: str) -> Spec:
    stroke = legend_of("who", [territory_name], [look.INK], "stroke", symbolStrokeWidth=3)
    return layer(
        ticks, "tick", {"thickness": 3, "filled": False, "strokeWidth": 3, "opacity": 1}, x=x, y=y, stroke=stroke
    )


def _sentence(rows: Sequence[Task], title: str) -> str:
    if not rows:
        return f"{title}: данных о заданиях нет."
    ordered = sorted(rows, key=lambda row: row.percent)
    hardest = [f"{task.number} ({percent(task.percent)})" for task in ordered[:3]]
    easiest = ordered[-1]
    return (
        f"{title}, {counted(len(rows), 'задание', 'задания', 'заданий')}: труднее всего {join_with_and(hardest)}; "
        f"легче всего {easiest.number} ({percent(easiest.percent)})."
    )


def _table(rows: Sequence[Task], own_name: str, territory_name: str, title: str) -> Table:
    columns = [
        Column("number", "Задание"),
        Column("level", "Уровень"),
        Column("n", "Участников", kind="count"),
        Column("percent", own_name, unit="%", kind="percent", digits=1),
        Column("territory", territory_name, unit="%", kind="percent", digits=1),
    ]
    lines = [
        {
            "number": task.number,
            "level": task.level or Unknown.MISSING,
            "n": task.n or Unknown.MISSING,  # a task that nobody sat has no facility to draw
            "percent": task.percent,
            "territory": Unknown.MISSING if task.territory_percent is None else task.territory_percent,
        }
        for task in rows
    ]
    return Table(title, columns, lines)
