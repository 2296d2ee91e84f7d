"""A level over years with its intervals, the territory's line beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from msoko.core.vocabulary.russian import interval, number
from msoko.documents.charts import look
from msoko.documents.charts.chart import Chart
from msoko.documents.charts.grammar import Rows, Spec, layer, layered, legend_of, name, place, quantity
from msoko.documents.tables import Column, Table

TITLE = "По годам"


@dataclass(frozen=True)
class Point:
    """One year's value with its interval."""

    year: int
    value: float
    low: float
    high: float
    n: int


def chart(
    points: Sequence[Point],
    territory: Sequence[tuple[int, float]] = (),
    value_name: str = "Средний процент от максимума",
    unit: str = "%",
    own_name: str = "Школа",
    territory_name: str = "Территория",
) -> Chart:
    """A year without data has no point, and no line is drawn over the gap."""
    ordered = sorted(points, key=lambda point: point.year)
    return Chart(
        title=f"{value_name} по годам",
        alt=_sentence(ordered, territory, value_name, unit, territory_name),
        data_table=_table(ordered, dict(territory), value_name, unit, territory_name),
        drawing=lambda: _drawing(
            ordered, territory, f"{value_name}, {unit}" if unit else value_name, own_name, territory_name
        ),
    )


def _with_gaps(rows: Rows, years: Sequence[int]) -> Rows:
    known = {row["year"]: row for row in rows}
    return [known.get(year, {"year": year, "value": None}) for year in years]


def _drawing(
    points: Sequence[Point], territory: Sequence[tuple[int, float]], axis_title: str, own_name: str, territory_name: str
) -> Spec:
    known = {point.year for point in points} | {year for year, _ in territory}
    years = list(range(min(known), max(known) + 1)) if known else []
    own = [
        {"year": p.year, "value": p.value, "low": p.low, "high": p.high, "text": number(p.value, 1), "who": own_name}
        for p in points
    ]
    others = [{"year": year, "value": value, "who": territory_name} for year, value in territory]
    x = place("year", title=None, scale={"domain": years}, axis={"labelAngle": 0})
    y = quantity("value", title=axis_title, scale={"zero": False, "nice": True}, axis={"tickCount": 5})
    low = quantity("low", title=axis_title)
    colour = legend_of("who", [own_name], [look.OWN], "circle")
    above = {"dy": -8, "baseline": "alphabetic", "fontWeight": "bold", "color": look.OWN}
    solid = {"strokeWidth": 2, "color": look.OWN}
    layers = [
        layer(_with_gaps(own, years), "line", solid, x=x, y=y),
        layer(own, "rule", {"color": look.OWN, "strokeWidth": 1.5}, x=x, y=low, y2={"field": "high"}),
        layer(own, "point", {"filled": True, "size": 80, "opacity": 1}, x=x, y=y, fill=colour),
        layer(own, "text", above, x=x, y=quantity("high", title=axis_title), text=name("text")),
    ]
    if others:
        stroke = legend_of("who", [territory_name], [look.TERRITORY], "stroke", symbolDash=[5, 3], symbolStrokeWidth=2)
        dashed = {"strokeDash": [5, 3], "strokeWidth": 2}
        layers.append(layer(_with_gaps(others, years), "line", {**dashed, "color": look.TERRITORY}, x=x, y=y))
        layers.append(layer(others, "point", {"filled": False, "size": 50, "shape": "square"}, x=x, y=y, stroke=stroke))
    return layered(layers, max(220, min(look.WIDTH, 130 * len(years))), 240)


def _sentence(
    points: Sequence[Point], territory: Sequence[tuple[int, float]], value_name: str, unit: str, territory_name: str
) -> str:
    tail = f"\u00a0{unit}" if unit else ""
    said = [f"{p.year} — {number(p.value, 1)}{tail} ({interval(p.low, p.high, 0, unit)})" for p in points]
    text = f"{value_name} по годам: {', '.join(said) if said else 'данных нет'}"
    if territory:
        text += f"; {territory_name}: " + ", ".join(f"{year} — {number(v, 1)}{tail}" for year, v in territory)
    return text + "."


def _table(
    points: Sequence[Point], territory: dict[int, float], value_name: str, unit: str, territory_name: str
) -> Table:
    from msoko.core.vocabulary.unknowns import Unknown

    columns = [
        Column("year", "Год", kind="text"),
        Column("n", "Участников", kind="count"),
        Column("value", value_name, unit=unit, kind="number"),
        Column("low", "Интервал от", unit=unit, kind="number"),
        Column("high", "до", unit=unit, kind="number"),
        Column("territory", territory_name, unit=unit, kind="number"),
    ]
    known = {point.year: point for point in points}
    rows = []
    for year in sorted(set(known) | set(territory)):
        point = known.get(year)
        own = {key: getattr(point, key) if point else Unknown.MISSING for key in ("n", "value", "low", "high")}
        rows.append({"year": str(year), **own, "territory": territory.get(year, Unknown.MISSING)})
    return Table(f"{value_name} по годам", columns, rows)
