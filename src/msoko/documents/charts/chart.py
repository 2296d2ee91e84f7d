"""A picture: drawn when asked for; with a title, a sentence that says what is seen, and its numbers as a table."""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from xml.etree import ElementTree

from msoko.documents.charts import look
from msoko.documents.charts.grammar import Spec
from msoko.documents.printable import printable
from msoko.documents.tables import Table

SVG = "http://www.w3.org/2000/svg"
ElementTree.register_namespace("", SVG)


@dataclass(frozen=True)
class Chart:
    """`drawing()` makes the Vega-Lite specification (see `grammar`).

    `whole_names` maps a cut label to the whole name, which is shown on hovering.
    """

    title: str
    alt: str
    data_table: Table
    drawing: Callable[[], Spec] = field(compare=False, repr=False)
    whole_names: Mapping[str, str] = field(default_factory=dict, repr=False)

    @cached_property
    def _bare(self) -> str:
        return look.svg_of(look.spec_of(self.drawing()))

    def svg(self) -> str:
        """SVG to stand inside a page: real text, role="img", title and description, ids of its own, nothing active."""
        return _for_a_page(self._bare, self.title, self.alt, tuple(self.whole_names.items()))

    def size(self) -> tuple[float, float]:
        """Width and height in pixels, as drawn."""
        found = re.match(r'<svg[^>]* width="([\d.]+)" height="([\d.]+)"', self._bare)
        if not found:
            raise ValueError("the drawn picture does not say its size")
        return float(found[1]), float(found[2])

    def png(self, scale: float = 2) -> bytes:
        """PNG; scale 2 is about 180 dots an inch in a document."""
        return look.png_of(self._bare, scale)


@lru_cache(maxsize=look.DRAWINGS_KEPT)
def _for_a_page(svg: str, title: str, alt: str, names: tuple[tuple[str, str], ...]) -> str:
    root, whole_names = ElementTree.fromstring(svg), dict(names)
    # Several pictures share a page: Vega numbers its clip paths from 0 in every one of them.
    prefix = "p" + hashlib.sha256((title + svg).encode()).hexdigest()[:10]
    for element in root.iter():
        _style_as_attributes(element)
        _speak_as_one(element)
        _own_ids(element, prefix)
        _whole_name_on_hover(element, whole_names)
    _describe(root, prefix, title, alt)
    return ElementTree.tostring(root, encoding="unicode")


def _style_as_attributes(element: ElementTree.Element) -> None:
    """A page's content policy forbids style attributes; SVG says the same by presentation attributes."""
    for rule in filter(None, (element.attrib.pop("style", None) or "").split(";")):
        name, _, value = rule.partition(":")
        if name.strip() in _PRESENTATION:
            element.set(name.strip(), value.strip())


_PRESENTATION = {"fill", "stroke", "stroke-width", "opacity", "font-family", "font-size", "font-weight"}


def _speak_as_one(element: ElementTree.Element) -> None:
    """Vega gives every group a role of its own; inside one picture they would be pictures without a name."""
    for name in [name for name in element.attrib if name == "role" or name.startswith("aria-")]:
        del element.attrib[name]


def _own_ids(element: ElementTree.Element, prefix: str) -> None:
    if "id" in element.attrib:
        element.set("id", f"{prefix}-{element.attrib['id']}")
    for name, value in element.attrib.items():
        if "url(#" in value:
            element.set(name, value.replace("url(#", f"url(#{prefix}-"))


def _whole_name_on_hover(element: ElementTree.Element, whole_names: Mapping[str, str]) -> None:
    whole = whole_names.get(element.text or "") if element.tag == f"{{{SVG}}}text" else None
    if whole:
        ElementTree.SubElement(element, f"{{{SVG}}}title").text = printable(whole)


def _describe(root: ElementTree.Element, prefix: str, title: str, alt: str) -> None:
    root.set("role", "img")
    root.set("aria-labelledby", f"{prefix}-title {prefix}-desc")
    root.set("focusable", "false")
    for place, (tag, text) in enumerate((("title", title), ("desc", alt))):
        element = ElementTree.Element(f"{{{SVG}}}{tag}", {"id": f"{prefix}-{tag}"})
        element.text = printable(text)
        root.insert(place, element)


LONGEST_LABEL = 34
"""Letters of a name that fit beside a plot."""


def cut_labels(names: Sequence[str], longest: int = LONGEST_LABEL) -> list[str]:
    """Labels of at most `longest` letters, cut in the middle (schools differ at the end), all different.

    Equal labels are told apart by non-breaking spaces at the end, which nobody sees.
    """
    labels: list[str] = []
    taken: set[str] = set()
    for name in names:
        label = cut(name, longest)
        while label in taken:
            label += "\u00a0"
        taken.add(label)
        labels.append(label)
    return labels


def cut(name: str, longest: int = LONGEST_LABEL) -> str:
    """«Муниципальное казённое … школа № 12 имени …» → «Муниципальное казённое обще…№ 12»: the number is kept."""
    clean = re.sub(r"\s+", " ", name).strip()
    if len(clean) <= longest:
        return clean
    numbered = re.search(r"№ ?\d{1,6}", clean)
    if numbered and numbered.end() < longest:
        return _cut_after(clean, numbered.end(), longest)
    tail = numbered[0] if numbered else clean[-((longest - 1) // 2) :].lstrip()
    return f"{clean[: longest - 1 - len(tail)].rstrip()}…{tail}"


def _cut_after(name: str, kept: int, longest: int) -> str:
    """The beginning up to `kept`, then as many last words as fit: schools of one number differ in the place."""
    last = next((start + 1 for start in _spaces(name) if start >= kept and len(name) - start <= longest - kept), None)
    return f"{name[:kept]}…{name[last:]}" if last else f"{name[: longest - 1].rstrip()}…"


def _spaces(name: str) -> list[int]:
    return [place for place, letter in enumerate(name) if letter == " "]
