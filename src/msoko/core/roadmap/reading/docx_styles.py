"""What paragraphs inherit from their styles: level of heading, place in a list, being hidden."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from msoko.core.roadmap.reading.docx_package import Element, attribute, child, is_on, number, tag

HEADING = re.compile(r"(?:heading|заголовок) ?([1-9])", re.IGNORECASE)
TITLES = {"title", "название"}
BODY_LEVEL = 9  # w:outlineLvl of plain text
MOST_ANCESTORS = 20  # a chain of styles longer than that runs in a circle


@dataclass(frozen=True)
class Style:
    name: str
    based_on: str | None
    outline: int | None
    number_of_list: str | None
    level_of_list: int
    hidden: bool | None


class Styles:
    """The styles of a document by their identifiers; a style that is not there says nothing."""

    def __init__(self, root: Element | None) -> None:
        styles = [one for one in root if tag(one) == "style"] if root is not None else []
        self._known = {attribute(one, "styleId"): _style(one) for one in styles}
        defaults = (one for one in styles if attribute(one, "type") == "paragraph" and attribute(one, "default") == "1")
        self._default = next((attribute(one, "styleId") for one in defaults), None)

    def chain(self, identifier: str | None) -> Iterator[Style]:
        """The style and those it is based on, the nearest first."""
        identifier = identifier if identifier in self._known else self._default
        for _ in range(MOST_ANCESTORS):
            style = self._known.get(identifier)
            if style is None:
                return
            yield style
            identifier = style.based_on

    def heading(self, paragraph: Element) -> int:
        """1–9; 0 for no heading."""
        properties = child(paragraph, "pPr")
        own = child(properties, "outlineLvl")
        if own is not None:
            return _level(number(own, default=BODY_LEVEL))
        for style in self.chain(attribute(child(properties, "pStyle"))):
            if style.outline is not None:
                return _level(style.outline)
            if named := _named_heading(style.name):
                return named
        return 0

    def place_in_list(self, paragraph: Element) -> tuple[str, int] | None:
        """(identifier of the list, level from 0) by the paragraph itself, else by its style."""
        properties = child(paragraph, "pPr")
        own = child(properties, "numPr")
        level = child(own, "ilvl")
        identifier = attribute(child(own, "numId"))
        if identifier is not None:
            return None if identifier == "0" else (identifier, number(level))
        for style in self.chain(attribute(child(properties, "pStyle"))):
            if style.number_of_list is not None:
                place = number(level, default=style.level_of_list) if level is not None else style.level_of_list
                return None if style.number_of_list == "0" else (style.number_of_list, place)
        return None

    def hides(self, run_properties: Element | None, style: str | None) -> bool:
        """Whether text is hidden: by its own properties, its own style or the style of its paragraph."""
        own = child(run_properties, "vanish")
        if own is not None:
            return is_on(own)
        for identifier in (attribute(child(run_properties, "rStyle")), style):
            for one in self.chain(identifier) if identifier else ():
                if one.hidden is not None:
                    return one.hidden
        return False


def _style(element: Element) -> Style:
    of_paragraph = child(element, "pPr")
    of_list = child(of_paragraph, "numPr")
    outline, vanish = child(of_paragraph, "outlineLvl"), child(child(element, "rPr"), "vanish")
    return Style(
        name=(attribute(child(element, "name")) or "").lower(),
        based_on=attribute(child(element, "basedOn")),
        outline=None if outline is None else number(outline, default=BODY_LEVEL),
        number_of_list=attribute(child(of_list, "numId")),
        level_of_list=number(child(of_list, "ilvl")),
        hidden=None if vanish is None else is_on(vanish),
    )


def _level(outline: int) -> int:
    return outline + 1 if 0 <= outline < BODY_LEVEL else 0


def _named_heading(name: str) -> int:
    found = HEADING.fullmatch(name)
    return int(found[1]) if found else int(name in TITLES)
