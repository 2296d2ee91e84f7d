"""How well each signal tells touched schools from honest ones, by size of school: points with intervals."""

from collections.abc import Sequence
from dataclasses import dataclass

from msoko.core.vocabulary.russian import interval, join_with_and, nbsp, number
from msoko.documents.charts import look
from msoko.documents.charts.chart import Chart, cut_labels
from msoko.documents.charts.grammar import Rows, Spec, at, layer, layered, name, palette, quantity
from msoko.documents.charts.words_in_plot import caption, names_at_left, nothing
from msoko.documents.tables import Column, Table

TITLE = "Насколько сигналы отличают школы с вмешательством"
CAPTION = ("Правее — лучше; отрезок — интервал.", "1 — сигнал отличает всегда, 0,5 — не лучше монетки.")
CHANCE = 0.5
"""The area under the curve of a signal that guesses."""
SIZES = ((look.INK, "diamond"), (look.SKY, "circle"), ("#3b82f6", "square"), ("#1e3a8a", "triangle-up"))
"""Colour and shape of the first, second, … size, blue growing darker; more sizes cannot be told apart."""
LINE = 17


@dataclass(frozen=True)
class Quality:
    """The area under the ROC curve (0–1) of one signal among schools of one size, with its interval."""

    signal: str
    size: str
    value: float
    low: float
    high: float


def chart(
    rows: Sequence[Quality],
    value_name: str = "Площадь под кривой (AUC)",
    chance: float | None = CHANCE,
    title: str = TITLE,
    how_to_read: tuple[str, ...] = CAPTION,
    digits: int = 2,
) -> Chart:
    """Signals and sizes stand in the order in which they first come. Raises ValueError for more sizes than looks."""
    signals = list(dict.fromkeys(row.signal for row in rows))
    sizes = list(dict.fromkeys(row.size for row in rows))
    if len(sizes) > len(SIZES):
        raise ValueError(f"at most {len(SIZES)} sizes can be told apart, got {len(sizes)}")
    labels = dict(zip(signals, cut_labels(signals), strict=True))
    return Chart(
        title=title,
        alt=_sentence(rows, signals, value_name, title, digits),
        data_table=_table(rows, value_name, title, digits),
        drawing=lambda: _drawing(rows, labels, sizes, value_name, chance, how_to_read, digits) if rows else nothing(),
        whole_names={label: whole for whole, label in labels.items() if label != whole},
    )


def _drawing(
    rows: Sequence[Quality],
    labels: dict[str, str],
    sizes: Sequence[str],
    value_name: str,
    chance: float | None,
    how_to_read: tuple[str, ...],
    digits: int,
) -> Spec:
    points: Rows = [
        {
            "label": labels[row.signal],
            "size": row.size,
            "low": row.low,
            "high": row.high,
            "value": row.value,
            "text": number(row.value, digits),
        }
        for row in rows
    ]
    lowest = min([row.low for row in rows] + ([] if chance is None else [chance]))
    scale = {"domain": [max(0.0, lowest - 0.05), 1], "nice": False, "zero": False}
    x = quantity("low", title=value_name, scale=scale, axis={"tickCount": 6})
    y = {**names_at_left(list(labels.values()), []), "scale": {"domain": list(labels.values()), "paddingInner": 0.3}}
    width = look.WIDTH - 130
    return layered(
        [*_chance(chance), *_points(points, sizes, x, y, width)],
        width,
        (LINE * len(sizes) + 8) * len(labels),
        title=caption(*how_to_read),
    )


def _points(points: Rows, sizes: Sequence[str], x: Spec, y: Spec, width: float) -> list[Spec]:
    offset = {"yOffset": name("size", scale={"domain": list(sizes)})}
    legend = {"orient": "bottom", "columns": len(SIZES)} if len(sizes) > 1 else None
    colour = name("size", scale=palette(sizes, [SIZES[i][0] for i in range(len(sizes))]), legend=legend)
    shape = name("size", scale=palette(sizes, [SIZES[i][1] for i in range(len(sizes))]), legend=legend)
    value = quantity("value")
    dot = {"filled": True, "opacity": 1, "size": 70}
    right = {"align": "right", "color": look.INK}
    return [
        layer(points, "rule", {"strokeWidth": 2}, x=x, x2={"field": "high"}, y=y, color=colour, **offset),
        layer(points, "point", dot, x=value, y=y, color=colour, shape=shape, **offset),
        layer(points, "text", right, x=at(width + 40), y=y, text=name("text"), **offset),
    ]


def _chance(chance: float | None) -> list[Spec]:
    if chance is None:
        return []
    row = [{"low": chance, "text": "наугад"}]
    pen = {"color": look.TERRITORY, "strokeDash": [5, 3], "strokeWidth": 1.4}
    words = {"baseline": "bottom", "dy": -3, "color": look.TERRITORY}
    return [
        layer(row, "rule", pen, x=quantity("low")),
        layer(row, "text", words, x=quantity("low"), y=at(0), text=name("text")),
    ]


def _sentence(rows: Sequence[Quality], signals: Sequence[str], value_name: str, title: str, digits: int) -> str:
    if not rows:
        return f"{title}: данных нет."
    said = []
    for signal in signals:
        values = [
            f"{row.size} — {number(row.value, digits)} ({interval(row.low, row.high, digits, unit='')})"
            for row in rows
            if row.signal == signal
        ]
        said.append(f"{signal}: {join_with_and(values)}")
    return nbsp(f"{title}. {value_name}. {'; '.join(said)}.")


def _table(rows: Sequence[Quality], value_name: str, title: str, digits: int) -> Table:
    columns = [
        Column("signal", "Сигнал"),
        Column("size", "Школы"),
        Column("value", value_name, kind="number", digits=digits),
        Column("low", "Интервал от", kind="number", digits=digits),
        Column("high", "до", kind="number", digits=digits),
    ]
    keys = [column.key for column in columns]
    return Table(title, columns, [{key: getattr(row, key) for key in keys} for row in rows])
