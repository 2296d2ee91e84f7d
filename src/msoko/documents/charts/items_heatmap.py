"""Every task in every school against the territory: where a task fails everywhere, and where only here."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from msoko.core.vocabulary.russian import counted, join_with_and, nbsp, number, signed
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.charts import look
from msoko.documents.charts.chart import Chart, cut_labels
from msoko.documents.charts.grammar import Rows, Spec, layer, layered, name, palette, place, quantity
from msoko.documents.charts.words_in_plot import caption, names_at_left, nothing
from msoko.documents.tables import Cell, Column, Row, Table, Tone

TITLE = "Задания по школам"
CAPTION = (
    "Разница с территорией в процентных пунктах: оранжевое и «−» — ниже, зелёное и «+» — выше.",
    "Жирное число — разница больше случайной; бледная клетка — в пределах случайного; × — нет данных.",
)
NOTE = "Строки школ — разница с территорией в процентных пунктах."
MOST_SCHOOLS = 60
"""More rows cannot be taken in; the page offers a choice instead."""
FULL_COLOUR = 30.0
"""Percentage points at which the colour is strongest; only one cell in a hundred differs more."""
PALENESS = 0.25
"""The part of its colour that a difference within chance keeps."""
MOST_FAINT_NUMBERS = 400
"""In a map of more cells the numbers within chance would drown the others; the table has them."""
ENOUGH, BETWEEN, NOT_ENOUGH = "достаточно", "между", "недостаточно"
ZONES = {
    ENOUGH: (look.ABOVE, "triangle-up"),
    BETWEEN: (look.TERRITORY, "circle"),
    NOT_ENOUGH: (look.BELOW, "triangle-down"),
}
SCHOOLS = ("школа", "школы", "школ")
TASKS = ("задание", "задания", "заданий")


@dataclass(frozen=True)
class Item:
    """A task: its number, level («Б», «П», «В»), the territory's facility in per cent and its zone, where known."""

    number: str
    level: str = ""
    territory: float | Unknown = Unknown.MISSING
    zone: str = ""


@dataclass(frozen=True)
class Difference:
    """The school's facility less the territory's, in percentage points; `sure` when it is more than chance gives."""

    points: float
    sure: bool = True


@dataclass(frozen=True)
class School:
    """`cells`: number of every task → its difference, or why there is none. `is_whole`: not a school but what the
    schools make up together, shown among them and not counted."""

    name: str
    n: int
    cells: Mapping[str, Difference | Unknown]
    own: bool = False
    small: bool = False
    is_whole: bool = False


def chart(
    items: Sequence[Item],
    schools: Sequence[School],
    territory_name: str = "Территория",
    title: str = TITLE,
    who: tuple[str, str, str] = SCHOOLS,
) -> Chart:
    """Columns and rows stand in the order given. Raises ValueError for more than MOST_SCHOOLS schools."""
    if len(schools) > MOST_SCHOOLS:
        raise ValueError(f"a heat map has at most {MOST_SCHOOLS} rows, got {len(schools)}: choose schools first")
    labels = cut_labels([school.name for school in schools])
    return Chart(
        title=title,
        alt=_sentence(items, [one for one in schools if not one.is_whole], title, who),
        data_table=_table(items, schools, territory_name, title),
        drawing=lambda: (
            nothing() if not items or not schools else _drawing(items, schools, labels, f"{territory_name}, %")
        ),
        whole_names={label: one.name for one, label in zip(schools, labels, strict=True) if label != one.name},
    )


def _drawing(items: Sequence[Item], schools: Sequence[School], labels: Sequence[str], territory: str) -> Spec:
    cells = [cell for one, label in zip(schools, labels, strict=True) for cell in _cells(one, label, items)]
    step = 22 if len(schools) <= 30 else 17
    own = [label for one, label in zip(schools, labels, strict=True) if one.own]
    zones = [ZONE_ROW] if any(item.zone for item in items) else []
    x, y = _columns(items), names_at_left([territory, *zones, *labels], [territory, *own])
    return layered(
        [*_territory_layers(items, territory, x, y), *_cell_layers(cells, x, y)],
        max(22, min(44, look.WIDTH / max(len(items), 1))) * max(len(items), 1),
        step * (len(schools) + 1 + len(zones)),
        title=caption(*CAPTION),
    )


ZONE_ROW = "Зона"


def _columns(items: Sequence[Item]) -> Spec:
    headers = json.dumps({item.number: [item.number, item.level] for item in items})
    axis = {
        "orient": "top",
        "labelAngle": 0,
        "ticks": False,
        "domain": False,
        "labelPadding": 18,
        "labelExpr": f"({headers})[datum.value]",
    }
    return place("item", title="Задание и его уровень", axis=axis, scale={"domain": [item.number for item in items]})


def _cells(school: School, label: str, items: Sequence[Item]) -> Rows:
    return [{"label": label, "item": item.number, **_looks(school.cells[item.number])} for item in items]


def _looks(cell: Difference | Unknown) -> dict[str, object]:
    if isinstance(cell, Unknown):
        sign = {Unknown.MISSING: "×", Unknown.SUPPRESSED: "•", Unknown.NOT_APPLICABLE: ""}[cell]
        return {"kind": "unknown" if sign else "blank", "text": sign, "points": 0}
    shown = cell.points * (1 if cell.sure else PALENESS)
    kind = "faint" if not cell.sure else "strong" if abs(cell.points) >= FULL_COLOUR * 0.7 else "sure"
    return {"kind": kind, "text": signed(cell.points), "points": shown}


def _cell_layers(cells: Rows, x: Spec, y: Spec) -> list[Spec]:
    scale = {"domain": [-FULL_COLOUR, 0, FULL_COLOUR], "range": [look.BELOW, "#ffffff", look.ABOVE], "clamp": True}
    fill = quantity("points", scale={**scale, "interpolate": "rgb"}, legend=None)
    known = [cell for cell in cells if cell["kind"] in _INKS and cell["kind"] != "unknown"]
    unknown = [cell for cell in cells if cell["kind"] == "unknown"]
    grid = {"stroke": look.GRID, "strokeWidth": 0.7}
    layers = [
        layer(known, "rect", grid, x=x, y=y, fill=fill),
        layer(unknown, "rect", {**grid, "fill": "#f3f4f6"}, x=x, y=y),
    ]
    inks = {kind: ink for kind, ink in _INKS.items() if kind != "faint" or len(cells) <= MOST_FAINT_NUMBERS}
    for kind, ink in inks.items():
        rows = [cell for cell in cells if cell["kind"] == kind]
        layers += [layer(rows, "text", {"fontSize": 11, **ink}, x=x, y=y, text=name("text"))] if rows else []
    return layers


_INKS = {
    "faint": {"color": look.TERRITORY},
    "sure": {"color": look.INK, "fontWeight": "bold"},
    "strong": {"color": "white", "fontWeight": "bold"},
    "unknown": {"color": look.TERRITORY},
}


def _territory_layers(items: Sequence[Item], territory: str, x: Spec, y: Spec) -> list[Spec]:
    levels = [{"label": territory, "item": item.number, "text": _level(item)} for item in items]
    zones = [{"label": ZONE_ROW, "item": item.number, "zone": item.zone} for item in items if item.zone]
    present = [zone for zone in ZONES if any(item.zone == zone for item in items)]
    legend = {"orient": "bottom", "title": "Зона по территории:"}
    colour = name("zone", scale=palette(present, [ZONES[zone][0] for zone in present]), legend=legend)
    shape = name("zone", scale=palette(present, [ZONES[zone][1] for zone in present]), legend=legend)
    marks = {"filled": True, "opacity": 1, "size": 70}
    drawn = [layer(zones, "point", marks, x=x, y=y, color=colour, shape=shape)] if zones else []
    return [layer(levels, "text", {"fontWeight": "bold"}, x=x, y=y, text=name("text")), *drawn]


def _level(item: Item) -> str:
    return "×" if item.territory is Unknown.MISSING else number(item.territory)


def _sentence(items: Sequence[Item], schools: Sequence[School], title: str, who: tuple[str, str, str]) -> str:
    if not items or not schools:
        return f"{title}: данных о заданиях нет."
    parts = [f"{title}, {counted(len(schools), *who)}, {counted(len(items), *TASKS)}"]
    below = {item.number: sum(_surely_below(school.cells[item.number]) for school in schools) for item in items}
    failing = sorted((item for item in items if below[item.number]), key=lambda item: -below[item.number])[:3]
    where = [f"{item.number} ({number(below[item.number])})" for item in failing]
    of = f"число {who[2]}, где задание выполнено ниже, чем по территории, больше случайного"
    parts.append(f"{of}: {join_with_and(where)}" if where else "больше случайного ниже территории нет ни одной клетки")
    parts += _worst_school(items, schools) if len(schools) > 1 else []
    insufficient = [item.number for item in items if item.zone == NOT_ENOUGH]
    parts += [f"недостаточно по территории: {join_with_and(insufficient)}"] if insufficient else []
    return nbsp("; ".join(parts)) + "."


def _surely_below(cell: Difference | Unknown) -> bool:
    return isinstance(cell, Difference) and cell.sure and cell.points < 0


def _worst_school(items: Sequence[Item], schools: Sequence[School]) -> list[str]:
    counts = [sum(_surely_below(school.cells[item.number]) for item in items) for school in schools]
    most = max(counts)
    if not most:
        return []
    return [f"больше всего таких заданий — {schools[counts.index(most)].name} ({number(most)} из {number(len(items))})"]


def _table(items: Sequence[Item], schools: Sequence[School], territory_name: str, title: str) -> Table:
    columns = [Column("name", "Организация"), Column("n", "Участников", kind="count")]
    columns += [Column(f"item_{item.number}", _header(item), kind="number") for item in items]
    total: dict[str, Cell] = {"name": f"{territory_name}, %", "n": Unknown.NOT_APPLICABLE}
    total |= {f"item_{item.number}": item.territory for item in items}
    zones: dict[str, Cell] = {"name": ZONE_ROW, "n": Unknown.NOT_APPLICABLE}
    zones |= {f"item_{item.number}": item.zone or Unknown.NOT_APPLICABLE for item in items}
    row_of_zones = [Row(zones)] if any(item.zone for item in items) else []
    return Table(
        title, columns, [Row(total, "total"), *row_of_zones, *(_line(items, one) for one in schools)], note=NOTE
    )


def _header(item: Item) -> str:
    return f"{item.number} ({item.level})" if item.level else item.number


def _line(items: Sequence[Item], school: School) -> Row:
    cells: dict[str, Cell] = {"name": school.name, "n": school.n}
    for item in items:
        cell = school.cells[item.number]
        cells[f"item_{item.number}"] = cell.points if isinstance(cell, Difference) else cell
    tone: Tone = "own" if school.own else "pale" if school.small else ""
    return Row(cells, tone)
