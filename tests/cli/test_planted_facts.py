"""What is hidden in the demonstration district is found in it, first and by the fitting method: docs/demo.md."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

YEARS = (2024, 2025, 2026)
WEAK = {"МБОУ «Каменская СОШ»", "МБОУ «Ольховская СОШ»"}
RESILIENT, LIFTING, CORRECTED = "МБОУ «Верхнеозёрская СОШ»", "МБОУ «Луговская СОШ»", "МБОУ СОШ № 4 пгт Заречный"
FEW = 30


class Said(NamedTuple):
    school: str
    about: str
    verdict: str
    n: int | None


@pytest.fixture(scope="module")
def stored(demo_home: Path) -> Iterator[sqlite3.Connection]:
    """The records of the district as `msoko demo` has left them, read only."""
    connection = sqlite3.connect(f"file:{demo_home / 'msoko.sqlite3'}?mode=ro&immutable=1", uri=True)
    yield connection
    connection.close()


def findings(stored: sqlite3.Connection, method: str, year: int) -> list[Said]:
    """What the method says of the year, the most striking first; without those that have too few participants."""
    rows = stored.execute(
        "SELECT o.name, f.about, f.verdict, f.statistic FROM analysis_finding f JOIN people_organisation o"
        " ON o.id = f.organisation_id WHERE f.method LIKE ? AND f.year = ? AND f.superseded_at IS NULL"
        " AND f.verdict != 'few_data' ORDER BY f.strength DESC",
        (method, year),
    )
    return [Said(name, about, verdict, participants(json.loads(said))) for name, about, verdict, said in rows]


def participants(statistic: dict) -> int | None:
    """Of how many pupils the finding is: of different pupils where the method tells them apart."""
    for key in ("pupils", "n"):
        if isinstance(statistic.get(key), int):
            return int(statistic[key])
    return None


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("method", ["low_results.share_30", "low_results.posterior"])
def test_the_two_weak_schools_stand_first_and_surely_in_every_year(stored, method, year):
    first = findings(stored, method, year)[:2]
    assert {(one.school, one.verdict) for one in first} == {(name, "robust") for name in WEAK}


def test_the_two_weak_schools_are_weak_three_years_running(stored):
    assert {one.school for one in findings(stored, "low_results.three_years", 2026)[:2]} == WEAK


@pytest.mark.parametrize("year", YEARS)
def test_the_school_that_lifts_works_over_borders_stands_first_and_alone_surely(stored, year):
    found = findings(stored, "objectivity.bunching", year)
    assert (found[0].school, found[0].verdict) == (LIFTING, "robust")
    assert [one.school for one in found if one.verdict == "robust"] == [LIFTING]


def test_the_class_with_corrected_answers_stands_first_in_its_year_and_only_there(stored):
    (first, *_) = findings(stored, "objectivity.corrected_answers", 2025)
    assert (first.school, first.about, first.verdict) == (CORRECTED, "5Б", "robust")
    for year in (2024, 2026):
        assert [one for one in findings(stored, "objectivity.corrected_answers", year) if one.verdict == "robust"] == []


@pytest.mark.parametrize("year", YEARS)
def test_the_school_strong_against_its_conditions_stands_first(stored, year):
    assert findings(stored, "context.resilient", year)[0].school == RESILIENT


@pytest.mark.parametrize("year", YEARS)
def test_nothing_is_said_surely_of_few_pupils_of_a_school_where_nothing_is_planted(stored, year):
    planted = {*WEAK, RESILIENT, LIFTING, CORRECTED}
    sure = [one for one in findings(stored, "%", year) if one.verdict == "robust"]
    assert sure
    assert [one for one in sure if one.school not in planted and one.n is not None and one.n < FEW] == []


def test_no_method_failed(stored):
    assert stored.execute("SELECT method, failure FROM analysis_methodrun WHERE failure != ''").fetchall() == []


def test_the_weak_schools_are_on_the_confirmed_list_and_two_plans_are_in_force(stored):
    confirmed = stored.execute(
        "SELECT o.name FROM analysis_finding f JOIN people_organisation o ON o.id = f.organisation_id"
        " WHERE f.method = 'low_results.posterior' AND f.year = ? AND f.state = 'confirmed'",
        YEARS[-1:],
    )
    assert {name for (name,) in confirmed} == WEAK
    plans = stored.execute("SELECT template FROM roadmap_programme WHERE state = 'approved'")
    assert {template for (template,) in plans} == {"low_results_support", "objectivity_plan"}


def test_the_weak_schools_are_asked_by_the_plan_of_support(stored):
    asked = stored.execute(
        "SELECT DISTINCT o.name FROM roadmap_assignment a JOIN people_organisation o ON o.id = a.organisation_id"
        " JOIN roadmap_occurrence c ON c.id = a.occurrence_id JOIN roadmap_activity v ON v.id = c.activity_id"
        " JOIN roadmap_roadmap r ON r.id = v.roadmap_id JOIN roadmap_programme p ON p.id = r.programme_id"
        " WHERE p.template = 'low_results_support' AND a.body = 'school'"
    )
    assert {name for (name,) in asked} == WEAK
