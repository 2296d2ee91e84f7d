"""Pupils with mark 2 in two subjects or more: how many of those who wrote at least two, never who.

Who they are, by code, `codes_of_two_marks` tells to the page of their own school and to nobody else.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from msoko.core.analysis.choosing import chosen
from msoko.core.analysis.headings import nothing_asked
from msoko.core.analysis.linking import (
    ONE_SUBJECT,
    Linked,
    agreement_in_words,
    agreements_told,
    doubts,
    failed,
    linked,
    place_in_words,
    place_of_sitting,
    shares_by_school,
    sittings_of,
    unsaid,
)
from msoko.core.analysis.outcome import NotComputed, OfProcedure, Outcome, Result, Told
from msoko.core.analysis.panel import Panel
from msoko.core.analysis.parameters import Parameters
from msoko.core.analysis.rates import Plain, share_of, share_told
from msoko.core.vocabulary.russian import NBSP, join_with_and, share_in_words
from msoko.core.vocabulary.shares import Share

ALL, MANDATORY = "all", "mandatory"
TWO = 2


def compute(panel: Panel, parameters: Parameters) -> Outcome:
    """One figure a school and sitting (kind, grade); its interval is that of the share over all subjects, per cent."""
    if panel.subject is not None:
        return Outcome(not_computed=(NotComputed(None, ONE_SUBJECT),))
    asked = chosen(panel.asked(), parameters["procedures"])
    mandatory = {one.subject for one in chosen(asked, parameters["subjects"])}
    results: list[Result] = []
    not_computed = nothing_asked(panel, asked)
    procedures: list[OfProcedure] = []
    territory: dict[str, Plain] = {}
    for works in sittings_of(asked):
        found, silent = linked(panel, works, TWO)
        not_computed += silent
        if found is None:
            continue
        sitting = _Sitting(panel, found, mandatory, parameters)
        here = list(sitting.results())
        results += here
        not_computed += unsaid(panel, found, sitting.doubts, {one.organisation for one in here})
        procedures += [OfProcedure(one.key, len(here), ()) for one in found.works]
        territory[sitting.place] = sitting.together(here)
    return Outcome(tuple(results), tuple(procedures), tuple(not_computed), territory=territory)


class _Sitting:
    """Works that the same pupils wrote: of every school those who failed two of them."""

    def __init__(self, panel: Panel, found: Linked, mandatory: set[str], parameters: Parameters) -> None:
        self._panel, self._found = panel, found
        self.doubts, self._agreements = doubts(found, parameters), agreements_told(found)
        asked = [one for one in found.subjects if one in mandatory]
        self._mandatory = asked if 1 < len(asked) < len(found.subjects) else []
        self._shares = {ALL: _failed_two(found, found.subjects), MANDATORY: _failed_two(found, self._mandatory)}
        self.place = place_of_sitting(found.works[0])

    def results(self) -> Iterator[Result]:
        for school, share in sorted(self._shares[ALL].items()):
            told = share_told(share)
            if school in self._panel.organisations and school not in self.doubts and told:
                yield Result(
                    organisation=school,
                    statistic=self._statistic(school, told),
                    interval=(told["low"], told["high"]),
                    inputs=self._found.inputs(school),
                    about=self.place,
                    strength=told["low"] / 100,
                )

    def _statistic(self, school: int, told: Plain) -> Plain:
        first, by_subject = self._found.works[0], {one.subject: one for one in self._found.works}
        mandatory = self._shares[MANDATORY].get(school)
        return {
            "kind": first.kind,
            "grade": first.grade,
            "year": first.year,
            "procedures": [one.key for one in self._found.works],
            "subjects": [by_subject[subject].subject_by for subject in self._found.subjects],
            "mandatory_subjects": [by_subject[subject].subject_by for subject in self._mandatory],
            ALL: told,
            MANDATORY: share_told(mandatory) if mandatory else None,
            "agreement": self._agreements.get(school, {}),
        }

    def together(self, results: Sequence[Result]) -> Plain:
        """All schools of which something is said."""
        parts = [one.statistic[ALL] for one in results]
        return {
            "schools": len(parts),
            ALL: share_told(Share(sum(one["k"] for one in parts), sum(one["n"] for one in parts))),
        }


def _failed_two(found: Linked, subjects: Sequence[str]) -> dict[int, Share]:
    """School → of its pupils with marks in two of the subjects, those who failed two."""
    sat, bad = _counted(found, subjects)
    return shares_by_school(found.schools[sat >= TWO], (bad >= TWO)[sat >= TWO])


def _counted(found: Linked, subjects: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Of every pupil: in how many of the subjects there is a mark, and in how many he has not passed.

    Who sat a subject again and passed has passed it.
    """
    place = {subject: number for number, subject in enumerate(subjects)}
    of_work = np.array([place.get(one.subject, -1) for one in found.works])
    subject, bad = of_work[found.work], failed(found)
    rows = (subject >= 0) & (bad >= 0)
    pairs, at = np.unique(found.pupil[rows] * max(len(place), 1) + subject[rows], return_inverse=True)
    passed = np.bincount(at, bad[rows] == 0, minlength=len(pairs)) > 0
    pupils = pairs // max(len(place), 1)
    pupil_count = len(found.schools)
    return np.bincount(pupils, minlength=pupil_count), np.bincount(pupils[~passed], minlength=pupil_count)


@dataclass(frozen=True, order=True)
class CodedInTwo:
    """A pupil of a school by class and by the codes of the works not passed, with their subjects."""

    class_name: str
    code: str
    subjects: str


def codes_of_two_marks(found: Linked, organisation: int) -> tuple[CodedInTwo, ...]:
    """Pupils of one school who failed two subjects, for that school alone; one code where all works have the same."""
    _, bad = _counted(found, found.subjects)
    here = found.take((found.organisation == organisation) & (bad[found.pupil] >= TWO) & (failed(found) == 1))
    rows: dict[int, list[int]] = {}
    for row, pupil in enumerate(here.pupil.tolist()):
        rows.setdefault(pupil, []).append(row)
    return tuple(sorted(_coded(here, of_pupil) for of_pupil in rows.values()))


def _coded(found: Linked, rows: Sequence[int]) -> CodedInTwo:
    classes = [str(found.class_name[row]) for row in rows if found.class_name[row]]
    names = [found.works[found.work[row]].subject_name for row in rows]
    codes = dict.fromkeys(str(found.code[row]) for row in rows)
    return CodedInTwo(classes[0] if classes else "", ", ".join(codes), join_with_and(list(dict.fromkeys(names))))


def sentence(told: Told) -> str:
    """«ВПР, 5 класс: «2» по двум предметам и больше — у 4 % (5 из 120; 2–9 %) писавших хотя бы две работы; …»"""
    statistic = told.statistic
    wrote = "обе работы" if len(statistic["subjects"]) == TWO else "хотя бы две работы"
    share = share_in_words(share_of(statistic[ALL]))
    bad = "ниже минимального балла" if statistic["kind"] == "ege" else "«2»"
    said = [f"{bad} {_in_two(statistic['subjects'])}{NBSP}— у{NBSP}{share} писавших {wrote}"]
    if statistic[MANDATORY]:
        mandatory = share_in_words(share_of(statistic[MANDATORY]))
        said.append(f"{_in_two(statistic['mandatory_subjects'], 'обязательным ')}{NBSP}— у{NBSP}{mandatory}")
    return f"{place_in_words(statistic)}: {'; '.join(said)}.{agreement_in_words(statistic['agreement'])}"


def _in_two(subjects: Sequence[str], which: str = "") -> str:
    """«и по русскому языку, и по математике» of two, «по двум предметам и больше» of several."""
    if len(subjects) == TWO:
        return ", ".join(f"и{NBSP}{one}" for one in subjects)
    return f"по{NBSP}двум {which}предметам и{NBSP}больше"
