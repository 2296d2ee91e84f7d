"""How a verdict looks in a plot: filled, outlined, a pale cross, a grey dot; colour and shape say the same."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msoko.core.analysis.outcome import Verdict
from msoko.documents.charts import look
from msoko.documents.charts.grammar import Rows, Spec, layer, name, palette

CROWD = 200
"""More points than this are drawn smaller, so that they do not hide one another."""
OTHER = "остальные"
CALLED = (Verdict.ROBUST, Verdict.LIKELY, Verdict.DOUBTFUL)
"""Verdicts whose schools are called by name in a plot, the surest first."""
_ORDER = (*(verdict.words for verdict in (*CALLED, Verdict.FEW_DATA)), OTHER)


def worded(verdict: Verdict | None) -> str:
    """The verdict's word in the legend; those without one are the rest."""
    return verdict.words if verdict else OTHER


def importance(verdict: Verdict | None) -> int:
    """0 for the surest; those that are not called by name come last."""
    return CALLED.index(verdict) if verdict in CALLED else len(CALLED)


def counts_in_words(verdicts: Iterable[Verdict | None]) -> list[str]:
    """«устойчиво» — 1, «вероятно» — 2: only those that occur, the rest unsaid."""
    known = [worded(verdict) for verdict in verdicts]
    return [f"«{word}» — {known.count(word)}" for word in _ORDER if word in known and word != OTHER]


def point_layer(points: Rows, x: Spec, y: Spec, colour: str = look.BELOW) -> Spec:
    """Points by their «verdict» (a `Verdict` or None); `colour`: orange for results, purple for signals."""
    drawn = [{**point, "verdict": worded(point["verdict"])} for point in points]
    drawn.sort(key=lambda point: -_ORDER.index(point["verdict"]))
    present = [word for word in _ORDER if any(point["verdict"] == word for point in drawn)]
    crowd = len(points) > CROWD
    marks = {"filled": False, "opacity": 1, "strokeWidth": 1 if crowd else 1.6, "size": 30 if crowd else 70}
    return layer(drawn, "point", marks, x=x, y=y, **_channels(present, _looks(colour)))


def _looks(colour: str) -> Mapping[str, tuple[str, str, str]]:
    """Word → fill, stroke, shape."""
    return {
        Verdict.ROBUST.words: (colour, colour, "diamond"),
        Verdict.LIKELY.words: ("white", colour, "diamond"),
        Verdict.DOUBTFUL.words: ("white", look.TERRITORY, "square"),
        Verdict.FEW_DATA.words: ("white", look.PALE, "cross"),
        OTHER: (look.SOFT, look.PALE, "circle"),
    }


def _channels(present: Sequence[str], looks: Mapping[str, tuple[str, str, str]]) -> dict[str, Any]:
    legend = {"orient": "bottom", "columns": len(looks)} if list(present) != [OTHER] else None
    parts = zip(("fill", "stroke", "shape"), zip(*(looks[word] for word in present), strict=True), strict=True)
    return {channel: name("verdict", scale=palette(present, values), legend=legend) for channel, values in parts}


def own_ring(points: Rows, x: Spec, y: Spec) -> list[Spec]:
    """A blue ring around the reader's own school."""
    own = [point for point in points if point["own"]]
    ring = {"filled": False, "shape": "circle", "size": 220, "color": look.OWN, "strokeWidth": 2.2}
    return [layer(own, "point", ring, x=x, y=y)] if own else []
