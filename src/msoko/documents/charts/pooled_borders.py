"""All borders of all works together: how far works are from their nearest border, against what was expected."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from msoko.core.vocabulary.russian import counted, number, signed
from msoko.documents.charts import look
from msoko.documents.charts.chart import Chart
from msoko.documents.charts.grammar import Rows, Spec, layer, layered, name, quantity
from msoko.documents.charts.near_borders import WORKS, compared, excess
from msoko.documents.charts.words_in_plot import caption, nothing
from msoko.documents.tables import Cell, Column, Table

TITLE = "Все границы отметок вместе"
CAPTION = "Сколько баллов до ближайшей границы отметки"


@dataclass(frozen=True)
class Step:
    """Works at one distance from the lowest score of a mark: −1 one point short, 0 just enough, 1 a point above."""

    distance: int
    observed: int
    expected: float

    @property
    def words(self) -> tuple[str, str]:
        """Two lines: «не хватило / 1 балла», «ровно / на отметку», «запас / 2 балла»."""
        if self.distance < 0:
            return "не хватило", counted(-self.distance, "балла", "баллов", "баллов")
        return (
            ("запас", counted(self.distance, "балл", "балла", "баллов")) if self.distance else ("ровно", "на отметку")
        )


def chart(steps: Sequence[Step], title: str = TITLE) -> Chart:
    """Steps are drawn from the furthest below a border to the furthest above it."""
    ordered = sorted(steps, key=lambda step: step.distance)
    return Chart(
        title=title,
        alt=_sentence(ordered, title),
        data_table=_table(ordered, title),
        drawing=lambda: _drawing(ordered) if ordered else nothing("Рядом с границами работ нет"),
    )


def _drawing(steps: Sequence[Step]) -> Spec:
    rows: Rows = [
        {
            "left": step.distance - 0.4,
            "right": step.distance + 0.4,
            "middle": step.distance,
            "n": step.observed,
            "expected": step.expected,
            "distance": step.distance,
            "highest": max(step.observed, step.expected),
            "text": signed(step.observed - step.expected),
        }
        for step in steps
    ]
    first, last = (steps[0].distance, steps[-1].distance) if steps else (-2, 1)
    words = json.dumps({str(step.distance): step.words for step in steps})
    x = quantity(
        "left",
        title=None,
        scale={"domain": [first - 0.6, last + 0.6], "nice": False, "zero": False},
        axis={"grid": False, "values": [step.distance for step in steps], "labelExpr": f"({words})[datum.value]"},
    )
    bold = {"dy": -6, "baseline": "bottom", "fontWeight": "bold", "fontSize": 14, "color": look.SIGNAL}
    border = [{"left": -0.5}]
    return layered(
        [
            *compared(rows, x),
            layer(border, "rule", {"color": look.INK, "strokeDash": [4, 3]}, x=x),
            layer(rows, "text", bold, x=quantity("middle"), y=quantity("highest", title="Работ"), text=name("text")),
        ],
        min(look.WIDTH, 110 * max(len(steps), 2)),
        220,
        title=caption(CAPTION),
    )


def _sentence(steps: Sequence[Step], title: str) -> str:
    total = sum(step.observed for step in steps)
    if not total:
        return f"{title}: рядом с границами работ нет."
    below, below_expected = _sums([step for step in steps if step.distance < 0])
    above, above_expected = _sums([step for step in steps if step.distance >= 0])
    return (
        f"{title}, рядом с границами {counted(total, *WORKS)}: под границей {number(below)} при ожидаемых "
        f"{number(below_expected, 1)}, на границе и над ней {number(above)} при ожидаемых {number(above_expected, 1)}"
        f" — {excess(above - above_expected)}."
    )


def _sums(steps: Sequence[Step]) -> tuple[int, float]:
    return sum(step.observed for step in steps), sum(step.expected for step in steps)


def _table(steps: Sequence[Step], title: str) -> Table:
    columns = [
        Column("words", "До границы"),
        Column("observed", "Работ", kind="count"),
        Column("expected", "Ожидалось", kind="number"),
        Column("difference", "Разница", kind="number"),
    ]
    lines: list[dict[str, Cell]] = [
        {
            "words": " ".join(step.words),
            "observed": step.observed,
            "expected": step.expected,
            "difference": step.observed - step.expected,
        }
        for step in steps
    ]
    return Table(title, columns, lines)
