"""Works around the borders of marks: how many more just above a border, and fewer just below it, than expected."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from msoko.core.vocabulary.russian import counted, nbsp, number, signed
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.charts import look
from msoko.documents.charts.chart import Chart
from msoko.documents.charts.grammar import Rows, Spec, at, layer, layered, legend_of, name, quantity
from msoko.documents.charts.words_in_plot import caption, nothing
from msoko.documents.tables import Cell, Column, Table

TITLE = "Баллы у границ отметок"
CAPTION = "У границ отметок: на сколько работ больше или меньше ожидаемого"
OBSERVED, EXTRA = "работы школы", "лишние над границей"
EXPECTED, LACKING = "ожидалось", "не хватает под границей"
WORKS = ("работа", "работы", "работ")


@dataclass(frozen=True)
class Border:
    """A mark and the lowest score that earns it, in the scale of the work."""

    mark: int
    lowest: int


@dataclass(frozen=True)
class Around:
    """Works on both sides of one border, no further than the window: observed and expected."""

    border: Border
    below: int
    below_expected: float
    above: int
    above_expected: float

    @property
    def extra(self) -> float:
        """Works above the border beyond the expected number."""
        return self.above - self.above_expected

    @property
    def lacking(self) -> float:
        """Works below the border short of the expected number."""
        return self.below_expected - self.below


def chart(
    observed: Mapping[int, int],
    expected: Mapping[int, float],
    maximum: int,
    borders: Sequence[Border],
    window: int = 2,
    title: str = TITLE,
) -> Chart:
    """`observed`: score → works of the school; `expected`: score → works expected, were the school like the territory.

    `borders` ascend; `window`: how many scores on each side of a border are near it (at least 1).
    """
    near = {score: distance(score, borders, window) for score in range(maximum + 1)}
    rows = _rows(observed, expected, near)
    around = [_around(rows, border) for border in borders]
    return Chart(
        title=title,
        alt=_sentence(sum(observed.values()), around, title),
        data_table=_table(rows, title),
        drawing=lambda: nothing("Работ нет") if not sum(observed.values()) else _drawing(rows, around, maximum),
    )


def distance(score: int, borders: Sequence[Border], window: int) -> tuple[Border, int] | None:
    """The nearest border and the score's distance from its lowest score: −1 is one point short, 0 just enough.

    None where no border is within `window` scores; between two equally near ones the mark already earned counts.
    """
    near = [
        (max(score - border.lowest, border.lowest - score - 1), border.lowest, border)
        for border in borders
        if -window <= score - border.lowest < window
    ]
    if not near:
        return None
    border = min(near, key=lambda one: one[:2])[2]
    return border, score - border.lowest


def _rows(
    observed: Mapping[int, int], expected: Mapping[int, float], near: Mapping[int, tuple[Border, int] | None]
) -> Rows:
    return [
        {
            "score": score,
            "left": score - 0.42,
            "right": score + 0.42,
            "n": observed.get(score, 0),
            "expected": expected.get(score, 0.0),
            "border": found[0] if found else None,
            "distance": found[1] if found else None,
        }
        for score, found in near.items()
    ]


def _around(rows: Rows, border: Border) -> Around:
    below = [row for row in rows if row["border"] == border and row["distance"] < 0]
    above = [row for row in rows if row["border"] == border and row["distance"] >= 0]
    sums = [sum(row[key] for row in side) for side in (below, above) for key in ("n", "expected")]
    return Around(border, *sums)


def _drawing(rows: Rows, around: Sequence[Around], maximum: int) -> Spec:
    x = quantity(
        "left",
        title="Первичный балл",
        scale={"domain": [-0.5, maximum + 0.5], "nice": False, "zero": False},
        axis={"grid": False, "format": "d", "tickCount": min(maximum, 10), "tickMinStep": 1},
    )
    layers = [*compared(rows, x), *_border_layers(around, rows, maximum)]
    return layered(layers, look.WIDTH, 240, title=caption(CAPTION))


def compared(rows: Rows, x: Spec) -> list[Spec]:
    """Bars of what is, lines of what was expected, and what is between them next to a border.

    Rows have «left», «right», «n», «expected» and «distance» (negative below a border, None far from any).
    """
    y = quantity("low", title="Работ", axis={"tickCount": 5, "format": "d", "tickMinStep": 1}, scale=heights(rows))
    sides: dict[str, Any] = {"x": x, "x2": {"field": "right"}, "y": y}
    fill = legend_of("what", [OBSERVED, EXTRA], [look.SKY, look.SIGNAL], columns=1)
    stroke = legend_of("what", [EXPECTED], [look.INK], "stroke", symbolStrokeWidth=2)
    box = legend_of("what", [LACKING], [look.SIGNAL], symbolFillColor="white", symbolStrokeWidth=1.6)
    return [
        layer(bars(rows), "bar", {}, **sides, y2={"field": "high"}, fill=fill),
        layer(gaps(rows), "rect", {"filled": False, "strokeWidth": 1.6}, **sides, y2={"field": "high"}, color=box),
        layer(levels(rows), "rule", {"strokeWidth": 2}, **sides, stroke=stroke),
    ]


def heights(rows: Rows) -> Spec:
    """Room above the highest bar for the words over it."""
    highest = max([max(row["n"], row["expected"]) for row in rows] + [5])
    return {"domain": [0, 1.1 * highest], "nice": False}


def bars(rows: Rows) -> Rows:
    """A bar a score; what stands above the expected number next to a border is a bar of its own."""
    bars = []
    for row in rows:
        common = min(row["n"], row["expected"]) if _is_extra(row) else row["n"]
        bars.append({"left": row["left"], "right": row["right"], "low": 0, "high": common, "what": OBSERVED})
        if _is_extra(row):
            bars.append({**bars[-1], "low": common, "high": row["n"], "what": EXTRA})
    return bars


def _is_extra(row: Mapping[str, Any]) -> bool:
    return row["distance"] is not None and row["distance"] >= 0 and row["n"] > row["expected"]


def gaps(rows: Rows) -> Rows:
    """Empty boxes over bars that miss works just below a border."""
    return [
        {"left": row["left"], "right": row["right"], "low": row["n"], "high": row["expected"], "what": LACKING}
        for row in rows
        if row["distance"] is not None and row["distance"] < 0 and row["n"] < row["expected"]
    ]


def levels(rows: Rows) -> Rows:
    return [{"left": r["left"], "right": r["right"], "low": r["expected"], "what": EXPECTED} for r in rows]


def _border_layers(around: Sequence[Around], rows: Rows, maximum: int) -> list[Spec]:
    if not around:
        return []
    edges = [0, *(one.border.lowest for one in around), maximum + 1]
    marks = [around[0].border.mark - 1, *(one.border.mark for one in around)]
    zones = [
        {"left": (low + high - 1) / 2, "mark": f"«{mark}»"}
        for mark, low, high in zip(marks, edges, edges[1:], strict=False)
    ]
    rules = [{"left": one.border.lowest - 0.5} for one in around]
    x, bold = quantity("left"), {"baseline": "bottom", "fontWeight": "bold"}
    differences = [word for one in around for word in _differences(one, rows)]
    y = quantity("low", title="Работ")
    purple = {**bold, "dy": -4, "color": look.SIGNAL, "fontSize": 14}
    return [
        layer(rules, "rule", {"color": look.INK, "strokeDash": [4, 3]}, x=x),
        layer(zones, "text", {**bold, "dy": -4}, x=x, y=at(0), text=name("mark")),
        layer(differences, "text", purple, x=x, y=y, text=name("text")),
    ]


def _differences(one: Around, rows: Rows) -> Rows:
    """«+5» over the bars above the border and «−4» over those below it; what rounds to nothing is not said."""
    words = []
    for above, value in ((False, -one.lacking), (True, one.extra)):
        side = [row for row in rows if row["border"] == one.border and (row["distance"] >= 0) == above]
        if side and signed(value) != "0" and (value > 0) == above:
            middle = sum(row["score"] for row in side) / len(side)
            words.append({"left": middle, "low": max(max(r["n"], r["expected"]) for r in side), "text": signed(value)})
    return words


def _sentence(total: int, around: Sequence[Around], title: str) -> str:
    if not total:
        return f"{title}: работ нет."
    if not around:
        return f"{title}, {counted(total, *WORKS)}: границы отметок неизвестны."
    said = [_said(one) for one in around]
    return nbsp(f"{title}, {counted(total, *WORKS)}. {' '.join(said)}")


def _said(one: Around) -> str:
    words = (
        f"Граница «{one.border.mark}» ({counted(one.border.lowest, 'балл', 'балла', 'баллов')}): над ней "
        f"{counted(one.above, *WORKS)} при ожидаемых {number(one.above_expected, 1)}, под ней {number(one.below)} "
        f"при ожидаемых {number(one.below_expected, 1)}"
    )
    return f"{words} — {excess(one.extra)}."


def excess(extra: float) -> str:
    if signed(extra) == "0" or extra < 0:
        return "лишних над границей нет"
    return f"лишних над границей около {number(extra)}"


def _table(rows: Rows, title: str) -> Table:
    columns = [
        Column("score", "Первичный балл", kind="count"),
        Column("n", "Работ", kind="count"),
        Column("expected", "Ожидалось", kind="number"),
        Column("difference", "Разница", kind="number"),
        Column("border", "У границы"),
    ]
    return Table(title, columns, [_line(row) for row in rows])


def _line(row: Mapping[str, Any]) -> dict[str, Cell]:
    border: Border | None = row["border"]
    side = "под" if border and row["distance"] < 0 else "над"
    return {
        "score": row["score"],
        "n": row["n"],
        "expected": row["expected"],
        "difference": row["n"] - row["expected"],
        "border": f"{side} «{border.mark}»" if border else Unknown.NOT_APPLICABLE,
    }
