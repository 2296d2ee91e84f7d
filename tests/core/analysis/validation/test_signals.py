"""Every signal has something to say of everybody, and of whom it marks the same as its method says."""

import pytest

from msoko.core.analysis import computation_of
from msoko.core.analysis.panel import Panel
from msoko.core.analysis.validation.panels import panel_of
from msoko.core.analysis.validation.signals import CLASS, SIGNALS, Signal
from msoko.core.definitions.loading import Definitions
from tests.core.analysis.validation.rows_drawn import drawn, procedure

SCHOOLS = 60
BY_NAME = {signal.method: signal for signal in SIGNALS}
ONE_SIDED = {"objectivity.markers_2021", "objectivity.stable_inflation", "objectivity.journal_gap"}
"""Those that say nothing of a school without a marker, or with less than usual: it stands last."""


@pytest.fixture(scope="module")
def panel() -> Panel:
    """Works of grades 5 and 4, and what grade 5 wrote a year before: sixty schools of two classes a grade."""
    now = [procedure(1, "mathematics"), procedure(2, "russian"), procedure(5, "mathematics", 4)]
    before = [procedure(3, "mathematics", 4, 2024), procedure(4, "russian", 4, 2024)]
    return panel_of([drawn(7, one, SCHOOLS) for one in (*now, *before)], 2025)


def strengths(signal: Signal, panel: Panel) -> dict:
    """Of those whom the method marks with its own parameters, the strongest result a unit."""
    method = Definitions.load().methods[signal.method]
    found: dict = {}
    for result in computation_of(method).compute(panel, method.defaults).results:
        unit = signal.unit_of(result)
        found[unit] = max(result.strength, found.get(unit, result.strength))
    return found


@pytest.mark.parametrize("name", sorted(set(BY_NAME) - ONE_SIDED))
def test_a_signal_tells_a_score_of_every_school_or_class(name, panel):
    scores = BY_NAME[name].scores(panel, Definitions.load().methods[name])
    units = SCHOOLS * (4 if BY_NAME[name].unit == CLASS else 1)
    assert len(scores) == units
    assert all(score == score for score in scores.values())


@pytest.mark.parametrize("name", BY_NAME)
def test_the_score_of_whom_the_method_marks_is_the_strength_it_gives(name, panel):
    scores = BY_NAME[name].scores(panel, Definitions.load().methods[name])
    marked = strengths(BY_NAME[name], panel)
    assert {unit: scores[unit] for unit in marked} == pytest.approx(marked)


def test_the_works_drawn_here_let_the_published_rules_mark_somebody(panel):
    assert strengths(BY_NAME["objectivity.inflated_mean"], panel)
    assert strengths(BY_NAME["objectivity.markers_2021"], panel)


def test_every_signal_is_a_method_of_the_package():
    assert set(BY_NAME) <= set(Definitions.load().methods)
