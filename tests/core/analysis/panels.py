"""Panels drawn by hand: who sat which work with which scores, without files and databases."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from zlib import crc32

import numpy as np

from msoko.core.analysis.panel import Group, NoReference, Panel, Procedure, Pupils, School
from msoko.core.analysis.parameters import with_values
from msoko.core.definitions.kinds import Method, Scale, WorkItem
from msoko.core.definitions.loading import Definitions
from msoko.core.monitoring.describing import describe
from msoko.core.monitoring.tally import Cell, Tally, add_up
from msoko.core.vocabulary.statuses import RowStatus

BOUNDS = (5, 9, 14, 20)  # of a work of twenty points: upper scores of marks 2, 3, 4, 5
REGION = 1
NAMES = {
    "mathematics": ("математика", "по математике", "МА"),
    "russian": ("русский язык", "по русскому языку", "РУ"),
    "history": ("история", "по истории", "ИС"),
}

Scored = int | tuple[int, int | None]
"""A participant: the score, or the score and the journal mark."""


def method(name: str) -> Method:
    """A method of the package."""
    return Definitions.load().methods[name]


def parameters(name: str, **asked: Any) -> dict[str, Any]:
    """The parameters of a method of the package with some of them set."""
    return with_values(method(name), asked)


def work(
    key: int,
    subject: str = "mathematics",
    grade: int = 5,
    year: int = 2025,
    kind: str = "vpr",
    bounds: tuple[int, int, int, int] | None = BOUNDS,
    maximum: int = 20,
    minimum: int | None = None,
    items: Sequence[WorkItem] = (),
) -> Procedure:
    """A procedure whose pupils wrote it in spring, in the grade of the work."""
    name, by, code = NAMES[subject]
    scale = Scale(kind, year, subject, grade, bounds, "official", "a test") if bounds else None
    return Procedure(
        key=key,
        kind=kind,
        subject=subject,
        grade=grade,
        year=year,
        subject_name=name,
        subject_by=by,
        code=code,
        pupils_grade=grade,
        academic_year=year - 1,
        maximum=maximum,
        scale=scale,
        minimum=minimum,
        items=tuple(items),
    )


def school(key: int, municipality: int = 2, school_type: str = "secondary", area: str = "rural") -> School:
    return School(key, f"Школа № {key}", municipality, REGION, school_type, area)


def tally_of(scored: Iterable[Scored], absent: int = 0) -> Tally:
    """A tally of participants by score and journal mark."""
    pairs = [one if isinstance(one, tuple) else (one, None) for one in scored]
    cells = Counter(Cell(score, mark) for score, mark in pairs)
    statuses = Counter({RowStatus.VALID.value: len(pairs), RowStatus.ABSENT.value: absent})
    return Tally({status: n for status, n in statuses.items() if n}, dict(cells))


def group(procedure: Procedure, organisation: int, tally: Tally, class_name: str = "") -> Group:
    """What is stored of a tally, as gathering makes it."""
    figures = describe(tally, procedure.maximum, procedure.scale)
    journal = figures.journal
    packed = json.dumps(tally.as_plain())
    return Group(
        organisation=organisation,
        procedure=procedure.key,
        n=figures.participants,
        inputs=f"{procedure.key}/{organisation}/{class_name}/{crc32(packed.encode())}",
        class_name=class_name,
        absent=figures.absent,
        mean=figures.mean,
        sd=figures.sd,
        mean_percent=figures.mean_percent,
        marks=figures.marks,
        journal=(journal.lowered, journal.confirmed, journal.raised) if journal else None,
        packed_tally=packed,
    )


def panel_of(
    results: Mapping[Procedure, Mapping[int, Sequence[Scored]]],
    year: int | None = None,
    schools: Iterable[School] = (),
    with_region: bool = True,
    **more: Any,
) -> Panel:
    """A panel of these scores: procedure → school → its participants. The region is all of them together."""
    known = {one.key: one for one in schools}
    keys = {key for by_school in results.values() for key in by_school}
    organisations = {key: known.get(key) or school(key) for key in sorted(keys | set(known))}
    tallies = {one: {key: tally_of(scored) for key, scored in by_school.items()} for one, by_school in results.items()}
    wholes = {one: add_up(by_school.values()) for one, by_school in tallies.items()}
    return Panel(
        year=max((one.year for one in results), default=2025) if year is None else year,
        procedures=tuple(results),
        organisations=organisations,
        schools={
            one.key: {key: group(one, key, tally) for key, tally in by_school.items()}
            for one, by_school in tallies.items()
        },
        municipalities=more.pop("municipalities", None) or _municipalities(tallies, organisations),
        region={
            one.key: group(one, REGION, whole) if with_region else NoReference("региона нет")
            for one, whole in wholes.items()
        },
        **more,
    )


def _municipalities(
    tallies: Mapping[Procedure, Mapping[int, Tally]], organisations: Mapping[int, School]
) -> dict[int, dict[int, Group]]:
    found: dict[int, dict[int, Group]] = {}
    for one, by_school in tallies.items():
        parts: dict[int, list[Tally]] = {}
        for key, tally in by_school.items():
            parts.setdefault(organisations[key].municipality or 0, []).append(tally)
        found[one.key] = {key: group(one, key, add_up(tallies)) for key, tallies in parts.items()}
    return found


def with_classes(panel: Panel, classes: Mapping[Procedure, Mapping[tuple[int, str], Sequence[Scored]]]) -> Panel:
    """The panel with classes: procedure → (school, class) → participants."""
    groups = {
        one.key: [group(one, key, tally_of(scored), name) for (key, name), scored in by_class.items()]
        for one, by_class in classes.items()
    }
    return replace(panel, classes=groups)


def pupils(rows: Sequence[tuple[int, str, Sequence[int]]]) -> Pupils:
    """Rows (school, class, scores of items; −1 = not attempted)."""
    items = np.array([scores for _, _, scores in rows], dtype=np.int16).reshape(len(rows), -1)
    return Pupils(
        organisation=np.array([key for key, _, _ in rows], dtype=np.int64),
        class_name=np.array([name for _, name, _ in rows], dtype=str),
        code=np.array([str(number) for number in range(len(rows))], dtype=str),
        items=items,
        total=np.maximum(items, 0).sum(axis=1).astype(np.int32),
    )
