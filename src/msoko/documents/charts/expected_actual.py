"""What schools reached against what their context lets expect: above the diagonal is above expectation."""

from collections.abc import Sequence
from dataclasses import dataclass

from msoko.core.vocabulary.russian import counted, interval, join_with_and, nbsp, number
from msoko.documents.charts import look
from msoko.documents.charts.chart import Chart, cut_labels
from msoko.documents.charts.grammar import Rows, Spec, layer, layered, name, palette, quantity
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
from msoko.documents.tables import Column, Row, Table, Tone

TITLE = "Ожидаемый и фактический результат"
CAPTION = (
    "Выше диагонали — результат лучше, чем ожидают в таких условиях;",
    "отрезок — интервал фактического результата",
)
RESILIENT, ABOVE, CLOSE, BELOW, SMALL = (
    "выше ожидаемого в трудных условиях",
    "выше ожидаемого",
    "как ожидается",
    "ниже ожидаемого",
    "мало участников",
)
KINDS = {
    RESILIENT: (look.ABOVE, look.INK, "diamond"),
    ABOVE: (look.ABOVE, look.ABOVE, "triangle-up"),
    BELOW: (look.BELOW, look.BELOW, "triangle-down"),
    CLOSE: (look.SOFT, look.PALE, "circle"),
    SMALL: ("white", look.PALE, "cross"),
}
"""Words of the legend → fill, stroke, shape; the most telling first."""
SIDE = 400
FEW_INTERVALS = 50
"""In a larger crowd intervals are drawn only for those who differ from the expectation."""
SCHOOLS = ("школа", "школы", "школ")


@dataclass(frozen=True)
class School:
    """`low` and `high` bound `actual`; a resilient school is above expectation in adverse circumstances."""

    name: str
    expected: float
    actual: float
    low: float
    high: float
    n: int
    resilient: bool = False
    small: bool = False
    own: bool = False

    @property
    def kind(self) -> str:
        """The word of the legend: small schools and intervals that hold the expectation are told from the rest."""
        if self.small:
            return SMALL
        if self.resilient:
            return RESILIENT
        if self.low <= self.expected <= self.high:
            return CLOSE
        return ABOVE if self.low > self.expected else BELOW


def chart(
    schools: Sequence[School],
    value_name: str = "Средний процент от максимума",
    unit: str = "%",
    digits: int = 1,
    title: str = TITLE,
    who: tuple[str, str, str] = SCHOOLS,
) -> Chart:
    """Both axes have one scale, so that the diagonal is where both are equal."""
    labels = cut_labels([school.name for school in schools], LONGEST_NAME)
    return Chart(
        title=title,
        alt=_sentence(schools, value_name, unit, digits, title, who),
        data_table=_table(schools, unit, digits, title),
        drawing=lambda: (
            nothing() if not schools else _drawing(schools, labels, f"{value_name}, {unit}" if unit else value_name)
        ),
        whole_names={label: one.name for one, label in zip(schools, labels, strict=True) if label != one.name},
    )


def _frame(schools: Sequence[School]) -> Frame:
    ends = (
        [] if len(schools) > FEW_INTERVALS else [end for one in schools if not one.small for end in (one.low, one.high)]
    )
    values = [value for one in schools for value in (one.expected, one.actual)] + ends or [0.0, 100.0]
    margin = 0.08 * (max(values) - min(values)) or 5.0
    axis = Axis(min(values) - margin, max(values) + margin)
    return Frame(SIDE, SIDE, axis, axis)


def _drawing(schools: Sequence[School], labels: Sequence[str], axis_title: str) -> Spec:
    frame = _frame(schools)
    points: Rows = [
        {
            "x": one.expected,
            "y": one.actual,
            "low": max(one.low, frame.y.low),
            "high": min(one.high, frame.y.high),
            "kind": one.kind,
            "own": one.own,
            "label": label,
        }
        for one, label in zip(schools, labels, strict=True)
    ]
    x = quantity("x", title=f"Ожидается: {_small_letter(axis_title)}", scale=frame.x.scale, axis={"tickCount": 5})
    y = quantity("y", title="Получено", scale=frame.y.scale, axis={"tickCount": 5})
    names = [Name(point["label"], point["x"], point["y"], point["own"]) for point in _notable(points)]
    layers = [_diagonal(frame, x, y), *_intervals(points, x)]
    layers += [_points(points, x, y), *own_ring(points, x, y)] if points else []
    layers += name_layers(names, [(point["x"], point["y"]) for point in points], frame, x, y)
    return layered(layers, frame.width, frame.height, title=caption(*CAPTION))


def _small_letter(words: str) -> str:
    return words[:1].lower() + words[1:]


def _diagonal(frame: Frame, x: Spec, y: Spec) -> Spec:
    ends = [{"x": frame.x.low, "y": frame.x.low}, {"x": frame.x.high, "y": frame.x.high}]
    return layer(ends, "line", {"color": look.INK, "strokeDash": [6, 4], "strokeWidth": 1.3}, x=x, y=y)


def _intervals(points: Rows, x: Spec) -> list[Spec]:
    told = [
        point for point in points if len(points) <= FEW_INTERVALS or point["own"] or point["kind"] not in (CLOSE, SMALL)
    ]
    y = quantity("low", title="Получено")
    pen = {"color": look.PALE, "strokeWidth": 1.2}
    return [layer(told, "rule", pen, x=x, y=y, y2={"field": "high"})] if told else []


def _points(points: Rows, x: Spec, y: Spec) -> Spec:
    order = list(KINDS)
    drawn = sorted(points, key=lambda point: -order.index(point["kind"]))
    present = [kind for kind in order if any(point["kind"] == kind for point in points)]
    legend = {"orient": "bottom", "columns": 2}
    channels = {
        channel: name("kind", scale=palette(present, [KINDS[kind][part] for kind in present]), legend=legend)
        for part, channel in enumerate(("fill", "stroke", "shape"))
    }
    marks = {"filled": False, "opacity": 1, "strokeWidth": 1.4, "size": 35 if len(points) > CROWD else 75}
    return layer(drawn, "point", marks, x=x, y=y, **channels)


def _notable(points: Rows) -> Rows:
    """Own school, the resilient, then those furthest from the expectation; of a handful everybody."""
    called = [
        point
        for point in points
        if len(points) <= HANDFUL or point["own"] or point["kind"] in (RESILIENT, ABOVE, BELOW)
    ]
    called.sort(key=lambda point: (not point["own"], point["kind"] != RESILIENT, -abs(point["y"] - point["x"])))
    return called[:MOST_NAMES]


def _sentence(
    schools: Sequence[School], value_name: str, unit: str, digits: int, title: str, who: tuple[str, str, str]
) -> str:
    if not schools:
        return f"{title}: данных нет."
    kinds = [school.kind for school in schools]
    counts = [f"{kind} — {number(kinds.count(kind))}" for kind in KINDS if kinds.count(kind)]
    parts = [f"{title} ({_small_letter(value_name)}), {counted(len(schools), *who)}: {', '.join(counts)}"]
    resilient = [school.name for school in schools if school.kind == RESILIENT]
    if len(schools) > 1 and 0 < len(resilient) <= MOST_NAMED:
        parts.append(f"в трудных условиях выше ожидаемого: {join_with_and(resilient)}")
    parts += [_own(school, unit, digits) for school in schools if school.own or len(schools) == 1]
    return nbsp("; ".join(parts)) + "."


MOST_NAMED = 5
"""Names that a sentence bears."""


def _own(school: School, unit: str, digits: int) -> str:
    tail = f"\u00a0{unit}" if unit else ""
    bounds = interval(school.low, school.high, digits, unit)
    return (
        f"{school.name}: ожидалось {number(school.expected, digits)}{tail}, "
        f"получено {number(school.actual, digits)}{tail} ({bounds})"
    )


def _table(schools: Sequence[School], unit: str, digits: int, title: str) -> Table:
    keys = {"expected": "Ожидалось", "actual": "Получено", "low": "Интервал от", "high": "до"}
    columns = [
        Column("name", "Организация"),
        Column("n", "Участников", kind="count"),
        *(Column(key, words, unit=unit, kind="number", digits=digits) for key, words in keys.items()),
        Column("difference", "Разница", kind="number", digits=digits),
        Column("kind", "Вывод"),
    ]
    ordered = sorted(schools, key=lambda school: (school.expected - school.actual, school.name))
    return Table(title, columns, [_line(school) for school in ordered])


def _line(school: School) -> Row:
    tone: Tone = "own" if school.own else "pale" if school.small else ""
    cells = {key: getattr(school, key) for key in ("name", "n", "expected", "actual", "low", "high", "kind")}
    return Row({**cells, "difference": school.actual - school.expected}, tone)
