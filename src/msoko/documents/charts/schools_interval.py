"""Schools (or classes) in order of a value, each with its interval, against the lines of the territories."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from msoko.core.vocabulary.russian import counted, interval, join_with_and, number
from msoko.documents.charts import look
from msoko.documents.charts.chart import Chart, cut, cut_labels
from msoko.documents.charts.grammar import Rows, Spec, at, layer, layered, name, palette, place, quantity
from msoko.documents.tables import Column, Row, Table, Tone

SMALL = "мало участников"
BELOW, ABOVE, CLOSE, PLAIN = "целиком ниже линии", "целиком выше линии", "накрывает линию", "значение и интервал"
KINDS = {
    PLAIN: (look.TERRITORY, "circle"),
    CLOSE: (look.TERRITORY, "circle"),
    BELOW: (look.BELOW, "triangle-down"),
    ABOVE: (look.ABOVE, "triangle-up"),
    SMALL: (look.PALE, "cross"),
}


@dataclass(frozen=True)
class Line:
    """One organisation: a value with its interval, n participants; `small` is pale, `own` is bold and large."""

    name: str
    value: float
    low: float
    high: float
    n: int
    small: bool = False
    own: bool = False


def chart(
    rows: Sequence[Line],
    lines: Sequence[tuple[str, float]] = (),
    unit: str = "%",
    title: str = "Школы",
    value_name: str = "Средний процент от максимума",
    digits: int = 0,
    who: tuple[str, str, str] = ("школа", "школы", "школ"),
) -> Chart:
    """Lowest first. The first of `lines` (name, value) is what intervals are compared with, and is the whole line.

    Height grows with rows.
    """
    ordered = sorted(rows, key=lambda row: (row.value, row.name))
    labels = cut_labels([row.name for row in ordered])
    kinds = [_kind(row, lines[0][1] if lines else None) for row in ordered]
    return Chart(
        title=title,
        alt=_sentence(ordered, kinds, lines, unit, value_name, digits, who),
        data_table=_table(ordered, unit, title, value_name, max(digits, 1)),
        drawing=lambda: _drawing(
            _points(ordered, labels, kinds), lines, f"{value_name}, {unit}" if unit else value_name
        ),
        whole_names={label: row.name for row, label in zip(ordered, labels, strict=True) if label != row.name},
    )


def _kind(row: Line, reference: float | None) -> str:
    if row.small:
        return SMALL
    if reference is None:
        return PLAIN
    if row.low <= reference <= row.high:
        return CLOSE
    return BELOW if row.high < reference else ABOVE


def _points(rows: Sequence[Line], labels: Sequence[str], kinds: Sequence[str]) -> Rows:
    return [
        {
            "label": label,
            "value": row.value,
            "low": row.low,
            "high": row.high,
            "n": number(row.n),
            "kind": kind,
            "own": row.own,
            "size": 150 if row.own else 60,
        }
        for row, label, kind in zip(rows, labels, kinds, strict=True)
    ]


def _drawing(points: Rows, lines: Sequence[tuple[str, float]], axis_title: str) -> Spec:
    step = 22 if len(points) <= 30 else 16
    present = [kind for kind in KINDS if any(point["kind"] == kind for point in points)]
    compared = f"Интервал и линия «{cut(lines[0][0])}»:" if len(lines) > 1 else None
    below = {"orient": "bottom", "title": compared, "titleLimit": look.WIDTH}
    colour = name("kind", scale=palette(present, [KINDS[kind][0] for kind in present]), legend=below)
    shape = name("kind", scale=palette(present, [KINDS[kind][1] for kind in present]), legend=below)
    own = f"indexof({json.dumps([point['label'] for point in points if point['own']])}, datum.value) >= 0"
    weight = {"condition": {"test": own, "value": "bold"}, "value": "normal"}
    axis = {"labelLimit": 400, "ticks": False, "domain": False, "labelFontWeight": weight, "labelOverlap": False}
    y = place("label", title=None, axis=axis)
    x = quantity("low", title=axis_title, scale={"zero": False, "nice": True}, axis={"tickCount": 6})
    value = quantity("value", title=axis_title)
    width = look.WIDTH - 130
    count = {"align": "right", "color": look.TERRITORY}
    return layered(
        [
            layer(points, "rule", {"strokeWidth": 2}, x=x, x2={"field": "high"}, y=y, color=colour),
            layer(
                points, "point", {"filled": True, "opacity": 1}, x=value, y=y, color=colour, shape=shape,
                size={"field": "size", "type": "quantitative", "scale": None, "legend": None},
            ),
            layer(points, "text", count, x=at(width + 40), y=y, text=name("n")),
            *_lines(lines, width),
        ],
        width,
        step * len(points),
    )  # fmt: skip


def _lines(lines: Sequence[tuple[str, float]], width: float) -> list[Spec]:
    """Each line with its name above it: the lower half to the left of their lines, the rest to the right, in storeys,
    so that no name stands on a line of another."""
    right = {"align": "right", "color": look.TERRITORY}
    storeys = (len(lines) + 1) // 2
    layers = [layer([{"n": "участников"}], "text", right, x=at(width + 40), y=at(-8 - 15 * storeys), text=name("n"))]
    ascending = sorted(range(len(lines)), key=lambda index: lines[index][1])
    for place_in_order, index in enumerate(ascending):
        to_the_left = place_in_order < len(lines) // 2
        storey = place_in_order if to_the_left else len(lines) - 1 - place_in_order
        layers += _line(*lines[index], top=-8 - 15 * storey, to_the_left=to_the_left, dash=DASHES[index % len(DASHES)])
    return layers


DASHES: tuple[list[int], ...] = ([], [5, 3], [2, 3])


def _line(who: str, value: float, top: int, to_the_left: bool, dash: list[int]) -> list[Spec]:
    row = [{"value": value, "text": f"{who}: {number(value, 1)}"}]
    rule = {"strokeDash": dash, "color": look.INK, "strokeWidth": 1.3}
    words = {"align": "right" if to_the_left else "left", "dx": -4 if to_the_left else 4, "dy": top, "color": look.INK}
    return [
        layer(row, "rule", rule, x=quantity("value")),
        layer(row, "rule", rule, x=quantity("value"), y=at(top - 5), y2=at(0)),
        layer(row, "text", words, x=quantity("value"), y=at(0), text=name("text")),
    ]


def _sentence(
    rows: Sequence[Line],
    kinds: Sequence[str],
    lines: Sequence[tuple[str, float]],
    unit: str,
    value_name: str,
    digits: int,
    who: tuple[str, str, str],
) -> str:
    if not rows:
        return f"{value_name}: данных нет."
    tail = f"\u00a0{unit}" if unit else ""
    lowest, highest = (
        f"{number(one.value, digits)}{tail} ({one.name}; {interval(one.low, one.high, digits, unit)})"
        for one in (rows[0], rows[-1])
    )
    several = f"{value_name}, {counted(len(rows), *who)}: от {lowest} до {highest}"
    parts = [several if len(rows) > 1 else f"{value_name}: {lowest}"]
    if lines:
        parts.append("линии: " + join_with_and([f"{whose} — {number(value, 1)}{tail}" for whose, value in lines]))
        counts = [f"{words} — {kinds.count(kind)}" for kind, words in _COUNTED.items() if kinds.count(kind)]
        parts.append(f"относительно линии «{lines[0][0]}»: {', '.join(counts)}")
    return "; ".join(parts) + "."


_COUNTED = {
    BELOW: "интервал целиком ниже",
    ABOVE: "целиком выше",
    CLOSE: "накрывает линию",
    SMALL: "мало участников",
}


def _table(rows: Sequence[Line], unit: str, title: str, value_name: str, digits: int) -> Table:
    columns = [
        Column("name", "Организация"),
        Column("n", "Участников", kind="count"),
        Column("value", value_name, unit=unit, kind="number", digits=digits),
        Column("low", "Интервал от", unit=unit, kind="number", digits=digits),
        Column("high", "до", unit=unit, kind="number", digits=digits),
    ]
    lines = [Row({key: getattr(row, key) for key in ("name", "n", "value", "low", "high")}, _tone(row)) for row in rows]
    return Table(title, columns, lines)


def _tone(row: Line) -> Tone:
    return "own" if row.own else "pale" if row.small else ""
