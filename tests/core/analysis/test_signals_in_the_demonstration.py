"""What is hidden in the demonstration district on purpose comes first; nobody small is accused for sure."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from msoko.core.analysis import computation_of
from msoko.core.analysis.outcome import Verdict
from msoko.core.analysis.panel import Group, Panel, Procedure, Pupils
from msoko.core.definitions.kinds import Scale, WorkItem
from msoko.simulation.planting import CORRECTED_YEAR, sittings
from msoko.simulation.region import region_table
from msoko.simulation.schools import CORRECTED_SCHOOL, LIFTING_SCHOOL
from msoko.simulation.sittings import YEARS, District, Sitting, build_district
from tests.core.analysis.panels import REGION, group, method, parameters, school, tally_of

SEED = 2026
SIGNALS = ("bunching", "corrected_answers", "person_fit", "low_variance", "item_inversion", "absence", "residual")
LETTERS = "АБВГД"
SMALL = 30


def procedure_of(key: int, sitting: Sitting) -> Procedure:
    one = sitting.work
    bounds = (*one.borders, one.maximum)
    return Procedure(
        key=key,
        kind="vpr",
        subject=one.subject,
        grade=one.grade,
        year=sitting.year,
        subject_name=one.title,
        subject_by=f"по предмету {one.title}",
        code=one.subject,
        pupils_grade=one.grade,
        academic_year=sitting.year - 1,
        maximum=one.maximum,
        scale=Scale("vpr", sitting.year, one.subject, one.grade, bounds, "official", "a test"),
        items=tuple(WorkItem(item.number, item.maximum) for item in one.items),
    )


def groups_of(one: Procedure, sitting: Sitting) -> dict[int, Group]:
    found = {}
    for key in np.unique(sitting.school).tolist():
        here = sitting.school == key
        scores = sitting.total[here & sitting.present].tolist()
        found[key] = group(one, key, tally_of(scores, int((here & sitting.is_absent).sum())))
    return found


def pupils_of(sitting: Sitting) -> Pupils:
    here = sitting.present
    return Pupils(
        organisation=sitting.school[here].astype(np.int64),
        class_name=np.array([LETTERS[letter] for letter in sitting.letter[here]]),
        code=sitting.serial[here].astype(str),
        items=sitting.items[here].astype(np.int16),
        total=sitting.total[here],
    )


def region_of(key: int, district: District, sitting: Sitting) -> Group:
    """The region as the system knows it: a table of scores."""
    counts = region_table(district, sitting).sum(axis=1).tolist()
    return Group(REGION, key, sum(counts), is_aggregate=True, table_histogram=dict(enumerate(counts)))


@cache
def district() -> Panel:
    """All years of the district; the panel of one year is a view of it."""
    made = build_district(SEED, kinds=("ВПР",))
    works = dict(enumerate(sittings(made), 1))
    procedures = {key: procedure_of(key, sitting) for key, sitting in works.items()}
    return Panel(
        year=max(YEARS),
        procedures=tuple(procedures.values()),
        organisations={one.index: school(one.index) for one in made.schools},
        schools={key: groups_of(procedures[key], sitting) for key, sitting in works.items()},
        region={key: region_of(key, made, sitting) for key, sitting in works.items()},
        pupils={key: pupils_of(sitting) for key, sitting in works.items()},
    )


@cache
def said(signal: str, year: int):
    panel = district()
    years = [one for one in panel.procedures if one.year in (year, year - 1)]
    outcome = computation_of(method(f"objectivity.{signal}")).compute(
        replace(panel, year=year, procedures=tuple(years)), parameters(f"objectivity.{signal}")
    )
    return sorted(outcome.results, key=lambda one: -one.strength)


@pytest.mark.parametrize("year", YEARS)
def test_the_school_that_lifts_to_borders_comes_first_and_alone(year):
    assert [(one.organisation, one.verdict) for one in said("bunching", year)] == [(LIFTING_SCHOOL, Verdict.ROBUST)]


def test_the_class_whose_answers_were_corrected_comes_first_and_is_sure():
    first, *others = said("corrected_answers", CORRECTED_YEAR)
    assert (first.organisation, first.about, first.verdict) == (CORRECTED_SCHOOL, "5Б", Verdict.ROBUST)
    touched = {one["subject"] for one in first.statistic["works"] if one["evidence"] > 0}
    assert touched == {"РУ", "МА"}
    assert not others


@pytest.mark.parametrize("signal", SIGNALS)
@pytest.mark.parametrize("year", YEARS)
def test_no_sure_signal_falls_on_a_small_school_or_class_that_did_nothing(signal, year):
    planted = {LIFTING_SCHOOL, CORRECTED_SCHOOL}
    sure = [one for one in said(signal, year) if one.verdict is Verdict.ROBUST and one.organisation not in planted]
    assert [one.organisation for one in sure if one.statistic["n"] < SMALL] == []


@pytest.mark.parametrize("signal", SIGNALS)
def test_of_schools_that_did_nothing_few_are_even_likely(signal):
    honest = [
        one
        for year in YEARS
        for one in said(signal, year)
        if one.organisation not in (LIFTING_SCHOOL, CORRECTED_SCHOOL)
    ]
    classes_or_schools = 40 * 3 * 5 if signal in ("person_fit", "low_variance", "item_inversion") else 18 * 3
    assert len(honest) <= max(1, 0.03 * classes_or_schools)
