"""ВПР protocols as schools really fill them in: the layout of 2022, with a little of its dirt, counted."""

from __future__ import annotations

from collections import Counter
from functools import cache

import numpy as np

from msoko.simulation.books import Book, Cell, Sheet
from msoko.simulation.layouts import F1_AFTER_ITEMS, F1_BEFORE_ITEMS, VPR_AFTER_ITEMS, VPR_BEFORE_ITEMS, VPR_CLASSES
from msoko.simulation.pupils import LETTERS
from msoko.simulation.schools import REGION, REGION_CODE, School, municipality_name
from msoko.simulation.sittings import NOT_ATTEMPTED, Sitting
from msoko.simulation.works import levels_of

# How schools spell things: by turns, so that every spelling occurs. The third X is Cyrillic.
NOT_ATTEMPTED_SPELLINGS = ("X", "X", "x", "Х", "X", " X")
NO_LETTER_SPELLINGS = ("нет", "НЕТ", "Нет")
NBSP = "\u00a0"
# One row each slipped by one column; two rows each carry a non-breaking space; two rows each have a wrong printed
# total.
SHIFTED = {("МА5", 2024), ("РУ6", 2025), ("МА7", 2026)}
WITH_NBSP = {("ОМ4", 2024), ("РУ5", 2025), ("РУ8", 2026)}
WRONG_TOTAL = {("ФИ7", 2024), ("МА6", 2026)}
# Three schools hand in one work as the form a school downloads; the district's file leaves them out.
F1_WORK, F1_SCHOOLS = ("МА8", 2026), (5, 7, 10)


def class_label(school: School, grade: int, letter: int, is_only: bool) -> str:
    """A class as this school writes it: «А», «а», «5А», «5 А», or a word for «there is only one»."""
    if is_only:
        return NO_LETTER_SPELLINGS[school.index % len(NO_LETTER_SPELLINGS)]
    name = LETTERS[letter]
    return (name, name.lower(), f"{grade}{name}", f"{grade} {name}")[school.index % 4]


def _labels(sitting: Sitting, schools: list[School]) -> dict[tuple[int, int], str]:
    """(school, letter) → class label, for all classes of a sitting."""
    pairs = [
        (s, letter) for s, letter in np.unique(np.stack([sitting.school, sitting.letter], axis=1), axis=0).tolist()
    ]
    classes = Counter(s for s, _ in pairs)
    return {(s, letter): class_label(schools[s], sitting.work.grade, letter, classes[s] == 1) for s, letter in pairs}


def _place(school: School, year: int) -> list[Cell]:
    """The first six columns, equal for every row of a school."""
    day, minute, second = 11 + school.index % 17, (7 * school.index) % 60, (13 * school.index) % 60
    municipality = f"reg{REGION_CODE}_m{school.municipality + 1:03d} | {municipality_name(school.municipality)}"
    uploaded = f"{day:02d}.04.{year} {9 + school.index % 8:02d}:{minute:02d}:{second:02d}"
    quoted = f"{school.login} | {school.short}".replace("«", '"').replace("»", '"')
    return [school.login, REGION_CODE, f"reg{REGION_CODE}0000 | {REGION}", municipality, quoted, uploaded]


@cache
def _item_headers(sitting_items: tuple) -> list[str]:
    return [f"{item.number} ({item.maximum}б)" for item in sitting_items]


def _item_cells(sitting: Sitting, row: int, school: School, dirt: Counter[str]) -> list[Cell]:
    spelling = NOT_ATTEMPTED_SPELLINGS[school.index % len(NOT_ATTEMPTED_SPELLINGS)]
    scores = sitting.items[row].tolist()
    cells: list[Cell] = [spelling if score == NOT_ATTEMPTED else score for score in scores]
    if sitting.topic_not_taught and sitting.topic_not_taught[0] == school.index:
        cells[sitting.topic_not_taught[1]] = "не пройд."
        dirt["«не пройд.»"] += 1
    dirt[f"не приступал: «{spelling}»{' (кириллица)' if spelling == 'Х' else ''}"] += cells.count(spelling)
    return cells


def _absent_row(sitting: Sitting, code: int, place: list[Cell], dirt: Counter[str]) -> list[Cell]:
    dirt["вариант «отсутствовал»"] += 1
    return [*place, code, "отсутствовал", *[None] * len(sitting.work.items), None, None, None, 0]


def _row(sitting: Sitting, row: int, school: School, place: list[Cell], label: str, dirt: Counter[str]) -> list[Cell]:
    code = sitting.work.grade * 10000 + int(sitting.serial[row])
    if sitting.is_absent[row]:
        return _absent_row(sitting, code, place, dirt)
    journal: Cell = int(sitting.journal[row]) or "нет отметки"
    dirt["журнал: «нет отметки»"] += journal == "нет отметки"
    dirt["класс: «нет», «НЕТ», «Нет»"] += label in NO_LETTER_SPELLINGS
    items = _item_cells(sitting, row, school, dirt)
    sex = "м" if sitting.is_boy[row] else "ж"
    return [*place, code, int(sitting.variant[row]), *items, label, sex, journal, int(sitting.total[row])]


def _slip(row: list[Cell], first: int) -> None:
    """Everything right of this column moves one column to the left."""
    row[first:] = [*row[first + 1 :], None]


def _add_rare_dirt(rows: list[list[Cell]], sitting: Sitting, dirt: Counter[str]) -> None:
    """Dirt that only some files have; rows are chosen by place, so that their number is known."""
    key = (sitting.work.code, sitting.year)
    present = [row for row in rows if row[7] != "отсутствовал"]
    if len(present) < 5:
        return
    if key in SHIFTED:
        _slip(present[len(present) // 2], len(VPR_BEFORE_ITEMS))
        dirt["строка сдвинута на столбец"] += 1
    for row in present[1:3] if key in WITH_NBSP else []:
        row[-4] = f"{row[-4]}{NBSP}"
        dirt["неразрывный пробел в классе"] += 1
    for row in present[-2:] if key in WRONG_TOTAL else []:
        row[-1] = int(str(row[-1])) + 1
        dirt["«Итого баллов» не равно сумме"] += 1


def _class_rows(sitting: Sitting, schools: list[School], labels: dict[tuple[int, int], str]) -> list[list[Cell]]:
    work = sitting.work
    textbook = (
        f"{work.code.lower()}.1 | 1.1.1 | {work.title}, {work.grade} класс: условный учебник, издательство «Пример»"
    )
    return [[*_place(schools[s], sitting.year), label, textbook, None, None] for (s, _), label in labels.items()]


def protocol(sitting: Sitting, schools: list[School], dirt: Counter[str]) -> Book:
    """The district's protocol of one work; adds to ``dirt`` what it spoils."""
    if (sitting.work.code, sitting.year) == F1_WORK:
        sitting = sitting.take(~np.isin(sitting.school, F1_SCHOOLS))
    places = {s: _place(schools[s], sitting.year) for s in np.unique(sitting.school).tolist()}
    labels = _labels(sitting, schools)
    keys = zip(sitting.school.tolist(), sitting.letter.tolist(), strict=True)
    rows = [_row(sitting, i, schools[s], places[s], labels[s, c], dirt) for i, (s, c) in enumerate(keys)]
    _add_rare_dirt(rows, sitting, dirt)
    header = [*VPR_BEFORE_ITEMS, *_item_headers(sitting.work.items), *VPR_AFTER_ITEMS]
    classes = Sheet("Классы", [VPR_CLASSES, *_class_rows(sitting, schools, labels)])
    path = f"ВПР/{sitting.year}/{sitting.work.grade}/{sitting.work.title}.xlsx"
    return Book(path, "ВПР, протокол", len(rows), (classes, Sheet("Протокол", [header, *rows])))


def _f1_row(sitting: Sitting, school: School, row: int, is_only: bool) -> list[Cell]:
    grade, journal = sitting.work.grade, int(sitting.journal[row]) or None
    label = class_label(school, grade, int(sitting.letter[row]), is_only)
    code = grade * 10000 + int(sitting.serial[row])
    start: list[Cell] = [school.login, municipality_name(school.municipality), school.short, code, label]
    items = ["X" if score == NOT_ATTEMPTED else score for score in sitting.items[row].tolist()]
    return [*start, int(sitting.variant[row]), *items, int(sitting.total[row]), int(sitting.mark[row]), journal]


def individual_results(sitting: Sitting, school: School) -> Book:
    """«Ф1 Индивидуальные результаты» of one school: only those who wrote the work."""
    work = sitting.work
    mine = np.flatnonzero((sitting.school == school.index) & sitting.present)
    is_only = len(set(sitting.letter[mine].tolist())) == 1
    rows: list[list[Cell]] = [
        [f"ВПР {sitting.year} {work.title} {work.grade} класс"],
        [f"{school.short} ({school.login}) | Кол-во участников: {len(mine)}"],
        [],
        [*[None] * len(F1_BEFORE_ITEMS), *levels_of(work)],
        [*F1_BEFORE_ITEMS, *_item_headers(work.items), *F1_AFTER_ITEMS],
        *(_f1_row(sitting, school, row, is_only) for row in mine.tolist()),
    ]
    path = f"ВПР/{sitting.year}/{work.grade}/Ф1 Индивидуальные результаты {work.title} {school.login}.xlsx"
    return Book(path, "ВПР, Ф1 индивидуальные результаты", len(mine), (Sheet("Ф1", rows),))


def vpr_books(sitting: Sitting, schools: list[School], dirt: Counter[str]) -> list[Book]:
    """All files of one ВПР work."""
    books = [protocol(sitting, schools, dirt)]
    if (sitting.work.code, sitting.year) == F1_WORK:
        books += [individual_results(sitting, s) for s in schools if s.index in F1_SCHOOLS]
    return books
