"""Words in a plot, out of each other's way: the drawing program moves no word, so their places are found here."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from msoko.documents.charts import look
from msoko.documents.charts.grammar import Rows, Spec, at, layer, layered, name, place

LETTER = 6.9
"""Pixels of an average letter of a name at 12 px, with room to spare: a name rather misses its place than collides."""
LINE = 14.0
MOST_NAMES = 12
"""More names than this cannot be read in a plot at a glance; the table has them all."""
HANDFUL = 5
"""So few points are named all, notable or not."""
MOST_COVERED = 3
"""A name that hides more points than this hides more than it tells; one's own is written all the same."""
LONGEST_NAME = 22


@dataclass(frozen=True)
class Axis:
    """A scale from `low` to `high`, which differ; a logarithmic one starts above zero."""

    low: float
    high: float
    logarithmic: bool = False

    def part(self, value: float) -> float:
        """0 at `low`, 1 at `high`."""
        if self.logarithmic:
            return log(value / self.low) / log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)

    def value(self, part: float) -> float:
        """The value at this part of a scale that is not logarithmic."""
        return self.low + part * (self.high - self.low)

    @property
    def scale(self) -> Spec:
        kind: Spec = {"type": "log"} if self.logarithmic else {"zero": False}
        return {**kind, "domain": [self.low, self.high], "nice": False}


@dataclass(frozen=True)
class Frame:
    """A plot of known size in pixels."""

    width: float
    height: float
    x: Axis
    y: Axis

    def pixel(self, x: float, y: float) -> tuple[float, float]:
        """From the upper left corner, as the drawing program counts."""
        return self.width * self.x.part(x), self.height * (1 - self.y.part(y))


@dataclass(frozen=True)
class Name:
    """The words of a point; `own` is bold and blue."""

    text: str
    x: float
    y: float
    own: bool = False


@dataclass(frozen=True)
class Side:
    """Where the words stand: how far from the point, and which of their ends is there."""

    dx: float
    dy: float
    align: str

    def box(self, spot: tuple[float, float], text: str) -> "Box":
        """The room that the words take."""
        width = LETTER * len(text)
        left = spot[0] + self.dx - {"left": 0.0, "center": width / 2, "right": width}[self.align]
        middle = spot[1] + self.dy
        return left, middle - LINE / 2, left + width, middle + LINE / 2


SIDES = (
    *(
        Side(dx, dy, align)
        for dy, shift in ((0, 12), (-14, 7), (14, 7))
        for dx, align in ((shift, "left"), (-shift, "right"))
    ),
    Side(0, -17, "center"),
    Side(0, 17, "center"),
)


def name_layers(
    names: Sequence[Name], others: Iterable[tuple[float, float]], frame: Frame, x: Spec, y: Spec
) -> list[Spec]:
    """Text layers; `names` in order of importance, `x` and `y` encode fields «x» and «y».

    A name that finds no free side is left out; of free sides the one that hides fewest `others` is taken.
    """
    found = placed(names, [frame.pixel(*other) for other in others], frame)
    layers = []
    for side, own in dict.fromkeys((side, one.own) for one, side in found):
        rows = [{"x": one.x, "y": one.y, "text": one.text} for one, s in found if (s, one.own) == (side, own)]
        layers += _with_halo(rows, side, own, x, y)
    return layers


def _with_halo(rows: Rows, side: Side, own: bool, x: Spec, y: Spec) -> list[Spec]:
    words = {"align": side.align, "dx": side.dx, "dy": side.dy, "fontWeight": "bold" if own else "normal"}
    halo = {"color": "white", "stroke": "white", "strokeWidth": 3, "opacity": 0.85}
    ink = {"color": look.OWN if own else look.INK}
    return [layer(rows, "text", {**words, **colour}, x=x, y=y, text=name("text")) for colour in (halo, ink)]


Box = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""


def placed(names: Sequence[Name], others: Sequence[tuple[float, float]], frame: Frame) -> list[tuple[Name, Side]]:
    """Those of `names` that find a place, each with its side; `others` are points in pixels. No two overlap."""
    found: list[tuple[Name, Side]] = []
    spots = [frame.pixel(one.x, one.y) for one in names]
    taken: list[Box] = [(x - 5, y - 5, x + 5, y + 5) for x, y in spots]
    for one, spot in zip(names, spots, strict=True):
        side = _side(one, spot, taken, others, frame)
        if side:
            found.append((one, side))
            taken.append(side.box(spot, one.text))
    return found


def _side(
    one: Name, spot: tuple[float, float], taken: Sequence[Box], others: Sequence[tuple[float, float]], frame: Frame
) -> Side | None:
    free = [side for side in SIDES if _fits(side.box(spot, one.text), taken, frame)]
    if not free:
        return None
    covered = [_covered(side.box(spot, one.text), others) for side in free]
    best = min(covered)
    return free[covered.index(best)] if one.own or best <= MOST_COVERED else None


def _fits(box: Box, taken: Sequence[Box], frame: Frame) -> bool:
    inside = box[0] >= 0 and box[1] >= -LINE and box[2] <= frame.width + 20 and box[3] <= frame.height
    return inside and not any(
        box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3] for other in taken
    )


def _covered(box: Box, others: Sequence[tuple[float, float]]) -> int:
    return sum(box[0] < x < box[2] and box[1] < y < box[3] for x, y in others)


def beside(words: Sequence[tuple[float, str, str]], frame: Frame) -> list[Spec]:
    """(y, text, colour) at the right edge, pushed apart so that each can be read."""
    ordered = sorted(words, key=lambda word: -word[0])
    right = at(frame.width + 6)
    heights = spread([frame.pixel(frame.x.low, y)[1] for y, _, _ in ordered], LINE)
    return [
        layer([{"text": text}], "text", {"align": "left", "color": ink}, x=right, y=at(height), text=name("text"))
        for height, (_, text, ink) in zip(heights, ordered, strict=True)
    ]


def spread(heights: Sequence[float], gap: float) -> list[float]:
    """Ascending heights moved as little as needed to stand `gap` apart: neighbours too close share their middle."""
    groups: list[list[float]] = []
    for height in heights:
        groups.append([height])
        while len(groups) > 1 and _end(groups[-2], gap) + gap > _start(groups[-1], gap):
            last = groups.pop()
            groups[-1] += last
    return [_start(group, gap) + gap * index for group in groups for index in range(len(group))]


def _start(group: Sequence[float], gap: float) -> float:
    return sum(group) / len(group) - gap * (len(group) - 1) / 2


def _end(group: Sequence[float], gap: float) -> float:
    return _start(group, gap) + gap * (len(group) - 1)


def caption(*lines: str) -> Spec:
    """Words over the plot that say how to read it."""
    look_of_words = {"font": look.MEASURED_AS, "fontSize": 12, "fontWeight": "normal", "color": look.TERRITORY}
    return {"text": list(lines), "anchor": "start", "frame": "group", "offset": 8, **look_of_words}


def nothing(words: str = "Данных нет") -> Spec:
    """An empty picture says that it is empty."""
    width, height = look.WIDTH, 60.0
    told = {"color": look.TERRITORY, "fontSize": 14}
    return layered(
        [layer([{"text": words}], "text", told, x=at(width / 2), y=at(height / 2), text=name("text"))], width, height
    )


def names_at_left(labels: Sequence[str], bold: Sequence[str]) -> Spec:
    """The y encoding of field «label»: a row a name, in this order."""
    weight = {
        "condition": {"test": f"indexof({json.dumps(list(bold))}, datum.value) >= 0", "value": "bold"},
        "value": "normal",
    }
    axis = {"labelLimit": 400, "ticks": False, "domain": False, "labelFontWeight": weight, "labelOverlap": False}
    return place("label", title=None, axis=axis, scale={"domain": list(labels)})
