"""A rating: the place of every school with its interval; schools that cannot be told apart stand in one group."""

from collections.abc import Sequence
from dataclasses import dataclass

from msoko.core.vocabulary.russian import counted, interval, join_with_and, nbsp, number
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.charts import look
from msoko.documents.charts.chart import Chart, cut_labels
from msoko.documents.charts.grammar import Rows, Spec, at, layer, layered, name, quantity
from msoko.documents.charts.words_in_plot import caption, names_at_left, nothing
from msoko.documents.tables import Cell, Column, Row, Table, Tone

TITLE = "Рейтинг школ"
CAPTION = "Отрезок — места, которые школа могла занять случайно; внутри группы порядок не доказан"
TICK_STEPS = (1, 2, 5, 10, 20, 50, 100)
MOST_TICKS = 9
SCHOOLS = ("школа", "школы", "школ")
GROUPS = ("группа", "группы", "групп")
MOST_NAMED = 3
"""Names of the first group that a sentence bears."""


@dataclass(frozen=True)
class Ranked:
    """A school with a place: `low`…`high` are the bounds of the place, `group` counts from 1 at the top."""

    name: str
    rank: int
    low: int
    high: int
    group: int
    score: float
    n: int
    own: bool = False


@dataclass(frozen=True)
class Unranked:
    """A school without a place, and why in a few words: «мало участников»."""

    name: str
    n: int
    reason: str = "мало участников"
    own: bool = False


def chart(
    ranked: Sequence[Ranked],
    unranked: Sequence[Unranked] = (),
    score_name: str = "Сводный балл",
    digits: int = 2,
    title: str = TITLE,
    who: tuple[str, str, str] = SCHOOLS,
) -> Chart:
    """Best place first; the unranked below in the order given. Height grows with schools."""
    ordered = sorted(ranked, key=lambda one: (one.rank, one.name))
    names = [*(one.name for one in ordered), *(one.name for one in unranked)]
    labels = cut_labels(names)
    return Chart(
        title=title,
        alt=_sentence(ordered, unranked, title, who),
        data_table=_table(ordered, unranked, score_name, digits, title),
        drawing=lambda: nothing() if not labels else _drawing(ordered, unranked, labels, score_name, digits),
        whole_names={label: whole for whole, label in zip(names, labels, strict=True) if label != whole},
    )


def _drawing(
    ranked: Sequence[Ranked], unranked: Sequence[Unranked], labels: Sequence[str], score_name: str, digits: int
) -> Spec:
    width = look.WIDTH - 130
    step = 22 if len(labels) <= 30 else 16
    points: Rows = [
        {
            "label": label,
            "rank": one.rank,
            "low": one.low,
            "high": one.high,
            "group": one.group,
            "own": one.own,
            "score": number(one.score, digits),
        }
        for one, label in zip(ranked, labels, strict=False)
    ]
    everybody: list[Ranked | Unranked] = [*ranked, *unranked]
    y = names_at_left(labels, [label for one, label in zip(everybody, labels, strict=True) if one.own])
    last = max([len(ranked), *(one.high for one in ranked), 1])
    scale = {"domain": [0.5, last + 0.5], "nice": False, "zero": False}
    axis = {"values": _ticks(last), "format": "d", "orient": "top", "titleAnchor": "start"}
    x = quantity("low", title="Место", scale=scale, axis=axis)
    return layered(
        [
            *_groups(points, width, step),
            *_places(points, x, y),
            *_scores(points, y, width, score_name),
            *_without(unranked, labels[len(ranked) :], y),
        ],
        width,
        step * max(len(labels), 1),
        title=caption(CAPTION),
    )


def _groups(points: Rows, width: float, step: int) -> list[Spec]:
    """Every second group on a pale ground; beside every group a bracket with its number."""
    layers: list[Spec] = []
    for order, group in enumerate(dict.fromkeys(point["group"] for point in points)):
        rows = [index for index, point in enumerate(points) if point["group"] == group]
        top, bottom = at(step * rows[0]), at(step * (rows[-1] + 1))
        ground = {"color": look.GRID, "opacity": 0.5}
        here: Rows = [{"text": f"группа {number(group)}"}]
        layers += [] if order % 2 else [layer(here, "rect", ground, x=at(0), x2=at(width + 50), y=top, y2=bottom)]
        layers += _bracket(here, width + 56, step * rows[0] + 3, step * (rows[-1] + 1) - 3)
    return layers


def _bracket(here: Rows, left: float, top: float, bottom: float) -> list[Spec]:
    pen = {"color": look.TERRITORY, "strokeWidth": 1.5}
    ends = [layer(here, "rule", pen, x=at(left - 4), x2=at(left), y=at(edge)) for edge in (top, bottom)]
    words = layer(
        here, "text", {"align": "left", "color": look.INK}, x=at(left + 6), y=at((top + bottom) / 2), text=name("text")
    )
    return [layer(here, "rule", pen, x=at(left), y=at(top), y2=at(bottom)), *ends, words]


def _places(points: Rows, x: Spec, y: Spec) -> list[Spec]:
    value = quantity("rank", title="Место")
    layers = []
    for own, colour, size in ((False, look.TERRITORY, 60), (True, look.OWN, 150)):
        rows = [point for point in points if point["own"] == own]
        dot = {"filled": True, "opacity": 1, "size": size, "color": colour, "shape": "diamond" if own else "circle"}
        layers.append(layer(rows, "rule", {"strokeWidth": 2, "color": colour}, x=x, x2={"field": "high"}, y=y))
        layers.append(layer(rows, "point", dot, x=value, y=y))
    return layers


def _scores(points: Rows, y: Spec, width: float, score_name: str) -> list[Spec]:
    right, head = {"align": "right", "color": look.TERRITORY}, {"align": "left", "color": look.TERRITORY}
    return [
        layer(points, "text", right, x=at(width + 45), y=y, text=name("score")),
        layer([{"text": score_name}], "text", head, x=at(width + 12), y=at(-12), text=name("text")),
    ]


def _ticks(last: int) -> list[int]:
    """1 and round places after it."""
    step = next((step for step in TICK_STEPS if last <= step * MOST_TICKS), TICK_STEPS[-1])
    return [1, *range(step, last + 1, step)] if step > 1 else list(range(1, last + 1))


def _without(unranked: Sequence[Unranked], labels: Sequence[str], y: Spec) -> list[Spec]:
    """The schools without a place: why, in their own rows."""
    rows = [
        {"label": label, "text": f"× места нет: {one.reason} ({number(one.n)})"}
        for one, label in zip(unranked, labels, strict=True)
    ]
    words = {"align": "left", "color": look.TERRITORY}
    return [layer(rows, "text", words, x=at(4), y=y, text=name("text"))] if rows else []


def _sentence(ranked: Sequence[Ranked], unranked: Sequence[Unranked], title: str, who: tuple[str, str, str]) -> str:
    without = f"без места — {number(len(unranked))}" if unranked else ""
    if not ranked:
        return f"{title}: мест нет{'; ' + without if without else ''}."
    groups = dict.fromkeys(one.group for one in ranked)
    first = [one for one in ranked if one.group == ranked[0].group]
    parts = [f"{title}, {counted(len(ranked), *who)}, {counted(len(groups), *GROUPS)}", _first_group(first, who)]
    parts += [_own_place(one) for one in ranked if one.own]
    return nbsp("; ".join([*parts, *([without] if without else [])])) + "."


def _first_group(first: Sequence[Ranked], who: tuple[str, str, str]) -> str:
    names = join_with_and([one.name for one in first[:MOST_NAMED]])
    if len(first) > MOST_NAMED:
        return f"в первой группе {counted(len(first), *who)}, среди них {names}"
    return f"в первой группе {names}"


def _own_place(one: Ranked) -> str:
    return f"{one.name} — место {number(one.rank)} ({interval(one.low, one.high, unit='')})"


def _table(ranked: Sequence[Ranked], unranked: Sequence[Unranked], score_name: str, digits: int, title: str) -> Table:
    columns = [
        Column("name", "Организация"),
        Column("n", "Участников", kind="count"),
        Column("rank", "Место", kind="count"),
        Column("low", "Место от", kind="count"),
        Column("high", "до", kind="count"),
        Column("group", "Группа", kind="count"),
        Column("score", score_name, kind="number", digits=digits),
        Column("reason", "Почему без места"),
    ]
    keys = ("name", "n", "rank", "low", "high", "group", "score")
    lines = [
        Row({**{key: getattr(one, key) for key in keys}, "reason": Unknown.NOT_APPLICABLE}, _tone(one.own))
        for one in ranked
    ]
    nothing: dict[str, Cell] = dict.fromkeys(keys[2:], Unknown.NOT_APPLICABLE)
    lines += [
        Row({"name": one.name, "n": one.n, **nothing, "reason": one.reason}, _tone(one.own, "pale")) for one in unranked
    ]
    return Table(title, columns, lines)


def _tone(own: bool, otherwise: Tone = "") -> Tone:
    return "own" if own else otherwise
