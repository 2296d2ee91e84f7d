"""Low results on the real files: the expected counts of every procedure, and the list over procedures by a twin.

Panels are built from what the readers give, without a database. There are few tests, each of many cases: every process
that runs one of them reads all the files.
"""

import hashlib
import itertools
import json
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from msoko.core.analysis.methods.low_results.share_30 import compute
from msoko.core.analysis.panel import Panel, Procedure
from msoko.core.collection import judge, read
from msoko.core.collection.reading import Hints
from msoko.core.definitions.kinds import Scale
from msoko.core.definitions.loading import Definitions
from tests.core.analysis.panels import panel_of, parameters, work

NAME = "low_results.share_30"
YEARS = (2020, 2021)
LEAST = (10, 5, 1)  # participants
SCORES = {"printed": ("in_printed", "printed_total"), "items": ("in_items", "items_total")}


class Protocol(NamedTuple):
    """One real file: login → printed totals and sums of items of those in the population of each score."""

    file: str
    year: int
    subject: str
    grade: int
    pupils_grade: int
    academic_year: int
    scale: Scale
    scores: dict[str, dict[str, list[int]]]


@pytest.fixture(scope="module")
def expected(real_files: Path) -> dict[str, dict[str, Any]]:
    """File → its markers, of all files of Russian and mathematics of the two years."""
    whole = json.loads((real_files / "vpr" / "expected.json").read_text())
    return {entry["file"]: entry["school_markers"] for entry in whole["files"] if entry.get("school_markers")}


@pytest.fixture(scope="module")
def protocols(real_files: Path, expected: dict[str, dict[str, Any]]) -> list[Protocol]:
    return [_protocol(real_files / "vpr", name) for name in expected]


def _protocol(folder: Path, name: str) -> Protocol:
    definitions = Definitions.load()
    (reading,) = read(folder / name, name, Hints(path=name), definitions)
    assessed, naming = judge(reading, definitions), reading.naming
    scores = {basis: _by_school(assessed.table, *columns) for basis, columns in SCORES.items()}
    what = (naming.year, naming.subject, naming.grade, naming.pupils_grade, naming.academic_year)
    return Protocol(name, *what, assessed.scale, scores)


def _by_school(table: Any, population: str, score: str) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    rows = table.select(["login", population, score]).to_pydict()
    for login, counts, points in zip(rows["login"], rows[population], rows[score], strict=True):
        if counts:
            found[login].append(points)
    return dict(found)


@pytest.fixture(scope="module")
def logins(protocols: list[Protocol]) -> dict[int, str]:
    """Key of a school → its login."""
    known = {login for one in protocols for schools in one.scores.values() for login in schools}
    return dict(enumerate(sorted(known), 1))


@pytest.fixture(scope="module")
def panels(protocols: list[Protocol], logins: dict[int, str]) -> dict[tuple[int, str], Panel]:
    """(year, score) → the panel; every procedure has the number of its file."""
    keys = {login: key for key, login in logins.items()}
    found = {}
    for basis in SCORES:
        results = {
            _procedure(number, one): {keys[login]: scores for login, scores in one.scores[basis].items()}
            for number, one in enumerate(protocols)
        }
        panel = panel_of(results, with_region=False)
        found |= {(year, basis): replace(panel, year=year) for year in YEARS}
    return found


def _procedure(number: int, one: Protocol) -> Procedure:
    what = work(number, one.subject, one.grade, one.year, bounds=one.scale.bounds, maximum=one.scale.maximum)
    return replace(what, pupils_grade=one.pupils_grade, academic_year=one.academic_year)


def flagged(panels: dict[tuple[int, str], Panel], min_n: int) -> dict[int, tuple[int, ...]]:
    """Number of the file → schools in which it is low, by the printed total."""
    told: dict[int, tuple[int, ...]] = {}
    for year in YEARS:
        outcome = compute(panels[year, "printed"], parameters(NAME, procedures="any", min_n=min_n))
        told |= {one.procedure: one.flagged for one in outcome.procedures}
    return told


def test_every_procedure_is_low_in_the_expected_number_of_schools(protocols, panels, expected):
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for min_n in LEAST:
        for number, schools in flagged(panels, min_n).items():
            counts[protocols[number].file][f"n_ge_{min_n}"] = len(schools)
    wanted = {
        file: {f"n_ge_{n}": markers["share2_ge_30"][f"n_ge_{n}"] for n in LEAST} for file, markers in expected.items()
    }
    assert counts == wanted


def test_the_low_schools_are_the_expected_ones(protocols, panels, expected, logins):
    """By the digest of their logins; it is null where it could be guessed from fewer than five."""
    told = {protocols[number].file: [logins[key] for key in keys] for number, keys in flagged(panels, 10).items()}
    wanted = {file: markers["share2_ge_30"]["digest_n_ge_10"] for file, markers in expected.items()}
    assert {file: digest(low) for file, low in told.items() if wanted[file]} == {
        file: one for file, one in wanted.items() if one
    }


def digest(logins: list[str]) -> str:
    return hashlib.sha256("\n".join(sorted(logins)).encode()).hexdigest()[:16]


def test_the_list_over_procedures_is_that_of_the_twin(protocols, panels, logins):
    for (year, basis), panel in panels.items():
        for min_n, repeated in itertools.product(LEAST, (True, False)):
            outcome = compute(panel, parameters(NAME, procedures="any", min_n=min_n, repeated=repeated))
            twin, of_any_size = (twin_list(protocols, year, n, repeated, basis) for n in (min_n, 1))
            case = (year, basis, min_n, repeated)
            assert {logins[one.organisation] for one in outcome.results} == twin, case
            assert {logins[one.organisation] for one in outcome.few_data} == of_any_size - twin, case


def twin_list(protocols: list[Protocol], year: int, min_n: int, repeated: bool, basis: str) -> set[str]:
    """The rule as it is said, over plain lists of scores: two low works, or one low in the same work a year before."""
    low: dict[tuple[int, str, int], set[str]] = {}
    for one in protocols:
        marks_2 = one.scale.bounds[0]
        low[one.year, one.subject, one.grade] = {
            login
            for login, scores in one.scores[basis].items()
            if len(scores) >= min_n and 10 * sum(score <= marks_2 for score in scores) >= 3 * len(scores)
        }
    works: dict[str, int] = defaultdict(int)
    on_list: set[str] = set()
    for (sat, subject, grade), schools in low.items():
        for login in schools if sat == year else ():
            works[login] += 1
            if repeated and login in low.get((year - 1, subject, grade), ()):
                on_list.add(login)
    return on_list | {login for login, count in works.items() if count >= 2}
