"""Automatic numbers of lists: Word stores «the next one of list 4», the reader of a document sees «2.3.»."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from msoko.core.roadmap.reading.docx_package import Element, attribute, child, is_on, number, tag

BULLET = "-"
LEVELS = 9
MOST_IN_SIGNS = 1000  # further on letters and Roman signs only grow long: a start of a billion would fill the memory
RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"  # as Word numbers: without ё, й, ъ and ь
LATIN = "abcdefghijklmnopqrstuvwxyz"
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
ROMAN_SMALL = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True)
class Level:
    start: int = 1
    form: str = "decimal"
    pattern: str = ""
    restart_after: int | None = None  # the number of the level that restarts this one, 0 for never
    all_decimal: bool = False


@dataclass
class _List:
    """One w:num: its levels, the counters it shares with others of its kind, starts still to be made anew."""

    levels: dict[int, Level]
    counters: dict[int, int]
    new_starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts paragraphs of lists in the order in which they are asked for."""

    def __init__(self, root: Element | None) -> None:
        parts = list(root) if root is not None else []
        kinds = {attribute(one, "abstractNumId"): one for one in parts if tag(one) == "abstractNum"}
        levels = {name: _levels(one) for name, one in kinds.items()}
        _follow_links(kinds, levels)
        counters: dict[str | None, dict[int, int]] = {name: {} for name in kinds}
        self._lists = {}
        for one in parts:
            kind = attribute(child(one, "abstractNumId"))
            if tag(one) == "num" and kind in kinds:
                self._lists[attribute(one, "numId")] = _list(one, levels[kind], counters[kind])

    def next(self, identifier: str, level: int) -> str:
        """What stands before the paragraph: «2.3.», «б)», «-» for a bullet, «» where the list shows nothing."""
        known = self._lists.get(identifier)
        if known is None or level not in known.levels:
            return ""
        _count(known, level)
        if known.levels[level].form == "bullet":
            return BULLET
        return PLACE.sub(lambda place: _shown(known, level, int(place[1]) - 1), known.levels[level].pattern).strip()


def _levels(kind: Element) -> dict[int, Level]:
    return {number(one, "ilvl"): _level(one) for one in kind if tag(one) == "lvl"}


def _level(element: Element) -> Level:
    restart = child(element, "lvlRestart")
    return Level(
        start=number(child(element, "start"), default=1),
        form=attribute(child(element, "numFmt")) or "decimal",
        pattern=attribute(child(element, "lvlText")) or "",
        restart_after=None if restart is None else number(restart),
        all_decimal=is_on(child(element, "isLgl")),
    )


def _follow_links(kinds: dict[str | None, Element], levels: dict[str | None, dict[int, Level]]) -> None:
    """A kind that only names a style of lists takes the levels of the kind that defines the style."""
    defined = {attribute(child(one, "styleLink")): name for name, one in kinds.items()}
    for name, one in kinds.items():
        linked = attribute(child(one, "numStyleLink"))
        if linked is not None and linked in defined:
            levels[name] = levels[defined[linked]]


def _list(element: Element, levels: dict[int, Level], counters: dict[int, int]) -> _List:
    levels, starts = dict(levels), {}
    for override in element:
        if tag(override) == "lvlOverride":
            at, start, own = number(override, "ilvl"), child(override, "startOverride"), child(override, "lvl")
            if own is not None:
                levels[at] = _level(own)
            if start is not None:
                starts[at] = number(start, default=1)
    return _List(levels, counters, starts)


def _count(known: _List, level: int) -> None:
    counters = known.counters
    if level in known.new_starts:
        counters[level] = known.new_starts.pop(level)
    else:
        counters[level] = counters[level] + 1 if level in counters else known.levels[level].start
    for deeper in range(level + 1, LEVELS):
        after = known.levels.get(deeper, Level()).restart_after
        if after is None or level < after:
            counters.pop(deeper, None)


def _shown(known: _List, asked_by: int, level: int) -> str:
    of_level = known.levels.get(level, Level())
    count = known.counters.get(level, of_level.start)
    form = "decimal" if known.levels[asked_by].all_decimal else of_level.form
    return FORMS[form](count) if form in FORMS and count < MOST_IN_SIGNS else str(count)


def _roman(count: int) -> str:
    shown = ""
    for worth, signs in (*ROMAN, *ROMAN_SMALL):
        times, count = divmod(count, worth)
        shown += signs * times
    return shown


def _letter(letters: str) -> Callable[[int], str]:
    """а, б … я, аа, бб …, as Word goes on."""

    def shown(count: int) -> str:
        if count < 1:
            return str(count)
        times, place = divmod(count - 1, len(letters))
        return letters[place] * (times + 1)

    return shown


FORMS: dict[str, Callable[[int], str]] = {
    "none": lambda count: "",
    "decimalZero": lambda count: f"{count:02d}",
    "lowerRoman": _roman,
    "upperRoman": lambda count: _roman(count).upper(),
    "lowerLetter": _letter(LATIN),
    "upperLetter": lambda count: _letter(LATIN)(count).upper(),
    "russianLower": _letter(RUSSIAN),
    "russianUpper": lambda count: _letter(RUSSIAN)(count).upper(),
}
