"""Works from a folder of protocols, for trials on real files. Nothing of them is kept but rates."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from msoko.core.analysis.panel import Group, Procedure
from msoko.core.analysis.validation.rows import NOT_ATTEMPTED, WorkRows
from msoko.core.collection import Assessed, Refused, judge, read
from msoko.core.collection.reading import Grain, Hints, Reading
from msoko.core.definitions.loading import Definitions
from msoko.core.vocabulary.statuses import RowStatus

ENDINGS = frozenset({".xlsx", ".xls", ".ods", ".csv"})
SUBJECTS, GRADES = ("russian", "mathematics"), (4, 5)
"""The works that the published method of 2021 looks at."""


class NoSuchWorks(ValueError):
    """The folder does not hold the four works of one year; the message says so in Russian."""


@dataclass(frozen=True)
class Chosen:
    """The four works of `year`, and those of the year before, which nobody touches: some signals look back.

    `region`: procedure → its group where the schools are but a part of the region, of which no more is known.
    """

    year: int
    works: tuple[WorkRows, ...]
    earlier: tuple[WorkRows, ...]
    region: Mapping[int, Group] = field(default_factory=dict)


def works_below(folder: Path, definitions: Definitions, report: Callable[[str], None] = lambda _: None) -> Chosen:
    """Reads every table below the folder; `report` hears its name.

    Raises NoSuchWorks. A file that is no protocol of such a work is passed over: the folder may hold others.
    """
    judged = []
    for path in sorted(one for one in folder.rglob("*") if one.suffix.lower() in ENDINGS):
        report(path.name)
        judged += [
            (reading, judge(reading, definitions)) for reading in _readings(path, folder, definitions) if _fits(reading)
        ]
    return chosen_works(list(_rows_of_all(judged, definitions)))


def _readings(path: Path, folder: Path, definitions: Definitions) -> list[Reading]:
    try:
        return read(path, path.name, Hints(str(path.relative_to(folder))), definitions)
    except Refused:
        return []


def _fits(reading: Reading) -> bool:
    naming = reading.naming
    is_named = naming.year is not None and naming.subject in SUBJECTS and naming.grade in GRADES
    return is_named and naming.procedure == "vpr" and reading.grain is Grain.PUPILS and reading.pupils is not None


def _rows_of_all(judged: Sequence[tuple[Reading, Assessed]], definitions: Definitions) -> Iterator[WorkRows]:
    """Schools are numbered over all works in the order of their logins."""
    logins = sorted({login for _, assessed in judged for login in pc.unique(assessed.table["login"]).to_pylist()})
    keys = {login: number for number, login in enumerate(logins, 1)}
    of_work: dict[tuple[object, ...], list[tuple[Reading, Assessed]]] = {}
    for reading, assessed in judged:
        naming = reading.naming
        of_work.setdefault((naming.year, naming.grade, naming.subject, assessed.items), []).append((reading, assessed))
    for number, (_, parts) in enumerate(sorted(of_work.items(), key=lambda pair: str(pair[0])), 1):
        table = pa.concat_tables([assessed.table for _, assessed in parts])
        yield _rows(table, procedure_of(number, *parts[0], definitions), keys)


def procedure_of(key: int, reading: Reading, assessed: Assessed, definitions: Definitions) -> Procedure:
    """As gathering makes it of a stored procedure. The reading names year, grade and subject."""
    naming = reading.naming
    subject = definitions.subjects[naming.subject or ""]
    year, grade = naming.year or 0, naming.grade or 0
    return Procedure(
        key=key,
        kind=naming.procedure,
        subject=subject.slug,
        grade=grade,
        year=year,
        subject_name=subject.name,
        subject_by=subject.by,
        code=subject.code,
        label=naming.label,
        pupils_grade=naming.pupils_grade or grade,
        academic_year=year - 1 if naming.academic_year is None else naming.academic_year,
        maximum=assessed.maxima.total,
        scale=assessed.scale,
        items=assessed.items,
    )


def _rows(table: pa.Table, procedure: Procedure, keys: dict[str, int]) -> WorkRows:
    """Those who were absent, and those whose items make a score; the rest is in no figure."""
    table = table.filter(pc.or_(pc.equal(table["status"], RowStatus.ABSENT.value), table["in_items"]))
    absent = pc.equal(table["status"], RowStatus.ABSENT.value).to_numpy()
    items = [table[f"item_{n}"].fill_null(NOT_ATTEMPTED).to_numpy() for n in range(1, len(procedure.items) + 1)]
    scores = np.column_stack(items).astype(np.int16)
    scores[absent] = NOT_ATTEMPTED
    return WorkRows(
        procedure=procedure,
        organisation=np.array([keys[login] for login in table["login"].to_pylist()], dtype=np.int64),
        class_name=np.array(table["class_name"].to_pylist(), dtype=str),
        items=scores,
        journal=table["journal_mark"].fill_null(0).to_numpy().astype(np.int8),
        is_absent=absent,
    )


def chosen_works(works: Iterable[WorkRows]) -> Chosen:
    """The last year that has all four works with a scale and known maxima. Raises NoSuchWorks."""
    usable = [work for work in works if work.procedure.scale and all(item.maximum for item in work.procedure.items)]
    wanted = {(subject, grade) for subject in SUBJECTS for grade in GRADES}
    for year in sorted({work.procedure.year for work in usable}, reverse=True):
        now, before = (tuple(one for one in usable if one.procedure.year == asked) for asked in (year, year - 1))
        if {(one.procedure.subject, one.procedure.grade) for one in now} >= wanted:
            return Chosen(year, now, before)
    raise NoSuchWorks("В папке нет четырёх работ ВПР одного года: русский язык и математика, 4 и 5 классы.")
