"""Every published and local marker on panels with nothing, or nearly nothing, in them: it answers, and says why."""

import json
from dataclasses import replace

import pytest

from msoko.core.analysis import computation_of
from msoko.core.analysis.panel import Panel
from tests.core.analysis.panels import method, panel_of, parameters, work
from tests.core.analysis.test_inflated_mean import HIGH, HONEST
from tests.core.analysis.test_journal_mismatch import AGAINST, USUAL

MARKERS = (
    *("inflated_mean", "journal_mismatch", "cohort_change", "markers_2021", "territory_index", "stable_inflation"),
    *("journal_gap", "parallel_jump", "yearly_against_exam", "medals_against_exam", "official_list"),
)
WORKS = [work(1, "mathematics", 4, 2024), work(2, "mathematics", 5, 2025), work(3, "mathematics", 4, 2025)]


@pytest.fixture(params=MARKERS)
def name(request):
    return f"objectivity.{request.param}"


def answered(name, panel, **asked):
    return computation_of(method(name)).compute(panel, parameters(name, **asked))


def test_an_empty_panel_gives_a_reason_and_no_result(name):
    outcome = answered(name, Panel(2025, (), {}, {}))
    assert outcome.results == ()
    assert [one.organisation for one in outcome.not_computed if one.reason][:1] == [None]


def test_works_that_nobody_sat_give_no_result(name):
    assert answered(name, panel_of({one: {} for one in WORKS})).results == ()
    assert answered(name, panel_of({one: {10: []} for one in WORKS})).results == ()


def test_one_school_of_one_participant_gives_no_result(name):
    assert answered(name, panel_of({one: {10: [(7, 4)]} for one in WORKS})).results == ()


def test_aggregates_without_scores_give_no_result_and_no_fault(name):
    panel = panel_of(dict.fromkeys(WORKS, HONEST))
    bare = {
        key: {
            school: replace(group, packed_tally=None, mean=None, sd=None, mean_percent=None, marks=None, journal=None)
            for school, group in groups.items()
        }
        for key, groups in panel.schools.items()
    }
    assert answered(name, replace(panel, schools=bare)).results == ()


def test_what_is_told_can_be_kept_as_json_and_said_again(name):
    """A stored finding has only its statistic: the sentence must come out of that."""
    by_school = {key: [(score, 4) for score in scored] for key, scored in HONEST.items()} | {98: USUAL, 99: AGAINST * 3}
    panel = panel_of({one: by_school | {97: [(score, 3) for score in HIGH]} for one in WORKS})
    computation = computation_of(method(name))
    for result in computation.compute(panel, parameters(name)).results:
        kept = json.loads(json.dumps(dict(result.statistic), allow_nan=False))
        assert computation.sentence(replace(result, statistic=kept)) == computation.sentence(result)
        assert "проверить" in computation.sentence(result)


def test_another_order_of_schools_changes_nothing(name):
    by_school = {key: [(score, 4) for score in scored] for key, scored in HONEST.items()} | {99: AGAINST * 3}
    backwards = dict(reversed(by_school.items()))
    one, other = (answered(name, panel_of(dict.fromkeys(WORKS, schools))) for schools in (by_school, backwards))
    assert without_inputs(one) == without_inputs(other)


def without_inputs(outcome):
    """The hashes of hand-drawn panels depend on the order in which scores were counted."""
    return replace(outcome, results=tuple(replace(result, inputs=()) for result in outcome.results))
