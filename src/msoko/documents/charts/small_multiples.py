"""Many subjects and grades at once: a small picture of years each, own against the territory."""

from collections.abc import Sequence
from dataclasses import dataclass

from msoko.core.vocabulary.russian import counted, join_with_and, number
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.charts import look
from msoko.documents.charts.chart import Chart
from msoko.documents.charts.grammar import Spec, legend_of, place, quantity
from msoko.documents.tables import Column, Table


@dataclass(frozen=True)
class Cell:
    """A subject's value in a grade and year; None where there are no data."""

    subject: str
    grade: int
    year: int
    value: float | None
    territory_value: float | None = None

    @property
    def panel(self) -> str:
        return f"{self.subject}, {self.grade} кл."


def chart(
    rows: Sequence[Cell],
    value_name: str = "Качество обученности",
    unit: str = "%",
    own_name: str = "Муниципалитет",
    territory_name: str = "Регион",
    columns: int = 4,
    of_works: int = 0,
) -> Chart:
    """Panels stand in the order in which subjects first come in `rows`; `of_works`: how many there are in all."""
    return Chart(
        title=f"{value_name} по предметам и годам",
        alt=_sentence(rows, value_name, unit, of_works),
        data_table=_table(rows, value_name, unit, own_name, territory_name),
        drawing=lambda: _drawing(
            rows, f"{value_name}, {unit}" if unit else value_name, own_name, territory_name, columns
        ),
    )


def _drawing(rows: Sequence[Cell], axis_title: str, own_name: str, territory_name: str, columns: int) -> Spec:
    years = sorted({row.year for row in rows})
    panels = list(dict.fromkeys(row.panel for row in rows))
    data = [
        {"panel": row.panel, "year": row.year, "own": row.value, "territory": row.territory_value, "who": own_name,
         "other": territory_name}
        for row in rows
    ]  # fmt: skip
    x = place("year", title=None, scale={"domain": years}, axis={"labelAngle": 0})
    axis = {"tickCount": 4, "titleFontSize": 12}
    own = quantity("own", title=None, scale={"zero": False, "nice": True}, axis=axis)
    other = quantity("territory", title=None)
    stroke = legend_of("other", [territory_name], [look.TERRITORY], "stroke", symbolDash=[5, 3], symbolStrokeWidth=2)
    fill = legend_of("who", [own_name], [look.OWN], "circle")
    solid, dashed = {"color": look.OWN, "strokeWidth": 2}, {"strokeDash": [5, 3], "strokeWidth": 2}
    beside = any(row.territory_value is not None for row in rows)
    layers = [
        *([{"mark": {"type": "line", **dashed}, "encoding": {"x": x, "y": other, "stroke": stroke}}] if beside else []),
        {"mark": {"type": "line", **solid}, "encoding": {"x": x, "y": own}},
        {
            "mark": {"type": "point", "filled": True, "size": 60, "opacity": 1},
            "encoding": {"x": x, "y": own, "fill": fill},
        },
    ]
    return {
        "title": {
            "text": axis_title,
            "anchor": "start",
            "font": look.MEASURED_AS,
            "fontSize": 13,
            "fontWeight": "normal",
        },
        "data": {"values": data},
        "columns": columns,
        "spacing": {"row": 16, "column": 24},
        "facet": {"field": "panel", "type": "ordinal", "sort": panels, "header": {"title": None, "labelLimit": 180}},
        "spec": {"width": 125, "height": 80, "layer": layers},
    }


def _sentence(rows: Sequence[Cell], value_name: str, unit: str, of_works: int) -> str:
    if not rows:
        return f"{value_name}: данных нет."
    latest = max(row.year for row in rows)
    known = sorted(
        ((row.value, row) for row in rows if row.year == latest and row.value is not None), key=lambda p: p[0]
    )
    panels = len({row.panel for row in rows})
    more = f" из {number(of_works)}" if of_works > panels else ""
    text = f"{value_name}, {counted(panels, 'работа', 'работы', 'работ')}{more}"
    if not known:
        return f"{text}; за {latest} год данных нет."
    tail = f"\u00a0{unit}" if unit else ""
    ends = [known[0], known[-1]] if len(known) > 1 else known
    said = join_with_and([f"{row.panel} — {number(value, 1)}{tail}" for value, row in ends])
    return f"{text}; {latest} год, крайние значения: {said}."


def _table(rows: Sequence[Cell], value_name: str, unit: str, own_name: str, territory_name: str) -> Table:
    columns = [
        Column("subject", "Предмет"),
        Column("grade", "Класс", kind="count"),
        Column("year", "Год"),
        Column("value", own_name, unit=unit, kind="number"),
        Column("territory", territory_name, unit=unit, kind="number"),
    ]
    lines = [
        {
            "subject": row.subject,
            "grade": row.grade,
            "year": str(row.year),
            "value": Unknown.MISSING if row.value is None else row.value,
            "territory": Unknown.MISSING if row.territory_value is None else row.territory_value,
        }
        for row in rows
    ]
    return Table(f"{value_name} по предметам и годам", columns, lines)
