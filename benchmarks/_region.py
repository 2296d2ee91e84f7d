"""An invented region of any size in a home of its own, loaded by the road of real files."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from msoko.simulation.books import Book
    from msoko.simulation.sittings import District, Sitting

SEED = 2026
EXAMS = {"ОГЭ": 9, "ЕГЭ": 11}


@dataclass(frozen=True)
class Region:
    """How many schools, the ВПР of which subjects (codes), grades and years, and the mean number of pupils a school.

    ``with_context``: ОГЭ and ЕГЭ of the same subjects, yearly marks, social passports and staff come in, too.
    """

    schools: int
    subjects: Sequence[str]
    grades: Sequence[int]
    years: Sequence[int]
    pupils_per_school: int | None = None
    with_context: bool = False


def use_home(home: Path) -> None:
    """Set Django up on this home; a process has one home for life."""
    home.mkdir(parents=True, exist_ok=True)
    os.environ["MSOKO_HOME"] = str(home.resolve())
    os.environ.pop("DATABASE_URL", None)
    os.environ["MSOKO_LOG"] = "WARNING"
    from msoko.cli.database import ready

    ready()


def protocols(region: Region, folder: Path) -> Iterator[Path]:
    """Writes the register and the protocols of the region; the register comes first."""
    from msoko.simulation.books import write_book

    for book in _books(region):
        yield write_book(folder, book)


def _books(region: Region) -> Iterator["Book"]:
    from msoko.simulation.own_files import register_book
    from msoko.simulation.planting import sittings
    from msoko.simulation.sittings import build_district
    from msoko.simulation.vpr_files import protocol

    district = build_district(
        SEED,
        region.schools,
        years=region.years,
        subjects=region.subjects,
        kinds=("ВПР", *EXAMS) if region.with_context else ("ВПР",),
        grades=(*region.grades, *EXAMS.values()) if region.with_context else region.grades,
        pupils_per_school=region.pupils_per_school,
    )
    yield register_book(district)
    found = list(sittings(district))
    for sitting in found:
        if sitting.work.kind == "ВПР":
            yield protocol(sitting, district.schools, Counter())
    if region.with_context:
        yield from _context(district, found)


def _context(district: "District", found: Sequence["Sitting"]) -> Iterator["Book"]:
    from msoko.simulation.exam_files import exam_books
    from msoko.simulation.marks_files import yearly_marks_book
    from msoko.simulation.own_files import social_passport_book, staff_book

    yield social_passport_book(district)
    yield staff_book(district)
    for year in district.years:
        yield yearly_marks_book(district, year)
        for kind in EXAMS:
            yield from exam_books([s for s in found if s.work.kind == kind and s.year == year], district.schools)


def load(region: Region) -> None:
    """Everything accepted; the values are still to be computed."""
    with TemporaryDirectory() as folder:
        for path in protocols(region, Path(folder)):
            accept_file(path, Path(folder))


def accept_file(path: Path, folder: Path) -> None:
    from msoko.core.collection.reading import Hints
    from msoko.web.collection.services import accept, read_received, receive_path

    for received in receive_path(path, Hints(), named=str(path.relative_to(folder))):
        for batch in read_received(received):
            accept(batch, None, create_missing=True)
