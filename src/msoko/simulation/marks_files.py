"""Yearly and quarterly marks in layouts of our own: counts of marks by class and subject."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from msoko.simulation.books import Book, Cell, Sheet
from msoko.simulation.layouts import PERIOD_MARKS, YEARLY_MARKS
from msoko.simulation.own_files import academic_year
from msoko.simulation.pupils import LETTERS, Pupils
from msoko.simulation.randomness import stream
from msoko.simulation.schools import School, municipality_name
from msoko.simulation.sittings import District, journal_marks
from msoko.simulation.works import SUBJECT_CODES, SUBJECTS

# Grade 1 has no marks; other subjects than these are taught in all grades.
FIRST_GRADE_WITH_MARKS = 2
TAUGHT = {"ОМ": (1, 4), "ИС": (5, 11), "БИ": (5, 11), "ФИ": (7, 11), "ОБ": (6, 11), "ГЕ": (5, 11), "ИН": (7, 11)}
QUARTERS = ("1 четверть", "2 четверть", "3 четверть", "4 четверть")
QUARTERLY_SUBJECTS = ("РУ", "МА")
LAST_GRADE_WITH_QUARTERS = 9
NOT_ASSESSED_SHARE = 0.004
# A yearly 2 is rare: resits make most of them a 3. Only the unluckiest (noise below this) keep it.
KEEPS_TWO_BELOW = -1.3


def _marks(district: District, school: School, year: int, rows: NDArray[np.intp], period: str) -> NDArray[np.int8]:
    """Marks 2…5 by subject, 0 where not assessed; shape (len(rows), subjects)."""
    ability = district.pupils.ability[rows]
    lot = stream(district.seed, "marks", school.index, year, period)
    noise = lot.standard_normal(ability.shape)
    marks = journal_marks(ability, school.leniency, noise)
    if period == "год":
        marks = np.where((marks == 2) & (noise > KEEPS_TWO_BELOW), np.int8(3), marks)
    return np.where(lot.random(ability.shape) < NOT_ASSESSED_SHARE, np.int8(0), marks)


def _counts(marks: NDArray[np.int8]) -> list[Cell]:
    return [len(marks), *(int((marks == mark).sum()) for mark in (5, 4, 3, 2, 0))]


def _is_taught(subject: str, grade: int) -> bool:
    low, high = TAUGHT.get(subject, (1, 11))
    return low <= grade <= high


def _classes(pupils: Pupils, school: School, year: int) -> list[tuple[int, int, NDArray[np.intp]]]:
    """(grade, letter, rows of pupils) of every class of a school."""
    rows = pupils.grades_at(school, year)
    grade, letter = year - pupils.entered[rows], pupils.letter[rows]
    pairs = np.unique(np.stack([grade, letter], axis=1), axis=0).tolist()
    return [(g, c, rows[(grade == g) & (letter == c)]) for g, c in pairs if g >= FIRST_GRADE_WITH_MARKS]


def _class_rows(
    district: District, school: School, year: int, subjects: tuple[str, ...], period: str, said: str
) -> list[list[Cell]]:
    start: list[Cell] = [school.login, school.short, municipality_name(school.municipality), academic_year(year)]
    marks_of = np.zeros((len(district.pupils.school), len(SUBJECT_CODES)), dtype=np.int8)
    everybody = district.pupils.grades_at(school, year)
    marks_of[everybody] = _marks(district, school, year, everybody, period)
    return [
        [*start, f"{grade}{LETTERS[letter]}", SUBJECTS[s], said, *_counts(marks_of[rows, SUBJECT_CODES.index(s)])]
        for grade, letter, rows in _classes(district.pupils, school, year)
        for s in subjects
        if _is_taught(s, grade)
    ]


def yearly_marks_book(district: District, year: int) -> Book:
    """Yearly marks of all classes and subjects of one year."""
    rows = [row for s in district.schools for row in _class_rows(district, s, year, SUBJECT_CODES, "год", "годовая")]
    path = f"Отметки/{year}/Годовые отметки {year}.xlsx"
    return Book(path, "годовые отметки", 0, (Sheet("Годовые отметки", [YEARLY_MARKS, *rows]),))


def quarterly_marks_book(district: District, year: int) -> Book:
    """Marks of four quarters in Russian and maths, grades 2 to 9 (the elder have half-years)."""
    rows = [
        row
        for school in district.schools
        for quarter in QUARTERS
        for row in _class_rows(district, school, year, QUARTERLY_SUBJECTS, quarter, quarter)
        if int(str(row[4])[:-1]) <= LAST_GRADE_WITH_QUARTERS
    ]
    path = f"Отметки/{year}/Отметки за четверти {year}.xlsx"
    return Book(path, "отметки за четверти", 0, (Sheet("Отметки за период", [PERIOD_MARKS, *rows]),))
