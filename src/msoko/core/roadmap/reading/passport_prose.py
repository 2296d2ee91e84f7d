"""Fields of a passport that stand in prose: «Цель: …», «Задачи:» and a list, a heading «Ожидаемые результаты»."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from msoko.core.roadmap.reading.cleaning import clean
from msoko.core.roadmap.reading.lines import Line
from msoko.core.roadmap.reading.passport_items import STAGE
from msoko.core.roadmap.reading.passport_labels import LISTS, NUMBERING, is_only_label, label_of
from msoko.core.roadmap.reading.passport_table import Entry

LONGEST_LABEL = 90
MOST_PARAGRAPHS = 30
SEPARATOR = re.compile(r"\s*(?::|\s[–—-])\s*")
ITEM = re.compile(
    r"(?:[-–—•●▪*]|\d{1,2}[.)]|[а-я]\))\s*\S|(?:[IVX]{1,4}|\d)\s*-?\s*[йгом]*\s*этап|\w+\s+этап", re.IGNORECASE
)
IN_PROSE = frozenset(
    ("grounds", "developer", "executors", "participants", "goal", "tasks", "period", "indicators", "control")
) | {"expected_results", "resources"}


def entries_in_prose(lines: Sequence[Line]) -> list[Entry]:
    """What paragraphs call by the name of a field: of each field the first, of lists the first with several items."""
    found: dict[str, Entry] = {}
    named = [_named(line) for line in lines]
    for place, (line, name) in enumerate(zip(lines, named, strict=True)):
        if name is None or name.field not in IN_PROSE:
            continue
        is_said = bool(name.value) and not name.value.endswith(":")
        values = [name.value] if is_said else _below(lines, named, place)
        old = found.get(name.field)
        is_better = old is None or (name.field in LISTS and len(old.values) == 1 < len(values))
        if values and is_better:
            found[name.field] = Entry(name.label, line.number, values)
    return list(found.values())


def stages_in_prose(lines: Sequence[Line]) -> Entry | None:
    """Paragraphs that begin with «I этап», «Второй этап»; None where there are fewer than two."""
    found = [line for line in lines if len(line.cells) == 1 and STAGE.match(clean(line.cells[0]))]
    if len(found) < 2:
        return None
    return Entry("этапы", found[0].number, [clean(line.cells[0]) for line in found])


@dataclass(frozen=True)
class _Named:
    """A paragraph that begins with the name of a field, and what follows the name."""

    field: str
    label: str
    value: str


def _named(line: Line) -> _Named | None:
    """None for a row of a table and for a sentence."""
    if len(line.cells) != 1 or line.table is not None:
        return None
    text = NUMBERING.sub("", clean(line.cells[0]))
    for parts in (SEPARATOR.split(text, maxsplit=1), [text, ""]):
        field = label_of(parts[0]) if len(parts) == 2 and len(parts[0]) <= LONGEST_LABEL else None
        if field is not None and is_only_label(parts[0]):
            return _Named(field, parts[0], parts[1].strip())
    return None


def _below(lines: Sequence[Line], named: Sequence[_Named | None], place: int) -> list[str]:
    """The list below the name of the field; a paragraph where there is no list."""
    values: list[str] = []
    own = named[place]
    near = slice(place + 1, place + 1 + MOST_PARAGRAPHS)
    for line, name in zip(lines[near], named[near], strict=True):
        is_another = name is not None and own is not None and name.field != own.field
        if len(line.cells) > 1 or line.table is not None or line.heading or is_another:
            break
        text = clean(line.cells[0])
        goes_on = bool(values) and not values[-1].endswith((".", ":"))
        if values and not ITEM.match(text) and not goes_on:
            break
        values.append(text)
    return values
