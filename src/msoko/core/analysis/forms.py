"""Rows of our own forms: those of one academic year, the newest of each kind, with numbers that are numbers.

Cells are text, an Unknown, or nothing (see web.analysis.records). A blank cell is missing, never zero.
"""

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from msoko.core.analysis.outcome import NotComputed
from msoko.core.analysis.panel import Panel
from msoko.core.vocabulary.cells import whole_number
from msoko.core.vocabulary.russian import NBSP, counted, quote
from msoko.core.vocabulary.unknowns import Unknown
from msoko.core.vocabulary.words import look_alike, normal

Row = Mapping[str, Any]
Key = TypeVar("Key", bound=Hashable)
GRADE = re.compile(r"0?(\d{1,2})")


def count_in(cell: object) -> int | Unknown:
    """The whole number of a cell; what is no whole number is missing."""
    if isinstance(cell, Unknown):
        return cell
    number = whole_number(str(cell).strip()) if cell is not None else None
    return Unknown.MISSING if number is None else number


def text_in(cell: object) -> str:
    """The words of a cell in their normal form, '' where it says nothing."""
    return "" if cell is None or isinstance(cell, Unknown) else _normal(str(cell))


@lru_cache(10_000)
def _normal(said: str) -> str:
    """A column of a form says the same few words in every row. Kept here and not for all words: others are names."""
    return normal(said)


def academic_year(panel: Panel) -> str:
    """«2025/26» of a panel of 2026."""
    return f"{panel.year - 1}/{panel.year % 100:02d}"


def of_the_year(panel: Panel, form: str) -> list[Row]:
    """Rows of the academic year that ends in the panel's year, newest first."""
    return [row for row in panel.records.get(form, ()) if count_in(row.get("academic_year")) == panel.year - 1]


def asked(panel: Panel, rows: Iterable[Row]) -> list[Row]:
    """Those about the subject and the grade that the panel is narrowed to."""
    return [
        row
        for row in rows
        if (panel.grade is None or panel.grade == grade_in(row))
        and (panel.subject is None or _names_subject(panel, row))
    ]


def grade_in(row: Row) -> int | None:
    """From the column of the grade, else from the name of the class."""
    found = GRADE.match(text_in(row.get("grade")) or text_in(row.get("class_name")))
    return int(found[1]) if found else None


def _names_subject(panel: Panel, row: Row) -> bool:
    """A form names a subject as people do, a panel by slug: the procedures of the panel know both."""
    names = {look_alike(one.subject_name) for one in panel.procedures if one.subject == panel.subject}
    return look_alike(text_in(row.get("subject"))) in names | {look_alike(panel.subject or "")}


def newest(rows: Iterable[Row], *columns: str) -> list[Row]:
    """Of rows of one school that say the same in these columns the first, which was accepted last."""
    found: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        found.setdefault((row["organisation"], *(text_in(row.get(column)) for column in columns)), row)
    return list(found.values())


def by(rows: Iterable[Row], *columns: str) -> dict[tuple[str, ...], list[Row]]:
    """Rows by what they say in these columns, in the order of the words."""
    found: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        found.setdefault(tuple(text_in(row.get(column)) for column in columns), []).append(row)
    return dict(sorted(found.items()))


def by_school(panel: Panel, rows: Iterable[Row]) -> dict[int, list[Row]]:
    """Rows of the schools of the panel, in the order of their keys."""
    found: dict[int, list[Row]] = {}
    for row in rows:
        if row["organisation"] in panel.organisations:
            found.setdefault(row["organisation"], []).append(row)
    return dict(sorted(found.items()))


def strangers(rows: Sequence[Row], form: str) -> list[NotComputed]:
    """Rows of schools that nobody knows, by the name that the form gives: no row may be lost."""
    names: dict[str, int] = {}
    for row in rows:
        if row["organisation"] is None:
            name = str(row.get("school") or row.get("login") or "")
            names[name] = names.get(name, 0) + 1
    return [NotComputed(None, _stranger(name, n, form)) for name, n in sorted(names.items())]


def _stranger(name: str, n: int, form: str) -> str:
    lost = counted(n, "строка", "строки", "строк")
    return f"{form}: школы {quote(name)} нет в{NBSP}реестре, не{NBSP}учтено: {lost}"
