"""A figure of every school by years or works, against the borders of the usual: who jumped out of them, and where."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from msoko.core.vocabulary.russian import counted, interval, join_with_and, nbsp, number
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.charts import look
from msoko.documents.charts.chart import Chart, cut_labels
from msoko.documents.charts.dot_heap import DOT, steps, storeys
from msoko.documents.charts.grammar import Rows, Spec, at, layer, layered, name, palette, quantity
from msoko.documents.charts.verdict_marks import CROWD, own_ring
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

TITLE = "Изменение результатов одних и тех же детей"
CAPTION = "Точка — школа; серое поле — обычный разброс по территории"
VALUE_NAME = "Во сколько раз прежний результат выше нынешнего"
USUAL = "в пределах обычного"
STRIP = 104.0
"""Pixels a strip: its heading and a heap of up to seven dots."""
DIRECTIONS = 20.0
"""Pixels under the strips for the words that say which way is which."""
HEAP = 36.0
"""Pixels that a heap may reach to each side of its line."""
SCHOOLS = ("школа", "школы", "школ")
FINER = 2.0
"""Bars of a heap are so many times finer than dots."""
MOST_NAMED = 3
"""Names a side that a sentence bears."""


@dataclass(frozen=True)
class Point:
    """One school's figure."""

    name: str
    value: float
    n: int
    own: bool = False


@dataclass(frozen=True)
class Strip:
    """A year or a work: the schools' figures and the borders of the usual; None where they were not computed."""

    heading: str
    points: Sequence[Point]
    low: float | None = None
    high: float | None = None

    def side(self, value: float) -> int:
        """−1 below the usual, 1 above it, 0 within or where there are no borders."""
        above, below = self.high is not None and value > self.high, self.low is not None and value < self.low
        return above - below


@dataclass(frozen=True)
class Sides:
    """What it means to be below and above the usual."""

    below: str = "резкий рост"
    above: str = "резкое снижение"


def chart(
    strips: Sequence[Strip],
    value_name: str = VALUE_NAME,
    sides: Sides | None = None,
    title: str = TITLE,
    digits: int = 2,
    who: tuple[str, str, str] = SCHOOLS,
) -> Chart:
    """Strips stand in the order given. The value of the cohort change is K = S(earlier) / S(later)."""
    sides = sides or Sides()
    names = list(dict.fromkeys(point.name for strip in strips for point in strip.points))
    labels = dict(zip(names, cut_labels(names, LONGEST_NAME), strict=True))
    return Chart(
        title=title,
        alt=_sentence(strips, sides, title, digits, who),
        data_table=_table(strips, sides, value_name, title, digits),
        drawing=lambda: _drawing(strips, labels, value_name, sides, digits) if names else nothing(),
        whole_names={label: whole for whole, label in labels.items() if label != whole},
    )


def _frame(strips: Sequence[Strip]) -> Frame:
    values = [point.value for strip in strips for point in strip.points]
    values += [border for strip in strips for border in (strip.low, strip.high) if border is not None]
    margin = 0.06 * (max(values) - min(values)) or 0.1
    height = STRIP * len(strips) + DIRECTIONS
    # Heights are counted in pixels from above, so that strips need no scale of their own.
    return Frame(look.WIDTH, height, Axis(min(values) - margin, max(values) + margin), Axis(height, 0))


def _middle(order: int) -> float:
    return STRIP * order + STRIP - HEAP - 8


def _drawing(strips: Sequence[Strip], labels: dict[str, str], value_name: str, sides: Sides, digits: int) -> Spec:
    frame = _frame(strips)
    x = quantity("x", title=value_name, scale=frame.x.scale, axis={"tickCount": 6, "grid": False})
    y = quantity("y", title=None, scale={**frame.y.scale, "zero": False}, axis=None)
    points: Rows = [
        point for order, strip in enumerate(strips) for point in _points(strip, order, labels, frame, sides)
    ]
    layers = [*_fields(strips, frame, x, y), *_crowds(strips, frame, x, y), *_headings(strips, y)]
    layers += [_dots(points, x, y, sides), *own_ring(points, x, y)] if points else []
    names = [
        Name(_called(point, digits), point["x"], point["y"], point["own"]) for point in _notable(points, len(strips))
    ]
    layers += name_layers(names, [(point["x"], point["y"]) for point in points], frame, x, y)
    return layered([*layers, *_directions(sides, frame)], frame.width, frame.height, title=caption(CAPTION))


def _points(strip: Strip, order: int, labels: dict[str, str], frame: Frame, sides: Sides) -> Rows:
    """Dots of a strip; of a crowd only those outside the usual and one's own, the others stand in its heap."""
    drawn = [point for point in strip.points if not _is_crowd(strip) or point.own or strip.side(point.value)]
    rows = storeys([frame.x.part(point.value) for point in drawn], frame.width)
    step = min(DOT, HEAP / max([abs(row) for row in rows] + [1]))
    words = {-1: sides.below, 0: USUAL, 1: sides.above}
    return [
        {
            "x": point.value,
            "y": _middle(order) - step * row,
            "kind": words[strip.side(point.value)],
            "own": point.own,
            "label": labels[point.name],
            "called": point.own or bool(strip.side(point.value)) or len(strip.points) <= HANDFUL,
        }
        for point, row in zip(drawn, rows, strict=True)
    ]


def _is_crowd(strip: Strip) -> bool:
    return len(strip.points) > CROWD


def _crowds(strips: Sequence[Strip], frame: Frame, x: Spec, y: Spec) -> list[Spec]:
    """A strip with more schools than dots can show has a heap instead: as thick as there are schools."""
    bars: Rows = [bar for order, strip in enumerate(strips) if _is_crowd(strip) for bar in _heap(strip, order, frame)]
    if not bars:
        return []
    return [layer(bars, "rect", {"color": look.PALE}, x=x, x2={"field": "right"}, y=y, y2={"field": "bottom"})]


def _heap(strip: Strip, order: int, frame: Frame) -> Rows:
    usual = [frame.x.part(point.value) for point in strip.points if not strip.side(point.value)]
    heights = Counter(steps(usual, frame.width * FINER))
    widest, highest = frame.width * FINER / DOT, max(heights.values(), default=1)
    return [
        {
            "x": frame.x.value((step - 0.5) / round(widest)),
            "right": frame.x.value((step + 0.5) / round(widest)),
            "y": _middle(order) - HEAP * count / highest,
            "bottom": _middle(order) + HEAP * count / highest,
        }
        for step, count in heights.items()
    ]


def _fields(strips: Sequence[Strip], frame: Frame, x: Spec, y: Spec) -> list[Spec]:
    """The grey field of the usual with its borders in figures; open where a border is unknown."""
    fields: Rows = [
        {
            "x": frame.x.low if strip.low is None else strip.low,
            "right": frame.x.high if strip.high is None else strip.high,
            "y": _middle(order) - HEAP - 4,
            "bottom": _middle(order) + HEAP + 4,
        }
        for order, strip in enumerate(strips)
        if strip.low is not None or strip.high is not None
    ]
    return [layer(fields, "rect", {"color": look.GRID}, x=x, x2={"field": "right"}, y=y, y2={"field": "bottom"})]


def _headings(strips: Sequence[Strip], y: Spec) -> list[Spec]:
    rows: Rows = [{"y": _middle(order) - HEAP - 14, "text": nbsp(strip.heading)} for order, strip in enumerate(strips)]
    return [layer(rows, "text", {"align": "left", "fontWeight": "bold"}, x=at(2), y=y, text=name("text"))]


def _dots(dots: Rows, x: Spec, y: Spec, sides: Sides) -> Spec:
    looks = {
        sides.below: (look.SIGNAL, look.SIGNAL, "triangle-up"),
        sides.above: (look.SIGNAL, look.SIGNAL, "triangle-down"),
        USUAL: (look.SOFT, look.PALE, "circle"),
    }
    present = [word for word in looks if any(dot["kind"] == word for dot in dots)]
    legend = {"orient": "bottom"} if present != [USUAL] else None
    channels = {
        channel: name("kind", scale=palette(present, [looks[word][part] for word in present]), legend=legend)
        for part, channel in enumerate(("fill", "stroke", "shape"))
    }
    return layer(dots, "point", {"filled": False, "opacity": 1, "size": 65}, x=x, y=y, **channels)


def _directions(sides: Sides, frame: Frame) -> list[Spec]:
    """Which way is which, between the last strip and the axis."""
    words = (("left", 2.0, f"← {sides.below}"), ("right", frame.width - 2, f"{sides.above} →"))
    return [
        layer(
            [{"text": text}],
            "text",
            {"align": align, "color": look.SIGNAL},
            x=at(place_of_word),
            y=at(frame.height - DIRECTIONS / 2),
            text=name("text"),
        )
        for align, place_of_word, text in words
    ]


def _notable(points: Rows, strips: int) -> Rows:
    """Own school first, then those outside the usual; as many names a strip as can be read."""
    called = [point for point in points if point["called"]]
    called.sort(key=lambda point: (not point["own"], point["kind"] == USUAL))
    return called[: MOST_NAMES * strips]


def _called(point: Mapping[str, Any], digits: int) -> str:
    return f"{point['label']}: {number(point['x'], digits)}" if point["own"] else point["label"]


def _sentence(strips: Sequence[Strip], sides: Sides, title: str, digits: int, who: tuple[str, str, str]) -> str:
    known = [strip for strip in strips if strip.points]
    if not known:
        return f"{title}: данных нет."
    return nbsp(f"{title}. {' '.join(_strip_in_words(strip, sides, digits, who) for strip in known)}")


def _strip_in_words(strip: Strip, sides: Sides, digits: int, who: tuple[str, str, str]) -> str:
    parts = [f"{strip.heading}: {counted(len(strip.points), *who)}", _usual(strip, digits)]
    for side, words in ((-1, sides.below), (1, sides.above)):
        names = [point.name for point in strip.points if strip.side(point.value) == side]
        parts.append(f"{words} — {number(len(names))}{_names(names)}")
    parts += [f"{point.name} — {number(point.value, digits)}" for point in strip.points if point.own]
    return "; ".join(parts) + "."


def _usual(strip: Strip, digits: int) -> str:
    if strip.low is None or strip.high is None:
        return "границы обычного не вычислены"
    return f"обычно {interval(strip.low, strip.high, digits, unit='')}"


def _names(names: Sequence[str]) -> str:
    if not names or len(names) > MOST_NAMED:
        return ""
    return f" ({join_with_and(names)})"


def _table(strips: Sequence[Strip], sides: Sides, value_name: str, title: str, digits: int) -> Table:
    columns = [
        Column("heading", "Работа и годы"),
        Column("name", "Организация"),
        Column("n", "Участников", kind="count"),
        Column("value", value_name, kind="number", digits=digits),
        Column("low", "Обычно от", kind="number", digits=digits),
        Column("high", "до", kind="number", digits=digits),
        Column("side", "Вывод"),
    ]
    rows = [_line(strip, point, sides) for strip in strips for point in sorted(strip.points, key=lambda p: p.value)]
    return Table(title, columns, rows)


def _line(strip: Strip, point: Point, sides: Sides) -> Row:
    unknown = strip.low is None and strip.high is None
    words = {-1: sides.below, 0: Unknown.MISSING if unknown else USUAL, 1: sides.above}
    cells: dict[str, Cell] = {
        "heading": strip.heading,
        "name": point.name,
        "n": point.n,
        "value": point.value,
        "low": Unknown.MISSING if strip.low is None else strip.low,
        "high": Unknown.MISSING if strip.high is None else strip.high,
        "side": words[strip.side(point.value)],
    }
    tone: Tone = "own" if point.own else ""
    return Row(cells, tone)
