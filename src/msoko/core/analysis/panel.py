"""What a method of analysis is given: results of the schools of one region over some years, and nothing else.

A panel is plain data. Whoever makes it reads stored values and accepted facts; a method only computes.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from msoko.core.definitions.kinds import Scale, WorkItem
from msoko.core.monitoring.exam_scores import share_between
from msoko.core.monitoring.tally import Tally
from msoko.core.vocabulary.shares import Share

NO_MARKS = "нет отметок: шкала не известна"
NO_MINIMUM = "минимальный балл не указан"
NOBODY = "никто не участвовал"
NO_SCORES = "известна только сводная таблица без распределения баллов"
NO_N = "число участников не известно"


@dataclass(frozen=True)
class Procedure:
    """One work. `subject_by` reads «по математике», `code` is «МА»; `minimum` is the least test score that passes."""

    key: int
    kind: str
    subject: str
    grade: int
    year: int
    subject_name: str = ""
    subject_by: str = ""
    code: str = ""
    label: str = ""
    pupils_grade: int = 0
    academic_year: int = 0
    maximum: int | None = None
    scale: Scale | None = None
    minimum: int | None = None
    items: tuple[WorkItem, ...] = ()
    has_test_scores: bool = True  # an exam without them is told by marks: mathematics of the basic level

    @property
    def work(self) -> tuple[str, str, int, str]:
        """What is the same work in every year."""
        return self.kind, self.subject, self.grade, self.label

    @property
    def cohort(self) -> int:
        """The same for works that the same pupils wrote: the academic year in which they would have begun grade 0."""
        return self.academic_year - self.pupils_grade

    @property
    def sitting(self) -> tuple[str, int, int, int]:
        """What works have in common that the same pupils wrote in one go."""
        return self.kind, self.year, self.grade, self.cohort

    @property
    def is_exam(self) -> bool:
        """Is it told in test scores, with a least one that passes?"""
        return self.kind == "ege" and self.has_test_scores

    @property
    def inner_borders(self) -> tuple[int, ...]:
        """The highest scores of marks 2, 3 and 4; () where there is no scale."""
        return self.scale.bounds[:3] if self.scale else ()

    def told(self) -> dict[str, Any]:
        """What a statistic keeps of the procedure, for sentences and links."""
        return {
            "procedure": self.key,
            "kind": self.kind,
            "subject": self.subject,
            "name": self.subject_name,
            "by": self.subject_by,
            "grade": self.grade,
            "year": self.year,
        }


@dataclass(frozen=True)
class School:
    """What is known of a school beside its results. `municipality` and `region` are keys, None where unknown."""

    key: int
    name: str
    municipality: int | None = None
    region: int | None = None
    school_type: str = ""
    area: str = ""


@dataclass(frozen=True)
class Input:
    """What a result followed from: a stored value by its place and the hash of what it says."""

    procedure: int
    organisation: int
    hash: str
    class_name: str = ""


@dataclass(frozen=True)
class Group:
    """An organisation, or one class of it, in one procedure on the score asked for (the test score of an exam).

    `n` participants (absent ones are in no figure), `mean` and `sd` (n − 1) of the score, `mean_percent` of the
    maximum, `marks` 2…5 → participants, `journal` how many were lowered, confirmed, raised. None = not known.
    `packed_tally` is what `tally` is made from (the JSON of Tally.as_plain), taken apart when asked for; None where
    only an aggregate table is known, which may still tell scores in `table_histogram`.
    """

    organisation: int
    procedure: int
    n: int | None
    inputs: str = ""
    class_name: str = ""
    absent: int | None = None
    mean: float | None = None
    sd: float | None = None
    mean_percent: float | None = None
    marks: Mapping[int, int] | None = None
    journal: tuple[int, int, int] | None = None
    is_aggregate: bool = False
    packed_tally: str | None = field(default=None, repr=False)
    table_histogram: Mapping[int, int] | None = field(default=None, repr=False)

    @cached_property
    def tally(self) -> Tally | None:
        return Tally.from_plain(json.loads(self.packed_tally)) if self.packed_tally is not None else None

    @property
    def histogram(self) -> Mapping[int, int] | None:
        """Score → participants; of an aggregate table that tells scores, too."""
        return self.tally.histogram if self.tally is not None else self.table_histogram

    @property
    def input(self) -> Input:
        return Input(self.procedure, self.organisation, self.inputs, self.class_name)

    def why_no_mean(self) -> str:
        """In Russian; '' where the mean of somebody is known."""
        if not self.n:
            return NO_N if self.n is None else NOBODY
        return NO_SCORES if self.mean is None else ""

    def failed(self, procedure: Procedure) -> Share | str:
        """Those who did not pass (mark 2; below the minimum of an exam), or the reason why that is not known."""
        if procedure.is_exam:
            if procedure.minimum is None:
                return NO_MINIMUM
            if self.tally is None:
                return NO_SCORES
            return share_between(self.tally, 0, procedure.minimum - 1) if self.tally.participants else NOBODY
        if self.marks is None:
            return NO_MARKS if self.n else NOBODY
        return Share(self.marks[2], sum(self.marks.values()))


@dataclass(frozen=True)
class Pupils:
    """Rows of one procedure, one a participant in the population of the score; arrays of equal length.

    `organisation` int64 keys; `class_name`, `code` text; `items` int16 of shape (participants, items), −1 = not
    attempted; `total` int32.
    """

    organisation: NDArray[np.int64]
    class_name: NDArray[np.str_]
    code: NDArray[np.str_]
    items: NDArray[np.int16]
    total: NDArray[np.int32]


@dataclass(frozen=True)
class People:
    """Rows of one procedure, one a participant in the population of the score; arrays of equal length.

    `person`: text, the same for one pupil in every work of a sitting, '' = not known; it is never told to anybody.
    `organisation` int64 keys; `class_name`, `code`, `sex` text; `score` int32 (of an exam the test score);
    `printed_mark` int8, 0 = none. `why_not`: schools of which no row can be put together, and why.
    """

    organisation: NDArray[np.int64]
    person: NDArray[np.str_]
    class_name: NDArray[np.str_]
    code: NDArray[np.str_]
    sex: NDArray[np.str_]
    score: NDArray[np.int32]
    printed_mark: NDArray[np.int8]
    why_not: Mapping[int, str] = field(default_factory=dict)


COLUMNS = ("organisation", "person", "class_name", "code", "sex", "score", "printed_mark")
"""Of `People`, its arrays."""


@dataclass(frozen=True)
class NoReference:
    """Why a procedure has no region to compare with, in Russian."""

    reason: str


@dataclass(frozen=True)
class Panel:
    """`schools`, `municipalities`: procedure → organisation → group. `classes`: procedure → groups.

    `region`: procedure → its group, or why there is none. `organisations`: the schools by key. `records`: rows of our
    own forms by the form's slug, each with `organisation` and the form's columns. `pupils`: procedure → rows, read when
    asked for; `people`: the same of rows that may be put together with those of other works, or why they may not.
    `grade` and `subject` narrow what is asked about, never what it is compared with.
    """

    year: int
    procedures: tuple[Procedure, ...]
    organisations: Mapping[int, School]
    schools: Mapping[int, Mapping[int, Group]]
    municipalities: Mapping[int, Mapping[int, Group]] = field(default_factory=dict)
    region: Mapping[int, Group | NoReference] = field(default_factory=dict)
    classes: Mapping[int, Sequence[Group]] = field(default_factory=dict)
    records: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    pupils: Mapping[int, Pupils] = field(default_factory=dict)
    people: Mapping[int, People | str] = field(default_factory=dict)
    grade: int | None = None
    subject: str | None = None

    @cached_property
    def by_key(self) -> dict[int, Procedure]:
        return {procedure.key: procedure for procedure in self.procedures}

    @cached_property
    def territories(self) -> set[int]:
        """Municipalities and the region, by key: a method may speak of them, too."""
        regions = {group.organisation for group in self.region.values() if isinstance(group, Group)}
        return regions | {key for groups in self.municipalities.values() for key in groups}

    def of_year(self, year: int) -> list[Procedure]:
        return [procedure for procedure in self.procedures if procedure.year == year]

    def asked(self) -> list[Procedure]:
        """The procedures of the panel's year in the grade and subject asked about."""
        return [
            one
            for one in self.of_year(self.year)
            if self.grade in (None, one.grade) and self.subject in (None, one.subject)
        ]

    def same_work(self, procedure: Procedure, year: int) -> Procedure | None:
        """The same work in another year."""
        found = [one for one in self.of_year(year) if one.work == procedure.work]
        return found[0] if found else None

    def groups(self, procedure: Procedure) -> Mapping[int, Group]:
        """School → group; {} where no school is known."""
        return self.schools.get(procedure.key, {})

    def each_school(self, procedure: Procedure) -> Iterator[tuple[School, Group]]:
        """Schools in the order of their keys, so that no result depends on how rows happened to come."""
        groups = self.groups(procedure)
        for key in sorted(groups):
            if key in self.organisations:
                yield self.organisations[key], groups[key]

    def reference(self, procedure: Procedure) -> Group | NoReference:
        """The region's own group: a municipality alone is never taken for it."""
        return self.region.get(procedure.key, NoReference("результатов региона в системе нет"))

    def of_last(self, years: int) -> "Panel":
        """Without the procedures of the years before, which a method that looks at fewer must not see."""
        return replace(self, procedures=tuple(one for one in self.procedures if one.year > self.year - years))

    def narrowed(self, grade: int | None, subject: str | None) -> "Panel":
        return replace(self, grade=grade, subject=subject)
