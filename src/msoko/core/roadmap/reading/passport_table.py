"""The table of a passport: what a field is called on the left, what it says on the right."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from msoko.core.roadmap.reading.cleaning import clean, flat
from msoko.core.roadmap.reading.lines import Line
from msoko.core.roadmap.reading.passport_labels import NUMBERING, label_of, plain_label

LEAST_LABELS = 3  # different fields that make a table a passport
LEAST_OF_SHORT_TABLE = 2  # … where they are at least half of its rows
HEADER_OF_VALUES = re.compile(r"(?:содержание|описание|характеристика|значение|информация)(?:\s\w+){0,2}")
MOST_BETWEEN = 4  # lines of a text file between two parts of one table that a page has parted


@dataclass
class Entry:
    """One field of the table; `values` are its pieces, of which pages made several."""

    label: str
    line: int
    values: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        text = ""
        for value in self.values:
            text = f"{text} {value}" if _goes_on(text, value) else f"{text}\n{value}"
        return text.strip()


def entries_of(lines: Sequence[Line]) -> list[Entry]:
    """The fields of all tables that are passports, in the order of the document."""
    return [entry for table in _tables(lines) for entry in _entries_of_table(table)]


def _tables(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Rows of one table; in a text, rows with little between them."""
    rows = [line for line in lines if line.table is not None]
    for _, of_table in groupby(rows, key=lambda line: line.table):
        yield list(of_table)
    stretch: list[Line] = []
    for line in lines:
        is_prose = len(line.cells) == 1 and not clean(line.cells[0]).isdigit()  # a number alone is that of a page
        is_far = bool(stretch) and line.number - stretch[-1].number > MOST_BETWEEN
        if stretch and (line.table is not None or is_prose or is_far):
            yield stretch
            stretch = []
        if line.table is None and len(line.cells) > 1:
            stretch.append(line)
    if stretch:
        yield stretch


def _entries_of_table(rows: Sequence[Line]) -> list[Entry]:
    entries: list[Entry] = []
    for row in rows:
        pair = _label_and_value(row)
        if pair is None:
            return []  # a table of three columns and more is something else
        label, value = pair
        if not entries and _names_the_columns(label, value):
            continue
        if entries and (not label or _is_rest_of_label(label, entries[-1].label)):
            entries[-1].label = f"{entries[-1].label} {label}".strip()
            entries[-1].values.append(value)
        elif label:
            entries.append(Entry(label, row.number, [value]))
    known = {found for entry in entries if (found := label_of(entry.label))}
    enough = LEAST_OF_SHORT_TABLE if 2 * len(known) >= len(entries) else LEAST_LABELS
    return entries if len(known) >= enough else []


def _label_and_value(row: Line) -> tuple[str, str] | None:
    """The two cells; a column of numbers before them is left out. None for a row with more."""
    cells = list(row.cells)
    while len(cells) > 2 and _only_counts(cells[0]) and any(cells[1:]):
        cells = cells[1:]
    while len(cells) > 2 and not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) == 1:
        return (flat(clean(cells[0])), "")
    if len(cells) > 2:
        return None
    return NUMBERING.sub("", flat(clean(cells[0]))), cells[1]


def _only_counts(cell: str) -> bool:
    label = plain_label(cell)
    return not label or label.isdigit() or label.startswith(("№", "п/п"))


def _names_the_columns(label: str, value: str) -> bool:
    """«Наименование раздела | Содержание»: a header."""
    return label_of(label) == "title" and HEADER_OF_VALUES.fullmatch(plain_label(value)) is not None


def _is_rest_of_label(label: str, before: str) -> bool:
    """«информации» below «Методы сбора»: the name of the field was parted by a page."""
    return label[:1].islower() and label_of(label) is None and not before.endswith(":")


def _goes_on(text: str, value: str) -> bool:
    """Whether the next piece goes on in the middle of a sentence."""
    return clean(value)[:1].islower() and not text.rstrip().endswith((";", ".", ":"))
