"""ОГЭ and ЕГЭ protocols: a file a year, a block a subject; one file carries invented personal columns to be dropped."""

from __future__ import annotations

from itertools import cycle, islice

import numpy as np

from msoko.simulation.books import Book, Cell, Sheet
from msoko.simulation.layouts import EXAM_ANSWERS, EXAM_FIRST, EXAM_MARK, EXAM_PERSONAL, EXAM_PLACE, EXAM_TEST_SCORE
from msoko.simulation.pupils import LETTERS
from msoko.simulation.schools import REGION, REGION_CODE, School
from msoko.simulation.sittings import Sitting
from msoko.simulation.works import EXAM_NUMBERS, Work

# This one arrives with names and documents; all of them are invented.
WITH_PERSONAL_COLUMNS = ("ОГЭ-МА", 2026)
DAYS = {"РУ": "05.30", "МА": "06.06", "ОБ": "06.10", "БИ": "06.11", "ГЕ": "06.13", "ИН": "06.16", "ФИ": "06.17"}
_SURNAMES = ("Примеров", "Условный", "Вымышленников", "Образцов", "Пробный", "Тестовский", "Учебников")
_NAMES = (("Пример", "Примерович"), ("Образец", "Образцович"), ("Макет", "Макетович"))
# Highest primary score of «below 80» stands for 80 test points in the invented conversion.
HIGH_TEST_SCORE = 80


def test_scores(work: Work, total: np.ndarray) -> np.ndarray:
    """Test scores 0…100 of ЕГЭ primary scores: straight lines through the minimum, 80 and 100."""
    knots = [0, work.borders[0] + 1, work.borders[2], work.maximum]
    return np.rint(np.interp(total, knots, [0, work.minimum_test, HIGH_TEST_SCORE, 100])).astype(np.int32)


def _short_mask(scores: list[int], maxima: list[int]) -> str:
    """``+++2-``: one-point answers as plus and minus, others as digits, nothing earned as minus."""
    return "".join(
        "-" if score <= 0 else "+" if m == 1 else str(score) for score, m in zip(scores, maxima, strict=True)
    )


def _long_mask(scores: list[int], maxima: list[int]) -> str:
    return "".join(f"{max(score, 0)}({m})" for score, m in zip(scores, maxima, strict=True))


def _results(sitting: Sitting) -> np.ndarray:
    work = sitting.work
    return sitting.mark.astype(np.int32) if work.gives_marks else test_scores(work, sitting.total)


def _answers(sitting: Sitting) -> list[list[Cell]]:
    items = sitting.work.items
    short = [i for i, item in enumerate(items) if item.is_short]
    long = [i for i, item in enumerate(items) if not item.is_short]
    maxima = [item.maximum for item in items]
    return [
        [
            _short_mask([row[i] for i in short], [maxima[i] for i in short]),
            _long_mask([row[i] for i in long], [maxima[i] for i in long]),
        ]
        for row in sitting.items.tolist()
    ]


def _personal(count: int) -> list[list[Cell]]:
    people = ([s, n, p] for s, (n, p) in islice(zip(cycle(_SURNAMES), cycle(_NAMES), strict=False), count))
    return [[*person, "0000", f"{number:06d}"] for number, person in enumerate(people, start=1)]


def _place(school: School, class_name: str, row: int, variant: int, serial: int) -> list[Cell]:
    point, room = 901 + school.index % 4, f"{1 + row % 15:04d}"
    return [point, school.code, class_name, room, 300 + variant, f"{school.code}{serial:04d}"]


def _places(sitting: Sitting, schools: list[School]) -> list[list[Cell]]:
    """Exam point, school, class, room, variant, participant's code; every school sits in one of four points."""
    columns = (sitting.school, sitting.letter, sitting.variant, sitting.serial)
    people = zip(*(column.tolist() for column in columns), strict=True)
    return [
        _place(schools[s], f"{sitting.work.grade}{LETTERS[letter]}", i, variant, serial)
        for i, (s, letter, variant, serial) in enumerate(people)
    ]


def _means(sitting: Sitting, results: np.ndarray, width: int) -> list[Cell]:
    means = [round(float(sitting.total.mean()), 2), round(float(results.mean()), 2)]
    return ["Средние", *[None] * (width - 3), *means]


def block(sitting: Sitting, schools: list[School], *, personal: bool = False) -> list[list[Cell]]:
    """One subject: three titles, header, rows, means, an empty row."""
    work, results = sitting.work, _results(sitting)
    number = EXAM_NUMBERS["МАБ" if work.level == "Б" else work.subject]
    header: list[Cell] = [*EXAM_FIRST, *(EXAM_PERSONAL if personal else ()), *EXAM_PLACE, *EXAM_ANSWERS]
    # Maths of the basic level prints its mark where other subjects of ЕГЭ print the test score.
    header.append(EXAM_MARK if work.kind == "ОГЭ" else EXAM_TEST_SCORE)
    people = _personal(len(results)) if personal else [[] for _ in results]
    parts = zip(
        people, _places(sitting, schools), _answers(sitting), sitting.total.tolist(), results.tolist(), strict=True
    )
    rows = [[i, *who, *where, *answers, total, r] for i, (who, where, answers, total, r) in enumerate(parts, start=1)]
    day = DAYS[work.subject]
    titles: list[list[Cell]] = [
        [f"Протокол проверки результатов {work.kind} {sitting.year}"],
        [f"{REGION_CODE} - {REGION}"],
        [f"{number:02d} - {work.title} {sitting.year}.{day}"],
    ]
    return [*titles, header, *rows, _means(sitting, results, len(header)), []]


def _book(path: str, kind: str, blocks: list[list[list[Cell]]], participants: int) -> Book:
    rows = [row for rows in blocks for row in rows]
    return Book(path, f"{kind}, протокол", participants, (Sheet("Протокол", list(rows)),))


def exam_books(sittings: list[Sitting], schools: list[School]) -> list[Book]:
    """All of one exam in one year: a file of blocks, and apart from it the work that carries personal columns."""
    kind, year = sittings[0].work.kind, sittings[0].year
    apart = [s for s in sittings if (s.work.code, s.year) == WITH_PERSONAL_COLUMNS]
    together = [s for s in sittings if (s.work.code, s.year) != WITH_PERSONAL_COLUMNS]
    folder = f"{kind}/{year}"
    books = [
        _book(f"{folder}/{kind} {year} {s.work.title}.xlsx", kind, [block(s, schools, personal=True)], len(s.total))
        for s in apart
    ]
    if together:
        blocks = [block(s, schools) for s in together]
        books.append(_book(f"{folder}/{kind} {year}.xlsx", kind, blocks, sum(len(s.total) for s in together)))
    return books
