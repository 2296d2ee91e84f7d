"""Leader schools: above their expectation in two years of two."""

import json
from dataclasses import replace

from msoko.core.analysis.methods.context._expectation import expectation
from msoko.core.analysis.methods.rating import leaders
from msoko.core.analysis.outcome import Verdict
from tests.core.analysis.panels import parameters
from tests.core.analysis.test_context_resilient import BEST, RICH, SMALL, every_year, region


def asked(**more):
    return parameters("rating.leaders", **{"weights": {"low_income": -1}, "covariates": ["index"], **more})


def found(outcome):
    return {one.organisation: one.verdict for one in (*outcome.results, *outcome.few_data)}


def test_leaders_are_above_in_both_years_whatever_their_conditions():
    panel = region({**every_year(BEST), **every_year(RICH), (2025, 7): 6, (2024, 8): 6})
    outcome = leaders.compute(panel, asked())
    assert found(outcome) == {BEST: Verdict.ROBUST, RICH: Verdict.ROBUST}
    one = outcome.results[0]
    assert "годом раньше" in leaders.sentence(one)
    assert "так два года из\xa0двух" in leaders.sentence(one)
    assert json.loads(json.dumps(one.statistic, allow_nan=False)) == one.statistic


def test_the_list_is_what_two_models_say():
    """The twin asks each year's model itself."""
    for seed in range(4):
        panel = region({**every_year(BEST, 2), (2025, 3): 3, (2024, 3): 2}, seed=seed)
        now, before = (expectation(panel, year, asked()).compared for year in (2025, 2024))
        expected = {key for key in now if now[key].bounds[0] > 0 and before[key].bounds[0] > 0}
        assert set(found(leaders.compute(panel, asked()))) == expected


def test_a_small_school_is_told_as_few_data():
    outcome = leaders.compute(region(every_year(SMALL)), asked())
    assert found(outcome) == {SMALL: Verdict.FEW_DATA}
    assert outcome.results == ()


def test_without_the_year_before_nobody_is_a_leader_and_the_reason_is_told():
    panel = region(every_year(BEST))
    rows = [one for one in panel.records["social_passport"] if one["academic_year"] == "2024"]
    outcome = leaders.compute(replace(panel, records={"social_passport": rows}), asked())
    assert found(outcome) == {}
    assert [one.reason for one in outcome.not_computed] == ["2024\xa0г.: социальные паспорта не загружены"]


def test_a_school_that_was_not_compared_last_year_is_named():
    panel = region(every_year(BEST))
    rows = [
        one for one in panel.records["social_passport"] if (one["organisation"], one["academic_year"]) != (BEST, "2023")
    ]
    outcome = leaders.compute(replace(panel, records={"social_passport": rows}), asked(oldest_passport=0))
    assert BEST not in found(outcome)
    assert [one.organisation for one in outcome.not_computed] == [BEST]
    assert "сравнить не с чем" in outcome.not_computed[0].reason
