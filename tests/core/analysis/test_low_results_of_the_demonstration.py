"""The two weak schools of the demonstration district are found in every year, and no small school is called surely low.

The district is drawn in memory; its panel has the numbers of those who passed and did not, and no files.
"""

from dataclasses import replace

import pytest

from msoko.core.analysis.methods.low_results import posterior, share_30, three_years
from msoko.core.analysis.outcome import Verdict
from msoko.core.analysis.panel import Panel, Procedure, School
from msoko.simulation import DEMONSTRATION_SEED, Sitting, build_district, sittings
from msoko.simulation.schools import WEAK_SCHOOLS
from tests.core.analysis.panels import group, parameters, tally_of

EVENING_SCHOOL = 17
TYPES = {"начальная": "primary", "основная": "basic", "средняя": "secondary", "вечерняя": "evening"}
KINDS = {"ВПР": "vpr", "ОГЭ": "oge", "ЕГЭ": "ege"}
MINIMUM, FAILED, PASSED = 50, 0, 100  # test scores: who passed is all that is asked
YEARS = (2024, 2025, 2026)
LISTS = {"low_results.share_30": share_30, "low_results.posterior": posterior}
DEFAULT = ("vpr/5", "vpr/6", "oge", "ege")
ALL = ("any",)


@pytest.fixture(scope="module")
def panels() -> dict[int, Panel]:
    """Year → panel; schools by their number in the district."""
    district = build_district(DEMONSTRATION_SEED)
    sat = {_procedure(number, one): one for number, one in enumerate(sittings(district), 1)}
    organisations = {
        one.index: School(one.index, one.short, 1, 1, TYPES[one.kind], "urban" if one.is_urban else "rural")
        for one in district.schools
    }
    schools = {one.key: _groups(one, sitting) for one, sitting in sat.items()}
    return {year: Panel(year, tuple(sat), organisations, schools) for year in YEARS}


def _procedure(number: int, sitting: Sitting) -> Procedure:
    work, year = sitting.work, sitting.year
    kind, subject = KINDS[work.kind], work.subject + work.level
    return Procedure(
        number,
        kind,
        subject,
        work.grade,
        year,
        subject,
        f"по {subject}",
        minimum=MINIMUM,
        pupils_grade=work.grade,
        academic_year=year - 1,
    )


def _groups(procedure: Procedure, sitting: Sitting):
    found = {}
    for school in sorted(set(sitting.school[sitting.present].tolist())):
        marks = sitting.mark[(sitting.school == school) & sitting.present].tolist()
        counts = {mark: marks.count(mark) for mark in (2, 3, 4, 5)}
        tally = tally_of(FAILED if mark == 2 else PASSED for mark in marks)
        found[school] = replace(group(procedure, school, tally), marks=counts)
    return found


@pytest.mark.parametrize("procedures", [DEFAULT, ALL])
@pytest.mark.parametrize("name", LISTS)
def test_the_weak_schools_are_surely_low_in_every_year_and_stand_first(panels, name, procedures):
    for year, panel in panels.items():
        outcome = LISTS[name].compute(panel, parameters(name, procedures=list(procedures)))
        first = sorted(outcome.results, key=lambda one: -one.strength)[: len(WEAK_SCHOOLS)]
        assert {one.organisation for one in first} == set(WEAK_SCHOOLS), year
        assert {one.verdict for one in first} == {Verdict.ROBUST}, year


@pytest.mark.parametrize("procedures", [DEFAULT, ALL])
@pytest.mark.parametrize("name", LISTS)
def test_no_other_school_is_surely_low_with_fewer_than_thirty_pupils(panels, name, procedures):
    for year, panel in panels.items():
        outcome = LISTS[name].compute(panel, parameters(name, procedures=list(procedures)))
        sure = [one for one in outcome.results if one.verdict is Verdict.ROBUST]
        others = [one for one in sure if one.organisation not in WEAK_SCHOOLS]
        assert all(one.statistic["pupils"] >= 30 for one in others), year
        assert {one.organisation for one in others} <= {EVENING_SCHOOL}, year


def test_by_default_nobody_but_the_weak_schools_is_named_by_the_posterior(panels):
    for panel in panels.values():
        outcome = posterior.compute(panel, parameters("low_results.posterior"))
        assert {one.organisation for one in outcome.results} == set(WEAK_SCHOOLS)


def test_the_weak_schools_are_low_three_years_running_and_no_other_day_school_is_surely(panels):
    outcome = three_years.compute(panels[2026], parameters("low_results.three_years"))
    sure = [one.organisation for one in outcome.results if one.verdict is Verdict.ROBUST]
    assert sure == sorted(WEAK_SCHOOLS)
    assert {one.organisation for one in outcome.results} <= {*WEAK_SCHOOLS, EVENING_SCHOOL}
