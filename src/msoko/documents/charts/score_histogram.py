"""Distribution of primary scores with the borders of marks, the territory's line over it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from msoko.core.vocabulary.russian import counted, join_with_and, number, percent, quote
from msoko.documents.charts import look
from msoko.documents.charts.chart import Chart
from msoko.documents.charts.grammar import Rows, Spec, at, layer, layered, legend_of, name, quantity
from msoko.documents.tables import Column, Table

Borders = Sequence[tuple[int, int]]


@dataclass(frozen=True)
class Kind:
    """Which score is drawn: its genitive plural in the title, its nominative on the axis."""

    plural: str
    axis: str

    @property
    def title(self) -> str:
        return f"Распределение {self.plural}"


PRIMARY = Kind("первичных баллов", "Первичный балл")
TEST = Kind("тестовых баллов", "Тестовый балл")


def chart(
    own: Mapping[int, int],
    territory: Mapping[int, int] | None,
    maximum: int,
    borders: Borders | None = None,
    own_name: str = "Школа",
    territory_name: str = "Территория",
    kind: Kind = PRIMARY,
) -> Chart:
    """`own` and `territory`: score → number of participants. `borders`: (mark, its highest score), ascending.

    Both are shown in per cent of their participants, so that a school and a region stand on one scale.
    """
    rows = _rows(own, territory, maximum)
    return Chart(
        title=kind.title,
        alt=_sentence(own, territory, maximum, borders, territory_name, kind),
        data_table=_table(rows, own_name, territory_name if territory else "", kind),
        drawing=lambda: _drawing(rows, bool(territory), maximum, borders or (), own_name, territory_name, kind),
    )


def _rows(own: Mapping[int, int], territory: Mapping[int, int] | None, maximum: int) -> list[dict[str, Any]]:
    n, others = sum(own.values()), sum((territory or {}).values())
    return [
        {
            "score": score,
            "left": score - 0.42,
            "right": score + 0.42,
            "n": own.get(score, 0),
            "own": 100 * own.get(score, 0) / n if n else 0,
            "territory": 100 * (territory or {}).get(score, 0) / others if others else 0,
        }
        for score in range(maximum + 1)
    ]


def _mean(counts: Mapping[int, int]) -> float:
    return sum(score * n for score, n in counts.items()) / sum(counts.values())


def _sentence(
    own: Mapping[int, int],
    territory: Mapping[int, int] | None,
    maximum: int,
    borders: Borders | None,
    territory_name: str,
    kind: Kind,
) -> str:
    n = sum(own.values())
    if not n:
        return f"{kind.title}: участников нет."
    peak = max(own, key=lambda score: (own[score], -score))
    parts = [
        f"{kind.title}, {counted(n, 'участник', 'участника', 'участников')}: "
        f"средний балл {number(_mean(own), 1)} из {number(maximum)}, "
        f"чаще всего — {counted(peak, 'балл', 'балла', 'баллов')} ({percent(100 * own[peak] / n)})"
    ]
    if territory and sum(territory.values()):
        parts.append(f"{territory_name}: средний балл {number(_mean(territory), 1)}")
    if borders:
        shares = [f"{quote(str(mark))} — {percent(share)}" for mark, share in _shares_of_marks(own, borders)]
        parts.append(f"по шкале отметки {join_with_and(shares)}")
    return "; ".join(parts) + "."


def _shares_of_marks(own: Mapping[int, int], borders: Borders) -> list[tuple[int, float]]:
    n, lowest, found = sum(own.values()), 0, []
    for mark, highest in borders:
        found.append((mark, 100 * sum(c for score, c in own.items() if lowest <= score <= highest) / n))
        lowest = highest + 1
    return found


def _table(rows: Sequence[Mapping[str, Any]], own_name: str, territory_name: str, kind: Kind) -> Table:
    columns = [
        Column("score", kind.axis, kind="count"),
        Column("n", "Участников", kind="count"),
        Column("own", own_name, unit="%", kind="percent", digits=1),
    ]
    if territory_name:
        columns.append(Column("territory", territory_name, unit="%", kind="percent", digits=1))
    keys = [column.key for column in columns]
    return Table(kind.title, columns, [{key: row[key] for key in keys} for row in rows])


def _drawing(
    rows: Rows, has_territory: bool, maximum: int, borders: Borders, own_name: str, territory_name: str, kind: Kind
) -> Spec:
    x = quantity(
        "left",
        title=kind.axis,
        scale={"domain": [-0.5, maximum + 0.5], "nice": False, "zero": False},
        axis={"grid": False, "format": "d", "tickCount": min(maximum, 10), "tickMinStep": 1},
    )
    y = quantity("share", title="Доля участников, %", axis={"tickCount": 5}, scale={"zero": True})
    bars = [{"who": own_name, "left": r["left"], "right": r["right"], "share": r["own"]} for r in rows]
    fill = legend_of("who", [own_name], [look.OWN]) if has_territory else {"value": look.OWN}
    layers = [layer(bars, "bar", {"opacity": 0.7}, x=x, x2={"field": "right"}, y=y, y2={"datum": 0}, fill=fill)]
    if has_territory:
        line = [{"who": territory_name, "left": r["score"], "share": r["territory"]} for r in rows]
        stroke = legend_of("who", [territory_name], [look.INK], "stroke", symbolStrokeWidth=3)
        layers.append(layer(line, "line", {"strokeWidth": 2}, x=x, y=y, stroke=stroke))
    return layered([*layers, *_border_layers(borders)], look.WIDTH, 240)


def _border_layers(borders: Borders) -> list[Spec]:
    if not borders:
        return []
    zones, lowest = [], 0
    for mark, highest in borders:
        zones.append({"left": (lowest + highest) / 2, "border": highest + 0.5, "mark": f"«{mark}»"})
        lowest = highest + 1
    above = {"dy": -4, "baseline": "bottom", "fontWeight": "bold"}
    return [
        layer(zones[:-1], "rule", {"color": look.INK, "strokeDash": [4, 3]}, x=quantity("border")),
        layer(zones, "text", above, x=quantity("left"), y=at(0), text=name("mark")),
    ]
