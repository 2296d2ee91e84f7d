"""Aggregate tables as the region gets them: distributions of scores, shares of marks, marks against the journal."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from msoko.simulation.books import Book, Cell, Sheet
from msoko.simulation.layouts import COMPARISON, COMPARISON_GROUPS, DISTRIBUTION, MARKS
from msoko.simulation.region import Together, counted, region_table
from msoko.simulation.schools import REGION, municipality_name
from msoko.simulation.sittings import District, Sitting

Rows = list[list[Cell]]


def percent(part: int, whole: int) -> str:
    """Two decimals after a comma, as the reports print shares."""
    return f"{100 * part / whole:.2f}".replace(".", ",") if whole else "0,00"


def territories(district: District, sitting: Sitting) -> list[Together]:
    """The region, then each municipality that has pupils here."""
    found = [Together(REGION, region_table(district, sitting))]
    numbers = np.array([school.municipality for school in district.schools])[sitting.school]
    for number in np.unique(numbers).tolist():
        table = counted(sitting.take(numbers == number))
        found.append(Together(municipality_name(number), table))
    return found


def _distribution_rows(district: District, sitting: Sitting) -> Rows:
    start: list[Cell] = [sitting.year, sitting.work.grade, sitting.work.title]
    return [
        [*start, t.name, None, None, t.count, *(percent(n, t.count) for n in t.by_score().tolist())]
        for t in territories(district, sitting)
    ]


def _distribution_sheet(district: District, sittings: list[Sitting]) -> Sheet:
    highest = max(sitting.work.maximum for sitting in sittings)
    title = f"Распределение первичных баллов. ВПР {sittings[0].year}"
    rows = [row for sitting in sittings for row in _distribution_rows(district, sitting)]
    return Sheet("Распределение", [[title], [*DISTRIBUTION, *map(str, range(highest + 1))], *rows])


def _titles(what: str, sitting: Sitting) -> Rows:
    work = sitting.work
    return [
        [what],
        [f"{work.kind} {sitting.year}. {work.grade} класс"],
        [f"Предмет: {work.title}"],
        [f"Максимальный первичный балл: {work.maximum}"],
        [],
    ]


def _marks_rows(district: District, sitting: Sitting) -> Rows:
    rows: Rows = [*_titles("Статистика по отметкам", sitting), list(MARKS)]
    for t in territories(district, sitting):
        rows.append([t.name, t.count, *(percent(n, t.count) for n in t.by_mark(sitting.work).tolist())])
    return rows


def _comparison_rows(district: District, sitting: Sitting) -> Rows:
    rows: Rows = [*_titles("Сравнение отметок с отметками по журналу", sitting), list(COMPARISON)]
    for t in territories(district, sitting):
        counts = t.against_journal(sitting.work)
        rows.append([t.name])
        parts = zip(COMPARISON_GROUPS, (*counts, sum(counts)), strict=True)
        rows += [[group, n, percent(n, sum(counts))] for group, n in parts]
    return rows


def _a_sheet_each(
    district: District, sittings: list[Sitting], rows_of: Callable[[District, Sitting], Rows]
) -> tuple[Sheet, ...]:
    return tuple(Sheet(f"{s.work.grade} {s.work.subject}", rows_of(district, s)) for s in sittings)


def region_books(district: District, sittings: list[Sitting]) -> list[Book]:
    """Three workbooks of one year, ВПР only: for exams no official table of this form exists."""
    vpr = [sitting for sitting in sittings if sitting.work.kind == "ВПР"]
    if not vpr:
        return []
    year = vpr[0].year
    parts = {
        "Распределение первичных баллов": (_distribution_sheet(district, vpr),),
        "Статистика по отметкам": _a_sheet_each(district, vpr, _marks_rows),
        "Сравнение отметок с отметками по журналу": _a_sheet_each(district, vpr, _comparison_rows),
    }
    return [
        Book(f"Регион/{year}/{what} ВПР {year}.xlsx", "сводные таблицы региона", 0, sheets)
        for what, sheets in parts.items()
    ]
