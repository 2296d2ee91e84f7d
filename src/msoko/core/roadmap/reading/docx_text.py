"""The text of a paragraph of DOCX as its reader sees it: what was inserted, not what was deleted or hidden."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from msoko.core.roadmap.reading.docx_package import Element, attribute, child, is_on, tag
from msoko.core.roadmap.reading.docx_styles import Styles

# w:del and w:moveFrom are text that a tracked change took away; its new place is w:ins or w:moveTo.
PASSED_OVER = {"del", "moveFrom", "pPr", "rPr", "sdtPr", "sdtEndPr", "rt", "delText", "instrText"}
SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
FIRST_OWN_SIGN = 0xF000  # w:sym names the signs of a font by this much more than their code


@dataclass
class Said:
    """The text of a paragraph and the text boxes anchored in it, in their order."""

    text: str
    boxes: list[Element] = field(default_factory=list)


class Texts:
    """Reads paragraphs by the styles of one document."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles

    def of(self, paragraph: Element) -> Said:
        style = attribute(child(child(paragraph, "pPr"), "pStyle"))
        boxes: list[Element] = []
        return Said("".join(self._inside(paragraph, style, boxes)), boxes)

    def _inside(self, parts: Iterable[Element], style: str | None, boxes: list[Element]) -> Iterator[str]:
        for part in parts:
            name = tag(part)
            if name == "r":
                if not self._styles.hides(child(part, "rPr"), style):
                    yield from self._inside(part, style, boxes)
            elif name == "txbxContent":
                boxes.append(part)
            elif name in ("t", "m:t"):
                yield part.text or ""
            elif name in SIGNS:
                yield SIGNS[name]
            elif name == "br":
                yield "\n"
            elif name == "sym":
                yield _sign(part)
            elif name not in PASSED_OVER:
                yield from self._inside(parts_of(part), style, boxes)


def _sign(symbol: Element) -> str:
    code = attribute(symbol, "char") or ""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return chr(number) if number < FIRST_OWN_SIGN else "•"


def parts_of(element: Element) -> Iterable[Element]:
    """The children that are shown: one of two drawings of the same thing (mc:AlternateContent), no empty field.

    A field that still shows what to enter («Место для ввода текста») is empty.
    """
    name = tag(element)
    if name == "mc:AlternateContent":
        return next((one for one in element if tag(one) in ("mc:Choice", "mc:Fallback")), ())
    if name == "sdt" and is_on(child(child(element, "sdtPr"), "showingPlcHdr")):
        return ()
    return element
