"""The order «simulate a district into a folder» and the account of what was written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from msoko.simulation.books import Book, write_book
from msoko.simulation.descriptions import description_book
from msoko.simulation.exam_files import exam_books
from msoko.simulation.marks_files import quarterly_marks_book, yearly_marks_book
from msoko.simulation.own_files import register_book, social_passport_book, staff_book
from msoko.simulation.planting import sittings
from msoko.simulation.region_files import region_books
from msoko.simulation.sittings import YEARS, District, Sitting, build_district
from msoko.simulation.vpr_files import vpr_books

# The district of the documentation; docs/demo.md tells its numbers.
DEMONSTRATION_SEED = 2026


@dataclass(frozen=True)
class Written:
    """One file: its path below the folder, what it is, how many participants' rows it carries."""

    path: str
    what: str
    participants: int


@dataclass(frozen=True)
class Simulated:
    """What one order wrote: ``dirt`` counts every spoiled or odd cell by kind, over all files."""

    folder: Path
    seed: int
    schools: int
    files: tuple[Written, ...]
    dirt: dict[str, int] = field(default_factory=dict)

    @property
    def participants(self) -> int:
        """Rows of participants in all files together."""
        return sum(file.participants for file in self.files)


def _books_of_year(district: District, found: list[Sitting], dirt: Counter[str]) -> Iterator[Book]:
    for sitting in found:
        if sitting.work.kind == "ВПР":
            yield from vpr_books(sitting, district.schools, dirt)
    for kind in ("ОГЭ", "ЕГЭ"):
        exams = [sitting for sitting in found if sitting.work.kind == kind]
        if exams:
            yield from exam_books(exams, district.schools)
    vpr = [sitting.work for sitting in found if sitting.work.kind == "ВПР"]
    if vpr:
        yield description_book(found[0].year, vpr)
    yield from region_books(district, found)
    yield yearly_marks_book(district, found[0].year)


def books(district: District, dirt: Counter[str]) -> Iterator[Book]:
    """Every workbook of the district, register first; ``dirt`` fills while they are made."""
    yield register_book(district)
    yield social_passport_book(district)
    yield staff_book(district)
    for _, found in groupby(sittings(district), key=lambda sitting: sitting.year):
        yield from _books_of_year(district, list(found), dirt)
    yield quarterly_marks_book(district, max(district.years))


def simulate(
    folder: Path,
    schools: int = 18,
    seed: int = DEMONSTRATION_SEED,
    *,
    years: Sequence[int] = YEARS,
    subjects: Sequence[str] | None = None,
    pupils_per_school: int | None = None,
    report: Callable[[str], None] | None = None,
) -> Simulated:
    """Write an invented district's files below ``folder``; ``report`` hears the path of each file when it is written.

    ``subjects`` are codes as in ``works.SUBJECTS`` («РУ», «МА», …).
    Raises ``ValueError`` for no school or more than ``schools.MOST_SCHOOLS``.
    """
    district = build_district(seed, schools, years=years, subjects=subjects, pupils_per_school=pupils_per_school)
    dirt: Counter[str] = Counter()
    files = []
    for book in books(district, dirt):
        write_book(folder, book)
        files.append(Written(book.path, book.what, book.participants))
        if report is not None:
            report(book.path)
    return Simulated(folder, seed, schools, tuple(files), {kind: n for kind, n in sorted(dirt.items()) if n})
