"""The few words of the Vega-Lite grammar that our pictures are made of, as plain dictionaries.

Written by hand rather than with Altair: Altair builds and copies 25–30 ms for a picture that draws in 30, and takes
0.6–1 s to import. The tests check every picture against the published schema of Vega-Lite.
"""

from collections.abc import Mapping, Sequence
from typing import Any

Spec = dict[str, Any]
Rows = Sequence[Mapping[str, Any]]


def quantity(field: str, **more: Any) -> Spec:
    return {"field": field, "type": "quantitative", **more}


def place(field: str, **more: Any) -> Spec:
    """A field with an order that the rows already have."""
    return {"field": field, "type": "ordinal", "sort": None, **more}


def name(field: str, **more: Any) -> Spec:
    return {"field": field, "type": "nominal", **more}


def at(pixel: float) -> Spec:
    return {"value": pixel}


def layer(rows: Rows, mark: str, look: Mapping[str, Any] | None = None, **encoding: Any) -> Spec:
    """One kind of mark over its own rows."""
    return {
        "data": {"values": [dict(row) for row in rows]},
        "mark": {"type": mark, **(look or {})},
        "encoding": encoding,
    }


def inked(rows: Rows, look: Mapping[str, Any], **encoding: Any) -> list[Spec]:
    """Text whose colour each row says itself in «ink»: a layer a colour, for colour scales of layers would merge."""
    inks = sorted({row["ink"] for row in rows})
    return [layer([r for r in rows if r["ink"] == ink], "text", {**look, "color": ink}, **encoding) for ink in inks]


def layered(layers: Sequence[Spec], width: float, height: float, **more: Any) -> Spec:
    return {"layer": list(layers), "width": width, "height": height, **more}


def palette(domain: Sequence[str], colours: Sequence[str]) -> Spec:
    return {"domain": list(domain), "range": list(colours)}


def legend_of(field: str, domain: Sequence[str], colours: Sequence[str], symbol: str = "square", **more: Any) -> Spec:
    """A colour channel whose legend shows the symbol that the plot uses: colour is never the only difference."""
    return name(field, scale=palette(domain, colours), legend={"symbolType": symbol, **more})
