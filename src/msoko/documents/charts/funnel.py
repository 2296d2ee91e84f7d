"""A share against the number of participants: what chance explains lies inside the funnel."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from msoko.core.analysis.outcome import Verdict
from msoko.core.vocabulary.russian import counted, join_with_and, nbsp, number, percent, share_in_words
from msoko.core.vocabulary.shares import Share
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.charts import look
from msoko.documents.charts.chart import Chart, cut, cut_labels
from msoko.documents.charts.grammar import Rows, Spec, layer, layered, quantity
from msoko.documents.charts.verdict_marks import CALLED, counts_in_words, importance, own_ring, point_layer
from msoko.documents.charts.words_in_plot import (
    HANDFUL,
    LONGEST_NAME,
    MOST_NAMES,
    Axis,
    Frame,
    Name,
    beside,
    caption,
    name_layers,
    nothing,
)
from msoko.documents.tables import Cell, Column, Row, Table, Tone

LIMITS = (95.0, 99.8)
"""The two pairs of control limits that funnel plots of institutions have as a rule (D. J. Spiegelhalter, Funnel plots
for comparing institutional performance, Statistics in Medicine 24 (2005), 1185–1202)."""
WIDEST = LIMITS[-1]
BANDS = ("#d9dee6", "#eceff3")
CURVE_POINTS = 60
LIMITS_IN_WORDS = join_with_and([number(limit, int(limit % 1 > 0)) for limit in LIMITS])
CAPTION = f"Серое поле — разброс, который даёт случай ({LIMITS_IN_WORDS} % школ)"
NOTE = f"Разброс случая: между этими границами лежат {percent(WIDEST, 1)} школ такого размера, если они одинаковы."
HEIGHT = 300
NARROWEST = 8.0
"""The largest size of the axis over the smallest, at least: schools of one size still need a few ticks around them."""
TICKS = tuple(step * 10**power for power in range(5) for step in (1, 2, 5))


@dataclass(frozen=True)
class School:
    """k of n participants; `own` is bold."""

    name: str
    share: Share
    verdict: Verdict | None = None
    own: bool = False


def chart(
    schools: Sequence[School],
    territory: Share,
    territory_name: str = "Территория",
    threshold: float | None = None,
    value_name: str = "Доля не справившихся",
    title: str = "Доля и число участников",
    who: tuple[str, str, str] = ("школа", "школы", "школ"),
) -> Chart:
    """`threshold` in per cent. Schools without participants cannot be drawn; the table and the sentence have them."""
    drawn = [school for school in schools if school.share.n]
    labels = cut_labels([school.name for school in drawn], LONGEST_NAME)
    return Chart(
        title=title,
        alt=_sentence(schools, drawn, territory, territory_name, threshold, value_name, who),
        data_table=_table(schools, territory, value_name, title),
        drawing=lambda: (
            nothing("Участников нет")
            if not drawn
            else _drawing(drawn, labels, territory, territory_name, threshold, f"{value_name}, %")
        ),
        whole_names={label: one.name for one, label in zip(drawn, labels, strict=True) if label != one.name},
    )


def limits(share: float, n: float, level: float) -> tuple[float, float]:
    """Bounds, in per cent, within which `level` per cent of schools of n participants fall if all are alike.

    p ± z·√(p(1 − p)/n), p the territory's share (0–1): exactly where Wilson's interval of a school's share begins to
    miss the territory's share, so that the picture never contradicts the intervals printed beside it.
    """
    half = NormalDist().inv_cdf(0.5 + level / 200) * sqrt(share * (1 - share) / n)
    return max(0.0, 100 * (share - half)), min(100.0, 100 * (share + half))


def _percent(share: Share) -> float:
    return 100 * share.k / share.n


def _outside(school: School, territory: Share, level: float) -> int:
    """−1 below the funnel, 1 above it, 0 inside."""
    low, high = limits(territory.k / territory.n, school.share.n, level)
    return (_percent(school.share) > high) - (_percent(school.share) < low)


def _frame(schools: Sequence[School], threshold: float | None) -> Frame:
    sizes = [school.share.n for school in schools] or [10]
    highest = max([_percent(school.share) for school in schools] + [threshold or 0, 20])
    margin = max(1.4, sqrt(NARROWEST * min(sizes) / max(sizes)))
    x = Axis(max(0.8, min(sizes) / margin), max(sizes) * margin, logarithmic=True)
    return Frame(look.WIDTH, HEIGHT, x, Axis(0, min(100.0, 10 * (highest // 10 + 1.5))))


def _drawing(
    schools: Sequence[School],
    labels: Sequence[str],
    territory: Share,
    territory_name: str,
    threshold: float | None,
    axis_title: str,
) -> Spec:
    frame = _frame(schools, threshold)
    points: Rows = [
        {"x": s.share.n, "y": _percent(s.share), "verdict": s.verdict, "own": s.own, "label": label}
        for s, label in zip(schools, labels, strict=True)
    ]
    ticks = [tick for tick in TICKS if frame.x.low <= tick <= frame.x.high]
    axis = {"values": ticks, "grid": False, "format": "d"}
    x = quantity("x", title="Участников", scale=frame.x.scale, axis=axis)
    y = quantity("y", title=axis_title, scale=frame.y.scale, axis={"tickCount": 5})
    layers = [*_lines(frame, territory, territory_name, threshold, x, y)]
    if points:
        layers += [point_layer(points, x, y), *own_ring(points, x, y)]
    names = [Name(point["label"], point["x"], point["y"], point["own"]) for point in _notable(points)]
    layers += name_layers(names, [(point["x"], point["y"]) for point in points], frame, x, y)
    return layered(layers, frame.width, frame.height, title=caption(CAPTION))


def _notable(points: Rows) -> Rows:
    """Own school first, then those with a verdict, the largest share first; of a handful everybody is named."""
    called = [point for point in points if len(points) <= HANDFUL or point["own"] or point["verdict"] in CALLED]
    called.sort(key=lambda point: (not point["own"], importance(point["verdict"]), -point["y"]))
    return called[:MOST_NAMES]


def _lines(
    frame: Frame, territory: Share, territory_name: str, threshold: float | None, x: Spec, y: Spec
) -> list[Spec]:
    layers, words = [], []
    if territory.n:
        level = _percent(territory)
        bands = [_band(frame, territory, limit, colour, x, y) for limit, colour in zip(LIMITS, BANDS, strict=True)]
        layers += [*reversed(bands), _flat(frame, level, {"color": look.TERRITORY, "strokeWidth": 2}, x, y)]
        words.append((level, f"{cut(territory_name, 16)}: {percent(level)}", look.TERRITORY))
    if threshold is not None:
        layers.append(_flat(frame, threshold, {"color": look.INK, "strokeDash": [6, 4], "strokeWidth": 1.3}, x, y))
        words.append((threshold, f"порог: {percent(threshold)}", look.INK))
    return layers + beside(words, frame)


def _flat(frame: Frame, level: float, pen: dict[str, object], x: Spec, y: Spec) -> Spec:
    return layer([{"x": frame.x.low, "y": level}, {"x": frame.x.high, "y": level}], "line", pen, x=x, y=y)


def _band(frame: Frame, territory: Share, level: float, colour: str, x: Spec, y: Spec) -> Spec:
    ratio = frame.x.high / frame.x.low
    sizes = [frame.x.low * ratio ** (step / CURVE_POINTS) for step in range(CURVE_POINTS + 1)]
    rows = []
    for n in sizes:
        low, high = limits(territory.k / territory.n, n, level)
        rows.append({"x": n, "y": low, "high": min(high, frame.y.high)})
    return layer(rows, "area", {"color": colour, "opacity": 1}, x=x, y=y, y2={"field": "high"})


def _sentence(
    schools: Sequence[School],
    drawn: Sequence[School],
    territory: Share,
    territory_name: str,
    threshold: float | None,
    value_name: str,
    who: tuple[str, str, str],
) -> str:
    if not drawn:
        return f"{value_name}: участников нет."
    parts = [_range(drawn, value_name, who)]
    if territory.n:
        outside = [_outside(school, territory, WIDEST) for school in drawn]
        parts.append(f"{territory_name} — {share_in_words(territory)}")
        parts.append(f"выше того, что объясняет случай, — {outside.count(1)}, ниже — {outside.count(-1)}")
    if threshold is not None:
        reached = sum(_percent(school.share) >= threshold for school in drawn)
        parts.append(f"порога {percent(threshold)} достигли {number(reached)} из {number(len(drawn))}")
    verdicts = counts_in_words(school.verdict for school in drawn)
    parts += [f"выводы: {', '.join(verdicts)}"] if verdicts else []
    absent = len(schools) - len(drawn)
    parts += [f"без участников — {number(absent)}"] if absent else []
    return nbsp("; ".join(parts)) + "."


def _range(drawn: Sequence[School], value_name: str, who: tuple[str, str, str]) -> str:
    ordered = sorted(drawn, key=lambda school: (_percent(school.share), school.name))
    lowest, highest = (f"{school.name} — {share_in_words(school.share)}" for school in (ordered[0], ordered[-1]))
    if len(drawn) == 1:
        return f"{value_name}: {lowest}"
    return f"{value_name}, {counted(len(drawn), *who)}: наименьшая {lowest}, наибольшая {highest}"


def _table(schools: Sequence[School], territory: Share, value_name: str, title: str) -> Table:
    columns = [
        Column("name", "Организация"),
        Column("share", value_name, kind="share"),
        Column("chance", "Разброс случая от", unit="%", kind="number"),
        Column("chance_high", "до", unit="%", kind="number"),
        Column("verdict", "Вывод"),
    ]
    ordered = sorted(schools, key=lambda school: (-_percent(school.share) if school.share.n else 1, school.name))
    return Table(title, columns, [_line(school, territory) for school in ordered], note=NOTE)


def _line(school: School, territory: Share) -> Row:
    known = school.share.n and territory.n
    low, high = limits(territory.k / territory.n, school.share.n, WIDEST) if known else (Unknown.NOT_APPLICABLE,) * 2
    verdict = school.verdict.words if school.verdict else Unknown.NOT_APPLICABLE
    cells: dict[str, Cell] = {
        "name": school.name,
        "share": school.share,
        "chance": low,
        "chance_high": high,
        "verdict": verdict,
    }
    tone: Tone = "own" if school.own else "pale" if school.verdict is Verdict.FEW_DATA else ""
    return Row(cells, tone)
