"""The look of every picture: colours, fonts, numbers."""

import json
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from msoko.core.vocabulary.russian import NBSP, THIN
from msoko.documents.printable import all_printable

# Text and marks on white: every colour that carries text has a contrast of at least 4.5 : 1.
TERRITORY = "#6b7280"
OWN = "#1d4ed8"
BELOW = "#c2570c"
ABOVE = "#15803d"
SIGNAL = "#7e22ce"
PALE = "#9ca3af"
INK = "#1f2937"
GRID = "#e5e7eb"
SOFT = "#cbd5e1"
SKY = "#93c5fd"
FONT = "PT Sans, Arial, sans-serif"
MEASURED_AS = "Liberation Sans"
"""The converter reads a font registered from a file anew for every letter it measures (60 long names: 0.9 s), but has
this one in memory (40 ms). It is 5 % wider than PT Sans, so what is laid out with it has room enough for ours."""

WIDTH = 520
"""Width in pixels of the plot itself; with labels a picture is about 640–760 wide."""

VEGA_LITE = "6.4"
FORMAT_LOCALE = {"decimal": ",", "thousands": THIN, "grouping": [3], "currency": ["", f"{NBSP}₽"]}


def config() -> dict[str, Any]:
    """Vega-Lite configuration. `aria` is off: the picture as a whole has role=img, a title and a description."""
    words = {"labelFont": MEASURED_AS, "titleFont": MEASURED_AS, "labelColor": INK, "titleColor": INK}
    sizes = {"labelFontSize": 13, "titleFontSize": 13, "titleFontWeight": "normal"}
    return {
        "aria": False,
        "background": "white",
        "font": MEASURED_AS,
        "view": {"stroke": None},
        "axis": {**words, **sizes, "gridColor": GRID, "domainColor": TERRITORY, "tickColor": TERRITORY},
        "legend": {**words, **sizes, "orient": "top", "title": None, "symbolSize": 120, "labelLimit": 400},
        "header": {**words, "labelFontSize": 13, "labelFontWeight": "bold", "title": None},
        "text": {"font": MEASURED_AS, "fontSize": 12, "color": INK},
        "padding": 8,
    }


def folder_of(font_package: str) -> Path:
    """Where the TrueType files of an installed font package are."""
    return Path(str(files(font_package))) / "files"


@cache
def converter() -> Any:
    """vl_convert with our font registered: pictures look the same on a machine without any fonts."""
    import vl_convert

    vl_convert.register_font_directory(str(folder_of("fontpkg_pt_sans")))
    return vl_convert


DRAWINGS_KEPT = 512
"""A drawing takes 20–60 ms and 20–100 KB; the pages of a district are looked at again and again."""


@lru_cache(maxsize=DRAWINGS_KEPT)
def svg_of(spec: str) -> str:
    """Bare SVG as Vega draws it. Nothing outside is loaded. PT Sans has no thin space: a plain one stands instead."""
    svg: str = converter().vegalite_to_svg(
        spec, vl_version=VEGA_LITE, format_locale=FORMAT_LOCALE, allowed_base_urls=[]
    )
    return svg.replace(f'font-family="{MEASURED_AS}"', f'font-family="{FONT}"').replace(THIN, NBSP)


def png_of(svg: str, scale: float) -> bytes:
    png: bytes = converter().svg_to_png(svg, scale=scale)
    return png


def spec_of(drawing: Mapping[str, Any]) -> str:
    """The whole specification as text, our look included."""
    return json.dumps(all_printable({**drawing, "config": config()}), ensure_ascii=False)
