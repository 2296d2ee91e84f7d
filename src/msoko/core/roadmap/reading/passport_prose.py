"""Fields of a passport that stand in prose: «Цель: …», «Задачи:» and a list, a heading «Ожидаемые результаты»."""

import re
from collections.abc import Sequence

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
    for place, line in enumerate(lines):
        label, value = _parted(line)
        field = label_of(label) if label else None
        if field not in IN_PROSE:
            continue
        values = [value] if value and not value.endswith(":") else _below(lines, place, field)
        is_better = field not in found or (field in LISTS and len(found[field].values) == 1 < len(values))
        if values and is_better:
            found[field] = Entry(label, line.number, values)
    return list(found.values())


def stages_in_prose(lines: Sequence[Line]) -> Entry | None:
    """Paragraphs that begin with «I этап», «Второй этап»; None where there are fewer than two."""
    found = [line for line in lines if len(line.cells) == 1 and STAGE.match(clean(line.cells[0]))]
    if len(found) < 2:
        return None
    return Entry("этапы", found[0].number, [clean(line.cells[0]) for line in found])


def _parted(line: Line) -> tuple[str, str]:
    """(name of a field, what follows it); ("", "") for a row of a table and for a sentence."""
    if len(line.cells) != 1 or line.table is not None:
        return "", ""
    text = NUMBERING.sub("", clean(line.cells[0]))
    for parts in (SEPARATOR.split(text, maxsplit=1), [text, ""]):
        if len(parts) == 2 and len(parts[0]) <= LONGEST_LABEL and is_only_label(parts[0]):
            return parts[0], parts[1].strip()
    return "", ""


def _below(lines: Sequence[Line], place: int, field: str | None) -> list[str]:
    """The list below the name of the field; a paragraph where there is no list."""
    values: list[str] = []
    for line in lines[place + 1 : place + 1 + MOST_PARAGRAPHS]:
        text = clean(line.cells[0])
        label = _parted(line)[0]
        if len(line.cells) > 1 or line.table is not None or line.heading or (label and label_of(label) != field):
            break
        goes_on = bool(values) and not values[-1].endswith((".", ":"))
        if values and not ITEM.match(text) and not goes_on:
            break
        values.append(text)
    return values
