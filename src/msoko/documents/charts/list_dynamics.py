"""A list over the years: who stayed on it, who came, who left; and of whom nothing can be said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from msoko.core.vocabulary.russian import counted, nbsp, number
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.charts import look
from msoko.documents.charts.chart import Chart
from msoko.documents.charts.grammar import Rows, Spec, layer, layered, name, palette, place, quantity
from msoko.documents.charts.words_in_plot import LINE, Axis, Frame, caption, nothing, spread
from msoko.documents.tables import Cell, Column, Table

TITLE = "Список по годам"
CAPTION = "Над чертой — кто в списке; под чертой — кто был в нём год назад, а теперь нет"
FIRST, STAYED, CAME, LEFT, UNKNOWN = (
    "в списке, сравнить не с чем",
    "остались",
    "вошли",
    "вышли",
    "были в списке, данных нет",
)
FILLS = {FIRST: look.PALE, STAYED: look.TERRITORY, CAME: look.BELOW, LEFT: "white", UNKNOWN: look.GRID}
BORDERS = {FIRST: look.PALE, STAYED: look.TERRITORY, CAME: look.BELOW, LEFT: look.ABOVE, UNKNOWN: look.PALE}
SHORT = {STAYED: "остались", CAME: "вошли", LEFT: "вышли", UNKNOWN: "нет данных"}
SCHOOLS = ("школа", "школы", "школ")
HEIGHT = 260
COLUMN = 40
WIDE, NARROW = 150, 70
"""Pixels a year: with words beside the column, and with numbers alone."""


@dataclass(frozen=True)
class Year:
    """`listed` are on the list this year, of them `came` were not a year ago; `left` were and are not.

    `unknown` were on the list a year ago and have no data now: they neither stayed nor left. In the first year
    `came` and `left` are None: there is nothing to compare with.
    """

    year: int
    listed: int
    came: int | None = None
    left: int | None = None
    unknown: int = 0

    @property
    def parts(self) -> dict[str, int]:
        """Words of the legend → number of schools; those under the line are LEFT and UNKNOWN."""
        if self.came is None or self.left is None:
            return {FIRST: self.listed, UNKNOWN: self.unknown}
        return {STAYED: self.listed - self.came, CAME: self.came, LEFT: self.left, UNKNOWN: self.unknown}


def chart(
    years: Sequence[Year],
    title: str = TITLE,
    who: tuple[str, str, str] = SCHOOLS,
) -> Chart:
    """One column a year, in order. Raises ValueError where more came than are listed."""
    ordered = sorted(years, key=lambda year: year.year)
    for one in ordered:
        if one.came is not None and one.came > one.listed:
            raise ValueError(f"{one.year}: {one.came} came to a list of {one.listed}")
    return Chart(
        title=title,
        alt=_sentence(ordered, title, who),
        data_table=_table(ordered, title),
        drawing=lambda: _drawing(ordered, who) if ordered else nothing(),
    )


def _blocks(one: Year) -> Rows:
    """Each part as a block: those on the list upwards from the line, the others downwards."""
    blocks, up, down = [], 0, 0
    for part, count in one.parts.items():
        under = part in (LEFT, UNKNOWN)
        low, high = (-down - count, -down) if under else (up, up + count)
        up, down = (up, down + count) if under else (up + count, down)
        blocks.append({"year": str(one.year), "low": low, "high": high, "part": part, "count": count})
    return [block for block in blocks if block["count"]]


def _frame(years: Sequence[Year], blocks: Rows) -> Frame:
    lowest = min([block["low"] for block in blocks] + [0])
    highest = max([block["high"] for block in blocks] + [4])
    room = 0.12 * (highest - lowest)
    step = max(NARROW, min(WIDE, 720 / max(len(years), 1)))
    return Frame(step * max(len(years), 2), HEIGHT, Axis(0, 1), Axis(lowest - room / 2, highest + room))


def _drawing(years: Sequence[Year], who: tuple[str, str, str]) -> Spec:
    blocks = [block for one in years for block in _blocks(one)]
    frame = _frame(years, blocks)
    scale = {"paddingInner": 0, "domain": [str(one.year) for one in years]}
    x = place("year", title=None, axis={"labelAngle": 0, "domain": False, "ticks": False}, scale=scale)
    axis = {"tickCount": 5, "tickMinStep": 1, "labelExpr": "format(abs(datum.value), 'd')"}
    y = quantity("low", title=f"Число {who[2]}", scale=frame.y.scale, axis=axis)
    present = [part for part in FILLS if any(block["part"] == part for block in blocks)]
    legend = {"orient": "bottom", "symbolType": "square", "columns": 5}
    fill = name("part", scale=palette(present, [FILLS[part] for part in present]), legend=legend)
    stroke = name("part", scale=palette(present, [BORDERS[part] for part in present]), legend=legend)
    bar = {"width": COLUMN, "strokeWidth": 1.6}
    return layered(
        [
            layer(blocks, "bar", bar, x=x, y=y, y2={"field": "high"}, fill=fill, stroke=stroke),
            layer([{"low": 0}], "rule", {"color": look.INK, "strokeWidth": 1.4}, y=y),
            *_words(years, frame, x),
        ],
        frame.width,
        frame.height,
        title=caption(CAPTION),
    )


def _words(years: Sequence[Year], frame: Frame, x: Spec) -> list[Spec]:
    """The numbers beside their blocks, pushed apart where blocks are thin; the whole list over the column."""
    wide = frame.width >= WIDE * max(len(years), 2)
    rows: Rows = [row for one in years for row in _words_of(one, frame, wide)]
    totals: Rows = [
        {"year": str(one.year), "low": one.listed, "text": f"{number(one.listed)} в списке"} for one in years
    ]
    y = quantity("low", title="")
    beside_blocks = {"align": "left", "dx": COLUMN / 2 + 5, "color": look.INK}
    over_column = {"baseline": "bottom", "dy": -5, "fontWeight": "bold"}
    return [
        layer(rows, "text", beside_blocks, x=x, y=y, text=name("text")),
        layer(totals, "text", over_column, x=x, y=y, text=name("text")),
    ]


def _words_of(one: Year, frame: Frame, wide: bool) -> Rows:
    blocks = sorted((block for block in _blocks(one) if block["part"] != FIRST), key=lambda block: -block["low"])
    middles = [frame.pixel(0, (block["low"] + block["high"]) / 2)[1] for block in blocks]
    return [
        {"year": block["year"], "low": frame.y.value(1 - height / frame.height), "text": _said(block, wide)}
        for block, height in zip(blocks, spread(middles, LINE), strict=True)
    ]


def _said(block: Mapping[str, Any], wide: bool) -> str:
    return f"{SHORT[block['part']]} {number(block['count'])}" if wide else number(block["count"])


def _sentence(years: Sequence[Year], title: str, who: tuple[str, str, str]) -> str:
    if not years:
        return f"{title}: данных нет."
    said = [_year_in_words(one, who) for one in years]
    return nbsp(f"{title}: {'; '.join(said)}.")


def _year_in_words(one: Year, who: tuple[str, str, str]) -> str:
    words = f"{one.year} — {counted(one.listed, *who)}"
    parts = [f"{part} {number(count)}" for part, count in one.parts.items() if part not in (FIRST, UNKNOWN)]
    parts += [f"нет данных о {number(one.unknown)}"] if one.unknown else []
    return f"{words} ({', '.join(parts)})" if parts else words


def _table(years: Sequence[Year], title: str) -> Table:
    columns = [
        Column("year", "Год"),
        Column("listed", "В списке", kind="count"),
        Column("stayed", "Остались", kind="count"),
        Column("came", "Вошли", kind="count"),
        Column("left", "Вышли", kind="count"),
        Column("unknown", "Были в списке, данных нет", kind="count"),
    ]
    return Table(title, columns, [_line(one) for one in years])


def _line(one: Year) -> dict[str, Cell]:
    nothing = Unknown.NOT_APPLICABLE
    return {
        "year": str(one.year),
        "listed": one.listed,
        "stayed": one.parts.get(STAYED, nothing),
        "came": one.parts.get(CAME, nothing),
        "left": one.parts.get(LEFT, nothing),
        "unknown": one.unknown,
    }
