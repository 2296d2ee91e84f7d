"""How strong a signal is in every class: the heap of the usual ones, and those that stand apart from it."""

from collections.abc import Sequence
from dataclasses import dataclass

from msoko.core.analysis.outcome import Verdict
from msoko.core.vocabulary.russian import counted, join_with_and, nbsp, number
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.charts import look
from msoko.documents.charts.chart import Chart, cut_labels
from msoko.documents.charts.dot_heap import DOT, storeys
from msoko.documents.charts.grammar import Rows, Spec, at, layer, layered, name, quantity
from msoko.documents.charts.verdict_marks import CALLED, counts_in_words, importance, own_ring, point_layer
from msoko.documents.charts.words_in_plot import (
    HANDFUL,
    LONGEST_NAME,
    MOST_NAMES,
    Axis,
    Frame,
    Name,
    caption,
    name_layers,
    nothing,
)
from msoko.documents.tables import Cell, Column, Row, Table, Tone

TITLE = "Сила сигнала по классам"
CLASSES = ("класс", "класса", "классов")
LOWEST, HIGHEST = 120.0, 300.0
"""Heights of the plot in pixels: room for two storeys of names, and a page's half."""


@dataclass(frozen=True)
class Unit:
    """A class or a school; `strength` grows with the signal."""

    name: str
    strength: float
    n: int
    verdict: Verdict | None = None
    own: bool = False


def chart(
    units: Sequence[Unit],
    likely: float | None,
    robust: float | None,
    signal_name: str = "Сила сигнала",
    title: str = TITLE,
    who: tuple[str, str, str] = CLASSES,
    digits: int = 1,
) -> Chart:
    """`likely` and `robust`: the strengths from which the verdicts begin, None where the method has no such bound."""
    labels = cut_labels([unit.name for unit in units], LONGEST_NAME)
    thresholds = [
        (value, verdict.words)
        for value, verdict in ((likely, Verdict.LIKELY), (robust, Verdict.ROBUST))
        if value is not None
    ]
    return Chart(
        title=title,
        alt=_sentence(units, thresholds, signal_name, title, who, digits),
        data_table=_table(units, signal_name, digits, title),
        drawing=lambda: nothing() if not units else _drawing(units, labels, thresholds, signal_name, who[0]),
        whole_names={label: one.name for one, label in zip(units, labels, strict=True) if label != one.name},
    )


def _horizontal(units: Sequence[Unit], thresholds: Sequence[tuple[float, str]]) -> Axis:
    """Nought is always there: it says how far the bounds are from no signal at all."""
    values = [0.0, *(unit.strength for unit in units), *(value for value, _ in thresholds)]
    margin = 0.06 * (max(values) - min(values)) or 1.0
    return Axis(min(values) - margin, max(values) + 2 * margin)


def _drawing(
    units: Sequence[Unit],
    labels: Sequence[str],
    thresholds: Sequence[tuple[float, str]],
    signal_name: str,
    who: str,
) -> Spec:
    axis = _horizontal(units, thresholds)
    rows = storeys([axis.part(unit.strength) for unit in units], look.WIDTH)
    reach = max([abs(row) for row in rows] + [1]) + 1
    frame = Frame(look.WIDTH, min(HIGHEST, max(LOWEST, 2 * reach * DOT)), axis, Axis(-reach, reach))
    points: Rows = [
        {"x": one.strength, "y": row, "verdict": one.verdict, "own": one.own, "label": label}
        for one, row, label in zip(units, rows, labels, strict=True)
    ]
    x = quantity("x", title=signal_name, scale=axis.scale, axis={"tickCount": 6, "grid": False})
    y = quantity("y", title=None, scale=frame.y.scale, axis=None)
    layers = _thresholds(thresholds, x)
    layers += [point_layer(points, x, y, look.SIGNAL), *own_ring(points, x, y)] if points else []
    names = [Name(point["label"], point["x"], point["y"], point["own"]) for point in _notable(points)]
    layers += name_layers(names, [(point["x"], point["y"]) for point in points], frame, x, y)
    return layered(
        layers,
        frame.width,
        frame.height,
        title=caption(f"Точка — {who}. Чем правее, тем сильнее сигнал: повод проверить, а не нарушение"),
    )


def _thresholds(thresholds: Sequence[tuple[float, str]], x: Spec) -> list[Spec]:
    """The lower bound has its word on the left, the upper one on the right: near bounds do not overwrite each other."""
    layers = []
    for order, (value, word) in enumerate(thresholds):
        right = order or len(thresholds) == 1
        row = [{"x": value, "text": f"{word} →"}]
        words = {"align": "left" if right else "right", "dx": 5 if right else -5, "baseline": "bottom", "dy": -2}
        pen = {"color": look.SIGNAL, "strokeWidth": 1.4, "strokeDash": [1, 0] if right else [5, 3]}
        layers.append(layer(row, "rule", pen, x=x))
        layers.append(layer(row, "text", {**words, "color": look.SIGNAL}, x=x, y=at(0), text=name("text")))
    return layers


def _notable(points: Rows) -> Rows:
    called = [point for point in points if len(points) <= HANDFUL or point["own"] or point["verdict"] in CALLED]
    called.sort(key=lambda point: (not point["own"], importance(point["verdict"]), -point["x"]))
    return called[:MOST_NAMES]


def _sentence(
    units: Sequence[Unit],
    thresholds: Sequence[tuple[float, str]],
    signal_name: str,
    title: str,
    who: tuple[str, str, str],
    digits: int,
) -> str:
    if not units:
        return f"{title}: данных нет."
    strongest = sorted(units, key=lambda unit: (-unit.strength, unit.name))[:MOST_NAMED]
    said = [f"{unit.name} ({number(unit.strength, digits)})" for unit in strongest]
    parts = [f"{title}, {counted(len(units), *who)}"]
    verdicts = counts_in_words(unit.verdict for unit in units)
    parts.append(", ".join(verdicts) if verdicts else "сигнала нет ни у кого")
    parts.append(f"сильнее всего: {join_with_and(said)}" if len(units) > 1 else f"{said[0]}")
    parts += [f"«{word}» — с {number(value, digits)}" for value, word in thresholds]
    return nbsp("; ".join(parts)) + "."


MOST_NAMED = 3
"""Names that a sentence bears."""


def _table(units: Sequence[Unit], signal_name: str, digits: int, title: str) -> Table:
    columns = [
        Column("name", "Где"),
        Column("n", "Участников", kind="count"),
        Column("strength", signal_name, kind="number", digits=digits),
        Column("verdict", "Вывод"),
    ]
    ordered = sorted(units, key=lambda unit: (-unit.strength, unit.name))
    return Table(title, columns, [_line(unit) for unit in ordered])


def _line(unit: Unit) -> Row:
    tone: Tone = "own" if unit.own else "pale" if unit.verdict is Verdict.FEW_DATA else ""
    cells: dict[str, Cell] = {
        "name": unit.name,
        "n": unit.n,
        "strength": unit.strength,
        "verdict": unit.verdict.words if unit.verdict else Unknown.NOT_APPLICABLE,
    }
    return Row(cells, tone)
