"""One work written in one year by all who should: columns of plain numpy arrays, ready for files and for benchmarks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from msoko.simulation.difficulty import curves
from msoko.simulation.pupils import Pupils, pupils_of
from msoko.simulation.randomness import stream
from msoko.simulation.schools import School, schools
from msoko.simulation.works import ALL_WORKS, SUBJECT_CODES, Work

YEARS = (2024, 2025, 2026)
NOT_ATTEMPTED = -1
# A day is better or worse for one pupil by a quarter of the spread between pupils.
SPREAD_OF_THE_DAY = 0.25
# Journal mark: 0.75 of ability and this noise correlate by about 0.75 with ability; cuts give about 2, 33, 45, 20 per
# cent.
JOURNAL_ABILITY, JOURNAL_NOISE = 0.75, 0.50
JOURNAL_CUTS = (-1.90, -0.36, 0.78)
ABSENT_BETWEEN = (0.06, 0.12)
# Every third failure of a pupil below the mean is an item he did not start.
GIVES_UP = 0.22


@dataclass(frozen=True, eq=False)
class Sitting:
    """Rows of one work in one year, ordered by school, class and pupil; N rows, k items.

    ``pupil`` points into ``District.pupils``; ``items`` has −1 where an item was not attempted and in rows of absent
    pupils; ``journal`` is 2…5, 0 where the journal has no mark; ``topic_not_taught`` is the column of items that one
    school skipped.
    """

    work: Work
    year: int
    pupil: NDArray[np.intp]
    school: NDArray[np.int32]
    letter: NDArray[np.int8]
    is_boy: NDArray[np.bool_]
    serial: NDArray[np.int32]
    is_absent: NDArray[np.bool_]
    variant: NDArray[np.int8]
    items: NDArray[np.int8]
    journal: NDArray[np.int8]
    topic_not_taught: tuple[int, int] | None = None

    @cached_property
    def total(self) -> NDArray[np.int32]:
        """Primary scores; 0 for the absent."""
        return np.maximum(self.items, 0).sum(axis=1, dtype=np.int32)

    @cached_property
    def mark(self) -> NDArray[np.int8]:
        """Band 2…5 by the work's borders; ОГЭ maths also wants two points in geometry for a 3."""
        mark = np.searchsorted(np.array(self.work.borders), self.total, side="left").astype(np.int8) + np.int8(2)
        if self.work.geometry:
            geometry = np.maximum(self.items[:, list(self.work.geometry)], 0).sum(axis=1)
            mark = np.where(geometry < 2, np.int8(2), mark)
        return mark

    @property
    def present(self) -> NDArray[np.bool_]:
        """Who wrote the work."""
        return ~self.is_absent

    def take(self, rows: NDArray) -> Sitting:
        """The same sitting with some rows only (a mask or positions)."""
        names = ("pupil", "school", "letter", "is_boy", "serial", "is_absent", "variant", "items", "journal")
        return replace(self, **{name: getattr(self, name)[rows] for name in names})


@dataclass(frozen=True, eq=False)
class District:
    """Schools, their pupils and which works are written in which years."""

    seed: int
    schools: list[School]
    years: tuple[int, ...]
    works: tuple[Work, ...]
    pupils: Pupils


def build_district(
    seed: int,
    school_count: int = 18,
    *,
    years: Sequence[int] = YEARS,
    subjects: Sequence[str] | None = None,
    kinds: Sequence[str] = ("ВПР", "ОГЭ", "ЕГЭ"),
    grades: Sequence[int] | None = None,
    pupils_per_school: int | None = None,
) -> District:
    """Draw schools and pupils; the named arguments bound the size (``subjects``: codes of ``works.SUBJECTS``)."""
    found = schools(seed, school_count, pupils_per_school)
    works = tuple(
        work
        for work in ALL_WORKS
        if work.kind in kinds
        and (subjects is None or work.subject in subjects)
        and (grades is None or work.grade in grades)
    )
    return District(seed, found, tuple(years), works, pupils_of(seed, found, years))


def is_written(work: Work, year: int) -> bool:
    """History and biology of grades 5 and 6 take turns; every other work is written every year."""
    if work.kind != "ВПР" or work.subject not in ("ИС", "БИ"):
        return True
    return (work.subject == "ИС") == ((year + work.grade) % 2 == 1)


def _takes(work: Work, pupils: Pupils) -> NDArray[np.bool_]:
    """Who takes an exam: Russian all, maths one of two levels, the rest by choice (two works after grade 9)."""
    first, second = pupils.chance[:, 0], pupils.chance[:, 1]
    choices = {"ОБ": (0.0, 0.62), "ГЕ": (0.35, 0.95), "ИН": (0.62, 1.0), "БИ": (0.95, 1.35)}
    if work.kind == "ОГЭ" and work.subject in choices:
        low, high = choices[work.subject]
        return ((second >= low) & (second < high)) | (second + 1 < high)
    if work.subject == "МА" and work.level:
        wants_profile = pupils.ability[:, 1] + 2 * (first - 0.5) > 0.35
        return wants_profile == (work.level == "П")
    seniors = {"ОБ": (0.0, 0.45), "БИ": (0.45, 0.65), "ФИ": (0.65, 0.85)}
    low, high = seniors.get(work.subject, (0.0, 2.0)) if work.kind == "ЕГЭ" else (0.0, 2.0)
    return (second >= low) & (second < high)


def _writers(district: District, work: Work, year: int) -> NDArray[np.intp]:
    rows = district.pupils.in_grade(work.grade, year)
    return rows if work.kind == "ВПР" else rows[_takes(work, district.pupils.take(rows))]


@dataclass(frozen=True, eq=False)
class _Lot:
    """All chance that one school meets in one sitting; columns of n pupils (``items``: n × k)."""

    items: NDArray[np.float32]
    gives_up: NDArray[np.float32]
    day: NDArray[np.float64]
    journal: NDArray[np.float64]
    plain: NDArray[np.float64]
    drift: NDArray[np.float64]
    absent_share: NDArray[np.float64]


def _lot(district: District, work: Work, year: int, school: int, count: int) -> _Lot:
    of_school = stream(district.seed, "school-year", school, year, work.subject)
    drift, share = 0.08 * of_school.standard_normal(), of_school.uniform(*ABSENT_BETWEEN)
    lot = stream(district.seed, "answers", work.code, year, school)
    shape = (count, len(work.items))
    return _Lot(
        lot.random(shape, dtype=np.float32),
        lot.random(shape, dtype=np.float32),
        lot.standard_normal(count),
        lot.standard_normal(count),
        lot.random((count, 3)),
        np.full(count, drift),
        np.full(count, share),
    )


def _lots(district: District, work: Work, year: int, school: NDArray[np.int32]) -> _Lot:
    found, counts = np.unique(school, return_counts=True)
    lots = [_lot(district, work, year, int(s), int(n)) for s, n in zip(found, counts, strict=True)]
    return _Lot(**{name: np.concatenate([getattr(lot, name) for lot in lots]) for name in _Lot.__dataclass_fields__})


def _answers(work: Work, ability: NDArray, lots: _Lot) -> NDArray[np.int8]:
    """Scores n × k; a failed item is now and then not attempted, more often by the weak."""
    fitted = curves(work)
    scores = np.empty(lots.items.shape, dtype=np.int8)
    for item in range(len(work.items)):
        scores[:, item] = (lots.items[:, [item]] < fitted.reaching(item, ability)).sum(axis=1)
    gives_up = GIVES_UP / (1 + np.exp(1.2 * ability))
    scores[(scores == 0) & (lots.gives_up < gives_up[:, None])] = NOT_ATTEMPTED
    return scores


def journal_marks(ability: NDArray, leniency: NDArray | float, noise: NDArray) -> NDArray[np.int8]:
    """Marks 2…5 that teachers give: ability, the school's leniency, and what only the teacher knows."""
    seen = JOURNAL_ABILITY * ability + leniency + JOURNAL_NOISE * noise
    return np.searchsorted(np.array(JOURNAL_CUTS), seen).astype(np.int8) + np.int8(2)


def sit(district: District, work: Work, year: int) -> Sitting:
    """Let everyone write one work, honestly; ``planting.planted`` adds what is hidden on purpose."""
    rows = _writers(district, work, year)
    pupils = district.pupils.take(rows)
    if not len(rows):
        raise ValueError(f"nobody writes {work.code} in {year}")
    lots = _lots(district, work, year, pupils.school)
    lasting = pupils.ability[:, SUBJECT_CODES.index(work.subject)] + lots.drift
    leniency = np.array([school.leniency for school in district.schools])[pupils.school]
    journal = journal_marks(lasting, leniency, lots.journal)
    items = _answers(work, lasting + SPREAD_OF_THE_DAY * lots.day, lots)
    is_absent = (lots.plain[:, 0] < lots.absent_share) & (work.kind == "ВПР")
    items[is_absent] = NOT_ATTEMPTED
    return Sitting(
        work,
        year,
        rows,
        pupils.school,
        pupils.letter,
        pupils.is_boy,
        pupils.serial,
        is_absent,
        (1 + (lots.plain[:, 1] * 2).astype(np.int8)).astype(np.int8),
        items,
        np.where(lots.plain[:, 2] < 0.01, np.int8(0), journal),
    )


def planned(district: District) -> Iterator[tuple[Work, int]]:
    """Works and years in the order of their files; a work that nobody writes leaves no file."""
    for year in district.years:
        for work in district.works:
            if is_written(work, year) and len(_writers(district, work, year)):
                yield work, year
