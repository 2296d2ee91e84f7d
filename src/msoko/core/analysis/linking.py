"""Results of one pupil in several works of a sitting, put together; and how well the files bear that out.

A pupil is a code within a school where the files' codes allow it, else a keyed hash (core.collection.linking). Who
stands twice in a work is left out: nobody can say which of the two is in the other works.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from msoko.core.analysis.outcome import NotComputed
from msoko.core.analysis.panel import COLUMNS, NO_MARKS, NO_MINIMUM, Input, Panel, People, Procedure
from msoko.core.analysis.parameters import Parameters
from msoko.core.analysis.rates import Plain, share_of, share_told
from msoko.core.vocabulary.procedures import kind_name
from msoko.core.vocabulary.russian import NBSP, share_in_words
from msoko.core.vocabulary.shares import Share

TOO_FEW = {
    2: "известны результаты одного предмета, а связать нужно хотя бы два",
    3: "известны результаты меньше чем трёх предметов, а связать нужно хотя бы три",
}
"""Subjects that a figure needs → why it is not computed."""
ONE_SUBJECT = "спрошено об одном предмете: связывать результаты не с чем"
NO_ROWS = "строк участников нет, известна только сводная таблица: результаты разных работ связать нельзя"
NOBODY_LINKED = "нет ни одного ученика, чьи результаты двух работ удалось связать"
FEWEST_COMPARED = 10
"""Pairs of rows: of fewer even codes of different pupils agree by chance."""
EXAMS = ("oge", "ege", "gve")
SEX, CLASS = "sex", "class"
WORDS = {SEX: "пол", CLASS: "класс"}
LEAST = {SEX: "least_sex", CLASS: "least_class"}
"""What is compared → the parameter below which codes are not believed to be one pupil's."""


@dataclass(frozen=True)
class Linked:
    """Rows of several works, ordered by pupil and work; arrays of equal length.

    `pupil` int64 numbers from 0, `work` int64 places in `works`; the others as in `People`.
    """

    works: tuple[Procedure, ...]
    pupil: NDArray[np.int64]
    work: NDArray[np.int64]
    organisation: NDArray[np.int64]
    class_name: NDArray[np.str_]
    code: NDArray[np.str_]
    sex: NDArray[np.str_]
    score: NDArray[np.int32]
    printed_mark: NDArray[np.int8]
    why_not: Mapping[int, str] = field(default_factory=dict)

    @cached_property
    def schools(self) -> NDArray[np.int64]:
        """The organisation of every pupil."""
        found = np.zeros(int(self.pupil.max()) + 1 if len(self.pupil) else 0, np.int64)
        found[self.pupil] = self.organisation
        return found

    @cached_property
    def subjects(self) -> list[str]:
        """Of the works, each once: who sat an exam twice sat one subject."""
        return list(dict.fromkeys(one.subject for one in self.works))

    def take(self, rows: NDArray[np.bool_]) -> "Linked":
        columns = ("pupil", "work", *COLUMNS)
        return replace(self, **{name: getattr(self, name)[rows] for name in columns if name != "person"})

    def agreement(self, what: str) -> dict[int, Share]:
        """School → of the pairs of a pupil's neighbouring rows that both tell it, those that tell the same."""
        column = self.sex if what == SEX else self.class_name
        both = (self.pupil[1:] == self.pupil[:-1]) & (column[1:] != "") & (column[:-1] != "")
        return shares_by_school(self.organisation[1:][both], (column[1:] == column[:-1])[both])

    def inputs(self, school: int) -> tuple[Input, ...]:
        """What was linked in a school, by a hash of who wrote what with which score, the same in whatever order."""
        first, last = self._places.get(school, (0, 0))
        here = self._by_school[first:last]
        said = np.column_stack([one[here].astype(np.int64) for one in (self.work, self.score, self.printed_mark)])
        starts = [0, *(np.flatnonzero(np.diff(self.pupil[here])) + 1).tolist(), len(said)]
        rows = sorted(said[start:end].tobytes() for start, end in pairwise(starts))
        digest = hashlib.blake2b(b"|".join(rows), digest_size=8).hexdigest()
        return tuple(Input(one.key, school, digest) for one in self.works)

    @cached_property
    def _by_school(self) -> NDArray[np.int64]:
        return np.argsort(self.organisation, kind="stable")

    @cached_property
    def _places(self) -> dict[int, tuple[int, int]]:
        """School → its first place in `_by_school` and the one after its last."""
        schools, first = np.unique(self.organisation[self._by_school], return_index=True)
        ends = np.append(first, len(self.organisation))[1:]
        return dict(zip(schools.tolist(), zip(first.tolist(), ends.tolist(), strict=True), strict=True))


def shares_by_school(schools: NDArray[np.int64], are_so: NDArray[np.bool_]) -> dict[int, Share]:
    """School → how many of its entries are so."""
    found, place = np.unique(schools, return_inverse=True)
    k = np.bincount(place, are_so, minlength=len(found)).astype(int).tolist()
    n = np.bincount(place, minlength=len(found)).tolist()
    return {school: Share(*pair) for school, *pair in zip(found.tolist(), k, n, strict=True)}


def sittings_of(procedures: Sequence[Procedure]) -> list[list[Procedure]]:
    """The procedures that the same pupils wrote in one go, together."""
    found: dict[tuple[str, int, int, int], list[Procedure]] = {}
    for one in procedures:
        found.setdefault(one.sitting, []).append(one)
    return list(found.values())


def linked(
    panel: Panel, works: Sequence[Procedure], fewest: int, with_marks: bool = True
) -> tuple[Linked | None, list[NotComputed]]:
    """The works of one sitting, and why some are not among them; None where fewer than `fewest` subjects are left."""
    people: dict[Procedure, People] = {}
    silent: list[NotComputed] = []
    for one in works:
        rows = panel.people.get(one.key, NO_ROWS)
        why_not = rows if isinstance(rows, str) else _why_no_marks(one, rows) if with_marks else ""
        if why_not:
            silent.append(NotComputed(None, why_not, one.key))
        elif isinstance(rows, People):
            people[one] = rows
    if len({one.subject for one in people}) >= fewest:
        return put_together(people), silent
    return None, [*silent, *(NotComputed(None, TOO_FEW[fewest], one.key) for one in people)]


def put_together(people: Mapping[Procedure, People]) -> Linked:
    """Rows of the works of one sitting, by pupil."""
    columns = {name: np.concatenate([getattr(rows, name) for rows in people.values()]) for name in COLUMNS}
    silent = {school: why for rows in people.values() for school, why in rows.why_not.items()}
    work = np.repeat(np.arange(len(people)), [len(rows.score) for rows in people.values()])
    person = columns.pop("person")
    pupil = _numbered(columns["organisation"], person)
    order = np.lexsort((work, pupil))
    order = order[person[order] != ""]
    found = Linked(
        tuple(people),
        pupil[order],
        work[order],
        **{name: column[order] for name, column in columns.items()},
        why_not=silent,
    )
    twice = (found.pupil[1:] == found.pupil[:-1]) & (found.work[1:] == found.work[:-1])
    return found.take(~np.isin(found.pupil, found.pupil[1:][twice]))


def _numbered(schools: NDArray[np.int64], persons: NDArray[np.str_]) -> NDArray[np.int64]:
    """A number a school and person. A dictionary is several times faster here than sorting so many texts."""
    known: dict[tuple[int, str], int] = {}
    pairs = zip(schools.tolist(), persons.tolist(), strict=True)
    return np.array([known.setdefault(pair, len(known)) for pair in pairs], dtype=np.int64)


def doubts(found: Linked, parameters: Parameters) -> dict[int, str]:
    """Schools whose codes seem to be of different pupils in different works, and why."""
    said: dict[int, str] = {}
    for what in (SEX, CLASS):
        for school, share in found.agreement(what).items():
            if share.n >= FEWEST_COMPARED and 100 * share.k < parameters[LEAST[what]] * share.n:
                said.setdefault(school, _doubt(what, share))
    return said


def _doubt(what: str, share: Share) -> str:
    agreed = f"{WORDS[what]} совпал только в{NBSP}{share_in_words(share)} пар связанных строк"
    return f"{agreed}: похоже, код в{NBSP}разных работах здесь{NBSP}— не{NBSP}один и{NBSP}тот{NBSP}же ученик"


def agreements_told(found: Linked) -> dict[int, Plain]:
    """School → how often sex and class agreed; None for what the files do not tell."""
    by_what = {what: found.agreement(what) for what in (SEX, CLASS)}
    schools = {school for shares in by_what.values() for school in shares}
    return {
        school: {what: share_told(shares[school]) if school in shares else None for what, shares in by_what.items()}
        for school in schools
    }


def failed(found: Linked) -> NDArray[np.int8]:
    """A row each: 1 did not pass (mark 2; below the minimum of an exam), 0 passed, −1 nobody knows."""
    said = np.full(len(found.pupil), -1, np.int8)
    for place, work in enumerate(found.works):
        rows = found.work == place
        said[rows] = _failed(work, found.score[rows], found.printed_mark[rows])
    return said


def _why_no_marks(work: Procedure, rows: People) -> str:
    """Why nobody can say who passed; '' where somebody can."""
    if work.is_exam:
        return "" if work.minimum is not None else NO_MINIMUM
    return "" if work.scale is not None or rows.printed_mark.any() else NO_MARKS


def _failed(work: Procedure, score: NDArray[np.int32], printed: NDArray[np.int8]) -> NDArray[np.int8]:
    """As `core.monitoring.marking` does it, for arrays: the scale, or the print where there is none or it asks more."""
    if work.is_exam:
        return np.where(score < (work.minimum or 0), 1, 0).astype(np.int8)
    by_print = np.select([printed == 2, printed > 2], [1, 0], -1)
    if work.scale is None:
        return by_print.astype(np.int8)
    passed, most = work.scale.bounds[0], work.scale.maximum
    by_scale = np.select([(score < 0) | (score > most), score <= passed], [-1, 1], 0)
    return np.where((by_print >= 0) & bool(work.scale.conditions), by_print, by_scale).astype(np.int8)


def unsaid(panel: Panel, found: Linked, doubted: Mapping[int, str], told: Collection[int]) -> list[NotComputed]:
    """Schools that sat two of the works and of which nothing is told, and why."""
    sat = Counter(school.key for work in found.works for school, _ in panel.each_school(work))
    silent = sorted(school for school, n in sat.items() if n > 1 and school not in told)
    reasons = {**found.why_not, **doubted}
    return [NotComputed(school, reasons.get(school, NOBODY_LINKED), found.works[0].key) for school in silent]


def place_of_sitting(work: Procedure) -> str:
    """What tells sittings of one school and year apart: «vpr/5/2020», kind, grade and cohort."""
    return f"{work.kind}/{work.grade}/{work.cohort}"


def place_in_words(told: Mapping[str, Any]) -> str:
    """«ВПР, 5 класс», «ЕГЭ»."""
    kind = kind_name(told["kind"])
    return kind if told["kind"] in EXAMS else f"{kind}, {told['grade']}{NBSP}класс"


def agreement_in_words(told: Mapping[str, Plain | None]) -> str:
    """« Совпало в парах связанных строк: пол — в 98 % (…), класс — в 99 % (…).»; '' where the files tell neither."""
    known = {WORDS[what]: share_of(share) for what, share in told.items() if share}
    said = [f"{word}{NBSP}— в{NBSP}{share_in_words(share)}" for word, share in known.items()]
    return f" Совпало в{NBSP}парах связанных строк: {', '.join(said)}." if said else ""
